"""The ledger of remedies: its lists, what a buyer was given before, and what it all costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from typing import Any, Final

from data.clock import DAY, day_bounds
from data.masking import masked_nick
from data.outside import for_screen
from data.reads.case_sql import REMEDY, REMEDY_COLUMNS
from data.reads.keyset import CEILING, Ordered, cut
from data.remedies.rows import DELAYS, MEMORY_DAYS, CostRow, CostsBy, Earlier, RemedyLine, RemedyLines, RemedyView
from data.rows import Key, RemedyRow

_OWED = "e.state IN ('accepted','approved','issued')"
_STANDS = "e.state IN ('accepted','approved','issued','delivered','told')"
_BESIDE = (
    "LEFT JOIN agent p ON p.id = e.agent_id LEFT JOIN agent o ON o.id = e.owner_id"
    " LEFT JOIN review_case c ON c.id = e.case_id LEFT JOIN review r ON r.id = c.review_id"
    " LEFT JOIN buyer b ON b.id = c.buyer_id LEFT JOIN product d ON d.id = r.product_id"
)
_COLUMNS = (
    f"{REMEDY_COLUMNS}, e.case_id, c.platform, c.cause, b.nick, d.title, substr(r.text, 1, 120), e.owner_id,"
    " coalesce(o.name, o.login)"
)
_OWN_COUNT = len(REMEDY)

GIVEN = f"""
SELECT e.currency, count(*), sum(coalesce(e.amount_minor, 0))
FROM review_case c CROSS JOIN remedy e
WHERE c.buyer_id = :buyer_id AND e.case_id = c.id AND e.accepted_at >= :since AND {_STANDS}
GROUP BY e.currency ORDER BY e.currency LIMIT 10
"""


def _list(view: RemedyView, time: str, where: str, *, newest_first: bool = False) -> Ordered:
    return Ordered(f"remedies-{view}", _COLUMNS, time, "e.id", "remedy e", _BESIDE, where, newest_first)


_LISTS: Final = {
    RemedyView.OVERDUE: _list(RemedyView.OVERDUE, "e.due_at", f"{_OWED} AND e.due_at < :now"),
    RemedyView.TODAY: _list(RemedyView.TODAY, "e.due_at", f"{_OWED} AND e.due_at >= :now AND e.due_at < :until"),
    RemedyView.ASKED: _list(RemedyView.ASKED, "e.asked_at", "e.state = 'asked'"),
    RemedyView.OWED: _list(RemedyView.OWED, "e.due_at", _OWED),
    RemedyView.ALL: _list(RemedyView.ALL, "e.offered_at", "e.state <> 'withdrawn'", newest_first=True),
}
_MINE: Final = {
    # The few that a lead is asked about are looked through by their own index, which has their order.
    view: replace(
        each,
        name=f"{each.name}-mine",
        where=f"{'+' if view is RemedyView.ASKED else ''}e.owner_id = :agent_id AND {each.where}",
    )
    for view, each in _LISTS.items()
}

_FIRST, _SECOND, _THIRD = DELAYS
_PRODUCT = "LEFT JOIN review r ON r.id = c.review_id LEFT JOIN product d ON d.id = r.product_id"
_GROUPS: Final = {
    CostsBy.CAUSE: ("coalesce(c.cause, '')", "''", ""),
    CostsBy.PRODUCT: ("coalesce(r.product_id, 0)", "coalesce(max(d.title), '')", _PRODUCT),
    CostsBy.AGENT: ("e.agent_id", "coalesce(max(p.name), max(p.login))", "LEFT JOIN agent p ON p.id = e.agent_id"),
    CostsBy.DELAY: (
        f"CASE WHEN e.accepted_at - c.reviewed_at < {_FIRST * DAY} THEN 0"
        f" WHEN e.accepted_at - c.reviewed_at < {_SECOND * DAY} THEN 1"
        f" WHEN e.accepted_at - c.reviewed_at < {_THIRD * DAY} THEN 2 ELSE 3 END",
        "''",
        "",
    ),
    CostsBy.CASE: ("c.id", "coalesce(max(d.title), '')", _PRODUCT),
}


def costs_of(by: CostsBy) -> str:
    """The statement that adds up by one thing what was agreed from :since on and before :until; the dearest first."""
    key, name, beside = _GROUPS[by]
    return (
        f"SELECT {key}, {name}, e.currency, count(*), sum(coalesce(e.amount_minor, 0)), sum(coalesce(e.cost_minor, 0)),"
        f" sum(e.cost_minor IS NULL) FROM remedy e CROSS JOIN review_case c {beside}"
        f" WHERE e.accepted_at IS NOT NULL AND e.accepted_at >= :since AND e.accepted_at < :until AND {_STANDS}"
        f" AND c.id = e.case_id GROUP BY 1, 3 ORDER BY 6 DESC, 4 DESC, 1 LIMIT :limit"
    )


def page(
    connection: sqlite3.Connection,
    view: RemedyView,
    *,
    mine: bool,
    agent_id: int,
    now: int,
    zone: tzinfo,
    after: Key | None,
    before: Key | None,
    last: bool,
    limit: int,
) -> RemedyLines:
    """Lines of a list: what is due or asked first on top, all of them the newest first."""
    ordered = (_MINE if mine else _LISTS)[view]
    found = cut(
        connection, ordered, _named(agent_id, now, zone), after=after, before=before, last=last, limit=limit
    )  # fmt: skip
    return RemedyLines(tuple(_line(row) for row in found.rows), found.more_before, found.more_after)


def counts(
    connection: sqlite3.Connection, *, mine: bool, agent_id: int, now: int, zone: tzinfo
) -> dict[RemedyView, int]:
    """How many each list has, stopping at the ceiling."""
    named = {**_named(agent_id, now, zone), "ceiling": CEILING}
    lists = _MINE if mine else _LISTS
    return {view: connection.execute(each.size(), named).fetchone()[0] for view, each in lists.items()}


def given(connection: sqlite3.Connection, buyer_id: int, now: int) -> tuple[Earlier, ...]:
    """What the buyer was given lately, over all cases; to be seen, never a reason to refuse."""
    named = {"buyer_id": buyer_id, "since": now - MEMORY_DAYS * DAY}
    return tuple(Earlier(for_screen(row[0]), row[1], row[2]) for row in connection.execute(GIVEN, named))


def costs(
    connection: sqlite3.Connection, by: CostsBy, *, since: int, until: int, limit: int = 500
) -> tuple[CostRow, ...]:
    """What was agreed from `since` on and before `until` (UTC ms), added up by one thing; the dearest first."""
    found = connection.execute(costs_of(by), {"since": since, "until": until, "limit": limit})
    return tuple(CostRow(str(row[0]), for_screen(row[1] or ""), for_screen(row[2]), *row[3:]) for row in found)


def statements() -> Iterator[tuple[str, str]]:
    """Every statement about remedies by name."""
    yield "remedies-given", GIVEN
    for by in CostsBy:
        yield f"remedies-costs-{by}", costs_of(by)
    for each in (*_LISTS.values(), *_MINE.values()):
        yield from each.statements()


def remedy(row: tuple[Any, ...]) -> RemedyRow:
    """A remedy from its columns."""
    (
        number, kind, detail, amount_minor, currency, state, offered_at, due_at, entry, unit, quantity, cost_minor,
        needs, freight_by, agent, told_at, tracking,
    ) = row  # fmt: skip
    return RemedyRow(
        kind=kind,
        detail=for_screen(detail),
        amount_minor=amount_minor,
        currency=for_screen(currency),
        state=state,
        offered_at=offered_at,
        due_at=due_at,
        id=number,
        entry=entry,
        unit=unit,
        quantity=quantity,
        cost_minor=cost_minor,
        needs=needs,
        freight_by=freight_by,
        agent=for_screen(agent or ""),
        told_at=told_at,
        tracking=None if tracking is None else for_screen(tracking),
    )


def _named(agent_id: int, now: int, zone: tzinfo) -> dict[str, Any]:
    return {"agent_id": agent_id, "now": now, "until": day_bounds(now, zone)[1]}


def _line(row: tuple[Any, ...]) -> RemedyLine:
    case_id, platform, cause, nick, product, review, owner_id, owner = row[2 + _OWN_COUNT :]
    return RemedyLine(
        Key(row[0] or 0, row[1]),
        remedy(row[2 : 2 + _OWN_COUNT]),
        case_id,
        platform,
        cause,
        masked_nick(for_screen(nick or "")),
        for_screen(product or ""),
        for_screen(review or ""),
        owner_id,
        None if owner is None else for_screen(owner),
    )
