"""When a case that somebody has is free for others, and how it goes back to the pool."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from data.casework import leaving
from data.casework.chain import NewEvent, append_events
from data.casework.entrance import SqlCasework
from data.clock import Clock
from data.errors import Refused
from data.settings import Assignment, Settings
from data.several import Task, Verb
from data.staff import Worker
from data.store.store import Store
from data.vocabulary import EventKind
from tests.data.casework.desk import HOUR, MINUTE, MORNING, Desk

EVENING = MORNING + 8 * HOUR + 30 * MINUTE
"""18:36 in Shanghai; day shifts have ended at 18:00."""

SHIFTS = replace(Settings(), assignment=Assignment("load", (Worker("ming", ((540, 1080),)), Worker("hong"))))


class Shift(Desk):
    """A desk of three: Ming works until six, Hong always, and nobody knows about Lili's hours."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.ming = self.world.agent("ming", name="阿明", title="售后")
        self.hong = self.world.agent("hong", name="小红", title="售后")

    def claimed(self, by: int, **values: object) -> int:
        case_id = self.case(**values)
        self.casework_of(by).claim(case_id)
        return case_id

    def owner(self, case_id: int) -> object:
        return self.row(case_id)["owner_id"]

    def last(self, case_id: int) -> tuple[object, ...]:
        cursor = self.world.connection.execute(
            "SELECT kind, agent_id, subject_id, code FROM event WHERE case_id = ? ORDER BY id DESC LIMIT 1", (case_id,)
        )
        return tuple(cursor.fetchone())


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    return Shift(tmp_path / "shop.db", settings=SHIFTS)


def test_an_overdue_case_whose_owner_went_home_is_anybodys_and_the_claim_says_whose_it_was(shift: Shift) -> None:
    case_id = shift.claimed(shift.ming, due_at=EVENING - HOUR)
    with pytest.raises(Refused, match="阿明"):
        shift.casework.claim(case_id)
    shift.now = EVENING
    assert "阿明" in shift.casework.claim(case_id).said
    assert shift.owner(case_id) == shift.world.agent_id
    assert shift.last(case_id) == ("claimed", shift.world.agent_id, shift.ming, "shift")
    shift.casework.undo()
    assert shift.owner(case_id) == shift.ming
    assert shift.faults() == []


def test_a_case_that_is_not_overdue_waits_for_its_owner_however_late_it_is(shift: Shift) -> None:
    case_id = shift.claimed(shift.ming, due_at=EVENING + HOUR)
    shift.now = EVENING
    with pytest.raises(Refused, match="阿明"):
        shift.casework.claim(case_id)
    shift.casework.catch_up()
    assert shift.owner(case_id) == shift.ming


def test_whoever_works_on_after_the_shift_keeps_what_they_work_on(shift: Shift) -> None:
    shift.now = EVENING
    case_id = shift.claimed(shift.ming, due_at=EVENING - HOUR)
    shift.now += HOUR
    with pytest.raises(Refused, match="阿明"):
        shift.casework.claim(case_id)
    shift.casework.catch_up()
    assert shift.owner(case_id) == shift.ming


def test_what_was_handed_over_after_the_shift_is_meant_for_who_got_it(shift: Shift) -> None:
    case_id = shift.claimed(shift.world.agent_id, due_at=EVENING - HOUR)
    shift.now = EVENING
    shift.casework.hand_over(case_id, shift.ming, "明早接着跟")
    shift.casework.catch_up()
    assert shift.owner(case_id) == shift.ming


def test_nobodys_case_is_free_while_they_are_in_contact_about_it(shift: Shift) -> None:
    case_id = shift.claimed(shift.ming, due_at=EVENING - HOUR)
    shift.world.contact(
        case_id, agent_id=shift.ming, started_at=EVENING - HOUR, ended_at=None, line=None, standing=None
    )
    shift.now = EVENING
    with pytest.raises(Refused, match="阿明"):
        shift.casework.claim(case_id)
    shift.now += 20 * HOUR
    shift.casework.catch_up()
    assert shift.owner(case_id) == shift.ming


def test_who_has_no_hours_is_always_there(shift: Shift) -> None:
    for agent in (shift.hong, shift.world.agent_id):
        case_id = shift.claimed(agent, due_at=EVENING - HOUR)
        shift.now = EVENING
        shift.casework.catch_up()
        assert shift.owner(case_id) == agent
        shift.now = MORNING


def test_what_was_given_to_who_comes_tomorrow_is_anybodys_once_it_is_overdue(shift: Shift) -> None:
    shift.now = EVENING
    case_id = shift.case(owner_id=shift.ming, lease_until=EVENING + 26 * HOUR, due_at=EVENING + HOUR)
    (event,) = append_events(
        shift.world.connection,
        [NewEvent(at=EVENING, kind=EventKind.ASSIGNED, case_id=case_id, subject_id=shift.ming, code="load")],
    )
    shift.world.change("review_case", case_id, last_event_id=event)
    shift.casework.catch_up()
    assert shift.owner(case_id) == shift.ming
    shift.now = EVENING + 2 * HOUR
    shift.casework.catch_up()
    assert shift.last(case_id) == ("returned", None, shift.ming, "shift")


