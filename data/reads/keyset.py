"""A list in the order of a time and a number, cut into pages from a key on; shared by the smaller lists."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.rows import Key


@dataclass(frozen=True, slots=True)
class Ordered:
    """A list: what is selected (the time and the number first), from where, under which condition, newest first or not.

    The condition is written as the partial index over the list has it.
    """

    name: str
    columns: str
    time: str
    id: str
    source: str
    beside: str
    where: str
    newest_first: bool = False

    def page(self, *, keyed: bool, forward: bool) -> str:
        """Rows in their order or against it; those beyond :at, :id when keyed."""
        down = self.newest_first is forward
        said = [self.where]
        if keyed:
            one, other = ("<=", "<") if down else (">=", ">")
            said.append(f"{self.time} {one} :at AND ({self.time} {other} :at OR {self.id} {other} :id)")
        way = "DESC" if down else "ASC"
        return (
            f"SELECT {self.time}, {self.id}, {self.columns} FROM {self.source} {self.beside} "
            f"WHERE {' AND '.join(said)} ORDER BY {self.time} {way}, {self.id} {way} LIMIT :limit"
        )

    def size(self) -> str:
        """How many there are, stopping at :ceiling."""
        return f"SELECT count(*) FROM (SELECT 1 FROM {self.source} WHERE {self.where} LIMIT :ceiling) k"

    def statements(self) -> Iterator[tuple[str, str]]:
        """Every statement of the list by name."""
        yield f"{self.name}-size", self.size()
        for keyed in (False, True):
            for forward in (False, True):
                yield f"{self.name}-{keyed}-{forward}", self.page(keyed=keyed, forward=forward)


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows in their order, and whether there are more on either side."""

    rows: tuple[tuple[Any, ...], ...]
    more_before: bool
    more_after: bool


def cut(
    connection: sqlite3.Connection,
    ordered: Ordered,
    named: dict[str, Any],
    *,
    after: Key | None,
    before: Key | None,
    last: bool,
    limit: int,
) -> Cut:
    """Rows from the top, after a key, before a key, or the last ones."""
    key = after or before
    forward = after is not None or (before is None and not last)
    given = {"at": key.at if key else 0, "id": key.id if key else 0, "limit": limit + 1}
    found = connection.execute(ordered.page(keyed=key is not None, forward=forward), named | given).fetchall()
    more = len(found) > limit
    rows = found[:limit] if forward else found[:limit][::-1]
    return Cut(
        rows=tuple(rows),
        more_before=after is not None if forward else more,
        more_after=more if forward else before is not None,
    )


CEILING = 1_000
"""Counts stop here: 999+ says enough."""
