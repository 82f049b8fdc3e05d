"""How a message leaves: the contact is started first, then the text goes out, then it is kept how it went."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from data.messages.compose import Composing
from data.messages.hand_over import Handed, hand_over
from data.protocols import Written
from data.rows import CasePage, Done
from data.vocabulary import Channel, MessageWay
from screens.base import DeskScreen

SEND_SECONDS = 20
"""How long the shop's command may take."""


@dataclass(frozen=True, slots=True)
class Left:
    """What became of a text: in which contact, which way it went, and why not where it did not."""

    contact_id: int
    way: MessageWay
    why: str = ""
    done: Done | None = None


async def let_go(
    screen: DeskScreen[Any], page: CasePage, writing: Composing, contact_id: int | None, *, copying: bool
) -> Left | None:
    """Send the text, or copy it, in a contact that is started for it unless one is under way. None where that was
    refused; the reason is said."""
    text, channel, case_id = writing.text.strip(), writing.channel, page.row.case_id
    started = await screen.write(lambda casework: casework.start_message(case_id, channel, text, contact_id))
    if started is None:
        return None
    why = ""
    if copying:
        way = MessageWay.COPIED if screen.place.copy(text) else MessageWay.SHOWN
    else:
        handed = await _hand_over(screen, page, channel, started, text)
        way, why = (MessageWay.SENT, "") if handed.done else (MessageWay.FAILED, handed.words())
    written = Written(channel, writing.template_id, writing.variant, text, way)
    done = await screen.write(lambda casework: casework.message_left(started, written))
    return Left(started, way, why, done)


async def _hand_over(screen: DeskScreen[Any], page: CasePage, channel: Channel, contact_id: int, text: str) -> Handed:
    place, number = screen.place, ""
    if channel is Channel.SMS:
        dialled = await screen.write(lambda casework: casework.dialled(contact_id))
        number = dialled.number if dialled is not None else ""
    values = {
        "channel": channel.value,
        "platform": page.row.platform,
        "number": number,
        "order": page.order.external_id if page.order is not None else page.order_external_id or "",
        "nick": place.reads.nick(page.row.case_id),
    }
    return await asyncio.to_thread(hand_over, place.settings.messages.send, values, text, SEND_SECONDS)
