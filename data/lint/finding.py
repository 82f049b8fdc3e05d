"""What the promise linter says about a text."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "benefit_for_review",
    "delete_offer",
    "threat",
    "pleading",
    "false_rank",
    "false_reason",
    "personal_data",
    "off_platform",
    "credentials",
    "harassment",
    "medical_or_legal_claim",
    "blame_or_insult",
)
"""Every kind of finding; fixed words for other programs."""

AUDIENCES = ("buyer", "public", "colleague")
"""Who reads a text: the buyer alone (messages, templates, lines of a call), everybody (a public reply), or
colleagues (notes, remedies, hand-overs)."""

ANYBODY = "anybody"
"""Who reads a text is not known: every rule holds but those that are marked to need a known reader."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a text must not say: which rule, of which kind, where, why, and what to say instead.

    `start` and `end` are offsets into the text as it was given. `reason` and `instead` are in the reader's language.
    """

    rule: str
    kind: str
    start: int
    end: int
    reason: str
    instead: str
    source: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands: from, to."""
        return self.start, self.end
