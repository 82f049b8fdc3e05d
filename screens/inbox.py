"""The inbox: what is due first, what can be done about it, and the case under the cursor below the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer

from data.clock import SECOND
from data.language import N_, _
from data.outside import for_screen
from data.rows import CasePage, Counts, Done, Filter, Page, View
from data.several import Verb
from screens import everywhere
from screens.base import DeskScreen, not_built_in
from screens.inbox_acts import ACTS, ON_A_CASE, ON_CASES
from screens.marked import OnCases
from screens.picks import CLEAR, filter_screen, offer_copies, values_screen, with_part, worded
from screens.progress import progress
from screens.saved_views import SavedViews
from screens.searching import Search
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.case_list import CaseList
from widgets.cases import VIEWS, CaseColumns, preview
from widgets.frame import rule
from widgets.lines import Lines, Span
from widgets.priority_lines import priority_line
from widgets.rows import Ask, Rows
from widgets.views_line import ViewsLine

if TYPE_CHECKING:
    from screens.export_list import ListExport
    from widgets.text_field import TextField

REST = 0.17
"""Seconds without a key after which the preview follows the cursor."""
STALE = 30 * SECOND
"""After this long, the next rest brings the list and its counts up to date with what others did."""

_VIEWS = tuple(VIEWS)


class InboxScreen(DeskScreen[None]):
    """The first screen of the day and the one that every other leads back to."""

    PURPOSE = N_(
        "Every case that needs something, what is due first on top. Take one with Space or F2, open "
        "it with Enter; the preview below says whether its buyer may be contacted now."
    )
    ACTS: ClassVar[tuple[Act, ...]] = ACTS
    PARTS = CaseList.ACTS
    DEFAULT_CSS = """
    InboxScreen > #views { height: 2; }
    InboxScreen > #preview { height: 6; }
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.view = View.ALL
        self.narrowed = Filter()
        self._counts: Counts | None = None
        self._found: int | None = None
        self._page: CasePage | None = None
        self._undoable = False
        self._passed: set[int] = set()
        self._rest: Timer | None = None
        self._fresh_at = 0
        self._views = ViewsLine(id="views")
        columns = CaseColumns(place.now(), place.zone, place.settings.clock.due_soon_minutes)
        self.rows = CaseList(self._piece, columns, id="cases")
        self._preview = Lines(id="preview")
        self.cases = OnCases(
            self, self.rows, lambda: partial(self._piece, self.view, self.narrowed),
            done=self._done, changed=self._show_views, passed=self._passed,
        )  # fmt: skip
        self.saved = SavedViews(
            self, look_at=self._look_at, shown=lambda: (self.view, self.narrowed),
            changed=lambda: None if self.typing else self._show_views(),
        )  # fmt: skip
        self._search = Search(
            self, self._views, self.rows, look_at=self._look_at, shown=lambda: (self.view, self.narrowed),
            left=self._show_views,
        )  # fmt: skip
        self._export: ListExport | None = None
        self._me = place.reads.agent(place.agent_id)
        self._shops = place.reads.shops()
        self._agents = place.reads.agents()

    # What it shows

    def heading(self) -> str:
        """The view is named here too: among the others it is told by a line under it alone."""
        return look.DOT.join((_("Inbox"), for_screen(self.saved.name) or _(VIEWS[self.view])))

    def facts(self) -> Sequence[Span]:
        shop = for_screen(self._shops[0].name) if len(self._shops) == 1 else ""
        # The time stands first, so that the update of every minute ends there.
        parts = [self.clock_time(), shop, for_screen(self._me.name or self._me.login)]
        if self._counts is not None:
            parts.append(_("closed today {count}").format(count=self._counts.closed_today))
        return [("   ".join(part for part in parts if part), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._views
        yield self.rows
        yield self._preview

    def on_mount(self) -> None:
        super().on_mount()
        self.rows.begin(self.view, self.narrowed)
        self._fresh_at = self.place.now()
        self.call_after_refresh(self._count)
        self.call_after_refresh(self._take_up)

    def _take_up(self) -> None:
        """A call that a dropped line or a kill cut off is taken up again before anything else."""
        unfinished = self.place.reads.unfinished_contact(self.place.agent_id)
        if unfinished is not None and self.place.doors.contact is not None:
            _contact_id, case_id, _channel = unfinished
            self.app.push_screen(self.place.doors.contact(self.place, case_id), self._done)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._preview.styles.height = 6 if event.size.height >= 28 else 5
        self.call_after_refresh(self._show_preview)
        self._show_views()

    def _piece(self, view: View, narrowed: Filter, ask: Ask) -> Page:
        place = self.place
        return place.reads.page(
            view, narrowed, agent_id=place.agent_id, now=place.now(),
            after=ask.after, before=ask.before, last=ask.last, limit=ask.limit,
        )  # fmt: skip

    def _show_views(self) -> None:
        only = worded(self.narrowed, self._agents)
        if self.saved.current is not None:
            only = look.DOT.join(part for part in (for_screen(self.saved.current.name), only) if part)
        marked = len(self.cases.marks)
        self._views.tell(self.view, self._counts, only, self._found, marked, self.saved.tabs(), self.saved.at)

    def _show_preview(self) -> None:
        place, page, now = self.place, self._page, self.place.now()
        size = self._preview.size
        lines = [rule(size.width)]
        if page is not None:
            from data.clocks.useful import running
            from widgets.clock_lines import clocks_in_short

            answer = place.answer(page, now) if place.answer else ("", "")
            at_most = place.settings.contact.calls_per_case
            priority = priority_line(page, place.settings.priority, now, place.zone, place.agent_id, size.width - 2)
            lines += preview(
                page, answer, now, place.zone, at_most, cells=size.width, height=size.height - 1, priority=priority,
                clocks=clocks_in_short(running(page, now, place.settings), now, page.row.due_at),
            )  # fmt: skip
        self._preview.show(lines)

    # The cursor rests

    def on_rows_moved(self, _message: Rows.Moved) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.rested)

    def rested(self) -> None:
        """The keys rest: let the preview follow the cursor, and the list what others did."""
        if self.is_current:
            self.behind(self._follow_cursor, group="preview")

    async def _follow_cursor(self) -> None:
        row, now = self.rows.current, self.place.now()
        page = None
        if row is not None:
            case_id = row.case_id
            page = await self.read(lambda: self.place.reads.case(case_id, now=now))
        if self.rows.current != row:
            return
        self._page = page
        self._show_preview()
        if not self.typing:
            self.rows.tell_time(now)
            if now - self._fresh_at > STALE:
                self.again()

    # Other rows

    def again(self) -> None:
        """Read list and counts again, the cursor staying on its case."""
        self.behind(partial(self._reload, keep=True), group="list")

    def catch_up(self) -> None:
        self.again()

    async def _reload(self, *, keep: bool) -> None:
        self._fresh_at = self.place.now()
        if await self.rows.look_at(self.view, self.narrowed, self._fresh_at, keep=keep):
            await self._count()

    async def _count(self) -> None:
        """The numbers, after the rows stand."""
        reads, place, narrowed, view = self.place.reads, self.place, self.narrowed, self.view
        now = place.now()
        counts = await self.read(lambda: reads.counts(agent_id=place.agent_id, now=now))
        found = None
        if narrowed:
            found = await self.read(lambda: reads.count(view, narrowed, agent_id=place.agent_id, now=now))
        if counts is None or self.narrowed != narrowed or self.view != view:
            return
        self._counts, self._found = counts, found
        if not self.typing:
            self.show_header()
            self._show_views()
        self.behind(self.saved.refresh, group="saved views")

    def _look_at(self, view: View, narrowed: Filter) -> None:
        self.view, self.narrowed, self._found, self._undoable = view, narrowed, None, False
        if not self.typing:
            self.show_header()
            self._show_views()
            self.cases.stay()
        self.behind(partial(self._reload, keep=False), group="list")

    def action_view(self, at: int) -> None:
        self.saved.leave()
        self._look_at(_VIEWS[at], replace(self.narrowed, query=""))

    async def action_open_saved(self, at: int) -> None:
        await self.saved.on_digit(at)

    async def action_saved(self) -> None:
        await self.saved.ask()

    def action_save_view(self) -> None:
        self.saved.save()

    def action_export(self) -> None:
        from screens.export_list import ListExport

        self._export = self._export or ListExport(self)
        self._export.ask(self.view, self.narrowed, self.saved.name or _(VIEWS[self.view]))

    def action_turn(self, by: int) -> None:
        self.action_view((_VIEWS.index(self.view) + by) % len(_VIEWS))

    def action_again(self) -> None:
        self.again()

    def action_clear(self) -> None:
        if self.narrowed or self.saved.current is not None:
            self._look_at(*self.saved.wider(self.view, self.narrowed))
        else:
            self.cases.clear()

    def action_narrow(self) -> None:
        def chosen(part: str | None) -> None:
            if part == CLEAR:
                self.action_clear()
            elif part is not None:
                self.app.push_screen(values_screen(self.place, part, self._agents), lambda value: set_to(part, value))

        def set_to(part: str, value: str | None) -> None:
            if value is not None:
                self._look_at(self.view, with_part(self.narrowed, part, value))

        self.app.push_screen(filter_screen(self.place, self.narrowed, self._agents), chosen)

    # Search

    async def action_search(self) -> None:
        await self._search.open()

    async def on_text_field_drafted(self, message: TextField.Drafted) -> None:
        await self._search.drafted(message.text)

    async def on_text_field_kept(self, message: TextField.Kept) -> None:
        await self._search.kept(message.text)

    async def on_text_field_left(self, message: TextField.Left) -> None:
        await self._search.left(message.text)

    # Acts on the case

    def why_not(self, act: str) -> str:
        if act in ON_A_CASE and self.rows.current is None:
            return _("The list is empty.")
        if act in ON_CASES and (why := self.cases.why_not(ON_CASES[act])):
            return why
        if why := self.saved.why_not(act):
            return why
        if act == "inbox.export" and self._export is not None and self._export.running:
            return _("An export is being written.")
        doors = self.place.doors
        behind = {
            "inbox.open": doors.buyer,
            "inbox.call": doors.contact,
            "inbox.incoming": doors.incoming,
            "inbox.log": doors.log,
            "inbox.agenda": doors.agenda,
            "inbox.add": doors.add_review,
            "inbox.settings": doors.settings,
            "inbox.export": self.place.write_list,
        }
        return not_built_in() if act in behind and behind[act] is None else ""

    def on_rows_opened(self, _message: Rows.Opened) -> None:
        self.behind(partial(self.action_act, "inbox.open"), group="act")

    def action_open(self) -> None:
        if (row := self.rows.current) is not None and self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, row.case_id), self._done)

    def action_contact(self) -> None:
        if (row := self.rows.current) is not None and self.place.doors.contact is not None:
            self.app.push_screen(self.place.doors.contact(self.place, row.case_id), self._done)

    def action_incoming(self) -> None:
        if (row := self.rows.current) is not None and self.place.doors.incoming is not None:
            self.app.push_screen(self.place.doors.incoming(self.place, row.case_id), self._done)

    async def action_explain(self) -> None:
        row = self.rows.current
        if row is None:
            return
        place, now = self.place, self.place.now()
        page = await self.read(lambda: place.reads.case(row.case_id, now=now))
        if page is not None:
            from screens.contact_explained import ContactExplainedScreen

            self.app.push_screen(ContactExplainedScreen(place, page))

    def action_log(self) -> None:
        if self.place.doors.log is not None:
            self.app.push_screen(self.place.doors.log(self.place))

    async def action_agenda(self) -> None:
        await everywhere.run(self, "go.agenda")

    async def action_settings(self) -> None:
        await everywhere.run(self, "go.settings")

    def action_add(self) -> None:
        if self.place.doors.add_review is not None:
            self.app.push_screen(self.place.doors.add_review(self.place))

    async def action_cases(self, verb: str) -> None:
        await self.cases.act(Verb(verb))

    async def action_mark(self) -> None:
        await self.cases.mark()

    async def action_unmark(self) -> None:
        await self.cases.unmark()

    def action_several(self) -> None:
        self.cases.ask()

    async def action_next(self) -> None:
        passed = frozenset(self._passed)
        case_id = await self.write(lambda casework: casework.claim_next(passed))
        if case_id is None:
            # All that there is has been looked at: the next time it begins anew.
            self._passed.clear()
            return
        self._passed.add(case_id)
        if self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, case_id), self._done)
        else:
            self.again()

    async def action_copy(self) -> None:
        row = self.rows.current
        if row is None:
            return
        page = self._page
        if page is None or page.row.case_id != row.case_id:
            page = await self.read(lambda: self.place.reads.case(row.case_id, now=self.place.now()))
        if page is not None:
            offer_copies(self, page)

    async def action_undo(self) -> None:
        if (self.narrowed or self.saved.current is not None) and not self._undoable:
            self.action_clear()
            return
        told = progress(self)
        self._done(await self.write(lambda casework: casework.undo(told)))
        self._undoable = False

    async def action_redo(self) -> None:
        told = progress(self)
        self._done(await self.write(lambda casework: casework.redo(told)))

    def _done(self, done: Done | None) -> None:
        """Say what was done, and show what it changed."""
        if done is None:
            return
        self._undoable = done.undoable
        hint = "   " + _("Backspace undoes it") if done.undoable else ""
        self.say(f"{look.CHECK} {done.said}{hint}", look.GOOD)
        self.again()

    def action_leave(self) -> None:
        self.app.exit()
