"""Numbered lists: a digit picks, nine more pages if need be, and every way leads back."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from screens.choose import Choose, Option
from screens.workplace import Workplace
from tests.screens.desk import Desk, desk
from tests.screens.shop import Shop
from widgets.lines import line


def letters(place: Workplace, count: int, **more: Any) -> Choose[str]:
    names = [chr(ord("a") + at) for at in range(count)]
    return Choose(place, "Letters", [Option(name, f"option {name}") for name in names], **more)


async def opened(d: Desk, screen: Choose[Any]) -> list[Any]:
    """Push the list over the first screen; what was picked is put into the list that is returned."""
    picked: list[Any] = []
    d.app.push_screen(screen, picked.append)
    await d.settled()
    return picked


def base(place: Workplace) -> Choose[str]:
    return letters(place, 1)


@pytest.mark.parametrize(("keys", "value"), [(["3"], "c"), (["down", "down", "enter"], "c"), (["enter"], "a")])
async def test_a_digit_or_the_cursor_picks(keys: list[str], value: str) -> None:
    async with desk(Shop([]), base) as d:
        picked = await opened(d, letters(d.place, 5))
        await d.press(*keys)
        assert picked == [value]


@pytest.mark.parametrize("key", ["escape", "backspace", "0"])
async def test_each_way_back_picks_nothing(key: str) -> None:
    async with desk(Shop([]), base) as d:
        picked = await opened(d, letters(d.place, 5))
        await d.press(key)
        assert picked == [None]


async def test_a_screen_is_left_once_though_a_second_key_reaches_it_on_its_way_out() -> None:
    async with desk(Shop([]), base) as d:
        screen = letters(d.place, 5)
        picked = await opened(d, screen)
        screen.action_back()
        screen.action_back()
        await d.settled()
        assert picked == [None]
        assert len(d.app.screen_stack) == 1


async def test_more_than_nine_options_come_in_pages_that_nine_turns() -> None:
    async with desk(Shop([]), base) as d:
        picked = await opened(d, letters(d.place, 20))
        assert "9 More, page 1 of 3" in d.text()
        await d.press("9", "9")
        assert "option q" in d.text()
        await d.press("4")
        assert picked == ["t"]


async def test_exactly_nine_options_need_no_pages() -> None:
    async with desk(Shop([]), base) as d:
        picked = await opened(d, letters(d.place, 9))
        await d.press("9")
        assert picked == ["i"]


async def test_an_option_that_cannot_be_picked_says_why_and_stays() -> None:
    async with desk(Shop([]), base) as d:
        screen: Choose[str] = Choose(d.place, "x", [Option("a", "first", why_not="not today"), Option("b", "second")])
        picked = await opened(d, screen)
        await d.press("1")
        assert picked == []
        assert d.rule_says("not today")
        await d.press("2")
        assert picked == ["b"]


async def test_a_digit_without_an_option_does_nothing() -> None:
    async with desk(Shop([]), base) as d:
        picked = await opened(d, letters(d.place, 3))
        await d.press("7")
        assert picked == []


async def test_the_first_option_stands_below_what_introduces_the_list() -> None:
    async with desk(Shop([]), partial(letters, count=3, intro=[line(" Why?")], after=[line(" Because.")])) as d:
        text = d.text()
        assert text.index("Why?") < text.index("option a") < text.index("Because.")
