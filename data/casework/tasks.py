"""Tasks of a case: they arise from its cause or an accepted remedy, come to a result, and the buyer hears of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text as condition
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from data.casework import following
from data.casework.act import Act
from data.errors import Refused
from data.follow_up import telling
from data.language import _
from data.models import Agent, Case, Document, Remedy, Review, Task
from data.outcomes import LineResult, Standing
from data.protocols import Disposition
from data.rows import Done
from data.tasks.kinds import brought_by, kinds, result_label, title
from data.vocabulary import (
    REMEDY_STANDS,
    EventKind,
    FollowUpKind,
    TaskKind,
    TaskResult,
    TaskState,
)

LONGEST_NAME = 200


def after_outcome(act: Act, case: Case) -> None:
    """What a contact's outcome leaves to be done: tasks that arise, and results that the buyer has not heard yet."""
    arise(act, case)
    if case.open and act.session.exec(_untold(case)).first() is not None:
        _to_be_told(act, case)


def arise(act: Act, case: Case) -> int:
    """Create what the cause and the accepted remedies of a case bring and never brought before; return how many."""
    act.session.flush()
    accepted = act.session.exec(
        select(Remedy).where(col(Remedy.case_id) == case.id, col(Remedy.state).in_(REMEDY_STANDS))
    ).all()
    wanted = brought_by(case.cause, [name for each in accepted for name in (each.kind, each.entry) if name])
    if not wanted:
        return 0
    known = set(act.session.exec(select(Task.kind).where(col(Task.case_id) == case.id)).all())
    new = [each for each in wanted if each.kind not in known]
    for each in new:
        remedy = next((one.id for one in accepted if {one.kind, one.entry} & each.remedies), None)
        _create(act, case, each.kind, case.owner_id or act.agent_id, act.now + each.due, remedy)
    return len(new)


def create_task(act: Act, case_id: int, kind: TaskKind, owner_id: int | None = None, due_at: int | None = None) -> Done:
    """Create a task by hand: one's own unless another agent is named, due when the table says unless told."""
    case = act.case(case_id)
    if owner_id is not None:
        act.session.get_one(Agent, owner_id)
    open_one = act.session.exec(
        select(Task.id).where(col(Task.case_id) == case.id, col(Task.kind) == kind, condition("task.state = 'open'"))
    ).first()
    if open_one is not None:
        raise Refused(
            _("There is one already"), _("This task is open for the case."), _("See what comes of that one first.")
        )
    due = due_at or act.now + kinds()[kind].due
    if due <= act.now:
        raise Refused(_("That time has passed"), _("A task is due at a time to come."), _("Pick a later time."))
    event_id = _create(act, case, kind, owner_id or act.agent_id, due, None)
    return Done(event_id, _("Task: {title}").format(title=title(kind)), undoable=False)


def settle_task(act: Act, task_id: int, result: TaskResult) -> Done:
    """Note what a task came to. Where the buyer is to hear of it, that is set as the next thing to do."""
    task, case = _open(act, task_id)
    kind = kinds()[TaskKind(task.kind)]
    if result not in kind.results:
        raise Refused(_("Not this task"), _("This task cannot come to that."), _("Pick one of its results."))
    if kind.documents and result in (TaskResult.CONFIRMED, TaskResult.PARTLY) and not _documents(act, task):
        raise Refused(
            _("No papers yet"),
            _("Nothing is kept for this product that could be shown."),
            _("Name the papers first."),
        )
    task.state, task.result, task.settled_at = TaskState.DONE, result, act.now
    event_id = act.log(EventKind.TASK_SETTLED, case, subject_id=task.id, code=f"{task.kind}/{result}")
    said = result_label(task.kind, result)
    if not task.tells:
        return Done(event_id, said, undoable=False)
    if case.open and _to_be_told(act, case):
        return Done(case.last_event_id or 0, _("{result}: tell the buyer next").format(result=said), undoable=False)
    return Done(event_id, _("{result}; the buyer has not heard of it").format(result=said), undoable=False)


