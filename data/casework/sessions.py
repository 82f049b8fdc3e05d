"""SQLModel sessions inside the store's transactions: the store begins and ends them, the session only works in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from data.store.store import Store


class _Joined:
    """The store's connection as the engine sees it: beginning, committing and closing are the store's affair."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Nothing: the store commits when the verb has ended well."""

    def rollback(self) -> None:
        """Nothing: the store rolls back when the verb has failed."""

    def close(self) -> None:
        """Nothing: the store keeps its connection."""


class Sessions:
    """Opens short sessions, one a verb."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._joined: _Joined | None = None
        # Parameters hold notes and names; they have no business in the text of an error, which goes to a log file.
        self._engine = create_engine(
            "sqlite+pysqlite://", creator=self._current, poolclass=NullPool, hide_parameters=True
        )

    def _current(self) -> Any:
        if self._joined is None:
            raise RuntimeError("a session outside a write")
        return self._joined

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[tuple[Session, sqlite3.Connection]]:
        """A session and the connection under it, in one transaction; committed when the block ends well."""
        with self._store.write(durable=durable) as connection:
            self._joined = _Joined(connection)
            try:
                with Session(self._engine, autoflush=True, expire_on_commit=False) as session:
                    yield session, connection
                    session.flush()
            finally:
                self._joined = None
