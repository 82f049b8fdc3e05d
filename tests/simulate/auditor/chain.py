"""The chain of the log: each event names the hash before it, and its own is over that, its number and its columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from tests.simulate.auditor.record import Finding, Record

_HASHED = (
    *("at", "kind", "agent_id", "case_id", "contact_id", "subject_id", "code", "number", "from_state", "to_state"),
    *("before", "undoes", "act_id", "text_hash"),
)


def check(record: Record) -> Iterator[Finding]:
    """No event is missing, moved or changed, and every text beside the log is the one that was written."""
    before, number, at = "0" * 64, 0, 0
    for event in record.events:
        number += 1
        if event.id != number:
            yield Finding("chain", event.case_id, f"event {number} is missing")
            number = event.id
        told = [getattr(event, name) for name in _HASHED]
        parts = ["-" if value is None else f"{len(str(value))}:{value}" for value in told]
        whole = f"{event.previous_hash}|{event.id}|" + "|".join(parts)
        if event.previous_hash != before:
            yield Finding("chain", event.case_id, f"event {event.id} does not follow the one before it")
        if hashlib.sha256(whole.encode()).hexdigest() != event.hash:
            yield Finding("chain", event.case_id, f"event {event.id} was changed")
        if event.id in record.texts:
            salt, text = record.texts[event.id]
            if hashlib.sha256(f"{salt}\x1f{text}".encode()).hexdigest() != event.text_hash:
                yield Finding("chain", event.case_id, f"the text of event {event.id} was changed")
        if event.at < at:
            yield Finding("chain", event.case_id, f"event {event.id} is older than the one before it")
        before, at = event.hash, event.at
