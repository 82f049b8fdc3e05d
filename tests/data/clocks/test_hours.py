"""Staffed hours, held against counting minute by minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.calendar import Calendar, Year
from data.clock import HOUR, MINUTE, at_minute, from_datetime, local_day
from data.clocks.hours import Hours, Spans, deadline, elapsed, hours_of
from data.errors import SettingsError
from data.settings import Contact, Deadlines
from data.settings_file import load_settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
FESTIVAL = Calendar(
    {
        2026: Year(
            "test", "2026-01", "high",
            {date(2026, 2, 17): "new year", date(2026, 2, 18): "new year", date(2026, 12, 31): "eve"},
            frozenset({date(2026, 2, 14), date(2026, 2, 28)}),
        )
    }
)  # fmt: skip
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe")
NEAR = (
    *(date(2026, 3, 7), date(2026, 3, 28), date(2026, 10, 24), date(2026, 10, 31), date(2026, 4, 4)),
    *(date(2018, 2, 16), date(2018, 11, 3), date(2026, 12, 30), date(2024, 2, 27), date(2026, 2, 13)),
)
"""Days before clocks change, one of them at midnight itself, the year ends, a leap day comes, a festival begins."""


def at(text: str, zone: ZoneInfo = SHANGHAI) -> int:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=zone))


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    ends = sorted(draw(st.sets(st.integers(0, 48).map(lambda n: n * 30), min_size=0, max_size=6)))
    return tuple(zip(ends[::2], ends[1::2], strict=False))


@st.composite
def desks(draw: st.DrawFn) -> tuple[Hours, int]:
    """Hours of some desk, and a minute from which to count."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
    own = draw(st.dictionaries(st.sampled_from(days), spans(), max_size=3))
    hours = Hours(zone, draw(spans()), tuple(own.items()), FESTIVAL)
    start = at_minute(draw(st.sampled_from(NEAR)), 0, zone) + draw(st.integers(0, 2 * 1440)) * MINUTE
    return hours, start


@st.composite
def rests(draw: st.DrawFn, start: int) -> list[tuple[int, int | None]]:
    minutes = draw(st.lists(st.tuples(st.integers(-60, 3000), st.integers(0, 1500)), max_size=3))
    found: list[tuple[int, int | None]] = [
        (start + since * MINUTE, start + (since + length) * MINUTE) for since, length in minutes
    ]
    if draw(st.integers(0, 5)) == 0:
        found.append((start + draw(st.integers(0, 3000)) * MINUTE, None))
    return found


def minutes(hours: Hours, start: int, pauses: Sequence[tuple[int, int | None]], count: int) -> list[bool]:
    """Whether each of the following minutes counts: naive, one by one."""
    staffed: dict[date, list[tuple[int, int]]] = {}
    answer = []
    for moment in range(start, start + count * MINUTE, MINUTE):
        day = local_day(moment, hours.zone)
        if day not in staffed:
            staffed[day] = [
                (at_minute(day, a, hours.zone), at_minute(day, b, hours.zone)) for a, b in hours.spans_on(day)
            ]
        rests = any(since <= moment and (until is None or moment < until) for since, until in pauses)
        answer.append(not rests and any(a <= moment < b for a, b in staffed[day]))
    return answer


@given(desks(), st.data())
@settings(max_examples=27, deadline=None)
def test_time_adds_up_and_counts_as_if_it_were_counted_minute_by_minute(
    desk: tuple[Hours, int], data: st.DataObject
) -> None:
    hours, start = desk
    pauses = data.draw(rests(start))
    whole = 5 * 1440
    counted = minutes(hours, start, pauses, whole)
    for length in (0, 1, 700, 1441, whole):
        assert elapsed(start, start + length * MINUTE, hours, pauses) == sum(counted[:length]) * MINUTE
    budget = data.draw(st.integers(1, 2_000))
    assume(any(spans for _name, spans in hours.own) or hours.usual)
    found = deadline(start, budget * MINUTE, hours, pauses)
    total = 0
    for length, counts in enumerate(counted, 1):
        total += counts
        if total == budget:
            assert found == start + length * MINUTE
            return
    assert found is None or found > start + whole * MINUTE


