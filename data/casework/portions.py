"""Many cases in portions: each a short transaction, so that whoever works beside it hardly waits."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TypeVar

from data.casework.bulk import Pace
from data.settings import Settings
from data.several import Progress
from data.store.store import Store

T = TypeVar("T")

_IDS_A_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class Hands:
    """Who acts, on which database, and when (UTC milliseconds)."""

    store: Store
    agent_id: int
    now: int
    settings: Settings
    zone: tzinfo


def in_portions(
    hands: Hands,
    items: Sequence[T],
    write: Callable[[sqlite3.Connection, Sequence[T]], None],
    progress: Progress | None = None,
) -> None:
    """Give `write` all items in order, portion by portion, each in a transaction of its own.

    Only the last one waits for the disk, and with it everything before is there too. What is cut off leaves what it
    had written. Raises StoreError.
    """
    pace, at = Pace(), 0
    while at < len(items):
        portion = items[at : at + pace.size]
        at += len(portion)
        with hands.store.write(durable=at == len(items)) as connection:
            begun = time.perf_counter()
            pace.look_around(connection, hands.now)
            write(connection, portion)
        if at < len(items):
            pace.took(len(portion), time.perf_counter() - begun)
        if progress is not None:
            progress(at, len(items))


def by_ids(ids: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """The marks of an IN list with the ids for them, in lists that every engine takes."""
    for at in range(0, len(ids), _IDS_A_STATEMENT):
        some = list(ids[at : at + _IDS_A_STATEMENT])
        yield ", ".join("?" * len(some)), some
