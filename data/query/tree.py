"""What a typed query says, as frozen values: terms of keys and values, words, and what is turned round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080}
"""How many minutes each unit of a span has."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the key's own: `bad`, `waiting`, `none`, `yes`, by its English name."""

    name: str


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody or something is called: an agent, a shop, a product."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how it is compared: `<`, `<=`, `>`, `>=`, or nothing for equal."""

    compared: str
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time and how it is compared, never with nothing."""

    compared: str
    count: int
    unit: str

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.count * MINUTES[self.unit]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the shop's calendar and how it is compared: so many days from today, or a date, with its year or
    in the year that is nearest."""

    compared: str
    from_today: int | None = None
    month: int = 0
    day: int = 0
    year: int | None = None

    def in_year(self, year: int) -> date:
        """The date in a year; raises ValueError where there is none (a 29th of February)."""
        return date(self.year or year, self.month, self.day)


Value: TypeAlias = Word | Name | Number | Span | Day


@dataclass(frozen=True, slots=True)
class Term:
    """A key, by its English name, and values of which one must hold; none of them when `negated`."""

    key: str
    values: tuple[Value, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """A word, or words in quotation marks that must stand together, to be found as the search finds them."""

    words: str
    negated: bool = False


Part: TypeAlias = Term | Sought


@dataclass(frozen=True, slots=True)
class Query:
    """All of `parts` must hold; and of each group of `inverted`, not all."""

    parts: tuple[Part, ...] = ()
    inverted: tuple[tuple[Part, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts or self.inverted)

    def __and__(self, other: Query) -> Query:
        """Both queries at once; what both say is said once."""
        parts = tuple(dict.fromkeys((*self.parts, *other.parts)))
        return Query(parts, tuple(dict.fromkeys((*self.inverted, *other.inverted))))

    @property
    def is_plain(self) -> bool:
        """Whether it consists of words alone that are all to be found."""
        return not self.inverted and all(isinstance(part, Sought) and not part.negated for part in self.parts)
