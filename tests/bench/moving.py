"""The cursor goes down the list: bytes and milliseconds a key, and the preview once keys rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.bench.figures import figure, median, percentile
from tests.bench.ground import Ground
from tests.bench.probe import Answer, press, rest, start

PRESSES: Final = 400
RESTS: Final = 15


@dataclass(frozen=True, slots=True)
class Moves:
    """Every press of Down, and the bytes of every preview that followed when no further key came."""

    downs: list[Answer]
    previews: list[int]


def moves(ground: Ground) -> Moves:
    """Hold Down through some pages, then press it now and then."""
    words = ground.first_words
    with ground.opened() as terminal:
        start(terminal, words)
        downs = [press(terminal, "down") for _ in range(PRESSES)]
        rest(terminal)
        previews = []
        for _ in range(RESTS):
            press(terminal, "down")
            previews.append(rest(terminal, 0.6))
    return Moves(downs, previews)


@figure("down.bytes.median", "Down: bytes of the list, median", 450, "B")
def _bytes_median(ground: Ground) -> float:
    return median(one.bytes for one in ground.once(moves).downs)


@figure("down.bytes.p99", "Down: bytes of the list, p99", 7_000, "B")
def _bytes_p99(ground: Ground) -> float:
    return percentile([one.bytes for one in ground.once(moves).downs], 0.99)


@figure("down.ms.median", "Down: to the last byte, median", 6, "ms")
def _ms_median(ground: Ground) -> float:
    return median(one.milliseconds for one in ground.once(moves).downs)


@figure("down.ms.p99", "Down: to the last byte, p99", 20, "ms")
def _ms_p99(ground: Ground) -> float:
    return percentile([one.milliseconds for one in ground.once(moves).downs], 0.99)


@figure("preview.bytes", "preview, once keys rest", 1_000, "B")
def _preview(ground: Ground) -> float:
    return median(ground.once(moves).previews)


@figure("preview.bytes.worst", "preview, the largest of them", None, "B")
def _preview_worst(ground: Ground) -> float:
    return max(ground.once(moves).previews)
