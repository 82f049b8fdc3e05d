"""Lists of replies and tasks are read by their indexes, page by page, whatever the tables hold."""

from __future__ import annotations

import pytest

from data.reads import replies, tasks
from tests.data.world import World

LED_BY = {
    "replies-to_approve": "reply_proposed",
    "replies-approved": "reply_approved",
    "replies-sent": "reply_sent",
    "replies-outdated": "reply_sent",
    "tasks-mine": "task_mine",
    "tasks-overdue": "task_due",
    "tasks-open": "task_due",
    "tasks-to_tell": "task_to_tell",
}
NAMED = {"at": 0, "id": 0, "limit": 50, "ceiling": 1000, "agent_id": 1, "now": 0}


@pytest.mark.parametrize("name", LED_BY)
def test_a_list_is_led_by_its_index_and_needs_no_sorting(world: World, name: str) -> None:
    every = dict([*replies.statements(), *tasks.statements()])
    asked = {each: sql for each, sql in every.items() if each.startswith(f"{name}-")}
    assert len(asked) == 5
    for sql in asked.values():
        plan = [row[3] for row in world.connection.execute(f"EXPLAIN QUERY PLAN {sql}", NAMED)]
        assert any(LED_BY[name] in step for step in plan), plan
        assert not any("TEMP B-TREE" in step for step in plan), plan


def test_a_page_goes_on_where_the_last_one_ended_and_back_again(world: World) -> None:
    from data.rows import Key
    from data.tasks.rows import TaskView

    for number in range(7):
        world.insert(
            "task", case_id=world.case(), kind="invoice", state="open", owner_id=1, created_at=0, due_at=number // 2,
            tells=1,
        )  # fmt: skip

    def ids(**asked: object) -> list[int]:
        given: dict[str, object] = {"after": None, "before": None, "last": False, "limit": 3, **asked}
        page = tasks.page(world.connection, TaskView.OPEN, agent_id=1, now=9, **given)  # type: ignore[arg-type]
        return [line.task.id for line in page.rows]

    assert ids() == [1, 2, 3]
    assert ids(after=Key(1, 3)) == [4, 5, 6]
    assert ids(before=Key(1, 4)) == [1, 2, 3]
    assert ids(last=True) == [5, 6, 7]
