"""Public replies: those of a case, and the lists of what waits, what may be sent, and what was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from data.masking import masked_nick
from data.outside import for_screen
from data.reads.keyset import CEILING, Ordered, cut
from data.replies.rows import ReplyLine, ReplyLines, ReplyRow, ReplyView
from data.rows import Key

_NEWEST = (
    "coalesce((SELECT max(v.id) FROM revision v WHERE v.review_id = y.review_id AND v.undone_at IS NULL"
    " AND v.kind IN ('revised','appended')), 0)"
)
_COLUMNS = (
    "y.id, y.case_id, y.phase, y.state, y.text, y.template, y.author_id, coalesce(a.name, a.login), y.written_at,"
    " y.proposed_at, coalesce(p.name, p.login), y.decided_at, y.remark, coalesce(s.name, s.login), y.sent_at,"
    f" coalesce(y.revision_id, 0), {_NEWEST}"
)
_PEOPLE = (
    "LEFT JOIN agent a ON a.id = y.author_id LEFT JOIN agent p ON p.id = y.approver_id"
    " LEFT JOIN agent s ON s.id = y.sender_id"
)
_CASE = (
    f"{_PEOPLE} LEFT JOIN review_case c ON c.id = y.case_id LEFT JOIN review r ON r.id = y.review_id"
    " LEFT JOIN buyer b ON b.id = c.buyer_id LEFT JOIN product d ON d.id = r.product_id"
)
NEWEST_CHANGE = """
SELECT coalesce(max(v.id), 0) FROM revision v WHERE v.review_id = :review_id AND v.undone_at IS NULL
AND v.kind IN ('revised','appended')
"""
OF_A_CASE = f"SELECT {_COLUMNS} FROM reply y {_PEOPLE} WHERE y.case_id = :case_id ORDER BY y.id DESC LIMIT 20"


def _list(view: ReplyView, time: str, where: str, *, newest_first: bool = False) -> Ordered:
    more = "c.platform, c.grade, c.cause, b.nick, d.title, substr(r.text, 1, 360)"
    columns = f"{_COLUMNS}, {more}"
    return Ordered(f"replies-{view}", columns, time, "y.id", "reply y", _CASE, where, newest_first)


_LISTS = {
    ReplyView.TO_APPROVE: _list(ReplyView.TO_APPROVE, "y.proposed_at", "y.state = 'proposed'"),
    ReplyView.APPROVED: _list(ReplyView.APPROVED, "y.decided_at", "y.state = 'approved'"),
    ReplyView.SENT: _list(ReplyView.SENT, "y.sent_at", "y.sent_at IS NOT NULL", newest_first=True),
    ReplyView.OUTDATED: _list(
        ReplyView.OUTDATED,
        "y.sent_at",
        f"y.sent_at IS NOT NULL AND {_NEWEST} > coalesce(y.revision_id, 0)",
        newest_first=True,
    ),
}


def of_case(connection: sqlite3.Connection, case_id: int) -> tuple[ReplyRow, ...]:
    """The replies of a case, the newest first."""
    return tuple(_reply(row) for row in connection.execute(OF_A_CASE, {"case_id": case_id}))


def newest_change(connection: sqlite3.Connection, review_id: int) -> int:
    """The number of the buyer's newest change of a review; 0 for none."""
    return int(connection.execute(NEWEST_CHANGE, {"review_id": review_id}).fetchone()[0])


def page(
    connection: sqlite3.Connection,
    view: ReplyView,
    *,
    after: Key | None,
    before: Key | None,
    last: bool,
    limit: int,
) -> ReplyLines:
    """Lines of a list: what waits, the longest waiting first; what was sent, the newest first."""
    found = cut(connection, _LISTS[view], {}, after=after, before=before, last=last, limit=limit)
    return ReplyLines(tuple(_line(row) for row in found.rows), found.more_before, found.more_after)


def counts(connection: sqlite3.Connection) -> dict[ReplyView, int]:
    """How many each list has, stopping at the ceiling."""
    named = {"ceiling": CEILING}
    return {view: connection.execute(each.size(), named).fetchone()[0] for view, each in _LISTS.items()}


def statements() -> Iterator[tuple[str, str]]:
    """Every statement about replies by name."""
    yield "replies-of-a-case", OF_A_CASE
    yield "newest-change", NEWEST_CHANGE
    for each in _LISTS.values():
        yield from each.statements()


def _reply(row: tuple[Any, ...]) -> ReplyRow:
    return ReplyRow(
        id=row[0],
        case_id=row[1],
        phase=row[2],
        state=row[3],
        # Line breaks are part of what was written; every line of it is made fit for a screen where it is shown.
        text=row[4],
        template=row[5],
        author_id=row[6],
        author=for_screen(row[7] or ""),
        written_at=row[8],
        proposed_at=row[9],
        approver=_shown(row[10]),
        decided_at=row[11],
        remark=_shown(row[12]),
        sender=_shown(row[13]),
        sent_at=row[14],
        seen=row[15],
        newest=row[16],
    )


def _line(row: tuple[Any, ...]) -> ReplyLine:
    platform, grade, cause, nick, product, review = row[19:]
    return ReplyLine(
        Key(row[0], row[1]),
        _reply(row[2:19]),
        platform,
        grade,
        cause,
        masked_nick(for_screen(nick or "")),
        for_screen(product or ""),
        for_screen(review or ""),
    )


def _shown(text: str | None) -> str | None:
    return None if text is None else for_screen(text)
