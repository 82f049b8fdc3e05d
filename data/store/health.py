"""Whether a database is sound: its pages, its references, its log, its search index."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from data.casework import chain
from data.errors import StoreError
from data.language import _, ngettext
from data.search import progress
from data.store.migrate import pending
from data.store.store import Store
from data.store.troubles import too_old

_TOLD = 5
"""Of many faults of one kind so many are named."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `sound` is whether it is as it should be; `remedy` is empty when it is."""

    title: str
    what: str
    remedy: str = ""
    sound: bool = True


def examine(path: Path, *, thorough: bool = False) -> list[Finding]:
    """Look at the database at `path` and say what was found, good or bad. Nothing is changed.

    `thorough` also compares every index with its table: minutes rather than seconds on a large database. A database
    that cannot be opened is a finding like any other.
    """
    store = Store(path)
    try:
        with store.read() as connection:
            if pending(connection):
                raise too_old(path)
            return [
                _pages(connection, thorough),
                _references(connection),
                _log(connection),
                _index(connection),
            ]
    except StoreError as error:
        return [Finding(error.title, error.what, error.remedy, sound=False)]
    finally:
        store.close()


def _pages(connection: sqlite3.Connection, thorough: bool) -> Finding:
    check = "integrity_check" if thorough else "quick_check"
    faults = [row[0] for row in connection.execute(f"PRAGMA {check}({_TOLD})")]
    if faults == ["ok"]:
        return Finding(_("Database file"), _("Its pages are in order."))
    return Finding(
        _("Database file"),
        "; ".join(faults),
        _("Put the file aside and copy the newest backup into its place."),
        sound=False,
    )


def _references(connection: sqlite3.Connection) -> Finding:
    faults = list(islice(connection.execute("PRAGMA foreign_key_check"), _TOLD))
    if not faults:
        return Finding(_("References"), _("Every row refers to rows that exist."))
    named = ", ".join(f"{table} {row}" for table, row, _parent, _key in faults)
    return Finding(
        _("References"),
        _("Rows refer to others that are gone: {rows}.").format(rows=named),
        _("Another program has changed the database; go back to the newest backup."),
        sound=False,
    )


def _log(connection: sqlite3.Connection) -> Finding:
    faults = list(islice(chain.verify(connection), _TOLD))
    if not faults:
        count = connection.execute("SELECT count(*) FROM event").fetchone()[0]
        held = ngettext("{count} event, its chain holds.", "{count} events, the chain holds.", count)
        return Finding(_("Log"), held.format(count=count))
    named = ", ".join(str(fault.event_id) for fault in faults)
    return Finding(
        _("Log"),
        _("Events were changed or removed outside Amends, the first near these: {events}.").format(events=named),
        _("Compare with a backup; the log before the first of them can be trusted."),
        sound=False,
    )


def _index(connection: sqlite3.Connection) -> Finding:
    found = progress(connection)
    if found.complete:
        return Finding(_("Search index"), _("It is complete."))
    missing = found.newest - found.through
    return Finding(
        _("Search index"),
        ngettext(
            "{count} review is not in it yet and is searched directly.",
            "{count} reviews are not in it yet and are searched directly.",
            missing,
        ).format(count=missing),
        _("The next import completes it."),
        sound=True,
    )
