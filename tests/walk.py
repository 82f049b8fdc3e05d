"""Every screen of the program as a terminal shows it: the visits of the pictures, walked in a hurry.

Keys take turns, so a visitor need not wait after each of them; only a screen that is kept has to stand still.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.terminal import Terminal, clean_environment, program
from tests.visits import ALL, WITHOUT_A_SHOP, Visitor
from widgets.cells import narrow

NOW: Final = "2026-11-21T10:42:00+08:00"
SETTLED: Final = 0.5
"""Seconds without output after which a start is over."""
STILL: Final = 0.2
"""Seconds without output after which a screen stands still."""
FOUND: Final = 0.35
"""The same after a text, which is looked for a moment after its last character."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen: its name, its rows, where the terminal's own cursor stands, and whether it is seen."""

    name: str
    rows: tuple[str, ...]
    cursor: tuple[int, int]
    shown: bool

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.rows)


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk has seen, and every byte that it took."""

    shots: tuple[Shot, ...]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Hasty(Visitor):
    """Presses one key after the other; `as_drawn` words a pattern as this terminal draws it."""

    as_drawn: Callable[[str], str] = str

    def press(self, *keys: str) -> None:
        """Press keys; the first one after a text stands apart, or it would be part of it."""
        for key in keys:
            self.terminal.send(key)
            self.terminal.wait_quiet(0.04)

    def type(self, text: str) -> None:
        """Type a text in one piece."""
        self.terminal.type(text)
        self._stands(text, self.as_drawn)
        self.terminal.wait_quiet(FOUND)

    def press_until(self, key: str, stands: str) -> None:
        """Press a key and wait until a pattern stands on the screen."""
        self.terminal.wait_quiet(STILL)
        self.terminal.send(key)
        self.terminal.wait_for(re.compile(self.as_drawn(stands)), timeout=30)


def walk(
    demo: Path, folder: Path, language: str = "zh_CN", columns: int = 100, lines: int = 30, *, ambiguous: int = 1,
    names: tuple[str, ...] = tuple(ALL), **environment: str,
) -> Walk:  # fmt: skip
    """Walk the visits of these names on copies of a demo database."""
    shots: list[Shot] = []
    raw = bytearray()
    for name in names:
        home = folder / f"{language}-{name}"
        home.mkdir(parents=True)
        if name not in WITHOUT_A_SHOP:
            shutil.copyfile(demo, home / "amends.db")
        where = clean_environment(home, language, AMENDS_NOW=NOW) | environment
        with Terminal(
            program(), environment=where, columns=columns, lines=lines, ambiguous=ambiguous
        ) as terminal:  # fmt: skip
            terminal.wait_for(lambda screen: bool(screen.strip()))
            terminal.wait_quiet(SETTLED)

            def keep(shot: str, terminal: Terminal = terminal) -> None:
                terminal.wait_quiet(STILL)
                shots.append(_shot(terminal, shot))

            ALL[name](Hasty(terminal, keep, narrow if ambiguous == 2 else str))
            raw += terminal.raw
    return Walk(tuple(shots), bytes(raw))


def _shot(terminal: Terminal, name: str) -> Shot:
    emulator = terminal.emulator
    terminal.draw()
    return Shot(name, tuple(emulator.lines()), emulator.cursor, not emulator.display.cursor.hidden)


def styles(raw: bytes) -> Iterator[str]:
    """The parameters of every change of style."""
    for found in re.findall(rb"\x1b\[([\d;:]*)m", raw):
        yield found.decode()
