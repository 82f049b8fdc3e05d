"""What figures stand on: the database, the program in its window, and what was measured already in this run."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from data.errors import AmendsError
from tests.bench.figures import Unmeasurable
from tests.terminal import ROOT, Terminal, clean_environment, program

T = TypeVar("T")

COLUMNS: Final = 120
LINES: Final = 36
CACHE: Final = ROOT / "bench-out"


@dataclass
class Ground:
    """One run of the bench."""

    reviews: int = 1_000_000
    runs: int = 7
    folder: Path = CACHE
    say: Callable[[str], None] = print
    _known: dict[str, Any] = field(default_factory=dict)

    def once(self, measure: Callable[[Ground], T]) -> T:
        """What this function measures, measured once in a run, for all the figures that are taken from it."""
        name = f"{measure.__module__}.{measure.__qualname__}"
        if name not in self._known:
            try:
                self._known[name] = measure(self)
            except Unmeasurable as trouble:
                self._known[name] = trouble
            except AmendsError as trouble:
                self._known[name] = Unmeasurable(f"{trouble.what} {trouble.remedy}")
        found: T | Unmeasurable = self._known[name]
        if isinstance(found, Unmeasurable):
            raise found
        return found

    @cached_property
    def database(self) -> Path:
        """The database, made on first use and kept from run to run; nobody writes to it."""
        from tests.bench import make_database

        self.folder.mkdir(parents=True, exist_ok=True)
        return make_database.cached(self.folder, self.reviews, self.say)

    @cached_property
    def working(self) -> Path:
        """A copy that the program may write to for the length of this run.

        The made-up past leaves a thousand promises that nobody looked at when they fell due; they are looked at here,
        as they would have been day by day.
        """
        from tests.bench.floor import opened

        copy = self.folder / "working.db"
        for leftover in self.folder.glob("working.db*"):
            leftover.unlink()
        shutil.copyfile(self.database, copy)
        with opened(copy, self.now) as floor:
            floor.casework.catch_up()
        # Else the first figures are measured while the disk still takes in a gigabyte.
        os.sync()
        return copy

    @property
    def now(self) -> str:
        """The time at which the database was made for: a weekday morning, in contact hours."""
        from tests.bench import make_database

        return make_database.NOW_TEXT

    def environment(self, database: Path) -> dict[str, str]:
        """The program's environment: nothing of this machine, byte code kept as on any installation."""
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        return clean_environment(home, AMENDS_DATABASE=str(database), AMENDS_NOW=self.now, AMENDS_AGENT="agent01")

    @contextmanager
    def opened(self) -> Iterator[Terminal]:
        """The program in a window of 120×36, just started."""
        with self.window(program(), self.environment(self.working)) as terminal:
            yield terminal

    @contextmanager
    def bare(self) -> Iterator[Terminal]:
        """The bare list in the same window."""
        command = [sys.executable, str(Path(__file__).with_name("bare_list.py"))]
        with self.window(command, clean_environment(self.folder)) as terminal:
            yield terminal

    @contextmanager
    def window(self, command: list[str], environment: dict[str, str]) -> Iterator[Terminal]:
        """Any command in a window of 120×36."""
        with Terminal(command, environment=environment, columns=COLUMNS, lines=LINES) as terminal:
            yield terminal

    @property
    def first_words(self) -> str:
        """Words that the tenth row of the inbox has when it stands now: the rows before it stand as well."""
        from tests.bench.floor import opened

        with opened(self.working, self.now) as floor:
            rows = floor.first_page()
        if len(rows) < 10:
            raise Unmeasurable("the inbox has less than ten rows")
        return rows[9].text[:5]

    def asked(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows straight from the database, to choose what to measure with."""
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()
