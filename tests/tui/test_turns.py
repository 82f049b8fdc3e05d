"""A lump of keys does what the same keys do one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any, cast

import pytest
from textual.events import Event as Input
from textual.events import Key, Paste

from data.clock import fixed
from data.protocols import Reads
from data.rows import View
from data.settings import Settings
from screens.inbox import InboxScreen
from screens.workplace import Workplace
from tests.screens.shop import ME, NOW, Shop, case_row
from tui.app import AmendsApp, CaseworkSeam
from tui.turns import LOST
from widgets.text_field import TextField


def application(shop: Shop) -> AmendsApp:
    def furnish(seam: CaseworkSeam, copy: Callable[[str], bool]) -> Workplace:
        return Workplace(cast(Reads, shop), seam, fixed(NOW), Settings(), ME, copy)

    return AmendsApp(InboxScreen, furnish, lambda: cast(Any, shop), driver=None)


async def until(fact: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not fact():
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("lump", "typed"),
    [
        ((Key("f5", None), Paste("腰口开线")), "腰口开线"),
        ((Key("f5", None), Key("3", "3"), Key("0", "0")), "30"),
        ((Key("f5", None), Paste("腰口"), Key("backspace", "\x7f"), Key("1", "1")), "腰1"),
    ],
)
async def test_what_follows_the_key_of_a_field_is_typed_into_it(lump: tuple[Input, ...], typed: str) -> None:
    app = application(Shop([case_row(1), case_row(2)]))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for event in lump:
            app.post_message(event)
        await until(lambda: isinstance(app.focused, TextField) and app.focused.value == typed)
        assert cast(InboxScreen, app.screen).view is View.ALL


async def searches_and_turns(shop: Shop) -> None:
    """A search is typed and left, and the next view is asked for, all in one lump; both are to happen."""
    app = application(shop)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for event in (Key("f5", None), Paste("裤"), Key("enter", "\r"), Key("2", "2")):
            app.post_message(event)
        screen = cast(InboxScreen, app.screen)
        await until(lambda: screen.view is View.MINE)
        assert screen.narrowed.search == "裤"


async def test_what_follows_the_end_of_a_field_is_a_command_again() -> None:
    await searches_and_turns(Shop([case_row(1), case_row(2)]))


async def test_a_field_that_is_still_being_written_down_is_left_before_the_next_key_is_a_command() -> None:
    kept = Event()

    class Slow(Shop):
        def keep_draft(self, *what: Any) -> None:
            kept.wait(2 * LOST)
            super().keep_draft(*what)

    await searches_and_turns(Slow([case_row(1), case_row(2)]))


async def test_a_key_whose_end_is_never_reported_holds_up_nothing_for_long() -> None:
    app = application(Shop([case_row(1), case_row(2)]))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.turns._busy, app.turns._until = True, monotonic() - LOST
        app.post_message(Key("2", "2"))
        await until(lambda: cast(InboxScreen, app.screen).view is View.MINE)


async def test_keys_wait_for_what_a_screen_reads_before_it_can_obey_them() -> None:
    app = application(Shop([case_row(1), case_row(2)]))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = cast(InboxScreen, app.screen)
        read = asyncio.Event()

        async def reading() -> None:
            await read.wait()

        screen.open_behind(reading)
        for key in ("3", "2"):
            app.post_message(Key(key, key))
        await asyncio.sleep(2 * LOST)
        waited = not app.turns.resting
        read.set()
        await until(lambda: screen.view is View.MINE)
        assert waited
