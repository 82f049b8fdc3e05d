"""What a simulation stands on: a database in a scratch folder that waits for no disk, and a clock that it moves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from zoneinfo import ZoneInfo

from data.clock import Clock, at_minute, minute_of_day
from data.store.store import Store

ZONE = ZoneInfo("Asia/Shanghai")


class ScratchStore(Store):
    """The real store, except that no transaction waits until the disk has it: a power cut may take a simulation."""

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction as the program makes it."""
        with super().write(durable=False) as connection:
            yield connection


class Moved:
    """The time of the simulation. No two readings are alike, so that the log tells what came first."""

    def __init__(self, start: date, days: int) -> None:
        self.now = self.begins = at_minute(start, 0, ZONE)
        self.ends = at_minute(date.fromordinal(start.toordinal() + days), 0, ZONE)
        self.clock = Clock(self._read)

    def _read(self) -> int:
        self.now += 1
        return self.now

    def move(self, to: int) -> None:
        """On to a later moment; never back."""
        self.now = max(self.now, to)

    @property
    def minute(self) -> int:
        """What the shop's wall clock shows, in minutes after midnight."""
        return minute_of_day(self.now, ZONE)
