"""What a row of the terminal shows, cell by cell, and the fewest bytes that make another row of it.

A page of a list has much in common with the page before: the same grade, platform and owner stand in the same cells,
and so do the blanks. On a slow line that is a third of the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from rich.cells import cell_len, get_character_cell_size

Cell: TypeAlias = tuple[str, str]
"""A character and its style: the parameters of SGR that lead to it from the plain style. The second cell of a wide
character has no text."""

BLANK: Final[Cell] = (" ", "")

_TOKEN: Final = re.compile(r"\x1b\[([\d;:]*)m|([^\x1b]+)")
_SURE: Final = re.compile(
    "[ -~\xa1-\xac\xae-\xff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2300-\u2319\u2500-\u25fc\u2605\u2606"
    "\u2713-\u2718\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6b"
    "\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]*"
)
"""Characters that terminals agree on; of what else stands in a row, the end may stand anywhere."""
_OWN_COLOURS: Final = ("39", "49")
_SHORT_GAP: Final = 4
"""Bytes that moving the cursor over a gap takes."""


def cells_of(content: str) -> tuple[list[Cell], bool]:
    """The cells of one styled piece, and whether every terminal gives its characters the same widths."""
    cells: list[Cell] = []
    style, sure = "", True
    for sgr, text in _TOKEN.findall(content):
        if text:
            run, certain = _run(text, style)
            cells += run
            sure = sure and certain
        else:
            style = _after(style, sgr)
    return cells, sure


@lru_cache(maxsize=4096)
def _run(text: str, style: str) -> tuple[tuple[Cell, ...], bool]:
    """The cells of a text in one style; the same words stand in many rows."""
    if not _SURE.fullmatch(text):
        return (BLANK,) * cell_len(text), False  # it is written as it is: nothing but its length counts
    blank = (" ", style) if _paints_blanks(style) else BLANK
    if text.isascii():
        return tuple((character, style) if character != " " else blank for character in text), True
    cells: list[Cell] = []
    for character in text:
        cells.append((character, style) if character != " " else blank)
        if get_character_cell_size(character) == 2:
            cells.append(("", style))
    return tuple(cells), True


@lru_cache(maxsize=256)
def _paints_blanks(style: str) -> bool:
    """Whether a blank in this style is seen: a line under, over or through it, a ground, or both turned round."""
    return re.search(r"(?:^|;)(?:4[0-9]?|7|9|10[0-7]|21|53)(?:;|$)", style) is not None


@lru_cache(maxsize=256)
def _after(style: str, sgr: str) -> str:
    """The style after another SGR; the terminal's own colours need not be named where no other was."""
    if sgr in ("", "0"):
        return ""
    if sgr.startswith("0;"):
        style, sgr = "", sgr[2:]
    if not style:
        return ";".join(each for each in sgr.split(";") if each not in _OWN_COLOURS)
    return f"{style};{sgr}"


class ShownRow:
    """One row as far as it is known. `None` is a cell that nobody knows."""

    __slots__ = ("cells", "sure")

    def __init__(self) -> None:
        self.cells: list[Cell | None] = []
        self.sure = True

    def with_pieces(self, pieces: Iterable[tuple[int, str]]) -> ShownRow:
        """The row after these pieces, each with its column from 0, were written."""
        row = ShownRow()
        row.cells, row.sure = self.cells.copy(), self.sure
        for column, content in pieces:
            written, sure = cells_of(content)
            row._put(column, written)
            row.sure = sure and (row.sure or (column == 0 and len(written) >= len(row.cells)))
        return row

    def _put(self, column: int, written: Sequence[Cell]) -> None:
        cells, end = self.cells, column + len(written)
        if not written:
            return
        cells += [None] * (column - len(cells))
        if 0 < column < len(cells) and _is_half(cells[column]):
            cells[column - 1] = BLANK
        if end < len(cells) and _is_half(cells[end]):
            cells[end] = BLANK
        cells[column:end] = written


def _is_half(cell: Cell | None) -> bool:
    return cell is not None and not cell[0]


class Writer:
    """Collects what is to be written; the style is carried from row to row and plain again at the end."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._style = ""

    def text(self) -> str:
        """Everything, ending in the plain style."""
        self._turn_to("")
        return "".join(self._out)

    def as_it_is(self, row: int, pieces: Iterable[tuple[int, str]]) -> None:
        """Write pieces of which no cell is sure, each at its column from 0."""
        for column, content in pieces:
            self._turn_to("")
            self._out.append(f"{_place(row, column)}{content}\x1b[m")

    def change(self, row: int, before: ShownRow, after: ShownRow, width: int) -> None:
        """Make the row of that number (from 1) show `after` where it shows `before`, on a screen of so many cells."""
        old: list[Cell | None] = before.cells if before.sure else []
        new = after.cells
        end = _tail(new) if len(new) >= width > 0 else len(new)
        if sum(was != BLANK for was in [*old[end:], *[None] * (len(new) - max(end, len(old)))]) <= _SHORT_GAP:
            end = len(new)
        here = self._cells(row, old, new, end)
        if end < len(new):
            if here != end:
                self._out.append(_place(row, end))
            if _paints_blanks(self._style):
                self._turn_to("")
            self._out.append("\x1b[K")

    def _cells(self, row: int, old: Sequence[Cell | None], new: Sequence[Cell | None], end: int) -> int:
        """Write the cells before `end` that differ; give where the cursor is then, -1 when it was never placed."""
        here, out = -1, self._out
        common = min(len(old), end)
        differ = [at for at, (was, now) in enumerate(zip(old[:common], new, strict=False)) if was != now]
        for at in (*differ, *range(common, end)):
            cell = new[at]
            if cell is None or at < here:
                continue
            text, style = cell
            if not text:
                continue  # its first half differs as well
            if here < 0:
                out.append(_place(row, at))
            elif here < at:
                self._skip(new[here:at])
            if style != self._style and not self._suits(cell):
                self._turn_to(style)
            out.append(text)
            here = at + 1
            if here < len(new) and (half := new[here]) is not None and not half[0]:
                here += 1
        return here

    def _skip(self, gap: Sequence[Cell | None]) -> None:
        """Go over cells that stay as they are: by writing them again where that is shorter."""
        if len(gap) <= _SHORT_GAP and all(cell is not None and self._suits(cell) for cell in gap):
            text = "".join(cell[0] for cell in gap if cell is not None)
            if len(text.encode()) <= _SHORT_GAP:
                self._out.append(text)
                return
        self._out.append(f"\x1b[{len(gap)}C" if len(gap) > 1 else "\x1b[C")

    def _suits(self, cell: Cell) -> bool:
        """Whether the cell can be written in the style of the moment; a blank can in every style that paints none."""
        return cell[1] == self._style or (cell == BLANK and not _paints_blanks(self._style))

    def _turn_to(self, style: str) -> None:
        if style == self._style:
            return
        if style.startswith(f"{self._style};") and self._style:
            self._out.append(f"\x1b[{style[len(self._style) + 1 :]}m")
        else:
            self._out.append(f"\x1b[{';' if self._style and style else ''}{style}m")
        self._style = style


def _tail(cells: Sequence[Cell | None]) -> int:
    """Where the blanks at the end of a row begin."""
    end = len(cells)
    while end and cells[end - 1] == BLANK:
        end -= 1
    return end


def _place(row: int, column: int) -> str:
    return f"\x1b[{row};{column + 1}H" if column else f"\x1b[{row}H"
