"""The inbox: a page of a narrowed view, its size, the numbers beside the views, one line of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from data.clock import MINUTE, day_bounds, minute_of_day
from data.masking import masked_nick
from data.outside import for_screen
from data.reads import inbox_sql as sql
from data.rows import CaseRow, Counts, Filter, Key, Page, View
from data.search import Scope, exact, find

if TYPE_CHECKING:
    from data.query import Standpoint

_UNBOUNDED = 1 << 40
CEILING = 1_000
"""Counts stop here: 999+ says enough."""

REVIEW, DUE, FOLLOW_UP, PROMISED = 1, 2, 3, 4
"""Where `inbox_sql.COLUMNS` has what a list can be ordered by."""

KEY_COLUMNS = dict.fromkeys(View, DUE) | {View.FOLLOW_UPS: FOLLOW_UP, View.TO_VERIFY: PROMISED}


@dataclass(frozen=True, slots=True)
class Hours:
    """The shop's zone, the hours in which anybody may be contacted (minutes after midnight), and how far ahead
    `due soon` looks (minutes)."""

    zone: tzinfo
    contact_from: int = 8 * 60
    contact_until: int = 21 * 60
    due_soon: int = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A narrowed view as one agent asks for it at one moment."""

    view: View
    narrowed: Filter
    agent_id: int
    now: int
    hours: Hours
    rest: sql.Rest = sql.NOTHING
    sifted_by: Mapping[str, int | str] = field(default_factory=dict)
    """What a typed query asks beyond the filter, and the values that it names."""
    jump: str = ""
    """A number typed alone that may be an order's."""

    @property
    def resting(self) -> bool:
        """Whether nobody may be contacted at this hour, so that nothing is callable."""
        minute = minute_of_day(self.now, self.hours.zone)
        return self.view is View.CALLABLE and not self.hours.contact_from <= minute < self.hours.contact_until

    def named(self, **more: int) -> dict[str, int | str]:
        """The values that the statements name."""
        day_start, day_end = day_bounds(self.now, self.hours.zone)
        return {
            "agent_id": self.agent_id,
            "now": self.now,
            "soon": self.now + self.hours.due_soon * MINUTE,
            "day_start": day_start,
            "day_end": day_end,
            "platform": self.narrowed.platform or "",
            "cause": self.narrowed.cause or "",
            "state": self.narrowed.state or "",
            "owner_id": self.narrowed.owner_id or 0,
            **self.sifted_by,
            **more,
        }

    def taken_apart(self, connection: sqlite3.Connection) -> Asked:
        """The same with its typed queries taken apart. Raises QueryError."""
        if not (self.narrowed.query or self.narrowed.search.strip()):
            return self
        # Only somebody who types or opens a saved view pays for the language.
        from data.reads.queried import narrowing

        here = standpoint(self.agent_id, self.now, self.hours)
        found = narrowing(connection, self.view, self.narrowed, here)
        return replace(self, narrowed=found.narrowed, rest=found.rest, sifted_by=found.named, jump=found.jump)


def standpoint(agent_id: int, now: int, hours: Hours) -> Standpoint:
    """Who asks a typed query, and when."""
    from data.query import Standpoint

    return Standpoint(
        now=now,
        zone=hours.zone,
        agent_id=agent_id,
        due_soon=hours.due_soon,
        contact_from=hours.contact_from,
        contact_until=hours.contact_until,
    )


def case_row(row: tuple[Any, ...], key_column: int = DUE) -> CaseRow:
    """A line from a row of `inbox_sql.COLUMNS`, and which of its columns orders it. Texts from outside are made
    fit for a screen here, once for all."""
    return CaseRow(
        case_id=row[0],
        review_id=row[1],
        key=Key(row[key_column], row[0]),
        due_at=row[2],
        platform=row[5],
        grade=row[6],
        state=row[7],
        result=row[8],
        cause=row[9],
        nick=masked_nick(for_screen(row[10])),
        level=shown(row[11]),
        product=for_screen(row[12] or ""),
        variant=shown(row[13]),
        text=for_screen(row[14]),
        owner_id=row[15],
        owner=shown(row[16]),
        reviewed_at=row[17],
        contact_from=row[18],
        attempts=row[19],
    )


def shown(text: str | None) -> str | None:
    """A text from outside that may be absent, for a screen."""
    return None if text is None else for_screen(text)


def page(
    connection: sqlite3.Connection, asked: Asked, *, after: Key | None, before: Key | None, last: bool, limit: int
) -> Page:
    """Lines of a narrowed view: from the top, after a key, before a key, or the last ones.

    A key that was given counts as a line on its side, as it was one when it was read. An order, parcel or review
    number that was typed alone and in full gives its cases whatever the view. Raises QueryError.
    """
    asked = asked.taken_apart(connection)
    jumped = exact(connection, asked.jump) if asked.jump else []
    if asked.resting and not jumped:
        return Page((), False, False)
    key = after or before
    forward = after is not None or (before is None and not last)
    if jumped:
        found = list(_rows_of(connection, _beyond(jumped, key, forward)[: limit + 1]))
    elif asked.narrowed.search:
        found = _found(connection, asked, key, forward, limit + 1)
    else:
        found = _paged(connection, asked, key, forward, limit + 1)
    more = len(found) > limit
    rows = found[:limit] if forward else found[:limit][::-1]
    return Page(
        rows=tuple(rows),
        more_before=after is not None if forward else more,
        more_after=more if forward else before is not None,
    )


