"""Rows of JSON: pages of an interface, one or many in a file, read piece by piece so that a long file fits."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.language import _
from data.sources.rows import RefusedRow

_BLOCK = 1 << 16
LONGEST_VALUE = 1 << 22
"""One row or one value beside the rows is never longer than this many characters."""

_MESSAGES = ("error_msg", "sub_msg", "msg")

_SPACE = re.compile(r"[\s,\ufeff]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers stay the text that the file has: an id keeps every digit, an amount its decimals."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One object among the rows, and its number among them, counted from 1."""

    line: int
    values: dict[str, Any]


class BrokenJson(ValueError):
    """The text is not JSON from here on."""


class PageReader:
    """Walks through JSON text and gives the objects that lie at one of the given places."""

    def __init__(
        self, stream: io.TextIOBase, places: Sequence[tuple[str, ...]], success: Mapping[str, str] | None = None
    ) -> None:
        self._stream = stream
        self._places = places
        self._success = success or {}
        self._text = ""
        self._at = 0
        self._number = 0
        self.found: tuple[str, ...] | None = None
        """The place at which a list of rows was found, even an empty one."""

        self.platform_error: str | None = None
        """What the platform said instead of rows."""

    def rows(self) -> Iterator[PageRow | RefusedRow]:
        """Every row. What is no object, a page that is an error, and the place where the file breaks off, is refused
        with its number.

        Raises BrokenJson when the text is not JSON at all: before the first row.
        """
        try:
            while self._peek():
                pages = self._walk(self._places, ())
                yield from pages
                if self.platform_error is not None and self._number:
                    self._number += 1
                    why = _("The platform answered with an error instead of reviews: {error}.")
                    yield RefusedRow(self._number, why.format(error=self.platform_error))
                    self.platform_error = None
        except (ValueError, RecursionError) as error:
            if not self._number:
                raise BrokenJson(str(error)) from error
            self._number += 1
            why = _("The file breaks off or is damaged here; what follows was not read.")
            yield RefusedRow(self._number, why, (self._text[self._at : self._at + 1000],))

    def _walk(self, places: Sequence[tuple[str, ...]], trail: tuple[str, ...]) -> Iterator[PageRow | RefusedRow]:
        sign = self._peek()
        if sign == "[":
            self._at += 1
            ends = () in places
            if ends:
                self.found = trail
            while self._peek() != "]":
                if ends:
                    yield self._row()
                else:
                    yield from self._walk(places, trail)
            self._at += 1
        elif sign == "{" and any(places):
            self._at += 1
            while self._peek() != "}":
                name = self._value()
                if self._peek() != ":" or not isinstance(name, str):
                    raise BrokenJson(_("a name without a value"))
                self._at += 1
                deeper = [place[1:] for place in places if place and place[0] == name]
                if deeper:
                    yield from self._walk(deeper, (*trail, name))
                else:
                    self._beside(name, self._value())
            self._at += 1
        else:
            self._value()

    def _row(self) -> PageRow | RefusedRow:
        value = self._value()
        self._number += 1
        if isinstance(value, dict):
            return PageRow(self._number, value)
        return RefusedRow(self._number, _("This is no object with fields."), (str(value)[:1000],))

    def _beside(self, name: str, value: Any) -> None:
        if name == "error_response" and isinstance(value, dict):
            said = [str(value[key]) for key in ("sub_msg", "msg", "code") if value.get(key)]
            self.platform_error = " · ".join(said)[:200] or name
        elif name in self._success and str(value) != self._success[name]:
            self.platform_error = f"{name} {value}"[:200]
        elif name in _MESSAGES and self.platform_error is not None and isinstance(value, str) and value:
            self.platform_error = f"{self.platform_error} · {value}"[:200]

    def _value(self) -> Any:
        """The value that begins here; more text is read until it is whole."""
        self._peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > LONGEST_VALUE or not self._more(len(self._text) - self._at):
                    raise BrokenJson(str(error)) from error
                continue
            if end == len(self._text) and self._more(_BLOCK):
                # A number at the end of what was read may go on.
                continue
            self._at = end
            return value

    def _peek(self) -> str:
        """The next sign that is no space, comma or byte order mark; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_BLOCK):
                return ""

    def _more(self, least: int) -> bool:
        more = self._stream.read(max(least, _BLOCK))
        if more:
            self._text = self._text[self._at :] + more
            self._at = 0
        return bool(more)
