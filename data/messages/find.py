"""Finding a template by what an agent types: Chinese, the letters of its pinyin, English, or words of the text.

Prepared once for a list, so that a thousand templates are looked through between two keys.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data.language import in_every_language
from data.messages.format import MOMENTS, Template
from data.pinyin import readings

_MOST_READINGS = 8
"""Ways to read a title that are kept: most characters have one reading."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A template with the forms under which it is found."""

    template: Template
    names: tuple[str, ...]
    letters: tuple[str, ...]
    """The first letters of each character's pinyin, and the whole of it."""

    text: str


def prepared(templates: Sequence[Template]) -> tuple[Entry, ...]:
    """The templates ready to be searched."""
    return tuple(_entry(each) for each in templates)


def find(entries: Sequence[Entry], typed: str) -> tuple[Template, ...]:
    """The templates that fit what was typed, the best first; all, as they stand, when nothing was typed."""
    wanted = _plain(typed)
    if not wanted:
        return tuple(each.template for each in entries)
    tight = wanted.replace(" ", "")
    words = wanted.split()
    ranked = [(rank, at) for at, each in enumerate(entries) if (rank := _fit(each, wanted, tight, words)) is not None]
    return tuple(entries[at].template for _rank, at in sorted(ranked))


def _fit(entry: Entry, wanted: str, tight: str, words: Sequence[str]) -> int | None:
    """0 is best: a name, its beginning, its pinyin, a part of it, words of the text; None does not fit."""
    if wanted in entry.names:
        return 0
    if any(name.startswith(wanted) for name in entry.names):
        return 1
    if tight.isascii() and any(letters.startswith(tight) for letters in entry.letters):
        return 2
    if any(wanted in name for name in entry.names):
        return 3
    if tight.isascii() and len(tight) > 1 and any(tight in letters for letters in entry.letters):
        return 4
    return 5 if all(word in entry.text for word in words) else None


def _entry(template: Template) -> Entry:
    labels = {label for moment in template.moments for label in in_every_language(MOMENTS[moment])}
    names = tuple(dict.fromkeys(_plain(name) for name in (template.title, template.id, *labels)))
    letters = tuple(dict.fromkeys(form for name in names for form in _pinyin(name)))
    return Entry(template, names, letters, " ".join((*names, *(_plain(text) for text in template.say))))


def _pinyin(name: str) -> list[str]:
    syllables = [readings(character) or (character,) for character in name if character.isalnum()]
    if all(len(each[0]) == 1 for each in syllables):
        return []
    ways = list(itertools.islice(itertools.product(*syllables), _MOST_READINGS))
    return [*("".join(part[0] for part in way) for way in ways), *("".join(way) for way in ways)]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
