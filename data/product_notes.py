"""What a shop knows of its goods, in a file that it writes itself: tips, questions, flaws, papers, changed batches.

The file is TOML. Each `[[product]]` has `match` (words of the title, any of which will do) and any of `tips`, `flaws`,
`certificates` (lists of texts), `faq` (`ask`, `answer`) and `batches` (`since`, `change`). Agents read it out on
calls, so that the promise linter judges every text.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from data.errors import ContentError
from data.language import _

MOST_BYTES = 2_000_000
LONGEST = 400
"""Characters of one text: what is longer is not taken in while somebody waits on the line."""

_LISTS = ("tips", "flaws", "certificates")
_PAIRS: Mapping[str, tuple[str, str]] = {"faq": ("ask", "answer"), "batches": ("since", "change")}
_KEYS = frozenset({"match", *_LISTS, *_PAIRS})


@dataclass(frozen=True, slots=True)
class Notes:
    """What is known of one product; `faq` holds question and answer, `batches` the day and what changed."""

    tips: tuple[str, ...] = ()
    faq: tuple[tuple[str, str], ...] = ()
    flaws: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    batches: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Entry:
    """The notes and the words by which their product is known."""

    match: tuple[str, ...]
    notes: Notes


def notes_of(title: str, entries: Sequence[Entry]) -> Notes:
    """What is known of the product of that title, from every entry that matches it, in the order of the file."""
    folded = _folded(title)
    fitting = [entry.notes for entry in entries if any(_folded(word) in folded for word in entry.match)]
    return Notes(
        tips=tuple(one for notes in fitting for one in notes.tips),
        faq=tuple(one for notes in fitting for one in notes.faq),
        flaws=tuple(one for notes in fitting for one in notes.flaws),
        certificates=tuple(one for notes in fitting for one in notes.certificates),
        batches=tuple(one for notes in fitting for one in notes.batches),
    )


def load(path: Path) -> tuple[Entry, ...]:
    """The entries of a file, read anew when it has changed. Raises ContentError that names entry and key."""
    try:
        told = path.stat()
        if told.st_size > MOST_BYTES:
            _fail(path, "", _("The file is larger than {most} bytes.").format(most=MOST_BYTES))
        return _load(path, told.st_mtime_ns)
    except OSError as error:
        _fail(path, "", error.strerror or str(error))


@lru_cache(maxsize=2)
def _load(path: Path, _changed: int) -> tuple[Entry, ...]:
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        _fail(path, "", str(error)[:200])
    unknown = sorted(set(held) - {"product"})
    entries = held.get("product", [])
    if unknown or not isinstance(entries, list):
        _fail(path, unknown[0] if unknown else "product", _("Write each product as [[product]]."))
    return tuple(_entry(path, f"product {at}", each) for at, each in enumerate(entries, 1))


def _entry(path: Path, place: str, held: object) -> Entry:
    if not isinstance(held, dict):
        _fail(path, place, _("Write each product as [[product]]."))
    for key in held:
        if key not in _KEYS:
            _fail(path, f"{place}, {key}", _("Use one of: {known}.").format(known=", ".join(sorted(_KEYS))))
    match = _texts(path, place, "match", held)
    if not match:
        _fail(path, f"{place}, match", _("Name at least one word of the product's title."))
    tips, flaws, certificates = (_texts(path, place, name, held) for name in _LISTS)
    faq, batches = (_pairs(path, place, name, held) for name in _PAIRS)
    answers = (second for _first, second in (*faq, *batches))
    for text in (*tips, *flaws, *certificates, *answers):
        _judge(path, place, text)
    return Entry(match, Notes(tips, faq, flaws, certificates, batches))


def _texts(path: Path, place: str, name: str, held: Mapping[str, Any]) -> tuple[str, ...]:
    told = held.get(name, [])
    if not isinstance(told, list):
        _fail(path, f"{place}, {name}", _("It must be a list of texts in quotes."))
    return tuple(_text(path, f"{place}, {name}", each) for each in told)


def _pairs(path: Path, place: str, name: str, held: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    first, second = _PAIRS[name]
    told = held.get(name, [])
    if not isinstance(told, list) or not all(isinstance(each, dict) and set(each) == {first, second} for each in told):
        _fail(path, f"{place}, {name}", _("Each must have {first} and {second}.").format(first=first, second=second))
    where = f"{place}, {name}"
    return tuple((_text(path, where, _day(each[first])), _text(path, where, each[second])) for each in told)


def _day(held: object) -> object:
    return held.isoformat() if isinstance(held, date) else held


def _text(path: Path, place: str, held: object) -> str:
    if not isinstance(held, str) or not held.strip() or not held.isprintable():
        _fail(path, place, _("It must be a list of texts in quotes."))
    if len(held) > LONGEST:
        _fail(path, place, _("A text has at most {most} characters.").format(most=LONGEST))
    return held.strip()


def _judge(path: Path, place: str, text: str) -> None:
    from data.lint import lint

    found = lint(text, named=True)
    if found:
        _fail(path, f"{place}, {text[:30]}", found[0].reason)


def _fail(path: Path, place: str, what: str) -> NoReturn:
    raise ContentError(
        _("The notes on the products cannot be used"),
        f"{path}: {place}: {what}" if place else f"{path}: {what}",
        _("Mend the file that the setting products.notes names."),
    )


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
