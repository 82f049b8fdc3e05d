"""When the next act on a case is due. Every function takes its times; nothing here reads a clock.

Source of the defaults: first contact within an hour of an alert between 08:00 and 22:00, else by 10:00 the
next morning, and an answer within 24 hours in any case (trade practice; every number is a setting).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class ClockRules:
    """The response targets. Times of day are minutes after midnight in the shop's zone."""

    first_contact_minutes: int = 60
    staffed_from: int = 8 * 60
    staffed_until: int = 22 * 60
    next_morning: int = 10 * 60
    outer_hours: int = 24
    due_soon_minutes: int = 60


@lru_cache(maxsize=32)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(at: int, zone: str) -> datetime:
    """A moment in UTC milliseconds as the shop's wall clock shows it."""
    return datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(_zone(zone))


def moment(day: datetime, minute: int, zone: str) -> int:
    """The UTC milliseconds of a minute after midnight on the local day that `day` falls on."""
    midnight = datetime.combine(day.date(), time(0), tzinfo=_zone(zone))
    wall = midnight.replace(hour=minute // 60 % 24, minute=minute % 60) + timedelta(days=minute // 1440)
    return round(wall.timestamp() * 1000)


def minute_of_day(at: int, zone: str) -> int:
    """Minutes after local midnight."""
    wall = local(at, zone)
    return wall.hour * 60 + wall.minute


def day_start(at: int, zone: str) -> int:
    """The local midnight before a moment."""
    return moment(local(at, zone), 0, zone)


def day_end(at: int, zone: str) -> int:
    """The local midnight after a moment."""
    return moment(local(at, zone), 1440, zone)


def first_contact_due(found_at: int, zone: str, rules: ClockRules) -> int:
    """When the buyer is to be contacted for the first time after the review was found."""
    wall = local(found_at, zone)
    minute = wall.hour * 60 + wall.minute
    if rules.staffed_from <= minute < rules.staffed_until:
        due = found_at + rules.first_contact_minutes * MINUTE
    elif minute < rules.staffed_from:
        due = moment(wall, rules.next_morning, zone)
    else:
        due = moment(wall + timedelta(days=1), rules.next_morning, zone)
    return min(due, found_at + rules.outer_hours * HOUR)
