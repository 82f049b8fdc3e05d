"""A case opens for a neutral or bad review: the verb `open_case`, for many reviews at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from data.assignment import Assigned
from data.casework.assigning import Assigner
from data.casework.bulk import Batch
from data.casework.chain import NewEvent
from data.casework.places import Place, next_id
from data.clock import DAY, HOUR, zone
from data.clocks.hours import Hours, hours_of
from data.clocks.targets import first_break, first_contact_due
from data.contact_rules import contact_from
from data.outcomes import NO_ATTEMPT
from data.reads.same_person import silent
from data.store.insert import insert_rows
from data.vocabulary import EventKind, Grade, State

_AT_ONCE = 500
_COUNTED = 8 * DAY
"""Attempts that are older count towards no cap that `contact_from` keeps."""
_COLUMNS = (
    *("id", "review_id", "shop_id", "buyer_id", "platform", "grade", "state", "open", "due_at", "contact_from"),
    *("opened_at", "reviewed_at", "owner_id", "lease_until", "clock_at", "last_event_id"),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A review for which a case is to be opened."""

    review_id: int
    place: Place
    buyer_id: int
    grade: Grade
    created_at: int


def first_due(batch: Batch, place: Place) -> int:
    """When the first contact is due for what this import finds."""
    return first_contact_due(batch.now, _hours(batch, place), batch.settings.clock)


def _hours(batch: Batch, place: Place) -> Hours:
    return hours_of(batch.settings.clock, batch.settings.contact, zone(place.zone))


def open_cases(
    connection: sqlite3.Connection,
    batch: Batch,
    wanting: Sequence[Opening],
    before: int = 0,
    assigner: Assigner | None = None,
) -> list[NewEvent]:
    """Open a case for each of these reviews inside the caller's transaction; returns the events to append.

    `before` is how many events the caller appends before these. Where there is an assigner, it says who gets them.
    """
    if not wanting:
        return []
    now, lease = batch.now, batch.settings.claims.lease_hours * HOUR
    places = {one.place for one in wanting}
    due = {place: first_due(batch, place) for place in places}
    breaks = {place: first_break(now, _hours(batch, place), batch.settings.clock) for place in places}
    earliest = _contact_from(connection, batch, wanting)
    assigned = (
        assigner.assign(connection, [(one.buyer_id, one.place, due[one.place]) for one in wanting])
        if assigner is not None
        else [None] * len(wanting)
    )
    first = next_id(connection, "review_case")
    first_event = next_id(connection, "event") + before
    events: list[NewEvent] = []
    rows: list[tuple[object, ...]] = []
    for case_id, (one, to) in enumerate(zip(wanting, assigned, strict=True), first):
        events.append(_opened(batch, case_id, one))
        if to is not None:
            events.append(_assigned(batch, case_id, to))
        rows.append(
            (
                case_id,
                one.review_id,
                one.place.id,
                one.buyer_id,
                one.place.platform,
                one.grade.value,
                State.NEW.value,
                1,
                due[one.place],
                earliest.get(one.buyer_id, now),
                now,
                one.created_at,
                to.agent_id if to is not None else None,
                to.starts_at + lease if to is not None else None,
                breaks[one.place],
                first_event + len(events) - 1,
            )
        )
    insert_rows(connection, "review_case", _COLUMNS, rows)
    return events


def _opened(batch: Batch, case_id: int, one: Opening) -> NewEvent:
    return NewEvent(
        at=batch.now,
        kind=EventKind.CASE_OPENED,
        agent_id=batch.agent_id,
        case_id=case_id,
        subject_id=one.review_id,
        code=one.grade.value,
        to_state=State.NEW.value,
    )


def _assigned(batch: Batch, case_id: int, to: Assigned) -> NewEvent:
    return NewEvent(
        at=batch.now,
        kind=EventKind.ASSIGNED,
        agent_id=batch.agent_id,
        case_id=case_id,
        subject_id=to.agent_id,
        code=to.reason.value,
        number=to.starts_at,
    )


def _contact_from(connection: sqlite3.Connection, batch: Batch, wanting: Sequence[Opening]) -> dict[int, int | None]:
    """From when a buyer may be contacted, for those to whom something applies already: caps, gaps, a no."""
    zones = {one.buyer_id: one.place.zone for one in wanting}
    last: dict[int, str | None] = {}
    ids = sorted(zones)
    lines = ", ".join("?" * len(NO_ATTEMPT))
    tried: dict[int, list[int]] = {}
    never: dict[int, int | None] = {}
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        never.update(dict.fromkeys(silent(connection, some)))
        zones.update(connection.execute(f"SELECT id, zone FROM buyer WHERE zone IS NOT NULL AND id IN ({marks})", some))
        for buyer_id, started_at, line in connection.execute(
            f"SELECT buyer_id, started_at, line FROM contact WHERE buyer_id IN ({marks}) AND started_at > ? "
            f"AND incoming = 0 AND (line IS NULL OR line NOT IN ({lines})) ORDER BY started_at, id",
            (*some, batch.now - _COUNTED, *NO_ATTEMPT),
        ):
            tried.setdefault(buyer_id, []).append(started_at)
            last[buyer_id] = line
    rules = batch.settings.contact
    earliest: dict[int, int | None] = {
        buyer_id: contact_from(tuple(at), batch.now, zone(zones[buyer_id]), rules, last_line=last[buyer_id])
        for buyer_id, at in tried.items()
    }
    return earliest | never
