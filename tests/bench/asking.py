"""Typed queries in the same process, and a list written to a workbook by the real command."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from data.clock import DAY, parse_iso, zone
from data.rows import Filter, View
from tests.bench.figures import Unmeasurable, figure, median
from tests.bench.floor import opened
from tests.bench.ground import Ground
from tests.bench.reading import REPEATS, Times
from tests.terminal import ROOT

INDEXED: Final = (
    "grade:bad due:<2h owner:none", "due:today", "due:>1d platform:jd,pdd", "owner:me due:overdue cause:quality",
    "promised:<2h", "follow:today", "state:waiting", "state:closed cause:quality", "rating:<=2 -太短",
    "! grade:bad due:<2h", "view:callable called:0", "质量 grade:bad",
)  # fmt: skip
"""What an index answers, or what so many cases are like that walking soon fills a page."""
RARE: Final = ("age:<1h", "refused:yes", "rating:3 grade:good", "state:closed,new", "result:verified")
"""What hardly any case is like, and no index knows: the whole list is walked, behind the screen."""
ROWS: Final = 100_000

COUNTED: Final = """
import json, resource, sys, time
from pathlib import Path
from tui.main import main
begun = time.perf_counter()
status = main(sys.argv[1:])
told = Path("/proc/self/status")
if told.exists():
    # The other figure may be that of the process that started this one.
    used = int(told.read_text().partition("VmHWM:")[2].split()[0]) / 1024
else:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([status, time.perf_counter() - begun, used]))
"""
"""Runs a command and prints its exit status, its seconds and its megabytes."""


def _asked(ground: Ground, queries: tuple[str, ...]) -> Times:
    times: Times = {}
    with opened(ground.working, ground.now) as floor:
        for query in queries:
            narrowed, spent = Filter(search=query), []
            for _ in range(REPEATS):
                begun = time.perf_counter()
                floor.page(View.ALL, narrowed)
                spent.append((time.perf_counter() - begun) * 1000)
            times[query] = spent
    return times


def indexed(ground: Ground) -> Times:
    """Milliseconds of the first page of every query that an index helps."""
    return _asked(ground, INDEXED)


def rare(ground: Ground) -> Times:
    """The same of those that none helps."""
    return _asked(ground, RARE)


def export(ground: Ground) -> tuple[float, float]:
    """Seconds and megabytes of writing about so many cases to a workbook."""
    with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
        target = Path(folder, "cases.xlsx")
        query = _of_about(ground, ROWS)
        arguments = ["--database", str(ground.working), "export", "cases", "--query", query, "-o", str(target)]
        done = subprocess.run(
            [sys.executable, "-c", COUNTED, *arguments],
            env=ground.environment(ground.working), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise Unmeasurable(f"the export did not end well: {done.stderr[-500:]}")
    status, seconds, megabytes = json.loads(done.stdout)
    if status != 0:
        raise Unmeasurable(f"the export did not end well: {done.stderr[-500:]}")
    return seconds, megabytes


def _of_about(ground: Ground, rows: int) -> str:
    """A query for so many cases: those written within a number of days."""
    nth = f"SELECT reviewed_at FROM review_case ORDER BY reviewed_at DESC LIMIT 1 OFFSET {rows - 1}"
    now = parse_iso(ground.now, zone("Asia/Shanghai"))
    return next((f"age:<{(now - at) // DAY + 1}d" for (at,) in ground.asked(nth)), "age:<9999d")


@figure("query", "a page of a typed query that an index helps: the slowest of them", 5, "ms")
def _query(ground: Ground) -> float:
    return max(median(one) for one in ground.once(indexed).values())


@figure("query.median", "a page of a typed query that an index helps: median", None, "ms")
def _query_median(ground: Ground) -> float:
    return median(median(one) for one in ground.once(indexed).values())


@figure("query.rare", "a page of a typed query that no index knows: the slowest of them", None, "ms")
def _query_rare(ground: Ground) -> float:
    return max(median(one) for one in ground.once(rare).values())


@figure("export.memory", f"memory while {ROWS:,} cases are written to a workbook", 300, "MB")
def _memory(ground: Ground) -> float:
    return ground.once(export)[1]


@figure("export.seconds", f"{ROWS:,} cases written to a workbook", None, "s")
def _seconds(ground: Ground) -> float:
    return ground.once(export)[0]
