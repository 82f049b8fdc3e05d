"""Bulk casework: what an import writes. Plain rows and `executemany`, the same arrows and log as single verbs.

An import works in small transactions and reads its file between them, so that other sessions write meanwhile. Each
transaction is whole in itself: reviews with their cases and events. One that is cut off leaves what it had written,
and the same file again finds that as known and goes on. A trial run classifies rows in the same way and writes nothing.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Protocol, TypeVar

from data.casework.chain import NewEvent, append_events
from data.casework.places import Terms
from data.clock import HOUR
from data.language import _
from data.settings import Settings
from data.sources.rows import ImportedOrder, ImportedReview, RefusedRow
from data.store.store import Store, writes_by_others
from data.vocabulary import EventKind

SHARED_SECONDS = 0.005
"""How long one transaction may take while another session is at work."""

YIELDED_SECONDS = 0.006
"""How long the lock is left alone after it: who waits looks again every few milliseconds."""

ALONE_SECONDS = 0.050
"""How long one may take as long as nobody else is at work."""

LATELY = HOUR
"""Whoever has acted within this time (milliseconds) is taken to be still at work."""

# One look at each agent's newest event: looking for a claim that still runs would read every claim that has run out.
_AT_WORK = """
SELECT 1 FROM agent a JOIN event e ON e.id = (SELECT max(id) FROM event WHERE agent_id = a.id AND act_id IS NULL)
WHERE e.at > ? AND e.kind NOT IN ('imported', 'case_opened', 'assigned', 'revision_observed')
AND coalesce(e.code, '') <> 'imported' LIMIT 1
"""

_FEWEST, _MOST = 10, 2_000
Row = TypeVar("Row", ImportedReview, ImportedOrder)


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file; always read = new + changed + same + refused."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        """All rows."""
        return self.new + self.changed + self.same + self.refused


@dataclass(frozen=True, slots=True)
class Batch:
    """One file that is being imported."""

    file: str
    source: str
    terms: Terms
    now: int
    settings: Settings
    agent_id: int | None = None
    trial: bool = False
    """Classify, but write nothing."""

    id: int = 0


@dataclass(slots=True)
class Pace:
    """How many rows go into one transaction: as many as fit into its time, which is short once others are at work."""

    size: int = _FEWEST
    alone: bool | None = None
    _version: int = 0

    def look_around(self, connection: sqlite3.Connection, now: int) -> None:
        """Notice, at the start of a transaction, whether another session has written, or anybody has worked lately."""
        version = writes_by_others(connection)
        if self.alone is None:
            self.alone = connection.execute(_AT_WORK, (now - LATELY,)).fetchone() is None
        elif version != self._version:
            self.alone = False
        self._version = version

    def took(self, count: int, seconds: float) -> None:
        """Learn from a transaction of `count` rows, and let others have the lock when there are any."""
        target = ALONE_SECONDS if self.alone else SHARED_SECONDS
        fitting = int(count * target / max(seconds, 0.0002))
        self.size = max(_FEWEST, min(_MOST, fitting, self.size * 2))
        if not self.alone:
            time.sleep(YIELDED_SECONDS)


@dataclass(slots=True)
class Seen:
    """The rows of this file so far: a second, different row of the same id is refused, not taken in turns."""

    lines: dict[str, tuple[int, int]] = field(default_factory=dict)

    def again(self, key: str, line: int, content: object) -> str | None:
        """None for a new id, an empty text for the same row again, or the reason why the row is refused."""
        mark = hash(content)
        known = self.lines.setdefault(key, (line, mark))
        if known == (line, mark):
            return None
        if known[1] == mark:
            return ""
        return _("The same id stands in line {line} already, with other content.").format(line=known[0])


@dataclass(slots=True)
class Imagined:
    """What a trial run has seen so far, over all its files: what a real run would have in the database by now."""

    shops: dict[tuple[str, str], int] = field(default_factory=dict)
    reviews: dict[str, Any] = field(default_factory=dict)
    orders: dict[str, Any] = field(default_factory=dict)


class Writer(Protocol[Row]):
    """Takes a portion of rows inside a transaction and says what became of them."""

    def __call__(self, connection: sqlite3.Connection, rows: list[Row], tally: Tally) -> list[RefusedRow]: ...

    shop_ids: set[int]


def begin_batch(store: Store, batch: Batch) -> Batch:
    """Note that a file is being imported. A batch that is never finished was cut off."""
    if batch.trial:
        return batch
    with store.write(durable=False) as connection:
        return open_batch(connection, batch)


def open_batch(connection: sqlite3.Connection, batch: Batch) -> Batch:
    """The batch with its number, inside the caller's transaction."""
    cursor = connection.execute(
        "INSERT INTO import_batch (file, source, agent_id, started_at) VALUES (?, ?, ?, ?)",
        (batch.file, batch.source, batch.agent_id, batch.now),
    )
    return replace(batch, id=int(cursor.lastrowid or 0))


def run(
    store: Store,
    batch: Batch,
    rows: Iterable[Row | RefusedRow],
    write: Writer[Row],
    refuse: Callable[[RefusedRow], None],
    progress: Callable[[Tally], None],
) -> Tally:
    """Import every row in portions that keep to their time; `refuse` is given each row that is not taken."""
    tally = Tally()
    source = iter(rows)
    pace = Pace()
    while True:
        # The file is read here, outside the transaction: this is when others get the lock.
        portion, refused = _next(source, pace.size)
        if not portion and not refused:
            break
        if portion and batch.trial:
            with store.read() as connection:
                refused += write(connection, portion, tally)
        elif portion:
            with store.write(durable=False) as connection:
                begun = time.perf_counter()
                pace.look_around(connection, batch.now)
                refused += write(connection, portion, tally)
            pace.took(len(portion), time.perf_counter() - begun)
        for row in sorted(refused, key=lambda one: one.line):
            tally.refused += 1
            refuse(row)
        progress(tally)
    if not batch.trial:
        # Durable: with it everything before is on the disk too.
        with store.write() as connection:
            count_batch(connection, batch, tally, write.shop_ids)
    return tally


def _next(source: Iterator[Row | RefusedRow], size: int) -> tuple[list[Row], list[RefusedRow]]:
    portion: list[Row] = []
    refused: list[RefusedRow] = []
    for row in islice(source, size):
        if isinstance(row, RefusedRow):
            refused.append(row)
        else:
            portion.append(row)
    return portion, refused


def count_batch(connection: sqlite3.Connection, batch: Batch, tally: Tally, shop_ids: set[int]) -> int:
    """Note that the batch is whole, with its counts, and put it in the log; the event's number."""
    connection.execute(
        "UPDATE import_batch SET finished_at = ?, shop_id = ?, read = ?, new = ?, changed = ?, same = ?, "
        "refused = ? WHERE id = ?",
        (
            batch.now,
            next(iter(shop_ids)) if len(shop_ids) == 1 else None,
            tally.read,
            tally.new,
            tally.changed,
            tally.same,
            tally.refused,
            batch.id,
        ),
    )
    event = NewEvent(
        at=batch.now,
        kind=EventKind.IMPORTED,
        agent_id=batch.agent_id,
        subject_id=batch.id,
        code=batch.source,
        number=tally.read,
    )
    return append_events(connection, [event])[0]
