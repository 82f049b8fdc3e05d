"""How many cells this terminal gives to characters of ambiguous width, asked of the terminal itself.

Some terminals with Chinese settings draw ▌ ▲ … “ and box-drawing two cells wide (Unicode Standard Annex 11, class A).
Two of them are written at the top left corner and the cursor is asked for: no table of terminals can know it.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event
from typing import Final, Literal

AmbiguousWidth = Literal["auto", "1", "2"]
"""The setting: ask the terminal, or know the answer."""

PROBED: Final = "▌…"
QUESTION: Final = f"\x1b[H{PROBED}\x1b[6n\r\x1b[K"
"""Writes the characters, asks where the cursor stands, and takes the characters away again."""
PATIENCE: Final = 0.1
"""Seconds that the first screen waits for an answer at most."""


def may_ask(environ: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Whether anybody there would answer."""
    return is_terminal and environ.get("TERM", "") not in ("", "dumb")


class WidthProbe:
    """The question and its answer; the answer may come from another thread, and too late."""

    def __init__(self, setting: AmbiguousWidth = "auto") -> None:
        self._width: Literal[1, 2] = 2 if setting == "2" else 1
        self._settled = Event()
        self._asked = False
        if setting != "auto":
            self._settled.set()

    @property
    def width(self) -> Literal[1, 2]:
        """Cells of an ambiguous character: as set or as measured; 1 while nobody has answered."""
        return self._width

    def question(self) -> str:
        """What to write to the terminal; empty when the answer is known."""
        if self._settled.is_set():
            return ""
        self._asked = True
        return QUESTION

    def answer(self, row: int, column: int) -> None:
        """Take a report of the cursor (row and column from 1). Only the first one after the question counts."""
        if not self._asked or self._settled.is_set() or row != 1:
            return
        if column - 1 > len(PROBED):
            self._width = 2
        self._settled.set()

    def settle(self, patience: float = PATIENCE) -> Literal[1, 2]:
        """Wait for the answer, `patience` seconds at most; an answer after that changes nothing any more."""
        self._settled.wait(patience)
        self._settled.set()
        return self._width
