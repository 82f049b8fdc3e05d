"""A call as it was kept: the text that it followed, its run, and every step with its time."""

from __future__ import annotations

import sqlite3

from data.call_trail import Stepped
from data.clock import MINUTE
from data.reads.people import TRAIL
from data.rows import KeptCall

PREPARING = 30 * MINUTE
"""Who claimed a case longer before the call did something else in between: that is no preparation."""

KEPT_CALL = """
SELECT k.id, t.id, t.case_id, t.agent_id, k.playbook, k.version, k.playbook_hash, p.toml, k.run,
    k.started_at, k.ended_at
FROM contact t JOIN call k ON k.contact_id = t.id LEFT JOIN playbook_text p ON p.hash = k.playbook_hash
WHERE t.id = :contact_id
"""
CLAIMED = """
SELECT max(at) FROM event
WHERE case_id = :case_id AND kind IN ('claimed','taken_over') AND agent_id = :agent_id AND at BETWEEN :since AND :until
"""
STATEMENTS = {"kept_call": KEPT_CALL, "claimed": CLAIMED}


def kept_call(connection: sqlite3.Connection, contact_id: int) -> KeptCall | None:
    """The call of a contact; None where the contact followed no script."""
    row = connection.execute(KEPT_CALL, {"contact_id": contact_id}).fetchone()
    if row is None:
        return None
    call_id, contact, case_id, agent_id, playbook, version, digest, text, run, started_at, ended_at = row
    trail = tuple(Stepped(*step) for step in connection.execute(TRAIL, {"call_id": call_id}))
    named = {"case_id": case_id, "agent_id": agent_id, "since": started_at - PREPARING, "until": started_at}
    (claimed,) = connection.execute(CLAIMED, named).fetchone()
    return KeptCall(
        call_id, contact, case_id, agent_id, playbook, version, digest, text or "", run, started_at, ended_at, trail,
        None if claimed is None else started_at - claimed,
    )  # fmt: skip
