"""Half-typed text: one overwritten row a kind and subject, so that nothing typed is lost."""

from __future__ import annotations

import sqlite3

from data.vocabulary import DraftKind

DRAFT_LENGTH = 20_000

_KEEP = """
INSERT INTO draft (agent_id, kind, subject_id, text, updated_at) VALUES (:agent_id, :kind, :subject_id, :text, :now)
ON CONFLICT (agent_id, kind, subject_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at
"""
_CLEAR = "DELETE FROM draft WHERE agent_id = :agent_id AND kind = :kind AND subject_id = :subject_id"


def keep_draft(
    connection: sqlite3.Connection, agent_id: int, kind: DraftKind, subject_id: int, text: str, now: int
) -> None:
    """Overwrite the draft; an empty one is cleared away."""
    named = {"agent_id": agent_id, "kind": str(kind), "subject_id": subject_id}
    if text:
        connection.execute(_KEEP, {**named, "text": text[:DRAFT_LENGTH], "now": now})
    else:
        connection.execute(_CLEAR, named)
