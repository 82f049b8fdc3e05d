"""What the contact question is answered with: a rule, until when, from when, and what is possible instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.vocabulary import Channel


class Rule(StrEnum):
    """The rules that an answer names, in the order in which they are named."""

    ALLOWED = "allowed"
    DO_NOT_CONTACT = "do_not_contact"
    CLOSED = "closed"
    WITH_LEAD = "with_lead"
    NO_NUMBER = "no_number"
    NUMBER_EXPIRED = "number_expired"
    NUMBER_KIND = "number_kind"
    REFUSED = "refused"
    ABUSED = "abused"
    CALLS = "calls"
    CASE_CAP = "case_cap"
    WRITING_FIRST = "writing_first"
    PREFERS_WRITING = "prefers_writing"
    HOURS = "hours"
    QUIET_DAY = "quiet_day"
    WEEK_CAP = "week_cap"
    DAILY_CAP = "daily_cap"
    GAP = "gap"
    OTHER_HOUR = "other_hour"
    WINDOW = "window"


HARD = frozenset(
    {
        Rule.DO_NOT_CONTACT,
        Rule.CLOSED,
        Rule.WITH_LEAD,
        Rule.NO_NUMBER,
        Rule.NUMBER_EXPIRED,
        Rule.NUMBER_KIND,
        Rule.HOURS,
    }
)
"""The rules that nobody passes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes until when, or no because of which rule and when at the earliest (None: not by this channel at all).

    `instead` is the channel that the rule leaves open where the number is the trouble, `minutes` the gap that the last
    result asks for.
    """

    allowed: bool
    rule: Rule
    until: int | None = None
    earliest: int | None = None
    instead: Channel | None = None
    minutes: int | None = None

    @property
    def hard(self) -> bool:
        """Whether nobody may pass the rule."""
        return self.rule in HARD


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule weighed: whether it stands in the way now, and from when it no longer does (None: it has no end).

    `weighed` is false where the rule has nothing to say about this channel or gives way to the buyer's own
    appointment, to a buyer who is talking, or to a lead.
    """

    rule: Rule
    holds: bool
    weighed: bool
    earliest: int | None = None

    @property
    def hard(self) -> bool:
        """Whether nobody may pass the rule."""
        return self.rule in HARD
