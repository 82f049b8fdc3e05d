"""What a case's log makes of its clocks."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from data.casework.upkeep import GRACE as MISSED_AFTER
from data.clock import DAY, HOUR, MINUTE
from data.clocks.course import GRACE, CaseClock, ClockState, broken, clocks_of, live, next_break
from data.clocks.events import ClockEvent
from data.clocks.hours import Hours, elapsed
from data.clocks.targets import ClockName
from data.settings import Deadlines
from data.vocabulary import EventKind as Kind
from data.vocabulary import State
from tests.data.clocks.test_hours import SHANGHAI, at

HOURS = Hours(SHANGHAI, ((480, 1320),))
RULES = Deadlines()
OPENED = at("2026-11-20T09:00")


class Log:
    """A log that a test writes; times are hours after the opening."""

    def __init__(self) -> None:
        self.events: list[ClockEvent] = []
        self.add(0, Kind.CASE_OPENED, to_state=State.NEW)

    def add(self, hours: float, kind: Kind, **more: object) -> int:
        number = len(self.events) + 1
        self.events.append(ClockEvent(number, OPENED + int(hours * HOUR), kind, **more))  # type: ignore[arg-type]
        return number

    def contact(self, hours: float, outcome: str, to: State, when: float | None = None, follow: float = 24) -> None:
        self.add(hours, Kind.CONTACT_STARTED, from_state=State.NEW, to_state=State.WORKING)
        self.add(hours + 0.1, Kind.FOLLOW_UP_SET, number=OPENED + int((hours + follow) * HOUR))
        number = None if when is None else OPENED + int(when * HOUR)
        self.add(hours + 0.1, Kind.OUTCOME_RECORDED, code=outcome, number=number, from_state=State.WORKING, to_state=to)

    def at(self, hours: float) -> dict[ClockName, CaseClock]:
        """The newest run of each clock, so many hours after the opening."""
        return {each.name: each for each in clocks_of(self.events, OPENED + int(hours * HOUR), HOURS, RULES)}


def test_first_contact_runs_until_it_is_warned_and_then_broken() -> None:
    log = Log()
    assert log.at(0)[ClockName.FIRST_CONTACT].state is ClockState.WARNED
    assert log.at(1)[ClockName.FIRST_CONTACT].state is ClockState.WARNED
    late = log.at(1.5)[ClockName.FIRST_CONTACT]
    assert (late.state, late.at, late.live) == (ClockState.BROKEN, OPENED + HOUR, True)


def test_an_attempt_in_time_meets_the_first_contact_and_its_outcome_starts_the_next_touch() -> None:
    log = Log()
    log.contact(0.5, "no_answer/unreachable_retry", State.SCHEDULED)
    clocks = log.at(2)
    assert clocks[ClockName.FIRST_CONTACT].state is ClockState.MET
    assert clocks[ClockName.NEXT_TOUCH].state is ClockState.RUNNING
    assert clocks[ClockName.NEXT_TOUCH].began_at == OPENED + int(0.6 * HOUR)


def test_a_late_attempt_stops_the_clock_and_the_breach_stays() -> None:
    log = Log()
    log.contact(3, "no_answer/unreachable_retry", State.SCHEDULED)
    first = log.at(4)[ClockName.FIRST_CONTACT]
    assert (first.state, first.at, first.live) == (ClockState.BROKEN, OPENED + HOUR, False)


def test_the_clocks_rest_while_the_buyer_owes_what_they_promised_and_a_day_longer() -> None:
    log = Log()
    log.contact(0.5, "right_party/promised", State.WAITING_BUYER, when=100)
    for hours in (1, 99, 123):
        clocks = log.at(hours)
        assert clocks[ClockName.NEXT_TOUCH].state is ClockState.PAUSED
        assert clocks[ClockName.CLOSE].state is ClockState.PAUSED
    assert log.at(124.5)[ClockName.NEXT_TOUCH].state is not ClockState.PAUSED
    due = log.at(1)[ClockName.CLOSE].due_at
    assert due is not None
    rested = [(OPENED + int(0.6 * HOUR), OPENED + 124 * HOUR)]
    assert elapsed(OPENED, due, HOURS, rested) == RULES.close_hours * HOUR


def test_a_promise_is_waited_for_as_long_as_it_takes_until_it_counts_as_missed() -> None:
    assert GRACE == MISSED_AFTER


def test_the_clocks_rest_until_the_time_that_the_buyer_named() -> None:
    log = Log()
    log.contact(0.5, "right_party/callback", State.SCHEDULED, when=30)
    assert log.at(29)[ClockName.NEXT_TOUCH].state is ClockState.PAUSED
    assert log.at(31)[ClockName.NEXT_TOUCH].state is ClockState.RUNNING


def test_what_we_owe_ourselves_is_not_put_off_by_what_the_buyer_owes() -> None:
    log = Log()
    log.contact(0.5, "right_party/promised", State.WAITING_BUYER, when=100)
    log.events[2] = replace(log.events[2], code="deliver_remedy")
    assert log.at(24)[ClockName.NEXT_TOUCH].state is ClockState.PAUSED
    assert log.at(25)[ClockName.NEXT_TOUCH].state is ClockState.RUNNING


def test_an_answer_is_waited_for_until_the_reminder_that_was_set() -> None:
    log = Log()
    log.contact(0.5, "right_party/undecided", State.WAITING_BUYER, follow=48)
    assert log.at(48)[ClockName.NEXT_TOUCH].state is ClockState.PAUSED
    assert log.at(49)[ClockName.NEXT_TOUCH].state is not ClockState.PAUSED


def test_a_remedy_that_we_owe_rests_nothing_and_its_delivery_is_a_touch() -> None:
    log = Log()
    log.contact(0.5, "right_party/remedy_owed", State.WAITING_US)
    assert log.at(10)[ClockName.NEXT_TOUCH].state is ClockState.RUNNING
    log.add(20, Kind.REMEDY_DELIVERED, from_state=State.WAITING_US, to_state=State.SCHEDULED)
    clock = log.at(21)[ClockName.NEXT_TOUCH]
    assert clock.began_at == OPENED + 20 * HOUR
    assert clock.state is ClockState.RUNNING


def test_an_agents_snooze_changes_nothing() -> None:
    log = Log()
    before = log.at(5)
    log.add(0.5, Kind.SNOOZED, number=OPENED + 5 * DAY, from_state=State.NEW, to_state=State.SCHEDULED)
    # It is not even read; and read, it starts nothing while the first contact runs.
    assert log.at(5) == before


def test_a_closing_stops_every_clock_and_taken_back_it_never_was() -> None:
    log = Log()
    closed = log.add(0.5, Kind.CLOSED, from_state=State.NEW, to_state=State.CLOSED)
    assert {each.state for each in log.at(100).values()} == {ClockState.MET}
    log.add(50, Kind.UNDONE, code=Kind.CLOSED, from_state=State.CLOSED, to_state=State.NEW, undoes=closed)
    first = log.at(50)[ClockName.FIRST_CONTACT]
    assert (first.state, first.at) == (ClockState.BROKEN, OPENED + HOUR)


def test_a_case_that_is_opened_again_has_new_clocks_until_that_is_taken_back() -> None:
    log = Log()
    log.add(0.5, Kind.CLOSED, from_state=State.NEW, to_state=State.CLOSED)
    again = log.add(60, Kind.REOPENED, from_state=State.CLOSED, to_state=State.WORKING)
    clocks = log.at(61)
    assert clocks[ClockName.CLOSE].began_by == clocks[ClockName.NEXT_TOUCH].began_by == again
    log.add(62, Kind.UNDONE, code=Kind.REOPENED, from_state=State.WORKING, to_state=State.CLOSED, undoes=again)
    assert not live(log.at(200).values())


def test_an_answer_of_the_buyer_ends_the_waiting_and_taken_back_it_goes_on() -> None:
    log = Log()
    log.contact(0.5, "right_party/promised", State.WAITING_BUYER, when=100)
    seen = log.add(10, Kind.REVISION_OBSERVED, code="appended", from_state=State.WAITING_BUYER, to_state=State.WORKING)
    assert log.at(11)[ClockName.NEXT_TOUCH].state is ClockState.RUNNING
    log.add(
        12, Kind.UNDONE, code=Kind.REVISION_OBSERVED, from_state=State.WORKING, to_state=State.WAITING_BUYER,
        undoes=seen,
    )  # fmt: skip
    clock = log.at(13)[ClockName.NEXT_TOUCH]
    assert clock.state is ClockState.PAUSED
    assert clock.left < RULES.next_touch_hours * HOUR


def test_the_nearest_clock_comes_first_and_one_without_an_end_last() -> None:
    log = Log()
    log.contact(0.5, "sent/waiting_answer", State.WAITING_BUYER)
    log.events = [each for each in log.events if each.kind != Kind.FOLLOW_UP_SET]
    log.add(1, Kind.NOTED)
    clocks = live(clocks_of(log.events, OPENED + DAY, HOURS, RULES))
    assert [each.due_at for each in clocks] == [None, None]
    fresh = Log()
    assert [each.name for each in live(fresh.at(0.5).values())] == [ClockName.FIRST_CONTACT, ClockName.CLOSE]


OUTCOMES = (
    ("right_party/promised", State.WAITING_BUYER),
    ("right_party/undecided", State.WAITING_BUYER),
    ("right_party/callback", State.SCHEDULED),
    ("right_party/remedy_owed", State.WAITING_US),
    ("no_answer/unreachable_retry", State.SCHEDULED),
    ("right_party/kept_satisfied", State.CLOSED),
)
ACTS = ("contact", "close", "reopen", "undo", "escalate", "take_over", "revision", "missed", "delivered", "snooze")


@st.composite
def logs(draw: st.DrawFn) -> list[ClockEvent]:
    """A log that could have been: acts one after the other, each from the state where the one before it ended."""
    log, state, now = Log(), State.NEW, 0.0
    back: tuple[int, State] | None = None
    for act in draw(st.lists(st.sampled_from(ACTS), max_size=10)):
        now += draw(st.integers(1, 60 * 60)) / 60
        was, number = state, 0
        if act == "contact" and state is not State.CLOSED:
            outcome, state = draw(st.sampled_from(OUTCOMES))
            log.contact(now, outcome, state, when=now + draw(st.integers(1, 100)))
            now += 0.2
            back = None
        elif act == "close" and state is not State.CLOSED:
            state = State.CLOSED
            number = log.add(now, Kind.CLOSED, from_state=was, to_state=state)
        elif act == "reopen" and state is State.CLOSED:
            state = State.WORKING
            number = log.add(now, Kind.REOPENED, from_state=was, to_state=state)
        elif act == "escalate" and state is not State.CLOSED:
            state = State.ESCALATED
            number = log.add(now, Kind.ESCALATED, from_state=was, to_state=state)
        elif act == "take_over" and state is State.ESCALATED:
            state = State.WORKING
            number = log.add(now, Kind.TAKEN_OVER, from_state=was, to_state=state)
        elif act == "revision":
            state = State.WORKING
            number = log.add(now, Kind.REVISION_OBSERVED, code="revised", from_state=was, to_state=state)
        elif act == "missed" and state is State.WAITING_BUYER:
            state = State.WORKING
            log.add(now, Kind.PROMISE_MISSED, from_state=was, to_state=state)
            back = None
        elif act == "delivered" and state is State.WAITING_US:
            state = State.SCHEDULED
            log.add(now, Kind.REMEDY_DELIVERED, from_state=was, to_state=state)
            back = None
        elif act == "undo" and back is not None:
            event, state = back
            log.add(now, Kind.UNDONE, from_state=was, to_state=state, undoes=event)
            back = None
        if number:
            back = (number, was)
    return log.events


def breaches(events: list[ClockEvent], now: int) -> set[tuple[str, int, int]]:
    return {(each.name, each.began_by, each.at) for each in broken(clocks_of(events, now, HOURS, RULES))}


@given(logs(), st.integers(0, 30 * 1440))
@settings(max_examples=54, deadline=None)
def test_nothing_that_happens_later_takes_a_breach_back(events: list[ClockEvent], minute: int) -> None:
    before: set[tuple[str, int, int]] = set()
    for length, event in enumerate(events, 1):
        now = event.at
        assert before <= breaches(events[:length], now)
        # The moment before the next event, as whoever looks then sees it.
        until = events[length].at if length < len(events) else now + minute * MINUTE
        before = breaches(events[:length], until)


@given(logs(), st.integers(0, 40 * 1440))
@settings(max_examples=54, deadline=None)
def test_between_two_events_a_clock_breaks_exactly_when_it_was_foretold(events: list[ClockEvent], minute: int) -> None:
    now = events[-1].at
    later = now + minute * MINUTE
    clocks = clocks_of(events, now, HOURS, RULES)
    foretold = next_break(clocks)
    new = breaches(events, later) - breaches(events, now)
    assert bool(new) is (foretold is not None and foretold < later)
    if foretold is not None and new:
        assert min(each[2] for each in new) == foretold


@given(logs(), st.integers(0, 40 * 1440))
@settings(max_examples=36, deadline=None)
def test_a_case_has_at_most_one_of_each_clock_running_and_a_closed_one_none(
    events: list[ClockEvent], minute: int
) -> None:
    running = [each.name for each in live(clocks_of(events, events[-1].at + minute * MINUTE, HOURS, RULES))]
    assert len(running) == len(set(running))
    if events[-1].to_state == State.CLOSED:
        assert not running
    elif events[-1].to_state is not None:
        assert ClockName.CLOSE in running
