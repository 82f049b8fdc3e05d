"""Another colour of the palette in place of the accent, for terminals whose own yellow cannot be read on their ground.

The palette belongs to the terminal: its yellow is amber on most dark grounds and on the light themes that were made
with care, and next to nothing on a white one with the colours of the first colour terminals. No program can see which.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal

Accent = Literal["yellow", "magenta", "cyan", "blue"]
"""The setting: what is written where the screens say yellow."""

_CODES: Final[dict[Accent, str]] = {"yellow": "33", "magenta": "35", "cyan": "36", "blue": "34"}
_STYLE: Final = re.compile(r"\x1b\[((?:\d+;)*)33((?:;\d+)*)m")


def in_accent(accent: Accent) -> Callable[[str], str]:
    """What turns output that is yellow into output in the accent's colour."""
    code = _CODES[accent]
    if accent == "yellow":
        return str
    return lambda data: _STYLE.sub(lambda style: f"\x1b[{style[1]}{code}{style[2]}m", data)
