"""The shop's tasks: what a cause or a remedy brought, whose it is, when it is due, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.language import N_, _
from data.rows import Done
from data.tasks.rows import DocumentRow, TaskLine, TaskLines, TaskView
from screens.base import ACTS_LIST, DeskScreen
from screens.task_acts import ask_for_paper, ask_for_result, ask_why_dropped
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.frame import rule, tabs
from widgets.lines import BLANK, Lines, Span, line
from widgets.rows import Ask, Rows
from widgets.task_lines import VIEWS, TaskRows, buyer_words, to_do_lines
from widgets.views_line import ceiled

_VIEWS = tuple(VIEWS)
_ON_A_TASK = frozenset({"tasks.settle", "tasks.told", "tasks.case", "tasks.paper", "tasks.copy", "tasks.drop"})


class TasksScreen(DeskScreen[None]):
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
        *(
            Act(f"tasks.{view.value}", str(at + 1), f"view({at})", label, label, listed=False)
            for at, (view, label) in enumerate(VIEWS.items())
        ),
        Act("tasks.turn", "tab", "turn(1)", N_("Next list"), N_("1 to 4 go to one."), foot=5, listed=False),
        Act("tasks.turn_back", "shift+tab", "turn(-1)", N_("List before"), N_("1 to 4 go to one."), listed=False),
        Act("tasks.again", "r", "again", N_("Look again"), N_("Bring the list up to date.")),
        Act("tasks.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=90, listed=False),
        ACTS_LIST,
    )
    PARTS = Rows.ACTS
    DEFAULT_CSS = """
    TasksScreen > #views { height: 2; }
    TasksScreen > #preview { height: 8; }
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.view = TaskView.MINE
        self._counts: Mapping[TaskView, int] = {}
        self._papers: Sequence[DocumentRow] = ()
        self._views = Lines(id="views")
        self.rows = TaskRows(self._piece, place.now, place.zone, id="tasks")
        self._preview = Lines(id="preview")

    def heading(self) -> str:
        return look.DOT.join((_("Tasks"), _(VIEWS[self.view])))

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
        self._show_views()
        self.call_after_refresh(self._show_preview)

    def catch_up(self) -> None:
        self.action_again()

    def _piece(self, view: TaskView, ask: Ask) -> TaskLines:
        place = self.place
        return place.reads.task_list(
            view, agent_id=place.agent_id, now=place.now(),
            after=ask.after, before=ask.before, last=ask.last, limit=ask.limit,
        )  # fmt: skip

    def _show_views(self) -> None:
        numbers = [ceiled(self._counts[view]) if view in self._counts else "" for view in VIEWS]
        names = [_(label) for label in VIEWS.values()]
        self._views.show([tabs(names, numbers, _VIEWS.index(self.view), self.room.width), BLANK])

    def _show_preview(self) -> None:
        size, row = self._preview.size, self.rows.current
        lines = [rule(size.width)]
        if row is not None:
            head = look.DOT.join(part for part in (row.nick, row.product, look.quoted(row.review)) if part)
            lines.append(line(" ", (head, look.LABEL)))
            lines += [line(" ", *each) for each in to_do_lines(row.task, row.product, self._papers, size.width - 2)]
        self._preview.show(lines[: max(1, size.height)])

    async def _reload(self, *, keep: bool) -> None:
        if await self.rows.look_at(self.view, keep=keep):
            await self._follow()
            place = self.place
            counts = await self.read(lambda: place.reads.task_counts(agent_id=place.agent_id, now=place.now()))
            if counts is not None:
                self._counts = counts
                self._show_views()

    async def _follow(self) -> None:
        row = self.rows.current
        papers = await self.read(lambda: self.place.reads.documents(row.task.case_id)) if row is not None else ()
        if self.rows.current is row:
            self._papers = papers or ()
            self._show_preview()

    def on_rows_moved(self, _message: Rows.Moved) -> None:
        self.behind(self._follow, group="preview")

    def on_rows_opened(self, _message: Rows.Opened) -> None:
        self.behind(partial(self.action_act, "tasks.settle"), group="act")

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

    def action_again(self) -> None:
        self.behind(partial(self._reload, keep=True), group="list")

    def action_view(self, at: int) -> None:
        self.view = _VIEWS[at]
        self.show_header()
        self._show_views()
        self.behind(partial(self._reload, keep=False), group="list")

    def action_turn(self, by: int) -> None:
        self.action_view((_VIEWS.index(self.view) + by) % len(_VIEWS))

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

    def action_case(self) -> None:
        if self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, self._row.task.case_id), self._done)

    def action_paper(self) -> None:
        ask_for_paper(self, self._row.task.case_id, self._done)

    def action_drop(self) -> None:
        ask_why_dropped(self, self._row.task, self._done)

    def _done(self, done: Done | None) -> None:
        if done is not None:
            self.say(f"{look.CHECK} {done.said}", look.GOOD)
            self.action_again()
