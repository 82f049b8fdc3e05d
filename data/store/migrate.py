"""Brings a database to the newest schema by named steps, each one a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.store.troubles import of_another_program, too_new
from data.store.waiting import begin_immediate

_FOLDER = Path(__file__).parent / "migrations"

_KNOWN_TABLE = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'"
_CREATE = "CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema. Its name is kept in the database and never changes once it was released.

    `sql` gives the statements; `act`, where statements are not enough, runs after them in the same transaction.
    """

    name: str
    sql: Callable[[], str]
    act: Callable[[sqlite3.Connection], None] | None = None


def from_file(name: str) -> Migration:
    """The step whose statements lie in `migrations/<name>.sql`; the file is read only when the step is due."""
    return Migration(name, lambda: (_FOLDER / f"{name}.sql").read_text("utf-8"))


MIGRATIONS: tuple[Migration, ...] = (from_file("m0001_first"),)


def applied(connection: sqlite3.Connection) -> list[str]:
    """The names of the steps that this database has been through, in their order; none for an empty file."""
    if connection.execute(_KNOWN_TABLE).fetchone() is None:
        return []
    return [row[0] for row in connection.execute("SELECT name FROM migration ORDER BY name")]


def pending(connection: sqlite3.Connection, steps: Sequence[Migration] = MIGRATIONS) -> list[Migration]:
    """The steps that are still due.

    Raises StoreError when the database has been through a step that is not known here (it is of a newer
    program), or has tables but never was a database of ours.
    """
    done = applied(connection)
    known = {step.name for step in steps}
    unknown = [name for name in done if name not in known]
    # Steps have names and the number in the file's head stays 0, so whoever counts there is newer as well.
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if done and version:
        unknown.append(f"user_version {version}")
    if unknown:
        raise too_new(_path(connection), ", ".join(unknown))
    if not done and connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None:
        raise of_another_program(_path(connection))
    return [step for step in steps if step.name not in done]


def migrate(connection: sqlite3.Connection, now: int, steps: Sequence[Migration] = MIGRATIONS) -> list[str]:
    """Take every step that is due and return their names; nothing is written when there is none.

    Several processes may try at once: each step looks again once it holds the write lock.
    """
    taken = []
    for step in pending(connection, steps):
        if _take(connection, step, now, steps):
            taken.append(step.name)
    return taken


def _take(connection: sqlite3.Connection, step: Migration, now: int, steps: Sequence[Migration]) -> bool:
    # A step may rebuild a table that others refer to; what refers to what is checked before the commit.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        begin_immediate(connection)
        try:
            if step.name not in {due.name for due in pending(connection, steps)}:
                connection.execute("ROLLBACK")
                return False
            if connection.execute(_KNOWN_TABLE).fetchone() is None:
                connection.execute(_CREATE)
            for statement in statements(step.sql()):
                connection.execute(statement)
            if step.act is not None:
                step.act(connection)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise sqlite3.IntegrityError(f"{step.name} leaves rows that refer to nothing")
            connection.execute("INSERT INTO migration (name, applied_at) VALUES (?, ?)", (step.name, now))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return True


def statements(sql: str) -> Iterator[str]:
    """The single statements of a script; a trigger with its inner semicolons is one."""
    kept: list[str] = []
    for line in sql.splitlines():
        kept.append(line)
        if line.rstrip().endswith(";") and sqlite3.complete_statement("\n".join(kept)):
            yield "\n".join(kept)
            kept.clear()
    if "".join(kept).strip():
        yield "\n".join(kept)


def _path(connection: sqlite3.Connection) -> Path:
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])
