"""What is awaited of the buyer, in words, and why somebody has the case."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.casework.chain import NewEvent, append_events
from data.language import choose_language
from data.reads import SqlReads
from data.rows import CasePage
from data.store.store import Store
from data.vocabulary import EventKind
from tests.data.world import DAY, HOUR, NOW, World
from widgets.case_facts import awaited_words, promise_line
from widgets.cases import why_here
from widgets.lines import plain

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _english() -> None:
    choose_language("en")


def page_of(world: World, case_id: int) -> CasePage:
    store = Store(world.path)
    try:
        return SqlReads(store, zone=ZONE).case(case_id, now=NOW)
    finally:
        store.close()


def promised(world: World, case_id: int, due_at: int, contact: int | None = None, **values: object) -> int:
    return world.insert(
        "promise",
        **{
            "case_id": case_id, "contact_id": contact, "by_whom": "buyer", "kind": "revise", "state": "open",
            "made_at": NOW, "due_at": due_at, **values,
        },
    )  # fmt: skip


def test_it_says_what_is_awaited_until_when_and_since_which_contact(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    case = world.case(state="waiting_buyer", promised_at=NOW + HOUR)
    contact = world.contact(case, channel="phone", started_at=NOW - DAY)
    promised(world, case, NOW + DAY)
    promised(world, case, NOW + HOUR, contact)
    promised(world, case, NOW + 1, by_whom="us", kind="remedy")
    page = page_of(world, case)
    awaited = awaited_words(page, NOW, ZONE)
    assert awaited == ["buyer promised by 20:06: update the review", "since Phone, 11-17 19:06"]
    assert why_here(page, NOW, ZONE)[1:3] == awaited


def test_nothing_is_awaited_of_who_promised_nothing(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    assert awaited_words(page_of(world, world.case()), NOW, ZONE) == []


def test_a_kept_promise_says_when_it_is_no_contacts_doing(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    case = world.case()
    contact = world.contact(case)
    numbers = [promised(world, case, NOW, contact, state="kept", made_at=NOW + at) for at in range(2)]
    append_events(
        world.connection,
        [
            NewEvent(at=NOW, kind=EventKind.PROMISE_KEPT, case_id=case, subject_id=numbers[0], contact_id=contact),
            NewEvent(at=NOW, kind=EventKind.PROMISE_KEPT, case_id=case, subject_id=numbers[1]),
        ],
    )
    newer, older = page_of(world, case).promises
    assert "to no contact's credit" in plain(promise_line(newer, NOW, ZONE))
    assert plain(promise_line(older, NOW, ZONE)).endswith("kept")


@pytest.mark.parametrize("later", [None, EventKind.CLAIMED, EventKind.HANDED_OVER, EventKind.SNOOZED])
def test_a_case_says_why_it_was_assigned_until_it_changes_hands(tmp_path: Path, later: EventKind | None) -> None:
    world = World(tmp_path / "shop.db")
    case = world.case(owner_id=world.agent_id)
    kinds = [EventKind.ASSIGNED, *([later] if later else [])]
    append_events(
        world.connection,
        [NewEvent(at=NOW, kind=kind, case_id=case, subject_id=world.agent_id, code="same_buyer") for kind in kinds],
    )
    kept = later in (None, EventKind.SNOOZED)
    assert page_of(world, case).assigned == ("same_buyer" if kept else None)
