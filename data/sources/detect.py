"""Which source a file is from: by what is in it, never by its name."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from data.errors import SourceError
from data.language import _
from data.sources.column_map import ColumnMap, plain
from data.sources.opening import SourceFile
from data.sources.pages import BrokenJson, PageReader, PageRow
from data.sources.rows import RefusedRow
from data.sources.tabular import LONGEST_ROW, TableRow, delimiter, read_table
from data.sources.text import TextFile
from data.sources.workbook import Workbook

_HEADING_WITHIN = 10
"""Some exports have a title or the span of days above the heading."""


_NAMED = 3
"""Of a column that is missing, so many of its names are told."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file whose source is known: its map, and for a table its heading."""

    file: SourceFile
    column_map: ColumnMap
    table: bool
    between: str = ","
    sheet: int = 0
    heading: tuple[str, ...] = ()
    heading_line: int = 0


def recognise(file: SourceFile, maps: Sequence[ColumnMap]) -> Recognised:
    """The one source that a file is from. Raises SourceError, naming the column that a near match lacks."""
    if isinstance(file, Workbook):
        found = _table(file, maps, ((file.rows(sheet), "", sheet) for sheet in range(len(file.sheets))))
        file.rewind()
        return found
    start = file.stream.read(4096).lstrip("\ufeff \t\r\n")[:1]
    file.rewind()
    found = _pages(file, maps) if start in ("{", "[") else _table(file, maps, _parted(file))
    file.rewind()
    return found


def _pages(file: TextFile, maps: Sequence[ColumnMap]) -> Recognised:
    places = sorted({place for one in maps for place in one.rows})
    reader = PageReader(file.stream, places, success(maps))
    try:
        first = next((row for row in reader.rows() if isinstance(row, PageRow)), None)
    except BrokenJson as error:
        raise _refused(
            file, _("It begins like JSON and is not ({why}).").format(why=error), _("Fetch or export it again.")
        ) from error
    if first is None and reader.platform_error is not None:
        why = _("The platform answered with an error instead of reviews: {error}.")
        raise _refused(file, why.format(error=reader.platform_error), _("Fetch the page again."))
    if reader.found is None:
        raise _unknown(file, maps)
    candidates = [one for one in maps if reader.found in one.rows]
    names = frozenset(first.values) if first else frozenset()
    best = max(candidates, key=lambda one: sum(any(alias in names for alias in of) for of in one.columns.values()))
    if first is not None:
        missing = [field for field in best.needs if not _has_field(first, _aliases(best, field))]
        if missing:
            raise _lacks(file, best, missing)
    return Recognised(file, best, table=False)


def success(maps: Sequence[ColumnMap]) -> dict[str, str]:
    """What pages say beside their rows when the platform has no error to tell."""
    return {name: value for one in maps for name, value in one.success.items()}


def _has_field(row: PageRow, aliases: Sequence[str]) -> bool:
    return any(alias.split(".")[0] in row.values for alias in aliases)


def _parted(file: TextFile) -> Iterator[tuple[Iterable[TableRow | RefusedRow], str, int]]:
    """The beginning of the file as a table, parted by each sign that may stand between its cells."""
    head = file.stream.read(LONGEST_ROW // 16)
    first_line = head.split("\n", 1)[0]
    for between in dict.fromkeys((delimiter(first_line), ",", "\t", ";")):
        yield read_table(io.StringIO(head, newline=""), between), between, 0


def _table(
    file: SourceFile,
    maps: Sequence[ColumnMap],
    tables: Iterable[tuple[Iterable[TableRow | RefusedRow], str, int]],
) -> Recognised:
    nearly: tuple[ColumnMap, list[str]] | None = None
    for rows, between, sheet in tables:
        for row in islice(rows, _HEADING_WITHIN):
            if isinstance(row, RefusedRow):
                continue
            names = {plain(cell) for cell in row.cells}
            fitting = [one for one in maps if any(names.issuperset(mark) for mark in one.marks)]
            whole = [one for one in fitting if not _missing(one, names)]
            if whole:
                best = max(whole, key=lambda one: _known(one, names))
                return Recognised(file, best, True, between, sheet, tuple(row.cells), row.line)
            for one in fitting:
                missing = _missing(one, names)
                if _known(one, names) >= 3 and (nearly is None or len(missing) < len(nearly[1])):
                    nearly = (one, missing)
    if nearly is not None:
        raise _lacks(file, *nearly)
    raise _unknown(file, maps)


def _known(one: ColumnMap, names: set[str]) -> int:
    return sum(any(plain(alias) in names for alias in aliases) for aliases in one.columns.values())


def _aliases(one: ColumnMap, field: str) -> tuple[str, ...]:
    """The columns that fill a needed field: a rating may be stars or the platform's own grades."""
    return (*one.columns[field], *(one.columns.get("rank", ()) if field == "rating" else ()))


def _missing(one: ColumnMap, names: set[str]) -> list[str]:
    return [field for field in one.needs if not any(plain(alias) in names for alias in _aliases(one, field))]


def _lacks(file: SourceFile, one: ColumnMap, missing: Sequence[str]) -> SourceError:
    names = "; ".join(" / ".join(_aliases(one, field)[:_NAMED]) for field in missing)
    return _refused(
        file,
        _("It looks like “{title}”, but a needed column is missing: {names}.").format(title=one.title, names=names),
        _("Export it with all columns, or add its name for the column to a copy of {map}.").format(map=one.path.name),
    )


def _unknown(file: SourceFile, maps: Sequence[ColumnMap]) -> SourceError:
    titles = ", ".join(f"{one.title} ({one.source})" for one in maps)
    return _refused(
        file,
        _("Its content is from no source that is known here: {titles}.").format(titles=titles),
        _("Export reviews or orders from the platform, or write a column map for it."),
    )


def _refused(file: SourceFile, why: str, remedy: str) -> SourceError:
    return SourceError(
        _("This file cannot be imported"), _("{file}: {why}").format(file=file.path.name, why=why), remedy
    )
