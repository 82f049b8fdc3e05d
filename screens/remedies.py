"""The ledger of remedies: overdue, due today, with a lead, owed and all; one's own or anybody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.language import N_, _
from data.outside import for_screen
from data.remedies.rows import RemedyLines, RemedyView
from data.rows import Done
from data.vocabulary import RemedyState
from screens.base import ACTS_LIST, DeskScreen, not_built_in
from screens.remedy_acts import about, do, remedy_menu
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.frame import rule, tabs
from widgets.lines import BLANK, Line, Lines, Span, line
from widgets.remedy_lines import VIEWS, LedgerColumns, LedgerList
from widgets.rows import Ask, Rows
from widgets.views_line import ceiled

_VIEWS = tuple(VIEWS)


class RemediesScreen(DeskScreen[None]):
    """What was offered, what is owed, and what a lead is to decide."""

    PURPOSE = N_(
        "The ledger of remedies: what is overdue, due today, waits for a lead, is owed. What was agreed is owed "
        "whatever the buyer does; a broken promise costs points, so it comes up before its time."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("remedies.open", "enter", "open", N_("Open"), N_("The buyer and the order."), foot=1, listed=False),
        Act("remedies.do", "f6", "do", N_("Do"), N_("What can be done with the remedy, by number."), foot=2),
        Act("remedies.delivered", "f7", "delivered", N_("Delivered"), N_("It has reached the buyer."), foot=3),
        Act("remedies.told", "f8", "told", N_("Told"), N_("The buyer was told how far it is."), foot=5),
        Act(
            "remedies.approve", "f5", "approve", N_("Approve it"), N_("A lead says yes; it is owed from then."), foot=4
        ),
        Act("remedies.refuse", "f3", "refuse", N_("Refuse"), N_("A lead says no, with a reason."), foot=7),
        *(
            Act(f"remedies.{view.value}", str(at + 1), f"view({at})", label, label, listed=False)
            for at, (view, label) in enumerate(VIEWS.items())
        ),
        Act("remedies.whose", "6", "whose", N_("Mine or anybody's"), N_("One's own remedies, or everybody's."), foot=6),
        Act("remedies.costs", "7", "costs", N_("Costs"), N_("What remedies cost, by cause and more.")),
        Act("remedies.turn", "tab", "turn(1)", N_("Next view"), N_("1 to 5 go to one."), listed=False),
        Act("remedies.turn_back", "shift+tab", "turn(-1)", N_("View before"), N_("1 to 5 go to one."), listed=False),
        Act("remedies.again", "r", "again", N_("Look again"), N_("Bring the list up to date.")),
        Act("remedies.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=90, listed=False),
        ACTS_LIST,
    )
    PARTS = Rows.ACTS
    DEFAULT_CSS = """
    RemediesScreen > #views { height: 2; }
    RemediesScreen > #about { height: 5; }
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.view = RemedyView.OVERDUE
        self.mine = False
        self._counts: Mapping[RemedyView, int] = {}
        self._views = Lines(id="views")
        columns = LedgerColumns(place.now(), place.zone, place.settings.remedies.warn_minutes)
        self.rows = LedgerList(self._piece, columns, id="entries")
        self._about = Lines(id="about")

    def heading(self) -> str:
        whose = _("mine") if self.mine else _("anybody's")
        return look.DOT.join((_("Remedies"), _(VIEWS[self.view]), whose))

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._views
        yield self.rows
        yield self._about

    def on_mount(self) -> None:
        super().on_mount()
        self.open_behind(self._open_first)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._show_views()
        self.call_after_refresh(self._show_about)

    def catch_up(self) -> None:
        self.again()

    def _piece(self, view: RemedyView, ask: Ask) -> RemedyLines:
        place = self.place
        return place.reads.remedy_list(
            view, mine=self.mine, agent_id=place.agent_id, now=place.now(),
            after=ask.after, before=ask.before, last=ask.last, limit=ask.limit,
        )  # fmt: skip

    async def _open_first(self) -> None:
        """The first list that has something: what is overdue comes before what is due."""
        await self._count()
        self.view = next((view for view in _VIEWS if self._counts.get(view)), RemedyView.OVERDUE)
        self.show_header()
        await self._reload(keep=False)

    async def _count(self) -> None:
        place, now, mine = self.place, self.place.now(), self.mine
        counts = await self.read(lambda: place.reads.remedy_counts(mine=mine, agent_id=place.agent_id, now=now))
        self._counts = counts if counts is not None else {}

    async def _reload(self, *, keep: bool) -> None:
        if await self.rows.look_at(self.view, self.place.now(), mine=self.mine, keep=keep):
            await self._count()
            self._show_views()
            self._show_about()

    def _show_views(self) -> None:
        numbers = [ceiled(self._counts[view]) if view in self._counts else "" for view in VIEWS]
        names = [_(label) for label in VIEWS.values()]
        self._views.show([tabs(names, numbers, _VIEWS.index(self.view), self.room.width), BLANK])

    def _show_about(self) -> None:
        lines: list[Line] = [rule(self.room.width)]
        row = self.rows.current
        if row is not None:
            lines += about(row.remedy, self.place.now(), self.place.zone)
            lines.append(line("  ", (look.quoted(for_screen(row.review)), look.LABEL)))
        self._about.show(lines)

    def on_rows_moved(self, _message: Rows.Moved) -> None:
        self._show_about()
        self.rows.tell_time(self.place.now())

    def again(self) -> None:
        """Read list and counts again, the cursor staying on its remedy."""
        self.behind(partial(self._reload, keep=True), group="list")

    def action_again(self) -> None:
        self.again()

    def action_view(self, at: int) -> None:
        self.view = _VIEWS[at]
        self._anew()

    def action_turn(self, by: int) -> None:
        self.action_view((_VIEWS.index(self.view) + by) % len(_VIEWS))

    def action_whose(self) -> None:
        self.mine = not self.mine
        self._anew()

    def _anew(self) -> None:
        self.show_header()
        self._show_views()
        self.behind(partial(self._reload, keep=False), group="list")

    # Acts on the remedy

    def why_not(self, act: str) -> str:
        row = self.rows.current
        needs = ("open", "do", "delivered", "told", "approve", "refuse")
        if act.removeprefix("remedies.") not in needs:
            return ""
        if row is None:
            return _("The list is empty.")
        if act in ("remedies.approve", "remedies.refuse") and row.remedy.state != RemedyState.ASKED:
            return _("No lead is asked about this one.")
        return not_built_in() if act == "remedies.open" and self.place.doors.buyer is None else ""

    def on_rows_opened(self, _message: Rows.Opened) -> None:
        self.behind(partial(self.action_act, "remedies.open"), group="act")

    def action_open(self) -> None:
        if (row := self.rows.current) is not None and self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, row.case_id), self._done)

    async def action_do(self) -> None:
        if (row := self.rows.current) is not None:
            await remedy_menu(self, row.remedy, self._done)

    async def _verb(self, verb: str) -> None:
        if (row := self.rows.current) is not None:
            await do(self, verb, row.remedy, self._done)

    async def action_delivered(self) -> None:
        await self._verb("deliver_remedy")

    async def action_told(self) -> None:
        await self._verb("remedy_told")

    async def action_approve(self) -> None:
        await self._verb("approve_remedy")

    async def action_refuse(self) -> None:
        await self._verb("refuse_approval")

    def action_costs(self) -> None:
        from screens.remedy_costs import CostsScreen

        self.app.push_screen(CostsScreen(self.place))

    def _done(self, done: Done | None) -> None:
        if done is not None:
            self.say(f"{look.CHECK} {done.said}", look.GOOD)
            self.again()
