"""Rows of a table in text: comma, semicolon or tab between cells, quoted cells with line ends, true line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from data.language import _
from data.sources.rows import RefusedRow

LONGEST_ROW = 1 << 20
MOST_LINES = 2_000
"""A row that grows beyond this many characters or lines has a quotation mark that is never closed."""

_DELIMITERS = ",\t;"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's cells, and the line of the file at which it begins, counted from 1."""

    line: int
    cells: list[str]


class _Endless(Exception):
    """A row has outgrown every row: a quotation mark is not closed."""


def delimiter(first_line: str) -> str:
    """What stands between the cells, judged by the heading; a comma where there is no sign of any."""
    return max(_DELIMITERS, key=first_line.count)


def read_table(stream: io.TextIOBase, between: str = ",") -> Iterator[TableRow | RefusedRow]:
    """Every row that is not blank, in order. A quotation mark that is never closed costs its own line only."""
    lines = _Lines(stream)
    # The library's own limit is for the whole process; rows are bounded here, line by line.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_ROW))
    while True:
        reader = csv.reader(lines, delimiter=between)
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield TableRow(lines.first, cells)
                lines.begin()
            return
        except _Endless:
            refused = lines.give_up()
            yield RefusedRow(lines.first, _("A quotation mark opens here and is not closed."), (refused,))
        except csv.Error as error:
            refused = lines.give_up()
            yield RefusedRow(lines.first, _("This line is not a row of a table ({why}).").format(why=error), (refused,))
        lines.begin()


class _Lines:
    """Lines for the reader, which remembers those of the row under way so that a wrong one can be taken back."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream
        self._again: list[str] = []
        self._row: list[str] = []
        self._size = 0
        self.first = 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._stream.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        self._row.append(line)
        self._size += len(line)
        if self._size > LONGEST_ROW or len(self._row) > MOST_LINES:
            raise _Endless
        return line

    def begin(self) -> None:
        """A row has ended: the next line begins another."""
        self.first += len(self._row)
        self._row.clear()
        self._size = 0

    def give_up(self) -> str:
        """Keep only the first line of the row under way; the others are read anew."""
        self._again.extend(reversed(self._row[1:]))
        del self._row[1:]
        return self._row[0][:1000].rstrip("\r\n") if self._row else ""
