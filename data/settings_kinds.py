"""What a key of the settings may hold: each kind reads a TOML value, checks it, and writes it back.

`read` raises ValueError with a sentence for the person who wrote the file; a kind never changes what it reads
into something else that would be written differently the next time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, Protocol

from data import clock
from data.errors import QueryError, SettingsError
from data.language import _

_WALL = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


class Kind(Protocol):
    """How one key is read from TOML and written to it."""

    def read(self, value: object) -> Any:
        """The typed value; raises ValueError, worded, when the file cannot mean this."""
        ...

    def write(self, value: Any) -> object:
        """What TOML holds for a typed value."""
        ...


class Whole:
    """A whole number within bounds, both allowed."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def read(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(_("It must be a whole number, without quotes."))
        if not self.low <= value <= self.high:
            raise ValueError(_("It must lie between {low} and {high}.").format(low=self.low, high=self.high))
        return value

    def write(self, value: int) -> object:
        return value


class Flag:
    """Yes or no."""

    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise ValueError(_("It must be true or false, without quotes."))
        return value

    def write(self, value: bool) -> object:
        return value


class Choice:
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def read(self, value: object) -> str:
        # `ambiguous_width = 1` is as clear as "1"; the words decide, not the quotes.
        word = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(word, str) or word not in self.words:
            words = ", ".join(f'"{each}"' for each in self.words)
            raise ValueError(_("It must be one of {words}.").format(words=words))
        return word

    def write(self, value: str) -> object:
        return value


class Text:
    """A line of text."""

    def __init__(self, longest: int = 80) -> None:
        self.longest = longest

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(_("It must be text in quotes."))
        if len(value) > self.longest or not value.isprintable():
            raise ValueError(_("It must be one line of at most {count} characters.").format(count=self.longest))
        return value

    def write(self, value: str) -> object:
        return value


class ZoneName:
    """An IANA time zone that this machine knows."""

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not value:
            raise ValueError(_("It must be text in quotes."))
        try:
            clock.zone(value)
        except SettingsError as error:
            raise ValueError(f"{error.what} {error.remedy}") from error
        return value

    def write(self, value: str) -> object:
        return value


class Folder:
    """A folder by its whole path, ~ allowed; empty means none."""

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not value.isprintable():
            raise ValueError(_("It must be text in quotes."))
        if value and not value.startswith("~") and not Path(value).is_absolute():
            raise ValueError(_("It must be a whole path, from the root or from ~."))
        return value

    def write(self, value: str) -> object:
        return value


class Command:
    """A command as a list of words: the program, then its arguments. It is run without a shell; empty means none."""

    longest = 20

    def read(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(word, str) and word.isprintable() for word in value):
            raise ValueError(_('It must be a list of words such as ["program", "{number}"].'))
        if len(value) > self.longest or (value and not value[0].strip()):
            raise ValueError(_("It must be a program and at most {count} words in all.").format(count=self.longest))
        return tuple(value)

    def write(self, value: tuple[str, ...]) -> object:
        return list(value)


class WallTime:
    """A time of day in the shop's zone, held as minutes after midnight; "24:00" is the end of the day."""

    def read(self, value: object) -> int:
        if isinstance(value, time) and not value.second and not value.microsecond:
            return value.hour * 60 + value.minute
        match = _WALL.fullmatch(value) if isinstance(value, str) else None
        minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else -1
        if not 0 <= minute <= 1440:
            raise ValueError(_('It must be a time of day such as "08:00".'))
        return minute

    def write(self, value: int) -> object:
        return f"{value // 60:02d}:{value % 60:02d}"


class Windows:
    """Spans of the day in order and apart from one another, each from a time until a later one."""

    def read(self, value: object) -> tuple[tuple[int, int], ...]:
        pairs = value if isinstance(value, list) else None
        if pairs is None or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
            raise ValueError(_('It must be a list of spans such as [["09:00", "12:00"]].'))
        wall = WallTime()
        spans = tuple((wall.read(start), wall.read(end)) for start, end in pairs)
        moments = [minute for span in spans for minute in span]
        if any(start >= end for start, end in spans) or moments != sorted(moments):
            raise ValueError(_("Each span must end after it begins, and the next one begin after that."))
        return spans

    def write(self, value: tuple[tuple[int, int], ...]) -> object:
        wall = WallTime()
        return [[wall.write(start), wall.write(end)] for start, end in value]


class DayWindows:
    """Spans of the day for single weekdays and for public holidays, in the order of the week; no spans: none on it."""

    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")

    def read(self, value: object) -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
        if not isinstance(value, dict):
            raise ValueError(_("It must be a table of days and their spans."))
        unknown = next((name for name in value if name not in self.names), None)
        if unknown is not None:
            names = ", ".join(self.names)
            raise ValueError(_("{name} is no day; days are {names}.").format(name=unknown, names=names))
        windows = Windows()
        return tuple((name, windows.read(value[name])) for name in self.names if name in value)

    def write(self, value: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]) -> object:
        windows = Windows()
        return {name: windows.write(spans) for name, spans in value}


class MonthDay:
    """A day of any year, as month and day."""

    def read(self, value: object) -> tuple[int, int]:
        match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", value, re.ASCII) if isinstance(value, str) else None
        try:
            # A leap year knows every day.
            day = date(2000, int(match[1]), int(match[2])) if match else None
        except ValueError:
            day = None
        if day is None:
            raise ValueError(_('It must be a month and a day such as "06-01".'))
        return (day.month, day.day)

    def write(self, value: tuple[int, int]) -> object:
        return f"{value[0]:02d}-{value[1]:02d}"


class KeyMap:
    """Keys of one's own: the id of an act to the keys that do it, held as Textual's comma-separated string.

    Whether the ids and keys exist is known where the acts are; here only the shape is checked.
    """

    def read(self, value: object) -> Mapping[str, str]:
        if not isinstance(value, dict):
            raise ValueError(_("It must be a table of acts and their keys."))
        return dict(sorted(self._flat("", value)))

    def _flat(self, prefix: str, table: dict[str, object]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for name, value in table.items():
            act = f"{prefix}{name}"
            if isinstance(value, dict):
                found += self._flat(f"{act}.", value)
                continue
            keys: list[Any] = value if isinstance(value, list) else [value]
            if not keys or not all(isinstance(key, str) and key.strip() for key in keys):
                raise ValueError(_('{act} must be a key such as "f2", or a list of keys.').format(act=act))
            found.append((act, ",".join(part.strip() for key in keys for part in key.split(","))))
        return found

    def write(self, value: Mapping[str, str]) -> object:
        return dict(sorted(value.items()))


class NamedQueries:
    """Typed queries under names, held as they are written; which agents and shops there are is known elsewhere."""

    longest_name = 24

    def read(self, value: object) -> Mapping[str, str]:
        if not isinstance(value, dict):
            raise ValueError(_("It must be a table of names and their queries."))
        for name, query in value.items():
            if not name.strip() or not name.isprintable() or len(name) > self.longest_name:
                told = _("A name must be one line of at most {count} characters.")
                raise ValueError(told.format(count=self.longest_name))
            if not isinstance(query, str) or not self._asks(name, query):
                raise ValueError(_('{name} must be a query in quotes, such as "grade:bad due:<2h".').format(name=name))
        return dict(value)

    def _asks(self, name: str, query: str) -> bool:
        # Only somebody who has such views pays for the language.
        from data.query import parse

        try:
            return bool(parse(query))
        except QueryError as error:
            raise ValueError(f"{name}: {error.what} {error.remedy}") from error

    def write(self, value: Mapping[str, str]) -> object:
        return dict(value)
