from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.clock import DAY, HOUR, from_datetime, iso, to_local
from data.errors import UnreadableTime
from data.times import SOON, by_the_hour, readable, resolve, spoken

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
PHRASES = {"tonight": "今晚{time}", "today": "今天{time}", "tomorrow": "明天{time}", "day": "{month}月{day}号{time}"}


def at(text: str, zone: ZoneInfo = SHANGHAI) -> int:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=zone))


NOW = at("2026-11-20T10:42")


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("now", "2026-11-20T10:42:00"),
        ("today 20:00", "2026-11-20T20:00:00"),
        ("today 10:42", "2026-11-21T10:42:00"),
        ("tomorrow same", "2026-11-21T10:42:00"),
        ("tomorrow 09:30", "2026-11-21T09:30:00"),
        ("+3d", "2026-11-23T10:42:00"),
        ("+3d 9:05", "2026-11-23T09:05:00"),
        ("+2h", "2026-11-20T12:42:00"),
        ("20:00", "2026-11-20T20:00:00"),
        ("8:00", "2026-11-21T08:00:00"),
        ("11-24 20:00", "2026-11-24T20:00:00"),
        ("2026-11-24 20:00", "2026-11-24T20:00:00"),
        ("1-3 20:00", "2027-01-03T20:00:00"),
        ("今晚8点", "2026-11-20T20:00:00"),
        ("今天下午3点半", "2026-11-20T15:30:00"),
        ("明天10点半", "2026-11-21T10:30:00"),
        ("明晚７：１５", "2026-11-21T19:15:00"),
        ("后天 20：00", "2026-11-22T20:00:00"),
        ("tonight 20:00", "2026-11-20T20:00:00"),
        ("tonight", "2026-11-20T20:00:00"),
        ("tonight 8", "2026-11-20T20:00:00"),
        ("周五上午", "2026-11-27T10:00:00"),
        ("周五晚上8点", "2026-11-20T20:00:00"),
        ("下周一下午三点", "2026-11-23T15:00:00"),
        ("星期天十点半", "2026-11-22T10:30:00"),
        ("三天后", "2026-11-23T10:42:00"),
        ("两小时后", "2026-11-20T12:42:00"),
        ("半小时后", "2026-11-20T11:12:00"),
        ("明早９点", "2026-11-21T09:00:00"),
        ("中午1点", "2026-11-20T13:00:00"),
        ("12月24日晚上8点", "2026-12-24T20:00:00"),
        ("大后天下午", "2026-11-23T15:00:00"),
        ("tomorrow 8pm", "2026-11-21T20:00:00"),
        ("fri morning", "2026-11-27T10:00:00"),
        ("8pm Sunday", "2026-11-22T20:00:00"),
        ("Friday at 8 p.m.", "2026-11-20T20:00:00"),
        ("next wednesday 9:30", "2026-11-25T09:30:00"),
        ("in 2 hours", "2026-11-20T12:42:00"),
        ("in 3 days", "2026-11-23T10:42:00"),
        ("12am", "2026-11-21T00:00:00"),
    ],
)
def test_a_time_is_read_on_the_shop_s_wall_clock(spec: str, expected: str) -> None:
    assert iso(resolve(spec, NOW, SHANGHAI), SHANGHAI) == f"{expected}+08:00"


def test_tonight_that_has_passed_is_tomorrow_night() -> None:
    late = at("2026-11-20T20:00")
    assert resolve("today 20:00", late, SHANGHAI) == late + DAY


@pytest.mark.parametrize(
    ("now", "spec", "expected"),
    [
        ("2026-10-24T20:00", "tomorrow same", "2026-10-25T20:00:00+01:00"),
        ("2026-03-28T20:00", "tomorrow same", "2026-03-29T20:00:00+02:00"),
        ("2026-03-28T02:30", "+1d", "2026-03-29T03:30:00+02:00"),
        ("2026-10-24T02:30", "+1d", "2026-10-25T02:30:00+01:00"),
    ],
)
def test_a_change_of_the_clocks_moves_nothing_that_was_said(now: str, spec: str, expected: str) -> None:
    assert iso(resolve(spec, at(now, BERLIN), BERLIN), BERLIN) == expected


NO_TIMES = [
    "",
    "soon",
    "25:00",
    "today 20:61",
    "+3",
    "exact",
    "2020-01-01 10:00",
    "11-19 20:00",
    "13-40 10:00",
    "+999d",
    "25pm",
    "周八",
    "晚上25点",
    "fri fri",
]


@pytest.mark.parametrize("spec", [*NO_TIMES, "\x1b[2J"])
def test_what_is_no_time_to_come_is_refused_in_words(spec: str) -> None:
    with pytest.raises(UnreadableTime) as caught:
        resolve(spec, NOW, SHANGHAI)
    assert str(caught.value).isprintable()


@settings(max_examples=80, deadline=None)
@given(st.integers(NOW - 400 * DAY, NOW + 400 * DAY), st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/St_Johns")]))
def test_every_pick_lies_ahead_and_within_two_days_of_what_it_says(now: int, zone: ZoneInfo) -> None:
    for spec, most in (("today 20:00", 1), ("tomorrow same", 1), ("20:00", 1), ("+3d", 3), ("tomorrow 00:00", 1)):
        assert now < resolve(spec, now, zone) <= now + (most + 1) * DAY


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_a_time_or_one_sentence(text: str) -> None:
    readable(text)
    with suppress(UnreadableTime):
        assert resolve(text, NOW, SHANGHAI) >= NOW


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-11-20T20:00", "今晚20:00"),
        ("2026-11-20T15:05", "今天15:05"),
        ("2026-11-21T09:00", "明天09:00"),
        ("2026-12-01T09:00", "12月1号09:00"),
    ],
)
def test_an_agreed_time_is_spoken_in_the_playbook_s_words(when: str, said: str) -> None:
    assert spoken(at(when), NOW, SHANGHAI, PHRASES) == said
    assert "20:00" in spoken(at("2026-11-20T20:00"), NOW, SHANGHAI, {})


def test_a_month_is_spoken_by_its_name_where_the_phrases_know_it() -> None:
    named = {"day": "{day} {month} at {time}", "months": "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec"}
    assert spoken(at("2026-12-01T09:00"), NOW, SHANGHAI, named) == "1 Dec at 09:00"


@given(
    st.integers(0, 400 * DAY),
    st.integers(-10 * DAY, 400 * DAY),
    st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("Asia/Kolkata")]),
)
def test_what_is_done_by_a_time_is_said_as_the_full_hour_before_unless_it_is_soon(
    away: int, shift: int, zone: ZoneInfo
) -> None:
    now = NOW + shift
    said = by_the_hour(now + away, now, zone)
    assert now + away - HOUR < said <= now + away
    if away <= SOON:
        assert said == now + away
    else:
        assert (to_local(said, zone).minute, to_local(said, zone).second) == (0, 0)


def test_a_full_hour_is_said_without_its_minutes_where_the_script_has_words_for_it() -> None:
    words = {**PHRASES, "full_hour": "{hour}点"}
    assert spoken(at("2026-11-21T10:00"), NOW, SHANGHAI, words) == "明天10点"
    assert spoken(at("2026-11-21T10:30"), NOW, SHANGHAI, words) == "明天10:30"
    assert spoken(at("2026-11-20T20:00"), NOW, SHANGHAI, {**words, "tonight_hour": "{hour}点"}) == "今晚8点"
