"""How far the terminal is behind with what was written to it.

Between the program and the window stand buffers that swallow seconds of a slow line. A key that is held down would
fill them with pages that nobody sees, and the list would go on turning after the key is up. So each larger piece of
output ends with a question that every terminal answers (DSR 5, ECMA-48), and what is not answered yet is on its way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Event, Lock
from time import monotonic
from typing import Final

QUESTION: Final = "\x1b[5n"
LARGE: Final = 1024
"""Bytes after which the terminal is asked."""
AHEAD: Final = 6 * 1024
"""Bytes that may be on their way: a third of a second on a line of 20 kB/s."""
PATIENCE: Final = 1.5
"""Seconds after which a terminal that has not answered is taken for one that never does."""


class Pace:
    """Counts what was written and what the terminal has answered for. Answers may come from another thread."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._asks = False
        self._unasked = 0
        self._asked: deque[int] = deque()
        self._waiting_since = 0.0
        self._quiet = Event()
        self._quiet.set()

    def begin(self) -> None:
        """Somebody is there who answers: ask from now on."""
        self._asks = True

    def wrote(self, size: int) -> str:
        """So many bytes go out: the question to add to them, or nothing."""
        if not self._asks:
            return ""
        self._unasked += size
        if self._unasked < LARGE:
            return ""
        with self._lock:
            if not self._asked:
                self._waiting_since = self._clock()
            self._asked.append(self._unasked)
            self._unasked = 0
            self._quiet.clear()
        return QUESTION

    def answered(self) -> None:
        """The terminal has taken in what stood before a question."""
        with self._lock:
            if self._asked:
                self._asked.popleft()
                self._waiting_since = self._clock()
            if not self._asked:
                self._quiet.set()

    @property
    def behind(self) -> bool:
        """Whether so much is on its way that another frame would only come later."""
        with self._lock:
            if sum(self._asked) <= AHEAD:
                return False
            patient = self._clock() - self._waiting_since <= PATIENCE
        if not patient:
            self.stop()
        return patient

    def stop(self) -> None:
        """Nobody answers, or nobody is left who would listen: ask no more."""
        with self._lock:
            self._asks = False
            self._asked.clear()
            self._quiet.set()

    def settle(self, patience: float) -> None:
        """Ask no more and wait for the answers that are due, so many seconds at most: a late one would be typed into
        the shell that comes after."""
        self._asks = False
        self._quiet.wait(patience)
