"""A backup: one whole file of one moment, made while others write, never over something else by accident."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from data.errors import StoreError
from data.store import backup as backing_up
from data.store.backup import backup
from data.store.health import examine
from data.store.store import Store
from tests.data.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path / "shop.db")
    made.contact(made.case())
    return made


def test_a_backup_holds_everything_in_one_sound_file(world: World, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    told: list[tuple[int, int]] = []
    size = backup(world.path, target, progress=lambda done, total: told.append((done, total)))
    assert size == target.stat().st_size
    assert told[-1][0] == told[-1][1]
    assert all(finding.sound for finding in examine(target))
    with Store(target).read() as connection:
        assert connection.execute("SELECT count(*) FROM contact").fetchone() == (1,)
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name and "-" not in path.name) == [
        "copy.db"
    ]


def test_a_backup_is_of_one_moment_while_others_write(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "_PAGES", 3)
    stop = threading.Event()

    def write() -> None:
        store = Store(world.path)
        number = 0
        while not stop.is_set():
            number += 1
            with store.write(durable=False) as connection:
                connection.execute("INSERT INTO agent (login, created_at) VALUES (?, 1)", (f"a{number}",))
                connection.execute("INSERT INTO buyer (platform, key) VALUES ('pdd', ?)", (f"b{number}",))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(world.path, tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        copy = sqlite3.connect(tmp_path / f"{number}.db")
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (agents,) = copy.execute("SELECT count(*) FROM agent WHERE login LIKE 'a%'").fetchone()
        (buyers,) = copy.execute("SELECT count(*) FROM buyer WHERE key LIKE 'b%'").fetchone()
        assert agents == buyers
        copy.close()


def test_nothing_is_overwritten_unless_forced(world: World, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("a letter")
    with pytest.raises(StoreError, match=r"copy\.db"):
        backup(world.path, target)
    assert target.read_text() == "a letter"
    backup(world.path, target, force=True)
    assert target.read_bytes().startswith(b"SQLite format 3")


def test_the_database_is_never_its_own_backup(world: World) -> None:
    with pytest.raises(StoreError):
        backup(world.path, world.path, force=True)


def test_a_place_that_is_no_place_for_a_file_is_told(world: World, tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "nowhere" / "copy.db"):
        with pytest.raises(StoreError):
            backup(world.path, target)


def test_a_missing_or_damaged_original_leaves_no_half_of_a_copy(world: World, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"gone\.db"):
        backup(tmp_path / "gone.db", tmp_path / "copy.db")
    (tmp_path / "letter.db").write_bytes(b"not a database at all" * 300)
    with pytest.raises(StoreError, match=r"letter\.db"):
        backup(tmp_path / "letter.db", tmp_path / "copy.db")
    assert not [path for path in tmp_path.iterdir() if "copy" in path.name]


def test_a_copy_that_cannot_be_finished_is_cleared_away(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up, "_flush", full)
    with pytest.raises(StoreError, match=r"copy\.db"):
        backup(world.path, tmp_path / "copy.db")
    assert not [path for path in tmp_path.iterdir() if "copy" in path.name]


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")
def test_strangers_cannot_read_a_backup(world: World, tmp_path: Path) -> None:
    backup(world.path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o007 == 0
