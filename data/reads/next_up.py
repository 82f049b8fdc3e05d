"""Which cases may be next: a few hundred by indexes, with what decides their order.

Neither the order by points nor the contact rules can be asked of an index, and nobody waits for two hundred thousand
cases to be weighed. So those are fetched that can have many points: what has been due longest and what fell due last,
what falls due next, what is to be called now as agreed, what we owe and have not done, and the agent's own.
"""

from __future__ import annotations

import sqlite3
from datetime import tzinfo
from typing import Any, Final

from data.clock import day_bounds
from data.platform_rules import APPEND, REVISE, ends_at
from data.priority import EARLY
from data.rows import PriorityFacts
from data.vocabulary import EventKind

LONGEST_DUE: Final = 60
LATELY_DUE: Final = 30
DUE_NEXT: Final = 30
OWN: Final = 30
AGREED: Final = 30
"""How many of each kind are fetched at most."""

_ARRIVED: Final = frozenset(
    {
        EventKind.CASE_OPENED,
        EventKind.IMPORTED,
        EventKind.ASSIGNED,
        EventKind.RETURNED,
        EventKind.HANDED_OVER,
        EventKind.REVISION_OBSERVED,
        EventKind.PROMISE_KEPT,
        EventKind.PROMISE_MISSED,
        EventKind.CLOCK_BROKEN,
    }
)
"""What happens to a case without anybody having looked at it."""

# The words of the partial index, so that it is found; the plus keeps the engine on the one in the order of what is due.
_FREE = """c.open = 1 AND c.contact_from IS NOT NULL AND c.state NOT IN ('escalated','appealed')
    AND +c.contact_from <= :now AND (c.owner_id IS NULL OR c.owner_id + 0 = :agent_id OR c.lease_until <= :now)"""
_TO_COME = """c.due_at > :now AND c.contact_from <= :now
    AND (c.owner_id IS NULL OR c.owner_id + 0 = :agent_id OR c.lease_until <= :now)"""

_KINDS: Final = {
    "longest_due": f"SELECT c.id FROM review_case c WHERE {_FREE} AND c.due_at <= :now "
    f"ORDER BY c.due_at, c.id DESC LIMIT {LONGEST_DUE}",
    "lately_due": f"SELECT c.id FROM review_case c WHERE {_FREE} AND c.due_at <= :now "
    f"ORDER BY c.due_at DESC, c.id LIMIT {LATELY_DUE}",
    "new": f"SELECT c.id FROM review_case c WHERE c.state = 'new' AND {_TO_COME} "
    f"ORDER BY c.due_at, c.id DESC LIMIT {DUE_NEXT}",
    "working": f"SELECT c.id FROM review_case c WHERE c.state = 'working' AND {_TO_COME} "
    f"ORDER BY c.due_at, c.id DESC LIMIT {DUE_NEXT}",
    "own": "SELECT c.id FROM review_case c WHERE c.owner_id = :agent_id AND c.open = 1 "
    f"ORDER BY c.due_at, c.id DESC LIMIT {OWN}",
    "agreed": "SELECT f.case_id AS id FROM follow_up f WHERE f.state = 'open' AND f.due_at >= :day_start "
    f"AND f.due_at <= :early AND f.kind = 'callback' ORDER BY f.due_at LIMIT {AGREED}",
    "remedies": "SELECT m.case_id AS id FROM remedy m WHERE m.state IN ('accepted','approved','issued') "
    f"AND m.due_at <= :now ORDER BY m.due_at LIMIT {AGREED}",
    "promises": "SELECT w.case_id AS id FROM promise w WHERE w.state = 'open' AND w.due_at <= :now "
    f"AND w.by_whom = 'us' ORDER BY w.due_at LIMIT {AGREED}",
}

_FACTS = """
SELECT c.id, c.state, c.grade, c.due_at, c.reviewed_at, c.contact_from, c.owner_id, c.lease_until,
    r.pictures, length(r.text), r.appended_at IS NOT NULL OR r.appended_text IS NOT NULL, d.main_product, b.level,
    (SELECT min(f.due_at) FROM follow_up f WHERE f.case_id = c.id AND f.state = 'open' AND f.kind = 'callback'),
    (SELECT min(m.due_at) FROM remedy m WHERE m.case_id = c.id AND m.state IN ('accepted','approved','issued')),
    (SELECT min(w.due_at) FROM promise w WHERE w.case_id = c.id AND w.state = 'open' AND w.by_whom = 'us'),
    c.platform, coalesce(p.signed_at, p.paid_at), b.zone, e.agent_id, e.kind
FROM {cases} JOIN review_case c ON c.id = k.id
LEFT JOIN review r ON r.id = c.review_id
LEFT JOIN buyer b ON b.id = c.buyer_id
LEFT JOIN product d ON d.id = r.product_id
LEFT JOIN purchase p ON p.id = r.purchase_id
LEFT JOIN event e ON e.id = c.last_event_id AND c.owner_id IS NOT NULL
"""
_UNION = " UNION ".join(f"SELECT u.id FROM ({each}) u" for each in _KINDS.values())
CANDIDATES = _FACTS.format(cases=f"({_UNION}) k")
FACTS_OF_CASE = _FACTS.format(cases="(SELECT :case_id AS id) k")

STATEMENTS = {
    "next_up": CANDIDATES,
    "next_up_facts": FACTS_OF_CASE,
    **{f"next_up_{name}": statement for name, statement in _KINDS.items()},
}


def candidates(connection: sqlite3.Connection, agent_id: int, now: int, zone: tzinfo) -> list[PriorityFacts]:
    """The cases that may be an agent's next, in no order; some of them turn out not to be."""
    day_start, _day_end = day_bounds(now, zone)
    named = {"agent_id": agent_id, "now": now, "day_start": day_start, "early": now + EARLY}
    return [_facts(row, now) for row in connection.execute(CANDIDATES, named)]


def facts_of(connection: sqlite3.Connection, case_id: int, now: int) -> PriorityFacts | None:
    """What decides when one case is worked; None when there is no such case."""
    found = connection.execute(FACTS_OF_CASE, {"case_id": case_id}).fetchone()
    return _facts(found, now) if found else None


def _facts(row: tuple[Any, ...], now: int) -> PriorityFacts:
    owed = [at for at in row[14:16] if at is not None]
    platform, traded_at, reviewed_at = row[16], row[17], row[4]
    ends = (ends_at(platform, REVISE, reviewed_at, traded_at), ends_at(platform, APPEND, reviewed_at, traded_at))
    return PriorityFacts(
        case_id=row[0],
        state=row[1],
        grade=row[2],
        due_at=row[3],
        reviewed_at=reviewed_at,
        contact_from=row[5],
        owner_id=row[6],
        lease_until=row[7],
        pictures=row[8] or 0,
        letters=row[9] or 0,
        appended=bool(row[10]),
        main_product=bool(row[11]),
        level=row[12],
        appointment_at=row[13],
        owed_at=min(owed, default=None),
        window_ends_at=min((end for end in ends if end is not None and end > now), default=None),
        left_by=row[19] if row[20] not in _ARRIVED else None,
        zone=row[18],
    )
