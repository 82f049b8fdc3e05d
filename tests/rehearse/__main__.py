"""`make rehearse-many`: many random calls over every shipped playbook, or over the ones that are named.

Status 1 as soon as one call breaks a rule; what it prints then repeats that call.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from data.errors import AmendsError
from data.playbook.check import check
from data.playbook.format import Playbook
from data.playbook.load import load, shipped
from tests.rehearse.random_calls import Broken, Figures, calls, seeds

PORTION = 500


@cache
def _loaded(path: Path) -> Playbook:
    return load(path)


def _portion(path: Path, bound: int, seed: int, count: int) -> tuple[Figures, str]:
    try:
        return calls(_loaded(path), seed, count, bound), ""
    except (Broken, AmendsError) as broken:
        return Figures(), str(broken)


def main() -> int:
    """Make the calls on every core, print what they came to, and give the exit status."""
    parser = argparse.ArgumentParser(prog="rehearse-many", description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000, help="how many, over all playbooks (100000)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("files", nargs="*", type=Path)
    told = parser.parse_args()
    paths = told.files or list(shipped())
    begun, broken = time.monotonic(), []
    with ProcessPoolExecutor(told.workers) as pool:
        for path in paths:
            found, playbook = Figures(), load(path)
            bound, portions = check(playbook).steps, list(seeds(told.calls // len(paths), PORTION))
            asked = [pool.submit(_portion, path, bound, seed, count) for seed, count in portions]
            for figures, reason in (each.result() for each in asked):
                found.add(figures)
                broken += [reason] if reason else []
            _print(playbook, found)
    print(f"{time.monotonic() - begun:.0f} s with {told.workers} workers")
    for reason in broken[:10]:
        print(reason, file=sys.stderr)
    return 1 if broken else 0


def _print(playbook: Playbook, found: Figures) -> None:
    missed = sorted(set(playbook.by_id) - found.nodes)
    print(
        f"{playbook.id}: {found.calls} calls, {found.steps} steps, the longest {found.longest}; "
        f"{len(playbook.nodes) - len(missed)} of {len(playbook.nodes)} nodes; "
        f"asked about the review {found.questions}×, {found.refusals} refusals"
    )
    print("   " + ", ".join(f"{line} {count}" for line, count in found.endings.most_common()))
    if missed:
        print(f"   never reached: {', '.join(missed[:20])}")


if __name__ == "__main__":
    sys.exit(main())
