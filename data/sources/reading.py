"""From the rows of a recognised file to reviews and orders, by its column map; what cannot be read is refused."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from data.clock import zone
from data.language import _
from data.money import parse_money
from data.settings import Grades
from data.sources.cells import (
    CellRefused,
    clean_id,
    clean_line,
    clean_phone,
    clean_text,
    clean_time,
    shown,
    storable,
)
from data.sources.column_map import ColumnMap, plain
from data.sources.detect import Recognised
from data.sources.pages import PageReader, PageRow
from data.sources.rows import ImportedOrder, ImportedPhone, ImportedReview, RefusedRow
from data.sources.tabular import TableRow, read_table
from data.vocabulary import Grade

Imported = ImportedReview | ImportedOrder

_STARS = re.compile(r"([0-9])(?:\.0+)?(?:星|分|颗星|stars?)?")
_TRACKING_PREFIX = re.compile(r"^no[:.]", re.IGNORECASE)


def grade_of(rating: int, stars: bool, split: Grades) -> Grade:
    """The grade of a rating of one to five: by the settings' split of stars, or as the platform's own three grades."""
    if not stars:
        return Grade.GOOD if rating > 3 else Grade.NEUTRAL if rating == 3 else Grade.BAD
    if rating <= split.bad_max:
        return Grade.BAD
    return Grade.NEUTRAL if rating <= split.neutral_max else Grade.GOOD


def read(recognised: Recognised, split: Grades, shop_zone: tzinfo) -> Iterator[Imported | RefusedRow]:
    """Every row of the file in order, as a review or order, or as refused with line and reason.

    `shop_zone` is for times of a map that names no zone of its own.
    """
    one = recognised.column_map
    build = _Reviews(one, split, shop_zone) if one.kind == "reviews" else _Orders(one, shop_zone)
    cells: Iterator[_Cells | RefusedRow] = _table(recognised) if recognised.table else _pages(recognised)
    for row in cells:
        if isinstance(row, RefusedRow):
            yield row
            continue
        try:
            build.check_only(row)
            yield build(row)
        except CellRefused as refusal:
            yield RefusedRow(row.line, str(refusal), row.raw())


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row by fields: what each field's columns say, and what those columns are called in this file."""

    line: int
    values: dict[str, str]
    names: Mapping[str, str]
    raw: Callable[[], tuple[str, ...]]
    lists: Mapping[str, int]
    """How long the lists are that stood in a cell: pictures."""

    def __getitem__(self, field: str) -> str:
        return self.values.get(field, "")

    def name(self, field: str) -> str:
        """What the file calls the column of a field."""
        return self.names.get(field, field)

    def has(self, field: str) -> bool:
        """Whether the file has a column for the field."""
        return field in self.values


def _table(recognised: Recognised) -> Iterator[_Cells | RefusedRow]:
    one, heading = recognised.column_map, recognised.heading
    places: dict[str, int] = {}
    for place, cell in enumerate(heading):
        places.setdefault(plain(cell), place)
    fields = {**one.columns, **{f"only.{name}": (name,) for name in one.only}}
    plan = [
        (field, [places[plain(alias)] for alias in aliases if plain(alias) in places])
        for field, aliases in fields.items()
    ]
    plan = [(field, columns) for field, columns in plan if columns]
    names = {field: heading[columns[0]].strip() for field, columns in plan}
    single = [(field, columns[0]) for field, columns in plan if len(columns) == 1]
    several = [(field, columns) for field, columns in plan if len(columns) > 1]
    width = len(heading)
    for row in read_table(recognised.file.stream, recognised.between):
        if row.line <= recognised.heading_line:
            continue
        if isinstance(row, RefusedRow):
            yield row
            continue
        cells = row.cells
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        elif len(cells) > width and any(cell.strip() for cell in cells[width:]):
            reason = _("It has {count} cells where the heading has {width}; perhaps a comma is not quoted.")
            yield RefusedRow(row.line, reason.format(count=len(cells), width=width), tuple(cells))
            continue
        values = {field: cells[place] for field, place in single}
        for field, columns in several:
            values[field] = next((cells[place] for place in columns if cells[place].strip()), "")
        yield _Cells(row.line, values, names, _raw_table(row), {})


def _raw_table(row: TableRow) -> Callable[[], tuple[str, ...]]:
    return lambda: tuple(row.cells)


def _pages(recognised: Recognised) -> Iterator[_Cells | RefusedRow]:
    one = recognised.column_map
    fields = {**one.columns, **{f"only.{name}": (name,) for name in one.only}}
    for row in PageReader(recognised.file.stream, one.rows).rows():
        if isinstance(row, RefusedRow):
            yield row
            continue
        values: dict[str, str] = {}
        names: dict[str, str] = {}
        lists: dict[str, int] = {}
        for field, aliases in fields.items():
            for alias in aliases:
                found, value = _find(row.values, alias)
                if not found:
                    continue
                names.setdefault(field, alias)
                if isinstance(value, list):
                    lists[field] = len(value)
                values[field] = words(value)
                if values[field].strip():
                    names[field] = alias
                    break
        yield _Cells(row.line, values, names, _raw_page(row), lists)


def _raw_page(row: PageRow) -> Callable[[], tuple[str, ...]]:
    return lambda: (storable(json.dumps(row.values, ensure_ascii=False)),)


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
        return words(next((value[name] for name in ("content", "text", "reply") if name in value), ""))
    return str(value)


