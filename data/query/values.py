"""The values of a key: what each may be, and the nearest right one to what was typed instead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.errors import QueryError
from data.language import _
from data.query.lexicon import DAYS, UNITS, Choice, Key, Kind, Known, choices, folded, in_the_language_of, shown
from data.query.tree import Day, Name, Number, Span, Value, Word

LARGEST = 99_999

_COMPARED = {
    "<=": "<=", "≤": "<=", "不超过": "<=", "至多": "<=",
    ">=": ">=", "≥": ">=", "至少": ">=", "不少于": ">=",
    "<": "<", "小于": "<", "少于": "<", "不到": "<",
    ">": ">", "大于": ">", "多于": ">", "超过": ">",
    "=": "",
}  # fmt: skip
_SIGN = re.compile("|".join(sorted(_COMPARED, key=len, reverse=True)))
_NUMBER = re.compile(r"\d+", re.ASCII)
_SPAN = re.compile(r"([0-9]+)\s*([^\W\d]+?)(?:以?内)?")
_DATE = re.compile(r"(?:([0-9]{4})[-/年])?([0-9]{1,2})[-/月]([0-9]{1,2})日?")
_UNIT_NAMES = {folded(name): unit for unit, (chinese, also) in UNITS.items() for name in (unit, chinese, *also)}
_LEAP = 2024
_YEARS = range(1970, 2200)


def value(key: Key, told: str, at: int, known: Known | None) -> Value:
    """The value that was typed for a key at a character of the query. Raises QueryError."""
    if key.kind in (Kind.CHOICE, Kind.AGENT) and (choice := choices(key).get(folded(told))):
        return Word(choice.name)
    if key.kind is Kind.CHOICE:
        raise _unknown(key, told, at, (shown(choice) for choice in key.choices))
    if key.kind is Kind.AGENT:
        if known is not None and not known.agents_called(told):
            raise _unknown(key, told, at, [name for one in known.agents for name in (one.name, one.login) if name])
        return Name(told)
    if key.kind is Kind.SHOP:
        if known is not None and not known.shops_called(told):
            raise _unknown(key, told, at, [one.name for one in known.shops])
        return Name(told)
    if key.kind is Kind.TITLE:
        return Name(told)
    return _measured(key, told, at)


def _measured(key: Key, told: str, at: int) -> Value:
    """A value that can be compared, or one of the words that stand for one."""
    plain = folded(told.replace("-", "/"))
    sign = _SIGN.match(plain)
    compared = _COMPARED[sign[0]] if sign else ""
    rest = plain[sign.end() :].strip() if sign else plain
    if key.kind is Kind.NUMBER and _NUMBER.fullmatch(rest) and int(rest) <= LARGEST:
        return Number(compared, int(rest))
    if key.kind in (Kind.TIME, Kind.AGE) and (span := _SPAN.fullmatch(rest)) is not None:
        unit = _UNIT_NAMES.get(span[2])
        if unit is not None and int(span[1]) <= LARGEST:
            return Span(compared or "<", int(span[1]), unit)
    if key.kind in (Kind.TIME, Kind.DAY) and (day := _day(compared, rest)) is not None:
        return day
    choice = choices(key).get(rest)
    if choice is not None and choice not in DAYS.values() and not sign:
        return Word(choice.name)
    raise _unknown(key, told, at, _examples(key))


def _day(compared: str, rest: str) -> Day | None:
    for from_today, choice in DAYS.items():
        if rest in map(folded, (choice.name, choice.chinese, *choice.also)):
            return Day(compared, from_today)
    found = _DATE.fullmatch(rest)
    if found is None:
        return None
    day = Day(compared, None, int(found[2]), int(found[3]), int(found[1]) if found[1] else None)
    try:
        known = day.in_year(_LEAP).year in _YEARS
    except ValueError:
        return None
    return day if known else None


def hint(key: Key) -> str:
    """What may stand after the key, in words."""
    return ", ".join(_examples(key))


def _examples(key: Key) -> list[str]:
    h, d = (shown(Choice(unit, UNITS[unit][0])) for unit in ("h", "d"))
    today = shown(DAYS[0])
    if key.kind is Kind.CHOICE:
        return [shown(choice) for choice in key.choices]
    if key.kind is Kind.AGENT:
        return [*(shown(choice) for choice in key.choices), _("a name")]
    if key.kind in (Kind.SHOP, Kind.TITLE):
        return [_("a name")]
    if key.kind is Kind.NUMBER:
        return ["2", "<=2", ">0", *(shown(choice) for choice in key.choices)]
    if key.kind is Kind.AGE:
        return [f"<2{h}", f">3{d}"]
    if key.kind is Kind.DAY:
        return [today, shown(DAYS[-1]), ">=11-20"]
    return [f"<2{h}", f">1{d}", today, shown(DAYS[1]), "<11-24", *(shown(choice) for choice in key.choices)]


def nearest(told: str, names: Iterable[str]) -> str | None:
    """The name that is most like what was typed, if any is like it."""
    import difflib

    by_form = {folded(name): name for name in reversed(list(names))}
    near = difflib.get_close_matches(folded(told), list(by_form), n=1, cutoff=0.5)
    return by_form[near[0]] if near else None


def _unknown(key: Key, told: str, at: int, right: Iterable[str]) -> QueryError:
    right = list(right)
    what = _("Character {at}: {key} has no “{value}”.").format(at=at, key=key.shown, value=told)
    names = key.kind in (Kind.AGENT, Kind.SHOP)
    near = nearest(told, right) if names else _nearest_word(key, told)
    if near is not None:
        return QueryError(at, what, _("Did you mean {word}?").format(word=near))
    return QueryError(at, what, _("Known are: {words}.").format(words=", ".join(right) or _("none")))


def _nearest_word(key: Key, told: str) -> str | None:
    near = nearest(told, choices(key))
    return in_the_language_of(near, choices(key)[near]) if near is not None else None
