"""When the first contact is due: within the hour in staffed time, else the next staffed morning, and never too late."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendar import Calendar
from data.clock import DAY, HOUR, MINUTE, minute_of_day
from data.clocks.hours import Hours, deadline
from data.clocks.targets import first_break, first_contact_due
from data.settings import Deadlines
from tests.data.clocks.test_hours import SHANGHAI, at, desks

USUAL = Hours(SHANGHAI, ((480, 1320),))


@pytest.mark.parametrize(
    ("found", "due"),
    [
        ("2026-11-20T08:00", "2026-11-20T09:00"),
        ("2026-11-20T21:59", "2026-11-20T22:59"),
        ("2026-11-20T22:00", "2026-11-21T10:00"),
        ("2026-11-20T07:59", "2026-11-20T10:00"),
        ("2026-12-31T23:00", "2027-01-01T10:00"),
        ("2024-02-28T23:00", "2024-02-29T10:00"),
    ],
)
def test_within_the_hour_by_day_and_by_ten_the_next_morning_otherwise(found: str, due: str) -> None:
    assert first_contact_due(at(found), USUAL, Deadlines()) == at(due)


@pytest.mark.parametrize(
    ("found", "due"),
    [
        ("2026-11-20T11:30", "2026-11-20T14:30"),
        ("2026-11-20T13:00", "2026-11-20T15:00"),
        ("2026-11-20T17:45", "2026-11-20T18:45"),
        ("2026-11-20T19:00", "2026-11-21T10:00"),
    ],
)
def test_a_break_between_two_shifts_is_not_counted(found: str, due: str) -> None:
    assert first_contact_due(at(found), Hours(SHANGHAI, ((540, 720), (840, 1080))), Deadlines()) == at(due)


def test_a_day_on_which_nobody_comes_is_passed_over_but_the_outer_limit_holds() -> None:
    free = Hours(SHANGHAI, ((480, 1320),), (("sun", ()),), Calendar())
    assert first_contact_due(at("2026-11-21T23:00"), free, Deadlines()) == at("2026-11-22T23:00")
    assert first_contact_due(at("2026-11-21T23:00"), free, Deadlines(outer_hours=48)) == at("2026-11-23T10:00")


def test_a_desk_that_opens_late_still_has_its_minutes() -> None:
    late = Hours(SHANGHAI, ((14 * 60, 22 * 60),))
    assert first_contact_due(at("2026-11-20T09:00"), late, Deadlines()) == at("2026-11-20T15:00")


@given(desks(), st.integers(1, 600), st.integers(1, 48))
@settings(max_examples=36, deadline=None)
def test_it_never_lies_before_the_review_was_found_nor_after_the_outer_limit(
    desk: tuple[Hours, int], minutes: int, outer: int
) -> None:
    hours, found = desk
    due = first_contact_due(found, hours, Deadlines(first_contact_minutes=minutes, outer_hours=outer))
    assert found <= due <= found + outer * HOUR


@given(st.integers(0, 3 * 1440))
@settings(max_examples=36)
def test_the_usual_desk_keeps_the_plain_rule(minute: int) -> None:
    found = at("2026-11-20T00:00") + minute * MINUTE
    wall = minute_of_day(found, SHANGHAI)
    due = first_contact_due(found, USUAL, Deadlines())
    if 480 <= wall < 1320:
        assert due == found + HOUR
    else:
        assert minute_of_day(due, SHANGHAI) == 600
        assert 0 < due - found < DAY


def test_the_first_break_of_a_case_is_its_first_contact_or_a_shorter_closing() -> None:
    opened = at("2026-11-20T12:00")
    assert first_break(opened, USUAL, Deadlines()) == at("2026-11-20T13:00")
    tight = Deadlines(first_contact_minutes=120, close_hours=1)
    assert first_break(opened, USUAL, tight) == deadline(opened, HOUR, USUAL)


def test_another_zone_goes_by_its_own_wall_clock() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = at("2026-03-28T23:30", berlin)
    assert first_contact_due(night, Hours(berlin, ((480, 1320),)), Deadlines()) == at("2026-03-29T10:00", berlin)
