"""A pseudo-terminal at the far end of a slow line: so many bytes a second, and a delay each way."""

from __future__ import annotations

import errno
import os
import select
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.terminal import Terminal, may_ask

RATE: Final = 20_000
"""Bytes a second that come through."""
_PIECE: Final = 256
"""Bytes that are taken from the program at once: it feels the line, not an endless buffer."""


class SlowLine(Terminal):
    """A `Terminal` whose keys arrive late and whose output comes slowly and late; answers to questions do as well."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        delay: float,
        rate: int = RATE,
        columns: int = 100,
        lines: int = 30,
    ) -> None:
        self._delay = delay
        self._rate = rate
        self._typed: deque[tuple[float, bytes]] = deque()
        self._coming: deque[tuple[float, bytes]] = deque()
        self._free_at = 0.0
        self._hung_up = False
        super().__init__(command, environment=environment, columns=columns, lines=lines)

    @property
    def keys_under_way(self) -> int:
        """How many pieces of input have not reached the program yet."""
        return len(self._typed)

    def read(self, patience: float = 0) -> int:
        """Let the line work for at most `patience` seconds, or until something arrives; return how many bytes did."""
        deadline = time.monotonic() + patience
        while True:
            came = self._carry()
            now = time.monotonic()
            if came or self.ended or now >= deadline:
                return came
            select.select([], [], [], min(0.005, deadline - now))

    def _write(self, data: bytes) -> None:
        self._typed.append((time.monotonic() + self._delay, data))

    def _carry(self) -> int:
        now = time.monotonic()
        while self._typed and self._typed[0][0] <= now:
            super()._write(self._typed.popleft()[1])
        if self._free_at <= now and not self._hung_up:
            self._take(now)
        came = 0
        while self._coming and self._coming[0][0] <= now:
            data = self._coming.popleft()[1]
            came += len(data)
            self.raw += data
            self.arrived = time.perf_counter()
            self.pending.append((self.arrived, data))
            if may_ask(data):
                self.draw()
        if self._hung_up and not self._coming:
            self._ended = True
        return came

    def _take(self, now: float) -> None:
        """Put the next piece of the program's output on the line."""
        if not select.select([self.master], [], [], 0)[0]:
            return
        try:
            data = os.read(self.master, _PIECE)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        if not data:
            self._hung_up = True
            return
        self._free_at = now + len(data) / self._rate
        self._coming.append((self._free_at + self._delay, data))
