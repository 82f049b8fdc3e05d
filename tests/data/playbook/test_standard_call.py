"""Calls that were first walked on paper, on the shipped playbooks."""

from __future__ import annotations

import pytest

from data.playbook.check import check
from data.playbook.facts import CallFacts
from data.playbook.format import Playbook
from data.playbook.run import Ending, ending, line, objections, options
from data.playbook.state import Run
from tests.data.playbook.calls import all_shipped, walk

FIRST = CallFacts(platform="taobao", cause="Q1", can_revise=True, can_append=True)
BOTH = pytest.mark.parametrize("playbook", all_shipped(), ids=lambda playbook: playbook.id)
ACCEPTED = "1 1 1 1 1 1 1"
"""Right party, convenient, apology, told, repeated back, proposed, accepted."""
BEFORE_IDENTITY = {"O4", "O5", "O6", "O19", "O20", "O21", "O36", "O37", "O41", "O42", "O43", "O44"}
"""What anybody may say who answers the telephone."""


def came_to(playbook: Playbook, run: Run) -> Ending:
    found = ending(playbook, run)
    assert found is not None
    return found


@BOTH
def test_shipped_playbooks_have_no_findings(playbook: Playbook) -> None:
    report = check(playbook)
    assert [str(finding) for finding in report.findings] == []
    assert 0 < report.steps < 10_000


@BOTH
def test_the_standard_case_takes_ten_times_key_one(playbook: Playbook) -> None:
    places = [walk(playbook, FIRST, "1 " * count).place for count in range(11)]
    assert places == [
        "dial",
        "introduce",
        "apologise",
        "listen",
        "repeat",
        "offer",
        "confirm",
        "question",
        "time",
        "close_promised",
        "end_promised",
    ]
    done = came_to(playbook, walk(playbook, FIRST, "1 " * 10))
    assert (done.line, done.standings, done.time, done.remedy) == (
        "right_party",
        ("promised",),
        "today 20:00",
        "accepted",
    )


@BOTH
def test_one_who_refuses_twice_is_left_in_peace_and_keeps_the_remedy(playbook: Playbook) -> None:
    first_no = walk(playbook, FIRST, f"{ACCEPTED} 2")
    assert (first_no.place, first_no.refusals) == ("refuse_once", 1)
    second_no = walk(playbook, FIRST, f"{ACCEPTED} 2 4")
    assert (second_no.place, second_no.all_refusals) == ("refuse_firm", 2)
    done = came_to(playbook, walk(playbook, FIRST, f"{ACCEPTED} 2 4 1"))
    assert (done.standings, done.remedy) == (("refused_firm",), "accepted")
    next_call = CallFacts(can_revise=True, refusals_before=2, review_asked_before=1, attempt=2, remedy_state="accepted")
    checked = walk(playbook, next_call, "1 1 1")
    assert (checked.place, checked.review_asked) == ("close_settled", 0)


@BOTH
def test_a_first_refusal_gets_real_help_and_no_second_question(playbook: Playbook) -> None:
    helped = walk(playbook, FIRST, "1 1 O1 1 1")
    assert (helped.place, helped.remedy, helped.review_asked) == ("close_settled", "accepted", 0)
    went_on = walk(playbook, FIRST, "1 1 O1 5 1 1 1 1 1")
    assert (went_on.place, went_on.review_asked) == ("close_settled", 0)


@BOTH
def test_a_refusal_on_an_earlier_call_is_the_first_of_two(playbook: Playbook) -> None:
    before = CallFacts(refusals_before=1, review_asked_before=1, attempt=2, remedy_state="accepted")
    assert walk(playbook, before, "1 1 O1").place == "refuse_firm"


@BOTH
def test_a_reopened_case_starts_with_an_apology_and_never_asks_again(playbook: Playbook) -> None:
    again = CallFacts(
        cause="Q1",
        can_revise=True,
        reopened=True,
        attempt=2,
        review_asked_before=1,
        remedy_state="accepted",
        promised_before=True,
    )
    run = walk(playbook, again, "1 1")
    assert run.place == "apologise"
    first_time = walk(playbook, CallFacts(cause="Q1"), "1 1")
    assert line(playbook, run, {}).say != line(playbook, first_time, {}).say
    done = walk(playbook, again, "1 1 1 1 1 1 1 1")
    assert (done.place, done.review_asked) == ("end_owed", 0)
    assert came_to(playbook, done).standings[0] == "remedy_owed"


