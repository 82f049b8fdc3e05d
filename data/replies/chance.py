"""Whether the platform still takes a public reply to a review: how often, until when, how long.

By the rows of `data.platform_rules`. What is not known there stays unknown: nothing is computed from it, and where
it is not known whether a reply is taken at all, none is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.language import N_, _
from data.platform_rules import REPLY, Allowance, allowances, ends_at
from data.replies.rows import ReplyRow
from data.vocabulary import ReplyPhase

if TYPE_CHECKING:
    from data.rows import CasePage


class Closed(StrEnum):
    """Why no reply can be given."""

    UNKNOWN = "unknown"
    NOT_HERE = "not_here"
    GRADE = "grade"
    REMOVED = "removed"
    USED = "used"
    OVER = "over"
    PERHAPS_USED = "perhaps_used"


_WHY = {
    Closed.UNKNOWN: N_("It is not known whether this platform takes a reply. Look it up, and confirm its row."),
    Closed.NOT_HERE: N_("This platform takes no reply."),
    Closed.GRADE: N_("This platform takes no reply to a review of this grade."),
    Closed.REMOVED: N_("The review is gone from the platform."),
    Closed.USED: N_("The chance to reply is used."),
    Closed.OVER: N_("The time to reply is over."),
    Closed.PERHAPS_USED: N_("A reply was sent, and it is not known whether this platform takes another."),
}


@dataclass(frozen=True, slots=True)
class Chance:
    """What is left: `why` it is closed, or None; what it would answer; until when (UTC ms), how long in characters,
    how many are left. None in these three is not known."""

    why: Closed | None
    phase: ReplyPhase
    ends_at: int | None = None
    longest: int | None = None
    left: int | None = None

    @property
    def open(self) -> bool:
        """Whether a reply may be given."""
        return self.why is None

    @property
    def said(self) -> str:
        """Why it is closed, in words; empty while it is open."""
        return _(_WHY[self.why]) if self.why is not None else ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What decides about a reply to one review."""

    platform: str
    grade: str
    reviewed_at: int
    traded_at: int | None = None
    appended: bool = False
    removed: bool = False
    stands: bool = False
    """A reply stands below it on the platform, whoever wrote it."""
    sent: Sequence[str] = ()
    """The phases of the replies that were sent from here."""


def of_page(page: CasePage) -> Answered:
    """What decides about a reply to the review of a case."""
    order = page.order
    return Answered(
        page.row.platform,
        page.row.grade,
        page.row.reviewed_at,
        (order.signed_at or order.paid_at) if order is not None else None,
        page.appended_text is not None,
        page.removed_at is not None,
        bool(page.reply_text),
        [each.phase for each in page.replies if each.sent],
    )


def chance(review: Answered, now: int) -> Chance:
    """Whether the platform takes a reply to this review now."""
    row = allowances().get((review.platform, REPLY))
    if row is None or row.allowed is None:
        return Chance(Closed.UNKNOWN, ReplyPhase.REVIEW, longest=row.longest if row else None)
    # Where each part of a review has its own reply, what was appended is what is answered once it is there.
    own = row.per_phase is not None or row.closed_by_append
    phase = ReplyPhase.APPEND if own and review.appended else ReplyPhase.REVIEW
    end = ends_at(review.platform, REPLY, review.reviewed_at, review.traded_at) if phase == ReplyPhase.REVIEW else None
    why, left = _left(row, review, phase)
    if not row.allowed:
        why = Closed.NOT_HERE
    elif review.removed:
        why = Closed.REMOVED
    elif row.grades and review.grade not in row.grades:
        why = Closed.GRADE
    elif why is None and end is not None and now >= end:
        why = Closed.OVER
    return Chance(why, phase, end, row.longest, left)


def _left(row: Allowance, review: Answered, phase: ReplyPhase) -> tuple[Closed | None, int | None]:
    """Whether the chance is used, and how many are left."""
    used = [*review.sent]
    if review.stands and ReplyPhase.REVIEW not in used and not (phase == ReplyPhase.APPEND and used):
        used.append(ReplyPhase.REVIEW)
    here = used.count(phase)
    if row.per_phase is not None:
        left = row.per_phase - here
    elif row.times is not None:
        left = row.times - len(used)
    else:
        return (Closed.PERHAPS_USED if used else None), None
    if row.times is not None:
        left = min(left, row.times - len(used))
    return (Closed.USED if left <= 0 else None), max(left, 0)


def written_alike(sent: str, shown: str) -> bool:
    """Whether what a platform shows is the reply that was sent; line breaks, spaces and width of signs aside."""
    return _folded(sent) == _folded(shown)


def stands_as_sent(replies: Sequence[ReplyRow], shown: str | None) -> bool | None:
    """Whether the reply that the platform shows is the last that was sent; None where it shows none, or none was."""
    sent = [each.text for each in replies if each.sent]
    if not shown or not sent or not any(sent):
        return None
    return any(written_alike(text, shown) for text in sent)


def _folded(text: str) -> str:
    import unicodedata

    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
