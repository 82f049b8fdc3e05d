"""How long an agent waits for a template by a few letters, and for the texts that fit a case."""

from __future__ import annotations

import time
from dataclasses import replace

from tests.bench.figures import figure, median
from tests.bench.ground import Ground

_TYPED = ("问", "wwbd", "哪里不满意", "zzzz", "已办好 原路")


@figure("templates", "find a message among 1,000 templates", 10, "ms")
def _found(_ground: Ground) -> float:
    from data.messages.find import find, prepared
    from data.messages.load import standard

    shipped = standard("zh_CN").templates
    many = tuple(replace(each, id=f"{each.id}.{n}") for n in range(1 + 1000 // len(shipped)) for each in shipped)[:1000]
    entries = prepared(many)
    taken = []
    for _run in range(5):
        for typed in _TYPED:
            begun = time.perf_counter()
            find(entries, typed)
            taken.append((time.perf_counter() - begun) * 1000)
    return max(median(taken[at :: len(_TYPED)]) for at in range(len(_TYPED)))
