"""How long the promise linter takes for one message."""

from __future__ import annotations

import time

from tests.bench.figures import figure, median
from tests.bench.ground import Ground

_COMMON = "您好,看到您的评价说裤子开线,我们给您补发一条,评价改不改由您,麻烦您拍张照片。"
_WORST = "您改不改评价我们都给您退款不会要求您删除好评返现"


def _milliseconds(text: str) -> float:
    from data.lint import lint

    lint(text)
    taken = []
    for _run in range(9):
        begun = time.perf_counter()
        lint(text)
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


@figure("lint.500", "judge a message of 500 characters", 5, "ms")
def _common(_ground: Ground) -> float:
    return _milliseconds((_COMMON * 13)[:500])


@figure("lint.worst", "judge 500 characters that are all words of rules", 5, "ms")
def _dense(_ground: Ground) -> float:
    return _milliseconds((_WORST * 25)[:500])
