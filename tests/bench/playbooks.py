"""How long a call script takes to be read and proved: the shipped ones, and one of two thousand full-size nodes."""

from __future__ import annotations

import tempfile
import time
from functools import cache
from pathlib import Path

from tests.bench.figures import figure, median
from tests.bench.ground import Ground

_NODES = 2_000
_FULL = (
    'purpose = "Let them tell it all, and write it down point by point"\n'
    'listen = "What happened, and what they expect; whether they have finished"\n'
    'avoid = "That cannot be; nobody else had this; any offer yet"\n'
    'record = "Which part, since when, what they would like done"\n'
)


@cache
def _large() -> str:
    from tests.data.playbook.test_large import chained

    return chained(_NODES, 1).replace('\nstage = "open"\nsay = ["Number', f'\nstage = "open"\n{_FULL}say = ["Number')


def _loaded(times: int) -> list[float]:
    """Milliseconds of each of several loads, the first of them from the files alone."""
    from data.playbook.kept import load_kept

    taken = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.toml"
        path.write_text(_large(), encoding="utf-8")
        for _run in range(times):
            begun = time.perf_counter()
            load_kept(path, Path(folder) / "kept")
            taken.append((time.perf_counter() - begun) * 1000)
    return taken


@figure("playbook.load", "load a call script of 2,000 nodes", 150, "ms")
def _again(_ground: Ground) -> float:
    return median(_loaded(10)[1:])


@figure("playbook.first", "load it for the first time, from its files", None, "ms")
def _first(_ground: Ground) -> float:
    return median([_loaded(1)[0] for _run in range(5)])


@figure("playbook.prove", "prove a call script of 2,000 nodes", 20_000, "ms")
def _prove(_ground: Ground) -> float:
    from data.playbook.check import check
    from data.playbook.load import from_text

    playbook = from_text(_large())
    begun = time.perf_counter()
    check(playbook)
    return (time.perf_counter() - begun) * 1000


@figure("playbook.shipped", "prove all shipped call scripts", 2_000, "ms")
def _shipped(_ground: Ground) -> float:
    from data.playbook.check import check
    from data.playbook.load import load, shipped

    begun = time.perf_counter()
    for path in shipped():
        check(load(path))
    return (time.perf_counter() - begun) * 1000
