"""What the shop answers in public, below a review."""

from sqlmodel import Field, SQLModel


class Reply(SQLModel, table=True):
    """A public reply: one unsent at a time for a case, and locked by the database once it was sent.

    `revision_id` is the newest change of the review that its author has seen, or nothing for the review as it came.
    `text` and `remark` are erased with the buyer's data; the log keeps a salted hash of what was sent.
    """

    __tablename__ = "reply"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    review_id: int
    revision_id: int | None = None
    phase: str
    state: str
    text: str
    template: str | None = None
    author_id: int
    written_at: int
    proposed_at: int | None = None
    approver_id: int | None = None
    decided_at: int | None = None
    remark: str | None = None
    """Why the second person sent it back."""

    sender_id: int | None = None
    sent_at: int | None = None
