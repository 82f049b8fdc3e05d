"""What is not kept, not even for colleagues: words that tie a remedy to what the buyer does with the review."""

from __future__ import annotations

from data.errors import Refused
from data.language import _
from data.settings import Settings


def decent(settings: Settings, words: str) -> None:
    """Raise Refused, with decent words to use instead, for a note that ties a remedy to the review.

    The linter's rules are read with the first words that are typed, not before.
    """
    if not words.strip():
        return
    from data.lint import lint, standard, with_own

    own = settings.lint.file
    for found in lint(words, audience="colleague", rules=with_own(own) if own else standard()):
        if found.kind == "benefit_for_review":
            raise Refused(
                _("A remedy never depends on the review"),
                f"“{words[found.start : found.end]}” {found.reason}",
                found.instead,
            )
