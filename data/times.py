"""Times that people agree on a call: “tonight 20:00”, “same hour tomorrow”, “in three days”, or typed exactly.

A time is agreed on the wall clock of the shop's zone and becomes UTC milliseconds here, so that a change of
the clocks in between moves nothing that was said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta, tzinfo

from data.clock import DAY, HOUR, MINUTE, at_minute, local_day, minute_of_day, to_local
from data.errors import UnreadableTime
from data.language import _
from data.spoken_times import plain

EXACT = "exact"
"""The pick that stands for a time still to be typed."""

FARTHEST = 366 * DAY

SOON = 3 * HOUR
"""Within that, what is due is due to the minute."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})"
_DAY = rf"today|tomorrow|\+\d{{1,3}}d|(?:next )?(?:{'|'.join(_WEEKDAYS)})|(?:\d{{4}}-)?\d{{1,2}}-\d{{1,2}}"
_SPEC = re.compile(
    rf"(?:(?P<now>now)|\+(?P<hours>\d{{1,3}})h|\+(?P<minutes>\d{{1,4}})m"
    rf"|(?:(?P<day>{_DAY})(?:\s+(?:(?P<same>same)|{_CLOCK}))?)"
    rf"|{_CLOCK.replace('hour', 'bare_hour').replace('minute', 'bare_minute')})"
)


def readable(spec: str) -> bool:
    """Whether a pick in a playbook can become a time at all; `exact` can, once somebody has typed it."""
    found = _SPEC.fullmatch(spec)
    return spec == EXACT or (found is not None and _clock_fits(found))


def resolve(spec: str, now: int, zone: tzinfo) -> int:
    """The agreed moment in UTC milliseconds, later than `now` (except for `now` itself).

    Known are `now`, `today 20:00` (tomorrow if that has passed), `tomorrow 10:30`, `tomorrow same`, `+3d`
    (same hour), `+3d 10:00`, `+2h`, `+30m`, `20:00` (the next one), `fri 10:00` (the next one), `next fri`,
    `11-24 20:00`, `2026-11-24 20:00`; and what people say for them: 今晚8点, 明天10点半, 周五上午, 三天后, fri morning,
    tomorrow 8pm, in 2 hours. The zone is the shop's. Raises UnreadableTime.
    """
    found = _SPEC.fullmatch(plain(spec))
    if found is None or not _clock_fits(found):
        raise UnreadableTime(
            _("That is not a time"),
            _("“{text}” cannot be read as a time.").format(text=_shown(spec)),
            _("Write it as 20:00, tomorrow 10:30, fri morning, +3d or 11-24 20:00."),
        )
    if found["now"]:
        return now
    if found["hours"]:
        return _within(now + int(found["hours"]) * HOUR, now, spec)
    if found["minutes"]:
        return _within(now + int(found["minutes"]) * MINUTE, now, spec)
    today, minute = local_day(now, zone), minute_of_day(now, zone)
    if found["bare_hour"]:
        return _next(int(found["bare_hour"]) * 60 + int(found["bare_minute"]), today, now, zone)
    told = found["day"]
    if found["hour"]:
        minute = int(found["hour"]) * 60 + int(found["minute"])
    if told == "today":
        return _next(minute, today, now, zone)
    if told == "tomorrow":
        return at_minute(today + timedelta(days=1), minute, zone)
    if told.startswith("+"):
        return _within(at_minute(today + timedelta(days=int(told[1:-1])), minute, zone), now, spec)
    if told[-3:] in _WEEKDAYS:
        return _on_weekday(told, minute, today, now, zone)
    return _on_date(told, minute, today, now, zone, spec)


def spoken(at: int, now: int, zone: tzinfo, phrases: Mapping[str, str]) -> str:
    """A moment as the agent says it on a call, in the words of the playbook's `[phrases]`.

    The phrases are `tonight`, `today`, `tomorrow`, `day` with {time}, {month} and {day}; one that is missing
    is written in digits. The month is its number, or one of the twelve words of `months`. Where there is a phrase for
    it, a full hour is said as `full_hour` with {hour}, tonight as `tonight_hour`, which counts to twelve.
    """
    then = to_local(at, zone)
    days = (then.date() - local_day(now, zone)).days
    name = "day"
    if days == 0:
        name = "tonight" if then.hour >= 18 else "today"
    elif days == 1:
        name = "tomorrow"
    pattern = phrases.get(name) or "{month}-{day} {time}"
    months = phrases.get("months", "").split()
    month = months[then.month - 1] if len(months) == 12 else str(then.month)
    time, hour = f"{then:%H:%M}", then.hour
    if then.minute == 0:
        if name == "tonight" and "tonight_hour" in phrases:
            time = phrases["tonight_hour"].replace("{hour}", str(hour - 12))
        elif "full_hour" in phrases:
            time = phrases["full_hour"].replace("{hour}", str(hour))
    values = {"time": time, "month": month, "day": str(then.day)}
    return re.sub(r"\{(time|month|day)\}", lambda part: values[part[1]], pattern)


def by_the_hour(at: int, now: int, zone: tzinfo) -> int:
    """A time by which something is done (UTC ms) as people say one: the full hour before it in the shop's zone. What is
    due soon keeps its minute."""
    if at - now <= SOON:
        return at
    return at - minute_of_day(at, zone) % 60 * MINUTE - at % MINUTE


def _clock_fits(found: re.Match[str]) -> bool:
    hour, minute = found["hour"] or found["bare_hour"], found["minute"] or found["bare_minute"]
    return hour is None or (int(hour) < 24 and int(minute) < 60)


def _next(minute: int, today: date, now: int, zone: tzinfo) -> int:
    at = at_minute(today, minute, zone)
    return at if at > now else at_minute(today + timedelta(days=1), minute, zone)


def _on_weekday(told: str, minute: int, today: date, now: int, zone: tzinfo) -> int:
    """The next such day, today while its time is to come; with “next” the one of next week."""
    away = _WEEKDAYS.index(told[-3:]) - today.weekday()
    if told.startswith("next"):
        return at_minute(today + timedelta(days=away + 7), minute, zone)
    at = at_minute(today + timedelta(days=away % 7), minute, zone)
    return at if at > now else at_minute(today + timedelta(days=away % 7 + 7), minute, zone)


def _on_date(told: str, minute: int, today: date, now: int, zone: tzinfo, spec: str) -> int:
    parts = [int(part) for part in told.split("-")]
    years = (parts[0],) if len(parts) == 3 else (today.year, today.year + 1)
    for year in years:
        try:
            at = at_minute(date(year, parts[-2], parts[-1]), minute, zone)
        except (ValueError, OverflowError):
            continue
        if at > now and (len(parts) == 3 or at < now + 183 * DAY):
            return _within(at, now, spec)
    raise UnreadableTime(
        _("That time has passed"),
        _("“{text}” is not a day to come.").format(text=_shown(spec)),
        _("Write a later one."),
    )


def _within(at: int, now: int, spec: str) -> int:
    if now < at <= now + FARTHEST:
        return at
    raise UnreadableTime(
        _("That is not a time to agree on"),
        _("“{text}” is not within the coming year.").format(text=_shown(spec)),
        _("Write a nearer one."),
    )


def _shown(spec: str) -> str:
    return "".join(each if each.isprintable() else "·" for each in spec[:40])