@given(desks(), st.integers(1, 3_000))
@settings(max_examples=27, deadline=None)
def test_until_a_deadline_exactly_its_budget_goes_by(desk: tuple[Hours, int], budget: int) -> None:
    hours, start = desk
    found = deadline(start, budget * MINUTE, hours)
    if found is not None:
        assert elapsed(start, found, hours) == budget * MINUTE
        assert elapsed(start, found - 1, hours) == budget * MINUTE - 1


@given(
    st.dates(date(2023, 12, 1), date(2027, 2, 1)), st.dictionaries(st.sampled_from(("sat", "wed", "holiday")), spans())
)
@settings(max_examples=27)
def test_a_day_has_its_own_hours_unless_it_was_made_a_working_day(day: date, own: dict[str, Spans]) -> None:
    usual = ((480, 1320),)
    found = Hours(SHANGHAI, usual, tuple(own.items()), FESTIVAL).spans_on(day)
    name = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()]
    year = FESTIVAL.years.get(day.year)
    if year is not None and day in year.holidays and "holiday" in own:
        assert found == own["holiday"]
    elif year is not None and day in year.working:
        assert found == usual
    else:
        assert found == own.get(name, usual)


def test_a_split_shift_counts_nothing_between_its_spans() -> None:
    hours = Hours(SHANGHAI, ((9 * 60, 12 * 60), (14 * 60, 18 * 60)))
    assert deadline(at("2026-11-20T11:30"), HOUR, hours) == at("2026-11-20T14:30")
    assert deadline(at("2026-11-20T17:30"), HOUR, hours) == at("2026-11-21T09:30")
    assert elapsed(at("2026-11-20T00:00"), at("2026-11-21T00:00"), hours) == 7 * HOUR


def test_a_budget_that_is_used_up_when_the_desk_closes_ends_there_and_not_the_next_morning() -> None:
    assert deadline(at("2026-11-20T20:00"), 2 * HOUR, Hours(SHANGHAI, ((480, 1320),))) == at("2026-11-20T22:00")


def test_a_shift_over_midnight_is_two_spans_that_count_as_one() -> None:
    night = Hours(SHANGHAI, ((0, 120), (22 * 60, 1440)))
    assert deadline(at("2026-12-31T23:30"), HOUR, night) == at("2027-01-01T00:30")


def test_a_desk_that_nobody_staffs_has_no_deadline() -> None:
    assert deadline(at("2026-11-20T20:00"), HOUR, Hours(SHANGHAI, ())) is None
    assert elapsed(at("2026-11-20T20:00"), at("2026-11-21T20:00"), Hours(SHANGHAI, ())) == 0


def test_a_clock_that_rests_for_nobody_knows_how_long_has_no_deadline_after_that() -> None:
    hours = Hours(SHANGHAI, ((480, 1320),))
    since = at("2026-11-20T10:00")
    assert deadline(at("2026-11-20T09:00"), 2 * HOUR, hours, [(since, None)]) is None
    assert deadline(at("2026-11-20T09:00"), HOUR, hours, [(since, None)]) == since


@pytest.mark.parametrize(("calendar", "kept"), [("cn", False), ("none", True)])
def test_holidays_count_where_the_settings_name_a_calendar(calendar: str, kept: bool) -> None:
    hours = hours_of(Deadlines(staffed_days=(("holiday", ()),)), Contact(calendar=calendar), SHANGHAI)
    assert bool(hours.spans_on(date(2026, 10, 1))) is kept
    assert hours.spans_on(date(2026, 10, 1) + timedelta(days=14))


def test_settings_with_nobody_ever_at_the_desk_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[clock]\nstaffed = []\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"clock\.staffed"):
        load_settings(file)
    file.write_text('[clock]\nstaffed = []\nstaffed_days = { sat = [["10:00", "18:00"]] }\n', encoding="utf-8")
    assert load_settings(file).clock.staffed_days == (("sat", ((600, 1080),)),)
