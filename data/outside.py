"""The two borders that text from outside crosses: on its way to a screen, and on its way to a spreadsheet.

Markup in a text (square brackets, HTML) is left as it is: no screen parses what it shows. What comes out of
`for_screen` is printable, one line unless lines are kept, and no character of it hides, moves or reorders others.
"""

from __future__ import annotations

import re
import unicodedata

UNKNOWN = "?"
"""Stands for a character that no terminal is sure to draw: private use, unassigned, half of a pair."""

# Printable to Python, yet blank, joined to the character before it, or drawn in a width that terminals disagree on:
# joiners, Hangul and Braille blanks, variation selectors, skin tones.
_ODD = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
# Marks piled up grow over the lines above and below; two are enough for every script that uses them.
_MARKS = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]"
)
_PILES = re.compile(f"({_MARKS}{{2}}){_MARKS}+")
_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_DROPPED = frozenset({"Cc", "Cf"})
_UNKNOWN = frozenset({"Cs", "Co", "Cn"})


class _ScreenTable(dict[int, str | None]):
    """What becomes of each character that Python does not call printable; filled as texts are seen."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        shown: str | None
        if category in _DROPPED:
            shown = None
        elif category in _UNKNOWN:
            shown = UNKNOWN
        elif category in ("Zs", "Zl", "Zp") and character != "\u3000":
            shown = " "
        else:
            shown = character
        if len(self) < 4096:
            self[code] = shown
        return shown


_SCREEN = _ScreenTable({ord("\t"): " "})
_LINES = _ScreenTable({ord("\t"): " ", ord("\n"): "\n"})


def for_screen(text: str, *, lines: bool = False) -> str:
    """A text from outside as a screen may show it; `lines` keeps its line breaks as plain newlines.

    Control characters (so every escape sequence loses its beginning), zero-width and direction-changing ones are
    dropped, breaks and odd blanks become a space, what cannot be drawn becomes UNKNOWN.
    """
    if not text.isprintable():
        text = _LINE_BREAKS.sub("\n" if lines else " ", text).translate(_LINES if lines else _SCREEN)
    return text if text.isascii() else _PILES.sub(r"\1", _ODD.sub("", text))


_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
# Twelve digits and more are shown rounded, after fifteen they are lost; a leading zero goes; 12E5 is computed.
_DESTROYED = re.compile(r"\d{12,}|0\d+|\d+[eE]\d+", re.ASCII)
_NOT_IN_A_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CELL_CHARACTERS = 32_000


def for_text_cell(text: str) -> str:
    """A text from outside as a cell can hold it whose type is text, where nothing is run, rounded or computed.

    Line breaks stay; other control characters and halves of pairs go. Longer texts than a cell can hold are cut.
    """
    return _NOT_IN_A_CELL.sub("", text)[:_CELL_CHARACTERS]


def for_spreadsheet(value: object) -> str:
    """A value as the text of a CSV cell that spreadsheets neither run nor destroy.

    Numbers stay numbers. Digits that would be rounded, cut or computed are written as ="…", the form of the
    platforms' own exports, which keeps them as text. A text that could be a formula gets an apostrophe before
    it. Line breaks stay; other control characters and halves of pairs go. None is an empty cell. Longer texts
    than a cell can hold are cut.
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str):
        return str(value)
    text = for_text_cell(value)
    if _DESTROYED.fullmatch(text):
        return f'="{text}"'
    return "'" + text if text[:1] in ("\t", "\r") or _FORMULA.match(text) else text
