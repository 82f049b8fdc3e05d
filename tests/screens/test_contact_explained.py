"""The contact question explained rule by rule, what the buyer prefers, and what platforms allow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.language import choose_language
from data.vocabulary import Platform
from screens.buyer import BuyerScreen
from screens.contact import ContactScreen
from screens.contact_explained import ContactExplainedScreen
from screens.inbox import InboxScreen
from screens.platforms import PlatformsScreen
from tests.data.casework.desk import DAY, Desk
from tests.screens.real import at_work
from tests.screens.test_call import one_case
from widgets.cells import width

SIZES = [(80, 24), (100, 30), (160, 50), (40, 12)]


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The screen's language, put back afterwards."""
    yield choose_language(request.param)
    choose_language("en")


def pushed_away(data: Desk) -> None:
    one_case(data)
    data.world.contact(1, started_at=data.now - DAY, ended_at=data.now - DAY, line="declined", standing="write_instead")


async def test_one_key_explains_from_the_inbox_the_buyer_and_the_contact_screen(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=pushed_away) as (desk, _data):
        await desk.press("w")
        assert isinstance(desk.screen, ContactExplainedScreen)
        await desk.press("escape", "enter")
        assert isinstance(desk.screen, BuyerScreen)
        await desk.press("f5")
        assert isinstance(desk.screen, ContactExplainedScreen)
        await desk.press("escape", "f3")
        assert isinstance(desk.screen, ContactScreen)
        await desk.press("f5")
        assert isinstance(desk.screen, ContactExplainedScreen)


async def test_the_rule_that_stands_in_the_way_is_marked_and_another_channel_is_one_digit_away(tmp_path: Path) -> None:
    choose_language("en")
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=pushed_away) as (desk, _data):
        await desk.press("f5")
        (held,) = [each for each in desk.lines() if "Did not push the last call" in each]
        assert "▲" in held
        assert "a lead may pass it" in held
        await desk.press("2")
        assert "yes, until 21:00" in desk.text()


@pytest.mark.parametrize("size", SIZES)
async def test_the_explanation_fits_every_window(language: str, size: tuple[int, int], tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=pushed_away, size=size) as (
        desk,
        _data,
    ):
        await desk.press("f5")
        for key in ("1", "2", "3", "down", "up"):
            await desk.press(key)
            assert all(width(each) <= size[0] for each in desk.lines())


@pytest.mark.parametrize("size", SIZES)
async def test_every_platform_stands_with_its_sources(language: str, size: tuple[int, int], tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: PlatformsScreen(place), size=size) as (desk, _data):
        for digit in range(1, len(Platform) + 1):
            await desk.press(str(digit))
            assert all(width(each) <= size[0] for each in desk.lines())
        await desk.press("1")
        if size[1] > 12:
            assert "淘宝网评价规范" in desk.text()


async def test_what_the_buyer_said_is_typed_in_and_holds(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        screen = desk.screen
        assert isinstance(screen, BuyerScreen)
        screen.action_prefer()
        await desk.settled()
        await desk.press("3")
        await desk.type("18-20")
        await desk.press("enter")
        await desk.type("周末")
        await desk.press("enter", "enter")
        row = data.world.connection.execute(
            "SELECT preferred_channel, preferred_from, preferred_until, preferred_days FROM buyer WHERE id = 1"
        ).fetchone()
        assert tuple(row) == ("chat", 1080, 1200, "67")
