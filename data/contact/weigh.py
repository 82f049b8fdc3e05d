"""The rules of contact, each a small function: does it stand in the way at that time, and when to ask again?

`docs/contact-rules.md` has the same rules in plain sentences, with every number and its source. A rule answers with
the next moment worth asking about, never later than the first at which it no longer stands in the way; so the first
moment at which none does is found exactly. Nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from data.calendar import Calendar, in_use
from data.clock import DAY, MINUTE, at_minute, day_bounds, local_day, minute_of_day
from data.clock import zone as zone_named
from data.contact.answer import HARD, Answer, Rule, Verdict
from data.contact.hours import spans_on
from data.outcomes import LineResult
from data.rows import ContactFacts
from data.settings import Contact as ContactRules
from data.vocabulary import Channel, Platform, State

HORIZON = 32 * DAY
"""How far ahead an earliest time is looked for; longer than any rule but a final no lasts."""

EARLY = 10 * MINUTE
"""A contact so long before the appointed time is still on time."""

TALK = DAY
"""How long a buyer who replied counts as talking with us."""

WEEK = 7 * DAY
FIRM = 2
"""So many refusals are a firm one."""

_NEVER = 1 << 62
_NUMBER = frozenset({Channel.PHONE, Channel.SMS})
_PHONE = frozenset({Channel.PHONE})
_EVERY = frozenset(Channel)
_NOT_THERE = frozenset({LineResult.NO_ANSWER, LineResult.OFF})
_PUSHED_AWAY = frozenset({LineResult.DECLINED, LineResult.HUNG_UP})
_WITHOUT_CHAT = frozenset({Platform.JUDGEME, Platform.OTHER})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what follows from it once for all times."""

    facts: ContactFacts
    channel: Channel
    zone: tzinfo
    rules: ContactRules
    calendar: Calendar
    passed: bool
    opens: int | None
    closes: int
    talks_until: int | None

    def gives_way(self, at: int) -> bool:
        """Whether soft rules give way then: to a lead's reason, or to the buyer's own appointment."""
        return self.passed or (self.opens is not None and self.opens <= at < self.closes)

    def talking(self, at: int) -> bool:
        """Whether the buyer is talking with us in writing, and is answered."""
        return self.talks_until is not None and at < self.talks_until

    @property
    def expires_at(self) -> int | None:
        """When the number dies that this channel needs."""
        phone = self.facts.phone if self.channel in _NUMBER else None
        return phone.expires_at if phone is not None else None


def question(
    facts: ContactFacts,
    channel: Channel,
    zone: tzinfo,
    rules: ContactRules,
    passed: bool = False,
    calendar: Calendar | None = None,
) -> Question:
    """The question with what can be known beforehand: the buyer's clock, their appointment, their talk with us."""
    here = zone_named(facts.zone) if facts.zone else zone
    named = facts.appointment_at
    talks = facts.last_line == LineResult.REPLIED and facts.last_case_id == facts.case_id and facts.attempts_at
    if calendar is None:
        calendar = in_use() if rules.calendar == "cn" else Calendar()
    return Question(
        facts=facts,
        channel=channel,
        zone=here,
        rules=rules,
        calendar=calendar,
        passed=passed,
        opens=None if named is None else named - EARLY,
        closes=0 if named is None else at_minute(local_day(named, here), 1440, here),
        talks_until=facts.attempts_at[-1] + TALK if talks and channel is not Channel.PHONE else None,
    )


# Each rule, in the order in which they are named


def _do_not_contact(asked: Question, _at: int) -> int | None:
    return None if asked.facts.do_not_contact_at is None else _NEVER


def _closed(asked: Question, _at: int) -> int | None:
    return None if asked.facts.open else _NEVER


def _with_lead(asked: Question, _at: int) -> int | None:
    return _NEVER if asked.facts.state in (State.ESCALATED, State.APPEALED) else None


def _no_number(asked: Question, _at: int) -> int | None:
    return _NEVER if asked.facts.phone is None else None


def _number_expired(asked: Question, at: int) -> int | None:
    expires = asked.expires_at
    return _NEVER if expires is not None and expires <= at else None


def _number_kind(asked: Question, _at: int) -> int | None:
    phone = asked.facts.phone
    return _NEVER if asked.channel is Channel.SMS and phone is not None and phone.extension else None


def _refused(asked: Question, _at: int) -> int | None:
    facts = asked.facts
    if facts.remedy and asked.channel is not Channel.PHONE:
        return None
    return _NEVER if facts.refused_at is not None or facts.refusals >= FIRM else None


def _abused(asked: Question, _at: int) -> int | None:
    return _NEVER if asked.facts.last_line == LineResult.ABUSIVE else None


def _calls(asked: Question, _at: int) -> int | None:
    return _NEVER if asked.facts.calls >= asked.rules.calls_per_case else None


