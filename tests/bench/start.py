"""From the command to the first rows: seconds, bytes, memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.bench.bare_list import FIRST_WORDS
from tests.bench.figures import figure, median
from tests.bench.ground import Ground
from tests.bench.probe import Start, start

ALLOWED_RATIO: Final = 1.4


@dataclass(frozen=True, slots=True)
class Starts:
    """Starts of the program and of the bare list, one after the other so that both meet the same machine."""

    ours: list[Start]
    bare: list[Start]


def starts(ground: Ground) -> Starts:
    """Start both once to warm up, then by turns."""
    found = Starts([], [])
    for run in range(ground.runs + 1):
        with ground.bare() as terminal:
            bare = start(terminal, FIRST_WORDS)
        words = ground.first_words
        with ground.opened() as terminal:
            ours = start(terminal, words)
        if run:
            found.ours.append(ours)
            found.bare.append(bare)
    return found


@figure("start.bare", "start of a bare Textual list of 200 rows", None, "s")
def _bare(ground: Ground) -> float:
    return median(one.seconds for one in ground.once(starts).bare)


@figure("start.rows", "start to the first inbox rows", None, "s")
def _rows(ground: Ground) -> float:
    return median(one.seconds for one in ground.once(starts).ours)


@figure("start.ratio", "the same, as a multiple of the bare list", ALLOWED_RATIO, "×")
def _ratio(ground: Ground) -> float:
    found = ground.once(starts)
    return median(one.seconds for one in found.ours) / median(one.seconds for one in found.bare)


@figure("start.bytes", "bytes until the screen rests", 10_000, "B")
def _bytes(ground: Ground) -> float:
    return median(one.bytes for one in ground.once(starts).ours)


@figure("start.memory", "resident memory at first rows", 55, "MB")
def _memory(ground: Ground) -> float:
    return median(one.megabytes for one in ground.once(starts).ours)
