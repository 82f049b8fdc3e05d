"""Short times tell at a glance what is late."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.clock import DAY, HOUR, MINUTE
from widgets.cells import width
from widgets.times import due, lasting, stamp

ZONE = ZoneInfo("Asia/Shanghai")
NOW = 1_795_142_520_000  # Friday 2026-11-20, 10:42


@pytest.mark.parametrize(
    ("later", "shown"),
    [
        (18 * MINUTE, "0:18"),
        (0, "0:00"),
        (-70 * MINUTE, "-1:10"),
        (-30 * HOUR, "-1d"),
        (5 * HOUR + 48 * MINUTE, "5:48"),
        (DAY - 42 * MINUTE, "tmr 10:00"),
        (3 * DAY, "11-23"),
        (400 * DAY, "2027-12"),
    ],
)
def test_a_due_time_is_hours_and_minutes_then_a_day(later: int, shown: str) -> None:
    assert due(NOW + later, NOW, ZONE) == shown


@given(st.integers(-2000 * DAY, 2000 * DAY))
def test_a_due_time_fits_its_column(later: int) -> None:
    assert width(due(NOW + later, NOW, ZONE)) <= 9


def test_a_moment_names_no_more_than_is_needed() -> None:
    assert stamp(NOW, NOW, ZONE) == "10:42"
    assert stamp(NOW - DAY, NOW, ZONE) == "11-19 10:42"
    assert stamp(NOW - 365 * DAY, NOW, ZONE) == "2025-11-20 10:42"


def test_a_length_of_time_reads_in_its_largest_units() -> None:
    assert lasting(18 * MINUTE) == "18 min"
    assert lasting(5 * HOUR + 48 * MINUTE) == "5 h 48 min"
    assert lasting(3 * DAY + HOUR) == "3 d"
