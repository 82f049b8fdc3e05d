"""The look: sixteen palette colours, so that a terminal's own theme holds, and a few glyphs.

A colour never stands alone: each meaning has its word or shape beside it. Nothing here sets a background.
"""

from __future__ import annotations

from typing import Final

from rich.style import Style

FACT: Final = Style.null()
"""What is so: the terminal's own text."""
LABEL: Final = Style(dim=True)
"""The name of a fact, and whatever matters less."""
KEY: Final = Style(color="yellow")
"""A key, the current stage, a heading: the one warm accent."""
HERE: Final = Style(color="yellow", bold=True)
"""The accent where the eye should land: the cursor's mark, the program's name, a digit to press."""
CHOSEN: Final = Style(bold=True, underline=True)
"""The view, stage or tab that is open."""
SAY: Final = Style(bold=True)
"""What the agent is to say, and the weight of the cursor's row."""
BAD: Final = Style(color="bright_red")
"""Overdue or bad. Bright red and bright blue stand out on dark and on light grounds alike; the plain ones drown in a
dark ground on the terminals that most people have."""
SOON: Final = Style(color="yellow")
"""Soon or neutral."""
GOOD: Final = Style(color="green")
"""Allowed or done."""
NOTE: Final = Style(color="bright_blue")
"""A classification: the cause of a case, what to write down."""

CURSOR: Final = "▌"
RULE: Final = "─"
BAR: Final = "│"
CROSS: Final = "✖"
TRIANGLE: Final = "▲"
CHECK: Final = "✔"
DONE: Final = "✓"
HURRY: Final = "!"
NEXT: Final = "›"
DOT: Final = " · "

GRADES: Final = {"bad": (CROSS, BAD), "neutral": (TRIANGLE, SOON), "good": (CHECK, GOOD)}
"""The shape and the style of each grade."""


MARKS: Final = {CHECK: GOOD, TRIANGLE: SOON, CROSS: BAD}
"""The signs that begin an answer: yes, in part, no."""


def mark_of(phone: bool, chat: bool) -> str:
    """The sign for what is allowed: to call, only to write, neither."""
    return CHECK if phone else TRIANGLE if chat else CROSS


def answered(text: str) -> tuple[tuple[str, Style | None], ...]:
    """An answer with its sign, if it begins with one, in the sign's colour."""
    style = MARKS.get(text[:1])
    return ((text[0], style), (text[1:], None)) if style is not None else ((text, None),)


def quoted(text: str) -> str:
    """The text in quotation marks."""
    return f"“{text}”"
