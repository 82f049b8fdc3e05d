"""A copy of a database that is in use: whole, of one moment, in one file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from data.errors import StoreError
from data.language import _
from data.store.open import connect
from data.store.troubles import worded

_PAGES = 2_048
"""Copied in one step; a step holds nobody up, it is only how often progress is told."""


def backup(
    source: Path, target: Path, *, force: bool = False, progress: Callable[[int, int], None] | None = None
) -> int:
    """Copy the database at `source` to `target` and return the copy's size in bytes.

    Others go on reading and writing meanwhile; the copy shows the moment at which it began. It appears at `target`
    only when it is whole and on the disk. `progress` is told pages copied and pages in all. Raises StoreError:
    `target` exists (and not `force`), its folder is missing or cannot be written, the disk is full.
    """
    _check_target(source, target, force)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _copy(source, part, progress)
        _flush(part)
        os.replace(part, target)
        _flush(target.parent)
        return target.stat().st_size
    except sqlite3.Error as error:
        faulty = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
        raise worded(error, source if faulty else target) from error
    except OSError as error:
        raise StoreError(
            _("Backup not written"),
            _("{path} cannot be written: {detail}.").format(path=target, detail=error.strerror or error),
            _("Choose another place, or make room."),
        ) from error
    finally:
        for leftover in (part, part.with_name(part.name + "-journal")):
            with suppress(FileNotFoundError):
                leftover.unlink()


def _check_target(source: Path, target: Path, force: bool) -> None:
    if target.is_dir() or not target.parent.is_dir():
        raise StoreError(
            _("Backup not written"),
            _("{path} is not a place for a file.").format(path=target),
            _("Name a file in a folder that exists."),
        )
    if target.exists():
        if source.exists() and target.samefile(source):
            raise StoreError(
                _("Backup not written"),
                _("{path} is the database itself.").format(path=target),
                _("Name another file."),
            )
        if not force:
            raise StoreError(
                _("Backup not written"),
                _("{path} exists already.").format(path=target),
                _("Name another file, or overwrite it with --force."),
            )


def _copy(source: Path, part: Path, progress: Callable[[int, int], None] | None) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    with closing(connect(source, read_only=True)) as original:
        # Strangers must not read the copy either; the engine would make it as the umask says.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o660))
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            # A read that is under way keeps one state of the original in sight, so a write by another
            # session does not make the copy begin again.
            original.execute("BEGIN")
            original.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            original.backup(copy, pages=_PAGES, progress=told, sleep=0)
            original.execute("ROLLBACK")
            # One file, without a log beside it; opening it as a database brings WAL back.
            copy.execute("PRAGMA journal_mode = DELETE")


def _flush(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, before going on."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
