"""Who sits down: the agent's row, needed before SQLModel is loaded and therefore written in plain SQL."""

from __future__ import annotations

from data.store.store import Store

_FIND = "SELECT id FROM agent WHERE login = :login"
_ADD = "INSERT INTO agent (login, role, created_at) VALUES (:login, 'agent', :now) ON CONFLICT (login) DO NOTHING"


def agent_id_for(store: Store, login: str, now: int) -> int:
    """The number of the agent with that login; made when they work here for the first time."""
    with store.read() as connection:
        found = connection.execute(_FIND, {"login": login}).fetchone()
    if found is None:
        with store.write() as connection:
            connection.execute(_ADD, {"login": login, "now": now})
            found = connection.execute(_FIND, {"login": login}).fetchone()
    return int(found[0])
