"""What a case's log makes of its clocks: which run, which rest because the buyer owes us something, which broke.

First contact runs from the opening to the first attempt, next touch from each outcome (or from when a case comes back
to us) to the next attempt or delivery, closing from the opening to the end. While the buyer owes us what they promised
or an answer, or named a time themselves, the last two rest. Nothing that happens later takes a breach back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from data.clock import DAY, MINUTE
from data.clocks.events import ClockEvent
from data.clocks.hours import Hours, deadline, elapsed
from data.clocks.targets import ClockName, budget_of, first_contact_due
from data.outcomes import Standing
from data.settings import Deadlines
from data.vocabulary import EventKind, FollowUpKind, RevisionKind, State

GRACE = DAY
"""How long after its time a buyer's promise is still waited for: platforms show a changed review late."""


_ANSWERS = frozenset({RevisionKind.REVISED, RevisionKind.APPENDED})
"""What the buyer does with the review while we wait for them."""


class ClockState(StrEnum):
    """How it stands with a clock."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    WARNED = "warned"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One run of a clock. `due_at` is None where it rests for nobody knows how long.

    `at` is the moment of its state: since when it is paused, when it was met, when it broke or warned, else when it
    will break. `left` is the staffed time that it still has, in milliseconds. `began_by` is the event that started it.
    """

    name: ClockName
    state: ClockState
    began_at: int
    began_by: int
    due_at: int | None
    at: int
    left: int
    stopped_at: int | None = None

    @property
    def live(self) -> bool:
        """Whether nothing has stopped it yet."""
        return self.stopped_at is None


def clocks_of(events: Iterable[ClockEvent], now: int, hours: Hours, rules: Deadlines) -> tuple[CaseClock, ...]:
    """Every run of every clock of a case, in the order in which they began, as it is at `now`."""
    course = _Course()
    for event in events:
        course.follow(event)
    return tuple(course.clock(run, now, hours, rules) for run in course.runs)


def live(clocks: Iterable[CaseClock]) -> tuple[CaseClock, ...]:
    """The clocks that nothing has stopped, the nearest first; one that rests for an unknown time comes last."""
    return tuple(
        sorted((each for each in clocks if each.live), key=lambda each: (each.due_at is None, each.due_at or 0))
    )


def broken(clocks: Iterable[CaseClock]) -> tuple[CaseClock, ...]:
    """The runs that took longer than they may, stopped since or not."""
    return tuple(each for each in clocks if each.state is ClockState.BROKEN)


def next_break(clocks: Iterable[CaseClock]) -> int | None:
    """When the next clock would break if nothing happened; None when none will."""
    return min(
        (
            each.due_at
            for each in clocks
            if each.live and each.state is not ClockState.BROKEN and each.due_at is not None
        ),
        default=None,
    )


@dataclass(slots=True)
class _Run:
    name: ClockName
    began_at: int
    began_by: int
    stopped_at: int | None = None


@dataclass(frozen=True, slots=True)
class _Wait:
    """Since when and until when the buyer is waited for."""

    since: int
    until: int | None


@dataclass(slots=True)
class _Shut:
    """What a closing stopped, for the closing that is taken back."""

    runs: list[_Run]
    wait: _Wait | None
    rested: int


