"""What is typed into the search: whether it can be read yet, and how it is said in words."""

from __future__ import annotations

from collections.abc import Sequence

from data.errors import QueryError
from data.outside import for_screen
from data.query import Known, parse, text
from data.rows import AgentRow, ShopRow
from widgets import look


def trouble(typed: str, agents: Sequence[AgentRow], shops: Sequence[ShopRow]) -> str:
    """Why what was typed cannot be searched for, in a sentence; empty when it can."""
    try:
        parse(typed, Known(agents, shops))
    except QueryError as error:
        return for_screen(f"{error.what} {error.remedy}")
    return ""


def in_words(typed: str) -> str:
    """A query in the words of the active language, a plain search in quotation marks; empty for nothing."""
    if not typed:
        return ""
    try:
        query = parse(typed)
    except QueryError:
        return look.quoted(for_screen(typed))
    return look.quoted(for_screen(typed)) if query.is_plain else for_screen(text(query, spoken=True))