@BOTH
def test_a_missed_promise_is_first_asked_about_what_we_owed(playbook: Playbook) -> None:
    missed = CallFacts(can_revise=True, promised_before=True, review_asked_before=1, remedy_state="accepted", attempt=2)
    assert walk(playbook, missed, "1 1").place == "check_remedy"
    assert walk(playbook, missed, "1 1 2").place == "not_arrived"
    reminded = walk(playbook, missed, "1 1 1")
    assert (reminded.place, reminded.review_asked) == ("remind", 0)
    assert came_to(playbook, walk(playbook, missed, "1 1 1 1 2 1")).time == "tomorrow same"
    changed_mind = walk(playbook, missed, "1 1 1 3")
    assert (changed_mind.place, changed_mind.refusals) == ("close_settled", 1)


@BOTH
def test_a_missed_promise_without_a_remedy_goes_straight_to_the_reminder(playbook: Playbook) -> None:
    missed = CallFacts(can_revise=True, promised_before=True, review_asked_before=1, remedy_state="declined", attempt=2)
    assert walk(playbook, missed, "1 1").place == "remind"


@BOTH
def test_where_the_platform_allows_neither_the_review_is_only_told_of_in_its_own_words(playbook: Playbook) -> None:
    append_only = CallFacts(platform="pdd", can_revise=False, can_append=True)
    run = walk(playbook, append_only, ACCEPTED)
    assert run.place == "question"
    assert line(playbook, run, {}).say != line(playbook, walk(playbook, FIRST, ACCEPTED), {}).say
    for neither in (CallFacts(can_revise=None, can_append=None), CallFacts(can_revise=False, can_append=False)):
        skipped = walk(playbook, neither, ACCEPTED)
        assert (skipped.place, skipped.review_asked) == ("close_settled", 0)


@BOTH
def test_hesitation_asks_for_the_reason_and_splits_in_five(playbook: Playbook) -> None:
    run = walk(playbook, FIRST, f"{ACCEPTED} 3")
    assert run.place == "hesitate"
    reasons = {option.to for option in options(playbook, run) if option.to != "return"}
    assert len(reasons) == 5


@BOTH
def test_a_second_hesitation_is_not_asked_about_again(playbook: Playbook) -> None:
    assert walk(playbook, FIRST, f"{ACCEPTED} 3 6 O3").place == "hesitate_end"


@BOTH
def test_someone_else_on_the_line_hears_nothing_of_the_order(playbook: Playbook) -> None:
    run = walk(playbook, FIRST, "2")
    assert "ORDER" not in line(playbook, run, {"product": "ORDER", "cause_fact": "ORDER", "remedy": "ORDER"}).say
    free = {each.id for each in objections(playbook, run)}
    assert {"O4", "O5", "O6"} <= free <= BEFORE_IDENTITY


@BOTH
def test_objections_have_their_numbers_and_short_names(playbook: Playbook) -> None:
    shown = objections(playbook, walk(playbook, FIRST, "1"))
    assert [each.id for each in shown] == [f"O{number}" for number in range(1, len(playbook.objections) + 1)]
    assert all(each.short for each in shown)


@BOTH
def test_what_is_said_often_has_two_ways_to_say_it(playbook: Playbook) -> None:
    single = [node.id for node in playbook.nodes if node.say and len(node.say) < 2]
    assert single == []


def test_both_languages_are_one_graph() -> None:
    def shape(playbook: Playbook) -> object:
        return [
            (
                node.id,
                node.stage,
                node.home,
                node.when,
                node.otherwise,
                len(node.say),
                [(words.when, len(words.say)) for words in node.lines],
                [
                    (
                        choice.key,
                        choice.to,
                        choice.raises,
                        choice.when,
                        choice.marks,
                        choice.remedy,
                        choice.time,
                        choice.times,
                        choice.refusal,
                    )
                    for choice in node.choices
                ],
            )
            for node in playbook.nodes
        ]

    one, other = all_shipped()
    assert shape(one) == shape(other)
    assert [(each.id, each.rungs, each.when) for each in one.objections] == [
        (each.id, each.rungs, each.when) for each in other.objections
    ]
