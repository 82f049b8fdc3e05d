"""The imports that were made: which file, when, by whom, and what became of its rows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from data.outside import for_screen

BATCHES = """
SELECT b.id, b.file, b.source, s.name, coalesce(a.name, a.login), b.started_at, b.finished_at, b.undone_at, b.read,
    b.new, b.changed, b.same, b.refused
FROM import_batch b LEFT JOIN shop s ON s.id = b.shop_id LEFT JOIN agent a ON a.id = b.agent_id
WHERE b.source <> 'manual' ORDER BY b.id DESC LIMIT :limit
"""
STATEMENTS = {"batches": BATCHES}


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file that was imported. Times are UTC milliseconds; one that was cut off has no `finished_at`."""

    batch: int
    file: str
    source: str
    shop: str | None
    agent: str | None
    started_at: int
    finished_at: int | None
    undone_at: int | None
    read: int
    new: int
    changed: int
    same: int
    refused: int


def batches(connection: sqlite3.Connection, limit: int) -> list[BatchRow]:
    """The newest imports first; what was typed in by hand is not among them."""
    return [
        BatchRow(
            number,
            for_screen(file),
            source,
            for_screen(shop) if shop else None,
            for_screen(agent) if agent else None,
            *more,
        )
        for number, file, source, shop, agent, *more in connection.execute(BATCHES, {"limit": limit})
    ]
