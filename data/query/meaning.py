"""What a query asks of a case, as a condition on its columns: times become bounds, names become numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import TypeAlias

from data.clock import MINUTE, at_minute, local_day, minute_of_day
from data.query.lexicon import KEYS, Kind, Known, choices, folded
from data.query.tree import Day, Name, Number, Part, Query, Sought, Span, Term, Value, Word
from data.rows import View
from data.search.folding import together
from data.vocabulary import State


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column holds one of these; None stands for nothing."""

    column: str
    values: tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The column holds a number, from `low` on and below `high`, where they are given."""

    column: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """The column holds something."""

    column: str


@dataclass(frozen=True, slots=True)
class Found:
    """The search finds these words in the case; `titled` looks at the product's title alone."""

    typed: str
    titled: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds; without any, it holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of them holds; without any, it does not."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold, or there is nothing in the column to ask."""

    part: Condition


Condition: TypeAlias = OneOf | Between | Filled | Found | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who asks, when and where: UTC milliseconds, the desk's zone, the agent, and who is known by name.

    `due_soon` is how far ahead that view looks; contact hours are minutes after midnight, as settings have them.
    """

    now: int
    zone: tzinfo
    agent_id: int = 0
    known: Known = field(default_factory=Known)
    due_soon: int = 60
    contact_from: int = 8 * 60
    contact_until: int = 21 * 60


def meaning(query: Query, here: Standpoint) -> AllOf:
    """The condition that the query puts; its parts are those of the query, one after the other."""
    parts = [condition(part, here) for part in query.parts]
    parts += [Not(AllOf(tuple(condition(part, here) for part in group))) for group in query.inverted]
    return AllOf(tuple(parts))


def condition(part: Part, here: Standpoint) -> Condition:
    """What one part of a query asks."""
    asked = Found(together(part.words)) if isinstance(part, Sought) else _term(part, here)
    return Not(asked) if part.negated else asked


def _term(term: Term, here: Standpoint) -> Condition:
    asked = [_value(term.key, value, here) for value in term.values]
    same = [each for each in asked if isinstance(each, OneOf)]
    if len(same) == len(asked) and len({each.column for each in same}) == 1:
        return OneOf(same[0].column, tuple(dict.fromkeys(value for each in same for value in each.values)))
    return asked[0] if len(asked) == 1 else AnyOf(tuple(asked))


def _value(name: str, value: Value, here: Standpoint) -> Condition:
    key = KEYS[name]
    if isinstance(value, Word):
        return _view(value.name, here) if name == "view" else _word(name, value.name, here)
    if isinstance(value, Name):
        if key.kind is Kind.TITLE:
            return Found(together(value.name), titled=True)
        known = here.known
        called = known.agents_called(value.name) if key.kind is Kind.AGENT else known.shops_called(value.name)
        return OneOf(key.column, called)
    if isinstance(value, Number):
        low, high = _bounds(value.compared, value.number, value.number + 1)
        return Between(key.column, low, high)
    if isinstance(value, Span):
        return _span(key.column, value, here.now, past=key.kind is Kind.AGE)
    start, end = _day_bounds(value, here)
    return Between(key.column, *_bounds(value.compared, start, end))


def _word(name: str, word: str, here: Standpoint) -> Condition:
    key = KEYS[name]
    if key.kind is Kind.CHOICE:
        codes = choices(key)[folded(word)].codes
        return OneOf(key.column, tuple(None if code is None else str(code) for code in codes))
    if key.kind is Kind.AGENT:
        return OneOf(key.column, (here.agent_id if word == "me" else None,))
    if word == "overdue":
        return Between(key.column, None, here.now)
    if key.kind is Kind.NUMBER:
        return Between(key.column, 1) if word == "yes" else Between(key.column, None, 1)
    return Filled(key.column) if word == "yes" else OneOf(key.column, (None,))


def _bounds(compared: str, start: int, end: int) -> tuple[int | None, int | None]:
    """From where to where it may lie, compared with something that reaches from `start` to just before `end`."""
    return {"": (start, end), "<": (None, start), "<=": (None, end), ">": (end, None), ">=": (start, None)}[compared]


def _span(column: str, span: Span, now: int, *, past: bool) -> Between:
    length = span.minutes * MINUTE
    if not past:
        return Between(column, *_bounds(span.compared, now + length, now + length + 1))
    # Longer ago is earlier.
    turned = span.compared.translate({ord("<"): ">", ord(">"): "<"})
    return Between(column, *_bounds(turned, now - length, now - length + 1))


def _day_bounds(day: Day, here: Standpoint) -> tuple[int, int]:
    today = local_day(here.now, here.zone)
    if day.from_today is not None:
        then = date.fromordinal(today.toordinal() + day.from_today)
    else:
        then = min(_dates(day, today), key=lambda one: abs(one.toordinal() - today.toordinal()))
    return at_minute(then, 0, here.zone), at_minute(then, 1440, here.zone)


def _dates(day: Day, today: date) -> list[date]:
    """The dates that may be meant: of a day without its year those around now, leap days where there are any."""
    dates = []
    for year in (day.year,) if day.year is not None else range(today.year - 4, today.year + 5):
        try:
            dates.append(day.in_year(year))
        except ValueError:
            continue
    # A 29th of February in a year that has none is the day after the 28th.
    return dates or [date(day.year or today.year, 3, 1)]


def _view(view: str, here: Standpoint) -> Condition:
    opened = OneOf("open", (1,))
    if view == View.MINE:
        return AllOf((opened, OneOf("owner_id", (here.agent_id,))))
    if view == View.DUE_SOON:
        return AllOf((opened, Between("due_at", None, here.now + here.due_soon * MINUTE + 1)))
    if view == View.FOLLOW_UPS:
        end = at_minute(local_day(here.now, here.zone), 1440, here.zone)
        return AllOf((opened, Between("follow_up_at", None, end)))
    if view == View.CALLABLE:
        awake = here.contact_from <= minute_of_day(here.now, here.zone) < here.contact_until
        stuck = OneOf("state", (str(State.ESCALATED), str(State.APPEALED)))
        ready = AllOf((opened, Between("contact_from", None, here.now + 1), Not(stuck)))
        return ready if awake else AnyOf(())
    return AllOf((opened, Filled("promised_at"))) if view == View.TO_VERIFY else opened
