"""Tasks that a cause or a remedy brings: they arise once, come to a result, and the buyer hears of it."""

from __future__ import annotations

import pytest

from data.errors import Refused
from data.protocols import Disposition
from data.reads import SqlReads
from data.tasks.kinds import kinds
from data.tasks.rows import TaskRow, TaskView
from data.vocabulary import Cause, Channel, TaskKind, TaskResult
from tests.data.casework.desk import DAY, HOUR, Desk


def reads(desk: Desk) -> SqlReads:
    from data.clock import zone

    return SqlReads(desk.store, zone=zone("Asia/Shanghai"))


def tasks(desk: Desk, case_id: int) -> tuple[TaskRow, ...]:
    return reads(desk).case(case_id, now=desk.now).tasks


def worked(desk: Desk, cause: Cause | None = None) -> int:
    """A case of a cause, after a call that reached the buyer."""
    case_id = desk.case()
    if cause is not None:
        desk.casework.set_cause(case_id, cause)
    contact = desk.casework.start_contact(case_id, Channel.CHAT)
    desk.casework.record_outcome(contact, Disposition("replied", "remedy_owed"))
    return case_id


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (Cause.LAST_MILE, "carrier_complaint"),
        (Cause.ATTITUDE, "service_check"),
        (Cause.AUTHENTICITY, "evidence_pack"),
        (Cause.WORSE, "batch_check"),
    ],
)
def test_a_cause_brings_its_task_with_owner_and_due_date(desk: Desk, cause: Cause, kind: str) -> None:
    case_id = worked(desk, cause)
    (task,) = tasks(desk, case_id)
    assert (task.kind, task.owner_id, task.due_at) == (kind, 1, desk.now + kinds()[TaskKind(kind)].due)


def test_a_task_arises_once_however_often_the_buyer_is_spoken_to(desk: Desk) -> None:
    case_id = worked(desk, Cause.LAST_MILE)
    (task,) = tasks(desk, case_id)
    desk.casework.settle_task(task.id, TaskResult.CONFIRMED)
    desk.now += 3 * HOUR
    contact = desk.casework.start_contact(case_id, Channel.CHAT)
    desk.casework.record_outcome(contact, Disposition("replied", "remedy_owed"))
    assert len(tasks(desk, case_id)) == 1


def test_an_accepted_remedy_brings_its_task_and_an_offered_one_does_not(desk: Desk) -> None:
    case_id = desk.case()
    remedy = desk.world.insert(
        "remedy", case_id=case_id, agent_id=1, kind="invoice", state="offered", offered_at=desk.now
    )
    contact = desk.casework.start_contact(case_id, Channel.CHAT)
    desk.casework.record_outcome(contact, Disposition("replied", "in_talk"))
    assert not tasks(desk, case_id)
    desk.world.change("remedy", remedy, state="accepted", accepted_at=desk.now)
    desk.now += 3 * HOUR
    contact = desk.casework.start_contact(case_id, Channel.CHAT)
    desk.casework.record_outcome(contact, Disposition("replied", "in_talk"))
    assert [task.kind for task in tasks(desk, case_id)] == ["invoice"]


def test_a_result_is_told_to_the_buyer_next(desk: Desk) -> None:
    case_id = worked(desk, Cause.ATTITUDE)
    (task,) = tasks(desk, case_id)
    done = desk.casework.settle_task(task.id, TaskResult.CONFIRMED)
    assert "tell the buyer next" in done.said
    assert desk.value("SELECT count(*) FROM follow_up WHERE kind = 'tell_result' AND state = 'open'") == 1
    assert reads(desk).task_counts(agent_id=1, now=desk.now)[TaskView.TO_TELL] == 1
    desk.casework.task_told(task.id)
    assert desk.value("SELECT state FROM follow_up WHERE kind = 'tell_result'") == "done"
    with pytest.raises(Refused):
        desk.casework.task_told(task.id)
    assert not desk.faults()


def test_whoever_could_not_be_told_is_told_later(desk: Desk) -> None:
    case_id = worked(desk, Cause.ATTITUDE)
    (task,) = tasks(desk, case_id)
    desk.casework.settle_task(task.id, TaskResult.PARTLY)
    desk.now += 5 * HOUR
    contact = desk.casework.start_contact(case_id, Channel.PHONE)
    desk.casework.record_outcome(contact, Disposition("no_answer", "unreachable_retry"))
    assert desk.value("SELECT count(*) FROM follow_up WHERE kind = 'tell_result' AND state = 'open'") == 1


