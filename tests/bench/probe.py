"""Keys and starts under the clock: how long, how many bytes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from tests.bench.figures import Unmeasurable
from tests.bench.process import resident_megabytes
from tests.terminal import Terminal

QUIET: Final = 0.04
"""Seconds without output after which a key counts as answered; the preview waits longer than that."""
SILENT: Final = 0.5
"""Seconds to wait for the first byte after a key."""
REST: Final = 1.0
"""Seconds without output after which a screen rests."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key caused: bytes, and milliseconds until the last of them came. No bytes: no time."""

    bytes: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the command to the words that show it usable, memory then, bytes until the screen rests."""

    seconds: float
    megabytes: float
    bytes: int


def press(terminal: Terminal, *keys: str, quiet: float = QUIET) -> Answer:
    """Press keys in one write and wait until nothing more comes. Drawing waits, so that times are true."""
    terminal.draw()
    before = len(terminal.raw)
    sent = time.perf_counter()
    terminal.send(b"".join(terminal.encode(key) for key in keys))
    last = sent
    while True:
        came = terminal.read(quiet if last > sent else SILENT)
        if terminal.ended:
            raise Unmeasurable(f"the program ended after {' '.join(keys)}:\n{terminal.screen()}")
        if not came:
            break
        last = terminal.arrived
    answer = Answer(len(terminal.raw) - before, (last - sent) * 1000)
    terminal.draw()
    return answer


def rest(terminal: Terminal, gap: float = REST, patience: float = 15) -> int:
    """Wait until nothing was written for `gap` seconds; return the bytes that came meanwhile."""
    before = len(terminal.raw)
    end = time.perf_counter() + patience
    while terminal.read(gap):
        if time.perf_counter() > end:
            raise Unmeasurable(f"the screen does not come to rest:\n{terminal.screen()}")
    terminal.draw()
    return len(terminal.raw) - before


def start(terminal: Terminal, words: str, patience: float = 60) -> Start:
    """Follow a program that was just started until these words are on its screen, and on until the screen rests."""
    end = time.perf_counter() + patience
    seen = memory = None
    while seen is None:
        while terminal.pending and seen is None:
            came = terminal.pending[0][0]
            terminal.draw(1)
            if words in terminal.screen_so_far():
                seen = came - terminal.started
                memory = resident_megabytes(terminal.pid)
        if seen is None and words in terminal.screen_so_far():
            # A piece with a question in it is drawn as soon as it is read, for the answer.
            seen, memory = terminal.arrived - terminal.started, resident_megabytes(terminal.pid)
        if seen is None and not terminal.read(0.02) and (terminal.ended or time.perf_counter() > end):
            raise Unmeasurable(f"{words!r} was not seen:\n{terminal.screen()}")
    rest(terminal)
    return Start(seen, memory or 0, len(terminal.raw))
