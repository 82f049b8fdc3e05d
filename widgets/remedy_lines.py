"""How remedies look: the ledger's columns, a remedy in words, and what of the catalogue fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TypeAlias

from data.clock import MINUTE
from data.language import N_, _, ngettext
from data.money import format_money
from data.outside import for_screen
from data.remedies.life import remedy_state_label
from data.remedies.rows import MEMORY_DAYS, Earlier, RemedyLine, RemedyLines, RemedyView
from data.rows import RemedyRow
from data.vocabulary import OWED, RemedyState
from data.wording import cause_label
from widgets import look
from widgets.columns import Column
from widgets.lines import Line, Span, line
from widgets.rows import Ask
from widgets.timed_rows import TimedRows
from widgets.times import due, stamp

VIEWS = {
    RemedyView.OVERDUE: N_("Overdue"),
    RemedyView.TODAY: N_("Due today"),
    RemedyView.ASKED: N_("A lead is asked"),
    RemedyView.OWED: N_("All owed"),
    RemedyView.ALL: N_("All remedies"),
}
"""The lists of the ledger in the order of their digits."""

NEEDS = {
    "tag": N_("tag on"),
    "unwashed": N_("unwashed"),
    "whole": N_("complete"),
    "pictures": N_("pictures first"),
}
FREIGHT = {"shop": N_("way back at our cost"), "buyer": N_("way back at the buyer's cost")}

Read: TypeAlias = Callable[[RemedyView, Ask], RemedyLines]


def remedy_name(remedy: RemedyRow) -> str:
    """What it is, as it was said to the buyer."""
    return for_screen(remedy.detail) or _("not said yet what")


def worth(remedy: RemedyRow) -> str:
    """What the buyer gets in money; empty for what is no money."""
    return "" if remedy.amount_minor is None else format_money(remedy.amount_minor, remedy.currency)


def cost(remedy: RemedyRow) -> str:
    """What it costs the shop; a question mark where that is not known."""
    return "?" if remedy.cost_minor is None else format_money(remedy.cost_minor, remedy.currency)


def within(hours: int) -> str:
    """How soon it is done, as one says it: in days where it is whole days."""
    days, rest = divmod(hours, 24)
    if rest or not days:
        return ngettext("within {n} hour", "within {n} hours", hours).format(n=hours)
    return ngettext("within {n} day", "within {n} days", days).format(n=days)


def when_due(remedy: RemedyRow, now: int, zone: tzinfo, soon: int) -> Span:
    """By when it is owed; overdue in red with how long ago, within `soon` milliseconds in yellow with a mark."""
    if remedy.state not in OWED or remedy.due_at is None:
        return "", None
    if remedy.due_at < now:
        return due(remedy.due_at, now, zone), look.BAD
    told = stamp(remedy.due_at, now, zone)
    return (f"{look.HURRY} {told}", look.SOON) if remedy.due_at - now <= soon else (told, None)


def conditions(remedy: RemedyRow) -> str:
    """What the buyer is asked to see to when something is sent back, and who pays for the way."""
    told = [_(NEEDS[need]) for need in remedy.needs.split(",") if need in NEEDS]
    told += [_(FREIGHT[remedy.freight_by])] if remedy.freight_by else []
    return look.DOT.join(told)


def far(remedy: RemedyRow, now: int, zone: tzinfo) -> str:
    """How far it is: state, by when, parcel number, conditions."""
    owed = remedy.state in OWED and remedy.due_at is not None
    told = [remedy_state_label(remedy.state)]
    if owed and remedy.due_at is not None:
        told.append(_("by {time}").format(time=stamp(remedy.due_at, now, zone)))
    told += [part for part in (remedy.tracking or "", conditions(remedy)) if part]
    if remedy.told_at is not None and remedy.state != RemedyState.TOLD:
        told.append(_("told {time}").format(time=stamp(remedy.told_at, now, zone)))
    return look.DOT.join(told)


def earlier_line(given: Sequence[Earlier]) -> Line:
    """What the buyer was given lately; it changes nothing about what is owed now."""
    if not given:
        return line("  ", (_("Nothing was given to this buyer lately."), look.LABEL))
    told = [
        ngettext("{n} remedy", "{n} remedies", each.count).format(n=each.count)
        + (f" {format_money(each.worth_minor, each.currency)}" if each.worth_minor else "")
        for each in given
    ]
    lately = _("This buyer in {days} days: {told}").format(days=MEMORY_DAYS, told=look.DOT.join(told))
    return line("  ", (lately, look.SOON))


class LedgerColumns:
    """The ledger's columns at a time: `now` moves on, and the list is told to draw the first column again."""

    def __init__(self, now: int, zone: tzinfo, soon_minutes: int) -> None:
        self.now = now
        self.zone = zone
        self._soon = soon_minutes * MINUTE

    def __call__(self) -> Sequence[Column[RemedyLine]]:
        """The columns with their titles in the reader's language."""
        return (
            Column(_("Due"), self._due, 11, 11, to_the_right=True),
            Column(_("Remedy"), lambda each: (remedy_name(each.remedy), None), 18, 48, 3, weight=True),
            Column(_("State"), _state, 16, 25, 2),
            Column(_("Worth"), lambda each: (worth(each.remedy), None), 8, 10, 3, to_the_right=True),
            Column(_("Cost"), lambda each: (cost(each.remedy), look.LABEL), 8, 10, 1, gives_way=3, to_the_right=True),
            Column(_("Buyer"), lambda each: (for_screen(each.nick), None), 6, 10, 2),
            Column(_("Product"), lambda each: (for_screen(each.product), look.LABEL), 10, 26, 2, gives_way=4),
            Column(_("Cause"), _cause, 6, 12, 1, gives_way=5),
            Column(_("Owner"), lambda each: (for_screen(each.owner or ""), look.LABEL), 6, 8, 1, gives_way=2),
        )

    def _due(self, each: RemedyLine) -> Span:
        return when_due(each.remedy, self.now, self.zone, self._soon)


def _state(each: RemedyLine) -> Span:
    return remedy_state_label(each.remedy.state), look.SOON if each.remedy.state == RemedyState.ASKED else look.LABEL


def _cause(each: RemedyLine) -> Span:
    return cause_label(each.cause) if each.cause else "", look.LABEL


class LedgerList(TimedRows[RemedyLine]):
    """The remedies of one list."""

    DEFAULT_CSS = ""

    def __init__(self, read: Read, columns: LedgerColumns, *, id: str | None = None) -> None:
        super().__init__(columns, key=lambda each: each.key, name=lambda each: each.remedy.id, id=id)
        self._read = read

    async def look_at(self, view: RemedyView, now: int, *, mine: bool, keep: bool) -> bool:
        """Show a list as it is now; with `keep` the cursor stays on its remedy. False: overtaken by a later call."""
        self.tell_time(now)
        nothing = {
            RemedyView.OVERDUE: _("Nothing is overdue."),
            RemedyView.TODAY: _("Nothing more is due today."),
            RemedyView.ASKED: _("No lead is asked about anything."),
            RemedyView.OWED: _("Nothing is owed."),
            RemedyView.ALL: _("Nothing was offered yet."),
        }[view]
        whose = [line("  ", ("6", look.KEY), " ", (_("shows anybody's"), look.LABEL))] if mine else []
        self.nothing = (line("  ", nothing), *whose)
        return await self.load(lambda ask: self._read(view, ask), keep=keep)
