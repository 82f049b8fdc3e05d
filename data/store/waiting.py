"""Waiting for a database that others hold: again and again, with growing, uneven pauses, so that many sessions do
not move in step. The engine's own waiting knows only fixed steps, and in some places does not wait at all."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

BUSY_MILLISECONDS = 50
"""How long the engine itself waits each time."""

PATIENCE_MILLISECONDS = 10_000
"""How long anything waits for other sessions before it is refused."""

_FIRST_PAUSE = 0.001
_LONGEST_PAUSE = 0.040


def patiently(act: Callable[[], T], patience: int = PATIENCE_MILLISECONDS) -> T:
    """Do it, again while others hold the database. Raises the engine's own busy error when `patience` milliseconds
    of waiting did not help."""
    waited = 0.0
    pause = _FIRST_PAUSE
    while True:
        try:
            return act()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or waited * 1000 >= patience:
                raise
        rest = random.uniform(0, pause)
        time.sleep(rest)
        waited += rest + BUSY_MILLISECONDS / 1000
        pause = min(pause * 2, _LONGEST_PAUSE)


def begin_immediate(connection: sqlite3.Connection, patience: int | None = None) -> None:
    """Begin a transaction that holds the write lock from its start."""
    patiently(lambda: connection.execute("BEGIN IMMEDIATE"), PATIENCE_MILLISECONDS if patience is None else patience)
