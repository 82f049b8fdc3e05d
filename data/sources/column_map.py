"""Column maps: one TOML file a source says how its files are recognised and what their columns mean.

The shipped maps lie in `maps/`; a shop copies one into its own folder and changes the copy, and one of the same file
name is used in its place. Every map is checked when it is loaded, and a mistake names file and key.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.clock import zone
from data.errors import ContentError, SettingsError
from data.language import _
from data.sources.cells import TIME_FORMS
from data.vocabulary import Platform

SHIPPED = Path(__file__).parent / "maps"
FORMAT = 1

_SHARED = frozenset({"order_id", "buyer_id", "buyer_nick", "shop_name", "shop_id", "product_id", "product", "variant"})
_OF_REVIEWS = frozenset(
    {"review_id", "rating", "rank", "headline", "text", "created_at", "appended_text", "appended_at", "reply"}
    | {"pictures", "email"}
)
_OF_ORDERS = frozenset(
    {"amount", "paid_at", "sent_at", "expected_at", "signed_at", "carrier", "tracking", "status"}
    | {"name", "phone", "phone_extension", "phone_expires_at", "address"}
)
FIELDS = {"reviews": _SHARED | _OF_REVIEWS, "orders": _SHARED | _OF_ORDERS}
"""What a map of each kind may fill."""

_INDISPENSABLE = {"reviews": ("rating", "text", "created_at"), "orders": ("order_id",)}


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How the files of one source are read."""

    path: Path
    source: str
    title: str
    kind: str
    platform: Platform
    also: tuple[Platform, ...]
    zone: str
    currency: str
    rows: tuple[tuple[str, ...], ...]
    """Where in a JSON page the rows are: names of nested objects."""

    success: Mapping[str, str]
    """What a page says beside its rows when the platform has no error to tell."""

    marks: tuple[tuple[str, ...], ...]
    """Columns of a table; those of one mark must all be there."""

    needs: tuple[str, ...]
    key: tuple[str, ...]
    hashed_key: bool
    columns: Mapping[str, tuple[str, ...]]
    only: Mapping[str, tuple[str, ...]]
    scale: str
    stars: bool
    ratings: Mapping[str, int]
    rank_scale: str
    ranks: Mapping[str, int]
    """The platform's own three grades, where a table gives them beside stars or instead of them."""

    times: tuple[str, ...]


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A column's name as it is compared: full-width forms, case, spaces and a closing colon do not matter."""
    text = unicodedata.normalize("NFKC", heading)
    kept = "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc"))
    return kept.strip("=\"':").casefold()


def load_maps(folder: Path | None = None) -> tuple[ColumnMap, ...]:
    """Every map: the shipped ones, each replaced by the file of the same name in `folder`, and the others there.

    A folder that does not exist holds nothing. Raises ContentError naming the file and the key.
    """
    files = {path.name: path for path in sorted(SHIPPED.glob("*.toml"))}
    if folder is not None and folder.is_dir():
        files |= {path.name: path for path in sorted(folder.glob("*.toml"))}
    return tuple(load_map(path) for path in files.values())


def load_map(path: Path) -> ColumnMap:
    """One map, checked. Raises ContentError."""
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(
            _("A column map cannot be read"),
            _("{path}: {why}.").format(path=path, why=error),
            _("Correct it, or delete the copy: the shipped map is used then."),
        ) from error
    return _Checked(path, content).column_map()


