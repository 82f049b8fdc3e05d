"""The append-only log and the drafts. Events are written by `data.casework.chain` alone."""

from sqlmodel import Field, SQLModel


class Event(SQLModel, table=True):
    """One entry of the log: ids, codes, numbers and a time; never free text, never personal data.

    `act_id` is the first event of the act that this one belongs to, when an act on several cases made several
    events; the first one itself has none. `undoes` is the event that this one takes back; in an event that is
    not itself an undoing, the undoing that it takes back by doing the act again.
    """

    __tablename__ = "event"
    id: int | None = Field(default=None, primary_key=True)
    at: int
    kind: str
    agent_id: int | None = None
    case_id: int | None = None
    contact_id: int | None = None
    subject_id: int | None = None
    code: str | None = None
    number: int | None = None
    from_state: str | None = None
    to_state: str | None = None
    before: str | None = None
    undoes: int | None = None
    act_id: int | None = None
    text_hash: str | None = None
    previous_hash: str
    hash: str


class EventText(SQLModel, table=True):
    """The text of an event and the salt of its hash; erased together."""

    __tablename__ = "event_text"
    event_id: int = Field(primary_key=True)
    salt: str
    text: str
