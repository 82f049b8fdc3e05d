"""A readable way to drive screens: press keys, read what stands there.

async with desk(shop) as d:
    await d.press("down", "space")
    assert d.rule_says("claimed")
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any, cast

from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerCancelled

from data.clock import fixed
from data.protocols import Casework, Reads
from data.settings import Settings
from screens.base import DeskScreen
from screens.inbox import InboxScreen
from screens.workplace import Workplace
from tests.screens.shop import ME, NOW, Shop
from tui.turns import TurnsApp
from widgets.text_field import TextField


class Desk:
    """One running screen and what surrounds it."""

    def __init__(self, pilot: Pilot[Any], shop: Shop) -> None:
        self.pilot = pilot
        self.shop = shop
        self.copied: list[str] = []

    @property
    def app(self) -> App[Any]:
        """The application under test."""
        return self.pilot.app

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""
        return self.app.screen

    @property
    def inbox(self) -> InboxScreen:
        """The screen on top, which must be the inbox."""
        assert isinstance(self.screen, InboxScreen)
        return self.screen

    @property
    def place(self) -> Workplace:
        """What the screen on top was given to work with."""
        assert isinstance(self.screen, DeskScreen)
        return self.screen.place

    @property
    def focused(self) -> Widget | None:
        """The widget that has the focus."""
        return self.screen.focused

    async def press(self, *keys: str) -> None:
        """Press keys one by one and wait until what they started has ended."""
        for key in keys:
            await self._hand(Key(key, _SIGNS.get(key, key if len(key) == 1 else None)))
            await self.settled()

    async def type(self, text: str) -> None:
        """Type a text into the field that has the focus."""
        for character in text:
            await self._hand(Key(_NAMES.get(character, character), character))
        await self.settled()

    async def _hand(self, key: Key) -> None:
        """Give the application a key, and wait until it has taken it."""
        key.set_sender(self.app)
        taken = asyncio.Event()
        self.app.post_message(key)
        self.app.call_later(taken.set)
        await taken.wait()

    async def settled(self) -> None:
        """Wait until every key has been obeyed, and workers, and what they set off in their turn, have ended."""
        quiet = 0
        while quiet < 2:
            await self.pilot.pause(0)
            while isinstance(self.app, TurnsApp) and not self.app.turns.resting:
                await asyncio.sleep(0.001)
            working = [worker for worker in self.app.workers if not worker.is_finished and worker.group != "wait"]
            quiet = 0 if working else quiet + 1
            # Newer work of a group takes the place of older: what was given up is waited for no more.
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete(working)

    async def rested(self) -> None:
        """As if the keys had rested: whatever was typed is drafted, and the preview has followed the cursor."""
        await self.settled()
        if isinstance(self.focused, TextField):
            self.focused.draft()
            await self.settled()
        if isinstance(self.screen, InboxScreen):
            self.screen.rested()
        await self.settled()

    def lines(self) -> list[str]:
        """The screen as text, line by line, without blanks at the ends."""
        return [
            "".join(segment.text for segment in strip).rstrip() for strip in self.screen._compositor.render_strips()
        ]

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines())

    def rule_says(self, part: str) -> bool:
        """Whether the rule above the foot says this."""
        return part in self.lines()[-2]

    def foot_says(self, part: str) -> bool:
        """Whether the foot names this."""
        return part in self.lines()[-1]


_NAMES = {" ": "space", "/": "slash", "-": "minus", ".": "full_stop"}
_SIGNS = {name: sign for sign, name in _NAMES.items()} | {"colon": ":", "question_mark": "?", "backspace": "\x7f"}


def workplace(shop: Shop, copied: list[str], **changes: Any) -> Workplace:
    """A workplace over a shop in memory, where time stands still."""

    async def casework() -> Casework:
        return cast(Casework, shop)

    def copy(text: str) -> bool:
        copied.append(text)
        return True

    place = Workplace(cast(Reads, shop), casework, fixed(NOW), Settings(), ME, copy, None)
    return replace(place, **changes)


class OneScreenApp(TurnsApp):
    """Shows one screen, and hands keys on, as the application does."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, opening: Callable[[], Screen[Any]]) -> None:
        super().__init__(ansi_color=True)
        self._opening = opening

    def get_default_screen(self) -> Screen[Any]:
        return self._opening()


@asynccontextmanager
async def desk(
    shop: Shop,
    opening: Callable[[Workplace], Screen[Any]] = InboxScreen,
    size: tuple[int, int] = (100, 30),
    **changes: Any,
) -> AsyncIterator[Desk]:
    """Run a screen on a shop."""
    copied: list[str] = []
    place = workplace(shop, copied, **changes)
    async with OneScreenApp(lambda: opening(place)).run_test(size=size) as pilot:
        running = Desk(pilot, shop)
        running.copied = copied
        await running.settled()
        yield running