class _Checked:
    """One map being checked: takes keys out of the tree, so that what is left over is unknown."""

    def __init__(self, path: Path, content: dict[str, Any]) -> None:
        self._path = path
        self._content = content

    def column_map(self) -> ColumnMap:
        """The map, or ContentError."""
        if self._take("format", int) != FORMAT:
            raise self._wrong("format", _("This program reads format {number}.").format(number=FORMAT))
        kind = self._one_of("kind", FIELDS)
        recognise = self._section("recognise")
        key = self._section("key")
        rating = self._section("rating") if kind == "reviews" else None
        rank = self._section("rank") if "rank" in self._content and kind == "reviews" else None
        time = self._section("time")
        found = ColumnMap(
            path=self._path,
            source=self._take("source", str),
            title=self._take("title", str),
            kind=kind,
            platform=Platform(self._one_of("platform", list(Platform))),
            also=tuple(Platform(name) for name in self._names("also", list(Platform))),
            zone=self._zone(),
            currency=self._take("currency", str),
            rows=tuple(tuple(where.split(".")) if where else () for where in recognise._names("rows")),
            success=recognise._texts("success") if "success" in recognise._content else {},
            marks=tuple(tuple(map(plain, mark.split("+"))) for mark in recognise._names("marks")),
            needs=recognise._names("needs", FIELDS[kind]),
            key=key._names("of", FIELDS[kind]),
            hashed_key=key._take("hash", bool),
            columns=self._columns(kind),
            only=self._section("only")._lists(),
            scale=rating._take("scale", str) if rating else "",
            stars=rating._take("stars", bool) if rating else False,
            ratings=rating._ratings() if rating else {},
            rank_scale=rank._take("scale", str) if rank else "",
            ranks=rank._ratings() if rank else {},
            times=time._names("forms", TIME_FORMS),
        )
        for section in (recognise, key, time, rating, rank, self):
            if section is not None:
                section._nothing_left()
        self._check_whole(found)
        return found

    def _check_whole(self, found: ColumnMap) -> None:
        for field in (*found.needs, *found.key, *_INDISPENSABLE[found.kind]):
            if not found.columns.get(field):
                raise self._wrong(f"columns.{field}", _("This field is needed and has no column."))
        if not found.key:
            raise self._wrong("key.of", _("Rows without a key cannot be told apart."))
        if not found.rows and not found.marks:
            raise self._wrong("recognise.marks", _("Without rows or marks no file is recognised."))

    def _columns(self, kind: str) -> dict[str, tuple[str, ...]]:
        section = self._section("columns")
        for name in section._content:
            section._known(f"columns.{name}", name, FIELDS[kind])
        return section._lists()

    def _zone(self) -> str:
        name = self._take("zone", str)
        try:
            return zone(name).key if name else ""
        except SettingsError as error:
            raise self._wrong("zone", error.what) from error

    def _ratings(self) -> dict[str, int]:
        values = self._take("values", dict)
        for name, stars in values.items():
            if type(stars) is not int or not 1 <= stars <= 5:
                raise self._wrong(f"rating.values.{name}", _("A rating is a whole number from 1 to 5."))
        return {plain(name): stars for name, stars in values.items()}

    def _section(self, name: str) -> _Checked:
        return _Checked(self._path, self._take(name, dict))

    def _take(self, name: str, kind: type) -> Any:
        if name not in self._content:
            raise self._wrong(name, _("This key is missing."))
        value = self._content.pop(name)
        if type(value) is not kind:
            wanted = {str: _("a text"), int: _("a whole number"), bool: _("true or false"), dict: _("a table"),
                      list: _("a list of texts")}  # fmt: skip
            raise self._wrong(name, _("It must be {kind}.").format(kind=wanted[kind]))
        return value

    def _one_of(self, name: str, known: Any) -> str:
        value: str = self._take(name, str)
        self._known(name, value, known)
        return value

    def _names(self, name: str, known: Any = None) -> tuple[str, ...]:
        values = self._take(name, list)
        for value in values:
            if not isinstance(value, str):
                raise self._wrong(name, _("It must be {kind}.").format(kind=_("a list of texts")))
            if known is not None:
                self._known(name, value, known)
        return tuple(values)

    def _texts(self, name: str) -> dict[str, str]:
        section = self._section(name)
        return {key: section._take(key, str) for key in list(section._content)}

    def _lists(self) -> dict[str, tuple[str, ...]]:
        return {name: self._names(name) for name in list(self._content)}

    def _known(self, key: str, name: str, known: Any) -> None:
        if name not in known:
            near = get_close_matches(name, [str(one) for one in known], 1)
            hint = _("Did you mean {name}?").format(name=near[0]) if near else ""
            raise self._wrong(key, _("There is no “{name}”. {hint}").format(name=name, hint=hint).strip())

    def _nothing_left(self) -> None:
        for name in self._content:
            raise self._wrong(name, _("There is no such key."))

    def _wrong(self, key: str, why: str) -> ContentError:
        return ContentError(
            _("A column map has an error"),
            _("{path}, key {key}: {why}").format(path=self._path, key=key, why=why),
            _("Correct it, or delete the copy: the shipped map is used then."),
        )
