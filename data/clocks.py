"""When the next act on a case is due. Every function takes its times; nothing here reads a clock.

Source of the defaults: first contact within an hour of an alert between 08:00 and 22:00, else by 10:00 the
next morning, and an answer within 24 hours in any case (trade practice; every number is a setting).
"""

from __future__ import annotations

from datetime import timedelta, tzinfo

from data.clock import HOUR, MINUTE, at_minute, local_day, minute_of_day
from data.settings import Deadlines


def first_contact_due(found_at: int, zone: tzinfo, rules: Deadlines) -> int:
    """When the buyer is to be contacted for the first time after the review was found."""
    minute, today = minute_of_day(found_at, zone), local_day(found_at, zone)
    if rules.staffed_from <= minute < rules.staffed_until:
        due = found_at + rules.first_contact_minutes * MINUTE
    elif minute < rules.staffed_from:
        due = at_minute(today, rules.next_morning, zone)
    else:
        due = at_minute(today + timedelta(days=1), rules.next_morning, zone)
    return min(due, found_at + rules.outer_hours * HOUR)
