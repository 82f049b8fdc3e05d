"""What an event keeps of a case as it was, so that the act can be taken back, and done again after that.

Only what the act changed is kept: taking it back must not put back what others changed meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

KEPT = (
    "state",
    "result",
    "cause",
    "owner_id",
    "lease_until",
    "due_at",
    "follow_up_at",
    "promised_at",
    "contact_from",
    "closed_at",
    "again_at",
    "settled",
)
"""The columns of a case that acts change and undo puts back."""

BESIDE = ("dropped", "added", "withdrawn")
"""The numbers of follow-ups that the act dropped and added, and of promises that it withdrew."""

REMEDIES = "remedies"
"""The remedies whose state the act changed: number, state before, state after."""

OWNERS = "owners"
"""Remedies and tasks that got another owner with the case: table, number, owner before, owner after."""

LAST = "last_event_id"
"""The newest event of the case before this one: the one that can be taken back next."""


def kept(before: Mapping[str, object], after: Mapping[str, object], last: int | None) -> str:
    """The text for the event: what differs, the numbers beside it, and the event before it."""
    told: dict[str, object] = {name: before[name] for name in KEPT if before[name] != after[name]}
    told |= {name: before[name] for name in (*BESIDE, REMEDIES, OWNERS) if before.get(name)}
    return json.dumps({**told, LAST: last}, sort_keys=True)
