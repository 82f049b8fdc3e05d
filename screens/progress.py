"""How far a long act is, said while a thread does it."""

from __future__ import annotations

import asyncio
from typing import Any

from data.language import _
from data.several import Progress
from screens.base import DeskScreen

_TOLD_FROM = 200
"""An act on fewer cases is through before anybody could read how far it is."""


def progress(screen: DeskScreen[Any]) -> Progress:
    """Says on the screen how far a long act is; to be called from the thread that does it."""
    loop = asyncio.get_running_loop()

    def say(done: int, of: int) -> None:
        screen.say(_("{done} of {of} cases").format(done=done, of=of))

    def told(done: int, of: int) -> None:
        if of >= _TOLD_FROM and done < of:
            loop.call_soon_threadsafe(say, done, of)

    return told
