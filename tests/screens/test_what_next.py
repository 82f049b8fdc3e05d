"""The order of work on its own screen, and as unsaved points would have it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from data.clock import HOUR, MINUTE
from data.settings import Priority
from screens.buyer import BuyerScreen
from screens.inbox import InboxScreen
from screens.settings import SettingsScreen
from screens.what_next import WhatNextScreen
from screens.workplace import Workplace
from tests.data.casework.desk import Desk as Data
from tests.screens.real import at_work

PICTURED = replace(Priority(), pictures=150)


def cases(data: Data) -> None:
    """One that is soon late, one with pictures that has time, and some more with neither."""
    soon = data.case(due_at=data.now + 18 * MINUTE)
    data.world.change("review", int(str(data.row(soon)["review_id"])), text="马上超时")
    pictured = data.case(due_at=data.now + 9 * HOUR)
    data.world.change("review", int(str(data.row(pictured)["review_id"])), pictures=2, text="有图")
    for number in range(3):
        data.case(due_at=data.now + (20 + number) * HOUR)


def compared(place: Workplace, _data: Data) -> Screen[Any]:
    return WhatNextScreen(place, place.settings.priority, PICTURED)


async def test_the_order_of_f2_stands_with_its_reasons(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: WhatNextScreen(place), prepare=cases) as (d, _data):
        rows = [line for line in d.text().splitlines() if "+" in line]
        assert "+40" in rows[0]
        assert "+5" in rows[1]


async def test_unsaved_points_stand_beside_the_saved_ones_with_what_moves(tmp_path: Path) -> None:
    async with at_work(tmp_path, compared, prepare=cases) as (d, data):
        before = data.world.count("event")
        assert "↑1" in d.text()
        assert "↓1" in d.text()
        assert data.world.count("event") == before


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_the_detail_under_the_list_follows_the_cursor(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(tmp_path, compared, size=size, prepare=cases) as (d, _data):
        assert "有图" in d.text()
        await d.press("down")
        assert "马上超时" in d.text()
        assert "+40" in d.text()


async def test_enter_opens_the_case_under_the_cursor(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: WhatNextScreen(place), prepare=cases) as (d, _data):
        await d.press("enter")
        assert isinstance(d.app.screen, BuyerScreen)
        assert "马上超时" in d.text()


async def test_an_empty_shop_has_no_order(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: WhatNextScreen(place)) as (d, _data):
        assert "+" not in d.text()
        await d.press("down", "enter")
        assert isinstance(d.app.screen, WhatNextScreen)


async def test_the_settings_try_changed_points_on_todays_cases_and_write_nothing(tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    async with at_work(tmp_path, lambda place, _data: SettingsScreen(place), prepare=cases, config=config) as (
        d,
        _data,
    ):
        await d.press("f6")
        assert isinstance(d.app.screen, SettingsScreen)
        screen = d.app.screen
        screen.action_turn(-1)
        assert screen.book is not None
        while not screen._entries[screen._at].dotted.startswith("priority."):
            screen.action_turn(-1)
        screen._set("priority.pictures", 150)
        await d.press("f6")
        assert isinstance(d.app.screen, WhatNextScreen)
        assert "↑1" in d.text()
        await d.press("escape")
        assert not config.exists()


async def test_the_inbox_and_the_buyer_screen_say_why_a_case_is_next(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=cases) as (d, _data):
        await d.pilot.pause(0.4)
        await d.settled()
        assert "+40" in d.text()
        await d.press("enter")
        assert isinstance(d.app.screen, BuyerScreen)
        assert "+40" in d.text()


async def test_f2_goes_on_to_other_cases_before_it_comes_back(tmp_path: Path) -> None:
    def two_late(data: Data) -> None:
        data.case(due_at=data.now - HOUR)
        data.case(due_at=data.now - 2 * HOUR)

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=two_late) as (d, data):
        await d.press("f2", "escape", "f2")
        assert [data.row(number)["owner_id"] for number in (1, 2)] == [data.world.agent_id] * 2
