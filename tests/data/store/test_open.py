"""Opening: what is made, how the engine is set, and what is said when a database cannot be opened."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from data.errors import StoreError
from data.store import open as opening
from data.store.network import listed_mounts, network_kind, proc_mounts
from data.store.open import connect, make_folder
from data.store.troubles import worded
from data.store.waiting import BUSY_MILLISECONDS
from tests.data.world import World


def test_nothing_is_made_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with pytest.raises(StoreError, match=r"shop\.db"):
        connect(path)
    with pytest.raises(StoreError):
        connect(path, read_only=True, create=True)
    assert not path.exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        connect(tmp_path / "nowhere" / "shop.db", create=True)


def test_the_folder_of_an_own_database_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "share" / "amends" / "amends.db"
    make_folder(path)
    make_folder(path)
    connect(path, create=True).close()
    if os.name == "posix":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        connect(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")
def test_strangers_cannot_read_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    connect(path, create=True).close()
    assert path.stat().st_mode & stat.S_IRWXO == 0


def test_the_engine_is_set_as_the_log_needs_it(tmp_path: Path) -> None:
    connection = connect(tmp_path / "shop.db", create=True)
    settings = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "foreign_keys", "recursive_triggers", "synchronous", "busy_timeout")
    }
    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "synchronous": 2,
        "busy_timeout": BUSY_MILLISECONDS,
    }


def test_a_read_only_connection_refuses_to_write(tmp_path: Path) -> None:
    World(tmp_path / "shop.db")
    connection = connect(tmp_path / "shop.db", read_only=True)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM agent")


def test_odd_signs_in_a_path_are_part_of_the_name(tmp_path: Path) -> None:
    path = tmp_path / "店 100% ?x=1#.db"
    connect(path, create=True).close()
    assert path.exists()


def test_a_file_that_is_no_database_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(StoreError) as caught:
        connect(path)
    assert caught.value.remedy


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="locked"):
        connect(folder / "shop.db", create=True)


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_BUSY_SNAPSHOT,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_READONLY_DIRECTORY,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR_FSYNC,
    ],
)
def test_every_trouble_of_the_engine_has_a_sentence_with_the_path_and_a_remedy(code: int) -> None:
    error = sqlite3.OperationalError("engine words")
    error.sqlite_errorcode = code
    told = worded(error, Path("/srv/shop.db"))
    assert "shop.db" in told.what
    assert told.remedy
    assert "engine words" not in str(told)


def test_a_trouble_without_a_sentence_keeps_the_engines_words() -> None:
    assert "no such table: x" in worded(sqlite3.OperationalError("no such table: x"), Path("shop.db")).what


_PROC = """\
/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
nas:/export /srv/share nfs4 rw,vers=4.2 0 0
//nas/office /mnt/my\\040office cifs rw 0 0
agent@nas: /home/li/nas fuse.sshfs rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
"""
_MOUNT = """\
/dev/disk3s1 on / (apfs, local, journaled)
//li@nas/office on /Volumes/my office (smbfs, nodev, nosuid)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/share/shop.db", "nfs4"),
        ("/srv/share/local/shop.db", None),
        ("/srv/shared/shop.db", None),
        ("/mnt/my office/shop.db", "cifs"),
        ("/home/li/nas/a/shop.db", "fuse.sshfs"),
        ("/home/li/shop.db", None),
    ],
)
def test_the_deepest_mount_point_decides_whether_a_path_is_on_a_share(path: str, kind: str | None) -> None:
    assert network_kind(Path(path), proc_mounts(_PROC)) == kind


def test_the_mount_command_is_understood_too() -> None:
    mounts = listed_mounts(_MOUNT)
    assert network_kind(Path("/Volumes/my office/shop.db"), mounts) == "smbfs"
    assert network_kind(Path("/Users/li/shop.db"), mounts) is None


def test_a_database_on_a_share_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "network_file_system", lambda _path: "nfs4")
    with pytest.raises(StoreError, match="nfs4"):
        connect(tmp_path / "shop.db", create=True)
    assert not (tmp_path / "shop.db").exists()
