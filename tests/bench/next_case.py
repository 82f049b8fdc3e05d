"""F2 in the same process: the most useful case found among all open ones, weighed, claimed and on disk."""

from __future__ import annotations

import time
from typing import Final

from data.clock import parse_iso, zone
from data.settings import Priority, Settings
from tests.bench.figures import figure, median
from tests.bench.floor import opened
from tests.bench.ground import Ground

TAKEN: Final = 30
"""So many cases are taken one after the other, each looked at and left."""
AGENT: Final = 1


def taken(ground: Ground) -> list[float]:
    """Milliseconds of each F2, the first with no page of the database in memory yet."""
    found: list[float] = []
    passed: set[int] = set()
    with opened(ground.working, ground.now) as floor:
        casework = floor.casework
        for _ in range(TAKEN):
            begun = time.perf_counter()
            passed.add(casework.claim_next(passed))
            found.append((time.perf_counter() - begun) * 1000)
    return found


def shown(ground: Ground) -> list[float]:
    """Milliseconds of today's order by two sets of points."""
    now, found = parse_iso(ground.now, zone("Asia/Shanghai")), []
    settings = Settings()
    with opened(ground.working, ground.now) as floor:
        for _ in range(TAKEN):
            begun = time.perf_counter()
            floor.reads.what_next(
                (settings.priority, Priority(pictures=100)), settings.contact, agent_id=AGENT, now=now
            )
            found.append((time.perf_counter() - begun) * 1000)
    return found


@figure("f2", "F2: the most useful case found, claimed and on disk, median", 30, "ms")
def _median(ground: Ground) -> float:
    return median(ground.once(taken))


@figure("f2.worst", "F2, the worst", None, "ms")
def _worst(ground: Ground) -> float:
    return max(ground.once(taken))


@figure("f2.order", "today's order by two sets of points, median", None, "ms")
def _order(ground: Ground) -> float:
    return median(ground.once(shown))
