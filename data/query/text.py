"""A query written out: in its canonical form, the same in every language, or in the words of the active language."""

from __future__ import annotations

from collections.abc import Mapping

from data.language import language
from data.query.lexicon import DAYS, KEYS, UNITS, Choice, choices, folded
from data.query.parse import plain
from data.query.tree import Day, Name, Number, Part, Query, Sought, Span, Value, Word


def text(query: Query, *, spoken: bool = False) -> str:
    """The query as it may be typed again: `parse(text(query)) == query`. `spoken` takes the active language's words."""
    chinese = spoken and language() != "en"
    groups = [query.parts, *query.inverted]
    written = [" ".join(_part(part, chinese) for part in group) for group in groups]
    return " ! ".join(written).strip()


def _part(part: Part, chinese: bool) -> str:
    minus = "-" if part.negated else ""
    if isinstance(part, Sought):
        return minus + _sought(part.words)
    key = KEYS[part.key]
    words = choices(key)
    values = ",".join(_value(value, words, chinese) for value in part.values)
    return f"{minus}{key.chinese if chinese else key.name}:{values}"


def _sought(words: str) -> str:
    """A word that could be taken for anything else stands in quotation marks."""
    signs = plain(words)
    bare = " " not in signs and ":" not in signs and signs[0] not in "-!"
    return words if bare else f'"{words}"'


def _value(value: Value, words: Mapping[str, Choice], chinese: bool) -> str:
    if isinstance(value, Word):
        return _name(words[folded(value.name)], chinese)
    if isinstance(value, Name):
        signs = plain(value.name)
        return value.name if not set(signs) & set(' ,"') else f'"{value.name}"'
    if isinstance(value, Number):
        return f"{value.compared}{value.number}"
    if isinstance(value, Span):
        unit = UNITS[value.unit][0] if chinese else value.unit
        return f"{value.compared}{value.count}{unit}"
    return value.compared + _day(value, chinese)


def _day(day: Day, chinese: bool) -> str:
    if day.from_today is not None:
        return _name(DAYS[day.from_today], chinese)
    year = f"{day.year:04d}-" if day.year is not None else ""
    return f"{year}{day.month:02d}-{day.day:02d}"


def _name(choice: Choice, chinese: bool) -> str:
    return choice.chinese if chinese else choice.name
