"""A text as the rules read it: one form for what can be written in many, with the way back to the original.

Full-width and decorated characters, traditional ones, zero-width and control characters, spaced-out words,
misspellings and stand-ins (好 評, 好-评, 好坪, 五⭐, hp返x) all come to one plain form.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SPELLINGS = Path(__file__).parent / "spellings.toml"

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_TOKENS = re.compile(
    f"(?P<han>[{_HAN}]+)|(?P<latin>[a-z0-9@$%]+)|"
    "(?P<soft>[ _\\-.·*|/\\\\~+^='\"`#&<>\\[\\]()【】「」“”‘’]+)|(?P<comma>[,、])|(?P<other>.)",
    re.DOTALL,
)
_DISGUISED = re.compile(r"(?<![a-z0-9@$])[a-z](?=[a-z@$013]*[@$013][a-z@$013]*[a-z])[a-z@$013]*[a-z](?![a-z0-9@$])")
_PLAIN_LETTERS = str.maketrans("@$013", "asoie")
_KEPT_MARKS = "\n"


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in plain form; `starts` and `ends` give for each of its characters where it stood in the original."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain form stands in the original."""
        return self.starts[start], self.ends[end - 1]


class _Plain(dict[str, str]):
    """What each character becomes; filled as texts are seen."""

    def __init__(self, simplified: dict[str, str], stand_ins: dict[str, str]) -> None:
        super().__init__(stand_ins)
        self._simplified = simplified

    def __missing__(self, character: str) -> str:
        found = "".join(self._plain(each) for each in unicodedata.normalize("NFKC", character).lower())
        if len(self) < 65_536:
            self[character] = found
        return found

    def _plain(self, each: str) -> str:
        category = unicodedata.category(each)
        if each in "\n\u2028\u2029\r\v\f":
            return "\n"
        if each == "\t" or category == "Zs":
            return " "
        if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Lm"):
            return ""
        if category in ("So", "Sk", "Sm", "Pd", "Pc") and each not in "+~<>=|^`":
            return "·" if category[0] == "S" else "-"
        return self._simplified.get(each, each)


@lru_cache(maxsize=1)
def _spellings() -> tuple[_Plain, re.Pattern[str], dict[str, str]]:
    held = tomllib.loads(SPELLINGS.read_text(encoding="utf-8"))
    pairs = "".join(held["traditional"].split())
    simplified = dict(zip(pairs[::2], pairs[1::2], strict=True))
    stand_ins = {sign: f"{meant}" for meant, signs in held["signs"].items() for sign in signs}
    meant = {spelt: right for right, every in held["spelt"].items() for spelt in every}
    by_first: dict[str, list[str]] = {}
    for each in sorted(meant, key=len, reverse=True):
        first = re.escape(each[0])
        after = "(?![a-z0-9])" if each[-1].isascii() else ""
        by_first.setdefault(first + (f"(?<![a-z0-9]{first})" if each[0].isascii() else ""), []).append(
            re.escape(each[1:]) + after
        )
    # One branch for each first character: so the search skips to the next character that begins any of them.
    parts = [f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items()]
    return _Plain(simplified, stand_ins), re.compile("|".join(parts)), meant


def plain(text: str) -> Normal:
    """Every character in its plain form, with nothing joined and nothing respelt; where numbers are looked for."""
    table, _pattern, _meant = _spellings()
    characters: list[str] = []
    starts: list[int] = []
    for index, character in enumerate(text):
        for each in table[character]:
            characters.append(each)
            starts.append(index)
    return Normal("".join(characters), starts, [start + 1 for start in starts])


def respelt(held: Normal) -> Normal:
    """The plain form with words joined that were pulled apart, and misspellings and stand-ins made right."""
    return _made_right(_joined(held))


def _joined(held: Normal) -> Normal:
    tokens = [(found.lastgroup or "", found.start(), found.end()) for found in _TOKENS.finditer(held.text)]
    han = sum(end - start for kind, start, end in tokens if kind == "han")
    breaks = sum(
        kind == "soft" and 0 < index < len(tokens) - 1 and tokens[index - 1][0] == tokens[index + 1][0] == "han"
        for index, (kind, _start, _end) in enumerate(tokens)
    )
    pulled_apart = breaks >= 3 and breaks * 4 >= han
    characters: list[str] = []
    places: list[int] = []
    for index, (kind, start, end) in enumerate(tokens):
        if kind in ("soft", "comma"):
            kept = _between(held.text, tokens, index, pulled_apart)
            if kept is not None:
                characters.extend(kept)
                places.extend(range(start, start + len(kept)))
            continue
        characters.extend(held.text[start:end])
        places.extend(range(start, end))
    return Normal("".join(characters), [held.starts[at] for at in places], [held.ends[at] for at in places])


def _between(text: str, tokens: list[tuple[str, int, int]], index: int, pulled_apart: bool) -> str | None:
    """What stays of a sign between two words: nothing when it pulls one word apart."""
    kind, start, end = tokens[index]
    as_it_was = text[start:end]
    if kind == "comma":
        return (
            None
            if _single(tokens, index - 1)
            and _single(tokens, index + 1)
            and (_single(tokens, index - 3) or _single(tokens, index + 3))
            else ","
        )
    before = tokens[index - 1] if index else ("", 0, 0)
    after = tokens[index + 1] if index + 1 < len(tokens) else ("", 0, 0)
    if before[0] == after[0] == "han":
        quoted = any(each in '"“”‘’「」()【】' for each in as_it_was)
        if pulled_apart or _single(tokens, index - 1) or _single(tokens, index + 1):
            return None
        return None if quoted and " " not in as_it_was else " "
    if {before[0], after[0]} == {"han", "latin"}:
        return None
    if before[0] == after[0] == "latin" and as_it_was.strip(" -.*_") == "":
        letters = [_letter(text, tokens, at) for at in (index - 3, index - 1, index + 1, index + 3)]
        if letters[1] and letters[2] and (letters[0] or letters[3]):
            return None
    if not as_it_was.strip():
        return " "
    return as_it_was


def _single(tokens: list[tuple[str, int, int]], index: int) -> bool:
    return 0 <= index < len(tokens) and tokens[index][0] == "han" and tokens[index][2] - tokens[index][1] == 1


def _letter(text: str, tokens: list[tuple[str, int, int]], index: int) -> bool:
    if not 0 <= index < len(tokens) or tokens[index][0] != "latin":
        return False
    return tokens[index][2] - tokens[index][1] == 1 and text[tokens[index][1]].isalpha()


def _made_right(held: Normal) -> Normal:
    _table, pattern, meant = _spellings()
    text = _DISGUISED.sub(lambda found: found[0].translate(_PLAIN_LETTERS), held.text)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        characters.append(text[at:start])
        starts += held.starts[at:start]
        ends += held.ends[at:start]
        right = meant[found[0]]
        characters.append(right)
        starts += [held.starts[start]] * len(right)
        ends += [held.ends[end - 1]] * len(right)
        at = end
    characters.append(text[at:])
    return Normal("".join(characters), starts + held.starts[at:], ends + held.ends[at:])
