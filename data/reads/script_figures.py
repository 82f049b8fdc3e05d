"""The calls of a span of time with their steps and what came of their cases, for the figures of playbooks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby

from data.errors import PlaybookError
from data.playbook.format import Playbook
from data.playbook.load import from_text
from data.script_figures import CallFigure, ScriptFigures, StepFigure, figures, raising

CALLS = """
SELECT k.id, k.playbook, k.version, k.playbook_hash, k.run, t.line, t.standing, c.state, c.result
FROM call k JOIN contact t ON t.id = k.contact_id JOIN review_case c ON c.id = t.case_id
WHERE k.started_at >= :since AND k.started_at < :until AND t.line IS NOT NULL AND c.withdrawn_at IS NULL
ORDER BY k.started_at, k.id
"""
STEPS = """
SELECT k.id, s.kind, s.node, s.choice, s.at
FROM call k JOIN call_step s ON s.call_id = k.id
WHERE k.started_at >= :since AND k.started_at < :until
ORDER BY k.started_at, k.id, s.seq
"""
HASHES = "SELECT DISTINCT playbook_hash FROM call WHERE started_at >= :since AND started_at < :until"
TEXT = "SELECT toml FROM playbook_text WHERE hash = :hash"

STATEMENTS = {"script_calls": CALLS, "script_steps": STEPS, "script_hashes": HASHES, "script_text": TEXT}


def calls(connection: sqlite3.Connection, since: int, until: int) -> Iterator[CallFigure]:
    """Every call that was started in the span (UTC ms) and has its outcome, oldest first."""
    span = {"since": since, "until": until}
    steps = groupby(connection.execute(STEPS, span), key=lambda row: int(row[0]))
    number, taken = next(steps, (-1, iter(())))
    for call_id, playbook, version, text_hash, run, line, standing, state, result in connection.execute(CALLS, span):
        # Both come in the same order; steps of calls without an outcome are passed over.
        while number not in (call_id, -1):
            number, taken = next(steps, (-1, iter(())))
        own = tuple(StepFigure(*row[1:]) for row in taken) if number == call_id else ()
        last = str(json.loads(run)["place"])
        yield CallFigure(call_id, playbook, version, text_hash, own, last, line, standing, state, result)


def figures_of(
    connection: sqlite3.Connection, since: int, until: int
) -> tuple[list[ScriptFigures], dict[str, Playbook]]:
    """What every text did whose calls were started in the span (UTC ms), and the texts by hash, for their words."""
    playbooks: dict[str, Playbook] = {}
    for (text_hash,) in connection.execute(HASHES, {"since": since, "until": until}).fetchall():
        try:
            playbooks[text_hash] = from_text(text_of(connection, text_hash))
        except PlaybookError:
            # A text of long ago that is read no more: its figures stand without the words of its keys.
            continue
    raises = {text_hash: raising(each) for text_hash, each in playbooks.items()}
    return figures(calls(connection, since, until), raises), playbooks


def text_of(connection: sqlite3.Connection, text_hash: str) -> str:
    """The text of a playbook as it was kept; empty when it was not."""
    row = connection.execute(TEXT, {"hash": text_hash}).fetchone()
    return str(row[0]) if row else ""
