"""What exports write, one record at a time and never the whole table at once.

Texts are as they were stored; on their way into a spreadsheet they pass `data.outside`. Times are in the shop's
zone: ISO 8601, or what `when` makes of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, TypeAlias

from data.clock import iso, zone

Value = str | int | datetime | None
Record = dict[str, Value]
"""The fields of one record in the order of its columns."""

When: TypeAlias = Callable[[int, tzinfo], Value]
"""How a time is written: UTC milliseconds, and the zone of the shop."""

_CASES = """
SELECT c.platform, s.name, r.external_id, coalesce(p.external_id, r.order_external_id), d.title, p.variant, r.rating,
    r.raw_rating, c.grade, r.text, r.appended_text, r.created_at, c.state, c.result, c.cause,
    coalesce(a.name, a.login), c.attempts, c.refusals, c.promised_at, c.follow_up_at, c.due_at, c.opened_at,
    c.closed_at, c.id, s.zone
FROM review_case c
LEFT JOIN shop s ON s.id = c.shop_id
LEFT JOIN review r ON r.id = c.review_id
LEFT JOIN product d ON d.id = r.product_id
LEFT JOIN purchase p ON p.id = r.purchase_id
LEFT JOIN agent a ON a.id = c.owner_id
"""
CASES = _CASES + "WHERE c.withdrawn_at IS NULL ORDER BY c.id"
CASE = _CASES + "WHERE c.withdrawn_at IS NULL AND c.id = :case_id"
_CASE_FIELDS = (
    *("platform", "shop", "review_id", "order_id", "product", "variant", "rating", "raw_rating", "grade", "text"),
    *("appended_text", "created_at", "state", "result", "cause", "owner", "contacts", "refusals", "promised_at"),
    *("follow_up_at", "due_at", "opened_at", "closed_at", "case_id"),
)

OUTCOMES = """
SELECT t.id, t.case_id, c.platform, s.name, r.external_id, coalesce(p.external_id, r.order_external_id), d.title,
    coalesce(a.name, a.login), t.channel, t.started_at, t.ended_at, t.line, t.standing,
    (SELECT max(m.due_at) FROM promise m WHERE m.case_id = t.case_id AND m.contact_id = t.id AND m.by_whom = 'buyer'),
    t.note, t.incoming, t.lacks, t.lacks_why, s.zone
FROM contact t
LEFT JOIN review_case c ON c.id = t.case_id
LEFT JOIN shop s ON s.id = c.shop_id
LEFT JOIN review r ON r.id = c.review_id
LEFT JOIN product d ON d.id = r.product_id
LEFT JOIN purchase p ON p.id = r.purchase_id
LEFT JOIN agent a ON a.id = t.agent_id
ORDER BY t.id
"""
_OUTCOME_FIELDS = (
    *("contact_id", "case_id", "platform", "shop", "review_id", "order_id", "product", "agent", "channel"),
    *("started_at", "ended_at", "line", "standing", "promised_at", "note", "incoming"),
    *("lacks", "lacks_why"),
)

EVENTS = """
SELECT e.id, e.at, e.kind, a.login, e.case_id, e.contact_id, e.subject_id, e.code, e.number, e.from_state, e.to_state,
    e.before, e.undoes, e.act_id, e.text_hash, e.previous_hash, e.hash, s.zone
FROM event e
LEFT JOIN agent a ON a.id = e.agent_id
LEFT JOIN review_case c ON c.id = e.case_id
LEFT JOIN shop s ON s.id = c.shop_id
ORDER BY e.id
"""
_EVENT_FIELDS = (
    *("event_id", "at", "kind", "agent", "case_id", "contact_id", "subject_id", "code", "number", "from_state"),
    *("to_state", "before", "undoes", "act_id", "text_hash", "previous_hash", "hash"),
)

STATEMENTS = {"export_cases": CASES, "export_case": CASE, "export_outcomes": OUTCOMES, "export_events": EVENTS}

TIMES = frozenset(
    {
        "at",
        "created_at",
        "started_at",
        "ended_at",
        "promised_at",
        "follow_up_at",
        "due_at",
        "opened_at",
        "closed_at",
    }
)
_DEFAULT_ZONE = "Asia/Shanghai"

_zone = lru_cache(maxsize=32)(zone)


def cases(connection: sqlite3.Connection, when: When = iso) -> Iterator[Record]:
    """Every case with its review, open and closed: `platform, shop, review_id, order_id, product … case_id`."""
    return _records(connection.execute(CASES), _CASE_FIELDS, when)


def cases_of(connection: sqlite3.Connection, case_ids: Iterable[int], when: When = iso) -> Iterator[Record]:
    """The same of these cases, in their order."""
    rows = (row for case_id in case_ids for row in connection.execute(CASE, {"case_id": case_id}))
    return _records(rows, _CASE_FIELDS, when)


def outcomes(connection: sqlite3.Connection, when: When = iso) -> Iterator[Record]:
    """Every contact and what came of it; `line` and `standing` are null while it has no outcome, `incoming` is 1 where
    the buyer called. `lacks` has the codes of what its record lacks (`data.call_record.Gap`), with commas between
    them, `lacks_why` the code of the reason; both null where nothing is missing."""
    return _records(connection.execute(OUTCOMES), _OUTCOME_FIELDS, when)


def events(connection: sqlite3.Connection, when: When = iso) -> Iterator[Record]:
    """The append-only log with its hashes and without the texts beside it. An event of no case is in Chinese time."""
    return _records(connection.execute(EVENTS), _EVENT_FIELDS, when)


FIELDS = {"cases": _CASE_FIELDS, "outcomes": _OUTCOME_FIELDS, "events": _EVENT_FIELDS}
"""The columns of each export, for a heading even when there is no record."""

EXPORTS: dict[str, Callable[[sqlite3.Connection, When], Iterator[Record]]] = {
    "cases": cases,
    "outcomes": outcomes,
    "events": events,
}


def _records(rows: Iterable[tuple[Any, ...]], fields: tuple[str, ...], when: When) -> Iterator[Record]:
    for *values, zone_name in rows:
        shop_zone = _zone(zone_name or _DEFAULT_ZONE)
        yield {
            field: when(value, shop_zone) if field in TIMES and value is not None else value
            for field, value in zip(fields, values, strict=True)
        }
