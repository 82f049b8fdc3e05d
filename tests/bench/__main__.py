"""Measure everything, or what `--only` names, and print each figure beside its bound."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench import (
    agenda,
    asking,
    comfort,
    contact,
    core_day,
    idle,
    importing,
    lint,
    moving,
    next_case,
    playbooks,
    reading,
    start,
    templates,
    workbooks,
    working,
)
from tests.bench.figures import FIGURES, Result, take
from tests.bench.ground import CACHE, Ground
from tests.bench.table import heading, line

GROUPS = (
    start,
    moving,
    comfort,
    idle,
    reading,
    agenda,
    asking,
    contact,
    core_day,
    next_case,
    working,
    importing,
    workbooks,
    lint,
    playbooks,
    templates,
)
"""The modules whose figures are measured, in this order; a new group is one more name here."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 when a figure could not be measured. A figure over its bound is a fact, not a failure."""
    asked = _parser().parse_args(arguments)
    ordered = [one for group in GROUPS for one in FIGURES.values() if one.measure.__module__ == group.__name__]
    chosen = [one for one in ordered if not asked.only or any(one.name.startswith(name) for name in asked.only)]
    if asked.list or not chosen:
        print("\n".join(f"{one.name:<24} {one.says}" for one in ordered))
        return 0 if chosen else 2
    ground = Ground(asked.reviews, asked.runs, asked.folder, say=lambda said: print(said, file=sys.stderr, flush=True))
    if not asked.json:
        print(heading(asked.reviews))
    results = []
    for one in chosen:
        result = take(one, ground)
        results.append(result)
        if not asked.json:
            print(line(result), flush=True)
    if asked.json:
        print(json.dumps(_as_json(asked.reviews, results), ensure_ascii=False, indent=1))
    return int(any(result.value is None for result in results))


def _as_json(reviews: int, results: list[Result]) -> dict[str, object]:
    return {
        "reviews": reviews,
        "figures": [
            {
                "name": result.figure.name,
                "says": result.figure.says,
                "value": result.value,
                "bound": result.bound,
                "unit": result.figure.unit,
                "verdict": result.verdict,
                "trouble": result.trouble,
            }
            for result in results
        ],
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--reviews", type=int, default=1_000_000, metavar="N", help="reviews in the database (1000000)")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="starts of which the median is taken (7)")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="figures whose name begins so")
    parser.add_argument(
        "--folder", type=Path, default=CACHE, metavar="PATH", help="where databases are kept (bench-out)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--list", action="store_true", help="only name the figures")
    return parser


if __name__ == "__main__":
    sys.exit(main())
