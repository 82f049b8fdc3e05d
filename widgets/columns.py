"""The columns of a list, described by data: what a cell shows, how wide it may be, what gives way first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from widgets.cells import pad, right
from widgets.lines import Span

T = TypeVar("T")

GAP = 2
"""Blank cells between two columns."""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column. `title` is already in the reader's language; widths are cells.

    A column has `least` cells and grows up to `most` with its share of what is left. When even the least do not
    fit, the column with the highest `gives_way` goes first; 0 never goes. One with `wide_from` comes only when the
    whole line has so many cells.
    """

    title: str
    cell: Callable[[T], Span]
    least: int
    most: int
    share: int = 0
    gives_way: int = 0
    to_the_right: bool = False
    weight: bool = False
    """Whether the cursor's row shows this column bold."""
    wide_from: int = 0


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A column and the cells it got."""

    column: Column[T]
    at: int
    cells: int

    def fill(self, text: str) -> str:
        """The text at the column's width."""
        return right(text, self.cells) if self.column.to_the_right else pad(text, self.cells)


def place(columns: Sequence[Column[T]], cells: int, *, margin: int) -> tuple[Placed[T], ...]:
    """Which columns stand where in a line of so many cells, `margin` of them left free at its beginning."""
    kept = [column for column in columns if column.wide_from <= cells]
    while len(kept) > 1 and _least(kept) + margin > cells:
        loser = max(kept, key=lambda column: column.gives_way)
        if not loser.gives_way:
            break
        kept.remove(loser)
    widths = [column.least for column in kept]
    spare = cells - margin - _least(kept)
    while spare > 0:
        growing = [at for at, column in enumerate(kept) if column.share and widths[at] < column.most]
        if not growing:
            break
        shares = sum(kept[at].share for at in growing)
        given = 0
        for at in growing:
            more = min(spare * kept[at].share // shares, kept[at].most - widths[at])
            widths[at] += more
            given += more
        if not given:  # less is left than there are shares: it is worth most where the largest is
            widths[max(growing, key=lambda at: kept[at].share)] += 1
            given = 1
        spare -= given
    placed: list[Placed[T]] = []
    at = margin
    for column, got in zip(kept, widths, strict=True):
        got = max(0, min(got, cells - at))
        placed.append(Placed(column, at, got))
        at += got + GAP
    return tuple(each for each in placed if each.cells)


def _least(columns: Sequence[Column[T]]) -> int:
    return sum(column.least for column in columns) + GAP * (len(columns) - 1)
