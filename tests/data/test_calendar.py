"""Holidays and made-up working days: dated data, and a warning where a year is not known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.calendar import Calendar, DayKind, calendar_of, shipped
from data.clock import parse_iso
from data.errors import SettingsError

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-02-14", DayKind.MADE_UP),
        ("2026-02-15", DayKind.HOLIDAY),
        ("2026-02-23", DayKind.HOLIDAY),
        ("2026-02-24", DayKind.WORKING),
        ("2026-10-07", DayKind.HOLIDAY),
        ("2026-10-10", DayKind.MADE_UP),
        ("2026-11-20", DayKind.WORKING),
        ("2026-11-21", DayKind.WEEKEND),
        ("2027-01-01", DayKind.WORKING),
    ],
)
def test_a_day_is_what_the_notice_makes_it(day: str, kind: DayKind) -> None:
    assert shipped().kind(date.fromisoformat(day)) is kind


def test_the_notice_of_2026_gives_33_days_off_and_takes_six_weekend_days() -> None:
    year = shipped().years[2026]
    assert len(year.holidays) == 3 + 9 + 3 + 5 + 3 + 3 + 7
    assert len(year.working) == 6
    assert all(day.weekday() >= 5 for day in year.working)
    assert year.source
    assert year.as_of == "2025-11-04"


def test_every_day_of_any_year_has_a_kind() -> None:
    day = date(2025, 12, 25)
    while day < date(2028, 3, 2):
        assert shipped().works(day) == (shipped().kind(day) in (DayKind.WORKING, DayKind.MADE_UP))
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "year"), [("2026-11-30T23:59", ""), ("2026-12-01T00:00", "2027"), ("2027-03-01T10:00", "2027")]
)
def test_a_missing_year_is_warned_of_and_from_december_on_the_next_one(now: str, year: str) -> None:
    warning = shipped().warning(parse_iso(now, SHANGHAI), SHANGHAI)
    assert (year in warning) if year else not warning


def test_the_shop_adds_a_year_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "calendar.toml"
    own.write_text(
        '[2027]\nsource = "shop"\nas_of = 2026-11-20\nworking = []\n'
        'holidays = [{ name = "元旦", from = 2027-01-01, until = 2027-01-01 }]\n',
        encoding="utf-8",
    )
    calendar = calendar_of(own)
    assert calendar.kind(date(2027, 1, 1)) is DayKind.HOLIDAY
    assert calendar.kind(date(2026, 1, 1)) is DayKind.HOLIDAY
    assert calendar.name(date(2027, 1, 1)) == "元旦"


WRONG = "[2027]\nsource='a'\nas_of=2026-01-01\nworking=[2026-01-01]\nholidays=[]\n"


@pytest.mark.parametrize("text", ["[2027]\n", "[x]\n", "2027 = 1\n", WRONG, "="])
def test_a_calendar_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    own = tmp_path / "calendar.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        calendar_of(own)
    assert "calendar.toml" in told.value.what


def test_without_any_year_days_count_by_weekday() -> None:
    assert Calendar().kind(date(2026, 10, 1)) is DayKind.WORKING
