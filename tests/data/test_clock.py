"""The clock that is handed down, and where a shop's day begins."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import clock
from data.errors import SettingsError
from data.language import choose_language

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = 1_795_142_520_000
"""2026-11-20 10:42 in Shanghai."""

# São Paulo used to change its clocks at midnight itself, both ways.
zones = st.sampled_from([SHANGHAI, *map(ZoneInfo, ("America/New_York", "America/Sao_Paulo", "Pacific/Apia"))])
moments = st.integers(0, 4_000_000_000_000)


@pytest.fixture(autouse=True)
def _english() -> None:
    choose_language("en")


def test_a_fixed_clock_stands_still() -> None:
    still = clock.fixed(MORNING)
    assert {still.now(), still.now()} == {MORNING}


def test_a_clock_that_was_set_runs_on_from_there() -> None:
    running = clock.from_environment(SHANGHAI, {"AMENDS_NOW": "2026-11-20T10:42:00+08:00"})
    first, second = running.now(), running.now()
    assert MORNING <= first <= second < MORNING + clock.HOUR


@pytest.mark.parametrize("told", ["2026-11-20T10:42", "2026-11-20 10:42:00", "2026-11-20T02:42:00Z", " 20261120T1042 "])
def test_a_time_without_a_zone_is_in_the_shops_zone(told: str) -> None:
    assert abs(clock.from_environment(SHANGHAI, {"AMENDS_NOW": told}).now() - MORNING) < clock.MINUTE


def test_without_the_variable_it_is_the_machines_clock() -> None:
    assert clock.from_environment(SHANGHAI, {}).now() > clock.parse_iso("2025-01-01", SHANGHAI)


@pytest.mark.parametrize("told", ["noon", "10:42", "2026-13-01", "1795142520000"])
def test_a_time_that_cannot_be_read_is_named(told: str) -> None:
    with pytest.raises(SettingsError, match="AMENDS_NOW"):
        clock.from_environment(SHANGHAI, {"AMENDS_NOW": told})


@pytest.mark.parametrize("name", ["Asia/Shanghay", "", "../etc", "Asia"])
def test_an_unknown_zone_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match="Asia/Shanghai"):
        clock.zone(name)


def test_a_machine_without_zone_data_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(clock, "ZoneInfo", nothing)
    with pytest.raises(SettingsError, match="tzdata"):
        clock.zone("Asia/Shanghai")


@given(moments, zones)
def test_a_moment_lies_in_its_own_day(at: int, zone: ZoneInfo) -> None:
    start, end = clock.day_bounds(at, zone)
    assert start <= at < end
    assert clock.local_day(start, zone) == clock.local_day(end - 1, zone) == clock.local_day(at, zone)
    assert clock.local_day(end, zone) != clock.local_day(at, zone)


@given(moments, zones)
def test_days_follow_one_another_without_a_gap(at: int, zone: ZoneInfo) -> None:
    _, end = clock.day_bounds(at, zone)
    assert clock.day_bounds(end, zone)[0] == end


@given(moments, zones)
def test_a_shown_moment_is_read_back_to_the_second(at: int, zone: ZoneInfo) -> None:
    assert clock.parse_iso(clock.iso(at, zone), SHANGHAI) == at - at % 1000
    assert clock.from_datetime(clock.to_local(at, zone)) == at


def test_a_moment_is_shown_with_its_offset() -> None:
    assert clock.iso(MORNING, SHANGHAI) == "2026-11-20T10:42:00+08:00"
    assert clock.minute_of_day(MORNING, SHANGHAI) == 10 * 60 + 42


def test_a_minute_of_a_day_is_a_moment_and_1440_is_its_end() -> None:
    day = date(2026, 11, 20)
    assert clock.at_minute(day, 642, SHANGHAI) == MORNING
    assert clock.at_minute(day, 1440, SHANGHAI) == clock.at_minute(date(2026, 11, 21), 0, SHANGHAI)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = clock.to_local(MORNING, SHANGHAI).replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        clock.from_datetime(naive)
