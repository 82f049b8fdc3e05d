"""A list as a query: what is shown on the screen becomes one text that can be saved, and the other way round."""

from __future__ import annotations

from dataclasses import replace

from data.query.lexicon import KEYS, Known, choices
from data.query.parse import parse
from data.query.text import text
from data.query.tree import Name, Part, Query, Term, Word
from data.rows import NOBODY, Filter, View


def composed(view: View, narrowed: Filter, agent_id: int, known: Known) -> str:
    """All that makes a list what it is, as one canonical query; empty for the view of all cases as it is.

    Raises QueryError when what was typed cannot be read.
    """
    parts: list[Part] = []
    if view is not View.ALL:
        parts.append(Term("view", (Word(view.value),)))
    for key in ("platform", "state", "cause"):
        value = getattr(narrowed, key)
        if value:
            parts.append(Term(key, (Word(_word(key, value)),)))
    if narrowed.owner_id is not None:
        parts.append(Term("owner", (_owner(narrowed.owner_id, agent_id, known),)))
    return text(Query(tuple(parts)) & parse(narrowed.query, known) & parse(narrowed.search, known))


def opened(query: str) -> tuple[View, str]:
    """The view that a saved query begins from, which gives the order too, and what else it asks.

    Raises QueryError when it cannot be read.
    """
    asked = parse(query)
    for part in asked.parts:
        if isinstance(part, Term) and part.key == "view" and not part.negated and len(part.values) == 1:
            (value,) = part.values
            assert isinstance(value, Word)
            rest = tuple(each for each in asked.parts if each is not part)
            return View(value.name), text(replace(asked, parts=rest))
    return View.ALL, text(asked)


def _word(key: str, code: str) -> str:
    """The key's own word for what a row holds."""
    return next(choice.name for choice in choices(KEYS[key]).values() if choice.codes == (code,))


def _owner(owner_id: int, agent_id: int, known: Known) -> Word | Name:
    if owner_id in (NOBODY, agent_id):
        return Word("none" if owner_id == NOBODY else "me")
    agent = next(one for one in known.agents if one.id == owner_id)
    name = agent.name or agent.login
    return Name(name if known.agents_called(name) == (owner_id,) else agent.login)
