"""Dialling by the shop's command; where there is none, the number stands on the screen to be dialled by hand."""

from __future__ import annotations

import asyncio
from typing import Any

from data.language import _
from data.messages.hand_over import hand_over
from data.rows import Dialled
from screens.base import DeskScreen
from widgets import look

DIAL_SECONDS = 15
"""How long the shop's command may take."""


async def dial(screen: DeskScreen[Any], contact_id: int, dialled: Dialled) -> None:
    """Hand the number of an open call to the command, and say and note how that ended. A dead number is never
    dialled."""
    command = screen.place.settings.calls.dial
    if not dialled.digits:
        screen.say(_("There is no number that is still valid."), look.SOON)
        return
    if not command:
        screen.say(_("Dial by hand: {number}").format(number=dialled.number), look.SAY)
        return
    values = {"number": dialled.digits, "extension": dialled.extension}
    handed = await asyncio.to_thread(hand_over, command, values, "", DIAL_SECONDS)
    done = await screen.write(lambda casework: casework.dialling(contact_id, handed.code))
    if done is None:
        return
    if handed.done:
        screen.say(f"{look.CHECK} {done.said}", look.GOOD)
    else:
        told = _("Not dialled: {why}. By hand: {number}").format(why=handed.words(), number=dialled.number)
        screen.say(f"{look.CROSS} {told}", look.BAD)
