"""What the variables of a text stand for in a case, and the text with them filled in.

No name of the buyer is among them: a salutation serves as well, and least is shown (personal information protection
law, article 6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from data.clock import minute_of_day
from data.language import N_, _
from data.messages.format import MARKS, VARIABLES, Book
from data.outside import for_screen
from data.times import spoken
from data.vocabulary import OWED, REMEDY_STANDS, FollowUpKind, Platform, PromiseBy, PromiseState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.rows import AgentRow, CasePage, RemedyRow

VARIABLE = re.compile(r"\{(\w+)\}")

PRODUCT_LENGTH = 14
"""Characters of a product's title in a message: titles of shops are long, and a text message is not."""

_MORNING, _EVENING = 11 * 60, 18 * 60

_CHATS = {
    Platform.TAOBAO: N_("Wangwang chat in the app"),
    Platform.TMALL: N_("Wangwang chat in the app"),
    Platform.PDD: N_("chat of the order in the app"),
    Platform.JD: N_("Dongdong chat in the app"),
    Platform.DOUYIN: N_("shop chat in the app"),
    Platform.KUAISHOU: N_("shop chat in the app"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A text for one case; `missing` names the variables that the case does not give."""

    text: str
    missing: tuple[str, ...] = ()


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with its variables; what is missing stands between ⟨ and ⟩ in the reader's words."""
    missing: list[str] = []

    def word(found: re.Match[str]) -> str:
        name = found[1]
        value = values.get(name)
        if value:
            return value
        if name not in missing:
            missing.append(name)
        return f"{MARKS[0]}{_(VARIABLES[name])}{MARKS[1]}"

    return Filled(VARIABLE.sub(word, text), tuple(missing))


def unfilled(text: str) -> bool:
    """Whether something in it is still to be filled in."""
    return any(mark in text for mark in MARKS)


def values_of(page: CasePage, agent: AgentRow, book: Book, *, now: int, zone: tzinfo) -> dict[str, str]:
    """What a case gives at `now` (UTC ms; the zone is the shop's). What it does not know is left out."""
    words = {
        "salutation": book.greetings.get(_part(now, zone), ""),
        "shop": page.shop,
        "agent": agent.name or "",
        "role": agent.title or "",
        "product": short(page.row.product),
        "variant": page.row.variant or "",
        "ref": str(page.row.case_id),
    }
    chat = _CHATS.get(Platform(page.row.platform))
    if chat is not None:
        words["official_chat"] = _(chat)
    order = page.order
    if order is not None:
        words["order_tail"] = order.external_id[-4:]
        words["carrier"] = order.carrier or ""
        words["tracking"] = order.tracking or ""
    remedy = agreed(page)
    if remedy is not None:
        words["remedy"] = remedy.detail
        words["remedy_tracking"] = remedy.tracking or ""
        if remedy.due_at is not None and remedy.state in OWED:
            words["due"] = spoken(remedy.due_at, now, zone, book.phrases)
    at = agreed_time(page)
    if at is not None and at > now:
        words["slot"] = spoken(at, now, zone, book.phrases)
    return {name: for_screen(value) for name, value in words.items() if value}


def agreed(page: CasePage) -> RemedyRow | None:
    """The newest remedy that the buyer accepted: those still owed first."""
    stands = [each for each in page.remedies if each.state in REMEDY_STANDS]
    owed = [each for each in stands if each.state in OWED]
    return max(owed or stands, key=lambda each: each.offered_at, default=None)


def agreed_time(page: CasePage) -> int | None:
    """The time (UTC ms) that was agreed with the buyer: that of an appointment, else that of their promise."""
    if page.follow_up_kind == FollowUpKind.CALLBACK and page.follow_up_at is not None:
        return page.follow_up_at
    if page.facts.appointment_at is not None:
        return page.facts.appointment_at
    promised = [
        each.due_at for each in page.promises if each.by_whom == PromiseBy.BUYER and each.state == PromiseState.OPEN
    ]
    return max(promised, default=None)


def short(title: str) -> str:
    """A product's title as one says it: cut at a blank where there is one, else after so many characters."""
    title = title.strip()
    if len(title) <= PRODUCT_LENGTH:
        return title
    head = title[:PRODUCT_LENGTH]
    words, _blank, _rest = head.rpartition(" ")
    return words.rstrip() if len(words) >= PRODUCT_LENGTH // 3 else head


def _part(now: int, zone: tzinfo) -> str:
    minute = minute_of_day(now, zone)
    return "morning" if minute < _MORNING else "evening" if minute >= _EVENING else "day"
