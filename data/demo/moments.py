"""The times of the demo, told from the moment at which it is made: `-3d 22:10`, `-40m`, `+1d 10:00`, `next 20:00`."""

from __future__ import annotations

import re
from datetime import timedelta, tzinfo

from data.clock import DAY, HOUR, MINUTE, at_minute, local_day

_AGO = re.compile(r"([+-]\d+)([hm])")
_DAY = re.compile(r"([+-]\d+)d (\d{2}):(\d{2})")
_NEXT = re.compile(r"next (\d{2}):(\d{2})")


def moment(told: str, now: int, zone: tzinfo) -> int:
    """The time in UTC milliseconds; the wall clock is that of `zone`. Raises ValueError for anything else."""
    if found := _AGO.fullmatch(told):
        return now + int(found[1]) * (HOUR if found[2] == "h" else MINUTE)
    today = local_day(now, zone)
    if found := _DAY.fullmatch(told):
        return at_minute(today + timedelta(days=int(found[1])), int(found[2]) * 60 + int(found[3]), zone)
    if found := _NEXT.fullmatch(told):
        at = at_minute(today, int(found[1]) * 60 + int(found[2]), zone)
        return at if at > now + MINUTE else at + DAY
    raise ValueError(f"no time of the demo: {told!r}")
