"""The rows of a spreadsheet's sheet, as text, one after the other: only the row under way is held.

The sheet's own word on how many rows and columns it has is not looked at: exports often say it wrongly. What a cell
holds as a number comes as its digits, or marked where digits are lost; dates come as `2026-11-16 10:26:00`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import IO

from data.language import _
from data.sources.cells import EXACT_DIGITS, Numeral
from data.sources.markup import FAULTS, Attributes, BrokenXml, walk
from data.sources.rows import RefusedRow
from data.sources.tabular import LONGEST_ROW, TableRow

MOST_COLUMNS = 1_000
MOST_ROWS = 1 << 20
"""A sheet has no more rows than this."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a sheet knows no zones
_LAST_DAY = 2_958_466
"""The serial number after 9999-12-31."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of every sheet of one workbook refer to."""

    texts: Sequence[str] = ()
    dates: Sequence[bool] = ()
    """For each style, whether it shows a number as a date."""

    from_1904: bool = False


def rows_of(stream: IO[bytes], book: Book) -> Iterator[tuple[int, list[TableRow | RefusedRow]]]:
    """Every row that is not blank with its number, some at a time, and how many bytes of the sheet are done.

    Where the sheet breaks off, a refused row stands at its end.
    """
    sheet = _Sheet(book)
    walked = walk(stream, sheet.start, sheet.end, sheet.text)
    done = 0
    while True:
        try:
            done = next(walked)
        except StopIteration:
            return
        except FAULTS:
            sheet.break_off()
            yield done, sheet.rows
            return
        if sheet.rows:
            yield done, sheet.rows
            sheet.rows = []


class _Sheet:
    """Follows the elements of a sheet and gathers its rows."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._prefix: str | None = None
        self.rows: list[TableRow | RefusedRow] = []
        self._count = 0
        self._line = 0
        self._cells: list[str] = []
        self._size = 0
        self._why = ""
        self._column = 0
        self._kind: str | None = None
        self._style: str | None = None
        self._parts: list[str] = []
        self._listening = False
        self._phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self._prefix:
            name = name.removeprefix(self._prefix)
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v" or name == "t":
            self._listening = not self._phonetic
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name == "rPh":
            self._phonetic = True
        elif self._prefix is None:
            self._prefix = name[: name.rfind(":") + 1]

    def text(self, text: str) -> None:
        if self._listening and not self._why:
            self._size += len(text)
            if self._size > LONGEST_ROW:
                self._why = _("This row is longer than any row.")
            self._parts.append(text)

    def end(self, name: str) -> None:
        if self._prefix:
            name = name.removeprefix(self._prefix)
        if name == "v" or name == "t":
            self._listening = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._phonetic = False

    def break_off(self) -> None:
        """What follows cannot be read."""
        why = _("The file breaks off or is damaged here; what follows was not read.")
        self.rows.append(RefusedRow(self._line + 1, why))

    def _begin_row(self, number: str) -> None:
        self._line = int(number) if number.isdecimal() and len(number) < 9 else self._line + 1
        self._cells = []
        self._size = 0
        self._why = ""

    def _begin_cell(self, attributes: Attributes) -> None:
        where = attributes.get("r")
        self._column = _column(where.rstrip("0123456789")) if where else len(self._cells)
        self._kind = attributes.get("t")
        self._style = attributes.get("s")
        self._parts = []
        if self._column >= MOST_COLUMNS:
            self._why = _("It has more than {count} columns.").format(count=MOST_COLUMNS)

    def _end_cell(self) -> None:
        parts = self._parts
        if not parts or self._why:
            return
        said = parts[0] if len(parts) == 1 else "".join(parts)
        self._parts = []
        kind = self._kind
        if kind == "s":
            place = int(said) if said.isdecimal() and len(said) < 9 else MOST_ROWS << 3
            if place >= len(self._book.texts):
                self._why = _("A cell refers to a text that the workbook lacks.")
                return
            said = self._book.texts[place]
            self._size += len(said)
            if self._size > LONGEST_ROW:
                self._why = _("This row is longer than any row.")
        elif kind is None or kind == "n":
            said = self._number(said)
        elif kind == "b":
            said = "true" if said == "1" else "false"
        else:
            said = unescaped(said)
        cells = self._cells
        if self._column > len(cells):
            cells.extend([""] * (self._column - len(cells)))
        if self._column == len(cells):
            cells.append(said)
        else:
            cells[self._column] = said

    def _end_row(self) -> None:
        cells = self._cells
        if self._why:
            self.rows.append(RefusedRow(self._line, self._why, tuple(cell[:200] for cell in cells[:100])))
        elif any(cell.strip() for cell in cells):
            self.rows.append(TableRow(self._line, cells))
        else:
            return
        self._cells = []
        self._count += 1
        if self._count > MOST_ROWS:
            raise BrokenXml("rows")

    def _number(self, said: str) -> str:
        style = self._style
        if style is not None and self._shows_dates(style):
            return self._date(said)
        if said.isdecimal() and len(said) <= EXACT_DIGITS:
            return said
        return plain_number(said)

    def _shows_dates(self, style: str) -> bool:
        dates = self._book.dates
        return style.isdecimal() and len(style) < 9 and int(style) < len(dates) and dates[int(style)]

    def _date(self, said: str) -> str:
        try:
            serial = float(said)
        except ValueError:
            return said
        if not 0 <= serial < _LAST_DAY:
            return plain_number(said)
        moment = _FIRST_DAY[self._book.from_1904] + timedelta(seconds=round(serial * 86_400))
        return f"{moment:%Y-%m-%d %H:%M:%S}"


def plain_number(said: str) -> str:
    """A number's shortest exact form: 59.9 for 59.899999999999999, 1200 for 1.2E3; marked where digits are lost."""
    try:
        value = float(said)
    except ValueError:
        return said
    if not value.is_integer():
        return repr(value)
    if abs(value) < 10**EXACT_DIGITS:
        return str(int(value))
    return Numeral(said)


def unescaped(said: str) -> str:
    """Text with the control characters that the format writes as _x000D_."""
    if "_x" not in said:
        return said
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), said)


@lru_cache(maxsize=2048)
def _column(letters: str) -> int:
    """A=0, Z=25, AA=26; what is no column lies beyond all."""
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return MOST_COLUMNS
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
