"""When the screen is painted: not for every key of a lump, and not faster than the line carries it away."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Final

GLIMPSE: Final = 0.25
"""Seconds after which a frame is painted though more keys wait: whoever holds a key sees it move."""


class Painting:
    """Holds back frames that the next ones would replace; `repaint` is called when one is owed and may be painted.

    Keys that wait and a terminal that is behind (`tui.terminal.pace`) are the two reasons to hold one back.
    """

    def __init__(self, repaint: Callable[[], object], clock: Callable[[], float] = monotonic) -> None:
        self._repaint = repaint
        self._clock = clock
        self._keys_wait = False
        self._owed = False
        self._painted = 0.0

    def keys_wait(self, waiting: bool) -> None:
        """Whether further keys have come already while one is obeyed."""
        self._keys_wait = waiting and self._clock() - self._painted < GLIMPSE
        if not self._keys_wait:
            self.catch_up()

    def may_paint(self, driver: Any) -> bool:
        """Whether a frame is to be painted now; one that is not is owed."""
        behind = getattr(driver, "behind", False)
        if not self._keys_wait and not behind:
            self._owed = False
            self._painted = self._clock()
            return True
        self._owed = True
        if behind:
            driver.when_caught_up(self.catch_up)
        return False

    def catch_up(self) -> None:
        """Paint what is owed, unless keys still wait."""
        if self._owed and not self._keys_wait:
            self._owed = False
            self._repaint()
