"""Running a desk: everybody's next act by time, imports and upkeep between them, until the days are over."""

from __future__ import annotations

import gc
import heapq
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from data.clock import HOUR, MINUTE
from tests.simulate.agents import Agent
from tests.simulate.figures import Figures
from tests.simulate.scratch import Moved
from tests.simulate.shop import Shop

IMPORTS = ((7 * 60 + 30, 0.4), (12 * 60 + 30, 0.25), (18 * 60, 0.25), (23 * 60, 0.1))
"""When exports are imported each day, in minutes after midnight, with the share of the day's reviews."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is simulated. The whole default is the long run; the seed alone decides what happens in it."""

    agents: int = 50
    days: int = 90
    cases: int = 20_000
    seed: int = 1
    start: date = date(2026, 10, 5)
    """Inside the National Day holiday; ninety days from it reach over the year's end."""

    pace: float = 20.0
    """Minutes between two acts of an agent, on the average."""

    crashes: float = 0.003


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulation that has ended: its database, its end in UTC milliseconds, what was counted, how long it took."""

    path: Path
    ended_at: int
    figures: Figures
    seconds: float


def simulate(folder: Path, terms: Terms, say: Callable[[str], None] = lambda _said: None) -> Simulated:
    """Run the desk in a scratch folder."""
    begun = time.perf_counter()
    # Verbs make many short-lived objects and hardly a cycle.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    random, moved = Random(terms.seed), Moved(terms.start, terms.days)
    shop = Shop(folder, moved, random, terms.agents)
    lives = [_desk(shop, terms)]
    lives += [Agent(shop, one, terms.pace, terms.crashes).life() for one in shop.everybody]
    heap = [(moved.now + number, number, life) for number, life in enumerate(lives)]
    heapq.heapify(heap)
    day = 0
    while heap and heap[0][0] < moved.ends:
        at, number, life = heapq.heappop(heap)
        moved.move(at)
        pause = next(life)
        heapq.heappush(heap, (moved.now + pause, number, life))
        if (today := (moved.now - moved.begins) // (24 * HOUR)) != day:
            day = today
            say(f"day {day} of {terms.days}, {time.perf_counter() - begun:.0f} s")
    moved.move(moved.ends)
    shop.casework(shop.everybody[0]).catch_up()
    ended_at = moved.now
    shop.store.close()
    return Simulated(shop.path, ended_at, shop.figures, time.perf_counter() - begun)


def _desk(shop: Shop, terms: Terms) -> Iterator[int]:
    """Imports at their times, and what any open program does by itself: noticing what was missed."""
    a_day = terms.cases / terms.days / 0.97
    left, upkeep = 0.0, shop.casework(shop.everybody[0])
    while True:
        minute = shop.time.minute
        for at, share in IMPORTS:
            if at <= minute < at + 30:
                left += a_day * share
                shop.bring(int(left))
                left -= int(left)
        shop.figures.tried("catch_up", upkeep.catch_up)
        yield (30 - minute % 30) * MINUTE + 1_000
