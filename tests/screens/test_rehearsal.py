"""A rehearsal on the call screen: as a call, and nothing of it in the shop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.screen import Screen

from data.rehearsal.scratch import _LightStore
from screens.rehearsal import RehearsalCall, RehearsalScreen, ResultScreen
from screens.workplace import Workplace
from tests.data.casework.desk import Desk
from tests.playbooks import standard
from tests.rehearse.ground import fitting
from tests.screens.desk import Desk as Screens
from tests.screens.real import at_work
from tests.screens.test_call import one_case
from tui.practice import practice_of


def opening(place: Workplace, _data: Desk) -> Screen[Any]:
    practice = practice_of(place.settings, place.clock, place.copy, standard("zh_CN"))
    return RehearsalScreen(place, practice)


def everything(data: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the shop."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    names = [name for (name,) in data.world.connection.execute(named)]
    return {name: data.world.connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


async def rehearsed(desk: Screens) -> None:
    """Press what fits until the call is over."""
    for _step in range(60):
        call = desk.screen
        if not isinstance(call, RehearsalCall):
            return
        heard = call.scene.heard(call.run_so_far)
        if heard is None:
            await desk.press("enter")
            continue
        key = fitting(heard.keys)
        if key.startswith("O"):
            await call._objected(key)
            await desk.settled()
        else:
            await desk.press(key)
            if not isinstance(desk.screen, RehearsalCall | ResultScreen):
                await desk.type("tomorrow 19:30")
                await desk.press("enter")
    raise AssertionError("the call does not end")


async def test_a_rehearsal_is_the_call_screen_with_the_words_of_the_buyer_and_a_judgement(tmp_path: Path) -> None:
    async with at_work(tmp_path, opening, prepare=one_case) as (desk, _data):
        assert "裤腰开线" in desk.text()
        await desk.press("1")
        call = desk.screen
        assert isinstance(call, RehearsalCall)
        heard = call.scene.heard(call.run_so_far)
        assert heard is not None
        assert heard.words in desk.text()
        assert call.scene.playbook.node("dial").choices[0].label in desk.text()
        await rehearsed(desk)
        assert isinstance(desk.screen, ResultScreen)
        assert "100" in desk.text()
        await desk.press("1")
        assert isinstance(desk.screen, RehearsalCall)
        await desk.press("escape")
        assert isinstance(desk.screen, RehearsalScreen)


async def test_nothing_of_a_rehearsal_is_in_the_shop(tmp_path: Path) -> None:
    async with at_work(tmp_path, opening, prepare=one_case) as (desk, data):
        before = everything(data)
        assert before["review_case"]
        for buyer in "14":
            await desk.press(buyer)
            await rehearsed(desk)
            await desk.press("escape")
        assert everything(data) == before


async def test_the_shop_to_throw_away_is_thrown_away(tmp_path: Path) -> None:
    async with at_work(tmp_path, opening, prepare=one_case) as (desk, data):
        await desk.press("1")
        assert isinstance(desk.screen, RehearsalCall)
        store = desk.place.reads._store  # type: ignore[attr-defined]
        assert isinstance(store, _LightStore)
        assert store.path.exists()
        assert store.path.parent != data.path.parent
        assert store.path.parent.stat().st_mode & 0o077 == 0
        await desk.press("escape")
        assert not store.path.parent.exists()


async def test_the_buyers_words_leave_room_for_every_choice_on_a_small_screen(tmp_path: Path) -> None:
    async with at_work(tmp_path, opening, prepare=one_case, size=(80, 24)) as (desk, _data):
        await desk.press("1")
        shown = desk.text()
        for label in (each.label for each in standard("zh_CN").node("dial").choices):
            assert label in shown
        assert "0 " in shown
