"""Is every late case written down, once? First contact for all cases, closing for those on which nothing was done.

The rules have the numbers of `docs/clocks.md`; the staffed hours are the shipped ones, every day from 08:00 to 22:00.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulate.auditor.hours import wall
from tests.simulate.auditor.record import Finding, Record

_OPENS, _CLOSES = 8, 22
_CLOSING = timedelta(hours=70)


def check(record: Record, ended_at: int) -> Iterator[Finding]:
    """Breaches that were not written down, that never were, or that were written down twice."""
    log: dict[int, list[Any]] = defaultdict(list)
    for event in record.events:
        if event.case_id is not None:
            log[event.case_id].append(event)
    for case_id, events in log.items():
        if case_id in record.cases:
            yield from _case(record.zone_of(case_id), case_id, events, ended_at)


def _case(zone: str, case_id: int, events: list[Any], ended_at: int) -> Iterator[Finding]:
    opened = next((one for one in events if one.kind == "case_opened"), None)
    told: dict[tuple[str, int], int] = {}
    for one in events:
        if one.kind == "clock_broken":
            key = (one.code, one.subject_id)
            if key in told:
                yield Finding("clock", case_id, f"event {one.id} tells again that {one.code} broke")
            if one.number > one.at:
                yield Finding("clock", case_id, f"event {one.id} tells of a breach to come")
            told[key] = one.number
    if opened is None:
        return
    undone = {one.undoes for one in events if one.kind == "undone"}
    closed = [one.at for one in events if one.to_state == "closed" and one.id not in undone and one.kind != "undone"]
    tried = [one.at for one in events if one.kind == "contact_started"]
    due = _first_contact(opened.at, zone)
    broke = _broke(due, [*closed, *tried], ended_at)
    yield from _compared(case_id, "first_contact", due if broke else None, told.get(("first_contact", opened.id)))
    if not any(one.kind == "outcome_recorded" for one in events):
        due = _after(opened.at, zone)
        broke = _broke(due, closed, ended_at)
        yield from _compared(case_id, "close", due if broke else None, told.get(("close", opened.id)))


def _broke(due: int, stopped: list[int], ended_at: int) -> bool:
    """Whether a clock was still running after its time, as far as the record goes."""
    return due < ended_at and not any(one <= due for one in stopped)


def _compared(case_id: int, name: str, due: int | None, told: int | None) -> Iterator[Finding]:
    if due != told:
        yield Finding("clock", case_id, f"{name} broke at {due}, and the log tells {told}")


def _milliseconds(moment: datetime) -> int:
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _first_contact(at: int, zone: str) -> int:
    """Rule 4: within the hour while the desk is staffed, else by ten the next staffed morning."""
    then = wall(at, zone)
    if _OPENS <= then.hour < _CLOSES:
        return at + 60 * 60_000
    morning = then.replace(hour=10, minute=0, second=0, microsecond=0)
    return _milliseconds(morning if then.hour < _OPENS else _next_day(morning, zone))


def _after(at: int, zone: str) -> int:
    """Rule 6: seventy staffed hours after the opening."""
    then, left = wall(at, zone), _CLOSING
    while True:
        starts = max(then, then.replace(hour=_OPENS, minute=0, second=0, microsecond=0))
        ends = then.replace(hour=_CLOSES, minute=0, second=0, microsecond=0)
        if starts < ends:
            if left <= ends - starts:
                return _milliseconds(starts + left)
            left -= ends - starts
        then = _next_day(then.replace(hour=0, minute=0, second=0, microsecond=0), zone)


def _next_day(then: datetime, zone: str) -> datetime:
    return (then.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=ZoneInfo(zone))
