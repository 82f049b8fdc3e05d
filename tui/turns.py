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
from typing import Final

from textual.events import Event
from textual.message import Message
from textual.message_pump import MessagePump

HOPS: Final = 40
"""Rounds of the event loop for what a key set off: messages reach a screen, it is mounted, the focus moves."""
LOST: Final = 0.5
"""Seconds after which a key whose end was never reported no longer holds up the next one."""


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
        self._since = 0.0
        self._busy = False
        self._settling: asyncio.Task[None] | None = None

    async def take(self, event: Event, target: MessagePump) -> None:
        """Hand the event on to `target`, or keep it until it is its turn."""
        self._waiting.append(event)
        if not self._busy or monotonic() - self._since > LOST:
            await self.next(target)

    async def _give(self, event: Event, target: MessagePump) -> None:
        self._busy, self._since = True, monotonic()
        await self._hand_on(event)
        target.post_message(Obeyed())

    def obeyed(self, screen: MessagePump, then: Callable[[], object]) -> None:
        """The key was obeyed: `then` is called when what it set off has settled, also on a screen that still writes."""
        self._since = monotonic()
        self._settling = asyncio.create_task(self._settle(screen, then))

    async def _settle(self, screen: MessagePump, then: Callable[[], object]) -> None:
        await _hops()
        heard = asyncio.Event()
        if screen.call_later(heard.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), LOST)
        await _hops()
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
