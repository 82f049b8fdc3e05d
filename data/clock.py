"""The one place that reads the time. A clock is made at start and handed down; all else is given `now`.

Times are whole UTC milliseconds. A zone is needed only to show a time, or to find where a shop's day begins.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as time_of_day
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from data.errors import SettingsError
from data.language import _

NOW_VARIABLE = "AMENDS_NOW"

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""Lengths in milliseconds. DAY is a length; where a shop's day begins is `day_bounds`."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Gives the time to those who may ask for it: the application, a command, a worker about to write."""

    read: Callable[[], int]

    def now(self) -> int:
        """The time in UTC milliseconds."""
        return self.read()


def system() -> Clock:
    """The machine's clock."""
    return Clock(lambda: time.time_ns() // 1_000_000)


def fixed(now: int) -> Clock:
    """A clock that stands still, for tests and pictures."""
    return Clock(lambda: now)


def running_from(now: int) -> Clock:
    """A clock that starts at `now` and runs on from there, untouched by changes of the machine's clock."""
    begun = time.monotonic_ns()
    return Clock(lambda: now + (time.monotonic_ns() - begun) // 1_000_000)


def from_environment(zone: tzinfo, environ: Mapping[str, str] = os.environ) -> Clock:
    """The clock that AMENDS_NOW sets, else the machine's.

    AMENDS_NOW is an ISO 8601 time; one that names no zone is in the shop's zone, since that is what the
    screen shows. Raises SettingsError when it is not a time.
    """
    told = environ.get(NOW_VARIABLE, "").strip()
    if not told:
        return system()
    try:
        return running_from(parse_iso(told, zone))
    except (ValueError, OverflowError) as error:
        raise SettingsError(
            _("The time that was set cannot be read"),
            _("{name} is {text!r}, which is not an ISO 8601 time.").format(name=NOW_VARIABLE, text=told),
            _("Write it like 2026-11-20T10:42 or 2026-11-20T10:42:00+08:00, or unset it."),
        ) from error


def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises SettingsError for an unknown one, or without zone data."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        if name != "Asia/Shanghai" and available_timezones():
            remedy = _("Write an IANA name such as Asia/Shanghai.")
        else:
            remedy = _("This machine has no time zone data: install the Python package tzdata.")
        raise SettingsError(
            _("Unknown time zone"), _("There is no time zone {name!r}.").format(name=name), remedy
        ) from error


def to_local(at: int, zone: tzinfo) -> datetime:
    """The moment as it is shown in a zone."""
    return (_EPOCH + at * _MILLISECOND).astimezone(zone)


def from_datetime(moment: datetime) -> int:
    """The moment in UTC milliseconds, rounded down; it must know its zone (ValueError otherwise)."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone is not a moment")
    return (moment - _EPOCH) // _MILLISECOND


def iso(at: int, zone: tzinfo) -> str:
    """The moment as ISO 8601 to the second with the zone's offset: 2026-11-20T10:42:00+08:00."""
    return to_local(at, zone).isoformat(timespec="seconds")


def parse_iso(text: str, zone: tzinfo) -> int:
    """An ISO 8601 time in UTC milliseconds; one without an offset is in `zone`. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return from_datetime(moment if moment.tzinfo is not None else moment.replace(tzinfo=zone))


def local_day(at: int, zone: tzinfo) -> date:
    """The calendar day in a zone."""
    return to_local(at, zone).date()


def at_minute(day: date, minute: int, zone: tzinfo) -> int:
    """When that day's wall clock shows `minute` minutes after midnight; 1440 is the day's end.

    Where clocks are put back or forward over that minute, the later of the two readings.
    """
    days, rest = divmod(minute, 1440)
    wall = datetime.combine(day + timedelta(days=days), time_of_day(rest // 60, rest % 60), tzinfo=zone)
    return max(from_datetime(wall.replace(fold=fold)) for fold in (0, 1))


def minute_of_day(at: int, zone: tzinfo) -> int:
    """What the wall clock shows, as minutes after midnight."""
    local = to_local(at, zone)
    return local.hour * 60 + local.minute


def day_bounds(now: int, zone: tzinfo) -> tuple[int, int]:
    """Where the calendar day that holds `now` begins and where the next one does, in that zone."""
    today = local_day(now, zone)
    return at_minute(today, 0, zone), at_minute(today, 1440, zone)
