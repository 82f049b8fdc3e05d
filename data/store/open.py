"""Opens the database file: where it may lie, how the engine is set, and what is said when it cannot be opened.

Transactions are the caller's: connections are in autocommit until BEGIN, which Store writes for its users.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from data.search import register
from data.store.network import network_file_system
from data.store.troubles import missing, missing_folder, not_a_file, on_a_network_share, worded
from data.store.waiting import BUSY_MILLISECONDS, patiently

CACHE_KIBIBYTES = 1_024
_KEPT_LOG = 32 << 20
"""Bytes of a write-ahead log that stay on the disk after a large import."""


def make_folder(path: Path) -> None:
    """Make the folder of a database that is to lie in the user's own data folder. Others may not look in."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise missing_folder(path) from error


def connect(path: Path, *, read_only: bool = False, create: bool = False) -> sqlite3.Connection:
    """Open the database at `path`, and make an empty one only when `create` says so.

    The connection may go from thread to thread, but serves one at a time. `read_only` refuses every write.
    Raises StoreError: nothing there, no folder, not a file, on a network share, damaged, no right to it.
    """
    _check_place(path, create and not read_only)
    mode = "rwc" if create and not read_only else "rw"
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MILLISECONDS / 1000,
        )
    except sqlite3.Error as error:
        raise worded(error, path) from error
    try:
        register(connection)
        _set_up(connection, read_only)
    except sqlite3.Error as error:
        connection.close()
        raise worded(error, path) from error
    return connection


def _check_place(path: Path, create: bool) -> None:
    try:
        if path.exists():
            if not path.is_file():
                raise not_a_file(path)
        elif not create:
            raise missing(path)
        elif not path.parent.is_dir():
            raise missing_folder(path)
    except OSError as error:
        # A folder on the way that may not be entered, or a name that is too long.
        raise worded(_as_engine_error(error), path) from error
    kind = network_file_system(path)
    if kind:
        raise on_a_network_share(path, kind)
    if create and not path.exists():
        _make_file(path)


def _make_file(path: Path) -> None:
    """An empty file that strangers cannot read: it will hold personal data. SQLite's own side files follow it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o660))
    except OSError as error:
        raise worded(_as_engine_error(error), path) from error


def _as_engine_error(error: OSError) -> sqlite3.OperationalError:
    codes = {
        errno.EACCES: sqlite3.SQLITE_READONLY,
        errno.EPERM: sqlite3.SQLITE_READONLY,
        errno.EROFS: sqlite3.SQLITE_READONLY,
        errno.ENOSPC: sqlite3.SQLITE_FULL,
        errno.EDQUOT: sqlite3.SQLITE_FULL,
    }
    engine_error = sqlite3.OperationalError(str(error))
    engine_error.sqlite_errorcode = codes.get(error.errno or 0, sqlite3.SQLITE_CANTOPEN)
    return engine_error


def _set_up(connection: sqlite3.Connection, read_only: bool) -> None:
    # No mapping of the file into memory: its touched pages would count as ours, and a page costs 2 µs to read.
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    connection.execute("PRAGMA foreign_keys = ON")
    # Without this a REPLACE deletes rows behind the back of their triggers.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_size_limit = {_KEPT_LOG}")
    journal = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    elif journal != "wal":
        # Two that start at once on a new file meet here, and the engine does not wait by itself.
        patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
    # Reads the first page for certain: a file that is no database is found out here, not in a query.
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
