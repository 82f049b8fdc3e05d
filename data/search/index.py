"""Keeping the index of grams: reviews enter it in the order of their numbers, some at a time.

Nothing is ever taken out. When a text changes, the grams of the new one are added; those of the old one only
propose a case that `found` then refuses. So an entry can never go wrong by a change that nobody told the index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from data.search.folding import found, grams

STEP = 200
"""Reviews indexed in one transaction while others are at work; it takes a few milliseconds."""

PROGRESS = "SELECT indexed_through FROM search_progress WHERE id = 1"
NEWEST = "SELECT coalesce(max(id), 0) FROM review"
_ADVANCE = "UPDATE search_progress SET indexed_through = :through WHERE id = 1"
_TEXTS = """
SELECT r.id, r.text, r.appended_text, d.title, p.variant
FROM review r LEFT JOIN product d ON d.id = r.product_id LEFT JOIN purchase p ON p.id = r.purchase_id
"""
NEXT_TEXTS = _TEXTS + "WHERE r.id > :through ORDER BY r.id LIMIT :limit"
ONE_TEXT = _TEXTS + "WHERE r.id = :id AND r.id <= :through"
ADD = "INSERT INTO review_search (rowid, grams) VALUES (?, ?)"
_OPTIMISE = "INSERT INTO review_search (review_search) VALUES ('optimize')"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index has come: reviews up to `through` of those up to `newest` are in it."""

    through: int
    newest: int

    @property
    def complete(self) -> bool:
        """Whether every review is indexed; what is not is searched directly, only slower."""
        return self.through >= self.newest


def register(connection: sqlite3.Connection) -> None:
    """Teach a connection the function that the search's statements ask; needed once for each connection."""
    connection.create_function("search_found", 10, _found, deterministic=True)


def _found(*values: str) -> bool:
    return found(*values)


def progress(connection: sqlite3.Connection) -> Progress:
    """How far the index has come."""
    return Progress(connection.execute(PROGRESS).fetchone()[0], connection.execute(NEWEST).fetchone()[0])


def index_range(connection: sqlite3.Connection, limit: int = STEP) -> int:
    """Index the next reviews, at most `limit`, inside the caller's transaction; return how many there were.

    Zero means that the index is complete. Whoever imports calls it between its own transactions until then.
    """
    through = connection.execute(PROGRESS).fetchone()[0]
    rows = connection.execute(NEXT_TEXTS, {"through": through, "limit": limit}).fetchall()
    if rows:
        connection.executemany(ADD, [(row[0], _grams(row)) for row in rows])
        connection.execute(_ADVANCE, {"through": rows[-1][0]})
    return len(rows)


def reindex(connection: sqlite3.Connection, review_ids: Iterable[int]) -> None:
    """Add what these reviews hold now, inside the caller's transaction, after a text, title or variant changed.

    Reviews that are not indexed yet are left to `index_range`.
    """
    through = connection.execute(PROGRESS).fetchone()[0]
    for review_id in sorted(set(review_ids)):
        row = connection.execute(ONE_TEXT, {"id": review_id, "through": through}).fetchone()
        if row is not None:
            connection.execute(ADD, (review_id, _grams(row)))


def optimise(connection: sqlite3.Connection) -> None:
    """Merge the index into one piece; slow (seconds for a million reviews), for a quiet hour or a benchmark."""
    connection.execute(_OPTIMISE)


def _grams(row: tuple[int, str, str | None, str | None, str | None]) -> str:
    return grams("\n".join(text for text in row[1:] if text))
