"""Finding a command by what an agent types: its Chinese name, the letters of its pinyin, or English words.

Pure: the commands come in with their names, and go out in the order in which they fit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data.pinyin import readings

_WORDS = re.compile(r"[a-z0-9]+")
_SYLLABLE = re.compile(r"[^\W_]")
NOT_AT_ALL = 9


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done.

    `names` are all that it is called, in every language, `label` being the one that is shown; `keys` are worded as
    they stand on the keyboard. With `why_not` it cannot be run now.
    """

    id: str
    label: str
    help: str
    names: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    why_not: str = ""


def find(commands: Sequence[Command], typed: str) -> list[Command]:
    """The commands that fit what was typed, the best first; all of them, as they stand, when nothing was typed."""
    wanted = _plain(typed)
    if not wanted:
        return list(commands)
    ranked = [(fit(command, wanted), at) for at, command in enumerate(commands)]
    return [commands[at] for rank, at in sorted(ranked) if rank < NOT_AT_ALL]


def fit(command: Command, typed: str) -> int:
    """How well a command fits what was typed: 0 is best, NOT_AT_ALL is no."""
    wanted = _plain(typed)
    if wanted in (_plain(key) for key in command.keys):
        return 0
    best = min((_name_fit(_plain(name), wanted) for name in {command.label, *command.names}), default=NOT_AT_ALL)
    if best == NOT_AT_ALL and (wanted in _plain(command.help) or wanted in command.id):
        return NOT_AT_ALL - 1
    return best


def _name_fit(name: str, wanted: str) -> int:
    """What counts, in order: the name, its initials, its beginning, its pinyin, a word of it, a part of it."""
    if name == wanted:
        return 0
    tight = "".join(wanted.split())
    syllables = [(*readings(character), character) for character in _SYLLABLE.findall(name)]
    chinese = any(len(each) > 1 for each in syllables)
    if chinese and len(tight) == len(syllables) and _spells(tight, syllables, 0):
        return 1
    if name.startswith(wanted):
        return 2
    if chinese and _spells(tight, syllables, 0):
        return 3
    words = _WORDS.findall(name)
    if any(word.startswith(wanted) for word in words):
        return 4
    if wanted in name:
        return 5
    if chinese and any(_spells(tight, syllables, start) for start in range(1, len(syllables))):
        return 6
    return 7 if len(words) > 1 and _skips(tight, words) else NOT_AT_ALL


def _spells(typed: str, syllables: Sequence[tuple[str, ...]], at: int) -> bool:
    """Whether the letters begin each character from `at` on, one after the other, as with an input method."""
    if not typed:
        return True
    if at == len(syllables):
        return False
    for reading in syllables[at]:
        for end in range(1, len(reading) + 1):
            if not typed.startswith(reading[:end]):
                break
            if _spells(typed[end:], syllables, at + 1):
                return True
    return False


def _skips(typed: str, words: Sequence[str]) -> bool:
    """Whether the letters begin some of the words in their order: "adre" for "add a review"."""
    if not typed:
        return True
    for at, word in enumerate(words):
        for end in range(1, len(word) + 1):
            if not typed.startswith(word[:end]):
                break
            if _skips(typed[end:], words[at + 1 :]):
                return True
    return False


def _plain(text: str) -> str:
    """Lower case, full-width letters as plain ones, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
