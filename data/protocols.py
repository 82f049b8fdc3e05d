"""What screens may ask of the data floor: reads at any time, casework once it is loaded.

Screens see these protocols and never the classes behind them, so that the first rows stand before SQLModel
is imported. Every method may be called from a worker thread. Writes are short transactions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from data.rows import (
    AgentRow,
    CasePage,
    CaseRow,
    Counts,
    Filter,
    Key,
    LogFilter,
    LogPage,
    OpenCall,
    Page,
    ShopRow,
    View,
)


class Reads(Protocol):
    """SQL on a DB-API connection, a few small rows at a time."""

    def page(
        self,
        view: View,
        narrowed: Filter,
        *,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> Page:
        """Rows of a view in its order: from the top, after a key, before a key, or the last ones."""
        ...

    def count(self, view: View, narrowed: Filter, *, agent_id: int, now: int) -> int:
        """How many rows a narrowed view has, stopping at 1000."""
        ...

    def counts(self, *, agent_id: int, now: int) -> Counts:
        """The numbers beside the views' names."""
        ...

    def row(self, case_id: int) -> CaseRow | None:
        """One line of the inbox as it is now."""
        ...

    def case(self, case_id: int, *, now: int) -> CasePage:
        """One case with all that is known; raises Refused when there is no such case."""
        ...

    def log(
        self,
        narrowed: LogFilter,
        *,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> LogPage:
        """Contacts and their outcomes, newest first."""
        ...

    def agent(self, agent_id: int) -> AgentRow:
        """Who is at the keyboard."""
        ...

    def agents(self) -> Sequence[AgentRow]:
        """Everybody who has worked here."""
        ...

    def shops(self) -> Sequence[ShopRow]:
        """All shops."""
        ...

    def open_call(self, agent_id: int) -> OpenCall | None:
        """The agent's call that has no outcome yet, if there is one."""
        ...

    def unfinished_contact(self, agent_id: int) -> tuple[int, int, str] | None:
        """The agent's contact that has no outcome yet: contact id, case id, channel."""
        ...

    def draft(self, agent_id: int, kind: str, subject_id: int) -> str:
        """Half-typed text that was kept, or an empty string."""
        ...

    def has_reviews(self) -> bool:
        """Whether there is anything to work on; a first run has nothing."""
        ...
