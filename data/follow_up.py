"""What follows a contact, as a dated plan: pure, from what is known when its outcome is recorded.

The rules and their numbers are in `docs/follow-up.md`; whether a moment is allowed is asked of `data.contact_rules`.
Nothing here reads a clock, and nothing here knows the review.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta, tzinfo

from data.clock import DAY, HOUR, MINUTE, at_minute, day_bounds, local_day
from data.clock import zone as zone_named
from data.contact_rules import may_contact
from data.outcomes import Standing
from data.rows import ContactFacts
from data.settings import Settings
from data.vocabulary import Channel, FollowUpKind, Platform, State

CADENCE = (FollowUpKind.EVENING_TEXT, FollowUpKind.REMINDER, FollowUpKind.LAST_TRY)
"""The steps after a promise of the buyer, in their order; each is made at most once on a case."""

ANOTHER_HOUR, ANOTHER_DAY, IN_WRITING, GIVE_UP = 1, 2, 3, 4
"""The rungs of the ladder for somebody who cannot be reached."""

UNDECIDED_FOR = 3 * DAY
"""How long after their one reminder an undecided buyer has to answer."""

WITHOUT_CHAT = frozenset({Platform.JUDGEME, Platform.OTHER})
"""The platforms on which a buyer is written to by e-mail."""

_LEADS_ON = frozenset({Standing.UNREACHABLE_RETRY, Standing.WRITE_INSTEAD, Standing.WAITING_ANSWER})
_FINAL_TEXTS = frozenset(
    {
        FollowUpKind.MESSAGE,
        FollowUpKind.REMINDER,
        FollowUpKind.LAST_TRY,
        FollowUpKind.EFFECT,
        FollowUpKind.SATISFACTION,
    }
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A follow-up to be set: what, when, how, on which rung, and when it lapses."""

    kind: FollowUpKind
    due_at: int
    channel: Channel | None = None
    device: str | None = None
    rung: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What a plan is made from: the case after the outcome, as the contact rules weigh it, and what was agreed.

    `step` is what the contact carried out, `made` are the steps that the case's contacts carried out. Since the buyer
    was last reached, `calls` counts the calls and `stopped` says that a last try was made. `made_at` and
    `promised_at` are those of the newest promise of the buyer that stands. `owed` says that a remedy is owed,
    `owed_by` when the first is to be seen to; `kept` that other follow-ups stay.
    """

    facts: ContactFacts
    now: int
    zone: tzinfo
    settings: Settings
    standing: Standing
    agreed: int | None = None
    channel: Channel | None = None
    device: str | None = None
    step: FollowUpKind | None = None
    made: frozenset[FollowUpKind] = field(default_factory=frozenset)
    reached: bool = False
    stopped: bool = False
    calls: int = 0
    made_at: int | None = None
    promised_at: int | None = None
    promise_open: bool = False
    owed: bool = False
    owed_by: int | None = None
    kept: bool = False

    @property
    def here(self) -> tzinfo:
        """The buyer's clock."""
        return zone_named(self.facts.zone) if self.facts.zone else self.zone

    @property
    def written(self) -> Channel:
        """The way of writing that the platform offers."""
        return Channel.EMAIL if self.facts.platform in WITHOUT_CHAT else Channel.CHAT


def plan(case: Situation) -> tuple[Planned, ...]:
    """Everything that follows, earliest first; never nothing for a case that waits."""
    steps = [*_of_standing(case)]
    if case.made_at is not None and (case.promise_open or not case.reached):
        steps += _after_promise(case)
    if case.owed:
        steps.append(Planned(FollowUpKind.DELIVER_REMEDY, case.owed_by or case.now + DAY))
    if not steps and not case.kept and case.facts.state not in (State.WORKING, State.ESCALATED):
        steps.append(_finish(case.now + DAY))
    return tuple(sorted(steps, key=lambda step: step.due_at))


def warned_at(due_at: int, now: int, settings: Settings) -> int:
    """When a delivery comes up: so long before its time that it can still be kept, or at once."""
    return max(now, due_at - settings.remedies.warn_minutes * MINUTE)


