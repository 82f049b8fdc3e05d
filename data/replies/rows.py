"""Public replies as screens see them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.rows import Key
from data.vocabulary import ReplyState


class ReplyView(StrEnum):
    """The lists of replies in the order of their digits."""

    TO_APPROVE = "to_approve"
    APPROVED = "approved"
    SENT = "sent"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A public reply of a case. `outdated`: the buyer has changed the review since its author read it.

    `seen` is the number of the newest change of the review that it knows, `newest` that of the newest there is; 0 is
    the review as it came.
    """

    id: int
    case_id: int
    phase: str
    state: str
    text: str
    template: str | None
    author_id: int
    author: str
    written_at: int
    proposed_at: int | None
    approver: str | None
    decided_at: int | None
    remark: str | None
    sender: str | None
    sent_at: int | None
    seen: int
    newest: int

    @property
    def sent(self) -> bool:
        """Whether it stands on the platform, as far as its sender said; then it is locked."""
        return self.state == ReplyState.SENT

    @property
    def outdated(self) -> bool:
        """Whether the review was changed since."""
        return self.newest > self.seen


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A line of a list of replies: the reply, and what it answers. Keys are the time by which the list is ordered."""

    key: Key
    reply: ReplyRow
    platform: str
    grade: str
    cause: str | None
    nick: str
    product: str
    review: str


@dataclass(frozen=True, slots=True)
class ReplyLines:
    """Some lines of a list, and whether there are more on either side."""

    rows: tuple[ReplyLine, ...]
    more_before: bool
    more_after: bool
