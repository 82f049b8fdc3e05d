from __future__ import annotations

import json
from collections import deque
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import PlaybookError, Refused
from data.playbook.check import Report, check
from data.playbook.facts import SETTLED, CallFacts
from data.playbook.format import IDENTITY, VARIABLES, Playbook
from data.playbook.load import from_text
from data.playbook.proof import Proof
from data.playbook.prove import prove
from data.playbook.run import (
    Run,
    StageState,
    back,
    choose,
    end,
    ending,
    line,
    objections,
    options,
    raise_objection,
    reword,
    stages,
    start,
)
from tests.data.playbook.calls import SMALL, all_shipped, facts, small, walk

FILLED = {name: name.upper() for name in VARIABLES}
PLAYBOOKS = st.sampled_from([*all_shipped(), small()])
DRAWS = st.lists(st.one_of(st.just(0), st.integers(0, 10_000)), max_size=40)
"""Which of the open acts is taken; 0 is the first choice, so that calls get past the opening."""


def acts_open(playbook: Playbook, run: Run) -> list[str]:
    raised = [each.id for each in objections(playbook, run)]
    return [*(str(option.key) for option in options(playbook, run)), *raised]


def act(playbook: Playbook, run: Run, what: str) -> Run:
    return raise_objection(playbook, run, what) if what.startswith("O") else choose(playbook, run, int(what))


def asks_now(playbook: Playbook, before: Run, after: Run) -> bool:
    return after.review_asked > before.review_asked


def assert_decent(playbook: Playbook, before: Run, after: Run) -> None:
    """What must hold at every step of every call, whoever wrote the playbook."""
    if after.review_asked > before.review_asked:
        assert IDENTITY in after.marks
        assert after.apologies > 0
        assert after.remedy in SETTLED
        assert after.all_refusals == 0
        assert after.facts.review_asked_before + after.review_asked == 1
    said = line(playbook, after, FILLED)
    if IDENTITY not in after.marks:
        told = [name for name, of_order in VARIABLES.items() if of_order and FILLED[name] in said.say]
        assert told == []
    assert said.missing == ()


@settings(max_examples=60, deadline=None)
@given(PLAYBOOKS, facts(), DRAWS)
def test_random_calls_stay_decent_and_can_always_end(playbook: Playbook, case: CallFacts, draws: list[int]) -> None:
    run = start(playbook, case)
    for draw in draws:
        open_acts = acts_open(playbook, run)
        if not open_acts:
            break
        after = act(playbook, run, open_acts[draw % len(open_acts)])
        assert_decent(playbook, run, after)
        run = after
        if ending(playbook, run) is None:
            assert options(playbook, run)
            left = end(playbook, run)
            assert ending(playbook, left) is not None
            assert line(playbook, left, FILLED).say


@cache
def report(playbook_id: str) -> Report:
    return check(next(each for each in (*all_shipped(), small()) if each.id == playbook_id))


@cache
def proof(playbook_id: str) -> Proof:
    return prove(next(each for each in (*all_shipped(), small()) if each.id == playbook_id))


@settings(max_examples=40, deadline=None)
@given(PLAYBOOKS, facts(), DRAWS)
def test_the_proof_has_seen_every_place_and_choice_that_a_call_meets(
    playbook: Playbook, case: CallFacts, draws: list[int]
) -> None:
    run, seen = start(playbook, case), proof(playbook.id)
    for draw in draws:
        assert run.place in seen.seen_nodes
        keys = {playbook.node(run.place).choices[index].key for node, index in seen.seen_choices if node == run.place}
        assert {option.key for option in options(playbook, run)} <= keys
        open_acts = acts_open(playbook, run)
        if not open_acts:
            break
        run = act(playbook, run, open_acts[draw % len(open_acts)])


@settings(max_examples=40, deadline=None)
@given(PLAYBOOKS, facts(), st.integers(0, 2**32))
def test_every_call_comes_to_an_end_within_the_bound_that_the_linter_prints(
    playbook: Playbook, case: CallFacts, seed: int
) -> None:
    run, bound, steps = start(playbook, case), report(playbook.id).steps, 0
    while acts_open(playbook, run):
        open_acts = acts_open(playbook, run)
        run = act(playbook, run, open_acts[(seed + steps * 7919) % len(open_acts)])
        steps += 1
        assert steps <= bound
    assert ending(playbook, run) is not None


