"""The outcome log: every contact and what came of it, newest first, filtered and searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any

from data.masking import masked_nick
from data.outside import for_screen
from data.rows import ContactRow, Key, LogFilter, LogPage

COLUMNS = """t.id, t.case_id, t.channel, t.started_at, t.ended_at, t.line, t.standing, t.note,
    coalesce(a.name, a.login), b.nick, c.platform, d.title,
    (SELECT max(m.due_at) FROM promise m WHERE m.case_id = t.case_id AND m.contact_id = t.id AND m.by_whom = 'buyer'),
    t.lacks, t.lacks_why, t.incoming"""
BESIDE = """
LEFT JOIN agent a ON a.id = t.agent_id
LEFT JOIN buyer b ON b.id = t.buyer_id
LEFT JOIN review_case c ON c.id = t.case_id
LEFT JOIN review r ON r.id = c.review_id
LEFT JOIN product d ON d.id = r.product_id
"""
_BESIDE_WHEN_SOUGHT = "LEFT JOIN purchase p ON p.id = r.purchase_id"

_PARTS = {
    "agent": "t.agent_id = :agent_id",
    "line": "t.line = :line",
    "standing": "t.standing = :standing",
    # What the log shows of a contact is searched as the inbox searches a case: note, agent, product and ids.
    "search": "search_found(:typed, t.note, coalesce(a.name, a.login), d.title, p.variant, b.nick, "
    "r.external_id, r.order_external_id, p.external_id, p.tracking)",
}
_KEYS = {
    True: "t.started_at <= :at AND (t.started_at < :at OR t.id < :id)",
    False: "t.started_at >= :at AND (t.started_at > :at OR t.id > :id)",
}
_ORDERS = {True: "t.started_at DESC, t.id DESC", False: "t.started_at ASC, t.id ASC"}


def page_statement(has: tuple[str, ...], *, keyed: bool, forward: bool) -> str:
    """Contacts, newest first or, backwards, oldest first; those after or before :at, :id when `keyed`."""
    said = [_PARTS[part] for part in has]
    if keyed:
        said.append(_KEYS[forward])
    where = f"WHERE {' AND '.join(said)}" if said else ""
    beside = BESIDE + (_BESIDE_WHEN_SOUGHT if "search" in has else "")
    return f"SELECT {COLUMNS} FROM contact t {beside} {where} ORDER BY {_ORDERS[forward]} LIMIT :limit"


def statements() -> Iterator[tuple[str, str]]:
    """Every statement of the log by name."""
    for has in chain.from_iterable(combinations(_PARTS, count) for count in range(len(_PARTS) + 1)):
        for keyed in (False, True):
            for forward in (False, True):
                name = "-".join(("log", *has, str(keyed), str(forward)))
                yield name, page_statement(has, keyed=keyed, forward=forward)


def contact_row(row: tuple[Any, ...]) -> ContactRow:
    """A contact from a row of `COLUMNS`, its texts made fit for a screen."""
    return ContactRow(
        contact_id=row[0],
        case_id=row[1],
        channel=row[2],
        started_at=row[3],
        ended_at=row[4],
        line=row[5],
        standing=row[6],
        note=for_screen(row[7]),
        agent=for_screen(row[8]),
        nick=masked_nick(for_screen(row[9])),
        platform=row[10],
        product=for_screen(row[11] or ""),
        promised_at=row[12],
        lacks=tuple(row[13].split(",")) if row[13] else (),
        lacks_why=row[14],
        incoming=bool(row[15]),
    )


def page(
    connection: sqlite3.Connection,
    narrowed: LogFilter,
    *,
    after: Key | None,
    before: Key | None,
    last: bool,
    limit: int,
) -> LogPage:
    """Contacts of a narrowed log: the newest, after a key, before a key, or the oldest. A key is start and id."""
    typed = narrowed.search.encode("utf-8", "ignore").decode().strip()
    given = {
        "agent": narrowed.agent_id is not None,
        "line": bool(narrowed.line),
        "standing": bool(narrowed.standing),
        "search": bool(typed),
    }
    key = after or before
    forward = after is not None or (before is None and not last)
    statement = page_statement(tuple(part for part in _PARTS if given[part]), keyed=key is not None, forward=forward)
    named = {
        "agent_id": narrowed.agent_id,
        "line": narrowed.line,
        "standing": narrowed.standing,
        "typed": typed,
        "at": key.at if key else 0,
        "id": key.id if key else 0,
        "limit": limit + 1,
    }
    found = [contact_row(row) for row in connection.execute(statement, named)]
    more = len(found) > limit
    rows = found[:limit] if forward else found[:limit][::-1]
    return LogPage(
        rows=tuple(rows),
        more_before=after is not None if forward else more,
        more_after=more if forward else before is not None,
    )
