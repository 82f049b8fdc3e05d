from __future__ import annotations

import pytest

from data.casework.arrows import allows
from data.outcomes import (
    COMMON,
    LINES,
    STANDINGS,
    LineResult,
    Standing,
    consequence,
    line_label,
    standing_label,
    standings_for,
)
from data.vocabulary import FollowUpKind, Result, State
from tests.data.playbook.calls import all_shipped


def test_every_code_has_flags_and_a_label_of_its_own() -> None:
    assert set(LINES) == set(LineResult)
    assert set(STANDINGS) == set(Standing)
    labels = [*map(line_label, LineResult), *map(standing_label, Standing)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("owed", [False, True])
def test_every_standing_leads_where_the_outcome_arrow_allows(standing: Standing, owed: bool) -> None:
    found = consequence(standing, owed)
    assert allows("record_outcome", State.WORKING, found.state)
    assert (found.state is State.CLOSED) == (found.result is not None)
    assert found.result is not Result.VERIFIED


@pytest.mark.parametrize("standing", Standing)
def test_what_we_owe_keeps_a_case_open(standing: Standing) -> None:
    found, settled = consequence(standing, owed=True), consequence(standing)
    assert found.state is not State.CLOSED
    assert found.later == settled.result


def test_a_time_is_needed_exactly_where_the_follow_up_hangs_on_it() -> None:
    for standing, flags in STANDINGS.items():
        agreed = flags.follow_up in (FollowUpKind.CHECK_PROMISE, FollowUpKind.CALLBACK, FollowUpKind.EFFECT)
        assert agreed == flags.needs_time, standing


def test_an_open_case_always_has_a_next_step_or_somebody_who_owes_one() -> None:
    for standing, flags in STANDINGS.items():
        moves_itself = flags.state in (State.CLOSED, State.ESCALATED, State.WORKING)
        assert moves_itself or flags.follow_up is not None, standing


def test_every_line_result_offers_standings_that_fit_it() -> None:
    for line in LineResult:
        offered = standings_for(line)
        assert offered
        assert len(set(offered)) == len(offered)
        if not LINES[line].reached:
            assert not {Standing.PROMISED, Standing.KEPT_SATISFIED, Standing.REFUSED_FIRM} & set(offered)
    assert all(standing in standings_for(line) for line, standing in COMMON)
    assert len(COMMON) == 8


def test_endings_of_the_shipped_playbooks_fit_the_table() -> None:
    for playbook in all_shipped():
        for node in playbook.nodes:
            if node.ending is not None:
                lines = map(LineResult, (node.ending.line, *node.ending.also))
                fitting = {each for line in lines for each in standings_for(line)}
                assert set(node.ending.standing) <= fitting, node.id