@settings(max_examples=40, deadline=None)
@given(PLAYBOOKS, facts(), DRAWS)
def test_back_takes_back_exactly_the_last_act(playbook: Playbook, case: CallFacts, draws: list[int]) -> None:
    run = start(playbook, case)
    for draw in draws:
        open_acts = acts_open(playbook, run)
        if not open_acts:
            break
        run = reword(playbook, run) if draw % 3 == 0 else run
        assert back(playbook, end(playbook, run)) == run
        after = act(playbook, run, open_acts[draw % len(open_acts)])
        assert back(playbook, after) == run
        run = after


@settings(max_examples=40, deadline=None)
@given(PLAYBOOKS, facts(), DRAWS)
def test_a_call_survives_being_kept_as_json(playbook: Playbook, case: CallFacts, draws: list[int]) -> None:
    run = start(playbook, case)
    for draw in draws:
        open_acts = acts_open(playbook, run)
        if not open_acts:
            break
        run = act(playbook, run, open_acts[draw % len(open_acts)])
    assert Run.from_dict(json.loads(json.dumps(run.as_dict()))) == run


def cases_that_differ(playbook: Playbook) -> tuple[CallFacts, ...]:
    """Cases that between them open every way: new, talked of before, refused, settled, promised, at the last call."""
    new = CallFacts(can_revise=True)
    once, twice = ({each.id: times for each in playbook.objections} for times in (1, 2))
    return (
        new,
        replace(new, objections_before=once, attempt=2),
        replace(new, objections_before=twice, attempt=2),
        replace(new, refusals_before=1, attempt=2),
        replace(new, remedy_state="accepted", promised_before=True, attempt=2),
        replace(new, remedy_state="declined", promised_before=True, review_asked_before=1, attempt=2),
        CallFacts(promised_before=True, attempt=3),
    )


@pytest.mark.parametrize("playbook", all_shipped(), ids=lambda playbook: playbook.id)
def test_every_place_of_a_shipped_playbook_is_come_to_by_keys_alone(playbook: Playbook) -> None:
    met = set(playbook.entries.values())
    for case in cases_that_differ(playbook):
        pending = deque(start(playbook, case, entry) for entry in playbook.entries)
        seen: set[tuple[object, ...]] = set()
        while pending:
            run = pending.popleft()
            # An objection is answered alike wherever it is raised, so early is enough.
            raised = [each.id for each in objections(playbook, run)] if len(run.path) < 3 else []
            for what in (*(str(option.key) for option in options(playbook, run)), *raised):
                after = act(playbook, run, what)
                assert_decent(playbook, run, after)
                state = after.place, after.remedy in SETTLED, after.apologies > 0, after.marks
                if state not in seen:
                    seen.add(state)
                    pending.append(after)
                met.add(after.place)
    assert {node.id for node in playbook.nodes} - met == set()


def test_back_at_the_start_stays_there() -> None:
    run = start(small(), CallFacts())
    assert back(small(), run) == run


def test_back_corrects_a_mis_keyed_refusal() -> None:
    run = walk(small(), CallFacts(can_revise=True), "1 1")
    refused = raise_objection(small(), run, "O1")
    assert refused.refusals == 1
    assert back(small(), refused).refusals == 0
    assert back(small(), refused).place == "ask"


def test_back_with_another_text_of_the_playbook_is_refused() -> None:
    run = walk(small(), CallFacts(can_revise=True), "1 1")
    other = from_text(SMALL.replace("Hello", "Good day"), "small.toml")
    with pytest.raises(PlaybookError, match="another text"):
        back(other, run)


def test_an_objection_returns_to_the_node_it_was_raised_at_without_asking_again() -> None:
    run = walk(small(), CallFacts(can_revise=True), "1 1 O1 1")
    assert run.place == "ask"
    assert run.review_asked == 1
    assert line(small(), run, FILLED).say == "It is up to you."


def test_objections_return_one_after_the_other() -> None:
    playbook = next(each for each in all_shipped() if each.id == "standard.zh")
    run = walk(playbook, CallFacts(), "1 1 O5 O6")
    assert run.place == "distrust"
    run = choose(playbook, run, 1)
    assert run.place == "busy"
    run = choose(playbook, run, 6)
    assert (run.place, run.returns) == ("apologise", ())


def test_the_second_refusal_is_answered_unlike_the_first_and_never_returns() -> None:
    run = walk(small(), CallFacts(can_revise=True), "1 1 O1 1 O1")
    assert run.place == "firm"
    assert [option.to for option in options(small(), run)] == ["over"]
    assert objections(small(), run) == ()