@dataclass(slots=True)
class _Course:
    """The log so far. Pauses are those of the case: first contact knows none."""

    runs: list[_Run] = field(default_factory=list)
    pauses: list[tuple[int, int | None]] = field(default_factory=list)
    open: bool = True
    in_contact: bool = False
    wait: _Wait | None = None
    follow_ups: list[tuple[str, int]] = field(default_factory=list)
    """What was set since the last attempt began: its kind, and when it is due."""

    shut: dict[int, _Shut] = field(default_factory=dict)
    ended: dict[int, _Wait] = field(default_factory=dict)
    """Which waiting an event ended, for when that event is taken back."""

    def follow(self, event: ClockEvent) -> None:
        """Take the next event in."""
        at = event.at
        match event.kind:
            case EventKind.CASE_OPENED:
                self._start(ClockName.FIRST_CONTACT, event)
                self._start(ClockName.CLOSE, event)
            case EventKind.CONTACT_STARTED:
                self._no_longer_waits(event)
                self._stop(at, ClockName.FIRST_CONTACT, ClockName.NEXT_TOUCH)
                self.in_contact, self.follow_ups = True, []
            case EventKind.FOLLOW_UP_SET:
                if event.number is not None:
                    self.follow_ups.append(((event.code or "").partition("/")[0], event.number))
            case EventKind.OUTCOME_RECORDED:
                self._outcome(event)
            case EventKind.REMEDY_DELIVERED:
                self._stop(at, ClockName.NEXT_TOUCH)
            case EventKind.UNDONE:
                self._undone(event)
            case EventKind.ESCALATED | EventKind.PROMISE_MISSED:
                self._no_longer_waits(event)
            case EventKind.REVISION_OBSERVED if event.code in _ANSWERS:
                self._no_longer_waits(event)
        if event.kind != EventKind.UNDONE or event.undoes not in self.shut:
            self._state(event)

    def _outcome(self, event: ClockEvent) -> None:
        self.in_contact = False
        if event.from_state not in (None, State.WORKING):
            # It came late, when somebody else had led the case on already.
            return
        standing = (event.code or "").partition("/")[2]
        # What we owe ourselves is not put off by what the buyer owes.
        ours = [due_at for kind, due_at in self.follow_ups if kind == FollowUpKind.DELIVER_REMEDY]
        if standing == Standing.CALLBACK and event.to_state == State.SCHEDULED and event.number is not None:
            self.wait = _Wait(event.at, min([event.number, *ours]))
        elif event.to_state == State.WAITING_BUYER and standing == Standing.PROMISED and event.number is not None:
            self.wait = _Wait(event.at, min([event.number + GRACE, *ours]))
        elif event.to_state == State.WAITING_BUYER:
            self.wait = _Wait(event.at, min((due_at for _kind, due_at in self.follow_ups), default=None))

    def _state(self, event: ClockEvent) -> None:
        """Stop what a closing stops, start what an opening starts, and the next touch where a case lies with us."""
        if event.to_state == State.CLOSED:
            if self.open:
                running = [run for run in self.runs if run.stopped_at is None]
                self.shut[event.id] = _Shut(running, self.wait, len(self.pauses))
                self._no_longer_waits(event)
                self._stop(event.at, *ClockName)
                self.open = False
            return
        if event.to_state is None:
            return
        if not self.open:
            self.open = True
            self._start(ClockName.CLOSE, event)
        if not self.in_contact and self._running(ClockName.FIRST_CONTACT) is None and event.kind != EventKind.UNDONE:
            self._start(ClockName.NEXT_TOUCH, event)

    def _undone(self, event: ClockEvent) -> None:
        """A closing that is taken back never was; whatever else is taken back counts from now on."""
        shut = self.shut.get(event.undoes or 0)
        if shut is not None:
            if self.open:
                return
            for run in shut.runs:
                run.stopped_at = None
            del self.pauses[shut.rested :]
            self.wait, self.open = shut.wait, True
            return
        ended = self.ended.get(event.undoes or 0)
        if ended is not None and (ended.until is None or ended.until > event.at):
            self.wait = _Wait(event.at, ended.until)

    def _start(self, name: ClockName, event: ClockEvent) -> None:
        if self._running(name) is None:
            self.runs.append(_Run(name, event.at, event.id))

    def _stop(self, at: int, *names: ClockName) -> None:
        for name in names:
            run = self._running(name)
            if run is not None:
                run.stopped_at = at

    def _running(self, name: ClockName) -> _Run | None:
        return next((run for run in self.runs if run.name is name and run.stopped_at is None), None)

    def _no_longer_waits(self, event: ClockEvent) -> None:
        if self.wait is not None:
            until = event.at if self.wait.until is None else min(self.wait.until, event.at)
            self.pauses.append((self.wait.since, until))
            self.ended[event.id], self.wait = self.wait, None

    def clock(self, run: _Run, now: int, hours: Hours, rules: Deadlines) -> CaseClock:
        """One run as it stands at `now`."""
        if run.name is ClockName.FIRST_CONTACT:
            pauses: Sequence[tuple[int, int | None]] = ()
            due_at: int | None = first_contact_due(run.began_at, hours, rules)
        else:
            pauses = [*self.pauses, (self.wait.since, self.wait.until)] if self.wait else self.pauses
            due_at = deadline(run.began_at, budget_of(run.name, rules), hours, pauses)
        state, at = self._standing(run, due_at, now, rules)
        left = 0
        if run.stopped_at is None and state is not ClockState.BROKEN:
            whole = budget_of(run.name, rules) if run.name is not ClockName.FIRST_CONTACT else 0
            left = whole - elapsed(run.began_at, now, hours, pauses) if whole else (due_at or now) - now
        return CaseClock(run.name, state, run.began_at, run.began_by, due_at, at, left, run.stopped_at)

    def _standing(self, run: _Run, due_at: int | None, now: int, rules: Deadlines) -> tuple[ClockState, int]:
        ends = now if run.stopped_at is None else run.stopped_at
        if due_at is not None and ends > due_at:
            return ClockState.BROKEN, due_at
        if run.stopped_at is not None:
            return ClockState.MET, run.stopped_at
        wait = self.wait if run.name is not ClockName.FIRST_CONTACT else None
        if wait is not None and (wait.until is None or now < wait.until):
            return ClockState.PAUSED, wait.since
        warned_at = (due_at or now) - rules.due_soon_minutes * MINUTE
        if due_at is not None and now >= warned_at:
            return ClockState.WARNED, warned_at
        return ClockState.RUNNING, due_at if due_at is not None else now
