"""Simulate a desk and audit what it left: 50 agents, 90 days and 20,000 cases unless told otherwise."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.simulate.auditor.report import audit
from tests.simulate.run import Simulated, Terms, simulate


def main() -> int:
    """0, or 1 when the audit found anything."""
    told = _parser().parse_args()
    terms = Terms()
    terms = replace(
        terms,
        agents=told.agents,
        days=told.days,
        cases=told.cases,
        seed=told.seed,
        start=told.start,
        pace=terms.pace * (told.agents * told.days / told.cases) / (terms.agents * terms.days / terms.cases),
    )
    with tempfile.TemporaryDirectory(prefix="amends-simulated-") as scratch:
        folder = told.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "shop.db").unlink(missing_ok=True)
        done = simulate(folder, terms, lambda said: print(said, file=sys.stderr, flush=True))
        return _audited(done, terms)


def _audited(done: Simulated, terms: Terms) -> int:
    print("\n".join(done.figures.lines()))
    minutes = terms.days * 1440
    speed = minutes / done.seconds
    print(f"\n{minutes:,} minutes of {terms.agents} agents in {done.seconds:,.0f} s: {speed:,.0f} a second")
    print("\nWhat the record holds:")
    report = audit(done.path, done.ended_at)
    print("\n".join(report.figures))
    for rule, count in Counter(finding.rule for finding in report.findings).most_common():
        print(f"{count:>9,}  findings: {rule}")
    print("\n".join(map(str, report.findings[:100])))
    print(f"{len(report.findings):,} findings")
    return int(bool(report.findings))


def _parser() -> argparse.ArgumentParser:
    usual = Terms()
    parser = argparse.ArgumentParser(prog="python -m tests.simulate", description=__doc__)
    parser.add_argument("--agents", type=int, default=usual.agents)
    parser.add_argument("--days", type=int, default=usual.days)
    parser.add_argument("--cases", type=int, default=usual.cases)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--start", type=date.fromisoformat, default=usual.start, help="the first day")
    parser.add_argument("--folder", type=Path, help="keep the database there; else it is thrown away")
    return parser


if __name__ == "__main__":
    sys.exit(main())
