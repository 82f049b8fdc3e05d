"""How long each clock of a case may run. The numbers and their sources are in `data.settings.Deadlines`."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from data.clock import HOUR, MINUTE, at_minute, local_day
from data.clocks.hours import FARTHEST_DAYS, Hours, deadline
from data.settings import Deadlines


class ClockName(StrEnum):
    """The three clocks of a case, in the order in which they matter."""

    FIRST_CONTACT = "first_contact"
    NEXT_TOUCH = "next_touch"
    CLOSE = "close"


def first_contact_due(found_at: int, hours: Hours, rules: Deadlines) -> int:
    """When the buyer is to be contacted for the first time after the review was found (UTC ms).

    Found in staffed hours, or in a break between two shifts: within the minutes set, breaks not counted; the day's last
    shift stays for it. Found outside them: by the next staffed morning. Never later than the outer limit.
    """
    return min(_within(found_at, hours, rules), found_at + rules.outer_hours * HOUR)


def _within(found_at: int, hours: Hours, rules: Deadlines) -> int:
    day, left = local_day(found_at, hours.zone), rules.first_contact_minutes * MINUTE
    today = hours.on(day)
    if today and today[0][0] <= found_at < today[-1][1]:
        for at, (begins, ends) in enumerate(today):
            begins = max(begins, found_at)
            if begins < ends and (ends - begins >= left or at == len(today) - 1):
                return begins + left
            left -= max(0, ends - begins)
    for _day in range(FARTHEST_DAYS):
        spans = hours.on(day)
        if spans and found_at < spans[0][0]:
            # A day that opens later than the morning's time still has the usual minutes.
            morning = at_minute(day, rules.next_morning, hours.zone)
            return morning if spans[0][0] < morning else spans[0][0] + left
        day += timedelta(days=1)
    return found_at + rules.outer_hours * HOUR


def budget_of(name: ClockName, rules: Deadlines) -> int:
    """How much staffed time the next touch or the closing may take, in milliseconds."""
    return (rules.next_touch_hours if name is ClockName.NEXT_TOUCH else rules.close_hours) * HOUR


def first_break(opened_at: int, hours: Hours, rules: Deadlines) -> int:
    """When the first clock of a case that opens then would break, if nothing happened to it."""
    first = first_contact_due(opened_at, hours, rules)
    closing = deadline(opened_at, budget_of(ClockName.CLOSE, rules), hours)
    return first if closing is None else min(first, closing)
