"""The agenda: what falls due today or this week, of one agent or of everybody, page by page; and what just fell due."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any

from data.agenda import AgendaPage, AgendaRow, AgendaView, Source, group, of_promise
from data.clock import DAY, MINUTE
from data.masking import masked_nick
from data.outside import for_screen
from data.platform_rules import REVIEW, allowances
from data.reads import agenda_sql as sql
from data.rows import Key
from data.vocabulary import Grade

CEILING = 1_000
"""Counts stop here: 999+ says enough."""

AHEAD = 10 * MINUTE
"""What we promised is told of so long before its time, while it can still be kept."""

_FROM_THE_REVIEW = (REVIEW, "first_review")
_EVERY_GRADE = tuple(Grade)
_SOURCES = {sql.FOLLOW_UP.name: Source.FOLLOW_UP, sql.REMEDY.name: Source.REMEDY, sql.TASK.name: Source.TASK}

_Found = tuple[int, int, int, str, str, str | None, str | None]
"""What the statements give: time, number, case, kind, whose promise, channel, device."""
_Piece = tuple[sql.Kind, dict[str, Any]]


def page(
    connection: sqlite3.Connection,
    view: AgendaView,
    *,
    agent_id: int,
    now: int,
    zone: tzinfo,
    after: Key | None,
    before: Key | None,
    last: bool,
    limit: int,
) -> AgendaPage:
    """Lines of a view: from the longest overdue on, after a key, before a key, or the last ones."""
    key = after or before
    forward = after is not None or (before is None and not last)
    given = {"at": key.at if key else 0, "id": key.id if key else 0, "limit": limit + 1}
    found: list[tuple[_Found, Source]] = []
    for kind, named in _pieces(view, agent_id, now, zone):
        statement = sql.page(kind, mine=view.mine, keyed=key is not None, forward=forward)
        found += [(row, _source(kind, row)) for row in connection.execute(statement, named | given)]
    found.sort(key=lambda each: each[0][:2], reverse=not forward)
    more = len(found) > limit
    # The one beyond the page is looked at too: it says whether the first of the page opens a day.
    beyond = found[limit][0][0] if more else None
    kept = found[:limit] if forward else found[:limit][::-1]
    rows = [_row(connection, row, source) for row, source in kept]
    earlier = (after.at if after is not None else None) if forward else beyond
    return AgendaPage(
        rows=tuple(_opening(rows, earlier, now, zone)),
        more_before=after is not None if forward else more,
        more_after=more if forward else before is not None,
    )


def counts(connection: sqlite3.Connection, *, agent_id: int, now: int, zone: tzinfo) -> dict[AgendaView, int]:
    """How many lines each view has, stopping at the ceiling."""
    return {view: _size(connection, view, agent_id, now, zone) for view in AgendaView}


def fallen_due(
    connection: sqlite3.Connection, *, agent_id: int, since: int, now: int, limit: int
) -> tuple[AgendaRow, ...]:
    """What fell due for an agent after `since` and until `now`, what we owe `AHEAD` of its time; the earliest first."""
    found: list[tuple[_Found, Source]] = []
    for kind in (sql.TOLD_AT, sql.TASK, *sql.TOLD_AHEAD):
        lead = AHEAD if kind in sql.TOLD_AHEAD else 0
        named = {"agent_id": agent_id, "begin": since + lead + 1, "until": now + lead + 1, "limit": limit}
        found += [(row, _source(kind, row)) for row in connection.execute(sql.fallen_due(kind), named)]
    found.sort(key=lambda each: each[0][:2])
    return tuple(_row(connection, row, source) for row, source in found[:limit])


def _size(connection: sqlite3.Connection, view: AgendaView, agent_id: int, now: int, zone: tzinfo) -> int:
    total = 0
    for kind, named in _pieces(view, agent_id, now, zone):
        left = CEILING - total
        total += connection.execute(sql.size(kind, mine=view.mine), named | {"ceiling": left}).fetchone()[0]
        if total >= CEILING:
            break
    return total


def _pieces(view: AgendaView, agent_id: int, now: int, zone: tzinfo) -> Iterator[_Piece]:
    """Each kind of entry with the values that its statement names; windows of every platform that has known days."""
    named: dict[str, Any] = {"agent_id": agent_id, "begin": 0, "until": view.until(now, zone)}
    for kind in sql.OWN:
        yield kind, named
    for (platform, act), row in allowances().items():
        if act in sql.WINDOWS and row.allowed is True and row.days and row.since in _FROM_THE_REVIEW:
            grades = (row.grades or _EVERY_GRADE) * 3
            yield (
                sql.WINDOWS[act],
                {
                    **named,
                    # A window that has closed asks nothing of anybody.
                    "begin": now,
                    "platform": platform,
                    "span": row.days * DAY,
                    "closed_by_append": int(row.closed_by_append or row.first_only),
                    "grade_a": grades[0],
                    "grade_b": grades[1],
                    "grade_c": grades[2],
                },
            )


def _source(kind: sql.Kind, row: _Found) -> Source:
    if row[4]:
        return of_promise(row[4])
    return _SOURCES.get(kind.name, Source.WINDOW)


def _row(connection: sqlite3.Connection, found: _Found, source: Source) -> AgendaRow:
    at, number, case_id, kind, _by_whom, channel, device = found
    details = connection.execute(sql.DETAILS, {"case_id": case_id}).fetchone()
    return AgendaRow(
        key=Key(at, number),
        case_id=case_id,
        source=source,
        kind=kind,
        channel=channel,
        device=device,
        platform=details[0],
        nick=masked_nick(for_screen(details[1])),
        level=_shown(details[2]),
        product=for_screen(details[3] or ""),
        variant=_shown(details[4]),
        text=for_screen(details[5]),
        owner_id=details[6],
        owner=_shown(details[7]),
    )


def _shown(text: str | None) -> str | None:
    return None if text is None else for_screen(text)


def _opening(rows: list[AgendaRow], earlier: int | None, now: int, zone: tzinfo) -> Iterator[AgendaRow]:
    """The rows, each told whether it opens its day; `earlier` is the time of what stands before the first."""
    before: date | str | None = group(earlier, now, zone) if earlier is not None else "nothing"
    for row in rows:
        here = group(row.at, now, zone)
        yield replace(row, opens=True) if here != before else row
        before = here
