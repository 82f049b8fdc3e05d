"""Keys take turns: what a key opens or focuses is there before the next key is handed on.

On a slow line keys arrive in lumps: Tab and the words of the note in one read. The framework would hand all of them to
whatever had the focus before the first one was obeyed, and a digit meant for the note would take a step in the call.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message import Message
from textual.message_pump import MessagePump

from screens.base import DeskScreen

HOPS: Final = 40
"""Rounds of the event loop for what a key set off: messages reach a screen, it is mounted, the focus moves."""
LOST: Final = 0.5
"""Seconds after which a key whose end was never reported no longer holds up the next one."""
OPENS_WITHIN: Final = 5.0
"""Seconds for which keys wait for what a new screen reads before it can obey them."""


class Obeyed(Message, bubble=True):
    """Follows a key on its way: when it arrives, the key has been obeyed."""


class NextTurn(Message):
    """What the last key set off has settled."""


class Turns:
    """Holds back input while a key is being obeyed, and hands it on in order; says before each whether more wait."""

    def __init__(
        self, hand_on: Callable[[Event], Awaitable[None]], more_wait: Callable[[bool], None] = lambda _more: None
    ) -> None:
        self._hand_on = hand_on
        self._more_wait = more_wait
        self._waiting: deque[Event] = deque()
        self._until = 0.0
        self._busy = False
        self._text = False
        self._settling: asyncio.Task[None] | None = None

    @property
    def resting(self) -> bool:
        """Whether every key was obeyed and what it set off has settled."""
        return not self._busy

    async def take(self, event: Event, target: MessagePump) -> None:
        """Hand the event on to `target`, or keep it until it is its turn."""
        self._waiting.append(event)
        if not self._busy or monotonic() > self._until:
            await self.next(target)

    async def _give(self, event: Event, target: MessagePump) -> None:
        self._busy, self._until = True, monotonic() + LOST
        self._text = isinstance(event, Paste) or (isinstance(event, Key) and event.is_printable)
        await self._hand_on(event)
        target.post_message(Obeyed())

    def obeyed(
        self,
        screen: MessagePump,
        stands: Callable[[], bool],
        opened: Callable[[], Awaitable[object]],
        then: Callable[[], object],
    ) -> None:
        """The key was obeyed: `then` is called when what it set off has settled, also on a screen that still writes,
        and when what came up has `opened`. `stands` says whether the screen is still the one on top."""
        self._until = monotonic() + LOST
        self._settling = asyncio.create_task(self._settle(screen, stands, opened, then))

    async def _settle(
        self,
        screen: MessagePump,
        stands: Callable[[], bool],
        opened: Callable[[], Awaitable[object]],
        then: Callable[[], object],
    ) -> None:
        await _hops()
        heard = asyncio.Event()
        if screen.call_later(heard.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), LOST)
            # Text is text wherever the screen is; but what Enter or Tab leaves must be left before the next key.
            if not (heard.is_set() or self._text) and stands():
                self._until = monotonic() + OPENS_WITHIN
                with suppress(TimeoutError):
                    await asyncio.wait_for(heard.wait(), OPENS_WITHIN)
        await _hops()
        self._until = monotonic() + OPENS_WITHIN
        with suppress(TimeoutError):
            await asyncio.wait_for(opened(), OPENS_WITHIN)
        then()

    async def next(self, target: MessagePump) -> None:
        """The next turn, if anybody waits for one."""
        if self._waiting:
            event = self._waiting.popleft()
            self._more_wait(bool(self._waiting))
            await self._give(event, target)
        else:
            self._busy = False


async def _hops() -> None:
    for _ in range(HOPS):
        await asyncio.sleep(0)


class TurnsApp(App[None]):
    """An application whose keys take turns."""

    def __init__(self, *, more_wait: Callable[[bool], None] = lambda _more: None, **options: Any) -> None:
        super().__init__(**options)
        self.turns = Turns(super().on_event, more_wait)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, (Key, Paste)) and not event.is_forwarded:
            await self.turns.take(event, self.focused or self.screen)
        else:
            await super().on_event(event)

    def on_obeyed(self) -> None:
        screen = self.screen
        self.turns.obeyed(screen, lambda: self.screen is screen, self._opened, lambda: self.post_message(NextTurn()))

    async def on_next_turn(self) -> None:
        await self.turns.next(self.focused or self.screen)

    async def _opened(self) -> None:
        """A screen that has opened may have led to the next one, which opens in its turn."""
        while isinstance(screen := self.screen, DeskScreen) and not screen.opened.is_set():
            await screen.opened.wait()
            await _hops()
