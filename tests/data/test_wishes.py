"""What a buyer prefers, as agents type it."""

from __future__ import annotations

import pytest

from data.contact.wishes import days_of, days_words, hours_of
from data.errors import UnreadableTime


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("18:00-20:00", (1080, 1200)),
        ("18-20", (1080, 1200)),
        ("１８：００－２０：００", (1080, 1200)),
        ("9:30 到 24:00", (570, 1440)),
        ("18:00–20:00", (1080, 1200)),
    ],
)
def test_hours_are_read_as_they_are_typed(text: str, span: tuple[int, int]) -> None:
    assert hours_of(text) == span


@pytest.mark.parametrize("text", ["", "20:00-18:00", "8", "8:70-9:00", "25-26", "evening"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTime):
        hours_of(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周末", "67"),
        ("周一三五", "135"),
        ("星期天", "7"),
        ("sat, sun", "67"),
        ("Weekdays", "12345"),
        ("76", "67"),
        ("周二和周四", "24"),
    ],
)
def test_days_are_read_in_chinese_and_english(text: str, days: str) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize("text", ["", "8", "some day", "周"])
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTime):
        days_of(text)


@pytest.mark.parametrize("days", ["67", "12345", "135", "1234567"])
def test_days_can_be_read_again(days: str) -> None:
    assert days_of(days_words(days)) == days
