"""What the record of a contact should hold once the buyer was reached, and what it still lacks.

The form is the trade's own record of a call: who, when and on what by itself; the cause, what the buyer said, the
apology, what was agreed and when, by the agent. Nothing in it asks what the buyer does with the review. Nobody is kept
from ending a call by it: what is lacking is said, kept beside the outcome, and a shop may ask for a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.language import N_, _
from data.outcomes import LINES, STANDINGS, LineResult, Standing


class Gap(StrEnum):
    """What a record lacks."""

    CAUSE = "cause"
    NOTE = "note"
    APOLOGY = "apology"
    REMEDY = "remedy"
    TIME = "time"
    DEVICE = "device"


class Why(StrEnum):
    """Why a record stays as it is."""

    HUNG_UP = "hung_up"
    NO_TIME = "no_time"
    NOT_SAID = "not_said"
    LATER = "later"


WHY = {
    Why.HUNG_UP: N_("The buyer hung up"),
    Why.NO_TIME: N_("The buyer had no time"),
    Why.NOT_SAID: N_("The buyer would not say"),
    Why.LATER: N_("It will be added later"),
}
_GAPS = {
    Gap.CAUSE: N_("cause"),
    Gap.NOTE: N_("what the buyer said"),
    Gap.APOLOGY: N_("an apology"),
    Gap.REMEDY: N_("what was agreed, in the ledger"),
    Gap.TIME: N_("an exact time"),
    Gap.DEVICE: N_("what the buyer has at hand"),
}
_SHORT = frozenset({Standing.CALLBACK, Standing.DO_NOT_CONTACT, Standing.ESCALATED})
"""After these the talk was broken off, or has yet to begin: nothing was owed in it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known when the outcome is to be recorded. `apologies` is None for what followed no script.

    `agreed` says whether a remedy was accepted in this contact, `named` whether the ledger knows which.
    """

    line: str
    standing: str
    at: int | None = None
    cause: str | None = None
    note: str = ""
    apologies: int | None = None
    agreed: bool = False
    named: bool = False
    device: str | None = None


def lacks(record: Record) -> tuple[Gap, ...]:
    """What the record lacks, what matters most first; nothing where the buyer was not reached."""
    standing = Standing(record.standing)
    flags = STANDINGS[standing]
    if not LINES[LineResult(record.line)].reached:
        return ()
    talked = standing not in _SHORT
    found = {
        Gap.TIME: flags.needs_time and record.at is None,
        Gap.REMEDY: record.agreed and not record.named,
        Gap.CAUSE: talked and record.cause is None,
        Gap.NOTE: not record.note.strip(),
        Gap.APOLOGY: talked and record.apologies == 0,
        Gap.DEVICE: flags.buyer_promised and record.device is None,
    }
    return tuple(gap for gap, lacking in found.items() if lacking)


def gap_words(gap: str) -> str:
    """A gap in the reader's language."""
    return _(_GAPS[Gap(gap)])


def why_words(why: str) -> str:
    """A reason in the reader's language."""
    return _(WHY[Why(why)])
