"""Whose case it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from data.casework.entrance import SqlCasework
from data.clock import Clock
from data.errors import Refused
from data.settings import Settings
from data.store.store import Store
from tests.data.casework.desk import HOUR, MINUTE, Desk


def test_a_claim_makes_the_case_the_agents_for_a_lease(desk: Desk) -> None:
    case_id = desk.case()
    assert desk.casework.claim(case_id).undoable
    row = desk.row(case_id)
    assert row["owner_id"] == desk.world.agent_id
    assert row["lease_until"] == desk.now + desk.settings.claims.lease_hours * HOUR
    assert desk.events(case_id) == ["claimed"]
    assert desk.faults() == []


def test_a_second_claim_is_refused_and_names_the_holder(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.claim(case_id)
    other = desk.casework_of(desk.world.agent("ming", name="阿明"))
    with pytest.raises(Refused, match="莉莉"):
        other.claim(case_id)


def test_a_claim_that_ran_out_is_free_again(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.claim(case_id)
    desk.now += desk.settings.claims.lease_hours * HOUR + MINUTE
    other = desk.world.agent("ming")
    desk.casework_of(other).claim(case_id)
    assert desk.row(case_id)["owner_id"] == other


def test_of_eight_claims_at_once_one_wins(desk: Desk) -> None:
    case_id = desk.case()
    agents = [desk.world.agent(f"agent{number}") for number in range(8)]

    def claim(agent_id: int) -> bool:
        store = Store(desk.path)
        try:
            SqlCasework(store, Clock(lambda: desk.now), Settings(), agent_id, lambda _: desk.playbook).claim(case_id)
        except Refused:
            return False
        else:
            return True
        finally:
            store.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, agents)) == 1
    assert desk.events(case_id) == ["claimed"]


def test_release_gives_the_case_back_and_undo_takes_it_again(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.claim(case_id)
    desk.casework.release(case_id)
    assert desk.row(case_id)["owner_id"] is None
    desk.casework.undo()
    assert desk.row(case_id)["owner_id"] == desk.world.agent_id


def test_the_next_case_is_the_one_due_first_that_may_be_contacted(desk: Desk) -> None:
    desk.case(due_at=desk.now - HOUR, contact_from=desk.now + HOUR)
    desk.case(due_at=desk.now - HOUR, contact_from=None)
    desk.case(due_at=desk.now - HOUR, state="scheduled", contact_from=desk.now + 1)
    later = desk.case(due_at=desk.now + 2 * HOUR)
    first = desk.case(due_at=desk.now + HOUR)
    assert desk.casework.claim_next() == first
    assert desk.casework.claim_next() == later


def test_of_cases_due_at_once_the_fresher_comes_first(desk: Desk) -> None:
    desk.case(due_at=desk.now)
    fresher = desk.case(due_at=desk.now)
    assert desk.casework.claim_next() == fresher


def test_without_a_case_to_take_it_says_so(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.casework.claim_next()