def _case_cap(asked: Question, _at: int) -> int | None:
    return _NEVER if asked.facts.attempts >= asked.rules.attempts_per_case else None


def _writing_first(asked: Question, _at: int) -> int | None:
    return _NEVER if asked.facts.last_line in _PUSHED_AWAY else None


def _prefers_writing(asked: Question, _at: int) -> int | None:
    return None if asked.facts.preferred_channel in (None, Channel.PHONE) else _NEVER


def _hours(asked: Question, at: int) -> int | None:
    minute, rules = minute_of_day(at, asked.zone), asked.rules
    if rules.hard_from <= minute < rules.hard_until:
        return None
    day = local_day(at, asked.zone)
    if minute >= rules.hard_until:
        day += timedelta(days=1)
    return at_minute(day, rules.hard_from, asked.zone)


def _quiet_day(asked: Question, at: int) -> int | None:
    made = asked.facts.promised_on
    if made is None or not asked.rules.quiet_day:
        return None
    quiet = local_day(made, asked.zone) + timedelta(days=asked.rules.quiet_day - 1)
    return at_minute(quiet, 1440, asked.zone) if local_day(at, asked.zone) == quiet else None


def _week_cap(asked: Question, at: int) -> int | None:
    tried, most = asked.facts.attempts_at, asked.rules.attempts_per_week
    if len(tried) < most or tried[-most] <= at - WEEK:
        return None
    return tried[-most] + WEEK


def _daily_cap(asked: Question, at: int) -> int | None:
    tried, most = asked.facts.attempts_at, asked.rules.attempts_per_day
    if len(tried) < most:
        return None
    starts, ends = day_bounds(at, asked.zone)
    return ends if sum(starts <= one < ends for one in tried) >= most else None


def _gap(asked: Question, at: int) -> int | None:
    facts = asked.facts
    if not facts.attempts_at:
        return None
    free = facts.attempts_at[-1] + gap_after(facts.last_line, asked.rules)
    return free if at < free else None


def _other_hour(asked: Question, at: int) -> int | None:
    facts, apart = asked.facts, asked.rules.other_hour_minutes
    if not apart or not facts.attempts_at or facts.last_channel != Channel.PHONE or facts.last_line not in _NOT_THERE:
        return None
    then, minute = minute_of_day(facts.attempts_at[-1], asked.zone), minute_of_day(at, asked.zone)
    if abs(minute - then) >= apart:
        return None
    return at_minute(local_day(at, asked.zone), min(then + apart, 1440), asked.zone)


