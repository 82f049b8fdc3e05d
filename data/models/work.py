"""The work on a review: the case, and what was promised, offered, noted and is to be followed up."""

from sqlmodel import Field, SQLModel


class Case(SQLModel, table=True):
    """One review being worked. Owner and lease are columns, not states.

    `due_at` orders the inbox; `contact_from` is the earliest time at which caps and gaps allow another contact
    (hours of the day aside), or nothing where the buyer may not be contacted at all.
    """

    __tablename__ = "review_case"
    id: int | None = Field(default=None, primary_key=True)
    review_id: int
    shop_id: int
    buyer_id: int
    platform: str
    grade: str
    state: str
    result: str | None = None
    cause: str | None = None
    owner_id: int | None = None
    lease_until: int | None = None
    open: int = 1
    due_at: int
    follow_up_at: int | None = None
    promised_at: int | None = None
    contact_from: int | None = None
    attempts: int = 0
    calls: int = 0
    refusals: int = 0
    review_questions: int = 0
    settled: int = 0
    opened_at: int
    reviewed_at: int
    closed_at: int | None = None
    again_at: int | None = None
    """When a closed case comes back for its second pass."""

    withdrawn_at: int | None = None
    """When the import that opened it was taken back: such a case is kept for the log, and shown nowhere."""

    clock_at: int | None = None
    """When its clocks are to be looked at again: never later than the next of them breaks."""

    last_event_id: int | None = None


class Remedy(SQLModel, table=True):
    """What the shop does to make it right. No column of it knows the review, and none may.

    `entry` is its id in the catalogue, `detail` how it was said to the buyer. `quantity` counts what `unit` says;
    `amount_minor` is what the buyer gets in money, `cost_minor` what that costs the shop. `needs` are codes of what the
    buyer is asked to see to when something is sent back, separated by commas. `owner_id` sees to it.
    """

    __tablename__ = "remedy"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    agent_id: int
    owner_id: int | None = None
    kind: str
    entry: str | None = None
    detail: str = ""
    unit: str = "none"
    quantity: int | None = None
    amount_minor: int | None = None
    cost_minor: int | None = None
    currency: str = "CNY"
    needs: str = ""
    freight_by: str | None = None
    state: str
    offered_at: int
    asked_at: int | None = None
    accepted_at: int | None = None
    decided_by: int | None = None
    decided_at: int | None = None
    """When a lead decided about it, either way."""

    due_at: int | None = None
    issued_at: int | None = None
    delivered_at: int | None = None
    told_at: int | None = None
    tracking: str | None = None


class Promise(SQLModel, table=True):
    """Who promised what by when: the buyer's and ours."""

    __tablename__ = "promise"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    contact_id: int | None = None
    by_whom: str
    kind: str
    state: str
    made_at: int
    due_at: int
    settled_at: int | None = None


class FollowUp(SQLModel, table=True):
    """What is to be done with a case at a time."""

    __tablename__ = "follow_up"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    kind: str
    channel: str | None = None
    device: str | None = None
    """What the buyer will have at hand at an appointment."""

    rung: int | None = None
    """Which rung of the ladder for somebody who cannot be reached."""

    until: int | None = None
    """When it lapses, done or not."""

    state: str
    due_at: int
    set_at: int
    settled_at: int | None = None


class Note(SQLModel, table=True):
    """A note about a case, for colleagues."""

    __tablename__ = "note"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    agent_id: int
    at: int
    text: str
