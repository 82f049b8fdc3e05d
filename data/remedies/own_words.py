"""Whether a remedy in somebody's own words names money, a share of the price, the whole price or free goods.

What the catalogue offers has a limit by role; free words have none, so what they may promise is told by the words
themselves, in Chinese and English alike. The words are in `own_words.toml`; a mistake there is told by table and key
when it is loaded.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from data.errors import ContentError
from data.language import _

SHIPPED = Path(__file__).with_name("own_words.toml")
MOST_WORDS = 400
LONGEST = 40
"""Words in one list, and characters of a word."""

_LISTS = ("words", "numerals", "roughly", "units", "gives", "counted", "spared")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_APART = re.compile(f"(?<=[{_HAN}])[\\s·.*_-]+(?=[{_HAN}])")
_DIGITS = r"(?<![\da-z])\d[\d,.]*"
_AMOUNT = r"(?<![\da-z])\d{1,6}(?:[,.]\d+)*"
"""Digits that may be an amount without a unit; longer ones are numbers of parcels and telephones."""
_NEAR = r"[^\d\n,.;:!?、。]{0,4}?"
"""Between what gives and what is given: 退 给您 20."""


def names_money(words: str) -> str:
    """What in the words names money, a share, the whole price or free goods, as it reads without capitals and
    full-width forms; empty where nothing does. Raises ContentError for a file that cannot be used."""
    text = _plain(words)
    if not text:
        return ""
    spared, told = _patterns(SHIPPED)
    found = told.search(spared.sub(lambda each: "\n" * len(each[0]), text))
    return found[0].strip() if found else ""


def _plain(words: str) -> str:
    """One form for full-width signs, capitals, invisible characters, and Chinese that is spaced out."""
    seen = "".join(each for each in unicodedata.normalize("NFKC", words) if unicodedata.category(each) != "Cf")
    return _APART.sub("", " ".join(seen.casefold().split()))


@lru_cache(maxsize=2)
def _patterns(path: Path) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is passed over, and what names money."""
    signs, chinese, english = read(path)
    number = f"(?:{_DIGITS}|[{''.join(chinese['numerals'])}]+)"
    bare = f"(?:{_AMOUNT}|[{''.join(chinese['numerals'])}]{{2,}})"
    spoken = f"(?:{_AMOUNT}|{_whole(english['numerals'])})"
    alternatives = (
        _any([*signs, *chinese["words"]]),
        f"{number}\\s*{_any(chinese['roughly'])}{{0,2}}\\s*{_any(chinese['units'])}(?![a-z])",
        f"{_any(chinese['gives'])}{_NEAR}{bare}(?![\\d:/a-z-]|[{''.join(chinese['numerals'])}]|\\s*{_any(chinese['counted'])})",
        _whole(english["words"]),
        f"{spoken}\\s*(?:{_any(english['roughly'])}\\s*)?{_whole(english['units'])}",
        f"{_whole(english['gives'])}(?:\\s+[a-z']+){{0,3}}\\s+{spoken}(?![\\d:/-]|\\s*{_whole(english['counted'])}|[{_HAN}])",
    )
    spared = re.compile(f"{_any(chinese['spared'])}|{_whole(english['spared'])}")
    return spared, re.compile("|".join(f"(?:{each})" for each in alternatives))


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"


def _whole(words: Iterable[str]) -> str:
    """One of the words where it is no part of a longer one; * stands for any ending."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    ended = (re.escape(word.removesuffix("*")) + ("[a-z]*" if word.endswith("*") else "") for word in ordered)
    return f"(?<![a-z])(?:{'|'.join(ended)})(?![a-z])"


def read(path: Path) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """The signs, and the lists of each language by name. Raises ContentError that names table and key."""
    try:
        held = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        _fail(path, "", _("it cannot be read ({why})").format(why=error.strerror or error))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        _fail(path, "", str(error)[:200])
    unknown = set(held) - {"signs", "zh", "en"}
    if unknown:
        _fail(path, "", _("there is no key “{key}”").format(key=sorted(unknown)[0]))
    chinese, english = (_lists(path, name, held.get(name)) for name in ("zh", "en"))
    if any(len(each) != 1 for each in chinese["numerals"]):
        _fail(path, "zh.numerals", _("write single characters"))
    return _words(path, "signs", held.get("signs")), chinese, english


def _lists(path: Path, language: str, table: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(table, dict):
        _fail(path, language, _("there is no table [{name}]").format(name=language))
    unknown = set(table) - set(_LISTS)
    if unknown:
        _fail(path, f"{language}.{sorted(unknown)[0]}", _("there is no such key"))
    lists = {name: _words(path, f"{language}.{name}", table.get(name)) for name in _LISTS}
    for word in lists["spared"]:
        if word in lists["words"]:
            _fail(path, f"{language}.spared", _("“{word}” stands in words too").format(word=word))
    return lists


def _words(path: Path, place: str, held: Any) -> tuple[str, ...]:
    words = list(held) if isinstance(held, (str, list)) else []
    if not words or len(words) > MOST_WORDS:
        _fail(path, place, _("write from 1 to {most} words").format(most=MOST_WORDS))
    for word in words:
        if not isinstance(word, str) or not 0 < len(word) <= LONGEST or _plain(word) != word or word == "*":
            told = _("“{word}” is never found: write it small, without spaces around it").format(word=word)
            _fail(path, place, told)
    doubled = sorted(word for word in set(words) if words.count(word) > 1)
    if doubled:
        _fail(path, place, _("“{word}” stands there twice").format(word=doubled[0]))
    return tuple(words)


def _fail(path: Path, place: str, what: str) -> NoReturn:
    told = f"{path}: {place}: {what}" if place else f"{path}: {what}"
    raise ContentError(_("The words that name money cannot be used"), told, _("Mend it in the file."))
