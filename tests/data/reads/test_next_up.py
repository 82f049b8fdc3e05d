"""What may be next is found by indexes, whatever the size of the shop."""

from __future__ import annotations

import re
from pathlib import Path

from data.clock import zone
from data.reads import next_up
from tests.data.world import DAY, HOUR, NOW, World

ZONE = zone("Asia/Shanghai")


def test_every_kind_of_candidate_is_found_by_an_index_and_none_is_sorted(tmp_path: Path) -> None:
    connection = World(tmp_path / "shop.db").connection
    for name, statement in next_up.STATEMENTS.items():
        named = dict.fromkeys(re.findall(r":(\w+)", statement), 0)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", named)]
        assert not [step for step in plan if re.match(r"SCAN (c|f|m|w|r|b|d|p|e)\b", step)], (name, plan)
        assert "ORDER BY" not in " ".join(step for step in plan if "TEMP B-TREE" in step), (name, plan)


def test_the_facts_of_a_case_are_those_that_its_order_rests_on(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    buyer = world.buyer(level="金", zone="Europe/Berlin")
    product = world.product(main_product=1)
    review = world.review(
        buyer, product_id=product, pictures=2, appended_text="又坏了", appended_at=NOW, text="短" * 120
    )
    case = world.case(review, owner_id=world.agent_id, contact_from=NOW)
    world.insert("follow_up", case_id=case, kind="callback", state="open", due_at=NOW + HOUR, set_at=NOW)
    world.insert("remedy", case_id=case, agent_id=world.agent_id, kind="refund_part", state="accepted", offered_at=NOW,
                 due_at=NOW + DAY)  # fmt: skip
    world.insert("promise", case_id=case, by_whom="us", kind="check", state="open", made_at=NOW, due_at=NOW + 2 * HOUR)
    facts = next_up.facts_of(world.connection, case, NOW)
    assert facts is not None
    assert (facts.pictures, facts.letters, facts.appended, facts.main_product, facts.level) == (
        2,
        120,
        True,
        True,
        "金",
    )
    assert (facts.appointment_at, facts.owed_at, facts.zone) == (NOW + HOUR, NOW + 2 * HOUR, "Europe/Berlin")
    assert facts in next_up.candidates(world.connection, world.agent_id, NOW, ZONE)
    assert next_up.facts_of(world.connection, case + 1, NOW) is None


def test_who_acted_last_has_looked_at_the_case_unless_it_only_came_in(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    seen = []
    for kind in ("claimed", "handed_over", "assigned"):
        event = world.insert("event", at=NOW, kind=kind, agent_id=world.agent_id, previous_hash="", hash="")
        case = world.case(owner_id=world.agent_id, last_event_id=event)
        facts = next_up.facts_of(world.connection, case, NOW)
        assert facts is not None
        seen.append(facts.left_by)
    assert seen == [world.agent_id, None, None]
