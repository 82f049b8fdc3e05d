"""Agents, shops, and what was left half done."""

from __future__ import annotations

import pytest

from data.errors import Refused
from data.reads import SqlReads
from tests.data.world import NOW, World


def test_agents_and_shops_are_listed_as_they_came(world: World, reads: SqlReads) -> None:
    world.agent("ming", role="lead")
    world.insert("shop", platform="pdd", name="回暖\x1b拼多多店", created_at=NOW)
    assert [(agent.login, agent.name, agent.role) for agent in reads.agents()] == [
        ("lili", "莉莉", "agent"),
        ("ming", None, "lead"),
    ]
    assert [(shop.platform, shop.name) for shop in reads.shops()] == [("taobao", "回暖旗舰店"), ("pdd", "回暖拼多多店")]
    assert reads.agent(1) == reads.agents()[0] == reads.agent_of_login("lili")
    assert reads.agent_of_login("nobody") is None
    with pytest.raises(Refused):
        reads.agent(99)


def test_a_new_database_has_nothing_to_work_on(world: World, reads: SqlReads) -> None:
    assert not reads.has_reviews()
    world.review()
    assert reads.has_reviews()


def test_a_draft_comes_back_with_its_lines_and_without_control_characters(world: World, reads: SqlReads) -> None:
    assert reads.draft(1, "case_note", 7) == ""
    world.insert("draft", agent_id=1, kind="case_note", subject_id=7, text="一\n二\x1b", updated_at=NOW)
    assert reads.draft(1, "case_note", 7) == "一\n二"
    assert reads.draft(1, "case_note", 8) == ""


def test_an_open_call_is_found_with_its_note_and_a_finished_one_is_not(world: World, reads: SqlReads) -> None:
    case = world.case(calls=2)
    assert reads.open_call(1) is None
    assert reads.unfinished_contact(1) is None
    contact = world.contact(case, ended_at=None, line=None, standing=None)
    assert reads.unfinished_contact(1) == (contact, case, "phone")
    assert reads.open_call(1) is None
    world.insert("playbook_text", hash="h", toml="", kept_at=NOW)
    call = world.insert(
        "call",
        contact_id=contact,
        playbook="standard",
        version=1,
        playbook_hash="h",
        state="open",
        run="{}",
        started_at=NOW,
    )
    world.insert("draft", agent_id=1, kind="call_note", subject_id=contact, text="腰口", updated_at=NOW)
    found = reads.open_call(1)
    assert found is not None
    assert (found.call_id, found.contact_id, found.case_id, found.note, found.attempt) == (
        call,
        contact,
        case,
        "腰口",
        2,
    )
    assert reads.open_call(2) is None
    world.change("contact", contact, ended_at=NOW, line="right_party", standing="promised")
    assert reads.open_call(1) is None
