"""The closed list of facts: how guards ask them, what a call learns on its way, and what the proof makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import PlaybookError
from data.playbook.asked import FACTS, GROUPS, MOVING, Kind, Value, fits
from data.playbook.check import check
from data.playbook.facts import CallFacts
from data.playbook.load import from_text
from data.playbook.run import back, choose, line, options, start
from data.playbook.state import Run
from tests.data.playbook.calls import SMALL

NOTHING = '{ key = 3, label = "nothing", to = "bye" }'


def guarded(when: str) -> str:
    """The small playbook with a third choice of its second node that is open only under a guard."""
    assert SMALL.count(NOTHING) == 1
    return SMALL.replace(NOTHING, NOTHING.replace(" }", f", when = {{ {when} }} }}"))


def third_is_open(when: str, case: CallFacts) -> bool:
    playbook = from_text(guarded(when), "mine.toml")
    return any(option.key == 3 for option in options(playbook, choose(playbook, start(playbook, case), 1)))


@pytest.mark.parametrize(
    ("when", "known", "open_"),
    [
        ("order = { late = true }", {"order.late": True}, True),
        ("order = { late = true }", {}, False),
        ("order = { late = false }", {}, True),
        ("buyer = { orders = { min = 2 } }", {"buyer.orders": 2}, True),
        ("buyer = { orders = { min = 2 } }", {"buyer.orders": 1}, False),
        ('buyer = { prefers = ["chat", "sms"] }', {"buyer.prefers": "sms"}, True),
        ('buyer = { prefers = ["chat"] }', {}, False),
        (
            'history = { last = ["no_answer"], days = { max = 3 } }',
            {"history.last": "no_answer", "history.days": 3},
            True,
        ),
        ('history = { last = ["no_answer"], days = { max = 3 } }', {"history.last": "busy", "history.days": 3}, False),
        ('remedy = { state = ["none"], overdue = false }', {"remedy.overdue": False}, True),
        ('remedy = { state = ["settled"] }', {}, False),
        ('preset = ["full"]', {}, True),
        ('preset = ["brief"]', {}, False),
        ('entry = ["first_contact"]', {}, True),
        ("clock = { window_days = { max = 3 } }", {"clock.window_days": 30}, False),
    ],
)
def test_a_guard_asks_the_facts_of_the_list(when: str, known: dict[str, Value], open_: bool) -> None:
    assert third_is_open(when, CallFacts(known=known)) is open_


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("order = { lately = true }", "cannot ask “order.lately”"),
        ('order = { late = "yes" }', "true or false"),
        ("buyer = { orders = 2 }", "a table is expected"),
        ("buyer = { orders = { min = 100000000000000000000 } }", "from 0 to 1000"),
        ('buyer = { prefers = ["fax"] }', "does not know “fax”"),
        ("buyer = true", "cannot ask “buyer”"),
        ('preset = ["long"]', "does not know “long”"),
        ('review = { grade = ["bad"] }', "cannot ask “review”"),
        ('remedy = { kind = ["cash"] }', "cannot ask “remedy.kind”"),
    ],
)
def test_a_guard_that_asks_anything_else_is_refused(when: str, said: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        from_text(guarded(when), "mine.toml")
    assert said in str(caught.value)


@given(st.sampled_from(sorted(FACTS)), st.one_of(st.none(), st.booleans(), st.integers(-5, 2000), st.text(max_size=5)))
def test_only_facts_that_fit_the_list_make_a_case(name: str, value: Value) -> None:
    if fits(name, value):
        assert CallFacts(known={name: value}).known[name] == value
    else:
        with pytest.raises(ValueError, match=name):
            CallFacts(known={name: value})


def test_no_fact_tells_how_the_buyer_graded() -> None:
    assert not {name for name in FACTS if "grade" in name or "review" in name or "star" in name}


def test_a_key_keeps_its_meaning_while_a_call_learns_something() -> None:
    playbook = from_text(guarded("clock = { minutes = { min = 5 } }"), "mine.toml")
    run = choose(playbook, start(playbook, CallFacts()), 1)
    assert 3 not in {option.key for option in options(playbook, run)}
    later = choose(playbook, run, 2, learnt={"clock.minutes": 6})
    assert later.place == "sorry"
    assert 3 in {option.key for option in options(playbook, later)}


def test_a_call_is_repeated_exactly_with_what_it_learnt() -> None:
    playbook = from_text(guarded('cause = ["L1"]'), "mine.toml")
    begun = start(playbook, CallFacts(cause="Q1"))
    first = choose(playbook, begun, 1, learnt={"cause": "L1"})
    second = choose(playbook, first, 3)
    assert Run.from_dict(second.as_dict()) == second
    assert back(playbook, second) == first
    assert back(playbook, first) == begun


@pytest.mark.parametrize("learnt", [{"order.late": True}, {"clock.minutes": -1}, {"clock.part": "midnight"}, {"x": 1}])
def test_a_call_cannot_learn_what_does_not_move(learnt: dict[str, Value]) -> None:
    playbook = from_text(SMALL, "mine.toml")
    with pytest.raises(ValueError, match="cannot learn"):
        choose(playbook, start(playbook, CallFacts()), 1, learnt=learnt)


def example_of(name: str) -> str:
    """A guard that asks a fact."""
    fact = FACTS[name]
    asked = {Kind.FLAG: "true", Kind.COUNT: "{ min = 1 }", Kind.WORD: f'["{min(fact.words or ["x"])}"]'}[fact.kind]
    group, _dot, key = name.partition(".")
    return f"{group} = {{ {key} = {asked} }}" if key else f"{group} = {asked}"


@pytest.mark.parametrize("name", sorted(FACTS))
def test_no_fact_is_enough_to_end_a_call_by(name: str) -> None:
    """A way out that depends on a fact is a dead end where the fact is otherwise, and the proof says so."""
    way_out = 'choices = [{ key = 1, label = "end", to = "over" }]\n\n[[node]]\nid = "over"'
    assert SMALL.count(way_out) == 1
    text = SMALL.replace(way_out, way_out.replace(" }]", f", when = {{ {example_of(name)} }} }}]"))
    found = {finding.kind for finding in check(from_text(text)).findings if finding.node == "bye"}
    only_entry = name == "entry" and "first_contact" in example_of(name)
    assert ("dead end" in found) is not only_entry


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_fact_and_its_contrary_leave_no_gap_unless_it_moves(name: str) -> None:
    if FACTS[name].kind is not Kind.FLAG:
        return
    assert name not in MOVING
    way_out = 'choices = [{ key = 1, label = "end", to = "over" }]\n\n[[node]]\nid = "over"'
    guard = example_of(name)
    both = (
        f'choices = [{{ key = 1, label = "end", to = "over", when = {{ {guard} }} }}, '
        f'{{ key = 1, label = "end", to = "over", when = {{ {guard.replace("true", "false")} }} }}]'
        '\n\n[[node]]\nid = "over"'
    )
    assert check(from_text(SMALL.replace(way_out, both))).findings == ()


def test_lines_for_a_preset_are_said_in_it() -> None:
    text = SMALL.replace(
        'say = ["Hello, {name}?"]',
        'say = ["Hello, {name}?"]\nlines = [{ when = { preset = ["brief"] }, say = ["Hi."] }]',
    )
    playbook = from_text(text)
    said = {
        each: line(playbook, start(playbook, CallFacts(preset=each)), {"name": "A"}).say for each in ("brief", "full")
    }
    assert said == {"brief": "Hi.", "full": "Hello, A?"}


def test_every_group_of_facts_is_asked_by_its_own_table() -> None:
    assert set(GROUPS) == {"buyer", "order", "remedy", "history", "clock"}
