"""The lists of the ledger, what a buyer was given before, and what remedies cost."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.reads import remedies
from data.remedies.rows import CostsBy, RemedyView
from data.rows import Key
from tests.data.world import DAY, HOUR, NOW, World

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "shop.db")


def remedy(world: World, case_id: int, state: str = "accepted", **values: object) -> int:
    row: dict[str, object] = {
        "case_id": case_id,
        "agent_id": world.agent_id,
        "owner_id": world.agent_id,
        "kind": "voucher",
        "state": state,
        "offered_at": NOW,
        "accepted_at": None if state in ("offered", "asked", "declined") else NOW,
        "asked_at": NOW if state == "asked" else None,
    }
    return world.insert("remedy", **{**row, **values})


def listed(
    world: World, view: RemedyView, *, mine: bool = False, limit: int = 50, after: Key | None = None
) -> list[int]:
    page = remedies.page(
        world.connection, view, mine=mine, agent_id=world.agent_id, now=NOW, zone=ZONE,
        after=after, before=None, last=False, limit=limit,
    )  # fmt: skip
    return [row.remedy.id for row in page.rows]


def test_the_lists_tell_what_is_overdue_due_today_asked_owed_and_all(world: World) -> None:
    case = world.case()
    late = remedy(world, case, due_at=NOW - HOUR)
    today = remedy(world, case, due_at=NOW + HOUR, owner_id=world.agent("ming"))
    later = remedy(world, case, "issued", due_at=NOW + 3 * DAY)
    asked = remedy(world, case, "asked", offered_at=NOW + 1)
    done = remedy(world, case, "told", due_at=NOW - DAY, offered_at=NOW + 2)
    remedy(world, case, "withdrawn")
    assert listed(world, RemedyView.OVERDUE) == [late]
    assert listed(world, RemedyView.TODAY) == [today]
    assert listed(world, RemedyView.TODAY, mine=True) == []
    assert listed(world, RemedyView.ASKED) == [asked]
    assert listed(world, RemedyView.OWED) == [late, today, later]
    assert listed(world, RemedyView.OWED, mine=True) == [late, later]
    assert listed(world, RemedyView.ALL) == [done, asked, later, today, late]
    counted = remedies.counts(world.connection, mine=False, agent_id=world.agent_id, now=NOW, zone=ZONE)
    assert list(counted.values()) == [1, 1, 1, 3, 5]


def test_pages_follow_each_other_without_a_gap(world: World) -> None:
    case = world.case()
    every = [remedy(world, case, due_at=NOW + number % 3) for number in range(7)]
    seen: list[int] = []
    key: Key | None = None
    while page := listed(world, RemedyView.OWED, limit=2, after=key):
        seen += page
        key = Key(NOW + (page[-1] - 1) % 3, page[-1])
    assert sorted(seen) == every
    assert len(seen) == len(set(seen))


def test_a_list_is_found_by_its_index(world: World) -> None:
    for name, statement in remedies.statements():
        if not name.startswith("remedies-costs") and not name.endswith("size"):
            named = dict.fromkeys(re.findall(r":(\w+)", statement), 1)
            plan = "\n".join(row[3] for row in world.connection.execute(f"EXPLAIN QUERY PLAN {statement}", named))
            assert "SCAN e" not in plan.replace("SCAN e USING INDEX", ""), (name, plan)
            assert name == "remedies-given" or "TEMP B-TREE" not in plan, (name, plan)


def test_what_a_buyer_was_given_lately_is_counted_over_all_their_cases(world: World) -> None:
    buyer = world.buyer()
    cases = [world.case(world.review(buyer)) for _number in range(3)]
    remedy(world, cases[0], amount_minor=1_000)
    remedy(world, cases[1], "told", amount_minor=500)
    remedy(world, cases[1], "declined", amount_minor=9_000)
    remedy(world, cases[2], amount_minor=7_000, accepted_at=NOW - 181 * DAY)
    remedy(world, world.case(), amount_minor=3_000)
    (one,) = remedies.given(world.connection, buyer, NOW)
    assert (one.currency, one.count, one.worth_minor) == ("CNY", 2, 1_500)


def test_costs_are_added_up_by_cause_product_agent_delay_and_case(world: World) -> None:
    product = world.product(title="电热水器")
    first = world.case(world.review(product_id=product, created_at=NOW - 2 * HOUR), cause="Q1")
    second = world.case(world.review(created_at=NOW - 9 * DAY), cause="L1")
    remedy(world, first, amount_minor=3_000, cost_minor=3_000)
    remedy(world, first, "told", cost_minor=2_400)
    remedy(world, second, cost_minor=None)
    remedy(world, second, "declined", cost_minor=99_000)
    remedy(world, second, cost_minor=700, accepted_at=NOW - 40 * DAY)

    def told(by: CostsBy) -> list[tuple[str, int, int, int]]:
        found = remedies.costs(world.connection, by, since=NOW - 30 * DAY, until=NOW + DAY)
        return [(row.key, row.count, row.cost_minor, row.unknown) for row in found]

    assert told(CostsBy.CAUSE) == [("Q1", 2, 5_400, 0), ("L1", 1, 0, 1)]
    assert told(CostsBy.DELAY) == [("0", 2, 5_400, 0), ("3", 1, 0, 1)]
    assert told(CostsBy.CASE) == [(str(first), 2, 5_400, 0), (str(second), 1, 0, 1)]
    assert told(CostsBy.AGENT) == [(str(world.agent_id), 3, 5_400, 1)]
    by_product = remedies.costs(world.connection, CostsBy.PRODUCT, since=0, until=NOW + DAY)
    assert (by_product[0].name, by_product[0].amount_minor) == ("电热水器", 3_000)
