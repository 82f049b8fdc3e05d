"""What is to be found out or done for a case, and the papers that are kept for a product."""

from sqlmodel import Field, SQLModel


class Task(SQLModel, table=True):
    """Something to be done for a case beside talking to its buyer; `tells` says that the buyer hears the result."""

    __tablename__ = "task"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    product_id: int | None = None
    remedy_id: int | None = None
    kind: str
    state: str
    result: str | None = None
    owner_id: int | None = None
    created_at: int
    due_at: int
    settled_at: int | None = None
    tells: int
    told_at: int | None = None


class Document(SQLModel, table=True):
    """A paper about a product, such as a letter of authorisation: its name and hash; the file stays where it is."""

    __tablename__ = "document"
    id: int | None = Field(default=None, primary_key=True)
    product_id: int
    name: str
    sha256: str
    bytes: int
    agent_id: int
    added_at: int
