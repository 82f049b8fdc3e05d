"""The palette: every act by its name, and what cannot be done now says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.importing import FileReport
from data.settings import General, Settings
from screens.buyer import BuyerScreen
from screens.inbox import InboxScreen
from screens.palette import Palette
from tests.data.casework.desk import Desk as Data
from tests.screens.desk import Desk, desk
from tests.screens.real import at_work
from tests.screens.shop import Shop, case_row
from widgets.text_field import TextField


def shop_of(count: int = 20) -> Shop:
    return Shop([case_row(number) for number in range(count)])


def found(d: Desk) -> list[str]:
    """The labels that are found, from the top."""
    return [line[5:].split("  ")[0] for line in d.lines()[4:-2] if line.strip()]


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_its_keys_open_it_with_the_field_ready(key: str) -> None:
    async with desk(shop_of()) as d:
        await d.press(key)
        assert isinstance(d.screen, Palette)
        assert d.screen.typing


@pytest.mark.parametrize("typed", ["rl", "renling", "claim", "认领"])
async def test_an_act_is_found_by_pinyin_english_or_chinese_and_enter_does_it(typed: str) -> None:
    async with desk(shop_of()) as d:
        await d.press("colon")
        await d.type(typed)
        await d.settled()
        assert found(d)[0] == "Claim"
        await d.press("enter")
        assert isinstance(d.screen, InboxScreen)
        assert d.shop.done[0][0] == "claim"


async def test_the_arrows_move_while_one_types_and_the_key_of_each_act_is_told() -> None:
    async with desk(shop_of()) as d:
        await d.press("colon")
        await d.type("la")
        await d.settled()
        before = found(d)
        await d.press("down")
        assert d.lines()[5].startswith(" ▌")
        assert found(d) == before
        assert any("F7" in line for line in d.lines())


async def test_from_the_list_a_digit_does_the_act_beside_it() -> None:
    async with desk(shop_of()) as d:
        await d.press("colon", "tab", "2")
        assert isinstance(d.screen, InboxScreen)
        assert d.shop.done[0][0] == "claim"


async def test_digits_are_text_while_one_types() -> None:
    async with desk(shop_of()) as d:
        await d.press("colon", "2")
        assert isinstance(d.screen, Palette)
        assert d.shop.done == []


async def test_what_cannot_be_done_says_why_and_is_not_done() -> None:
    async with desk(Shop([])) as d:
        await d.press("colon")
        await d.type("open")
        await d.settled()
        assert "✖ The list is empty." in d.text()
        await d.press("enter")
        assert isinstance(d.screen, Palette)
        assert d.rule_says("Open: The list is empty.")


@pytest.mark.parametrize("keys", [("escape",), ("ctrl+p",), ("tab", "escape"), ("tab", "0"), ("tab", "backspace")])
async def test_each_way_back_does_nothing(keys: tuple[str, ...]) -> None:
    async with desk(shop_of()) as d:
        await d.press("colon", *keys)
        assert isinstance(d.screen, InboxScreen)
        assert d.shop.done == []


async def test_nothing_that_is_called_so_is_said() -> None:
    async with desk(shop_of()) as d:
        await d.press("colon")
        await d.type("qqqq")
        await d.settled()
        assert "Nothing is called so." in d.text()
        await d.press("enter")
        assert isinstance(d.screen, Palette)


async def test_every_act_is_reached_by_pages_and_digits_alone() -> None:
    async with desk(shop_of(), size=(80, 24)) as d:
        await d.press("colon", "tab")
        seen = list(found(d))
        for _page in range(6):
            await d.press("pagedown")
            seen += found(d)
        assert {"Open", "Quit", "To the inbox", "Last", "Follow-ups"} <= set(seen)


async def test_an_act_of_the_list_is_done_on_the_list() -> None:
    async with desk(shop_of()) as d:
        await d.press("colon")
        await d.type("last")
        await d.settled()
        await d.press("enter")
        assert d.inbox.rows.current is not None
        assert d.inbox.rows.current.case_id == 20


async def test_it_has_a_number_in_every_list_of_acts() -> None:
    settings = replace(Settings(), general=General(letters=False))
    async with desk(shop_of(), settings=settings) as d:
        await d.press("f9")
        while "Find a command" not in d.text():
            await d.press("9")
        (line,) = (line for line in d.lines() if "Find a command" in line)
        await d.press(line.replace("▌", "").split()[0])
        assert isinstance(d.screen, Palette)


async def test_from_a_case_it_leads_to_the_inbox_and_every_screen_above_it_is_left(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=_a_case) as (d, _data):
        await d.press("enter")
        assert isinstance(d.screen, BuyerScreen)
        await d.press("f7", "ctrl+p")
        await d.type("inbox")
        await d.settled()
        await d.press("enter")
        assert isinstance(d.screen, InboxScreen)
        assert len(d.app.screen_stack) == 1


async def test_from_a_case_the_log_is_opened_over_it(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=_a_case) as (d, _data):
        await d.press("enter", "colon")
        await d.type("outcome log")
        await d.settled()
        await d.press("enter")
        assert "Outcome log" in d.lines()[0]
        await d.press("escape")
        assert isinstance(d.screen, BuyerScreen)


async def test_a_file_is_taken_in_from_any_screen_and_what_came_of_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "day.csv"
    file.write_text("x", encoding="utf-8")

    def take_in(path: Path, _progress: object) -> FileReport:
        return FileReport(file=str(path), read=3, new=2, changed=0, same=1, refused=0)

    async with desk(shop_of(), take_in=take_in) as d:
        await d.press("colon")
        await d.type("import")
        await d.settled()
        await d.press("enter")
        assert isinstance(d.focused, TextField)
        d.focused.take(str(file))
        await d.press("enter")
        assert d.rule_says("day.csv  read 3: new 2, changed 0, same 1, refused 0")


async def test_what_is_typed_is_written_down_before_the_palette_covers_it() -> None:
    async with desk(shop_of()) as d:
        await d.press("slash")
        await d.type("t**3")
        await d.press("ctrl+p")
        assert d.shop.drafts["search", 0] == "t**3"


def _a_case(data: Data) -> None:
    data.case()
