"""Help: what a screen is for, every act by number, every other key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.language import choose_language
from screens.choose import Choose, Option
from screens.help import Help
from screens.inbox import InboxScreen
from tests.screens.desk import desk
from tests.screens.shop import Shop, case_row
from widgets.cells import width

SIZES = [(80, 24), (100, 30), (160, 50)]


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The screen's language, put back afterwards."""
    yield choose_language(request.param)
    choose_language("en")


def shop_of() -> Shop:
    return Shop([case_row(number) for number in range(5)])


async def test_it_says_what_the_screen_is_for_and_what_each_key_does() -> None:
    async with desk(shop_of()) as d:
        await d.press("f9")
        text = d.text()
        assert "Every case that needs something" in text
        assert "1 Open" in text
        assert "Shift+Tab View before" in text
        assert "PgDn Next page" in text


@pytest.mark.parametrize("size", SIZES)
async def test_everything_fits(language: str, size: tuple[int, int]) -> None:
    async with desk(shop_of(), size=size) as d:
        for key in ("f9", "9", "9"):
            await d.press(key)
            lines = d.lines()
            assert all(width(line) <= size[0] for line in lines)
            assert any("Home" in line for line in lines)
            assert not any("…" in line for line in lines[-8:])


@pytest.mark.parametrize("key", ["f9", "question_mark", "escape", "0", "backspace"])
async def test_each_way_back_leads_back(key: str) -> None:
    async with desk(shop_of()) as d:
        await d.press("question_mark")
        assert isinstance(d.screen, Help)
        await d.press(key)
        assert isinstance(d.screen, InboxScreen)


async def test_a_list_of_options_has_its_help_too() -> None:
    async with desk(shop_of()) as d:
        d.app.push_screen(Choose(d.place, "Which?", [Option(1, "one")]))
        await d.press("question_mark")
        assert "Pick one of what is listed" in d.text()
        await d.press("question_mark")
        assert "Which?" in d.lines()[0]


async def test_a_number_does_the_act_beside_it() -> None:
    async with desk(shop_of()) as d:
        await d.press("f9", "2")
        assert d.shop.done[0][0] == "claim"
