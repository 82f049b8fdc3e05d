"""A desk at work for some days leaves a record in which the auditor finds nothing; the long run is `make simulate`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.simulate.auditor.record import read
from tests.simulate.auditor.report import audit
from tests.simulate.run import Terms, simulate

AUTUMN = Terms(agents=4, days=4, cases=36, seed=11, start=date(2026, 9, 28), pace=20, crashes=0.04)
"""Over National Day, with a Sunday that was made a working day behind it."""

SUMMER = Terms(agents=5, days=7, cases=90, seed=2, start=date(2026, 8, 28), pace=16, crashes=0.02)
"""Over the end of the summer's noon rest."""


@pytest.mark.parametrize(
    "terms", [pytest.param(AUTUMN, id="autumn"), pytest.param(SUMMER, id="summer", marks=pytest.mark.long)]
)
def test_a_desk_at_work_breaks_no_rule_loses_no_case_and_forgets_no_promise(tmp_path: Path, terms: Terms) -> None:
    done = simulate(tmp_path, terms)
    report = audit(done.path, done.ended_at)
    assert list(map(str, report.findings)) == []
    record = read(done.path)
    kinds = Counter(event.kind for event in record.events)
    # What was to be tried was tried, or a clean record would say little.
    assert len(record.contacts) > 50
    assert done.figures.done["sessions that died in a call"] > 0
    assert done.figures.done["contacts taken up again"] > 0
    assert sum(count for why, count in done.figures.refused.items() if "May not be contacted" in why) > 30
    for kind in ("rule_overridden", "refused", "promised", "remedy_delivered", "revision_observed", "undone"):
        assert kinds[kind] > 0, kind


def test_the_seed_alone_decides_what_happens(tmp_path: Path) -> None:
    terms = Terms(agents=2, days=2, cases=12, seed=7, start=date(2026, 11, 2), pace=24)
    told = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        record = read(simulate(tmp_path / name, terms).path)
        told.append([(e.at, e.kind, e.agent_id, e.case_id, e.code, e.number) for e in record.events])
    assert told[0] == told[1]
    assert len({kind for _at, kind, *_rest in told[0]}) > 10
