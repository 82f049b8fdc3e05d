"""The agenda in the same process: a page of any view, the numbers beside them, and the minute's question."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from data.agenda import AgendaView
from data.clock import MINUTE, parse_iso, zone
from tests.bench.figures import figure, median
from tests.bench.floor import opened
from tests.bench.ground import Ground
from tests.bench.reading import REPEATS, Times

DEEP: Final = 5
"""Pages down a view before the page that counts as one from its middle."""
AGENT: Final = 1


def _timed(read: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        read()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def pages(ground: Ground) -> Times:
    """The first, a middle and the last page of every view of the agenda, and the numbers beside them."""
    now = parse_iso(ground.now, zone("Asia/Shanghai"))
    with opened(ground.working, ground.now) as floor:
        reads = floor.reads
        times = {"counts": _timed(lambda: reads.agenda_counts(agent_id=AGENT, now=now))}
        times["minute"] = _timed(lambda: reads.fallen_due(agent_id=AGENT, since=now - MINUTE, now=now))
        for view in AgendaView:
            page = reads.agenda(view, agent_id=AGENT, now=now)
            for _ in range(DEEP):
                if page.more_after:
                    page = reads.agenda(view, agent_id=AGENT, now=now, after=page.rows[-1].key)
            times[f"{view} first"] = _timed(lambda view=view: reads.agenda(view, agent_id=AGENT, now=now))  # type: ignore[misc]
            times[f"{view} last"] = _timed(lambda view=view: reads.agenda(view, agent_id=AGENT, now=now, last=True))  # type: ignore[misc]
            if page.rows:
                key = page.rows[0].key
                times[f"{view} middle"] = _timed(
                    lambda view=view, key=key: reads.agenda(view, agent_id=AGENT, now=now, after=key)  # type: ignore[misc]
                )
        return times


@figure("agenda", "a page of the agenda, or its counts: the slowest of them", 30, "ms")
def _agenda(ground: Ground) -> float:
    return max(median(one) for one in ground.once(pages).values())


@figure("agenda.minute", "what fell due in the last minute", 1, "ms")
def _minute(ground: Ground) -> float:
    return median(ground.once(pages)["minute"])
