"""Times as a list shows them: short, and telling at a glance what is late."""

from __future__ import annotations

from datetime import tzinfo

from data.clock import DAY, HOUR, MINUTE, to_local
from data.language import _


def due(at: int, now: int, zone: tzinfo) -> str:
    """How long until a time, as hours and minutes: "0:18", late "-1:10", else "tmr 10:00", "12-03" or days."""
    late = now - at
    if late >= DAY:
        return _("-{days}d").format(days=late // DAY)
    if late > 0:
        return "-" + _hours(late)
    then, today = to_local(at, zone), to_local(now, zone)
    days = (then.date() - today.date()).days
    if days == 0 or at - now < 6 * HOUR:
        return _hours(at - now)
    if days == 1:
        return _("tmr {time}").format(time=f"{then:%H:%M}")
    return f"{then:%m-%d}" if abs(at - now) < 300 * DAY else f"{then:%Y-%m}"


def stamp(at: int, now: int, zone: tzinfo) -> str:
    """A moment in few characters: "22:10" today, "11-19 22:10" this year, else with the year."""
    then, today = to_local(at, zone), to_local(now, zone)
    if then.date() == today.date():
        return f"{then:%H:%M}"
    return f"{then:%m-%d %H:%M}" if then.year == today.year else f"{then:%Y-%m-%d %H:%M}"


def day(at: int, now: int, zone: tzinfo) -> str:
    """A day in few characters."""
    then, today = to_local(at, zone), to_local(now, zone)
    return f"{then:%m-%d}" if then.year == today.year else f"{then:%Y-%m-%d}"


def lasting(span: int) -> str:
    """A length of time in words: "18 min", "5 h 48 min", "3 d"."""
    if span < HOUR:
        return _("{minutes} min").format(minutes=span // MINUTE)
    if span < DAY:
        return _("{hours} h {minutes} min").format(hours=span // HOUR, minutes=span % HOUR // MINUTE)
    return _("{days} d").format(days=span // DAY)


def _hours(span: int) -> str:
    minutes = span // MINUTE
    return f"{minutes // 60}:{minutes % 60:02d}"
