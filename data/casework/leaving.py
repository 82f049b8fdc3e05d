"""When a case that somebody has is free for others: its lease has ended, or its owner went home and it is overdue.

Whoever has acted on it since their shift ended is still at it, and so is a colleague to whom it was handed over since;
nobody's case is free while they are in contact about it. What is free goes back to the pool, in small portions.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import tzinfo

from data.assignment import ended
from data.casework.chain import NewEvent, append_events
from data.settings import Settings
from data.vocabulary import EventKind

AT_ONCE = 100
"""How many cases go back to the pool in one transaction."""

AT_MOST = 2_000
"""How many go back in one round; the next one goes on."""

LEASE, SHIFT = "lease", "shift"
"""Why a case is free, as the log keeps it."""

_BY_THE_CLOCK = "('promise_missed', 'clock_broken', 'assigned', 'imported', 'case_opened', 'revision_observed')"

# Follows the log of one case: a few entries.
_STAYED = f"""
SELECT 1 FROM event e WHERE e.case_id = :case_id AND e.at >= :ended_at
AND (e.kind = 'handed_over' OR (e.agent_id = :owner_id AND e.kind NOT IN {_BY_THE_CLOCK}))
UNION ALL SELECT 1 FROM contact t WHERE t.agent_id = :owner_id AND t.ended_at IS NULL AND t.case_id = :case_id LIMIT 1
"""
_LEASE_ENDED = """
SELECT c.id, c.owner_id, c.lease_until FROM review_case c
WHERE c.open = 1 AND c.lease_until IS NOT NULL AND c.lease_until <= :now AND NOT EXISTS
(SELECT 1 FROM contact t WHERE t.agent_id = c.owner_id AND t.ended_at IS NULL AND t.case_id = c.id)
ORDER BY c.lease_until, c.id LIMIT :limit
"""
_OVERDUE_OF = """
SELECT c.id, c.owner_id, c.lease_until FROM review_case c
WHERE c.owner_id = :owner_id AND c.open = 1 AND c.due_at <= :now AND c.lease_until > :now
ORDER BY c.due_at, c.id DESC
"""
STATEMENTS = {"lease_ended": _LEASE_ENDED, "overdue_of": _OVERDUE_OF, "stayed": _STAYED}


@dataclass(slots=True)
class Leaving:
    """Who of the staff has gone home, at one moment."""

    settings: Settings
    now: int
    zone: tzinfo
    _ended: dict[int, int] | None = field(default=None)

    def gone_home(self, connection: sqlite3.Connection) -> dict[int, int]:
        """When the shifts of those ended who are not at work, by the agent's number; who has no hours is always."""
        if self._ended is None:
            self._ended = {}
            timed = [worker for worker in self.settings.assignment.agents if worker.shift or worker.days]
            numbers = dict(connection.execute("SELECT login, id FROM agent")) if timed else {}
            for worker in timed:
                ended_at = ended(worker, self.now, self.zone) if worker.login in numbers else None
                if ended_at is not None:
                    self._ended[numbers[worker.login]] = ended_at
        return self._ended

    def why_free(
        self, connection: sqlite3.Connection, case_id: int, owner_id: int | None, lease_until: int | None, due_at: int
    ) -> str:
        """Why others may have the case: LEASE, SHIFT, or an empty text where it is its owner's (or nobody's)."""
        if owner_id is None:
            return ""
        if (lease_until or 0) <= self.now:
            return LEASE
        ended_at = self.gone_home(connection).get(owner_id) if due_at <= self.now else None
        if ended_at is None:
            return ""
        named = {"case_id": case_id, "ended_at": ended_at, "owner_id": owner_id}
        return "" if connection.execute(_STAYED, named).fetchone() else SHIFT


Free = tuple[int, int, int, str]
"""A case that is free: its number, its owner, the end of the lease, and why."""


def free_cases(connection: sqlite3.Connection, leaving: Leaving, limit: int = AT_ONCE) -> list[Free]:
    """Cases that are to go back to the pool, at most so many."""
    rows = connection.execute(_LEASE_ENDED, {"now": leaving.now, "limit": limit})
    found: list[Free] = [(case_id, owner_id, lease_until, LEASE) for case_id, owner_id, lease_until in rows]
    for owner_id, ended_at in leaving.gone_home(connection).items():
        for case_id, _owner, lease_until in connection.execute(_OVERDUE_OF, {"owner_id": owner_id, "now": leaving.now}):
            if len(found) >= limit:
                return found
            named = {"case_id": case_id, "ended_at": ended_at, "owner_id": owner_id}
            if connection.execute(_STAYED, named).fetchone() is None:
                found.append((case_id, owner_id, lease_until, SHIFT))
    return found


def give_back(connection: sqlite3.Connection, leaving: Leaving) -> int:
    """Give some of what is free back to the pool, inside the caller's transaction; how many.

    The log says so with nobody's name, since nobody did it: undo leaves it alone. Call it until it returns 0.
    """
    found = free_cases(connection, leaving)
    if not found:
        return 0
    events = [
        NewEvent(
            at=leaving.now, kind=EventKind.RETURNED, case_id=case_id, subject_id=owner_id, code=why, number=lease_until
        )
        for case_id, owner_id, lease_until, why in found
    ]
    connection.executemany(
        "UPDATE review_case SET owner_id = NULL, lease_until = NULL, last_event_id = ? WHERE id = ?",
        [(number, one[0]) for one, number in zip(found, append_events(connection, events), strict=True)],
    )
    return len(found)
