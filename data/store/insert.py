"""Many rows into a table with few statements.

The engine prepares the checks of a table anew for every statement, and a closed vocabulary is a list of many words:
some rows a statement cost half of what they cost one by one. The form is standard SQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

_ROWS = 60


@lru_cache(maxsize=64)
def _statement(table: str, columns: tuple[str, ...], rows: int) -> str:
    marks = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * rows)}"


def insert_rows(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Sequence[object]]
) -> None:
    """Insert the rows in order inside the caller's transaction."""
    waiting = list(rows)
    whole = len(waiting) - len(waiting) % _ROWS
    several = _statement(table, columns, _ROWS)
    for at in range(0, whole, _ROWS):
        connection.execute(several, list(chain.from_iterable(waiting[at : at + _ROWS])))
    connection.executemany(_statement(table, columns, 1), waiting[whole:])
