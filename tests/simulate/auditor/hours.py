"""Times of day on a wall clock: the hours in which a buyer may be disturbed, holidays, and the summer's noon rest."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

CALENDAR = Path(__file__).resolve().parents[3] / "data" / "calendars" / "cn.toml"
HARD = (8 * 60, 21 * 60)
_WORKING = ((9 * 60, 12 * 60), (14 * 60, 20 * 60 + 30))
_HOLIDAY = ((10 * 60, 12 * 60), (14 * 60, 20 * 60 + 30))
_TEXTS = ((18 * 60, 20 * 60),)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a buyer said: the channel, hours and days that they prefer, and where they live."""

    channel: str | None = None
    start: int | None = None
    until: int | None = None
    days: str | None = None
    zone: str | None = None


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def wall(at: int, zone: str) -> datetime:
    """What the clock on the wall showed."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)).astimezone(_zone(zone))


def minute(at: int, zone: str) -> int:
    """Whole minutes after midnight."""
    then = wall(at, zone)
    return then.hour * 60 + then.minute


def day(at: int, zone: str) -> date:
    """The calendar day."""
    return wall(at, zone).date()


@cache
def _holidays() -> frozenset[date]:
    found: set[date] = set()
    for year in tomllib.loads(CALENDAR.read_text(encoding="utf-8")).values():
        for span in year["holidays"]:
            one = span["from"]
            while one <= span["until"]:
                found.add(one)
                one += timedelta(days=1)
    return frozenset(found)


def in_hours(at: int, zone: str) -> bool:
    """Whether anybody may be disturbed at all."""
    return HARD[0] <= minute(at, zone) < HARD[1]


def in_window(at: int, zone: str, channel: str, wish: Wish) -> bool:
    """Whether a call or a text message came at an hour at which they are made (rule 19)."""
    today = day(at, zone)
    if wish.days and str(today.isoweekday()) not in wish.days:
        return False
    now = minute(at, zone)
    if wish.start is not None and wish.until is not None:
        start, until = max(wish.start, HARD[0]), min(wish.until, HARD[1])
        if start < until:
            return start <= now < until
    if channel == "sms":
        return _inside(now, _TEXTS)
    if (6, 1) <= (today.month, today.day) <= (8, 31) and 12 * 60 <= now < 15 * 60:
        return False
    return _inside(now, _HOLIDAY if today in _holidays() else _WORKING)


def _inside(now: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= now < until for start, until in spans)