def _window(asked: Question, at: int) -> int | None:
    day, minute = local_day(at, asked.zone), minute_of_day(at, asked.zone)
    spans = spans_on(day, asked.facts, asked.channel, asked.rules, asked.calendar)
    if any(start <= minute < until for start, until in spans):
        return None
    return at_minute(day, min((start for start, _until in spans if start > minute), default=1440), asked.zone)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A rule, what it asks, about which channels, and whether it gives way to a buyer who is talking with us."""

    rule: Rule
    held: Callable[[Question, int], int | None]
    channels: frozenset[Channel] = _EVERY
    unless_talking: bool = False

    def asks(self, asked: Question, at: int) -> bool:
        """Whether the rule has anything to say then."""
        if asked.channel not in self.channels or (self.unless_talking and asked.talking(at)):
            return False
        return self.rule in HARD or not asked.gives_way(at)

    def stops(self, asked: Question, at: int) -> int | None:
        """The next moment worth asking about, where the rule stands in the way; else None."""
        later = self.held(asked, at) if self.asks(asked, at) else None
        if later is not None and self.rule not in HARD and asked.opens is not None and at < asked.opens < later:
            return asked.opens
        return later


_RULES = (
    _Weighed(Rule.DO_NOT_CONTACT, _do_not_contact),
    _Weighed(Rule.CLOSED, _closed),
    _Weighed(Rule.WITH_LEAD, _with_lead),
    _Weighed(Rule.NO_NUMBER, _no_number, _NUMBER),
    _Weighed(Rule.NUMBER_EXPIRED, _number_expired, _NUMBER),
    _Weighed(Rule.NUMBER_KIND, _number_kind, frozenset({Channel.SMS})),
    _Weighed(Rule.REFUSED, _refused),
    _Weighed(Rule.ABUSED, _abused),
    _Weighed(Rule.CALLS, _calls, _PHONE),
    _Weighed(Rule.CASE_CAP, _case_cap, unless_talking=True),
    _Weighed(Rule.WRITING_FIRST, _writing_first, _PHONE),
    _Weighed(Rule.PREFERS_WRITING, _prefers_writing, _PHONE),
    _Weighed(Rule.HOURS, _hours),
    _Weighed(Rule.QUIET_DAY, _quiet_day, unless_talking=True),
    _Weighed(Rule.WEEK_CAP, _week_cap, unless_talking=True),
    _Weighed(Rule.DAILY_CAP, _daily_cap, unless_talking=True),
    _Weighed(Rule.GAP, _gap, unless_talking=True),
    _Weighed(Rule.OTHER_HOUR, _other_hour, _PHONE),
    _Weighed(Rule.WINDOW, _window, _NUMBER, unless_talking=True),
)


def gap_after(line: str | None, rules: ContactRules) -> int:
    """How long after the start of an attempt with that result the next one may come, in milliseconds."""
    return (rules.gap_busy_minutes if line == LineResult.BUSY else rules.gap_minutes) * MINUTE


def answered(asked: Question, now: int) -> Answer:
    """Yes until when, or no because of which rule and when at the earliest."""
    found = _stop(asked, now)
    if found is None:
        return Answer(True, Rule.ALLOWED, until=_until(asked, now))
    rule, later = found
    expires = asked.expires_at
    end = now + HORIZON if expires is None else min(now + HORIZON, expires)
    earliest = _first_free(asked, later, end)
    dies = expires is not None and earliest is None and later < _NEVER
    instead = None
    if dies or rule in (Rule.NO_NUMBER, Rule.NUMBER_EXPIRED, Rule.NUMBER_KIND):
        instead = Channel.EMAIL if asked.facts.platform in _WITHOUT_CHAT else Channel.CHAT
    gap = gap_after(asked.facts.last_line, asked.rules) // MINUTE if rule is Rule.GAP else None
    return Answer(False, rule, earliest=earliest, instead=instead, minutes=gap)


def verdicts(asked: Question, now: int) -> tuple[Verdict, ...]:
    """Every rule by itself, as if there were no other."""
    return tuple(_verdict(each, asked, now) for each in _RULES)


def _verdict(each: _Weighed, asked: Question, now: int) -> Verdict:
    later = each.stops(asked, now)
    if later is None:
        return Verdict(each.rule, False, each.asks(asked, now))
    at, end = later, now + HORIZON
    while at < end:
        again = each.stops(asked, at)
        if again is None:
            return Verdict(each.rule, True, True, earliest=at)
        at = again
    return Verdict(each.rule, True, True)


def _stop(asked: Question, at: int) -> tuple[Rule, int] | None:
    """The first rule that stands in the way then, and the next moment worth asking about."""
    for each in _RULES:
        later = each.stops(asked, at)
        if later is not None:
            return each.rule, later
    return None


def _first_free(asked: Question, at: int, end: int) -> int | None:
    """The first moment from `at` on, and before `end`, at which no rule stands in the way."""
    while at < end:
        found = _stop(asked, at)
        if found is None:
            return at
        at = found[1]
    return None


def _until(asked: Question, now: int) -> int:
    """The first moment after an allowed one at which a rule stands in the way again."""
    zone, day, minute = asked.zone, local_day(now, asked.zone), minute_of_day(now, asked.zone)
    ends = [at_minute(day, asked.rules.hard_until, zone)]
    if asked.expires_at is not None:
        ends.append(asked.expires_at)
    free = asked.gives_way(now)
    if not free and not (asked.talking(now) and asked.channel is Channel.SMS):
        spans = spans_on(day, asked.facts, asked.channel, asked.rules, asked.calendar)
        ends += [at_minute(day, until, zone) for start, until in spans if start <= minute < until]
    if not free and asked.channel is Channel.PHONE and asked.facts.last_line in _NOT_THERE:
        then = minute_of_day(asked.facts.attempts_at[-1], zone) if asked.facts.attempts_at else 0
        again = then - asked.rules.other_hour_minutes + 1
        if minute < again:
            at = at_minute(day, again, zone)
            ends += [at] if _stop(asked, at) is not None else []
    if asked.talks_until is not None and now < asked.talks_until < min(ends):
        ends += [asked.talks_until] if _stop(asked, asked.talks_until) is not None else []
    return min(ends)


def contact_from(
    attempts_at: tuple[int, ...],
    now: int,
    zone: tzinfo,
    rules: ContactRules,
    appointment_at: int | None = None,
    last_line: str | None = None,
) -> int:
    """The earliest time at which caps and gaps allow another contact by any channel, hours of the day aside.

    It is kept on the case, for lists and counts, and never lies after the true earliest time.
    """
    earliest = now
    if attempts_at and last_line != LineResult.REPLIED:
        earliest = max(earliest, attempts_at[-1] + gap_after(last_line, rules))
        starts, ends = day_bounds(now, zone)
        if sum(starts <= one < ends for one in attempts_at) >= rules.attempts_per_day:
            earliest = max(earliest, at_minute(local_day(now, zone) + timedelta(days=1), rules.hard_from, zone))
        most = rules.attempts_per_week
        if len(attempts_at) >= most:
            earliest = max(earliest, attempts_at[-most] + WEEK)
    return min(earliest, appointment_at - EARLY) if appointment_at is not None else earliest
