"""Views of one's own."""

from sqlmodel import Field, SQLModel


class SavedView(SQLModel, table=True):
    """A query that an agent keeps under a name. The query is in its canonical form, the same in every language."""

    __tablename__ = "saved_view"
    id: int | None = Field(default=None, primary_key=True)
    agent_id: int
    name: str
    query: str
    saved_at: int
