"""The append-only log: how an event is written, chained and proved.

An event holds ids, codes, numbers and a time. Free text lies beside it in `event_text`; the event keeps a
salted hash of it, so that erasing a person deletes text and salt while the chain still verifies.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from data.store.insert import insert_rows
from data.vocabulary import EventKind

GENESIS = "0" * 64

_COLUMNS = (
    "at",
    "kind",
    "agent_id",
    "case_id",
    "contact_id",
    "subject_id",
    "code",
    "number",
    "from_state",
    "to_state",
    "before",
    "undoes",
    "act_id",
    "text_hash",
)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event before it is written. `text` is kept apart from the chain."""

    at: int
    kind: EventKind
    agent_id: int | None = None
    case_id: int | None = None
    contact_id: int | None = None
    subject_id: int | None = None
    code: str | None = None
    number: int | None = None
    from_state: str | None = None
    to_state: str | None = None
    before: str | None = None
    undoes: int | None = None
    act_id: int | None = None
    text: str | None = None


def text_hash(salt: str, text: str) -> str:
    """The hash of a text that the chain holds in place of the text."""
    return hashlib.sha256(f"{salt}\x1f{text}".encode()).hexdigest()


def event_hash(previous: str, event_id: int, values: Sequence[object]) -> str:
    """The hash of one event: of the hash before it, its number and every column, absent ones marked."""
    # A list and no function call for each column: an import writes one event for nearly every row.
    fields = ["-" if value is None else f"{len(text := str(value))}:{text}" for value in values]
    return hashlib.sha256(f"{previous}|{event_id}|{'|'.join(fields)}".encode()).hexdigest()


def append_events(connection: sqlite3.Connection, events: Iterable[NewEvent], *, as_one: bool = False) -> list[int]:
    """Write events in order inside the caller's transaction and return their ids.

    With `as_one` they are the beginning of one act: all that follow the first one name it as their act.
    """
    last = connection.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    event_id, previous = (last[0], last[1]) if last else (0, GENESIS)
    first = event_id + 1
    rows: list[tuple[object, ...]] = []
    texts: list[tuple[int, str, str]] = []
    for event in events:
        event_id += 1
        hashed = None
        if event.text is not None:
            salt = secrets.token_hex(8)
            hashed = text_hash(salt, event.text)
            texts.append((event_id, salt, event.text))
        values = (
            event.at,
            str(event.kind),
            event.agent_id,
            event.case_id,
            event.contact_id,
            event.subject_id,
            event.code,
            event.number,
            event.from_state,
            event.to_state,
            event.before,
            event.undoes,
            first if as_one and event_id > first else event.act_id,
            hashed,
        )
        digest = event_hash(previous, event_id, values)
        rows.append((event_id, *values, previous, digest))
        previous = digest
    insert_rows(connection, "event", ("id", *_COLUMNS, "previous_hash", "hash"), rows)
    if texts:
        connection.executemany("INSERT INTO event_text (event_id, salt, text) VALUES (?, ?, ?)", texts)
    return [int(str(row[0])) for row in rows]


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A place where the log does not verify."""

    event_id: int
    what: str


def verify(connection: sqlite3.Connection) -> Iterator[ChainFault]:
    """Walk the whole log and yield every event whose hash, order or text does not hold."""
    previous, expected_id = GENESIS, 0
    rows = connection.execute(
        f"SELECT event.id, {', '.join('event.' + name for name in _COLUMNS)}, previous_hash, hash, salt, text "
        "FROM event LEFT JOIN event_text ON event_text.event_id = event.id ORDER BY event.id"
    )
    for row in rows:
        event_id, values, kept_previous, kept, salt, text = (
            row[0],
            row[1:-4],
            row[-4],
            row[-3],
            row[-2],
            row[-1],
        )
        expected_id += 1
        if event_id != expected_id:
            yield ChainFault(event_id, "missing")
            expected_id = event_id
        if kept_previous != previous:
            yield ChainFault(event_id, "order")
        if event_hash(kept_previous, event_id, values) != kept:
            yield ChainFault(event_id, "content")
        if salt is not None and text_hash(salt, text) != values[-1]:
            yield ChainFault(event_id, "text")
        previous = kept
