"""A terminal's screen as an SVG picture for the READMEs: drawn from what the terminal got, not from the program."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from pyte.screens import Char

from tests.emulator import Emulator

CELL: Final = 8.4
LINE: Final = 19
SIZE: Final = 14
MARGIN: Final = 16
GROUND: Final = "#16181d"
TEXT: Final = "#d5d8de"
FONTS: Final = (
    "ui-monospace, 'Sarasa Mono SC', 'Noto Sans Mono CJK SC', 'JetBrains Mono', Menlo, Consolas,"
    " 'PingFang SC', 'Microsoft YaHei', monospace"
)
PALETTE: Final = {
    "black": "#2a2e37", "red": "#e5695f", "green": "#7fb069", "brown": "#e0a84e", "blue": "#7aa2d6",
    "magenta": "#c08bd0", "cyan": "#6fb7b7", "white": "#d5d8de", "brightblack": "#7d838f",
    "brightred": "#f08a80", "brightgreen": "#9ccc88", "brightbrown": "#f0c070", "brightblue": "#9bbce6",
    "brightmagenta": "#d4a8e0", "brightcyan": "#93cfcf", "brightwhite": "#f2f4f8", "default": TEXT,
}  # fmt: skip
"""Sixteen calm colours: the program uses a terminal's own, and a picture has to choose."""


def draw(emulator: Emulator, title: str) -> str:
    """The screen as it stands. `title` is what a screen reader says of the picture."""
    columns, lines = emulator.display.columns, emulator.display.lines
    width, height = columns * CELL + 2 * MARGIN, lines * LINE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>',
        f'<g font-family="{escape(FONTS)}" font-size="{SIZE}" fill="{TEXT}" style="white-space:pre">',
    ]
    for line, row in enumerate(emulator.rows()):
        parts += _row(row, MARGIN + line * LINE)
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _row(row: list[Char], top: float) -> Iterator[str]:
    at = 0
    for look, chars in groupby(_pieces(row), key=lambda piece: piece[1]):
        text, cells = "", 0
        for char, _, width in chars:
            text += char
            cells += width
        yield from _run(text, look, at, cells, top)
        at += cells


Look = tuple[str, str, bool, bool, bool, bool, int]
"""Colour, ground, bold, slanted, underlined, faint, and how many cells each character takes."""


def _pieces(row: list[Char]) -> Iterator[tuple[str, Look, int]]:
    for at, char in enumerate(row):
        if char.data == "":
            continue
        width = 2 if at + 1 < len(row) and row[at + 1].data == "" else 1
        colours = (char.bg, char.fg) if char.reverse else (char.fg, char.bg)
        look = (*colours, char.bold, char.italics, char.underscore, char.blink, width)
        yield char.data, look, width


def _run(text: str, look: Look, at: int, cells: int, top: float) -> Iterator[str]:
    colour, ground, bold, slanted, underlined, faint, _ = look
    x, width = MARGIN + at * CELL, cells * CELL
    if ground != "default":
        yield f'<rect x="{x:g}" y="{top:g}" width="{width:g}" height="{LINE}" fill="{_colour(ground)}"/>'
    if text.strip(" ─") == "" and "─" in text:
        middle = top + LINE / 2
        weight = 0.45 if faint else 1
        yield f'<path d="M{x:g} {middle:g}h{width:g}" stroke="{_colour(colour)}" stroke-opacity="{weight}"/>'
        return
    if not text.strip():
        return
    shown = text.strip()
    each = width / len(text)
    x += each * (len(text) - len(text.lstrip()))
    marks = "".join(
        (
            f' fill="{_colour(colour)}"' if colour != "default" else "",
            ' font-weight="bold"' if bold else "",
            ' font-style="italic"' if slanted else "",
            ' text-decoration="underline"' if underlined else "",
            ' fill-opacity=".6"' if faint else "",
        )
    )
    yield (
        f'<text x="{x:g}" y="{top + SIZE:g}" textLength="{each * len(shown):g}" lengthAdjust="spacingAndGlyphs"{marks}>'
        f"{escape(shown)}</text>"
    )


def _colour(name: str) -> str:
    return PALETTE.get(name, f"#{name}")
