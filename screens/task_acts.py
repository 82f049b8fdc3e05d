"""What is asked about a task: which, what it came to, why it is dropped, which paper."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from data.errors import AmendsError
from data.language import _
from data.rows import CasePage, Done
from data.tasks.kinds import brought_by, kinds, result_label, title
from data.tasks.papers import paper_at
from data.tasks.rows import TaskRow
from data.vocabulary import TaskKind, TaskResult
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from widgets import look
from widgets.lines import line

Told = Callable[[Done | None], None]

_NEW, _PAPER = "new", "paper"


def ask_about_tasks(screen: DeskScreen[Any], page: CasePage, done: Told) -> None:
    """What came of an open task of the case, that the buyer was told of one, or a new one."""
    here = [each for each in page.tasks if each.open or each.to_tell]
    if not here:
        ask_for_task(screen, page, done)
        return
    options: list[Option[TaskRow | str]] = [
        Option(each, title(each.kind), _("what it came to") if each.open else _("the buyer was told")) for each in here
    ]
    options += [Option(_NEW, _("Another task")), Option(_PAPER, _("Name a paper"))]

    async def picked(chosen: TaskRow | str | None) -> None:
        if chosen == _NEW:
            ask_for_task(screen, page, done)
        elif chosen == _PAPER:
            ask_for_paper(screen, page.row.case_id, done)
        elif isinstance(chosen, TaskRow) and chosen.open:
            ask_for_result(screen, chosen, done)
        elif isinstance(chosen, TaskRow):
            done(await screen.write(lambda casework: casework.task_told(chosen.id)))

    screen.app.push_screen(Choose(screen.place, _("Which task?"), options), picked)


def ask_for_task(screen: DeskScreen[Any], page: CasePage, done: Told) -> None:
    """Create a task for a case: those that its cause brings stand first."""
    fitting = {each.kind for each in brought_by(page.row.cause, [each.kind for each in page.remedies])}
    open_ones = {each.kind for each in page.tasks if each.open}
    options = [
        Option(
            kind.kind,
            kind.words.title,
            "; ".join(kind.words.do),
            _("It is open already.") if kind.kind in open_ones else "",
        )
        for kind in sorted(kinds().values(), key=lambda each: each.kind not in fitting)
    ]

    async def picked(kind: TaskKind | None) -> None:
        if kind is not None:
            done(await screen.write(lambda casework: casework.create_task(page.row.case_id, kind)))

    screen.app.push_screen(Choose(screen.place, _("Which task?"), options), picked)


def ask_for_result(screen: DeskScreen[Any], task: TaskRow, done: Told) -> None:
    """Say what a task came to."""

    async def picked(result: TaskResult | None) -> None:
        if result is not None:
            done(await screen.write(lambda casework: casework.settle_task(task.id, result)))

    options = [Option(result, result_label(task.kind, result)) for result in kinds()[TaskKind(task.kind)].results]
    intro = [line(" ", (title(task.kind), look.KEY))]
    screen.app.push_screen(Choose(screen.place, _("What did it come to?"), options, intro=intro), picked)


def ask_why_dropped(screen: DeskScreen[Any], task: TaskRow, done: Told) -> None:
    """Drop a task, with a reason."""

    async def typed(reason: str | None) -> None:
        if reason:
            done(await screen.write(lambda casework: casework.drop_task(task.id, reason)))

    hint = _("it is written to the log")
    screen.app.push_screen(TypeText(screen.place, _("Drop this task"), _("Reason"), hint=hint), typed)


def ask_for_paper(screen: DeskScreen[Any], case_id: int, done: Told) -> None:
    """Name a paper for the product of a case."""

    async def typed(told: str | None) -> None:
        if not told:
            return
        try:
            paper = await asyncio.to_thread(paper_at, told)
        except AmendsError as error:
            screen.refuse(error)
            return
        done(await screen.write(lambda casework: casework.add_document(case_id, paper.name, paper.sha256, paper.bytes)))

    intro = [line(" ", (_("Only its name and hash are kept; the file stays where it is."), look.LABEL))]
    screen.app.push_screen(TypeText(screen.place, _("Name a paper"), _("File"), intro=intro), typed)
