"""The log: the database refuses to change it, and what was changed behind its back is found."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.casework.chain import NewEvent, append_events, verify
from data.store.health import examine
from data.vocabulary import EventKind
from tests.data.world import NOW, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path / "shop.db")
    case = made.case()
    append_events(
        made.connection,
        [
            NewEvent(NOW + number, EventKind.NOTED, agent_id=1, case_id=case, number=number, text=f"腰口开线 {number}")
            for number in range(6)
        ],
    )
    return made


def _unguarded(world: World) -> sqlite3.Connection:
    """A hand that takes the guards away first."""
    for (name,) in world.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        world.connection.execute(f"DROP TRIGGER {name}")
    world.connection.execute("PRAGMA foreign_keys = OFF")
    return world.connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET number = 7 WHERE id = 3",
        "UPDATE event SET id = 99 WHERE id = 3",
        "UPDATE OR REPLACE event SET id = 2 WHERE id = 3",
        "DELETE FROM event WHERE id = 3",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event (id, at, kind, previous_hash, hash) VALUES (3, 1, 'noted', '', '')",
        "REPLACE INTO event (id, at, kind, previous_hash, hash) VALUES (6, 1, 'noted', '', '')",
        "INSERT INTO event (id, at, kind, previous_hash, hash) VALUES (3, 1, 'noted', '', '')"
        " ON CONFLICT (id) DO UPDATE SET at = 5",
        "INSERT OR IGNORE INTO event (id, at, kind, previous_hash, hash) VALUES (3, 1, 'noted', '', '')",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_event(world: World, statement: str) -> None:
    before = world.connection.execute("SELECT * FROM event").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        world.connection.execute(statement)
    assert world.connection.execute("SELECT * FROM event").fetchall() == before
    assert list(verify(world.connection)) == []


def test_an_event_of_an_unknown_kind_is_refused(world: World) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        world.connection.execute("INSERT INTO event (at, kind, previous_hash, hash) VALUES (1, 'gossip', '', '')")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET number = 7 WHERE id = 3",
        "UPDATE event SET at = at + 1 WHERE id = 1",
        "UPDATE event SET kind = 'closed' WHERE id = 6",
        "UPDATE event SET agent_id = NULL WHERE id = 2",
        "UPDATE event SET text_hash = NULL WHERE id = 2",
        "UPDATE event SET hash = 'x' WHERE id = 4",
        "UPDATE event_text SET text = '满意' WHERE event_id = 5",
        "DELETE FROM event WHERE id = 3",
        "DELETE FROM event WHERE id = 1",
        "UPDATE event SET id = id + 100 WHERE id = 6",
    ],
)
def test_tampering_is_found_and_reported(world: World, change: str) -> None:
    _unguarded(world).execute(change)
    assert list(verify(world.connection))
    findings = [finding for finding in examine(world.path) if not finding.sound]
    assert findings
    assert all(finding.remedy for finding in findings)


def test_erasing_the_texts_keeps_the_chain_whole(world: World) -> None:
    world.connection.execute("DELETE FROM event_text WHERE event_id IN (2, 5)")
    assert list(verify(world.connection)) == []
    assert all(finding.sound for finding in examine(world.path))
    stored = "\n".join(str(row) for row in world.connection.execute("SELECT * FROM event WHERE id = 2"))
    assert "腰口" not in stored


def test_any_events_make_a_chain_that_verifies(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    case = world.case()
    texts = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(list(EventKind)), texts, st.none() | st.integers(0, 10**12)), max_size=5))
    def check(events: list[tuple[EventKind, str | None, int | None]]) -> None:
        append_events(
            world.connection,
            [NewEvent(NOW, kind, case_id=case, number=number, text=text) for kind, text, number in events],
        )
        assert list(verify(world.connection)) == []

    check()
