"""The outcome log: every contact and what came of it, newest first, searched and filtered, the case one key away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer

from data.language import N_, _
from data.outcomes import LineResult, Standing, line_label, standing_label
from data.outside import for_screen
from data.rows import ContactRow, Key, LogFilter, LogPage
from screens.base import ACTS_LIST, DeskScreen
from screens.case_listing import REST
from screens.choose import Choose, Option
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.contacts import ContactColumns, log_preview
from widgets.field_row import FieldRow
from widgets.frame import rule
from widgets.lines import BLANK, Line, Lines, Span, line
from widgets.rows import Ask, Rows
from widgets.text_field import TextField


class LogScreen(DeskScreen[None]):
    """Every contact of every agent; what is written here can be exported but not changed."""

    PURPOSE = N_(
        "Every contact of every agent and what came of it, the newest first. It can be narrowed and "
        "exported, not changed."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("log.search", "f5,slash", "search", N_("Search"), N_("By nick, product, note or order."), foot=2),
        Act("log.mine", "1", "mine", N_("Mine or all"), N_("Only your own contacts, or everybody's."), foot=3),
        Act("log.line", "2", "line", N_("What happened"), N_("Only contacts with one result on the line."), foot=4),
        Act("log.standing", "3,f6", "standing", N_("Where it stood"), N_("Only contacts that led there."), foot=5),
        Act("log.clear", "4", "clear", N_("All again"), N_("Take search and filter away.")),
        Act("log.case", "5,f3", "case", N_("The case"), N_("The case of this contact."), foot=6),
        Act("log.open", "enter", "open", N_("Open"), N_("A call step by step, else the case."), foot=1, listed=False),
        Act("log.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=90, listed=False),
        ACTS_LIST,
    )
    PARTS = Rows.ACTS
    DEFAULT_CSS = """
    LogScreen > #narrowed { height: 1; }
    LogScreen > #preview { height: 5; }
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.narrowed = LogFilter()
        self._columns = ContactColumns(place.now(), place.zone)
        self.rows: Rows[ContactRow] = Rows(
            self._columns, key=lambda row: Key(row.started_at, row.contact_id), name=lambda row: row.contact_id
        )
        self._preview = Lines(id="preview")
        self._narrowed = Lines(id="narrowed")
        self._search: FieldRow | None = None
        self._rest: Timer | None = None

    def heading(self) -> str:
        return _("Outcome log")

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._narrowed
        yield self.rows
        yield self._preview

    def on_mount(self) -> None:
        self._load()

    def on_resize(self, _event: Resize) -> None:
        self._show_narrowed()
        self._show_preview()

    def catch_up(self) -> None:
        self._load(keep=True)

    def _load(self, *, keep: bool = False) -> None:
        told, key, leads = (
            (_("Nothing here matches."), "4", _("shows all again"))
            if self.narrowed != LogFilter()
            else (_("Nobody has been contacted yet."), "Esc", _("goes back; F3 in the inbox calls a buyer"))
        )
        self.rows.nothing = (line("  ", told), line("  ", (key, look.KEY), " ", (leads, look.LABEL)))
        self.behind(partial(self._reload, keep), group="log")

    async def _reload(self, keep: bool) -> None:
        if await self.rows.load(self._fetch(), keep=keep):
            self._show_preview()

    def _fetch(self) -> Callable[[Ask], LogPage]:
        reads, narrowed = self.place.reads, self.narrowed

        def fetch(ask: Ask) -> LogPage:
            return reads.log(narrowed, after=ask.after, before=ask.before, last=ask.last, limit=ask.limit)

        return fetch

    def _narrow(self, narrowed: LogFilter) -> None:
        if narrowed != self.narrowed:
            self.narrowed = narrowed
            if not self.typing:
                self._show_narrowed()
            self._load()

    def _show_narrowed(self) -> None:
        parts = []
        if self.narrowed.agent_id is not None:
            parts.append(_("mine"))
        if self.narrowed.line:
            parts.append(line_label(self.narrowed.line))
        if self.narrowed.standing:
            parts.append(standing_label(self.narrowed.standing))
        if self.narrowed.search:
            parts.append(look.quoted(for_screen(self.narrowed.search)))
        shown: Line = line(" ", (_("Only"), look.KEY), " ", look.DOT.join(parts)) if parts else BLANK
        self._narrowed.show([shown])

    def _show_preview(self) -> None:
        lines: list[Line] = [rule(self.size.width)]
        row = self.rows.current
        if row is not None:
            lines += log_preview(row, now=self.place.now(), zone=self.place.zone, cells=self.size.width)
        self._preview.show(lines)

    def on_rows_moved(self, _message: Rows.Moved) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._show_preview)

    def on_rows_opened(self, _message: Rows.Opened) -> None:
        self.behind(self.action_open, group="open")

    async def action_open(self) -> None:
        """A call is read as it was said; of what followed no script there is only the case."""
        row = self.rows.current
        if row is None:
            return
        kept = await self.read(lambda: self.place.reads.kept_call(row.contact_id))
        if kept is None or row.ended_at is None:
            self.action_case()
            return
        from screens.replay import ReplayScreen

        self.app.push_screen(ReplayScreen(self.place, row, kept))

    def action_case(self) -> None:
        row = self.rows.current
        if row is not None and self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, row.case_id))

    # Narrowing

    async def action_search(self) -> None:
        if self._search is None:
            self._search = FieldRow(_("Search"), self.narrowed.search, hint=_("nick, product, note, order number"))
            await self.mount(self._search, before=self._narrowed)
        self._search.field.focus()

    def on_text_field_drafted(self, message: TextField.Drafted) -> None:
        self._narrow(replace(self.narrowed, search=message.text.strip()))

    def on_text_field_kept(self, message: TextField.Kept) -> None:
        self._leave_search(message.text)

    def on_text_field_left(self, message: TextField.Left) -> None:
        self._leave_search(message.text)

    def _leave_search(self, text: str) -> None:
        self._narrow(replace(self.narrowed, search=text.strip()))
        if self._search is not None:
            search, self._search = self._search, None
            self.rows.focus()
            search.remove()
        self._show_narrowed()

    def action_mine(self) -> None:
        mine = None if self.narrowed.agent_id is not None else self.place.agent_id
        self._narrow(replace(self.narrowed, agent_id=mine))

    def action_line(self) -> None:
        options = [Option("", _("any")), *(Option(str(each), line_label(each)) for each in LineResult)]
        self.app.push_screen(
            Choose(self.place, _("What happened?"), options),
            lambda value: self._narrow(replace(self.narrowed, line=value or None)) if value is not None else None,
        )

    def action_standing(self) -> None:
        options = [Option("", _("any")), *(Option(str(each), standing_label(each)) for each in Standing)]
        self.app.push_screen(
            Choose(self.place, _("Where does the case stand?"), options),
            lambda value: self._narrow(replace(self.narrowed, standing=value or None)) if value is not None else None,
        )

    def action_clear(self) -> None:
        self._narrow(LogFilter())
