"""Whether a condition holds for a case, asked without a database: the other side of every statement's proof."""

from __future__ import annotations

from collections.abc import Mapping

from data.query.meaning import AllOf, AnyOf, Between, Condition, Filled, Found, Not, OneOf
from data.search.folding import found

Case = Mapping[str, str | int | None]
"""What is known of a case by column: those of `review_case`, and of its review, product, order and buyer `rating,
text, appended_text, title, variant, nick, external_id, order_external_id, purchase_id, tracking`."""

_LOOKED_AT = ("text", "appended_text", "title", "variant", "nick")
_IDS = ("external_id", "order_external_id", "purchase_id", "tracking")


def holds(condition: Condition, case: Case) -> bool:
    """Whether the case is as the condition asks. An empty column is never smaller, greater or equal."""
    if isinstance(condition, AllOf):
        return all(holds(part, case) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, case) for part in condition.parts)
    if isinstance(condition, Not):
        return not holds(condition.part, case)
    if isinstance(condition, Found):
        return _found(condition, case)
    value = case[condition.column]
    if isinstance(condition, Filled):
        return value is not None
    if isinstance(condition, OneOf):
        return value in condition.values
    return _between(condition, value)


def _between(condition: Between, value: str | int | None) -> bool:
    if not isinstance(value, int):
        return False
    return (condition.low is None or value >= condition.low) and (condition.high is None or value < condition.high)


def _found(condition: Found, case: Case) -> bool:
    if condition.titled:
        title = case["title"]
        return found(condition.typed, "", None, None if title is None else str(title), *(None,) * 6)
    texts = [None if case[name] is None else str(case[name]) for name in (*_LOOKED_AT, *_IDS)]
    return found(condition.typed, texts[0] or "", *texts[1:])