def satisfaction(case: Situation) -> Planned | None:
    """When the buyer is asked whether all is well; None where nobody may ask any more.

    A case that is with a lead is asked about as if it were not: the lead takes it over first.
    """
    rules = case.settings.follow_up
    free = replace(case, facts=replace(case.facts, state=State.SCHEDULED))
    wished = case.now + rules.satisfaction_days * DAY
    ends = at_minute(local_day(case.now, case.here) + timedelta(days=rules.satisfaction_until_days), 1440, case.here)
    found = _inside(free, (wished,), ends, (free.written, Channel.PHONE)) or _allowed(
        free, wished, (free.written, Channel.PHONE)
    )
    return None if found is None else Planned(FollowUpKind.SATISFACTION, found[1], found[0])


def telling(case: Situation) -> Planned | None:
    """When the buyer is told what a task came to, at the next allowed moment, in writing first; None for never."""
    free = replace(case, facts=replace(case.facts, state=State.SCHEDULED))
    found = _allowed(free, case.now, (free.written, Channel.PHONE))
    return None if found is None else Planned(FollowUpKind.TELL_RESULT, found[1], found[0])


def _of_standing(case: Situation) -> Sequence[Planned]:
    """What the outcome itself asks for."""
    if case.standing in _LEADS_ON and case.made_at is not None:
        return ()
    if case.standing in _LEADS_ON and case.stopped:
        return (_finish(case.now + DAY, GIVE_UP),)
    match case.standing:
        case Standing.CALLBACK:
            return _appointment(case)
        case Standing.UNDECIDED:
            return _undecided(case)
        case Standing.WAITING_EFFECT:
            found = _allowed(case, case.agreed or case.now, (case.written, Channel.PHONE))
            return (Planned(FollowUpKind.EFFECT, found[1], found[0], case.device),) if found else ()
        case Standing.UNREACHABLE_RETRY:
            return (_rung(case, max(case.calls, 1)),)
        case Standing.WRITE_INSTEAD:
            return (_rung(case, IN_WRITING, again=True),)
        case Standing.WAITING_ANSWER:
            return _awaited(case)
    return ()


def _appointment(case: Situation) -> Sequence[Planned]:
    at, channel = case.agreed or case.now, case.channel or Channel.PHONE
    known = replace(case.facts, appointment_at=at)
    if not may_contact(known, channel, at, case.zone, case.settings.contact).allowed:
        channel = case.written
    return (Planned(FollowUpKind.CALLBACK, at, channel, case.device),)


def _undecided(case: Situation) -> Sequence[Planned]:
    if case.step in (FollowUpKind.REMINDER, FollowUpKind.LAST_TRY):
        return (_finish(case.now + DAY),)
    wished = case.now + case.settings.follow_up.undecided_days * DAY
    found = _allowed(case, wished, (Channel.PHONE, case.written))
    if found is None:
        return ()
    return (Planned(FollowUpKind.REMINDER, found[1], found[0]), _finish(found[1] + UNDECIDED_FOR))


def _awaited(case: Situation) -> Sequence[Planned]:
    """After a text: what it was for decides whether anything comes after it."""
    wished = case.now + case.settings.follow_up.answer_hours * HOUR
    if case.step in _FINAL_TEXTS:
        return (_finish(wished, GIVE_UP if case.step is FollowUpKind.MESSAGE else None),)
    found = _allowed(case, wished, (Channel.PHONE, case.written))
    return (Planned(FollowUpKind.RETRY, found[1], found[0]),) if found else ()


# Somebody who cannot be reached


def _rung(case: Situation, rung: int, *, again: bool = False) -> Planned:
    """The rung, or the next one that is possible. `again` writes even to somebody who was written to already."""
    rules = case.settings.follow_up
    if rung <= ANOTHER_HOUR:
        found = _allowed(case, case.now + rules.retry_hours * HOUR, (Channel.PHONE,))
        if found is not None:
            return Planned(FollowUpKind.RETRY, found[1], found[0], rung=ANOTHER_HOUR)
    if rung <= ANOTHER_DAY:
        _starts, tomorrow = day_bounds(case.now, case.here)
        found = _allowed(case, tomorrow, (Channel.PHONE,))
        if found is not None:
            return Planned(FollowUpKind.RETRY, found[1], found[0], rung=ANOTHER_DAY)
    if again or FollowUpKind.MESSAGE not in case.made:
        found = _allowed(case, case.now + rules.write_hours * HOUR, (case.written, Channel.SMS))
        if found is not None:
            return Planned(FollowUpKind.MESSAGE, found[1], found[0], rung=IN_WRITING)
    return _finish(case.now + DAY, GIVE_UP)


