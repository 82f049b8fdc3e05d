"""A list whose first column tells how long there is: it is drawn again when the minute has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar

from data.clock import MINUTE
from data.rows import Key
from widgets.columns import Column
from widgets.rows import Rows

T = TypeVar("T")


class TimedColumns(Protocol[T]):
    """The columns of such a list at the time `now`."""

    now: int

    def __call__(self) -> Sequence[Column[T]]:
        """The columns with their titles in the reader's language."""
        ...


class TimedRows(Rows[T]):
    """Rows whose first column is about the time; it moves on when the list is told to."""

    DEFAULT_CSS = ""

    def __init__(
        self,
        columns: TimedColumns[T],
        *,
        key: Callable[[T], Key],
        name: Callable[[T], Hashable],
        id: str | None = None,
    ) -> None:
        super().__init__(columns, key=key, name=name, id=id)
        self._times = columns

    def tell_time(self, now: int) -> None:
        """Draw the times again when they have changed."""
        if now // MINUTE != self._times.now // MINUTE:
            self._times.now = now
            self.repaint(columns=1)
