"""The agenda: what falls due today and in the next days, of one's own or of everybody, the case one key away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from data.agenda import AgendaPage, AgendaView
from data.language import N_, _
from screens.base import not_built_in
from screens.case_listing import CaseListScreen
from screens.listing import acts_of_views
from screens.picks import later_screen, offer_copies
from screens.workplace import Workplace
from widgets.acts import Act
from widgets.agenda_lines import VIEWS, AgendaColumns, AgendaList
from widgets.rows import Ask


class AgendaScreen(CaseListScreen[AgendaView]):
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
        *acts_of_views("agenda", VIEWS, N_("Next view"), N_("View before"), N_("1 to 4 go to one."), foot=4),
    )
    TITLE = N_("Agenda")
    VIEWS = VIEWS
    ENTER = "agenda.open"
    view: AgendaView
    rows: AgendaList

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, AgendaView.MY_DAY)
        columns = AgendaColumns(place.now(), place.zone, place.settings.clock.due_soon_minutes)
        self.rows = AgendaList(self._piece, columns, id="entries")

    def _piece(self, view: AgendaView, ask: Ask) -> AgendaPage:
        place = self.place
        return place.reads.agenda(
            view, agent_id=place.agent_id, now=place.now(),
            after=ask.after, before=ask.before, last=ask.last, limit=ask.limit,
        )  # fmt: skip

    async def look_at_view(self, *, keep: bool) -> bool:
        return await self.rows.look_at(self.view, self._fresh_at, keep=keep)

    def count(self) -> Mapping[AgendaView, int]:
        return self.place.reads.agenda_counts(agent_id=self.place.agent_id, now=self._fresh_at)

    @property
    def case_id(self) -> int | None:
        row = self.rows.row
        return row.case_id if row is not None else None

    # Acts on the case

    def why_not(self, act: str) -> str:
        doors = {"agenda.open": self.place.doors.buyer, "agenda.call": self.place.doors.contact}
        if act in (*doors, "agenda.snooze", "agenda.copy") and self.case_id is None:
            return _("The list is empty.")
        return not_built_in() if act in doors and doors[act] is None else ""

    def action_snooze(self) -> None:
        case_id = self.case_id

        async def until(at: int | None) -> None:
            if case_id is not None and at is not None:
                self._done(await self.write(lambda casework: casework.snooze(case_id, at)))

        self.app.push_screen(later_screen(self.place), until)

    async def action_copy(self) -> None:
        if (case_id := self.case_id) is not None and (page := await self.read_case(case_id)) is not None:
            offer_copies(self, page)
