"""The record of a desk as its database keeps it: the log, and the rows that hold facts beside it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HOUR = 3_600_000
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the rules forbid: which rule, about which case, and what was found."""

    rule: str
    case_id: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: case {self.case_id}: {self.what}"


@dataclass
class Record:
    """All rows, by the keys that the checks ask for."""

    events: list[Any]
    contacts: dict[int, Any]
    cases: dict[int, Any]
    agents: dict[int, Any]
    shops: dict[int, Any]
    buyers: dict[int, Any]
    texts: dict[int, tuple[str, str]]
    numbers: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """Telephone numbers by buyer."""

    follow_ups: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    promises: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    remedies: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    revisions: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """Changes of reviews by review."""

    def zone_of(self, case_id: int) -> str:
        """The zone of the shop of a case."""
        return str(self.shops[self.cases[case_id].shop_id].zone)


def read(path: Path) -> Record:
    """Everything that is audited, from a database that nobody writes to meanwhile."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        record = Record(
            events=_rows(connection, "event"),
            contacts=_by_id(_rows(connection, "contact")),
            cases=_by_id(_rows(connection, "review_case")),
            agents=_by_id(_rows(connection, "agent")),
            shops=_by_id(_rows(connection, "shop")),
            buyers=_by_id(_rows(connection, "buyer")),
            texts={row.event_id: (row.salt, row.text) for row in _rows(connection, "event_text", "event_id")},
        )
        for row in _rows(connection, "personal"):
            if row.kind == "phone":
                record.numbers[row.buyer_id].append(row)
        for name, into in (
            ("follow_up", record.follow_ups),
            ("promise", record.promises),
            ("remedy", record.remedies),
        ):
            for row in _rows(connection, name):
                into[row.case_id].append(row)
        for row in _rows(connection, "revision"):
            record.revisions[row.review_id].append(row)
        return record
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str, key: str = "id") -> list[Any]:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY {key}")
    names = [column[0] for column in cursor.description]
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in cursor]


def _by_id(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.id: row for row in rows}


def still_open(row: Any, at: int) -> bool:
    """Whether something that is open until it is settled was open just before that moment."""
    return row.settled_at is None or row.settled_at >= at


def latest(rows: Sequence[Any]) -> Any:
    """The newest of rows that are in order, or None."""
    return rows[-1] if rows else None
