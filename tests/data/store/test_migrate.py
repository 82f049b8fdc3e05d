"""Migrations: from the first schema to the newest with data in it, once each, all or nothing."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from data.errors import StoreError
from data.store.migrate import MIGRATIONS, Migration, applied, migrate, pending, statements
from data.store.open import connect
from tests.data.world import NOW, World


def _shout(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE shop SET name = upper(name)")


SECOND = Migration("m0002_test", lambda: "ALTER TABLE shop ADD COLUMN motto TEXT;", _shout)


def _rows(world: World) -> dict[str, int]:
    tables = world.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    )
    return {name: world.count(name) for (name,) in tables.fetchall()}


def test_every_migration_leads_on_from_the_first_schema_with_data_in_it(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    connection = connect(path, create=True)
    migrate(connection, NOW, MIGRATIONS[:1])
    connection.execute("INSERT INTO shop (platform, name, created_at) VALUES ('pdd', 'first', 1)")
    connection.execute("INSERT INTO buyer (platform, key, nick) VALUES ('pdd', 'b', 'n')")
    before = connection.execute("SELECT id, name FROM shop").fetchall()
    for count in range(2, len(MIGRATIONS) + 1):
        migrate(connection, NOW, MIGRATIONS[:count])
    assert applied(connection) == [step.name for step in MIGRATIONS]
    assert connection.execute("SELECT id, name FROM shop").fetchall() == before
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_the_newest_schema_is_the_same_by_steps_and_at_once(tmp_path: Path) -> None:
    by_steps = connect(tmp_path / "steps.db", create=True)
    for count in range(1, len(MIGRATIONS) + 1):
        migrate(by_steps, NOW, MIGRATIONS[:count])
    at_once = connect(tmp_path / "once.db", create=True)
    migrate(at_once, NOW)
    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    assert by_steps.execute(schema).fetchall() == at_once.execute(schema).fetchall()


def test_a_further_step_keeps_every_row(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    world.contact(world.case())
    before = _rows(world)
    assert migrate(world.connection, NOW, (*MIGRATIONS, SECOND)) == ["m0002_test"]
    after = _rows(world)
    assert after.pop("migration") == before.pop("migration") + 1
    assert after == before
    assert world.connection.execute("SELECT motto FROM shop").fetchone() == (None,)


def test_a_step_is_taken_once(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    assert migrate(world.connection, NOW) == []
    steps = (*MIGRATIONS, SECOND)
    assert migrate(world.connection, NOW, steps) == ["m0002_test"]
    assert migrate(world.connection, NOW, steps) == []


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    broken = Migration("m0002_broken", lambda: "CREATE TABLE left_over (id INTEGER);\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError):
        migrate(world.connection, NOW, (*MIGRATIONS, broken))
    tables = {row[0] for row in world.connection.execute("SELECT name FROM sqlite_schema")}
    assert "left_over" not in tables
    assert world.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert pending(world.connection) == []


def test_a_step_that_leaves_rows_pointing_nowhere_is_taken_back(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    world.product()
    careless = Migration("m0002_careless", lambda: "DELETE FROM shop;")
    with pytest.raises(sqlite3.IntegrityError, match="m0002_careless"):
        migrate(world.connection, NOW, (*MIGRATIONS, careless))
    assert world.count("shop") == 1


def test_a_database_of_a_newer_program_is_refused_by_name(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    migrate(world.connection, NOW, (*MIGRATIONS, SECOND))
    with pytest.raises(StoreError, match="m0002_test"):
        migrate(world.connection, NOW)


def test_a_database_with_a_version_number_in_its_head_is_refused_as_newer(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    world.connection.execute("PRAGMA user_version = 7")
    with pytest.raises(StoreError, match="user_version 7"):
        migrate(world.connection, NOW)


def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmark (url TEXT)")
    other.close()
    with pytest.raises(StoreError):
        migrate(connect(path), NOW)
    tables = sqlite3.connect(path).execute("SELECT name FROM sqlite_schema").fetchall()
    assert tables == [("bookmark",)]


def test_of_several_that_start_at_once_one_makes_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    taken: list[list[str]] = []

    def start() -> None:
        connection = connect(path, create=True)
        taken.append(migrate(connection, NOW))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [[], [], [], ["m0001_first"]]


def test_a_script_is_parted_into_statements_with_triggers_whole() -> None:
    script = (
        "CREATE TABLE a (b TEXT DEFAULT ';');\nCREATE TRIGGER t AFTER INSERT ON a\nBEGIN\nSELECT 1;\nEND;\nSELECT 2"
    )
    assert [len(one.splitlines()) for one in statements(script)] == [1, 4, 1]
