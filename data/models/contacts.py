"""Attempts to contact a buyer, and the calls among them."""

from sqlmodel import Field, SQLModel


class Contact(SQLModel, table=True):
    """One attempt on one channel. `line` says what happened on it, `standing` where the case stood then."""

    __tablename__ = "contact"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    buyer_id: int
    agent_id: int
    channel: str
    incoming: int = 0
    """Whether the buyer called us, which is no attempt to contact them."""

    personal_id: int | None = None
    started_at: int
    ended_at: int | None = None
    line: str | None = None
    standing: str | None = None
    step: str | None = None
    """The kind of the follow-up that the contact carried out."""

    note: str = ""
    lacks: str | None = None
    """What its record lacked when the outcome was recorded, as codes with commas between."""

    lacks_why: str | None = None


class Message(SQLModel, table=True):
    """A text that was written within a contact; its words lie beside the event."""

    __tablename__ = "message"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    buyer_id: int
    contact_id: int
    agent_id: int
    channel: str
    template: str
    """The id of the template, or `own` for the agent's own words."""

    variant: int = 0
    way: str
    event_id: int | None = None
    at: int


class PlaybookText(SQLModel, table=True):
    """A playbook's text as it stood on the day of a call."""

    __tablename__ = "playbook_text"
    hash: str = Field(primary_key=True)
    toml: str
    kept_at: int


class Call(SQLModel, table=True):
    """A contact that follows a playbook; `run` is the place in it, as JSON, from which it resumes."""

    __tablename__ = "call"
    id: int | None = Field(default=None, primary_key=True)
    contact_id: int
    playbook: str
    version: int
    playbook_hash: str
    state: str
    run: str
    started_at: int
    ended_at: int | None = None
