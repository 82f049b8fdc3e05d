"""How texts and what was typed are brought to one form: what a gram is, and when a typed word is found in a case."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

END = "\ue000"
"""Stands after the last character of a run of characters, so that each one begins a gram."""

GLUE = "\ufdd0"
"""Stands for a blank inside words that are to be found together."""

MOST_WORDS = 6
LONGEST = 100
"""More words, or characters, than this are not looked at: nobody types them, but somebody may paste them."""

_CODE_POINTS = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}
_STAND_INS = 0xE001
_STAND_IN_COUNT = 0x18FE
_ID = re.compile(r"[0-9A-Za-z_-]{4,}")
_DIGIT = re.compile(r"[0-9]")
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class _Folded(dict[int, int | str]):
    """Full-width forms to plain ones, capitals to small letters, one character to one."""

    def __missing__(self, code: int) -> int | str:
        small = chr(code).lower()
        self[code] = small if len(small) == 1 else code
        return self[code]


class _GramCharacters(dict[int, str]):
    """The character that stands for another in a gram.

    The index takes letters and numbers of Unicode 6.1 and private-use characters for parts of a word and drops
    all others. So signs, emoji and newer letters get a private-use stand-in, several sharing one: the index only
    proposes, the text itself decides. Blanks and control characters part runs.
    """

    def __missing__(self, code: int) -> str:
        folded = _FOLDED[code]
        code_folded = folded if isinstance(folded, int) else ord(folded)
        character = chr(code_folded)
        if unicodedata.ucd_3_2_0.category(character)[0] in "LN":
            kept = character
        elif character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co"):
            kept = " "
        else:
            kept = chr(_STAND_INS + code_folded % _STAND_IN_COUNT)
        self[code] = kept
        return kept


_FOLDED = _Folded({code: ord(chr(plain).lower()) for code, plain in _FULL_WIDTH.items()})
_GRAM_CHARACTERS = _GramCharacters()


def together(words: str) -> str:
    """Words with blanks between them as one word to be typed into the search: they must stand like this."""
    return GLUE.join(words.split())


def fits(found: Sequence[str]) -> bool:
    """Whether the search looks at all of these words, typed one after the other."""
    return len(found) <= MOST_WORDS and len(" ".join(found)) <= LONGEST


def fold(text: str) -> str:
    """The form in which texts are compared: full-width forms and capitals do not matter."""
    return text.translate(_FOLDED)


def gram_characters(text: str) -> str:
    """A text in the characters that grams are made of, with blanks between its runs."""
    return text.translate(_GRAM_CHARACTERS)


def grams(text: str) -> str:
    """The grams of a text with blanks between: every two neighbours, and the last of a run with END.

    Between two runs stands one gram that begins with END; nothing typed ever asks for it. The text is taken apart as
    an array of code points: an import does this for every review, and a loop over characters takes thrice as long.
    """
    runs = END.join(text.translate(_GRAM_CHARACTERS).split())
    if not runs:
        return ""
    first = array("I", runs.encode(_CODE_POINTS))
    spaced = array("I", [0x20]) * (3 * len(first))
    spaced[0::3] = first
    first.append(ord(END))
    spaced[1::3] = first[1:]
    return spaced[:-1].tobytes().decode(_CODE_POINTS)


def ascii_lower(text: str) -> str:
    """What the engine's own lower() makes of a text."""
    return text.translate(_ASCII_LOWER)


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word, in the forms that the sources of the search need."""

    folded: str
    forms: re.Pattern[str] | None
    """Finds every form of it, capital or full-width; None for a word that has one form (Chinese)."""

    nick: str
    ids: tuple[str, ...]
    """The ways in which it may stand in an id: as typed, in capitals, in small letters. Empty when it is no id."""

    grams: tuple[str, ...]
    """The grams that a text with this word has; of a run of a single character, the character. Empty when the word
    has nothing that is indexed."""

    @property
    def short(self) -> bool:
        """One character: common more often than not, and dear to look up when it is."""
        return len(self.folded) == 1


@lru_cache(maxsize=64)
def words(typed: str) -> tuple[Word, ...]:
    """The words of what was typed, the most telling first."""
    plain = typed[:LONGEST].translate(_FULL_WIDTH)
    found = tuple(dict.fromkeys(plain.split()))[:MOST_WORDS]
    return tuple(_word(word.replace(GLUE, " ")) for word in sorted(found, key=len, reverse=True))


def _word(plain: str) -> Word:
    is_id = _ID.fullmatch(plain) is not None and _DIGIT.search(plain) is not None
    return Word(
        folded=fold(plain),
        forms=_forms(plain),
        nick=ascii_lower(plain),
        ids=tuple(dict.fromkeys((plain, plain.upper(), plain.lower()))) if is_id else (),
        grams=_grams_within(plain),
    )


def _forms(plain: str) -> re.Pattern[str] | None:
    parts = ["".join(dict.fromkeys(_forms_of(character))) for character in plain]
    if all(len(part) == 1 for part in parts):
        return None
    return re.compile("".join(f"[{re.escape(part)}]" if len(part) > 1 else re.escape(part) for part in parts))


def _forms_of(character: str) -> str:
    cases = "".join(one for one in (character.lower(), character.upper()) if len(one) == 1) or character
    return cases + "".join(chr(ord(one) + 0xFEE0) for one in cases if "!" <= one <= "~")


def _grams_within(plain: str) -> tuple[str, ...]:
    asked: dict[str, None] = {}
    for run in gram_characters(plain).split():
        asked.update(dict.fromkeys(map(add, run, run[1:]) if len(run) > 1 else (run,)))
    return tuple(asked)


def found(
    typed: str,
    text: str,
    appended: str | None,
    title: str | None,
    variant: str | None,
    nick: str | None,
    review_id: str | None,
    order_id: str | None,
    purchase_id: str | None,
    tracking: str | None,
) -> bool:
    """Whether every typed word is in one of the texts, begins the nick, or begins or ends an id.

    This decides; index and B-trees only propose. The engine calls it for every case that they propose.
    """
    appended, title, variant = appended or "", title or "", variant or ""
    for word in words(typed):
        if word.forms is None:
            sought = word.folded
            if sought in text or sought in title or sought in variant or sought in appended:
                continue
        else:
            search = word.forms.search
            if search(text) or search(title) or search(variant) or search(appended):
                continue
        if nick and ascii_lower(nick).startswith(word.nick):
            continue
        if word.ids and (
            any(one and one.startswith(word.ids) for one in (review_id, order_id, purchase_id, tracking))
            or any(one and one.endswith(word.ids) for one in (purchase_id, tracking))
        ):
            continue
        return False
    return True
