"""Tasks: those of a case, the lists of what is to be done and told, and the papers of a product."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from data.masking import masked_nick
from data.outside import for_screen
from data.reads.keyset import CEILING, Ordered, cut
from data.rows import Key
from data.tasks.rows import DocumentRow, TaskLine, TaskLines, TaskRow, TaskView

_COLUMNS = (
    "k.id, k.case_id, k.kind, k.state, k.result, k.owner_id, coalesce(a.name, a.login), k.created_at, k.due_at,"
    " k.settled_at, k.tells, k.told_at, k.product_id"
)
_OWNER = "LEFT JOIN agent a ON a.id = k.owner_id"
_CASE = (
    f"{_OWNER} LEFT JOIN review_case c ON c.id = k.case_id LEFT JOIN review r ON r.id = c.review_id"
    " LEFT JOIN buyer b ON b.id = c.buyer_id LEFT JOIN product d ON d.id = r.product_id"
)
OF_A_CASE = f"SELECT {_COLUMNS} FROM task k {_OWNER} WHERE k.case_id = :case_id ORDER BY k.id DESC LIMIT 20"
DOCUMENTS = """
SELECT n.name, n.sha256, n.bytes, coalesce(a.name, a.login), n.added_at
FROM review_case c JOIN review r ON r.id = c.review_id JOIN document n ON n.product_id = r.product_id
LEFT JOIN agent a ON a.id = n.agent_id
WHERE c.id = :case_id ORDER BY n.added_at DESC, n.id DESC LIMIT 40
"""


def _list(view: TaskView, time: str, where: str) -> Ordered:
    columns = f"{_COLUMNS}, c.platform, c.cause, b.nick, d.title, substr(r.text, 1, 360)"
    return Ordered(f"tasks-{view}", columns, time, "k.id", "task k", _CASE, where)


_LISTS = {
    TaskView.MINE: _list(TaskView.MINE, "k.due_at", "k.state = 'open' AND k.owner_id = :agent_id"),
    TaskView.OVERDUE: _list(TaskView.OVERDUE, "k.due_at", "k.state = 'open' AND k.due_at < :now"),
    TaskView.OPEN: _list(TaskView.OPEN, "k.due_at", "k.state = 'open'"),
    TaskView.TO_TELL: _list(TaskView.TO_TELL, "k.settled_at", "k.state = 'done' AND k.tells = 1 AND k.told_at IS NULL"),
}


def of_case(connection: sqlite3.Connection, case_id: int) -> tuple[TaskRow, ...]:
    """The tasks of a case, the newest first."""
    return tuple(_task(row) for row in connection.execute(OF_A_CASE, {"case_id": case_id}))


def page(
    connection: sqlite3.Connection,
    view: TaskView,
    *,
    agent_id: int,
    now: int,
    after: Key | None,
    before: Key | None,
    last: bool,
    limit: int,
) -> TaskLines:
    """Lines of a list, what is due first on top."""
    named = {"agent_id": agent_id, "now": now}
    found = cut(connection, _LISTS[view], named, after=after, before=before, last=last, limit=limit)
    return TaskLines(tuple(_line(row) for row in found.rows), found.more_before, found.more_after)


def counts(connection: sqlite3.Connection, *, agent_id: int, now: int) -> dict[TaskView, int]:
    """How many each list has, stopping at the ceiling."""
    named = {"ceiling": CEILING, "agent_id": agent_id, "now": now}
    return {view: connection.execute(each.size(), named).fetchone()[0] for view, each in _LISTS.items()}


def documents(connection: sqlite3.Connection, case_id: int) -> tuple[DocumentRow, ...]:
    """The papers that are kept for the product of a case, the newest first."""
    found = connection.execute(DOCUMENTS, {"case_id": case_id})
    return tuple(
        DocumentRow(for_screen(name), sha256, size, for_screen(agent), at) for name, sha256, size, agent, at in found
    )


def statements() -> Iterator[tuple[str, str]]:
    """Every statement about tasks by name."""
    yield "tasks-of-a-case", OF_A_CASE
    yield "documents-of-a-case", DOCUMENTS
    for each in _LISTS.values():
        yield from each.statements()


def _task(row: tuple[Any, ...]) -> TaskRow:
    number, case_id, kind, state, result, owner_id, owner, created_at, due_at, settled_at, tells, told_at, product = row
    owner = None if owner is None else for_screen(owner)
    return TaskRow(
        number, case_id, kind, state, result, owner_id, owner, created_at, due_at, settled_at, bool(tells), told_at,
        product,
    )  # fmt: skip


def _line(row: tuple[Any, ...]) -> TaskLine:
    platform, cause, nick, product, review = row[15:]
    return TaskLine(
        Key(row[0], row[1]),
        _task(row[2:15]),
        platform,
        cause,
        masked_nick(for_screen(nick or "")),
        for_screen(product or ""),
        for_screen(review or ""),
    )
