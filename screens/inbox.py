"""The inbox: what is due first, what can be done about it, and the case under the cursor below the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from data.language import N_, _
from data.outside import for_screen
from data.rows import CasePage, Counts, Done, Filter, Page, View
from data.several import Verb
from screens import everywhere
from screens.base import not_built_in
from screens.case_listing import CaseListScreen
from screens.inbox_acts import ACTS, ON_A_CASE, ON_CASES
from screens.marked import OnCases
from screens.next_case import NextCase
from screens.picks import ask_to_narrow, offer_copies, worded
from screens.progress import progress
from screens.saved_views import SavedViews
from screens.searching import Search
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.case_list import CaseList
from widgets.cases import VIEWS, CaseColumns
from widgets.lines import Span
from widgets.priority_lines import priority_line
from widgets.rows import Ask
from widgets.views_line import ViewsLine

if TYPE_CHECKING:
    from screens.export_list import ListExport
    from widgets.text_field import TextField


class InboxScreen(CaseListScreen[View]):
    """The first screen of the day and the one that every other leads back to."""

    PURPOSE = N_(
        "Every case that needs something, what is due first on top. Take one with Space or F2, open "
        "it with Enter; the preview below says whether its buyer may be contacted now."
    )
    ACTS: ClassVar[tuple[Act, ...]] = ACTS
    VIEWS = VIEWS
    ENTER = "inbox.open"
    rows: CaseList
    _views: ViewsLine

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, View.ALL)
        self.narrowed = Filter()
        self._totals: Counts | None = None
        self._found: int | None = None
        self._undoable = False
        self._next = NextCase(self)
        self._views = ViewsLine(id="views")
        columns = CaseColumns(place.now(), place.zone, place.settings.clock.due_soon_minutes)
        self.rows = CaseList(self._piece, columns, id="cases")
        self.cases = OnCases(
            self, self.rows, lambda: partial(self._piece, self.view, self.narrowed),
            done=self._done, changed=self.show_views, passed=self._next.passed,
        )  # fmt: skip
        self.saved = SavedViews(
            self, look_at=self._look_at, shown=lambda: (self.view, self.narrowed),
            changed=lambda: None if self.typing else self.show_views(),
        )  # fmt: skip
        self._search = Search(
            self, self._views, self.rows, look_at=self._look_at, shown=lambda: (self.view, self.narrowed),
            left=self.show_views,
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
        if self._totals is not None:
            parts.append(_("closed today {count}").format(count=self._totals.closed_today))
        return [("   ".join(part for part in parts if part), look.LABEL)]

    def begin(self) -> None:
        """The first rows are read at once, and their numbers when they stand."""
        self.rows.begin(self.view, self.narrowed)
        self._fresh_at = self.place.now()
        self.call_after_refresh(self.show_counts)
        self.call_after_refresh(self._take_up)

    def _take_up(self) -> None:
        """A call that a dropped line or a kill cut off is taken up again before anything else."""
        unfinished = self.place.reads.unfinished_contact(self.place.agent_id)
        if unfinished is not None and self.place.doors.contact is not None:
            _contact_id, case_id, _channel = unfinished
            self.app.push_screen(self.place.doors.contact(self.place, case_id), self._done)

    def _piece(self, view: View, narrowed: Filter, ask: Ask) -> Page:
        place = self.place
        return place.reads.page(
            view, narrowed, agent_id=place.agent_id, now=place.now(),
            after=ask.after, before=ask.before, last=ask.last, limit=ask.limit,
        )  # fmt: skip

    def show_views(self) -> None:
        only = worded(self.narrowed, self._agents)
        if self.saved.current is not None:
            only = look.DOT.join(part for part in (for_screen(self.saved.current.name), only) if part)
        marked = len(self.cases.marks)
        self._views.tell(self.view, self._totals, only, self._found, marked, self.saved.tabs(), self.saved.at)

    def why_now(self, page: CasePage, now: int, cells: int) -> tuple[str, Sequence[str]]:
        from data.clocks.useful import running
        from widgets.clock_lines import clocks_in_short

        place = self.place
        return (
            priority_line(page, place.settings.priority, now, place.zone, place.agent_id, cells),
            clocks_in_short(running(page, now, place.settings), now, page.row.due_at),
        )

    # Other rows

    async def look_at_view(self, *, keep: bool) -> bool:
        return await self.rows.look_at(self.view, self.narrowed, self._fresh_at, keep=keep)

    async def show_counts(self) -> None:
        """The numbers, after the rows stand."""
        reads, place, narrowed, view = self.place.reads, self.place, self.narrowed, self.view
        now = place.now()
        counts = await self.read(lambda: reads.counts(agent_id=place.agent_id, now=now))
        found = None
        if narrowed:
            found = await self.read(lambda: reads.count(view, narrowed, agent_id=place.agent_id, now=now))
        if counts is None or self.narrowed != narrowed or self.view != view:
            return
        self._totals, self._found = counts, found
        if not self.typing:
            self.show_header()
            self.show_views()
        self.behind(self.saved.refresh, group="saved views")

    def _look_at(self, view: View, narrowed: Filter) -> None:
        self.view, self.narrowed, self._found, self._undoable = view, narrowed, None, False
        if not self.typing:
            self.show_header()
            self.show_views()
            self.cases.stay()
        self.behind(partial(self.reload, keep=False), group="list")

    def action_view(self, at: int) -> None:
        self.saved.leave()
        self._look_at(list(VIEWS)[at], replace(self.narrowed, query=""))

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

    def action_clear(self) -> None:
        if self.narrowed or self.saved.current is not None:
            self._look_at(*self.saved.wider(self.view, self.narrowed))
        else:
            self.cases.clear()

    def action_narrow(self) -> None:
        ask_to_narrow(
            self, self.narrowed, self._agents,
            narrow=lambda narrowed: self._look_at(self.view, narrowed), clear=self.action_clear,
        )  # fmt: skip

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

    @property
    def case_id(self) -> int | None:
        row = self.rows.current
        return row.case_id if row is not None else None

    def action_incoming(self) -> None:
        if (case_id := self.case_id) is not None and self.place.doors.incoming is not None:
            self.app.push_screen(self.place.doors.incoming(self.place, case_id), self._done)

    async def action_explain(self) -> None:
        if (case_id := self.case_id) is not None and (page := await self.read_case(case_id)) is not None:
            from screens.contact_explained import ContactExplainedScreen

            self.app.push_screen(ContactExplainedScreen(self.place, page))

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
        case_id = await self._next.claim()
        if case_id is None:
            return
        if self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, case_id), self._done)
        else:
            self.again()

    async def action_copy(self) -> None:
        if (case_id := self.case_id) is None:
            return
        page = self._page
        if page is None or page.row.case_id != case_id:
            page = await self.read_case(case_id)
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
