"""Which case is worked next: points, reasons, and the order that they give."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from data.clock import DAY, HOUR, MINUTE, zone
from data.contact.weigh import EARLY as EARLY_BY_THE_CONTACT_RULES
from data.priority import (
    CLOSING,
    EARLY,
    Point,
    Reason,
    first,
    is_high,
    may_be_worked,
    moved,
    points,
    rank,
    worded,
)
from data.rows import PriorityFacts
from data.settings import Priority
from data.vocabulary import State

NOW = 1_795_142_520_000
"""Friday 2026-11-20, 10:42 in Shanghai."""
ZONE = zone("Asia/Shanghai")
ME, COLLEAGUE = 1, 2
SHIPPED = Priority()

TIMES = st.integers(-40 * HOUR, 40 * HOUR).map(lambda span: NOW + span)
WEIGHTS = st.builds(
    Priority,
    **{
        each.name: st.integers(1, 600) if each.name == "due_ahead_minutes" else st.integers(0, 200)
        for each in fields(Priority)
    },
)
FACTS = st.builds(
    PriorityFacts,
    case_id=st.integers(1, 10_000),
    state=st.sampled_from(list(State)),
    grade=st.sampled_from(["bad", "neutral"]),
    due_at=TIMES,
    reviewed_at=TIMES,
    contact_from=st.none() | TIMES,
    owner_id=st.sampled_from([None, ME, COLLEAGUE]),
    lease_until=st.none() | TIMES,
    pictures=st.integers(0, 3),
    letters=st.integers(0, 300),
    appended=st.booleans(),
    main_product=st.booleans(),
    level=st.sampled_from([None, "新", "金", "88VIP"]),
    appointment_at=st.none() | TIMES,
    owed_at=st.none() | TIMES,
    window_ends_at=st.none() | TIMES,
    left_by=st.sampled_from([None, ME, COLLEAGUE]),
)
PLAIN = PriorityFacts(1, State.NEW, "neutral", NOW + 9 * HOUR, NOW - 9 * DAY, contact_from=NOW)


def reasons(facts: PriorityFacts, weights: Priority = SHIPPED) -> dict[Reason, int]:
    return {each.reason: each.points for each in points(facts, weights, NOW, ZONE, ME)}


def total(facts: PriorityFacts, weights: Priority, now: int = NOW) -> int:
    return sum(each.points for each in points(facts, weights, now, ZONE, ME))


def test_a_plain_case_has_no_points_and_each_fact_has_its_own() -> None:
    assert reasons(PLAIN) == {}
    told = {
        Reason.BAD: {"grade": "bad"}, Reason.APPENDED: {"appended": True}, Reason.PICTURES: {"pictures": 2},
        Reason.MAIN_PRODUCT: {"main_product": True}, Reason.LEVEL: {"level": "金"}, Reason.LONG: {"letters": 100},
        Reason.FRESH: {"reviewed_at": NOW - HOUR}, Reason.MINE: {"owner_id": ME},
        Reason.OWED: {"owed_at": NOW}, Reason.CALLBACK: {"appointment_at": NOW + EARLY},
        Reason.WINDOW: {"window_ends_at": NOW + HOUR}, Reason.DUE: {"due_at": NOW + MINUTE},
        Reason.LATE: {"due_at": NOW},
    }  # fmt: skip
    assert set(told) == set(Reason)
    for reason, changes in told.items():
        assert list(reasons(replace(PLAIN, **changes))) == [reason]  # type: ignore[arg-type]


def test_eighteen_minutes_before_its_time_a_case_has_forty_points() -> None:
    (point,) = points(replace(PLAIN, due_at=NOW + 18 * MINUTE), Priority(), NOW, ZONE, ME)
    assert (point.reason, point.points) == (Reason.DUE, 40)
    assert worded(point).endswith("+40")


@given(FACTS, WEIGHTS, st.integers(0, 50 * HOUR))
def test_a_case_that_is_later_never_has_fewer_points(facts: PriorityFacts, weights: Priority, more: int) -> None:
    assert total(replace(facts, due_at=facts.due_at - more), weights) >= total(facts, weights)


@given(FACTS, WEIGHTS)
def test_a_weight_of_nothing_takes_its_reason_away_and_no_other(facts: PriorityFacts, weights: Priority) -> None:
    before = reasons(facts, weights)
    for reason in set(Reason) - {Reason.DUE, Reason.LATE}:
        left = reasons(facts, replace(weights, **{reason.value: 0}))
        assert left == {each: given for each, given in before.items() if each is not reason}
    assert not {Reason.DUE, Reason.LATE} & reasons(facts, replace(weights, due=0, late=0)).keys()


@given(FACTS, WEIGHTS)
def test_points_are_whole_positive_and_the_weightiest_stand_first(facts: PriorityFacts, weights: Priority) -> None:
    found = points(facts, weights, NOW, ZONE, ME)
    assert all(isinstance(each.points, int) and each.points > 0 for each in found)
    assert [each.points for each in found] == sorted((each.points for each in found), reverse=True)
    assert len({each.reason for each in found}) == len(found)
    assert all(worded(each) for each in found)


@settings(max_examples=40)
@given(st.lists(FACTS, max_size=12, unique_by=lambda each: each.case_id), WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_how_cases_come(
    cases: list[PriorityFacts], weights: Priority, random: object
) -> None:
    mixed = list(cases)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    ordered = rank(cases, weights, NOW, ZONE, ME)
    assert rank(mixed, weights, NOW, ZONE, ME) == ordered
    places = [each.place for each in ordered]
    assert places == sorted(set(places))


@given(st.lists(FACTS, max_size=12, unique_by=lambda each: each.case_id), WEIGHTS)
def test_what_is_excluded_is_never_ranked(cases: list[PriorityFacts], weights: Priority) -> None:
    for each in rank(cases, weights, NOW, ZONE, ME):
        facts = each.facts
        assert facts.state not in (State.CLOSED, State.ESCALATED, State.APPEALED)
        assert facts.owner_id in (None, ME) or (facts.lease_until or 0) <= NOW
        owed = facts.owed_at is not None and facts.owed_at <= NOW
        assert owed or (facts.contact_from is not None and facts.contact_from <= NOW)


def test_a_call_agreed_with_the_agent_for_now_comes_before_everything_unless_it_is_turned_off() -> None:
    agreed = replace(PLAIN, case_id=2, owner_id=ME, lease_until=NOW + HOUR, appointment_at=NOW, due_at=NOW + HOUR)
    heavy = replace(PLAIN, case_id=3, due_at=NOW - DAY, owed_at=NOW, grade="bad", appended=True, appointment_at=NOW)
    weights = Priority(due=200, late=200)
    assert [each.facts.case_id for each in rank([heavy, agreed], weights, NOW, ZONE, ME)] == [2, 3]
    without = replace(weights, callback=0)
    assert [each.facts.case_id for each in rank([heavy, agreed], without, NOW, ZONE, ME)] == [3, 2]


def test_equal_points_go_by_what_is_due_first_and_then_by_the_newer_case() -> None:
    cases = [replace(PLAIN, case_id=number, due_at=NOW + at) for number, at in ((1, 5 * DAY), (2, DAY), (3, DAY))]
    assert [each.facts.case_id for each in rank(cases, Priority(), NOW, ZONE, ME)] == [3, 2, 1]


def test_an_own_case_that_was_looked_at_waits_until_it_is_due_and_one_that_was_handed_over_does_not() -> None:
    own = replace(PLAIN, owner_id=ME, lease_until=NOW + HOUR)
    assert may_be_worked(own, NOW, ZONE, ME)
    assert not may_be_worked(replace(own, left_by=ME), NOW, ZONE, ME)
    assert may_be_worked(replace(own, left_by=COLLEAGUE), NOW, ZONE, ME)
    assert may_be_worked(replace(own, left_by=ME, due_at=NOW), NOW, ZONE, ME)


def test_what_we_owe_is_done_even_when_the_buyer_may_not_be_contacted() -> None:
    owing = replace(PLAIN, state=State.WAITING_US, contact_from=None, owed_at=NOW - HOUR)
    assert may_be_worked(owing, NOW, ZONE, ME)
    assert not may_be_worked(replace(owing, owed_at=NOW + HOUR), NOW, ZONE, ME)


def test_a_window_counts_more_the_nearer_its_end_and_no_more_after_it() -> None:
    told = [reasons(replace(PLAIN, window_ends_at=NOW + left)).get(Reason.WINDOW, 0) for left in (CLOSING, DAY, 1, 0)]
    assert told[0] == 0 < told[1] < told[2]
    assert told[3] == 0


def test_the_rules_are_asked_of_no_more_cases_than_it_takes() -> None:
    cases = [replace(PLAIN, case_id=number) for number in range(1, 9)]
    asked: list[int] = []

    def allowed(facts: PriorityFacts) -> bool:
        asked.append(facts.case_id)
        return facts.case_id < 8

    found = first(rank(cases, Priority(), NOW, ZONE, ME), allowed, 2)
    assert ([each.facts.case_id for each in found], asked) == ([7, 6], [8, 7, 6])


def test_how_far_a_case_moves_is_told_from_its_two_places() -> None:
    assert moved([1, 2, 3], [3, 1, 9, 2]) == [2, -1, None, -2]


def test_the_levels_of_accounts_are_known_by_their_platforms_words() -> None:
    assert [is_high(level) for level in (None, "新", "银", "金", "2钻", "皇冠", "PLUS会员", "Gold")] == [
        False, False, False, True, True, True, True, True,
    ]  # fmt: skip


def test_early_means_the_same_as_for_the_contact_rules() -> None:
    assert EARLY == EARLY_BY_THE_CONTACT_RULES


def test_every_weight_but_the_time_ahead_belongs_to_a_reason() -> None:
    assert {each.name for each in fields(Priority)} - {"due_ahead_minutes"} == {reason.value for reason in Reason}
    assert Point(Reason.BAD, 1).span == 0
