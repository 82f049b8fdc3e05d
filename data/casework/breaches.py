"""Clocks that broke are written to the log, once each, with the moment at which they did.

A case keeps in `clock_at` when its clocks are to be looked at again: never later than the next of them breaks. Whatever
moves a clock sets it to its own time, and the look itself to when the next one would break; so that a look costs
nothing while nothing is due, however many cases are open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from data.casework.chain import NewEvent, append_events
from data.casework.portions import Hands, by_ids, in_portions
from data.clock import zone
from data.clocks.course import broken, clocks_of, next_break
from data.clocks.events import OF_CASES, ClockEvent
from data.clocks.hours import Hours, hours_of
from data.vocabulary import EventKind

AT_ONCE = 1_000
"""How many cases are looked at in one round; the rest, after a large import has lain for a day, in the next rounds."""

DUE = "SELECT id FROM review_case WHERE clock_at <= ? ORDER BY clock_at LIMIT ?"
_CASES = (
    "SELECT c.id, s.zone FROM review_case c JOIN shop s ON s.id = c.shop_id WHERE c.clock_at <= ? AND c.id IN ({marks})"
)
_RECORDED = "SELECT case_id, code, subject_id FROM event WHERE kind = 'clock_broken' AND case_id IN ({marks})"
STATEMENTS = (DUE, *(each.format(marks="?") for each in (_CASES, _RECORDED, OF_CASES)))


def record_breaches(hands: Hands) -> int:
    """Look at the cases whose clocks are due for it, in short transactions; return how many clocks broke.

    The clock broke by itself: the event names no agent, and does not stand in the way of taking an act back. Raises
    StoreError.
    """
    with hands.store.read() as connection:
        due = [row[0] for row in connection.execute(DUE, (hands.now, AT_ONCE))]
    counted: list[int] = []
    in_portions(hands, due, lambda connection, ids: counted.append(_record(connection, hands, ids)))
    return sum(counted)


def _record(connection: sqlite3.Connection, hands: Hands, case_ids: Sequence[int]) -> int:
    """Inside the caller's transaction: what somebody else has looked at meanwhile is left alone."""
    now, settings = hands.now, hands.settings
    hours: dict[str, Hours] = {}
    of_case: dict[int, Hours] = {}
    for marks, ids in by_ids(case_ids):
        for case_id, name in connection.execute(_CASES.format(marks=marks), (now, *ids)):
            if name not in hours:
                hours[name] = hours_of(settings.clock, settings.contact, zone(name))
            of_case[case_id] = hours[name]
    events, recorded = _log(connection, list(of_case))
    new: list[NewEvent] = []
    looks: list[tuple[int | None, int]] = []
    for case_id, own in of_case.items():
        clocks = clocks_of(events.get(case_id, ()), now, own, settings.clock)
        for each in broken(clocks):
            if (case_id, each.name, each.began_by) not in recorded:
                new.append(
                    NewEvent(
                        at=now,
                        kind=EventKind.CLOCK_BROKEN,
                        case_id=case_id,
                        subject_id=each.began_by,
                        code=each.name,
                        number=each.at,
                    )
                )
        # A clock that breaks in this very millisecond is looked at in the next one.
        following = next_break(clocks)
        looks.append((None if following is None else max(following, now) + 1, case_id))
    if new:
        append_events(connection, new)
    connection.executemany("UPDATE review_case SET clock_at = ? WHERE id = ?", looks)
    return len(new)


def _log(
    connection: sqlite3.Connection, case_ids: Sequence[int]
) -> tuple[dict[int, list[ClockEvent]], set[tuple[int, str, int]]]:
    """What the clocks read of these cases, and which runs were recorded as broken."""
    events: dict[int, list[ClockEvent]] = {}
    recorded: set[tuple[int, str, int]] = set()
    for marks, ids in by_ids(case_ids):
        rows: Iterable[tuple[object, ...]] = connection.execute(OF_CASES.format(marks=marks), ids)
        for case_id, *values in rows:
            events.setdefault(int(str(case_id)), []).append(ClockEvent(*values))  # type: ignore[arg-type]
        recorded.update(connection.execute(_RECORDED.format(marks=marks), ids))
    return events, recorded
