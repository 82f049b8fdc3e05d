"""When memory is tidied: what closed screens leave behind is looked for while nobody presses a key.

Left to itself the collector of cycles looks through everything in the middle of some step of a call, which then takes
two frames instead of one.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic
from typing import Final

QUIET: Final = 0.5
"""Seconds without a key after which there is time for it: somebody reads, or speaks."""


class Tidying:
    """Calls `tidy` once after each run of keys, when none has come for a while.

    `later` calls something after so many seconds.
    """

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], object],
        tidy: Callable[[], object] = gc.collect,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._later = later
        self._tidy = tidy
        self._clock = clock
        self._pressed = 0.0
        self._waits = False

    def pressed(self) -> None:
        """A key has come: not now."""
        self._pressed = self._clock()
        if not self._waits:
            self._waits = True
            self._later(QUIET, self._look)

    def _look(self) -> None:
        left = self._pressed + QUIET - self._clock()
        if left > 0:
            self._later(left, self._look)
        else:
            self._waits = False
            self._tidy()
