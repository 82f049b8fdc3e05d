"""What surrounds the script on the call screen: objections by words, three sentences, marks, parking, the product."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.call import CallScreen
from screens.call_objections import ObjectionPicker
from screens.contact import ContactScreen
from screens.inbox import InboxScreen
from screens.knowledge import KnowledgeScreen
from tests.data.casework.desk import MINUTE, Desk
from tests.screens.desk import Desk as Screens
from tests.screens.real import at_work
from tests.screens.test_call import one_case

SIZES = [(80, 24), (100, 30), (160, 50)]


def place(data: Desk) -> object:
    return data.value("SELECT json_extract(run, '$.place') FROM call")


def pulse(desk: Screens) -> str:
    """The rule over the note, with the counters in it."""
    lines = desk.lines()
    return next(line for line in reversed(lines[:-3]) if line.startswith("──"))


async def test_an_objection_is_found_by_what_the_buyer_says_and_leads_back(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press(*"1111")
        before = place(data)
        await desk.press("9", "tab")
        await desk.type("mk")
        await desk.press("enter")
        assert data.value("SELECT choice FROM call_step WHERE kind = 'objection'") == "O5"
        await desk.press("backspace")
        assert place(data) == before


async def test_digits_pick_from_the_list_and_are_text_in_its_search(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press(*"1111", "9", "tab", "6")
        assert isinstance(desk.screen, ObjectionPicker)
        await desk.press("enter")
        assert data.value("SELECT choice FROM call_step WHERE kind = 'objection'") == "O6"


async def test_the_search_of_objections_is_left_for_its_list_and_the_list_for_the_call(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press(*"1111")
        before = place(data)
        await desk.press("9", "tab")
        await desk.type("zzz")
        assert "No objection is called so." in desk.text()
        await desk.press("enter", "escape", "escape")
        assert isinstance(desk.screen, CallScreen)
        assert place(data) == before


@pytest.mark.parametrize("size", SIZES)
async def test_a_buyer_in_a_hurry_hears_three_numbered_sentences(tmp_path: Path, size: tuple[int, int]) -> None:
    opening = lambda place, _data: ContactScreen(place, 1)  # noqa: E731
    async with at_work(tmp_path, opening, prepare=one_case, size=size) as (desk, data):
        await desk.press("1", "f2")
        assert "1/3" in desk.text()
        await desk.press("1", "1", "1")
        assert "4/3" not in desk.text()
        assert "the three are said" in desk.text() or size == (80, 24)
        await desk.press("f2")
        assert "1/3" not in desk.text()
        assert data.value("SELECT count(*) FROM call_step WHERE kind = 'marked'") == 2


async def test_pace_and_temper_are_marked_by_two_keys_and_kept_as_steps(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("1", "1", "f7", "1", "f7", "6")
        assert "speaks fast" in pulse(desk)
        assert "angry" in pulse(desk)
        marked = data.value("SELECT group_concat(choice, ' ') FROM call_step WHERE kind = 'marked'")
        assert marked == "pace:fast temper:angry"
        await desk.press("backspace")
        assert "angry" in pulse(desk)


async def test_apologies_and_listening_are_counted_over_the_note(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press(*"11")
        assert "1 apology" in pulse(desk)
        assert "listened" not in pulse(desk)
        await desk.press("1")
        data.now += 4 * MINUTE
        await desk.press("1")
        assert "✔ listened 4 min" in pulse(desk)
        await desk.press("1")
        assert "nothing noted yet" in pulse(desk)
        await desk.press("tab")
        await desk.type("waist")
        await desk.press("enter")
        assert "nothing noted yet" not in pulse(desk)


async def test_a_call_that_closes_without_an_apology_says_so(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=one_case) as (desk, _data):
        await desk.press("1", "0")
        assert "no apology yet" in pulse(desk)


async def test_a_parked_call_says_how_it_is_taken_up_and_its_pause_is_not_counted(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f3", *"1111")
        await desk.press("escape")
        assert isinstance(desk.screen, InboxScreen)
        assert desk.rule_says("F3")
        data.now += 30 * MINUTE
        await desk.press("f3")
        assert isinstance(desk.screen, CallScreen)
        assert "listened 0 min" in pulse(desk)
        kinds = data.value("SELECT group_concat(kind, ' ') FROM (SELECT kind FROM call_step ORDER BY seq DESC LIMIT 2)")
        assert kinds == "resumed paused"
        assert data.value("SELECT count(*) FROM call") == 1


async def test_the_product_is_one_key_away_with_the_shops_notes_and_its_earlier_cases(tmp_path: Path) -> None:
    from dataclasses import replace

    notes = tmp_path / "products.toml"

    def with_notes(data: Desk) -> None:
        one_case(data)
        title = data.value("SELECT title FROM product WHERE id = 1")
        notes.write_text(f'[[product]]\nmatch = ["{title}"]\nflaws = ["the seam at the waist"]\n', encoding="utf-8")
        other = data.world.review(data.world.buyer(), product_id=1, text="尺码偏小", created_at=data.now)
        data.world.case(other, cause="X2")
        data.settings = replace(data.settings, products=replace(data.settings.products, notes=str(notes)))

    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=with_notes) as (desk, data):
        await desk.press("1")
        before = place(data)
        await desk.press("right")
        assert isinstance(desk.screen, KnowledgeScreen)
        assert "the seam at the waist" in desk.text()
        assert "尺码偏小" in desk.text()
        await desk.press("left")
        assert isinstance(desk.screen, CallScreen)
        assert place(data) == before


async def test_a_broken_file_of_notes_is_said_and_the_earlier_cases_still_stand(tmp_path: Path) -> None:
    from dataclasses import replace

    notes = tmp_path / "products.toml"
    notes.write_text('[[product]]\nmatch = ["x"]\nrumours = ["?"]\n', encoding="utf-8")

    def broken(data: Desk) -> None:
        one_case(data)
        data.settings = replace(data.settings, products=replace(data.settings.products, notes=str(notes)))

    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 1), prepare=broken) as (desk, _data):
        await desk.press("1", "right")
        assert "rumours" in desk.text()
