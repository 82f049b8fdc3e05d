"""How the agenda looks: a line for each thing that falls due, under a quiet heading for each day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TypeAlias

from textual.strip import Strip

from data.agenda import AgendaPage, AgendaRow, AgendaView, Source, group, what_label
from data.clock import MINUTE, local_day
from data.language import N_, _
from data.outside import for_screen
from data.rows import Key
from data.vocabulary import FollowUpKind, Platform
from data.wording import platform_label
from widgets import look
from widgets.cells import width
from widgets.columns import Column
from widgets.lines import Span, line, strip
from widgets.rows import Ask
from widgets.timed_rows import TimedRows
from widgets.times import due, stamp

VIEWS = {
    AgendaView.MY_DAY: N_("Mine, today"),
    AgendaView.MY_WEEK: N_("Mine, 7 days"),
    AgendaView.ALL_DAY: N_("All, today"),
    AgendaView.ALL_WEEK: N_("All, 7 days"),
}
"""The views of the agenda in the order of their digits."""

_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_WIDE = 120
"""From so many cells on the review's words have room beside what is due."""

Read: TypeAlias = Callable[[AgendaView, Ask], AgendaPage]
"""Reads a piece of a view."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of the list: an entry, or the heading above the first entry of its day."""

    row: AgendaRow
    heads: bool = False

    @property
    def key(self) -> Key:
        """Its place in the order; a heading stands right before its entry, where no entry can."""
        return Key(self.row.key.at, self.row.key.id - 1) if self.heads else self.row.key


@dataclass(frozen=True, slots=True)
class _Piece:
    rows: Sequence[AgendaLine]
    more_before: bool
    more_after: bool


def with_headings(page: AgendaPage) -> _Piece:
    """The lines of a page, a heading above each row that opens its day."""
    lines: list[AgendaLine] = []
    for row in page.rows:
        lines += [AgendaLine(row, heads=True)] * row.opens + [AgendaLine(row)]
    return _Piece(lines, page.more_before, page.more_after)


def day_heading(at: int, now: int, zone: tzinfo) -> str:
    """Which day it is: overdue, today, tomorrow, or the day of the week, with its date."""
    day = group(at, now, zone)
    if day is None:
        return _("Overdue")
    days = (day - local_day(now, zone)).days
    named = _("Today") if days == 0 else _("Tomorrow") if days == 1 else ""
    return " ".join(part for part in (named, _(_DAYS[day.weekday()]), f"{day:%m-%d}") if part)


def when_span(row: AgendaRow, now: int, zone: tzinfo, soon: int) -> Span:
    """The time; overdue in red with a minus how long ago, within `soon` milliseconds in yellow with a mark."""
    if row.at < now:
        return due(row.at, now, zone), look.BAD
    told = stamp(row.at, now, zone)
    return (f"{look.HURRY} {told}", look.SOON) if row.at - now <= soon else (told, None)


def what(row: AgendaRow) -> str:
    """What is to be done or expected."""
    return what_label(row.source, row.kind, row.channel, row.device)


def product_name(row: AgendaRow) -> str:
    """The product and its variant, fit for a screen."""
    return for_screen(f"{row.product} {row.variant}" if row.variant else row.product)


def buyer_name(row: AgendaRow) -> str:
    """The nick, masked, and the buyer's level."""
    nick = for_screen(row.nick)
    return f"{nick} {for_screen(row.level)}" if row.level else nick


def due_words(rows: Sequence[AgendaRow], more: str, now: int, zone: tzinfo) -> str:
    """What just fell due in one line: the first of it, and that there is more."""
    row = rows[0]
    told = look.DOT.join(
        part for part in (f"{stamp(row.at, now, zone)} {what(row)}", buyer_name(row), product_name(row)) if part
    )
    return f"{look.HURRY} {told}{f'  {more}' if more else ''}"


