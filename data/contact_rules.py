"""May this buyer be contacted, by this channel, now? If not: why, and when at the earliest.

One question with one answer, asked before every contact. Hard rules hold for everybody; a soft one only a lead
may pass, with a reason. The numbers and their sources are in `data.settings.Contact`. Nothing here reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from enum import StrEnum

from data.clock import DAY, MINUTE, at_minute, local_day, minute_of_day, to_local
from data.language import _, ngettext
from data.rows import ContactFacts
from data.settings import Contact as ContactRules
from data.vocabulary import Channel, State

_HORIZON = 14 * DAY


class Rule(StrEnum):
    """The rules that an answer names."""

    ALLOWED = "allowed"
    CLOSED = "closed"
    WITH_LEAD = "with_lead"
    DO_NOT_CONTACT = "do_not_contact"
    NO_NUMBER = "no_number"
    NUMBER_EXPIRED = "number_expired"
    HOURS = "hours"
    WINDOW = "window"
    CALLS = "calls"
    DAILY_CAP = "daily_cap"
    GAP = "gap"


HARD = frozenset({Rule.CLOSED, Rule.WITH_LEAD, Rule.DO_NOT_CONTACT, Rule.NO_NUMBER, Rule.NUMBER_EXPIRED, Rule.HOURS})


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes until when, or no because of which rule and when at the earliest (None: not by this channel at all)."""

    allowed: bool
    rule: Rule
    until: int | None = None
    earliest: int | None = None

    @property
    def hard(self) -> bool:
        """Whether nobody may pass the rule."""
        return self.rule in HARD


def may_contact(
    facts: ContactFacts, channel: Channel, now: int, zone: tzinfo, rules: ContactRules, *, passed: bool = False
) -> Answer:
    """Answer the question. `passed` is a lead's word, given with a reason: soft rules give way, hard ones do not.

    Soft windows are about the telephone, which interrupts; writing keeps to the hard hours.
    """
    never = _never(facts, channel, now, rules, passed)
    if never is not None:
        return Answer(False, never)
    rule, earliest = _first_free(facts, channel, now, zone, rules, passed)
    if rule is not Rule.ALLOWED:
        return Answer(False, rule, earliest=earliest)
    windows = _windows(facts, channel, rules, passed or _agreed(facts, now))
    minute = minute_of_day(now, zone)
    end = next(until for start, until in windows if start <= minute < until)
    until = at_minute(local_day(now, zone), end, zone)
    expires = facts.phone.expires_at if channel is Channel.PHONE and facts.phone else None
    return Answer(True, Rule.ALLOWED, until=until if expires is None else min(until, expires))


def _never(facts: ContactFacts, channel: Channel, now: int, rules: ContactRules, passed: bool) -> Rule | None:
    if facts.do_not_contact_at is not None:
        return Rule.DO_NOT_CONTACT
    if not facts.open:
        return Rule.CLOSED
    if facts.state in (State.ESCALATED, State.APPEALED):
        return Rule.WITH_LEAD
    if channel in (Channel.PHONE, Channel.SMS):
        if facts.phone is None:
            return Rule.NO_NUMBER
        if facts.phone.expires_at is not None and facts.phone.expires_at <= now:
            return Rule.NUMBER_EXPIRED
    if channel is Channel.PHONE and not passed and facts.calls >= rules.calls_per_case:
        return Rule.CALLS
    return None


def _windows(facts: ContactFacts, channel: Channel, rules: ContactRules, passed: bool) -> tuple[tuple[int, int], ...]:
    hard = (rules.hard_from, rules.hard_until)
    if channel is not Channel.PHONE or passed:
        return (hard,)
    wished = rules.soft
    if facts.preferred_from is not None and facts.preferred_until is not None:
        wished = ((facts.preferred_from, facts.preferred_until),)
    inside = ((max(start, hard[0]), min(until, hard[1])) for start, until in wished)
    return tuple((start, until) for start, until in inside if start < until) or (hard,)


def _agreed(facts: ContactFacts, at: int) -> bool:
    """Whether the buyer's own appointment has come; ten minutes early is still on time."""
    return facts.appointment_at is not None and at >= facts.appointment_at - 10 * MINUTE


