"""A desk for tests: a small shop, a clock that the test moves, and casework for one agent or two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from sqlite3 import Connection
from threading import local
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from data.casework.chain import ChainFault, verify
from data.casework.entrance import SqlCasework
from data.casework.sessions import Sessions
from data.clock import Clock
from data.playbook.format import Playbook
from data.playbook.load import from_text
from data.settings import Settings
from data.store.store import Store
from tests.data.world import DAY, HOUR, MINUTE, NOW, World

__all__ = ["DAY", "HOUR", "MINUTE", "NOW", "Desk", "World"]

SMALL_PLAYBOOK = """
id = "small"
title = "Small"
version = 1
language = "zh"
[entries]
first_contact = "dial"
[[stage]]
id = "open"
title = "Open"
[[node]]
id = "dial"
stage = "open"
say = ["Hello, is this {name}?"]
choices = [
  { key = 1, label = "Yes", to = "sorry", marks = ["identity"] },
  { key = 3, label = "No answer", to = "nobody" },
]
[[node]]
id = "sorry"
stage = "open"
apology = true
say = ["We are sorry.", "We are sorry indeed."]
choices = [{ key = 1, label = "Talks", to = "offer" }]
[[node]]
id = "offer"
stage = "open"
remedy = "offered"
say = ["Shall we send another one?"]
choices = [
  { key = 1, label = "Accepts", to = "ask", remedy = "accepted" },
  { key = 2, label = "Declines", to = "ask", remedy = "declined" },
]
[[node]]
id = "ask"
stage = "open"
asks_review = true
say = ["If you see it differently now, you may update your review."]
choices = [
  { key = 1, label = "Agrees", to = "promised", time = "today 20:00" },
  { key = 2, label = "No", raises = "O1" },
]
[[node]]
id = "promised"
stage = "open"
say = ["Thank you."]
ending = { line = "right_party", standing = ["promised"] }
[[node]]
id = "over"
stage = "open"
say = ["All the best."]
ending = { line = "right_party", standing = ["refused_firm", "kept_satisfied"] }
[[node]]
id = "nobody"
stage = "open"
ending = { line = "no_answer", standing = ["unreachable_retry"] }
[[objection]]
id = "O1"
label = "Will not"
refusal = true
rungs = ["understood", "farewell"]
[[objection.node]]
id = "understood"
say = ["I understand. Is anything else still wrong?"]
choices = [{ key = 1, label = "Goes on", to = "return" }]
[[objection.node]]
id = "farewell"
say = ["Then that is how it stays."]
choices = [{ key = 1, label = "Ends", to = "over" }]
[[leave]]
say = ["Goodbye."]
ending = { line = "right_party", standing = ["undecided"] }
"""

LATER = {"last_event_id": None, "clock_at": None}
"""The columns of a case that move on when an act is taken back: the log does, and its clocks are looked at again."""

MORNING = NOW - 9 * HOUR
"""10:06 in Shanghai, inside the calling hours."""


@cache
def small_playbook() -> Playbook:
    """The playbook of these desks, read once: nobody changes one."""
    return from_text(SMALL_PLAYBOOK, "small.toml")


class OneEngine(Sessions):
    """Sessions over the engine of the first: every desk would compile each statement anew, most of a short verb."""

    _writing = local()
    _first: Engine | None = None

    def __init__(self, store: Store) -> None:
        if OneEngine._first is None:
            super().__init__(store)
            OneEngine._first = self._engine
        self._store, self._joined, self._engine = store, None, OneEngine._first

    def _current(self) -> Any:
        # The engine asks the first for its connection, and means whoever writes in this thread.
        return super(OneEngine, OneEngine._writing.now)._current()

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[tuple[Session, Connection]]:
        before: Any = getattr(OneEngine._writing, "now", None)
        OneEngine._writing.now = self
        try:
            with super().write(durable=durable) as both:
                yield both
        finally:
            OneEngine._writing.now = before


@dataclass
class Desk:
    """One agent at work; `now` is moved by the test."""

    path: Path
    now: int = MORNING
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.world = World(self.path)
        self.store = Store(self.path)
        self.playbook: Playbook = from_text(SMALL_PLAYBOOK, "small.toml")
        self.casework = self.casework_of(self.world.agent_id)

    def casework_of(self, agent_id: int) -> SqlCasework:
        """Casework of somebody who works here."""
        casework = SqlCasework(
            self.store, Clock(lambda: self.now), self.settings, agent_id, lambda _language: self.playbook
        )
        casework._sessions = OneEngine(self.store)
        return casework

    def case(self, **values: object) -> int:
        """A case that may be contacted, whose buyer has a telephone number of their own."""
        review = self.world.review()
        buyer = self.value("SELECT buyer_id FROM review WHERE id = ?", review)
        number = str(14001516737 + self.world.count("personal"))
        self.world.insert("personal", buyer_id=buyer, kind="phone", value=number, added_at=NOW)
        return self.world.case(review, **{"contact_from": self.now, "opened_at": self.now, **values})

    def value(self, sql: str, *values: object) -> object:
        """The first column of the first row."""
        row = self.world.connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def row(self, case_id: int) -> dict[str, object]:
        """A case's columns."""
        cursor = self.world.connection.execute("SELECT * FROM review_case WHERE id = ?", (case_id,))
        return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))

    def events(self, case_id: int) -> list[str]:
        """The kinds of what happened to a case, in order."""
        cursor = self.world.connection.execute("SELECT kind FROM event WHERE case_id = ? ORDER BY id", (case_id,))
        return [row[0] for row in cursor]

    def faults(self) -> list[ChainFault]:
        """Where the log does not verify: nowhere, whatever was done."""
        return list(verify(self.world.connection))


def desk_in(folder: Path) -> Iterator[Desk]:
    """A desk in a folder, closed afterwards."""
    desk = Desk(folder / "shop.db")
    yield desk
    desk.store.close()
    desk.world.connection.close()
