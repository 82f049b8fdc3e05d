"""F2 on small shops: it takes what whoever weighed every single case would take."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.answers import advise
from data.casework.entrance import SqlCasework
from data.clock import DAY, Clock, zone
from data.errors import Refused
from data.priority import Reason, is_owed, may_be_worked, points
from data.reads import SqlReads
from data.settings import Priority, Settings
from data.store.store import Store
from tests.data.casework.desk import HOUR, MINUTE, Desk

ZONE = zone("Asia/Shanghai")
HOURS = st.integers(-30, 30)
CASES = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["new", "new", "working", "waiting_buyer", "waiting_us", "scheduled", "escalated"]),
        "due": HOURS,
        "contact": st.sampled_from([None, -5, 0, 0, 3]),
        "owner": st.sampled_from([None, None, None, "me", "other"]),
        "lease": st.sampled_from([-1, 4]),
        "bad": st.booleans(),
        "pictures": st.integers(0, 1),
        "appended": st.booleans(),
        "refused": st.sampled_from([False, False, False, True]),
        "calls": st.sampled_from([0, 0, 3]),
        "attempts": st.sampled_from([0, 0, 8]),
        "tried": st.sampled_from([None, None, -1, -5]),
        "callback": st.sampled_from([None, None, None, -1, 0, 5]),
        "owed": st.sampled_from([None, None, None, -3, 5]),
        "promised": st.sampled_from([None, None, -49]),
        "zone": st.sampled_from([None, None, "America/Los_Angeles"]),
    }
)


def add(desk: Desk, other: int, told: dict[str, object]) -> int:
    """A case of the shop as the strategy tells it."""
    now, world = desk.now, desk.world
    buyer = world.buyer(zone=told["zone"], refused_at=now - DAY if told["refused"] else None)
    world.insert("personal", buyer_id=buyer, kind="phone", value="14001516737", added_at=now)
    review = world.review(
        buyer, grade="bad" if told["bad"] else "neutral", pictures=told["pictures"], created_at=now - 2 * DAY,
        appended_text="又坏了" if told["appended"] else None,
    )  # fmt: skip
    contact, owner = told["contact"], {"me": world.agent_id, "other": other}.get(str(told["owner"]))
    assert isinstance(told["due"], int)
    assert isinstance(told["lease"], int)
    case = world.case(
        review, state=told["state"], due_at=now + told["due"] * HOUR, owner_id=owner,
        contact_from=None if contact is None else now + int(str(contact)) * HOUR,
        lease_until=None if owner is None else now + told["lease"] * HOUR, calls=told["calls"],
        attempts=told["attempts"], opened_at=now,
    )  # fmt: skip
    at = {name: None if told[name] is None else now + int(str(told[name])) * HOUR
          for name in ("tried", "callback", "owed", "promised")}  # fmt: skip
    if at["tried"] is not None:
        world.contact(case, started_at=at["tried"], ended_at=at["tried"] + MINUTE)
    if at["callback"] is not None:
        world.insert("follow_up", case_id=case, kind="callback", state="open", due_at=at["callback"], set_at=now)
    if at["owed"] is not None:
        world.insert("remedy", case_id=case, agent_id=other, kind="refund_part", state="accepted", offered_at=now - DAY,
                     due_at=at["owed"])  # fmt: skip
    if at["promised"] is not None:
        world.insert("promise", case_id=case, by_whom="buyer", kind="revise", state="open", made_at=at["promised"],
                     due_at=now + DAY)  # fmt: skip
    return case


def best_of_all(desk: Desk, cases: list[int]) -> int | None:
    """The most useful case, found by weighing every one by itself."""
    reads, found = SqlReads(desk.store, zone=ZONE), []
    for case_id in cases:
        page = reads.case(case_id, now=desk.now)
        facts = page.priority
        assert facts is not None
        if not may_be_worked(facts, desk.now, ZONE, desk.world.agent_id):
            continue
        allowed = advise(page.facts, desk.now, ZONE, desk.settings.contact).allowed
        if allowed or is_owed(facts, desk.now):
            named = points(facts, desk.settings.priority, desk.now, ZONE, desk.world.agent_id)
            agreed = page.row.owner_id == desk.world.agent_id and any(one.reason is Reason.CALLBACK for one in named)
            found.append((not agreed, -sum(one.points for one in named), page.row.due_at, -case_id))
    return -min(found)[3] if found else None


@settings(max_examples=11, deadline=None)
@given(st.lists(CASES, max_size=9), st.sampled_from([0, 10, -3]), st.integers(0, 60), st.integers(0, 60))
def test_the_next_case_is_the_best_of_all(told: list[dict[str, object]], later: int, due: int, owed: int) -> None:
    weights = Priority(due=due, owed=owed)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "shop.db", settings=replace(Settings(), priority=weights))
        other = desk.world.agent("ming")
        cases = [add(desk, other, each) for each in told]
        desk.now += later * HOUR
        left = list(cases)
        while (best := best_of_all(desk, left)) is not None:
            passed = set(cases) - set(left)
            assert desk.casework.claim_next(passed) == best
            assert desk.row(best)["owner_id"] == desk.world.agent_id
            left.remove(best)
        with pytest.raises(Refused):
            desk.casework.claim_next(set(cases) - set(left))
        assert desk.faults() == []
        desk.store.close()
        desk.world.connection.close()


def test_of_eight_agents_at_once_each_gets_another_case(desk: Desk) -> None:
    cases = [desk.case(due_at=desk.now + number * MINUTE) for number in range(8)]
    agents = [desk.world.agent(f"agent{number}") for number in range(8)]

    def take(agent_id: int) -> int:
        store = Store(desk.path)
        try:
            clock = Clock(lambda: desk.now)
            return SqlCasework(store, clock, Settings(), agent_id, lambda _language: desk.playbook).claim_next()
        finally:
            store.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take, agents)) == cases


def test_a_case_that_the_contact_rules_keep_back_is_left_for_the_next_best(desk: Desk) -> None:
    refused = desk.case(due_at=desk.now - HOUR)
    buyer = desk.value("SELECT buyer_id FROM review_case WHERE id = ?", refused)
    assert isinstance(buyer, int)
    desk.world.change("buyer", buyer, refused_at=desk.now)
    other = desk.case(due_at=desk.now + 9 * HOUR)
    assert desk.casework.claim_next() == other


def test_a_case_that_may_soon_be_late_comes_before_one_that_is_far_from_it(desk: Desk) -> None:
    desk.case(due_at=desk.now + 3 * DAY)
    urgent = desk.case(due_at=desk.now + 18 * MINUTE)
    assert desk.casework.claim_next() == urgent


def test_what_is_shown_as_next_is_what_f2_takes(desk: Desk) -> None:
    for number in range(6):
        desk.case(due_at=desk.now + number * 20 * MINUTE + MINUTE)
    reads = SqlReads(desk.store, zone=ZONE)
    (shown,) = reads.what_next([Priority()], desk.settings.contact, agent_id=desk.world.agent_id, now=desk.now, most=4)
    assert len(shown) == 4
    assert [each.row.case_id for each in shown] == [desk.casework.claim_next() for _ in shown]


def test_at_night_nobody_is_next_but_whom_we_owe(desk: Desk) -> None:
    desk.case()
    desk.now += 12 * HOUR
    with pytest.raises(Refused):
        desk.casework.claim_next()
    owing = desk.case(state="waiting_us", contact_from=None, due_at=desk.now - HOUR)
    desk.world.insert("remedy", case_id=owing, agent_id=desk.world.agent_id, kind="refund_part", state="accepted",
                      offered_at=desk.now - DAY, due_at=desk.now - HOUR)  # fmt: skip
    assert desk.casework.claim_next() == owing
