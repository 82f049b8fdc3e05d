"""The hours of a day in which a buyer may be called or texted: hard hours, wishes, windows, holidays, summer rest."""

from __future__ import annotations

from datetime import date

from data.calendar import Calendar, DayKind
from data.rows import ContactFacts
from data.settings import Contact as ContactRules
from data.vocabulary import Channel

Spans = tuple[tuple[int, int], ...]
"""Spans of a day in minutes after midnight, in order; the end is not inside."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def spans_on(day: date, facts: ContactFacts, channel: Channel, rules: ContactRules, calendar: Calendar) -> Spans:
    """When the buyer is called or texted on that day; other written channels keep to the hard hours alone."""
    hard = ((rules.hard_from, rules.hard_until),)
    if channel not in (Channel.PHONE, Channel.SMS):
        return hard
    if facts.preferred_days and str(day.isoweekday()) not in facts.preferred_days:
        return ()
    wished = named_hours(facts, rules)
    if wished:
        return wished
    if channel is Channel.SMS:
        return clipped(rules.sms, rules) or hard
    return _without_rest(_of_day(day, rules, calendar), day, rules)


def named_hours(facts: ContactFacts, rules: ContactRules) -> Spans:
    """The hours that the buyer named, as far as they lie inside the hard hours."""
    if facts.preferred_from is None or facts.preferred_until is None:
        return ()
    return clipped(((facts.preferred_from, facts.preferred_until),), rules)


def clipped(spans: Spans, rules: ContactRules) -> Spans:
    """What of the spans lies inside the hard hours."""
    inside = ((max(start, rules.hard_from), min(until, rules.hard_until)) for start, until in spans)
    return tuple((start, until) for start, until in inside if start < until)


def summer(day: date, rules: ContactRules) -> bool:
    """Whether the longer noon rest of summer holds on that day; a summer may reach over the year's end."""
    at = (day.month, day.day)
    if rules.summer_from <= rules.summer_until:
        return rules.summer_from <= at <= rules.summer_until
    return at >= rules.summer_from or at <= rules.summer_until


def _of_day(day: date, rules: ContactRules, calendar: Calendar) -> Spans:
    own = dict(rules.soft_days)
    kind = calendar.kind(day)
    key = "holiday" if kind is DayKind.HOLIDAY and "holiday" in own else _DAYS[day.weekday()]
    if kind is not DayKind.MADE_UP and key in own:
        return clipped(own[key], rules)
    return clipped(rules.soft, rules) or ((rules.hard_from, rules.hard_until),)


def _without_rest(spans: Spans, day: date, rules: ContactRules) -> Spans:
    if not rules.summer_rest or not summer(day, rules):
        return spans
    for rest_from, rest_until in rules.summer_rest:
        parts = [(start, min(until, rest_from)) for start, until in spans]
        parts += [(max(start, rest_until), until) for start, until in spans]
        spans = tuple(sorted((start, until) for start, until in parts if start < until))
    return spans
