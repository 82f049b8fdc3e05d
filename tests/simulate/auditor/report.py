"""The whole audit: every finding, and figures of what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.simulate.auditor import cases, chain, clocks, contacts, promises
from tests.simulate.auditor.record import Finding, Record, read


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit found, and what it looked at."""

    findings: list[Finding]
    figures: list[str]


def audit(path: Path, ended_at: int) -> Report:
    """Audit a database that ended at a time in UTC milliseconds."""
    record = read(path)
    findings = [
        *chain.check(record),
        *contacts.check(record),
        *promises.check(record, ended_at),
        *cases.check(record),
        *clocks.check(record, ended_at),
    ]
    return Report(findings, list(_figures(record)))


def _figures(record: Record) -> Iterator[str]:
    closed = [case for case in record.cases.values() if case.state == "closed"]
    made = [one for some in record.promises.values() for one in some]
    owed = [one for some in record.remedies.values() for one in some]
    passed = sum(event.kind == "rule_overridden" for event in record.events)
    broken = _counted(event.code for event in record.events if event.kind == "clock_broken")
    yield from (
        f"{len(record.events):>9,}  events",
        f"{len(record.cases):>9,}  cases, {len(closed):,} closed: {_counted(case.result for case in closed)}",
        f"{'':>9}  open: {_counted(case.state for case in record.cases.values() if case.open)}",
        f"{len(record.contacts):>9,}  contacts: {_counted(one.channel for one in record.contacts.values())}",
        f"{'':>9}  results: {_counted(one.line for one in record.contacts.values())}",
        f"{'':>9}  standings: {_counted(one.standing for one in record.contacts.values())}",
        f"{passed:>9,}  soft rules passed by leads",
        f"{'':>9}  clocks that broke: {broken}",
        f"{len(made):>9,}  promises: {_counted(one.state for one in made)}",
        f"{len(owed):>9,}  remedies: {_counted(one.state for one in owed)}",
    )


def _counted(values: Iterable[object]) -> str:
    counts = Counter(str(value) for value in values)
    return ", ".join(f"{value} {count:,}" for value, count in counts.most_common())
