"""How texts and what was typed are brought to one form: what a gram is, and when a typed word is found in a case."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from operator import add

END = "\ue000"
"""Stands after the last character of a run of characters, so that each one begins a gram."""

MOST_WORDS = 6
LONGEST = 100
"""More words, or characters, than this are not looked at: nobody types them, but somebody may paste them."""

_CODE_POINTS = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}
_STAND_INS = 0xE001
_STAND_IN_COUNT = 0x18FE
_ID = re.compile(r"[0-9A-Za-z_-]{4,}")
_DIGIT = re.compile(r"[0-9]")
_HAS_FORMS = re.compile(r"[!-~]")


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


_FOLDED = _Folded(_FULL_WIDTH)
_GRAM_CHARACTERS = _GramCharacters()


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
    return "".join(character.lower() if character.isascii() else character for character in text)


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word, in the forms that the sources of the search need."""

    folded: str
    plain: bool
    """Whether every form of it is the same (Chinese), so that texts need not be folded to look for it."""

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
    return tuple(_word(word) for word in sorted(found, key=len, reverse=True))


def _word(plain: str) -> Word:
    is_id = _ID.fullmatch(plain) is not None and _DIGIT.search(plain) is not None
    return Word(
        folded=fold(plain),
        plain=not _HAS_FORMS.search(plain) and plain.lower() == plain.upper(),
        nick=ascii_lower(plain),
        ids=tuple(dict.fromkeys((plain, plain.upper(), plain.lower()))) if is_id else (),
        grams=_grams_within(plain),
    )


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
    texts = (text, appended or "", title or "", variant or "")
    folded: tuple[str, str, str, str] | None = None
    for word in words(typed):
        sought = word.folded
        if word.plain:
            looked_at = texts
        else:
            looked_at = folded = folded or (fold(texts[0]), fold(texts[1]), fold(texts[2]), fold(texts[3]))
        if sought in looked_at[0] or sought in looked_at[1] or sought in looked_at[2] or sought in looked_at[3]:
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