# After a promise of the buyer


def _after_promise(case: Situation) -> list[Planned]:
    """The steps that are left, the look whether it was done, and the finish."""
    assert case.made_at is not None
    assert case.promised_at is not None
    rules = case.settings.follow_up
    made = max((CADENCE.index(kind) for kind in case.made if kind in CADENCE), default=-1)
    steps = [step for step in _cadence(case) if CADENCE.index(step.kind) > made]
    last = max((step.due_at for step in steps), default=case.now)
    steps.append(_finish(max(case.promised_at, case.now, last) + DAY))
    if case.promise_open:
        looked_at = case.promised_at + rules.check_minutes * MINUTE
        steps.append(Planned(FollowUpKind.CHECK_PROMISE, looked_at, device=case.device))
    return steps


def _cadence(case: Situation) -> list[Planned]:
    """Every step whose moment is still to come and allowed."""
    assert case.made_at is not None
    assert case.promised_at is not None
    rules, here = case.settings.follow_up, case.here
    first = local_day(case.made_at, here)
    texts = (Channel.SMS, case.written)
    steps = []
    ends = min(at_minute(first, rules.evening_until, here), case.promised_at)
    found = _inside(case, (at_minute(first, rules.evening_from, here),), ends, texts)
    if found is not None:
        lapses = at_minute(first, rules.evening_until, here)
        steps.append(Planned(FollowUpKind.EVENING_TEXT, found[1], found[0], until=lapses))
    day = reminder_day(case.made_at, case.promised_at, case.settings, here)
    if rules.reminder_day:
        steps += _on_days(case, FollowUpKind.REMINDER, day, day, texts)
    if rules.last_try_day:
        gap, most = (number - (rules.reminder_day or 2) for number in (rules.last_try_day, rules.last_try_until))
        ways = (Channel.PHONE, *texts) if rules.last_try_by == "call" else texts
        begins, last = day + timedelta(days=max(gap, 1)), day + timedelta(days=max(gap, most, 1))
        steps += _on_days(case, FollowUpKind.LAST_TRY, begins, last, ways)
    return steps


def reminder_day(made_at: int, promised_at: int, settings: Settings, here: tzinfo) -> date:
    """The day of the one reminder: as set, or that of the promised time where it is later, but never the quiet day."""
    first = local_day(made_at, here)
    day = max(first + timedelta(days=(settings.follow_up.reminder_day or 2) - 1), local_day(promised_at, here))
    quiet = settings.contact.quiet_day
    return day + timedelta(days=1) if quiet and day == first + timedelta(days=quiet - 1) else day


def _on_days(
    case: Situation, kind: FollowUpKind, first: date, last: date, channels: Sequence[Channel]
) -> list[Planned]:
    """A step on one of these days: in the evening of the first, else as soon as the rules allow."""
    starts, evening = (at_minute(first, minute, case.here) for minute in (0, case.settings.follow_up.evening_from))
    ends = at_minute(last, 1440, case.here)
    found = _inside(case, (evening, starts), ends, channels)
    return [Planned(kind, found[1], found[0], until=ends)] if found is not None else []


# Moments that are allowed


def _inside(
    case: Situation, wished: Sequence[int], ends: int, channels: Sequence[Channel]
) -> tuple[Channel, int] | None:
    """The first of the channels, and the first of the wished moments, that gives a moment before the end."""
    for channel in channels:
        for moment in wished:
            found = _allowed(case, moment, (channel,))
            if found is not None and found[1] < ends:
                return found
    return None


def _allowed(case: Situation, wished: int, channels: Sequence[Channel]) -> tuple[Channel, int] | None:
    """The first channel by which the buyer may be contacted at the wished moment or later, and when."""
    at = max(wished, case.now)
    for channel in channels:
        answer = may_contact(case.facts, channel, at, case.zone, case.settings.contact)
        if answer.allowed:
            return channel, at
        if answer.earliest is not None:
            return channel, answer.earliest
    return None


def _finish(due_at: int, rung: int | None = None) -> Planned:
    return Planned(FollowUpKind.PUBLIC_REPLY, due_at, rung=rung)
