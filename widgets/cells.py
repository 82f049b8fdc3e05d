"""Plain text measured, cut, padded and wrapped by terminal cells, never by characters.

A double-width character is never halved, and a combining mark or the parts of one emoji never leave what they
belong to.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, split_graphemes

ELLIPSIS: Final = "…"

CLOSING: Final = frozenset(",.!?:;)]}%、。,!?:;)】》”’…")
"""What never begins a line of Chinese."""


def width(text: str) -> int:
    """How many cells the text takes."""
    return cell_len(text)


def head(text: str, cells: int) -> str:
    """The longest beginning that fits into so many cells."""
    if cells <= 0:
        return ""
    return text if cell_len(text) <= cells else _beginning(text, cells)


@lru_cache(maxsize=1024)
def _beginning(text: str, cells: int) -> str:
    """Kept, since the same texts are cut again with every step and every row that comes back into sight."""
    # A long text is read as far as its beginning may reach, and as a whole only where what is read all fits.
    for reach in (4 * cells + 16, len(text)):
        spans, _whole = split_graphemes(text[:reach])
        room, end = cells, 0
        for _start, stop, size in spans:
            if size > room:
                return text[:end]
            room -= size
            end = stop
    return text[:end]


def cut(text: str, cells: int) -> str:
    """The text, or its beginning with … where it does not fit into so many cells."""
    if cell_len(text) <= cells:
        return text
    return head(text, cells - 1) + ELLIPSIS if cells > 0 else ""


def pad(text: str, cells: int) -> str:
    """The text cut or filled with blanks on the right to exactly so many cells."""
    text = cut(text, cells)
    return text + " " * (cells - cell_len(text))


def right(text: str, cells: int) -> str:
    """The text cut or filled with blanks on the left to exactly so many cells."""
    text = cut(text, cells)
    return " " * (cells - cell_len(text)) + text


def wrap(text: str, cells: int, lines: int | None = None) -> list[str]:
    """The text in lines of at most so many cells; words of Latin script stay whole where they can.

    With `lines`, no more than that many, the last one ending in … when something was left out.
    """
    cells = max(cells, 2)
    wrapped: list[str] = []
    for paragraph in text.split("\n"):
        wrapped.extend(_paragraph(paragraph.rstrip(), cells))
    if lines is not None and len(wrapped) > lines:
        kept = wrapped[:lines]
        if kept:
            last = kept[-1]
            kept[-1] = (last if cell_len(last) < cells else head(last, cells - 1)) + ELLIPSIS
        return kept
    return wrapped


def _paragraph(text: str, cells: int) -> list[str]:
    lines: list[str] = []
    while cell_len(text) > cells:
        piece = head(text, cells)
        if not piece:  # nothing but marks of no width before a character that is too wide
            break
        end = _break(text, len(piece))
        lines.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*lines, text] if text or not lines else lines


def _break(text: str, end: int) -> int:
    """Where to break at or before `end`: not inside a Latin word, not before a closing mark."""
    if text[end].isspace():
        return end
    if _joins(text[end - 1]) and _joins(text[end]):
        for at in range(end - 1, end // 2, -1):
            if not (_joins(text[at - 1]) and _joins(text[at])):
                return at
        return end
    if text[end] in CLOSING and end > 1 and not unicodedata.combining(text[end - 1]):
        spans, _whole = split_graphemes(text[:end])
        if len(spans) > 1 and text[spans[-1][0]] not in CLOSING:
            return spans[-1][0]
    return end


def _joins(character: str) -> bool:
    return character.isascii() and not character.isspace()


_NARROW: Final = {
    "▌": ">", "▲": "^", "▼": "v", "△": "^", "│": "|", "─": "-", "┃": "|", "━": "-", "…": "~", "·": ".",
    "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "―": "-", "×": "x", "÷": "/", "★": "*", "☆": "*",
    "●": "*", "○": "o", "◆": "*", "◇": "o", "■": "#", "□": "#", "→": ">", "←": "<", "↑": "^", "↓": "v", "※": "*",
    "°": "o", "±": "~", "§": "S", "¶": "P", "•": "*", "▏": "|",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _narrow(character: str) -> str:
    if character.isascii() or unicodedata.east_asian_width(character) != "A" or cell_len(character) != 1:
        return character
    known = _NARROW.get(character)
    if known is not None:
        return known
    plain = [part for part in unicodedata.normalize("NFKD", character) if part.isascii() and part.isprintable()]
    return plain[-1] if plain else "?"


def narrow(text: str) -> str:
    """The text with a one-cell substitute for every character that some terminals draw two cells wide.

    For terminals with `ambiguous_width` 2. Every measure of the text stays as it was, so that the driver can do
    this last of all and no screen needs to know.
    """
    if text.isascii():
        return text
    return "".join(map(_narrow, text))
