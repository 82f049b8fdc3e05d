"""How tasks read: their lists, their line on a case, and what is to be done for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from data.language import N_, _, ngettext
from data.outside import for_screen
from data.rows import CasePage
from data.tasks.kinds import kinds, result_label, title
from data.tasks.rows import DocumentRow, TaskLine, TaskLines, TaskRow, TaskView
from data.vocabulary import Platform, TaskKind, TaskState
from data.wording import platform_label
from widgets import look
from widgets.cells import width
from widgets.columns import Column
from widgets.lines import Line, Span, line, paragraph
from widgets.rows import Ask, Rows
from widgets.times import due, stamp

VIEWS = {
    TaskView.MINE: N_("Mine"),
    TaskView.OVERDUE: N_("Overdue"),
    TaskView.OPEN: N_("Anyone's"),
    TaskView.TO_TELL: N_("To tell"),
}
"""The lists in the order of their digits."""


def when_span(task: TaskRow, now: int, zone: tzinfo) -> Span:
    """When an open task is due, overdue in red with a minus; when another one was settled."""
    if not task.open:
        return stamp(task.settled_at or task.due_at, now, zone), look.LABEL
    return (due(task.due_at, now, zone), look.BAD) if task.due_at < now else (stamp(task.due_at, now, zone), None)


def came_to(task: TaskRow) -> str:
    """What a task came to, and whether the buyer knows; empty while it is open."""
    if task.state == TaskState.DROPPED:
        return _("dropped")
    if task.result is None:
        return ""
    said = result_label(task.kind, task.result)
    if not task.tells:
        return said
    return look.DOT.join((said, _("buyer told") if task.told_at is not None else _("buyer not told yet")))


def task_line(task: TaskRow, now: int, zone: tzinfo) -> Line:
    """A task in a line: due or settled, what it is, who has it, what it came to."""
    mark: Span = (
        (f"{look.CHECK} ", look.GOOD)
        if not task.open and not task.to_tell
        else (f"{look.CROSS} ", look.BAD)
        if task.open and task.due_at < now
        else (f"{look.TRIANGLE} ", look.SOON)
    )
    at, style = when_span(task, now, zone)
    owner = for_screen(task.owner) if task.owner else _("nobody's")
    told = came_to(task)
    return line(mark, title(task.kind), "  ", (at, style), "  ", (owner, look.LABEL), f"  {told}" if told else "")


def standing_lines(page: CasePage, now: int, zone: tzinfo) -> list[Line]:
    """The tasks of a case, those that are open or to be told first."""
    return [task_line(each, now, zone) for each in sorted(page.tasks, key=lambda one: not (one.open or one.to_tell))]


def to_do_lines(task: TaskRow, product: str, papers: Sequence[DocumentRow], cells: int) -> list[Line]:
    """What is to be done for a task, what the buyer is told, and which papers there are."""
    kind = kinds()[TaskKind(task.kind)]
    lines: list[Line] = []
    if task.open:
        for number, step in enumerate(kind.words.do, 1):
            lines += [line((f"{number} ", look.LABEL), *part) for part in paragraph(step, cells - 2)[:1]]
    if task.result is not None and task.tells:
        lines.append(line((_("For the buyer"), look.KEY)))
        lines += paragraph(buyer_words(task, product), cells, look.SAY, 4)
    if kind.documents:
        names = look.DOT.join(each.name for each in papers)
        told = ngettext("{n} paper of this product", "{n} papers of this product", len(papers)).format(n=len(papers))
        lines.append(line((told, look.KEY), "  ", names))
    return lines


def buyer_words(task: TaskRow, product: str, platform: str = "") -> str:
    """What the buyer is told of the result, in the language of the platform's buyers."""
    english = platform in (Platform.JUDGEME, Platform.OTHER)
    return kinds()[TaskKind(task.kind)].told(task.result or "", product, "en" if english else "zh")


def columns(now: Callable[[], int], zone: tzinfo) -> Callable[[], Sequence[Column[TaskLine]]]:
    """The columns of a list with their titles in the reader's language."""

    def made() -> Sequence[Column[TaskLine]]:
        titles = max(width(title(kind)) for kind in TaskKind)
        platforms = max(width(platform_label(platform)) for platform in Platform)
        return (
            Column(_("Due"), lambda each: when_span(each.task, now(), zone), 11, 11, to_the_right=True),
            Column(_("Task"), lambda each: (title(each.task.kind), None), titles, titles, 1, weight=True),
            Column(_("Buyer"), lambda each: (for_screen(each.nick), None), 6, 12, 1),
            Column(_("Product"), lambda each: (for_screen(each.product), look.LABEL), 10, 30, 2, gives_way=4),
            Column(_("Result"), lambda each: (came_to(each.task), None), 12, 60, 3, gives_way=3),
            Column(_("Site"), lambda each: (platform_label(each.platform), look.LABEL), 6, platforms, 1, gives_way=5),
            Column(_("Owner"), lambda each: (for_screen(each.task.owner or ""), look.LABEL), 6, 10, 1, gives_way=6),
        )

    return made


def empty_lines(view: TaskView) -> Sequence[Line]:
    """What an empty list says, and which key leads on."""
    told = {
        TaskView.MINE: _("You have no task open."),
        TaskView.OVERDUE: _("No task is overdue."),
        TaskView.OPEN: _("No task is open."),
        TaskView.TO_TELL: _("Every buyer knows what came of it."),
    }[view]
    return (line("  ", told), line("  ", ("Esc", look.KEY), " ", (_("goes back"), look.LABEL)))


class TaskRows(Rows[TaskLine]):
    """The tasks of one list."""

    DEFAULT_CSS = ""

    def __init__(
        self,
        read: Callable[[TaskView, Ask], TaskLines],
        now: Callable[[], int],
        zone: tzinfo,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(columns(now, zone), key=lambda each: each.key, name=lambda each: each.task.id, id=id)
        self._read = read

    async def look_at(self, view: TaskView, *, keep: bool) -> bool:
        """Show a list as it is now; with `keep` the cursor stays on its task. False: overtaken by a later call."""
        self.nothing = empty_lines(view)
        return await self.load(lambda ask: self._read(view, ask), keep=keep)
