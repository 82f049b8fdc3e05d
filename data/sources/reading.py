"""From the rows of a recognised file to reviews and orders, by its column map; what cannot be read is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from operator import itemgetter
from typing import Any

from data.language import _
from data.settings import Grades
from data.sources.building import Imported, Orders, Reviews, Rows, fields_of
from data.sources.cells import CellRefused, storable
from data.sources.column_map import plain
from data.sources.detect import Recognised
from data.sources.pages import PageReader
from data.sources.rows import RefusedRow
from data.sources.tabular import TableRow, read_table
from data.sources.text import TextFile
from data.sources.workbook import Workbook


def read(recognised: Recognised, split: Grades, shop_zone: tzinfo) -> Iterator[Imported | RefusedRow]:
    """Every row of the file in order, as a review or order, or as refused with line and reason.

    `shop_zone` is for times of a map that names no zone of its own.
    """
    one = recognised.column_map
    fields = fields_of(one)
    build: Rows = Reviews(one, split, shop_zone) if one.kind == "reviews" else Orders(one, shop_zone)
    rows = _table(recognised, fields, build) if recognised.table else _pages(recognised, fields, build)
    for row in rows:
        if isinstance(row, RefusedRow):
            yield row
            continue
        line, values, raw = row
        try:
            yield build(line, values)
        except CellRefused as refusal:
            yield RefusedRow(line, str(refusal), raw())


_SAYING = ("content", "text", "reply", "replyContent", "imgUrl", "url")
"""Names under which an object within a row holds what it says: a reply its words, a picture its address."""

_Row = tuple[int, Sequence[str], Callable[[], tuple[str, ...]]]
"""A row's line, what it says in the order of the fields, and what stood there as it came."""


def _table(
    recognised: Recognised, fields: Sequence[tuple[str, tuple[str, ...]]], build: Rows
) -> Iterator[_Row | RefusedRow]:
    heading = recognised.heading
    places: dict[str, int] = {}
    for place, cell in enumerate(heading):
        places.setdefault(plain(cell), place)
    columns = [[places[plain(alias)] for alias in aliases if plain(alias) in places] for _name, aliases in fields]
    for (name, _aliases), found in zip(fields, columns, strict=True):
        if found:
            build.names[name] = heading[found[0]].strip()
    width = len(heading)
    # A field without a column reads the empty cell that is added behind every row.
    pick = itemgetter(*(found[0] if found else width for found in columns))
    others = [(at, found[1:]) for at, found in enumerate(columns) if len(found) > 1]
    for row in _rows(recognised):
        if row.line <= recognised.heading_line:
            continue
        if isinstance(row, RefusedRow):
            yield row
            continue
        cells = row.cells
        count = len(cells)
        if count > width and any(cell.strip() for cell in cells[width:]):
            reason = _("It has {count} cells where the heading has {width}; perhaps a comma is not quoted.")
            yield RefusedRow(row.line, reason.format(count=count, width=width), tuple(cells))
            continue
        full = [*cells[:width], *[""] * (width - count + 1)] if count != width else [*cells, ""]
        values = pick(full)
        if others:
            values = _filled(values, full, others)
        yield row.line, values, partial(tuple, cells)


def _rows(recognised: Recognised) -> Iterator[TableRow | RefusedRow]:
    file = recognised.file
    if isinstance(file, Workbook):
        return file.rows(recognised.sheet)
    return read_table(file.stream, recognised.between)


def _filled(values: Sequence[str], cells: Sequence[str], others: Sequence[tuple[int, list[int]]]) -> Sequence[str]:
    """The values with the further columns of a field where its first one is blank."""
    filled = list(values)
    for at, columns in others:
        if not filled[at].strip():
            filled[at] = next((cells[column] for column in columns if cells[column].strip()), "")
    return filled


def _pages(
    recognised: Recognised, fields: Sequence[tuple[str, tuple[str, ...]]], build: Rows
) -> Iterator[_Row | RefusedRow]:
    assert isinstance(recognised.file, TextFile)
    one = recognised.column_map
    for row in PageReader(recognised.file.stream, one.rows, one.success).rows():
        if isinstance(row, RefusedRow):
            yield row
            continue
        values = [""] * len(fields)
        for at, (name, aliases) in enumerate(fields):
            for alias in aliases:
                found, value = _find(row.values, alias)
                if not found:
                    continue
                build.names[name] = alias
                values[at] = words(value)
                if values[at].strip():
                    break
        yield row.line, values, partial(_as_json, row.values)


def _as_json(values: Mapping[str, Any]) -> tuple[str, ...]:
    return (storable(json.dumps(values, ensure_ascii=False)),)


def _find(values: Mapping[str, Any], alias: str) -> tuple[bool, Any]:
    if alias in values:
        return True, values[alias]
    inner: Any = values
    for name in alias.split("."):
        if not isinstance(inner, dict) or name not in inner:
            return False, None
        inner = inner[name]
    return True, inner


def words(value: Any) -> str:
    """A value of JSON as text: of objects what they say, of lists one line each."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(filter(None, map(words, value)))
    if isinstance(value, dict):
        return words(next((value[name] for name in _SAYING if name in value), ""))
    return str(value)
