"""Who works here, where, and what they left half done."""

from __future__ import annotations

import sqlite3

from data.errors import Refused
from data.language import _
from data.outside import for_screen
from data.rows import AgentRow, OpenCall, SavedView, ShopRow
from data.vocabulary import DraftKind

_AGENT = "SELECT id, login, name, role, title FROM agent"
AGENT = _AGENT + " WHERE id = :agent_id"
AGENT_OF_LOGIN = _AGENT + " WHERE login = :login"
AGENTS = _AGENT + " ORDER BY id"
SHOPS = "SELECT id, platform, name, zone FROM shop ORDER BY id"
SAVED_VIEWS = "SELECT name, query, id FROM saved_view WHERE agent_id = :agent_id ORDER BY id"
HAS_REVIEWS = "SELECT 1 FROM review WHERE withdrawn_at IS NULL LIMIT 1"
DRAFT = "SELECT text FROM draft WHERE agent_id = :agent_id AND kind = :kind AND subject_id = :subject_id"
UNFINISHED = "SELECT id, case_id, channel FROM contact WHERE agent_id = :agent_id AND ended_at IS NULL"
OPEN_CALL = """
SELECT k.id, t.id, t.case_id, k.started_at, k.run, k.playbook_hash, f.text, c.calls, t.incoming
FROM contact t JOIN call k ON k.contact_id = t.id JOIN review_case c ON c.id = t.case_id
LEFT JOIN draft f ON f.agent_id = t.agent_id AND f.kind = :kind AND f.subject_id = t.id
WHERE t.agent_id = :agent_id AND t.ended_at IS NULL AND k.state = 'open'
"""
LAST_CALL = """
SELECT t.ended_at, t.line = 'abusive' OR EXISTS (
    SELECT 1 FROM call k JOIN call_step s ON s.call_id = k.id
    WHERE k.contact_id = t.id AND s.kind = 'marked' AND s.choice = 'temper:abusive'
)
FROM contact t WHERE t.agent_id = :agent_id AND t.channel = 'phone' AND t.ended_at IS NOT NULL
ORDER BY t.started_at DESC, t.id DESC LIMIT 1
"""
TRAIL = "SELECT at, kind, node, choice, variant, words FROM call_step WHERE call_id = :call_id ORDER BY seq"

STATEMENTS = {
    "agent": AGENT,
    "agent_of_login": AGENT_OF_LOGIN,
    "agents": AGENTS,
    "shops": SHOPS,
    "saved_views": SAVED_VIEWS,
    "has_reviews": HAS_REVIEWS,
    "draft": DRAFT,
    "unfinished": UNFINISHED,
    "open_call": OPEN_CALL,
    "trail": TRAIL,
    "last_call": LAST_CALL,
}


def _agent(row: tuple[int, str, str | None, str, str | None]) -> AgentRow:
    number, login, name, role, title = row
    return AgentRow(
        id=number,
        login=for_screen(login),
        name=for_screen(name) if name else None,
        role=role,
        title=for_screen(title) if title else None,
    )


def agent(connection: sqlite3.Connection, agent_id: int) -> AgentRow:
    """An agent by number. Raises Refused when there is none."""
    row = connection.execute(AGENT, {"agent_id": agent_id}).fetchone()
    if row is None:
        raise Refused(_("No such agent"), _("There is no agent {id}.").format(id=agent_id))
    return _agent(row)


def agent_of_login(connection: sqlite3.Connection, login: str) -> AgentRow | None:
    """An agent by the name of the login, if this login has worked here."""
    row = connection.execute(AGENT_OF_LOGIN, {"login": login}).fetchone()
    return _agent(row) if row else None


def agents(connection: sqlite3.Connection) -> list[AgentRow]:
    """Everybody who has worked here, in the order in which they came."""
    return [_agent(row) for row in connection.execute(AGENTS)]


def shops(connection: sqlite3.Connection) -> list[ShopRow]:
    """All shops."""
    return [
        ShopRow(id=number, platform=platform, name=for_screen(name), zone=zone)
        for number, platform, name, zone in connection.execute(SHOPS)
    ]


def has_reviews(connection: sqlite3.Connection) -> bool:
    """Whether there is anything to work on."""
    return connection.execute(HAS_REVIEWS).fetchone() is not None


def draft(connection: sqlite3.Connection, agent_id: int, kind: str, subject_id: int) -> str:
    """Half-typed text that was kept, or an empty string."""
    named = {"agent_id": agent_id, "kind": str(kind), "subject_id": subject_id}
    row = connection.execute(DRAFT, named).fetchone()
    return for_screen(row[0], lines=True) if row else ""


def unfinished_contact(connection: sqlite3.Connection, agent_id: int) -> tuple[int, int, str] | None:
    """The agent's contact without an outcome: contact id, case id, channel. There is at most one."""
    row = connection.execute(UNFINISHED, {"agent_id": agent_id}).fetchone()
    return (row[0], row[1], row[2]) if row else None


def was_abused(connection: sqlite3.Connection, agent_id: int, since: int) -> bool:
    """Whether the agent's last call ended after `since`, and as abuse or marked so."""
    row = connection.execute(LAST_CALL, {"agent_id": agent_id}).fetchone()
    return row is not None and row[0] >= since and bool(row[1])


def open_call(connection: sqlite3.Connection, agent_id: int) -> OpenCall | None:
    """The agent's call without an outcome, with its half-typed note."""
    row = connection.execute(OPEN_CALL, {"agent_id": agent_id, "kind": str(DraftKind.CALL_NOTE)}).fetchone()
    if row is None:
        return None
    from data.call_trail import Stepped  # Only who has a call open pays for the playbook's modules.

    call_id, contact_id, case_id, started_at, run, playbook_hash, note, calls, incoming = row
    return OpenCall(
        call_id=call_id,
        contact_id=contact_id,
        case_id=case_id,
        started_at=started_at,
        run=run,
        playbook_hash=playbook_hash,
        note=for_screen(note or "", lines=True),
        attempt=calls,
        incoming=bool(incoming),
        trail=tuple(Stepped(*step) for step in connection.execute(TRAIL, {"call_id": call_id})),
    )


def saved_views(connection: sqlite3.Connection, agent_id: int) -> list[SavedView]:
    """The views that an agent has saved, in the order in which they were."""
    return [
        SavedView(for_screen(name), query, number)
        for name, query, number in connection.execute(SAVED_VIEWS, {"agent_id": agent_id})
    ]
