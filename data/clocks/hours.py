"""Staffed hours: when somebody is at the desk, and how time is added and counted over them.

A day has any number of spans (a split shift has two); single weekdays and public holidays may have their own, and a
weekend that was made a working day has the usual ones. Only staffed time counts, and none of it that is paused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo

from data.calendar import Calendar, DayKind, in_use
from data.clock import at_minute, local_day
from data.settings import Contact, Deadlines

Spans = tuple[tuple[int, int], ...]
"""Spans of a day in minutes after midnight, in order; the end is not inside."""

Pauses = Sequence[tuple[int, int | None]]
"""Times (UTC ms) from which until which a clock rests; None: nobody knows yet until when."""

FARTHEST_DAYS = 10 * 366
"""So far ahead a deadline is looked for; a desk that is hardly ever staffed has none."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Hours:
    """When a shop's desk is staffed, on that shop's wall clock."""

    zone: tzinfo
    usual: Spans
    own: tuple[tuple[str, Spans], ...] = ()
    """The spans of single days in place of the usual ones: mon to sun, and holiday."""

    calendar: Calendar = field(default_factory=Calendar)

    def spans_on(self, day: date) -> Spans:
        """The staffed spans of a day; none where nobody comes."""
        kind = self.calendar.kind(day)
        for name, spans in self.own:
            if name == "holiday" and kind is DayKind.HOLIDAY:
                return spans
        if kind is DayKind.MADE_UP:
            return self.usual
        weekday = _DAYS[day.weekday()]
        return next((spans for name, spans in self.own if name == weekday), self.usual)

    def on(self, day: date) -> tuple[tuple[int, int], ...]:
        """The same as moments (UTC ms)."""
        return tuple(
            (at_minute(day, start, self.zone), at_minute(day, until, self.zone)) for start, until in self.spans_on(day)
        )


def hours_of(rules: Deadlines, contact: Contact, zone: tzinfo) -> Hours:
    """The desk's hours as the settings have them, with the public holidays that those name."""
    calendar = in_use() if contact.calendar == "cn" else Calendar()
    return Hours(zone, rules.staffed, rules.staffed_days, calendar)


def deadline(start: int, budget: int, hours: Hours, pauses: Pauses = ()) -> int | None:
    """The first moment at which `budget` milliseconds of staffed time have gone by since `start`.

    None where that never comes: the clock rests for nobody knows how long, or hardly anybody is ever at the desk.
    """
    left = budget
    if left <= 0:
        return start
    for begins, ends in _counted(start, hours, pauses):
        if ends - begins >= left:
            return begins + left
        left -= ends - begins
    return None


def elapsed(start: int, end: int, hours: Hours, pauses: Pauses = ()) -> int:
    """How many milliseconds of staffed time went by from `start` until `end`, the pauses not counted."""
    total = 0
    for begins, ends in _counted(start, hours, pauses):
        if begins >= end:
            break
        total += min(ends, end) - begins
    return total


def _counted(start: int, hours: Hours, pauses: Pauses) -> Iterator[tuple[int, int]]:
    """The stretches of time that count, from `start` on and in order."""
    resting = sorted((since, until) for since, until in pauses if until is not None and until > since)
    ends_at = min((since for since, until in pauses if until is None), default=None)
    day, reached = local_day(start, hours.zone), start
    for _day in range(FARTHEST_DAYS):
        for begins, ends in hours.on(day):
            begins = max(begins, reached)
            if ends_at is not None:
                ends = min(ends, ends_at)
            for since, until in resting:
                if since >= ends:
                    break
                if until <= begins:
                    continue
                if begins < since:
                    yield begins, since
                begins = until
            if begins < ends:
                yield begins, ends
            reached = max(reached, ends)
        day += timedelta(days=1)
        if ends_at is not None and reached >= ends_at:
            return
