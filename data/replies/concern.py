"""What may stand against a reply, apart from what finds it: screens show it without loading the linter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing in a reply: where (offsets into the text), what is wrong with it, what to do instead.

    While one that `blocks` stands, the reply is neither proposed nor sent; the others are advice.
    """

    code: str
    start: int
    end: int
    what: str
    instead: str = ""
    blocks: bool = True


def letters(text: str) -> int:
    """How many characters a platform counts, ends stripped."""
    return len(text.strip())


def blocked(found: tuple[Concern, ...]) -> Concern | None:
    """The first concern that keeps a reply back, or None."""
    return next((each for each in found if each.blocks), None)
