"""The shop's tasks: what a cause or a remedy brought, whose it is, when it is due, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from data.language import N_, _
from data.tasks.rows import DocumentRow, TaskLine, TaskLines, TaskView
from screens.listing import ListScreen, acts_of_views
from screens.task_acts import ask_for_paper, ask_for_result, ask_why_dropped
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.lines import Line, line
from widgets.rows import Ask
from widgets.task_lines import VIEWS, TaskRows, buyer_words, to_do_lines

_ON_A_TASK = frozenset({"tasks.settle", "tasks.told", "tasks.case", "tasks.paper", "tasks.copy", "tasks.drop"})


class TasksScreen(ListScreen[TaskView]):
    """Carrier complaints, service checks, evidence of authenticity, batch checks, invoices."""

    PURPOSE = N_(
        "What is to be found out or done for cases beside talking to their buyers: complaints to carriers, checks, "
        "papers, invoices. What came of it is told to the buyer."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("tasks.settle", "enter,f5", "open", N_("Result"), N_("What it came to."), foot=1),
        Act("tasks.told", "f7", "told", N_("Buyer told"), N_("The buyer knows what came of it."), foot=2),
        Act("tasks.copy", "f8", "copy", N_("Copy"), N_("What the buyer is told, to the clipboard."), foot=3),
        Act("tasks.case", "f6", "case", N_("The case"), N_("The buyer and the order."), foot=4),
        Act("tasks.paper", "p", "paper", N_("Name a paper"), N_("Kept for the product, for all its cases.")),
        Act("tasks.drop", "", "drop", N_("Drop"), N_("It is no longer needed, with a reason.")),
        *acts_of_views("tasks", VIEWS, N_("Next list"), N_("List before"), N_("1 to 4 go to one."), foot=5),
    )
    TITLE = N_("Tasks")
    VIEWS = VIEWS
    ENTER = "tasks.settle"
    DEFAULT_CSS = "TasksScreen > #preview { height: 8; }"
    view: TaskView
    rows: TaskRows

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, TaskView.MINE)
        self._papers: Sequence[DocumentRow] = ()
        self.rows = TaskRows(self._piece, place.now, place.zone, id="tasks")

    def _piece(self, view: TaskView, ask: Ask) -> TaskLines:
        place = self.place
        return place.reads.task_list(
            view, agent_id=place.agent_id, now=place.now(),
            after=ask.after, before=ask.before, last=ask.last, limit=ask.limit,
        )  # fmt: skip

    async def look_at_view(self, *, keep: bool) -> bool:
        return await self.rows.look_at(self.view, keep=keep)

    def count(self) -> Mapping[TaskView, int]:
        return self.place.reads.task_counts(agent_id=self.place.agent_id, now=self.place.now())

    def below(self, cells: int, height: int) -> Sequence[Line]:
        row = self.rows.current
        if row is None:
            return ()
        head = look.DOT.join(part for part in (row.nick, row.product, look.quoted(row.review)) if part)
        todo = to_do_lines(row.task, row.product, self._papers, cells - 2)
        return [line(" ", (head, look.LABEL)), *(line(" ", *each) for each in todo)]

    @property
    def case_id(self) -> int | None:
        row = self.rows.current
        return row.task.case_id if row is not None else None

    def moved(self) -> None:
        self.behind(self._follow, group="preview")

    async def _follow(self) -> None:
        row = self.rows.current
        papers = await self.read(lambda: self.place.reads.documents(row.task.case_id)) if row is not None else ()
        if self.rows.current is row:
            self._papers = papers or ()
            self.show_preview()

    # Acts

    def why_not(self, act: str) -> str:
        row = self.rows.current
        if act not in _ON_A_TASK:
            return ""
        if row is None:
            return _("The list is empty.")
        if act in ("tasks.settle", "tasks.drop") and not row.task.open:
            return _("It has its result: F7 when the buyer was told.") if row.task.to_tell else _("It is settled.")
        if act in ("tasks.told", "tasks.copy") and not row.task.to_tell:
            return _("There is nothing to tell yet.") if row.task.open else _("The buyer knows it already.")
        return ""

    @property
    def _row(self) -> TaskLine:
        """The task under the cursor; acts on it have made sure that there is one."""
        row = self.rows.current
        assert row is not None
        return row

    def action_open(self) -> None:
        ask_for_result(self, self._row.task, self._done)

    async def action_told(self) -> None:
        number = self._row.task.id
        self._done(await self.write(lambda casework: casework.task_told(number)))

    def action_copy(self) -> None:
        row = self._row
        if self.place.copy(buyer_words(row.task, row.product, row.platform)):
            self.say(f"{look.CHECK} " + _("Copied; F7 when the buyer was told."), look.GOOD)
        else:
            self.say(_("This terminal takes no text from here; mark it with the mouse."), look.SOON)

    def action_paper(self) -> None:
        ask_for_paper(self, self._row.task.case_id, self._done)

    def action_drop(self) -> None:
        ask_why_dropped(self, self._row.task, self._done)
