"""What is opened in between: the palette, help, and the settings."""

from __future__ import annotations

from typing import Final

from tests.bench.figures import Unmeasurable, figure, median
from tests.bench.ground import Ground
from tests.bench.probe import Answer, press, rest, start

OPENINGS: Final = 15
PATIENT: Final = 0.1
CTRL_P: Final = "\x10"


def palette(ground: Ground) -> list[Answer]:
    """Open the palette from a rested inbox, and leave it again."""
    return _openings(ground, CTRL_P)


def help_(ground: Ground) -> list[Answer]:
    """Open the help of the inbox, and leave it again."""
    return _openings(ground, "f9")


def narrowed(ground: Ground) -> list[Answer]:
    """Type one letter into the palette."""
    found = []
    words = ground.first_words
    with ground.opened() as terminal:
        start(terminal, words)
        for letter in "rcsolt" * 3:
            press(terminal, CTRL_P, quiet=PATIENT)
            found.append(press(terminal, letter, quiet=PATIENT))
            press(terminal, "esc", quiet=2 * PATIENT)
    return found


def _openings(ground: Ground, key: str) -> list[Answer]:
    found = []
    words = ground.first_words
    with ground.opened() as terminal:
        start(terminal, words)
        for _ in range(OPENINGS):
            inbox = terminal.screen().splitlines()[0]
            found.append(press(terminal, key, quiet=PATIENT))
            if terminal.screen().splitlines()[0] == inbox:
                raise Unmeasurable(f"{key!r} opened nothing:\n{terminal.screen()}")
            press(terminal, "esc", quiet=2 * PATIENT)
            rest(terminal, 0.3)
    return found


@figure("palette", "open the palette, median", 60, "ms")
def _palette(ground: Ground) -> float:
    return median(one.milliseconds for one in ground.once(palette))


@figure("palette.worst", "open the palette, the worst", None, "ms")
def _palette_worst(ground: Ground) -> float:
    return max(one.milliseconds for one in ground.once(palette))


@figure("palette.typed", "a letter typed into the palette, median", None, "ms")
def _palette_typed(ground: Ground) -> float:
    return median(one.milliseconds for one in ground.once(narrowed))


@figure("help", "open the help, median", 60, "ms")
def _help(ground: Ground) -> float:
    return median(one.milliseconds for one in ground.once(help_))


@figure("help.worst", "open the help, the worst", None, "ms")
def _help_worst(ground: Ground) -> float:
    return max(one.milliseconds for one in ground.once(help_))
