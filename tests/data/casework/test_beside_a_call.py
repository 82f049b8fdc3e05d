"""Marks, parking and taking up are steps that move nothing, and each step keeps the words that stood there."""

from __future__ import annotations

import json
from functools import partial

import pytest

from data.call_trail import MARKS
from data.errors import Refused
from data.protocols import Disposition, Move
from data.reads import SqlReads
from tests.data.casework.desk import MINUTE, Desk


def steps(desk: Desk) -> list[tuple[str, str, str | None, int, int]]:
    rows = desk.world.connection.execute("SELECT kind, node, choice, words, variant FROM call_step ORDER BY seq")
    return [(kind, node, choice, words, variant) for kind, node, choice, words, variant in rows]


def test_what_is_marked_parked_and_taken_up_moves_nothing(desk: Desk) -> None:
    call = desk.casework.start_call(desk.case())
    call = desk.casework.advance_call(call.call_id, Move("choose", "1"))
    for act in (
        partial(desk.casework.mark_call, call.call_id, "pace:slow"),
        partial(desk.casework.park_call, call.call_id),
        partial(desk.casework.resume_call, call.call_id),
    ):
        desk.now += MINUTE
        assert json.loads(act().run) == json.loads(call.run)
    assert [kind for kind, *_rest in steps(desk)] == ["entered", "chose", "marked", "paused", "resumed"]
    assert desk.faults() == []


def test_each_step_names_the_words_that_stood_there_when_it_was_taken(desk: Desk) -> None:
    call = desk.casework.start_call(desk.case())
    for kind, key in (("choose", "1"), ("variant", ""), ("choose", "1")):
        desk.casework.advance_call(call.call_id, Move(kind, key))
    assert steps(desk)[1:] == [
        ("chose", "dial", "1", 0, 0),
        ("variant", "sorry", None, 0, 0),
        ("chose", "sorry", "1", 0, 1),
    ]


def test_the_open_call_that_is_read_has_the_steps_that_casework_gave(desk: Desk) -> None:
    from data.clock import zone

    call = desk.casework.start_call(desk.case())
    call = desk.casework.mark_call(call.call_id, "temper:upset")
    read = SqlReads(desk.store, zone=zone("Asia/Shanghai")).open_call(desk.world.agent_id)
    assert read == call
    assert [step.kind for step in call.trail] == ["entered", "marked"]


@pytest.mark.parametrize("mark", ["", "pace:", "pace:warp", "temper:fast", "note: he is rude"])
def test_a_mark_is_of_the_closed_vocabulary_or_none(desk: Desk, mark: str) -> None:
    call = desk.casework.start_call(desk.case())
    assert mark not in MARKS
    with pytest.raises(ValueError, match="no such mark"):
        desk.casework.mark_call(call.call_id, mark)
    assert len(steps(desk)) == 1


def test_nobody_marks_parks_or_takes_up_a_colleagues_call_or_one_that_is_over(desk: Desk) -> None:
    call = desk.casework.start_call(desk.case())
    other = desk.casework_of(desk.world.agent("ming", name="阿明", title="客服"))
    for casework in (other, desk.casework):
        if casework is desk.casework:
            desk.casework.record_outcome(call.contact_id, Disposition("right_party", "undecided"))
        for act in (
            partial(casework.mark_call, call.call_id, "pace:slow"),
            partial(casework.park_call, call.call_id),
            partial(casework.resume_call, call.call_id),
        ):
            with pytest.raises(Refused):
                act()
    assert len(steps(desk)) == 1


def test_a_parked_call_is_still_the_agents_one_open_call(desk: Desk) -> None:
    first, second = desk.case(), desk.case()
    call = desk.casework.start_call(first)
    desk.casework.park_call(call.call_id)
    with pytest.raises(Refused):
        desk.casework.start_call(second)
    assert desk.value("SELECT count(*) FROM call") == 1