class _Rows:
    """What reviews and orders share: ids, names, times of one map."""

    def __init__(self, one: ColumnMap, shop_zone: tzinfo) -> None:
        self._map = one
        self._zone = zone(one.zone) if one.zone else shop_zone
        self._only = {f"only.{name}": frozenset(map(plain, allowed)) for name, allowed in one.only.items()}

    def check_only(self, row: _Cells) -> None:
        """Raise CellRefused when the row says that it is not for us."""
        for name, allowed in self._only.items():
            said = row[name].strip()
            if said and plain(said) not in allowed:
                raise CellRefused(
                    _("{column} is {text}: this row is none of the buyers' own.").format(
                        column=row.name(name), text=shown(said)
                    )
                )

    def _key(self, row: _Cells) -> str:
        parts = []
        for field in self._map.key:
            part = clean_line(row[field]) if self._map.hashed_key else clean_id(row[field], row.name(field))
            if not part:
                raise CellRefused(_("{column} is empty.").format(column=row.name(field)))
            parts.append(part)
        if self._map.hashed_key:
            return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
        return ":".join(parts)

    def _id(self, row: _Cells, field: str) -> str | None:
        value = row[field]
        return (clean_id(value, row.name(field)) or None) if value else None

    def _line(self, row: _Cells, field: str) -> str | None:
        value = row[field]
        return (clean_line(value) or None) if value else None

    def _time(self, row: _Cells, field: str) -> int | None:
        value = row[field]
        if not value or value.strip() in ("", "0", "-"):
            return None
        return clean_time(value, row.name(field), self._map.times, self._zone)


class _Reviews(_Rows):
    """Builds reviews."""

    def __init__(self, one: ColumnMap, split: Grades, shop_zone: tzinfo) -> None:
        super().__init__(one, shop_zone)
        self._split = split

    def __call__(self, row: _Cells) -> ImportedReview:
        """The review that the row tells, or CellRefused."""
        raw, rating = self._rating(row)
        created_at = self._time(row, "created_at")
        if created_at is None:
            raise CellRefused(_("{column} is empty.").format(column=row.name("created_at")))
        appended = self._words(row, "appended_text")
        return ImportedReview(
            line=row.line,
            external_id=self._key(row),
            grade=grade_of(rating, self._map.stars, self._split),
            rating=rating,
            raw_rating=raw,
            raw_scale=self._map.scale,
            text=clean_text(row["text"], row.name("text")),
            created_at=created_at,
            order_external_id=self._id(row, "order_id"),
            shop_name=self._line(row, "shop_name"),
            shop_external_id=self._id(row, "shop_id"),
            buyer_uid=self._id(row, "buyer_id"),
            nick=clean_line(row["buyer_nick"]),
            product=clean_line(row["product"]),
            product_external_id=self._id(row, "product_id"),
            variant=self._line(row, "variant"),
            appended_text=appended,
            appended_at=self._time(row, "appended_at") if appended else None,
            reply_text=self._words(row, "reply"),
            pictures=self._pictures(row),
        )

    def _rating(self, row: _Cells) -> tuple[str, int]:
        raw = clean_line(row["rating"])
        rating = self._map.ratings.get(plain(raw))
        if rating is None and (stars := _STARS.fullmatch(plain(raw))):
            rating = self._map.ratings.get(stars[1])
        if rating is None:
            raise CellRefused(
                _("{column} is {text}, which is no rating here.").format(column=row.name("rating"), text=shown(raw))
            )
        return raw, rating

    def _words(self, row: _Cells, field: str) -> str | None:
        value = row[field]
        return clean_text(value, row.name(field)) if value and not value.isspace() else None

    def _pictures(self, row: _Cells) -> int:
        if "pictures" in row.lists:
            return row.lists["pictures"]
        value = row["pictures"]
        return len([part for part in re.split(r"[\s,;|\[\]\"]+", value) if part]) if value else 0


class _Orders(_Rows):
    """Builds orders."""

    def __call__(self, row: _Cells) -> ImportedOrder:
        """The order that the row tells, or CellRefused."""
        tracking = self._id_or_none(row, "tracking")
        return ImportedOrder(
            line=row.line,
            external_id=self._key(row),
            shop_name=self._line(row, "shop_name"),
            shop_external_id=self._id(row, "shop_id"),
            buyer_uid=self._id(row, "buyer_id"),
            nick=clean_line(row["buyer_nick"]),
            product=clean_line(row["product"]),
            product_external_id=self._id(row, "product_id"),
            variant=self._line(row, "variant"),
            amount_minor=self._money(row),
            currency=self._map.currency,
            paid_at=self._time(row, "paid_at"),
            sent_at=self._time(row, "sent_at"),
            expected_at=self._time(row, "expected_at"),
            signed_at=self._time(row, "signed_at"),
            carrier=self._line(row, "carrier"),
            tracking=tracking,
            status=self._line(row, "status"),
            name=self._line(row, "name"),
            phone=self._phone(row),
            address=self._line(row, "address"),
        )

    def _id_or_none(self, row: _Cells, field: str) -> str | None:
        value = _TRACKING_PREFIX.sub("", row[field].strip())
        return (clean_id(value, row.name(field)) or None) if value else None

    def _money(self, row: _Cells) -> int | None:
        value = row["amount"].strip()
        if not value:
            return None
        try:
            return parse_money(value, self._map.currency)
        except ValueError as error:
            raise CellRefused(f"{row.name('amount')}: {error}") from error

    def _phone(self, row: _Cells) -> ImportedPhone | None:
        value = row["phone"]
        phone = clean_phone(value, row.name("phone")) if value else None
        if phone is None:
            return None
        extension = self._id(row, "phone_extension") or phone.extension
        expires_at = self._time(row, "phone_expires_at")
        virtual = phone.virtual or extension is not None or expires_at is not None
        return ImportedPhone(phone.number, extension, virtual, expires_at)
