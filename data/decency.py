"""What is not kept, not even for colleagues: words that tie a remedy to what the buyer does with the review.

The linter's rules are read with the first words that are typed, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import Refused
from data.language import _
from data.settings import Settings

if TYPE_CHECKING:
    from data.lint import Finding


def decent(settings: Settings, words: str) -> None:
    """Raise Refused, with decent words to use instead, for a note that ties a remedy to the review. A note may tell
    what a buyer demanded, so the rules count where the text as a whole may be unlawful."""
    for found in _found(settings, words):
        if found.kind == "benefit_for_review":
            raise _refused(found, words)


def decent_remedy(settings: Settings, words: str) -> None:
    """Raise Refused, with decent words to use instead, for a remedy, or a decision about one, that is tied to the
    review or to its deletion. It is the shop that speaks here, so the rules are believed whatever the text weighs."""
    for found in _found(settings, words, wary=True):
        if found.kind in ("benefit_for_review", "delete_offer"):
            raise _refused(found, words)


def be_ready(settings: Settings, words: str) -> None:
    """Have the linter read its rules before a write begins: nobody else then waits for them. Nothing without words."""
    _found(settings, words)


def _refused(found: Finding, words: str) -> Refused:
    told = f"“{words[found.start : found.end]}” {found.reason}"
    return Refused(_("A remedy never depends on the review"), told, found.instead)


def _found(settings: Settings, words: str, *, wary: bool = False) -> tuple[Finding, ...]:
    if not words.strip():
        return ()
    from data.lint import lint, standard, with_own

    own = settings.lint.file
    return lint(words, audience="colleague", rules=with_own(own) if own else standard(), wary=wary)
