"""A condition as SQL on `review_case c`, with values that it names."""

from __future__ import annotations

from collections.abc import Callable, Collection

from data.query.meaning import AllOf, AnyOf, Between, Condition, Filled, Found, Not, OneOf
from data.search.within import FOUND_IN_CASE, TITLED_IN_CASE

Value = str | int

_TEXTS = frozenset({"platform", "grade", "state", "result", "cause"})
_OF_REVIEW = {"rating": "(SELECT q.rating FROM review q WHERE q.id = c.review_id)"}


class Naming:
    """Gives each value a name of its own, so that many conditions can stand in one statement."""

    def __init__(self) -> None:
        self.named: dict[str, Value] = {}

    def __call__(self, value: Value) -> str:
        """The name of a value as a statement writes it; the same value has one name."""
        for name, known in self.named.items():
            if type(known) is type(value) and known == value:
                return f":{name}"
        name = f"q{len(self.named)}"
        self.named[name] = value
        return f":{name}"


def sql(condition: Condition, name: Naming, plain: Collection[str] = ()) -> str:
    """The condition as SQL. Only columns in `plain` stand so that an index may answer for them; the others are
    wrapped, since another index gives the order."""

    def column(column_name: str) -> str:
        if column_name in _OF_REVIEW:
            return _OF_REVIEW[column_name]
        if column_name in plain:
            return f"c.{column_name}"
        return f"c.{column_name} || ''" if column_name in _TEXTS else f"c.{column_name} + 0"

    return _sql(condition, name, column)


def _sql(condition: Condition, name: Naming, column: Callable[[str], str]) -> str:
    if isinstance(condition, AllOf):
        return _joined(" AND ", "1 = 1", [_sql(part, name, column) for part in condition.parts])
    if isinstance(condition, AnyOf):
        return _joined(" OR ", "1 = 0", [_sql(part, name, column) for part in condition.parts])
    if isinstance(condition, Not):
        return f"({_sql(condition.part, name, column)}) IS NOT TRUE"
    if isinstance(condition, Found):
        return (TITLED_IN_CASE if condition.titled else FOUND_IN_CASE).format(typed=name(condition.typed))
    told = column(condition.column)
    if isinstance(condition, Filled):
        return f"{told} IS NOT NULL"
    if isinstance(condition, Between):
        bounds = ((">=", condition.low), ("<", condition.high))
        said = [f"{told} {sign} {name(bound)}" for sign, bound in bounds if bound is not None]
        return _joined(" AND ", f"{told} IS NOT NULL", said)
    return _one_of(told, condition, name)


def _one_of(told: str, condition: OneOf, name: Naming) -> str:
    values = [name(value) for value in condition.values if value is not None]
    said = [f"{told} IS NULL"] if None in condition.values else []
    if values:
        said.append(f"{told} = {values[0]}" if len(values) == 1 else f"{told} IN ({', '.join(values)})")
    return _joined(" OR ", "1 = 0", said)


def _joined(word: str, nothing: str, said: list[str]) -> str:
    if not said:
        return nothing
    return said[0] if len(said) == 1 else f"({word.join(said)})"