def test_catching_up_gives_back_what_was_left_in_portions_and_undo_leaves_that_alone(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "AT_ONCE", 2)
    left = [shift.claimed(shift.ming, due_at=MORNING + HOUR) for _each in range(3)]
    ended = [shift.claimed(shift.hong, due_at=MORNING + 90 * HOUR) for _each in range(3)]
    kept = shift.claimed(shift.world.agent_id)
    shift.now = EVENING
    shift.casework.catch_up()
    assert {shift.owner(case_id) for case_id in left} == {None}
    assert {shift.owner(case_id) for case_id in ended} == {shift.hong}
    shift.now = MORNING + 12 * HOUR
    shift.casework_of(shift.hong).catch_up()
    assert {shift.last(case_id) for case_id in ended} == {("returned", None, shift.hong, "lease")}
    assert shift.owner(kept) is None
    assert shift.faults() == []
    with pytest.raises(Refused, match="acted on this case"):
        shift.casework.undo()


def test_who_delivered_a_remedy_has_the_case_until_they_ask_whether_all_is_well(shift: Shift) -> None:
    case_id = shift.claimed(shift.hong, state="waiting_us", settled=1)
    shift.world.insert(
        "remedy", case_id=case_id, agent_id=shift.hong, kind="resend", state="accepted", offered_at=MORNING
    )
    shift.casework_of(shift.hong).remedy_delivered(case_id)
    asked_at = shift.row(case_id)["follow_up_at"]
    assert isinstance(asked_at, int)
    assert asked_at > MORNING
    shift.now = asked_at
    shift.casework.catch_up()
    assert shift.owner(case_id) == shift.hong


def test_catching_up_with_nothing_to_do_takes_no_lock(shift: Shift) -> None:
    shift.claimed(shift.ming, due_at=EVENING + HOUR)
    before = shift.value("SELECT max(id) FROM event")
    shift.casework.catch_up()
    assert shift.value("SELECT max(id) FROM event") == before


def test_of_eight_who_take_a_left_case_one_wins_while_others_give_it_back(shift: Shift) -> None:
    case_id = shift.claimed(shift.ming, due_at=MORNING + HOUR)
    agents = [shift.world.agent(f"agent{number}") for number in range(8)]
    shift.now = EVENING

    def act(agent_id: int) -> bool:
        store = Store(shift.path)
        casework = SqlCasework(store, Clock(lambda: EVENING), SHIFTS, agent_id, lambda _language: shift.playbook)
        try:
            if agent_id % 3 == 0:
                casework.catch_up()
                return False
            casework.claim(case_id)
        except Refused:
            return False
        else:
            return True
        finally:
            store.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(act, agents)) == 1
    assert shift.owner(case_id) in agents
    assert shift.events(case_id) in (["claimed", "claimed"], ["claimed", "returned", "claimed"])
    assert shift.faults() == []


def test_a_lead_takes_over_at_once_what_a_colleague_has_and_an_agent_does_not(shift: Shift) -> None:
    case_id = shift.claimed(shift.ming)
    with pytest.raises(Refused):
        shift.casework.take_over(case_id)
    shift.world.change("agent", shift.world.agent_id, role="lead")
    assert "阿明" in shift.casework.take_over(case_id).said
    assert (shift.owner(case_id), shift.row(case_id)["state"]) == (shift.world.agent_id, "new")
    assert shift.last(case_id) == ("taken_over", shift.world.agent_id, shift.ming, None)
    with pytest.raises(Refused):
        shift.casework.take_over(case_id)
    shift.casework.undo()
    assert shift.owner(case_id) == shift.ming


def test_several_left_cases_are_claimed_at_once_as_one_by_one(shift: Shift) -> None:
    left, kept = shift.claimed(shift.ming, due_at=EVENING - HOUR), shift.claimed(shift.ming, due_at=EVENING + HOUR)
    shift.now = EVENING
    plan = shift.casework.plan(Task(Verb.CLAIM), [left, kept])
    assert (plan.ready, plan.passed_over) == (1, 1)
    shift.casework.several(Task(Verb.CLAIM), [left, kept])
    assert shift.last(left) == ("claimed", shift.world.agent_id, shift.ming, "shift")
    assert (shift.owner(left), shift.owner(kept)) == (shift.world.agent_id, shift.ming)


def test_a_lead_does_not_take_a_case_out_of_a_talk(shift: Shift) -> None:
    case_id = shift.claimed(shift.ming)
    shift.world.contact(case_id, agent_id=shift.ming, ended_at=None, line=None, standing=None)
    shift.world.change("agent", shift.world.agent_id, role="lead")
    with pytest.raises(Refused, match="阿明"):
        shift.casework.take_over(case_id)


def test_looking_for_what_is_free_follows_indexes(shift: Shift) -> None:
    for statement in leaving.STATEMENTS.values():
        named = dict.fromkeys(("now", "limit", "owner_id", "case_id", "ended_at"), 0)
        plan = [row[3] for row in shift.world.connection.execute(f"EXPLAIN QUERY PLAN {statement}", named)]
        assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step], plan
