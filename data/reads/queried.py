"""What a typed query makes of a view: what a filter and an index can answer, what the search finds, what is sifted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from data.query import Known, Query, Standpoint, meaning, parse
from data.query.meaning import AllOf, Between, Condition, Filled, Found, OneOf
from data.query.parse import plain
from data.query.sql import Naming, sql
from data.query.tree import Sought
from data.reads import people
from data.reads.inbox_sql import NOTHING, Rest, Sift
from data.rows import NOBODY, Filter, View
from data.search import fits
from data.vocabulary import State

_LEADING = frozenset({"platform", "cause", "state", "owner_id", "due_at", "follow_up_at", "promised_at"})
"""Columns that an index of open cases begins with."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter and a query taken apart.

    In `narrowed` the query has become values of the filter, and words for the search; `rest` is what remains of it,
    with the values that it names. `jump` is a number that may be an order's, typed alone.
    """

    narrowed: Filter
    rest: Rest = NOTHING
    named: Mapping[str, int | str] = field(default_factory=dict)
    jump: str = ""


def narrowing(connection: sqlite3.Connection, view: View, narrowed: Filter, here: Standpoint) -> Narrowing:
    """What is asked for, in the parts that the statements know. Raises QueryError."""
    if ":" in plain(narrowed.search + narrowed.query):
        known = Known(people.agents(connection), people.shops(connection))
        here = replace(here, known=known)
    typed = parse(narrowed.search, here.known)
    query = parse(narrowed.query, here.known) & typed
    return apart(view, replace(narrowed, search="", query=""), query, here, jump=_alone(typed))


def every_case(connection: sqlite3.Connection, typed: str, here: Standpoint) -> list[int]:
    """The numbers of all cases, open and closed, for which a typed query holds. Raises QueryError."""
    here = replace(here, known=Known(people.agents(connection), people.shops(connection)))
    name = Naming()
    condition = sql(meaning(parse(typed, here.known), here), name)
    rows = connection.execute(
        f"SELECT c.id FROM review_case c WHERE c.withdrawn_at IS NULL AND {condition} ORDER BY c.id", name.named
    )
    return [int(row[0]) for row in rows]


def _alone(typed: Query) -> str:
    """The one word that was typed, when there is nothing else."""
    only = typed.parts[0] if len(typed.parts) == 1 and typed.is_plain else None
    return only.words if isinstance(only, Sought) else ""


def apart(view: View, narrowed: Filter, query: Query, here: Standpoint, *, jump: str = "") -> Narrowing:
    """A query beside a filter, in the parts that the statements know."""
    sought: list[str] = []
    rest: list[Condition] = []
    for part in _flat(meaning(query, here)):
        if isinstance(part, Found) and not part.titled and fits([*sought, part.typed]):
            sought.append(part.typed)
        elif (taken := _taken(narrowed, part)) is not None:
            narrowed = taken
        else:
            rest.append(part)
    name = Naming()
    reaches_closed = view is View.ALL and narrowed.state is None and any(map(_asks_for_closed, rest))
    return Narrowing(
        replace(narrowed, search=" ".join(sought)),
        Rest(tuple(_sift(part, name) for part in rest), reaches_closed),
        name.named,
        jump,
    )


def _flat(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _flat(part)
    else:
        yield condition


def _taken(narrowed: Filter, part: Condition) -> Filter | None:
    """The filter with the condition as one of its values, or None when it has no place for it."""
    if not isinstance(part, OneOf) or len(part.values) != 1:
        return None
    (value,) = part.values
    if part.column == "owner_id":
        owner = NOBODY if value is None else int(value)
        return replace(narrowed, owner_id=owner) if narrowed.owner_id in (None, owner) else None
    if not isinstance(value, str):
        return None
    if part.column == "platform" and narrowed.platform in (None, value):
        return replace(narrowed, platform=value)
    if part.column == "cause" and narrowed.cause in (None, value):
        return replace(narrowed, cause=value)
    if part.column == "state" and narrowed.state in (None, value):
        return replace(narrowed, state=value)
    return None


def _asks_for_closed(part: Condition) -> bool:
    closed = isinstance(part, OneOf) and part.column == "state" and str(State.CLOSED) in part.values
    return closed or (isinstance(part, OneOf) and part.column == "result")


def _sift(part: Condition, name: Naming) -> Sift:
    column = _leading_column(part)
    sifted = sql(part, name)
    return Sift(sifted, column, sql(part, name, {column}) if column else sifted)


def _leading_column(part: Condition) -> str:
    """The column whose index may answer the condition, or nothing."""
    if isinstance(part, OneOf) and (not part.values or None in part.values or str(State.CLOSED) in part.values):
        return ""
    return part.column if isinstance(part, OneOf | Between | Filled) and part.column in _LEADING else ""