class AgendaColumns:
    """The agenda's columns at a time: `now` moves on, and the list is told to draw the first column again."""

    def __init__(self, now: int, zone: tzinfo, soon_minutes: int) -> None:
        self.now = now
        self.zone = zone
        self._soon = soon_minutes * MINUTE

    def __call__(self) -> Sequence[Column[AgendaLine]]:
        """The columns with their titles in the reader's language."""
        platforms = max(width(platform_label(platform)) for platform in Platform)
        labels = max(width(what_label(Source.FOLLOW_UP, kind)) for kind in FollowUpKind)
        return (
            Column(_("Due"), self._when, 11, 11, to_the_right=True),
            Column(_("What"), _what, 18, labels + 14, 3, weight=True),
            Column(_("Buyer"), lambda each: (buyer_name(each.row), None), 9, 12, 1, weight=True),
            Column(_("Product"), lambda each: (product_name(each.row), look.LABEL), 12, 30, 2, gives_way=4),
            Column(_("Review"), lambda each: (for_screen(each.row.text), None), 16, 200, 6, wide_from=_WIDE),
            Column(_("Site"), _site, 6, platforms, 1, gives_way=3),
            Column(_("Owner"), lambda each: (for_screen(each.row.owner or ""), look.LABEL), 6, 10, 1, gives_way=5),
        )

    def _when(self, each: AgendaLine) -> Span:
        return when_span(each.row, self.now, self.zone, self._soon)


def _what(each: AgendaLine) -> Span:
    return what(each.row), look.NOTE if each.row.source is Source.WINDOW else None


def _site(each: AgendaLine) -> Span:
    return platform_label(each.row.platform), look.LABEL


class AgendaList(TimedRows[AgendaLine]):
    """The entries of one view, the longest overdue first; the cursor passes over the headings."""

    DEFAULT_CSS = ""

    def __init__(self, read: Read, columns: AgendaColumns, *, id: str | None = None) -> None:
        super().__init__(columns, key=lambda each: each.key, name=lambda each: (each.row.key, each.heads), id=id)
        self._read = read
        self._zone = columns.zone

    @property
    def row(self) -> AgendaRow | None:
        """The entry under the cursor."""
        return self.current.row if self.current is not None else None

    async def look_at(self, view: AgendaView, now: int, *, keep: bool) -> bool:
        """Show a view as it is now; with `keep` the cursor stays on its entry. False: overtaken by a later call."""
        self.tell_time(now)
        self._say_if_empty(view)
        return await self.load(lambda ask: with_headings(self._read(view, ask)), keep=keep)

    def _say_if_empty(self, view: AgendaView) -> None:
        """An empty agenda says so, and which key leads on."""
        told = {
            AgendaView.MY_DAY: _("Nothing of yours falls due today."),
            AgendaView.MY_WEEK: _("Nothing of yours falls due in the next 7 days."),
            AgendaView.ALL_DAY: _("Nothing falls due today."),
            AgendaView.ALL_WEEK: _("Nothing falls due in the next 7 days."),
        }[view]
        wider = {
            AgendaView.MY_DAY: ("2", _("shows the next 7 days")),
            AgendaView.MY_WEEK: ("3", _("shows what falls due for anyone")),
            AgendaView.ALL_DAY: ("4", _("shows the next 7 days")),
        }.get(view)
        keys = [line((wider[0], look.KEY), " ", (wider[1], look.LABEL), "   ")] if wider else []
        back = line(("Esc", look.KEY), " ", (_("goes back; F2 in the inbox takes the next case"), look.LABEL))
        self.nothing = (line("  ", told), line("  ", *(span for part in keys for span in part), *back))

    # The cursor passes over the headings

    def _all_changed(self) -> None:
        if self.current is not None and self.current.heads:
            self._window.move(1)
        super()._all_changed()

    async def _step(self, *, rows: int = 0, pages: int = 0) -> None:
        await super()._step(rows=rows, pages=pages)
        if self.current is not None and self.current.heads:
            await super()._step(rows=-1 if rows < 0 else 1)
        if self.current is not None and self.current.heads:
            await super()._step(rows=1)

    async def _leap(self, *, last: bool) -> None:
        await super()._leap(last=last)
        if self.current is not None and self.current.heads:
            await super()._step(rows=1)

    def _line(self, row: AgendaLine, cells: int, *, here: bool, marked: bool) -> Strip:
        if not row.heads:
            return super()._line(row, cells, here=here, marked=marked)
        now, zone = self._times.now, self._zone
        late = row.row.at < now
        return strip(line("  ", (day_heading(row.row.at, now, zone), look.BAD if late else look.LABEL)), cells)
