"""The agenda: what falls due today and in the next days, of one's own or of everybody, the case one key away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer

from data.agenda import AgendaPage, AgendaView
from data.clock import SECOND
from data.language import N_, _
from data.rows import CasePage, Done
from screens.base import ACTS_LIST, DeskScreen, not_built_in
from screens.picks import later_screen, offer_copies
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.agenda_lines import VIEWS, AgendaColumns, AgendaList
from widgets.cases import preview
from widgets.frame import rule, tabs
from widgets.lines import BLANK, Lines, Span
from widgets.rows import Ask, Rows
from widgets.views_line import ceiled

REST = 0.17
"""Seconds without a key after which the preview follows the cursor."""
STALE = 30 * SECOND
"""After this long, the next rest brings the list up to date with what others did."""

_VIEWS = tuple(VIEWS)


class AgendaScreen(DeskScreen[None]):
    """What was agreed, promised and owed, and what platforms close, in the order of its time."""

    PURPOSE = N_(
        "What falls due today or in the next 7 days: call-backs, messages, checks, promises of both sides, remedies "
        "owed, and windows that platforms close. What is overdue stands first."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("agenda.open", "enter", "open", N_("Open"), N_("The buyer and the order."), foot=1, listed=False),
        Act("agenda.call", "f3", "contact", N_("Call"), N_("Contact the buyer of this case."), foot=2),
        Act("agenda.snooze", "f7", "snooze", N_("Later"), N_("Take the case off the list until a time."), foot=3),
        Act("agenda.copy", "f8", "copy", N_("Copy"), N_("Order number, nick or parcel number.")),
        *(
            Act(f"agenda.{view.value}", str(at + 1), f"view({at})", label, label, listed=False)
            for at, (view, label) in enumerate(VIEWS.items())
        ),
        Act("agenda.turn", "tab", "turn(1)", N_("Next view"), N_("1 to 4 go to one."), foot=4, listed=False),
        Act("agenda.turn_back", "shift+tab", "turn(-1)", N_("View before"), N_("1 to 4 go to one."), listed=False),
        Act("agenda.again", "r", "again", N_("Look again"), N_("Bring the list up to date.")),
        Act("agenda.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=90, listed=False),
        ACTS_LIST,
    )
    PARTS = Rows.ACTS
    DEFAULT_CSS = """
    AgendaScreen > #views { height: 2; }
    AgendaScreen > #preview { height: 6; }
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.view = AgendaView.MY_DAY
        self._counts: Mapping[AgendaView, int] = {}
        self._page: CasePage | None = None
        self._rest: Timer | None = None
        self._fresh_at = 0
        self._views = Lines(id="views")
        columns = AgendaColumns(place.now(), place.zone, place.settings.clock.due_soon_minutes)
        self.rows = AgendaList(self._piece, columns, id="entries")
        self._preview = Lines(id="preview")

    # What it shows

    def heading(self) -> str:
        return look.DOT.join((_("Agenda"), _(VIEWS[self.view])))

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._views
        yield self.rows
        yield self._preview

    def on_mount(self) -> None:
        super().on_mount()
        self.open_behind(partial(self._reload, keep=False))

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._preview.styles.height = 6 if event.size.height >= 28 else 5
        self.call_after_refresh(self._show_preview)
        self._show_views()

    def catch_up(self) -> None:
        self.again()

    def _piece(self, view: AgendaView, ask: Ask) -> AgendaPage:
        place = self.place
        return place.reads.agenda(
            view, agent_id=place.agent_id, now=place.now(),
            after=ask.after, before=ask.before, last=ask.last, limit=ask.limit,
        )  # fmt: skip

    def _show_views(self) -> None:
        numbers = [ceiled(self._counts[view]) if view in self._counts else "" for view in VIEWS]
        names = [_(label) for label in VIEWS.values()]
        self._views.show([tabs(names, numbers, _VIEWS.index(self.view), self.room.width), BLANK])

    def _show_preview(self) -> None:
        place, page, now = self.place, self._page, self.place.now()
        size = self._preview.size
        lines = [rule(size.width)]
        if page is not None:
            answer = place.answer(page, now) if place.answer else ("", "")
            at_most = place.settings.contact.calls_per_case
            lines += preview(page, answer, now, place.zone, at_most, cells=size.width, height=size.height - 1)
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
        row, now = self.rows.row, self.place.now()
        page = None
        if row is not None:
            page = await self._case(row.case_id)
        if self.rows.row != row:
            return
        self._page = page
        self._show_preview()
        self.rows.tell_time(now)
        if now - self._fresh_at > STALE:
            self.again()

    async def _case(self, case_id: int) -> CasePage | None:
        return await self.read(lambda: self.place.reads.case(case_id, now=self.place.now()))

    # Other rows

    def again(self) -> None:
        """Read list and counts again, the cursor staying on its entry."""
        self.behind(partial(self._reload, keep=True), group="list")

    async def _reload(self, *, keep: bool) -> None:
        self._fresh_at = self.place.now()
        if await self.rows.look_at(self.view, self._fresh_at, keep=keep):
            place, now = self.place, self._fresh_at
            counts = await self.read(lambda: place.reads.agenda_counts(agent_id=place.agent_id, now=now))
            if counts is not None:
                self._counts = counts
                self._show_views()

    def action_again(self) -> None:
        self.again()

    def action_view(self, at: int) -> None:
        self.view = _VIEWS[at]
        self.show_header()
        self._show_views()
        self.behind(partial(self._reload, keep=False), group="list")

    def action_turn(self, by: int) -> None:
        self.action_view((_VIEWS.index(self.view) + by) % len(_VIEWS))

    # Acts on the case

    def why_not(self, act: str) -> str:
        doors = {"agenda.open": self.place.doors.buyer, "agenda.call": self.place.doors.contact}
        if act in (*doors, "agenda.snooze", "agenda.copy") and self.rows.row is None:
            return _("The list is empty.")
        return not_built_in() if act in doors and doors[act] is None else ""

    def on_rows_opened(self, _message: Rows.Opened) -> None:
        self.behind(partial(self.action_act, "agenda.open"), group="act")

    def action_open(self) -> None:
        if (row := self.rows.row) is not None and self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, row.case_id), self._done)

    def action_contact(self) -> None:
        if (row := self.rows.row) is not None and self.place.doors.contact is not None:
            self.app.push_screen(self.place.doors.contact(self.place, row.case_id), self._done)

    def action_snooze(self) -> None:
        row = self.rows.row

        async def until(at: int | None) -> None:
            if row is not None and at is not None:
                self._done(await self.write(lambda casework: casework.snooze(row.case_id, at)))

        self.app.push_screen(later_screen(self.place), until)

    async def action_copy(self) -> None:
        row = self.rows.row
        if row is not None and (page := await self._case(row.case_id)) is not None:
            offer_copies(self, page)

    def _done(self, done: Done | None) -> None:
        """Say what was done, and show what it changed."""
        if done is not None:
            self.say(f"{look.CHECK} {done.said}", look.GOOD)
            self.again()
