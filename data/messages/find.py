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
    """A template with the forms under which it is found: each part of a form stands on a line of its own, so that one
    look tells whether something begins or is in any of them."""

    template: Template
    names: str
    letters: str
    """The first letters of each character's pinyin, and the whole of it."""

    text: str


def prepared(templates: Sequence[Template]) -> tuple[Entry, ...]:
    """The templates ready to be searched."""
    return tuple(_entry(each) for each in templates)


def find(entries: Sequence[Entry], typed: str) -> tuple[Template, ...]:
    """The templates that fit what was typed, the best first; all, as they stand, when nothing was typed.

    What counts, in order: a name, its beginning, its pinyin's beginning, a part of a name, a part of its pinyin, words
    of the text.
    """
    wanted = _plain(typed)
    if not wanted:
        return tuple(each.template for each in entries)
    tight, words = wanted.replace(" ", ""), wanted.split()
    whole, begun, spelt = f"\n{wanted}\n", f"\n{wanted}", f"\n{tight}"
    ascii_typed, several = tight.isascii(), len(tight) > 1
    ranks: list[list[Template]] = [[] for _rank in range(6)]
    for each in entries:
        if wanted in each.names:
            rank = 0 if whole in each.names else 1 if begun in each.names else 3
            if rank == 3 and ascii_typed and spelt in each.letters:
                rank = 2
        elif ascii_typed and tight in each.letters and (several or spelt in each.letters):
            rank = 2 if spelt in each.letters else 4
        elif wanted in each.text or (len(words) > 1 and all(word in each.text for word in words)):
            rank = 5
        else:
            continue
        ranks[rank].append(each.template)
    return tuple(template for rank in ranks for template in rank)


def _entry(template: Template) -> Entry:
    labels = {label for moment in template.moments for label in in_every_language(MOMENTS[moment])}
    names = tuple(dict.fromkeys(_plain(name) for name in (template.title, template.id, *labels)))
    letters = tuple(dict.fromkeys(form for name in names for form in _pinyin(name)))
    text = " ".join((*names, *(_plain(text) for text in template.say)))
    return Entry(template, _lines(names), _lines(letters), text)


def _lines(forms: Sequence[str]) -> str:
    return "".join(f"\n{form}" for form in forms) + "\n"


def _pinyin(name: str) -> list[str]:
    syllables = [readings(character) or (character,) for character in name if character.isalnum()]
    if all(len(each[0]) == 1 for each in syllables):
        return []
    ways = list(itertools.islice(itertools.product(*syllables), _MOST_READINGS))
    return [*("".join(part[0] for part in way) for way in ways), *("".join(way) for way in ways)]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
