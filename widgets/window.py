"""The pure part of a list for a million rows: some blocks of it, a cursor, and a page that flips.

Rows come in pieces by keyset, so no row knows its number. The window holds one run of neighbouring rows, asks for
more on either side when the cursor comes near an end, and lets go of what is far away.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

BLOCK = 50
"""How many rows a piece has."""
HELD = 8 * BLOCK
"""How many rows are held at most; more only when one page shows more."""


class Piece(Protocol[T_co]):
    """Some neighbouring rows of a list, and whether there are more on either side."""

    @property
    def rows(self) -> Sequence[T_co]: ...
    @property
    def more_before(self) -> bool: ...
    @property
    def more_after(self) -> bool: ...


class Side(Enum):
    """On which side of what is held rows are missing."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Place:
    """What a terminal shows of a window: the first row of the page and the cursor, as positions in `rows`."""

    top: int
    cursor: int


class Window(Generic[T]):
    """Rows around a cursor. `name` gives what tells a row from all others, for finding it again."""

    def __init__(self, name: Callable[[T], Hashable], height: int = 1) -> None:
        self._name = name
        self.rows: list[T] = []
        self.more_before = False
        self.more_after = False
        self.top = 0
        self.cursor = 0
        self.height = max(height, 1)

    # What is there

    @property
    def place(self) -> Place:
        """Where page and cursor stand."""
        return Place(self.top, self.cursor)

    @property
    def current(self) -> T | None:
        """The row under the cursor, or None in an empty list."""
        return self.rows[self.cursor] if self.rows else None

    def page(self) -> list[T]:
        """The rows of the page."""
        return self.rows[self.top : self.top + self.height]

    def find(self, name: Hashable) -> int | None:
        """Where the row of that name is held, if it is."""
        return next((at for at, row in enumerate(self.rows) if self._name(row) == name), None)

    # Filling

    def fill(self, piece: Piece[T], *, at_end: bool = False, keep: Hashable | None = None) -> None:
        """Hold this piece instead: the cursor on its first row, its last, or on the row of that name."""
        offset = self.cursor - self.top
        self.rows = list(piece.rows)
        self.more_before, self.more_after = piece.more_before, piece.more_after
        self.top = 0
        self.cursor = len(self.rows) - 1 if at_end and self.rows else 0
        if at_end:
            self.top = max(0, len(self.rows) - self.height)
        elif keep is not None:
            found = self.find(keep)
            # A row that has left the list leaves the cursor where it stood on the page.
            self.cursor = max(0, min(offset, len(self.rows) - 1)) if found is None else found
            self._show_cursor()

    def extend(self, side: Side, piece: Piece[T]) -> None:
        """Add the rows that follow on a side, and let go of what is too far off on the other."""
        if side is Side.AFTER:
            self.rows.extend(piece.rows)
            self.more_after = piece.more_after
            surplus = min(len(self.rows) - self._bound, self.top)
            if surplus > 0:
                del self.rows[:surplus]
                self.top -= surplus
                self.cursor -= surplus
                self.more_before = True
        else:
            self.rows[:0] = piece.rows
            self.top += len(piece.rows)
            self.cursor += len(piece.rows)
            self.more_before = piece.more_before
            surplus = min(len(self.rows) - self._bound, len(self.rows) - (self.top + self.height))
            if surplus > 0:
                del self.rows[-surplus:]
                self.more_after = True

    @property
    def _bound(self) -> int:
        return max(HELD, 3 * self.height)

    def missing(self, *, rows: int = 0, pages: int = 0) -> Side | None:
        """The side on which rows must be fetched before this step, so that the page it leads to is whole."""
        target = self.cursor + rows
        if pages:
            first, behind = self.top + pages * self.height, self.top + (pages + 1) * self.height
        elif self.top <= target < self.top + self.height:
            first, behind = target, target + 1
        elif rows > 0:
            first, behind = target, target + self.height
        else:
            first, behind = target - self.height + 1, target + 1
        if behind > len(self.rows) and self.more_after:
            return Side.AFTER
        return Side.BEFORE if first < 0 and self.more_before else None

    def lacks(self, direction: int) -> Side | None:
        """The side on which the page after next would be missing: what to fetch ahead."""
        if direction >= 0 and self.more_after and self.top + 3 * self.height > len(self.rows):
            return Side.AFTER
        if direction < 0 and self.more_before and self.top < 2 * self.height:
            return Side.BEFORE
        return None

    # Moving

    def move(self, by: int) -> None:
        """Move the cursor by rows; the row below a page begins the next one, the row above ends the one before."""
        if not self.rows:
            return
        self.cursor = max(0, min(self.cursor + by, len(self.rows) - 1))
        if self.cursor >= self.top + self.height:
            self.top = self.cursor
        elif self.cursor < self.top:
            self.top = max(0, self.cursor - self.height + 1)

    def flip(self, pages: int) -> None:
        """Move by whole pages: the cursor to the first row of the next page, or of the one before."""
        if not self.rows:
            return
        top = self.top + pages * self.height
        if top >= len(self.rows):
            self.cursor = len(self.rows) - 1
        else:
            self.top = self.cursor = max(0, top)

    def resize(self, height: int) -> None:
        """The page has another height now."""
        self.height = max(height, 1)
        self._show_cursor()

    def put(self, at: int, row: T) -> None:
        """Another state of the row at that place."""
        self.rows[at] = row

    def drop(self, at: int) -> None:
        """The row at that place has left the list."""
        del self.rows[at]
        if at < self.top:
            self.top -= 1
        if at < self.cursor or self.cursor >= len(self.rows):
            self.cursor = max(0, self.cursor - 1)
        self._show_cursor()

    def _show_cursor(self) -> None:
        if self.cursor >= self.top + self.height:
            self.top = self.cursor - self.height + 1
        elif self.cursor < self.top:
            self.top = self.cursor
