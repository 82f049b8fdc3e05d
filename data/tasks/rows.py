"""Tasks and papers as screens see them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.rows import Key
from data.vocabulary import TaskState


class TaskView(StrEnum):
    """The lists of tasks in the order of their digits."""

    MINE = "mine"
    OVERDUE = "overdue"
    OPEN = "open"
    TO_TELL = "to_tell"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of a case. `tells`: the buyer is to hear what came of it."""

    id: int
    case_id: int
    kind: str
    state: str
    result: str | None
    owner_id: int | None
    owner: str | None
    created_at: int
    due_at: int
    settled_at: int | None
    tells: bool
    told_at: int | None
    product_id: int | None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == TaskState.OPEN

    @property
    def to_tell(self) -> bool:
        """Whether it is done and the buyer has not heard of it yet."""
        return self.state == TaskState.DONE and self.tells and self.told_at is None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A line of a list of tasks: the task, and the case that it is for."""

    key: Key
    task: TaskRow
    platform: str
    cause: str | None
    nick: str
    product: str
    review: str


@dataclass(frozen=True, slots=True)
class TaskLines:
    """Some lines of a list, and whether there are more on either side."""

    rows: tuple[TaskLine, ...]
    more_before: bool
    more_after: bool


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A paper that is kept for a product: its name, the first digits of its hash, who named it and when."""

    name: str
    sha256: str
    bytes: int
    agent: str
    added_at: int