def test_a_task_outlives_its_case_and_stands_on_the_agenda_of_whoever_does_it(desk: Desk) -> None:
    from data.agenda import AgendaView, Source
    from data.vocabulary import Result

    case_id = desk.case()
    other = desk.world.agent("ming", name="阿明")
    desk.casework.create_task(case_id, TaskKind.BATCH_CHECK, owner_id=other, due_at=desk.now + HOUR)
    desk.casework.close(case_id, Result.NONE)
    page = reads(desk).agenda(AgendaView.MY_DAY, agent_id=other, now=desk.now)
    assert [(row.source, row.kind, row.case_id) for row in page.rows] == [(Source.TASK, "batch_check", case_id)]
    assert not reads(desk).agenda(AgendaView.MY_DAY, agent_id=1, now=desk.now).rows
    later = desk.now + HOUR
    (told,) = reads(desk).fallen_due(agent_id=other, since=desk.now, now=later)
    assert told.case_id == case_id
    assert not reads(desk).fallen_due(agent_id=1, since=desk.now, now=later)


def test_authenticity_is_not_called_proven_without_a_paper_and_papers_serve_every_case(desk: Desk) -> None:
    product = desk.world.product()
    first, second = (desk.world.case(desk.world.review(product_id=product)) for _each in range(2))
    for case_id in (first, second):
        desk.casework.create_task(case_id, TaskKind.EVIDENCE_PACK)
    (task,) = tasks(desk, first)
    with pytest.raises(Refused, match="Nothing is kept"):
        desk.casework.settle_task(task.id, TaskResult.CONFIRMED)
    desk.casework.add_document(first, "授权书.pdf", "a" * 64, 2048)
    with pytest.raises(Refused, match="授权书"):
        desk.casework.add_document(second, "同一份.pdf", "a" * 64, 2048)
    assert [paper.name for paper in reads(desk).documents(second)] == ["授权书.pdf"]
    (other,) = tasks(desk, second)
    desk.casework.settle_task(other.id, TaskResult.CONFIRMED)


def test_one_task_of_a_kind_is_open_at_a_time_and_a_result_must_be_one_of_its_own(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.create_task(case_id, TaskKind.INVOICE)
    with pytest.raises(Refused, match="open for the case"):
        desk.casework.create_task(case_id, TaskKind.INVOICE)
    (task,) = tasks(desk, case_id)
    with pytest.raises(Refused, match="cannot come to that"):
        desk.casework.settle_task(task.id, TaskResult.NOT_CONFIRMED)
    desk.casework.drop_task(task.id, "买家自己开好了")
    with pytest.raises(Refused, match="settled"):
        desk.casework.settle_task(task.id, TaskResult.DONE)
    desk.casework.create_task(case_id, TaskKind.INVOICE)


def test_lists_show_ones_own_what_is_overdue_and_everybodys(desk: Desk) -> None:
    case_id = desk.case()
    other = desk.world.agent("ming")
    desk.casework.create_task(case_id, TaskKind.INVOICE, due_at=desk.now + HOUR)
    desk.casework.create_task(case_id, TaskKind.BATCH_CHECK, owner_id=other, due_at=desk.now + 3 * DAY)
    desk.now += 2 * HOUR
    counts = reads(desk).task_counts(agent_id=1, now=desk.now)
    assert counts == {TaskView.MINE: 1, TaskView.OVERDUE: 1, TaskView.OPEN: 2, TaskView.TO_TELL: 0}
    rows = reads(desk).task_list(TaskView.OPEN, agent_id=1, now=desk.now).rows
    assert [line.task.kind for line in rows] == ["invoice", "batch_check"]


def test_a_remedy_that_is_accepted_in_the_ledger_brings_its_task_at_once(desk: Desk) -> None:
    from data.protocols import Offer

    case_id = desk.case()
    desk.casework.propose_remedy(case_id, Offer("invoice"))
    assert not tasks(desk, case_id)
    desk.casework.accept_remedy(int(str(desk.value("SELECT max(id) FROM remedy"))))
    assert [task.kind for task in tasks(desk, case_id)] == ["invoice"]
    assert not desk.faults()
