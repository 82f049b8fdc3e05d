"""Which days are working days: weekdays, public holidays, and weekends that were made working days.

The days are dated data, `calendars/cn.toml`; a shop adds years of its own in `calendar.toml` beside its settings. A
year that neither has is not known: its days count by weekday alone, and `warning` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from data.clock import to_local
from data.errors import SettingsError
from data.language import _

OWN_FILE = "calendar.toml"
"""The shop's own years, beside the settings."""

_SHIPPED = Path(__file__).with_name("calendars") / "cn.toml"
_ASKED_FROM = 12
"""From this month on next year's days should be known; the notice comes in November."""


class DayKind(StrEnum):
    """What a day is to those who work by the calendar."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MADE_UP = "made_up"
    """A Saturday or Sunday that was made a working day."""


@dataclass(frozen=True, slots=True)
class Year:
    """The days of one year that differ from their weekday, and where that is known from."""

    source: str
    as_of: str
    confidence: str
    holidays: Mapping[date, str]
    working: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every known year."""

    years: Mapping[int, Year] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind:
        """What that day is; by its weekday alone where the year is not known."""
        year = self.years.get(day.year)
        if year is not None:
            if day in year.holidays:
                return DayKind.HOLIDAY
            if day in year.working:
                return DayKind.MADE_UP
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING

    def works(self, day: date) -> bool:
        """Whether offices work on that day."""
        return self.kind(day) in (DayKind.WORKING, DayKind.MADE_UP)

    def name(self, day: date) -> str:
        """What the holiday on that day is called; empty when it is none."""
        year = self.years.get(day.year)
        return year.holidays.get(day, "") if year is not None else ""

    def warning(self, now: int, zone: tzinfo) -> str:
        """That this year's holidays are not known, or in December next year's; empty when they are."""
        today = to_local(now, zone)
        wanted = [today.year, *([today.year + 1] if today.month >= _ASKED_FROM else [])]
        missing = next((year for year in wanted if year not in self.years), None)
        if missing is None:
            return ""
        return _("The holidays of {year} are not known; its days count by weekday. Add them to calendar.toml.").format(
            year=missing
        )


@cache
def shipped() -> Calendar:
    """The calendar that comes with the program: mainland China."""
    return Calendar(_years(_SHIPPED))


@cache
def calendar_of(own: Path | None) -> Calendar:
    """The shipped calendar with the shop's own years in place of the same shipped ones.

    `own` need not exist. Raises SettingsError when it cannot be read as a calendar.
    """
    if own is None or not own.is_file():
        return shipped()
    return Calendar({**shipped().years, **_years(own)})


_in_use: list[Calendar] = []


def use(calendar: Calendar) -> None:
    """Make it the calendar that rules ask when they are given none; done once at start."""
    _in_use[:] = [calendar]


def in_use() -> Calendar:
    """The calendar that rules ask: the one that was set at start, else the shipped one."""
    return _in_use[0] if _in_use else shipped()


def _years(path: Path) -> dict[int, Year]:
    # Only who asks about a day pays for the parser.
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return {int(number): _year(int(number), row) for number, row in table.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(path, str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(path, _("A year needs source, as_of, holidays and working.")) from error


def _year(number: int, row: Mapping[str, Any]) -> Year:
    holidays: dict[date, str] = {}
    for span in row["holidays"]:
        first, last = span["from"], span["until"]
        for offset in range((last - first).days + 1):
            holidays[first + timedelta(days=offset)] = str(span["name"])
    working = frozenset(row["working"])
    if any(day.year != number for day in (*holidays, *working)) or working & holidays.keys():
        raise ValueError(number)
    return Year(str(row["source"]), str(row["as_of"]), str(row.get("confidence", "unknown")), holidays, working)


def _unreadable(path: Path, why: str) -> SettingsError:
    return SettingsError(
        _("The calendar cannot be read"),
        f"{path}: {why}",
        _("Write it like the shipped one: a table for each year, with source, as_of, holidays and working."),
    )
