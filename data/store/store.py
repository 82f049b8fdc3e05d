"""One database, for any number of threads: reads side by side, writes one after another."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.store.migrate import migrate, pending
from data.store.open import CACHE_KIBIBYTES, connect
from data.store.troubles import too_old, trouble, worded
from data.store.waiting import begin_immediate

_KEPT_READERS = 2
_BULK_CACHE_KIBIBYTES = 24_576
_BULK_CHECKPOINT_PAGES = 8_000


class Store:
    """Hands out connections to one database file; made cheaply, opened when first used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._readers: list[sqlite3.Connection] = []
        self._readers_lock = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._writer_lock = threading.RLock()

    def prepare(self, now: int, *, create: bool = False, read_only: bool = False) -> list[str]:
        """Open the database, take the migrations that are due and return their names.

        Nothing is made unless `create` says so. With `read_only` nothing is written either, and a database
        that waits for a migration is refused. Raises StoreError.
        """
        if read_only:
            with self.read() as connection:
                if pending(connection):
                    raise too_old(self.path)
            return []
        with self._writer_lock:
            writer = self._writing(create=create)
            try:
                return migrate(writer, now)
            except sqlite3.Error as error:
                raise worded(error, self.path) from error

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the database until the block ends, and cannot write.

        Rows that are asked for lazily must be fetched inside the block. Raises StoreError when the engine
        meets something outside the program.
        """
        connection = self._take_reader()
        try:
            connection.execute("BEGIN")
            yield connection
        except sqlite3.Error as error:
            found = trouble(error, self.path)
            if found is not None:
                raise found from error
            raise
        finally:
            self._return_reader(connection)

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the write lock from its start; committed when the block ends well.

        `durable` waits until the disk has it: every case verb. Without it a power cut (not a crash of the
        program) may take back the newest transactions: drafts, the search index, bulk work that can be done again.
        Raises StoreError when other sessions hold the lock for too long, or the disk refuses.
        """
        with self._writer_lock:
            connection = self._writing()
            if connection.in_transaction:
                raise RuntimeError("a write inside a write: hand the connection down instead")
            try:
                connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                begin_immediate(connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                if connection.in_transaction:
                    # A full disk may have rolled back already; the first error is the one to tell.
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                found = trouble(error, self.path)
                if found is not None:
                    raise found from error
                raise

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """While a long import runs: more memory for the writer, and checkpoints that are rarer; afterwards as before.

        Writes inside the block are still single transactions. Raises StoreError.
        """
        with self._writer_lock:
            self._writing().execute(f"PRAGMA cache_size = -{_BULK_CACHE_KIBIBYTES}")
            self._writing().execute(f"PRAGMA wal_autocheckpoint = {_BULK_CHECKPOINT_PAGES}")
        try:
            yield
        finally:
            with self._writer_lock:
                writer = self._writing()
                writer.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
                writer.execute("PRAGMA wal_autocheckpoint = 1000")
                # Readers may stand in its way; the log is then folded in later, as it always is.
                with suppress(sqlite3.OperationalError):
                    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection that is not in use. The store may be used again afterwards."""
        with self._readers_lock:
            readers, self._readers = self._readers, []
        for reader in readers:
            reader.close()
        with self._writer_lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def _writing(self, *, create: bool = False) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = connect(self.path, create=create)
        return self._writer

    def _take_reader(self) -> sqlite3.Connection:
        with self._readers_lock:
            if self._readers:
                return self._readers.pop()
        return connect(self.path, read_only=True)

    def _return_reader(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            # A connection that cannot even end a read is of no further use; the error that led here is on its way.
            connection.close()
            return
        with self._readers_lock:
            if len(self._readers) < _KEPT_READERS:
                self._readers.append(connection)
                return
        connection.close()


def writes_by_others(connection: sqlite3.Connection) -> int:
    """A number that changes whenever another connection has written, and never by this one's own writes."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
