"""Figures of playbooks: counted from kept steps, compared with intervals, and silent where there are few."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.clock import SECOND
from data.outcomes import LineResult, Standing
from data.protocols import Disposition, Move
from data.reads import script_figures as reads
from data.script_figures import (
    CallFigure,
    Compared,
    Measure,
    ScriptFigures,
    Share,
    Verdict,
    compare,
    figures,
    raising,
)
from tests.data.casework.desk import DAY, HOUR, Desk

TOLD = 0.0005


def test_a_difference_has_the_interval_that_its_author_published() -> None:
    """Newcombe 1998, table II, example (a): 56/70 against 48/80."""
    low, high = Compared(Measure.SETTLED, Share(48, 80), Share(56, 70)).interval
    assert low == pytest.approx(0.0524, abs=TOLD)
    assert high == pytest.approx(0.3339, abs=TOLD)


def test_a_share_has_wilsons_interval() -> None:
    """Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3: 81/263 and 0/20."""
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=TOLD)
    assert Share(0, 20).interval == pytest.approx((0.0, 0.1611), abs=TOLD)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=80)
def test_an_interval_holds_its_share_and_a_verdict_follows_from_it(a: int, more_a: int, b: int, more_b: int) -> None:
    compared = Compared(Measure.SETTLED, Share(a, a + more_a), Share(b, b + more_b))
    for share in (compared.first, compared.second):
        low, high = share.interval
        assert low - 1e-9 <= share.share <= high + 1e-9 or not share.of
    low, high = compared.interval
    assert -1 <= low <= high <= 1
    if min(compared.first.of, compared.second.of) < 30:
        assert compared.verdict is Verdict.TOO_FEW
    if compared.verdict is Verdict.MORE:
        assert low > 0
    other = Compared(Measure.SETTLED, compared.second, compared.first)
    assert other.interval == pytest.approx((-high, -low))


def test_few_calls_and_wide_intervals_say_nothing_and_many_equal_ones_no_difference() -> None:
    assert Compared(Measure.SETTLED, Share(20, 29), Share(1, 29)).verdict is Verdict.TOO_FEW
    assert Compared(Measure.SETTLED, Share(20, 40), Share(22, 40)).verdict is Verdict.TOO_FEW
    assert Compared(Measure.SETTLED, Share(500, 1000), Share(510, 1000)).verdict is Verdict.SAME
    assert Compared(Measure.SETTLED, Share(20, 100), Share(60, 100)).verdict is Verdict.MORE
    assert Compared(Measure.REFUSED, Share(60, 100), Share(20, 100)).verdict is Verdict.LESS


def call(desk: Desk, *moves: Move, line: LineResult, standing: Standing, at: int | None = None) -> int:
    """A call about a case of its own, ten seconds a step, with its outcome; gives the case."""
    case_id = desk.case()
    opened = desk.casework.start_call(case_id)
    for move in moves:
        desk.now += 10 * SECOND
        desk.casework.advance_call(opened.call_id, move)
    desk.casework.record_outcome(opened.contact_id, Disposition(line, standing, at))
    desk.now += HOUR // 60
    return case_id


def counted(desk: Desk) -> list[ScriptFigures]:
    """The figures of all calls of the desk."""
    with desk.store.read() as connection:
        calls = list(reads.calls(connection, 0, desk.now + DAY))
    return figures(calls, {desk.playbook.hash: raising(desk.playbook)})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "shop.db")


def test_places_objections_ways_out_times_and_what_came_of_it_are_counted(desk: Desk) -> None:
    chosen = [Move("choose", key) for key in "111"]
    call(desk, *chosen, Move("choose", "1"), line=LineResult.RIGHT_PARTY, standing=Standing.PROMISED, at=desk.now + DAY)
    refused = [*chosen, Move("choose", "2"), Move("choose", "1"), Move("end")]
    call(desk, *refused, line=LineResult.RIGHT_PARTY, standing=Standing.KEPT_SATISFIED)
    call(desk, Move("choose", "3"), line=LineResult.NO_ANSWER, standing=Standing.UNREACHABLE_RETRY)
    (script,) = counted(desk)
    dial, ask = script.places["dial"], script.places["ask"]
    assert (script.calls, dial.times, dial.calls, dial.left_by) == (3, 3, 3, {"1": 2, "3": 1})
    assert dial.median_ms == 10 * SECOND
    assert ask.left_by == {"1": 1, "2": 1, "0": 1}
    assert (ask.times, ask.calls, ask.ended) == (3, 2, 1)
    assert script.places["nobody"].ended == 1
    assert script.places["promised"].came_of == {"waiting_buyer": 1}
    objection = script.objections["O1"]
    assert (objection.times, objection.left_by, dict(objection.came_of)) == (1, {"ask": 1}, {"waiting_us": 1})


def test_a_call_without_an_outcome_is_not_counted_and_hinders_no_other(desk: Desk) -> None:
    call(desk, Move("choose", "3"), line=LineResult.NO_ANSWER, standing=Standing.UNREACHABLE_RETRY)
    opened = desk.casework.start_call(desk.case())
    desk.casework.advance_call(opened.call_id, Move("choose", "1"))
    (script,) = counted(desk)
    assert script.calls == 1
    assert script.places["dial"].times == 1


def outcome(number: int, standing: Standing, text: str) -> CallFigure:
    """A call that reached the buyer, without steps."""
    return CallFigure(number, "p", 1, text, (), "x", LineResult.RIGHT_PARTY, standing, "working", None)


def test_two_texts_are_compared_over_the_calls_that_reached_the_buyer() -> None:
    calls = [outcome(at, Standing.REMEDY_OWED if at % 2 else Standing.REFUSED_FIRM, "a") for at in range(80)]
    calls += [outcome(at, Standing.REMEDY_OWED if at % 10 else Standing.REFUSED_FIRM, "b") for at in range(80)]
    calls += [CallFigure(at, "p", 1, "b", (), "x", "no_answer", "unreachable_retry", "x", None) for at in range(80)]
    first, second = figures(calls, {})
    found = {each.measure: each for each in compare(first, second)}
    assert found[Measure.SETTLED].second.of == 80
    assert found[Measure.SETTLED].verdict is Verdict.MORE
    assert found[Measure.REFUSED].verdict is Verdict.LESS


def test_calls_are_read_by_the_time_they_began(desk: Desk) -> None:
    for statement in (reads.CALLS, reads.STEPS):
        plan = [
            row[3] for row in desk.world.connection.execute(f"EXPLAIN QUERY PLAN {statement}", {"since": 0, "until": 1})
        ]
        assert any("call_started" in step for step in plan), plan
        assert not any("SCAN" in step or "TEMP" in step for step in plan), plan