def test_a_refusal_on_an_earlier_call_makes_the_next_one_final() -> None:
    assert walk(small(), CallFacts(refusals_before=1), "1 O1").place == "firm"


def test_an_objection_tells_how_often_it_was_raised() -> None:
    run = walk(small(), CallFacts(objections_before={"O1": 2}), "1 O1 1")
    (only,) = objections(small(), run)
    assert (only.raised, only.before) == (1, 2)


def test_a_choice_that_may_be_taken_twice_is_gone_the_third_time() -> None:
    run = walk(small(), CallFacts(can_revise=True), "1 2 2")
    assert [option.key for option in options(small(), run)] == [1, 3]
    assert 2 in [option.key for option in options(small(), back(small(), run))]


def test_a_node_whose_guard_does_not_hold_is_passed_by() -> None:
    run = walk(small(), CallFacts(review_asked_before=1), "1 1")
    assert (run.place, run.review_asked) == ("bye", 0)


@pytest.mark.parametrize("wrong", ["4", "8", "O1", "O77"])
def test_what_is_not_open_is_refused_in_words(wrong: str) -> None:
    run = walk(small(), CallFacts(can_revise=True), "2 1")
    with pytest.raises(Refused):
        act(small(), run, wrong)


def test_an_unknown_entry_names_those_that_exist() -> None:
    with pytest.raises(PlaybookError, match="first_contact"):
        start(small(), CallFacts(), "nowhere")


@pytest.mark.parametrize("damaged", [{}, {"place": 1}, {"facts": {"attempt": -1}}, {"facts": None, "path": None}])
def test_a_damaged_row_gives_one_sentence(damaged: dict[str, object]) -> None:
    with pytest.raises(PlaybookError, match="damaged"):
        Run.from_dict(damaged)


def test_unfilled_variables_stand_out_with_their_fallback() -> None:
    said = line(small(), start(small(), CallFacts()), {})
    assert said.say == "Hello, ⟨the buyer⟩?"
    assert said.missing == ("name",)


def test_braces_in_a_value_are_only_text() -> None:
    said = line(small(), start(small(), CallFacts()), {"name": "{product} {0.__class__}"})
    assert said.say == "Hello, {product} {0.__class__}?"


def test_a_second_call_does_not_repeat_the_first() -> None:
    first = line(small(), walk(small(), CallFacts(attempt=1), "1"), FILLED)
    second = line(small(), walk(small(), CallFacts(attempt=2), "1"), FILLED)
    assert first.say != second.say


def test_other_words_on_request_come_round_again() -> None:
    run = walk(small(), CallFacts(can_revise=True), "1")
    assert line(small(), reword(small(), run), FILLED).say != line(small(), run, FILLED).say
    assert reword(small(), reword(small(), run)) == run


def test_an_exact_time_that_was_typed_is_kept_and_taken_back() -> None:
    playbook = next(each for each in all_shipped() if each.id == "standard.zh")
    run = walk(playbook, CallFacts(), "1 2")
    typed = choose(playbook, run, 4, exact="11-24 19:30")
    assert typed.time == "11-24 19:30"
    assert choose(playbook, run, 4).time == "exact"
    assert back(playbook, choose(playbook, typed, 1)) == typed


def test_the_stage_line_shows_what_was_passed_and_what_is_ahead() -> None:
    shown = stages(small(), walk(small(), CallFacts(can_revise=True), "1 1"))
    assert [mark.state for mark in shown] == [StageState.DONE, StageState.CURRENT]


def test_an_objection_keeps_the_stage_that_it_came_from() -> None:
    run = walk(small(), CallFacts(can_revise=True), "1")
    assert stages(small(), run) == stages(small(), raise_objection(small(), run, "O1"))


SUB = """
[[sub]]
id = "thanks"
entry = "thank"

[[sub.node]]
id = "thank"
say = ["Thank you."]
choices = [{ key = 1, label = "on", to = "return" }]
"""


def test_a_sub_graph_returns_to_the_node_that_the_choice_named() -> None:
    text = SMALL.replace('label = "nothing", to = "bye"', 'label = "nothing", sub = "thanks", then = "bye"') + SUB
    playbook = from_text(text)
    assert check(playbook).findings == ()
    run = walk(playbook, CallFacts(), "1 3")
    assert run.place == "thank"
    assert walk(playbook, CallFacts(), "1 3 O1 1").place == "thank"
    run = choose(playbook, run, 1)
    assert (run.place, run.returns) == ("bye", ())
