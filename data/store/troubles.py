"""What the engine refuses, in words: one StoreError for each thing that a person can do something about."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from data.errors import StoreError
from data.language import _


def missing(path: Path) -> StoreError:
    """There is no database where one was to be read."""
    return StoreError(
        _("No database"),
        _("There is no database at {path}.").format(path=path),
        _("Import a file to make one, or name another with --database."),
    )


def missing_folder(path: Path) -> StoreError:
    """The folder in which the database is to be made does not exist."""
    return StoreError(
        _("No such folder"),
        _("The folder {folder}, where the database is to lie, does not exist.").format(folder=path.parent),
        _("Make the folder, or name another place with --database."),
    )


def not_a_file(path: Path) -> StoreError:
    """A folder or a device stands where the database is to be."""
    return StoreError(
        _("Not a database"),
        _("{path} is not a file.").format(path=path),
        _("Name the database file itself with --database."),
    )


def on_a_network_share(path: Path, kind: str) -> StoreError:
    """WAL needs memory that all its users share, which no network file system gives."""
    return StoreError(
        _("Database on a network share"),
        _("{path} lies on a network file system ({kind}), where a database in use gets damaged.").format(
            path=path, kind=kind
        ),
        _("Keep the database on a disk of this machine, and copy it to the share with “amends backup”."),
    )


def too_new(path: Path, names: str) -> StoreError:
    """A newer program has changed the schema in ways that this one does not know."""
    return StoreError(
        _("Database of a newer version"),
        _("{path} was changed by a newer Amends ({names}), which this one would not understand.").format(
            path=path, names=names
        ),
        _("Update Amends on this machine, or open another database."),
    )


def too_old(path: Path) -> StoreError:
    """The schema waits for a migration, and the file cannot be written."""
    return StoreError(
        _("Database of an older version"),
        _("{path} was made by an older Amends and has not been brought up to date.").format(path=path),
        _("Start Amends once as a user who may write the file."),
    )


def of_another_program(path: Path) -> StoreError:
    """A sound SQLite file, but none of ours."""
    return StoreError(
        _("Not a database of Amends"),
        _("{path} is a database of another program.").format(path=path),
        _("Name another file with --database; this one was not touched."),
    )


def _locked(path: Path) -> StoreError:
    return StoreError(
        _("Database in use"),
        _("Another program keeps {path} locked.").format(path=path),
        _("Wait a moment and try again; if it stays so, close the program that holds it."),
    )


def _read_only(path: Path) -> StoreError:
    return StoreError(
        _("Database cannot be written"),
        _("{path} or its folder may only be read.").format(path=path),
        _("Give your user the right to write the file and its folder, or name another database."),
    )


def _damaged(path: Path) -> StoreError:
    return StoreError(
        _("Database damaged"),
        _("{path} is damaged, or is no database at all.").format(path=path),
        _("Put the file aside and copy the newest backup into its place."),
    )


def _full(path: Path) -> StoreError:
    return StoreError(
        _("Disk full"),
        _("There is no room left on the disk of {path}; the last change was not kept.").format(path=path),
        _("Make room on that disk and do it again. What was kept before is safe."),
    )


def _unreadable(path: Path) -> StoreError:
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        # Even reading needs files beside the database, which the engine cannot make here.
        return _read_only(path)
    return StoreError(
        _("Database cannot be opened"),
        _("{path} cannot be opened.").format(path=path),
        _("See whether your user may read and write the file and its folder."),
    )


def _faulty_disk(path: Path) -> StoreError:
    return StoreError(
        _("Disk error"),
        _("The disk of {path} reported an error.").format(path=path),
        _("Make a backup now and have the disk looked at."),
    )


_BY_CODE = {
    sqlite3.SQLITE_BUSY: _locked,
    sqlite3.SQLITE_LOCKED: _locked,
    sqlite3.SQLITE_PROTOCOL: _locked,
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_PERM: _read_only,
    sqlite3.SQLITE_CORRUPT: _damaged,
    sqlite3.SQLITE_NOTADB: _damaged,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_CANTOPEN: _unreadable,
    sqlite3.SQLITE_IOERR: _faulty_disk,
}


def trouble(error: BaseException, path: Path) -> StoreError | None:
    """The worded error when the engine met something outside the program; None for a fault of our own."""
    # SQLAlchemy wraps the engine's error and keeps it as `orig`.
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    found = _BY_CODE.get(code & 0xFF) if isinstance(code, int) else None
    return found(path) if found else None


def worded(error: BaseException, path: Path) -> StoreError:
    """Any error of the engine as a sentence; one that has no sentence of its own keeps the engine's words."""
    return trouble(error, path) or StoreError(
        _("The database refused"),
        _("{path}: {detail}").format(path=path, detail=error),
        _("Run “amends check” to see what is wrong."),
    )