def _paged(connection: sqlite3.Connection, asked: Asked, key: Key | None, forward: bool, limit: int) -> list[CaseRow]:
    has = sql.parts(asked.narrowed)
    lead = _lead(connection, asked, has)
    statement = sql.page(asked.view, has, keyed=key is not None, forward=forward, lead=lead, rest=asked.rest)
    named = asked.named(limit=limit, at=key.at if key else 0, id=key.id if key else 0)
    column = KEY_COLUMNS[asked.view]
    rows = [case_row(row, column) for row in connection.execute(statement, named)]
    return sorted(rows, key=lambda row: (row.key.at, -row.case_id), reverse=not forward)


def _lead(connection: sqlite3.Connection, asked: Asked, has: tuple[str, ...]) -> sql.Lead:
    """What leaves so few cases that sorting them beats walking the view in its order."""
    named = asked.named(ceiling=sql.FEW + 1)
    for lead in sql.leads(asked.view, has, asked.rest):
        if _count(connection, sql.lead_size(lead), named) <= sql.FEW:
            return lead
    return None


def _scope(asked: Asked) -> Scope:
    condition = sql.search_condition(asked.view, sql.parts(asked.narrowed))
    return Scope(condition, asked.named(), asked.rest.sifting)


def _beyond(reviews: list[int], key: Key | None, forward: bool) -> list[int]:
    """Those that come after a key, newest first, or before it, oldest first."""
    ordered = sorted(reviews, reverse=forward)
    return [one for one in ordered if key is None or ((one < key.at) == forward and one != key.at)]


def _found(connection: sqlite3.Connection, asked: Asked, key: Key | None, forward: bool, limit: int) -> list[CaseRow]:
    """Lines that hold what was typed: newest review first, whose number is the key."""
    reviews = find(
        connection,
        asked.narrowed.search,
        _scope(asked),
        beyond=key.at if key else None,
        newest_first=forward,
        limit=limit,
    )
    return list(_rows_of(connection, reviews))


def _rows_of(connection: sqlite3.Connection, reviews: Iterable[int]) -> Iterable[CaseRow]:
    for review_id in reviews:
        row = connection.execute(sql.ROW_OF_REVIEW, {"review_id": review_id}).fetchone()
        yield case_row(row, REVIEW)


def _count(connection: sqlite3.Connection, statement: str, named: dict[str, int | str]) -> int:
    return int(connection.execute(statement, named).fetchone()[0])


def count(connection: sqlite3.Connection, asked: Asked) -> int:
    """How many lines a narrowed view has, stopping at the ceiling."""
    asked = asked.taken_apart(connection)
    if asked.jump and (jumped := exact(connection, asked.jump)):
        return len(jumped)
    if asked.resting:
        return 0
    if asked.narrowed.search:
        return len(find(connection, asked.narrowed.search, _scope(asked), limit=CEILING))
    has = sql.parts(asked.narrowed)
    lead = _lead(connection, asked, has) if has or asked.rest.sifts else None
    statement = sql.size(asked.view, has, lead, asked.rest)
    return _count(connection, statement, asked.named(ceiling=CEILING))


def every(connection: sqlite3.Connection, asked: Asked) -> list[int]:
    """The numbers of all cases of a narrowed view, in the order in which its lines stand."""
    asked = asked.taken_apart(connection)
    jumped = exact(connection, asked.jump) if asked.jump else []
    if jumped or asked.narrowed.search:
        reviews = jumped or find(connection, asked.narrowed.search, _scope(asked), limit=_UNBOUNDED)
        cases = (connection.execute(sql.CASE_OF_REVIEW, {"review_id": one}).fetchone() for one in reviews)
        return [int(case[0]) for case in cases]
    if asked.resting:
        return []
    has = sql.parts(asked.narrowed)
    lead = _lead(connection, asked, has)
    statement = sql.every(asked.view, has, lead, asked.rest)
    return [int(row[0]) for row in connection.execute(statement, asked.named())]


def counts(connection: sqlite3.Connection, agent_id: int, now: int, hours: Hours) -> Counts:
    """The numbers beside the views, and how many cases were closed today."""
    nothing = Filter()
    by_view = {view: count(connection, Asked(view, nothing, agent_id, now, hours)) for view in View}
    named = Asked(View.ALL, nothing, agent_id, now, hours).named(ceiling=CEILING)
    return Counts(by_view=by_view, closed_today=_count(connection, sql.CLOSED_TODAY, named), ceiling=CEILING)


def row(connection: sqlite3.Connection, case_id: int) -> CaseRow | None:
    """One line as it is now, with the key of the view of all cases."""
    found = connection.execute(sql.ROW, {"case_id": case_id}).fetchone()
    return case_row(found) if found else None
