"""The ledger of remedies: overdue, due today, with a lead, owed and all; one's own or anybody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from data.language import N_, _
from data.outside import for_screen
from data.remedies.rows import RemedyLines, RemedyView
from data.vocabulary import RemedyState
from screens.base import not_built_in
from screens.listing import ListScreen, acts_of_views
from screens.remedy_acts import about, do, remedy_menu
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.lines import Line, line
from widgets.remedy_lines import VIEWS, LedgerColumns, LedgerList
from widgets.rows import Ask


class RemediesScreen(ListScreen[RemedyView]):
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
        Act("remedies.whose", "6", "whose", N_("Mine or anybody's"), N_("One's own remedies, or everybody's."), foot=6),
        Act("remedies.costs", "7", "costs", N_("Costs"), N_("What remedies cost, by cause and more.")),
        *acts_of_views("remedies", VIEWS, N_("Next view"), N_("View before"), N_("1 to 5 go to one.")),
    )
    TITLE = N_("Remedies")
    VIEWS = VIEWS
    ENTER = "remedies.open"
    DEFAULT_CSS = "RemediesScreen > #preview { height: 5; }"
    view: RemedyView
    rows: LedgerList

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, RemedyView.OVERDUE)
        self.mine = False
        columns = LedgerColumns(place.now(), place.zone, place.settings.remedies.warn_minutes)
        self.rows = LedgerList(self._piece, columns, id="entries")

    def heading(self) -> str:
        return look.DOT.join((super().heading(), _("mine") if self.mine else _("anybody's")))

    def _piece(self, view: RemedyView, ask: Ask) -> RemedyLines:
        place = self.place
        return place.reads.remedy_list(
            view, mine=self.mine, agent_id=place.agent_id, now=place.now(),
            after=ask.after, before=ask.before, last=ask.last, limit=ask.limit,
        )  # fmt: skip

    def begin(self) -> None:
        self.open_behind(self._open_first)

    async def _open_first(self) -> None:
        """The first list that has something: what is overdue comes before what is due."""
        await self.show_counts()
        self.view = next((view for view in VIEWS if self._counts.get(view)), RemedyView.OVERDUE)
        self.show_header()
        await self.reload(keep=False)

    async def look_at_view(self, *, keep: bool) -> bool:
        return await self.rows.look_at(self.view, self.place.now(), mine=self.mine, keep=keep)

    def count(self) -> Mapping[RemedyView, int]:
        place = self.place
        return place.reads.remedy_counts(mine=self.mine, agent_id=place.agent_id, now=place.now())

    def below(self, cells: int, height: int) -> Sequence[Line]:
        row = self.rows.current
        if row is None:
            return ()
        quote = line("  ", (look.quoted(for_screen(row.review)), look.LABEL))
        return [*about(row.remedy, self.place.now(), self.place.zone), quote]

    @property
    def case_id(self) -> int | None:
        row = self.rows.current
        return row.case_id if row is not None else None

    def moved(self) -> None:
        super().moved()
        self.rows.tell_time(self.place.now())

    def action_whose(self) -> None:
        self.mine = not self.mine
        self.anew()

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
