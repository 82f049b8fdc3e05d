"""What falls due for the shop: what an agenda holds, in which of its four views, and what each line is called.

An entry is something to be done or expected at a time: a follow-up of any kind, a promise of the buyer or of ours, a
remedy that is owed, a platform's window that closes. Windows come only where the platform's row gives their days
from the review; nothing is computed from what is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum

from data.clock import at_minute, local_day
from data.language import N_, _
from data.platform_rules import APPEAL, APPEND, REPLY, REVISE
from data.rows import Key
from data.tasks.kinds import title
from data.vocabulary import PromiseBy, PromiseKind
from data.wording import channel_label, device_label, follow_up_label

WEEK = 7
"""How many days the long views show, today being the first."""


class AgendaView(StrEnum):
    """The four views in the order of their digits."""

    MY_DAY = "my_day"
    MY_WEEK = "my_week"
    ALL_DAY = "all_day"
    ALL_WEEK = "all_week"

    @property
    def mine(self) -> bool:
        """Whether it holds only what belongs to cases of one agent."""
        return self in (AgendaView.MY_DAY, AgendaView.MY_WEEK)

    def until(self, now: int, zone: tzinfo) -> int:
        """Where it ends: what is due before that moment is in it, however long overdue."""
        days = 1 if self in (AgendaView.MY_DAY, AgendaView.ALL_DAY) else WEEK
        return at_minute(local_day(now, zone), days * 1440, zone)


class Source(StrEnum):
    """Where an entry comes from."""

    FOLLOW_UP = "follow_up"
    BUYER = "buyer"
    OURS = "ours"
    REMEDY = "remedy"
    TASK = "task"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One line. `kind` is the kind of follow-up or of promise, or what a platform's window is for; `key.at` is when."""

    key: Key
    case_id: int
    source: Source
    kind: str
    channel: str | None
    device: str | None
    platform: str
    nick: str
    level: str | None
    product: str
    variant: str | None
    text: str
    owner_id: int | None
    owner: str | None
    opens: bool = False
    """Whether it is the first of its day, or of what is overdue."""

    @property
    def at(self) -> int:
        """When it is due (UTC ms)."""
        return self.key.at


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """Some lines in the order of their time, and whether there are more on either side."""

    rows: tuple[AgendaRow, ...]
    more_before: bool
    more_after: bool


_BUYERS: Mapping[str, str] = {
    PromiseKind.REVISE: N_("Buyer: update the review"),
    PromiseKind.APPEND: N_("Buyer: append to the review"),
    PromiseKind.ANSWER: N_("Buyer: answer"),
    PromiseKind.REMEDY: N_("Buyer: send something back"),
    PromiseKind.CHECK: N_("Buyer: see for themselves"),
    PromiseKind.CALLBACK: N_("Buyer: call"),
}
_OURS: Mapping[str, str] = {
    PromiseKind.REVISE: N_("We promised: a change"),
    PromiseKind.APPEND: N_("We promised: an addition"),
    PromiseKind.ANSWER: N_("We promised: an answer"),
    PromiseKind.REMEDY: N_("We promised: the remedy"),
    PromiseKind.CHECK: N_("We promised: a check"),
    PromiseKind.CALLBACK: N_("We promised: a call"),
}
_WINDOWS: Mapping[str, str] = {
    REVISE: N_("Last day to revise"),
    APPEND: N_("Last day to append"),
    REPLY: N_("Last day to reply"),
    APPEAL: N_("Last day to appeal"),
}
WINDOWS = tuple(_WINDOWS)
"""What a platform's window may be for."""


def of_promise(by_whom: str) -> Source:
    """Whose promise it is."""
    return Source.BUYER if by_whom == PromiseBy.BUYER else Source.OURS


def what_label(source: Source, kind: str, channel: str | None = None, device: str | None = None) -> str:
    """What is to be done or expected, with the channel and what the buyer has at hand, where that was agreed."""
    match source:
        case Source.FOLLOW_UP:
            told = follow_up_label(kind)
        case Source.BUYER:
            told = _(_BUYERS[kind])
        case Source.OURS:
            told = _(_OURS[kind])
        case Source.REMEDY:
            told = _("Remedy due")
        case Source.TASK:
            told = _("Task: {title}").format(title=title(kind))
        case Source.WINDOW:
            told = _(_WINDOWS[kind])
    agreed = (channel_label(channel) if channel else "", device_label(device) if device else "")
    return " · ".join(part for part in (told, *agreed) if part)


def group(at: int, now: int, zone: tzinfo) -> date | None:
    """The day under which it stands; None for what is overdue."""
    return None if at < now else local_day(at, zone)