def _first_free(
    facts: ContactFacts, channel: Channel, now: int, zone: tzinfo, rules: ContactRules, passed: bool
) -> tuple[Rule, int | None]:
    """The rule that holds now, and the first moment at which none does."""
    at, named = now, Rule.ALLOWED
    while at < now + _HORIZON:
        rule, later = _held_at(facts, channel, at, zone, rules, passed)
        if rule is Rule.ALLOWED:
            return named, at
        named = rule if named is Rule.ALLOWED else named
        at = later
    return named, None


def _held_at(
    facts: ContactFacts, channel: Channel, at: int, zone: tzinfo, rules: ContactRules, passed: bool
) -> tuple[Rule, int]:
    """The rule that forbids a contact at `at`, and the next moment worth asking about."""
    minute = minute_of_day(at, zone)
    today = local_day(at, zone)
    if not rules.hard_from <= minute < rules.hard_until:
        day = today if minute < rules.hard_from else today + timedelta(days=1)
        return Rule.HOURS, at_minute(day, rules.hard_from, zone)
    agreed = _agreed(facts, at)
    if not passed and not agreed:
        tried_today = [tried for tried in facts.attempts_at if local_day(tried, zone) == today]
        if len(tried_today) >= rules.attempts_per_day:
            return Rule.DAILY_CAP, at_minute(today + timedelta(days=1), rules.hard_from, zone)
        last = max((tried for tried in facts.attempts_at if tried <= at), default=None)
        if last is not None and at < last + rules.gap_minutes * MINUTE:
            return Rule.GAP, last + rules.gap_minutes * MINUTE
    windows = _windows(facts, channel, rules, passed or agreed)
    if any(start <= minute < until for start, until in windows):
        return Rule.ALLOWED, at
    later = [start for start, _until in windows if start > minute]
    day, start = (today, min(later)) if later else (today + timedelta(days=1), windows[0][0])
    return Rule.WINDOW, at_minute(day, start, zone)


def contact_from(
    attempts_at: tuple[int, ...], now: int, zone: tzinfo, rules: ContactRules, appointment_at: int | None = None
) -> int:
    """The earliest time at which caps and gaps allow another contact, hours of the day aside; kept on the case."""
    earliest = now
    if attempts_at:
        last = attempts_at[-1]
        earliest = max(earliest, last + rules.gap_minutes * MINUTE)
        today = local_day(now, zone)
        if sum(local_day(tried, zone) == today for tried in attempts_at) >= rules.attempts_per_day:
            earliest = max(earliest, at_minute(today + timedelta(days=1), rules.hard_from, zone))
    return min(earliest, appointment_at) if appointment_at is not None else earliest


def reason(answer: Answer, rules: ContactRules) -> str:
    """Why not, in words, with the rule's number."""
    match answer.rule:
        case Rule.ALLOWED:
            return _("may be contacted")
        case Rule.CLOSED:
            return _("the case is closed")
        case Rule.WITH_LEAD:
            return _("the case is with a lead or the platform")
        case Rule.DO_NOT_CONTACT:
            return _("the buyer asked not to be contacted")
        case Rule.NO_NUMBER:
            return _("no telephone number is known")
        case Rule.NUMBER_EXPIRED:
            return _("the number has expired; write in the platform chat")
        case Rule.HOURS:
            return _("outside {start}–{end}, when anybody may be disturbed").format(
                start=clock(rules.hard_from), end=clock(rules.hard_until)
            )
        case Rule.WINDOW:
            return _("outside the calling hours")
        case Rule.CALLS:
            return ngettext(
                "called {n} time on this case already", "called {n} times on this case already", rules.calls_per_case
            ).format(n=rules.calls_per_case)
        case Rule.DAILY_CAP:
            return ngettext("{n} attempt today already", "{n} attempts today already", rules.attempts_per_day).format(
                n=rules.attempts_per_day
            )
        case Rule.GAP:
            return _("less than {minutes} minutes since the last attempt").format(minutes=rules.gap_minutes)


def clock(minute: int) -> str:
    """A minute of the day as a wall clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day_and_time(at: int, now: int, zone: tzinfo) -> str:
    """A moment as an agent says it: 14:00, tomorrow 14:00, 11-23 14:00."""
    then, today = to_local(at, zone), to_local(now, zone)
    wall = f"{then:%H:%M}"
    days = (then.date() - today.date()).days
    if days == 0:
        return wall
    if days == 1:
        return _("tomorrow {time}").format(time=wall)
    return f"{then:%m-%d} {wall}"