def task_told(act: Act, task_id: int) -> Done:
    """Note that the buyer was told what came of it. Raises Refused for a task without a result."""
    task = _task(act, task_id)
    case = act.case(task.case_id)
    if task.state != TaskState.DONE or task.told_at is not None:
        raise Refused(_("Nothing to tell"), _("This task has no result that the buyer has not heard."))
    task.told_at = act.now
    event_id = act.log(EventKind.TASK_TOLD, case, subject_id=task.id, code=task.kind)
    act.session.flush()
    if act.session.exec(_untold(case)).first() is None and any(
        one.kind == FollowUpKind.TELL_RESULT for one in act.to_follow(case)
    ):
        act.finish_follow_ups(case, FollowUpKind.TELL_RESULT)
        case.due_at = act.now if case.follow_up_at is None else case.follow_up_at
    return Done(event_id, _("Told"), undoable=False)


def drop_task(act: Act, task_id: int, reason: str) -> Done:
    """Drop a task that is no longer needed, with a reason for the log."""
    from data.casework.upkeep import needs_reason

    needs_reason(reason)
    task, case = _open(act, task_id)
    task.state, task.settled_at = TaskState.DROPPED, act.now
    event_id = act.log(EventKind.TASK_DROPPED, case, subject_id=task.id, code=task.kind, text=reason.strip())
    return Done(event_id, _("Dropped: {title}").format(title=title(task.kind)), undoable=False)


def add_document(act: Act, case_id: int, name: str, sha256: str, size: int) -> Done:
    """Keep the name and hash of a paper for the product of a case, once for all its cases; the file stays where it is.

    Raises Refused where the product is not known, or that paper is kept already.
    """
    case = act.case(case_id)
    product_id = act.session.get_one(Review, case.review_id).product_id
    if product_id is None:
        raise Refused(_("No product"), _("It is not known which product this review is about."))
    name = name.strip()[:LONGEST_NAME]
    known = act.session.exec(
        select(Document).where(col(Document.product_id) == product_id, col(Document.sha256) == sha256)
    ).first()
    if known is not None:
        raise Refused(
            _("Kept already"), _("This paper is kept as {name}.").format(name=known.name), _("Every case can use it.")
        )
    document = Document(
        product_id=product_id, name=name, sha256=sha256, bytes=size, agent_id=act.agent_id, added_at=act.now
    )
    act.session.add(document)
    act.session.flush()
    event_id = act.log(EventKind.DOCUMENT_ADDED, case, subject_id=document.id, number=size)
    return Done(event_id, _("Kept for this product: {name}").format(name=name), undoable=False)


def _create(act: Act, case: Case, kind: TaskKind, owner_id: int, due_at: int, remedy_id: int | None) -> int:
    task = Task(
        case_id=case.id or 0,
        product_id=act.session.get_one(Review, case.review_id).product_id,
        remedy_id=remedy_id,
        kind=kind,
        state=TaskState.OPEN,
        owner_id=owner_id,
        created_at=act.now,
        due_at=due_at,
        tells=int(kinds()[kind].tells),
    )
    act.session.add(task)
    act.session.flush()
    return act.log(EventKind.TASK_CREATED, case, subject_id=task.id, code=kind, number=due_at)


def _to_be_told(act: Act, case: Case) -> bool:
    """Set when the buyer is told, where they may be written to or called; False where nobody may."""
    if any(one.kind == FollowUpKind.TELL_RESULT for one in act.to_follow(case)):
        return True
    step = telling(following.situation(act, case, None, Disposition(LineResult.SENT, Standing.IN_TALK)))
    if step is not None:
        following.set_all(act, case, [step])
    return step is not None


def _documents(act: Act, task: Task) -> bool:
    kept = select(Document.id).where(col(Document.product_id) == task.product_id)
    return task.product_id is not None and act.session.exec(kept).first() is not None


def _untold(case: Case) -> SelectOfScalar[Any]:
    """What finds the results of a case that its buyer has not heard of."""
    # The partial index over them is found only by the literal condition.
    return select(Task.id).where(
        col(Task.case_id) == case.id, condition("task.state = 'done' AND task.tells = 1 AND task.told_at IS NULL")
    )


def _task(act: Act, task_id: int) -> Task:
    task = act.session.get(Task, task_id)
    if task is None:
        raise Refused(_("No such task"), _("There is no task {id}.").format(id=task_id), _("Look at the list again."))
    return task


def _open(act: Act, task_id: int) -> tuple[Task, Case]:
    task = _task(act, task_id)
    if task.state != TaskState.OPEN:
        raise Refused(_("Settled already"), _("A colleague has settled this task."), _("Look at the list again."))
    return task, act.case(task.case_id)
