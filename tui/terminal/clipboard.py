"""Copying by OSC 52: the terminal is asked to put a text on the clipboard of the machine that the agent sits at.

Sources: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (OSC 52), tmux(1) `allow-passthrough` and
`set-clipboard`, and screen(1) on device control strings.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from enum import Enum
from typing import Final

LONGEST_COPY: Final = 74_994
"""UTF-8 bytes of the longest text: its base64 stays under 100,000 characters, where terminals begin to refuse."""
_SCREEN_PIECE: Final = 240
"""Characters of one device control string that GNU Screen forwards whole."""


class Route(Enum):
    """How a copy reaches the clipboard."""

    NONE = "none"
    """It cannot: show the text instead."""
    PLAIN = "plain"
    TMUX = "tmux"
    SCREEN = "screen"


def route(environ: Mapping[str, str]) -> Route:
    """How a copy travels from the terminal that an environment describes. PLAIN is a hope: nothing ever answers."""
    term = environ.get("TERM", "")
    if term in ("", "dumb", "linux"):
        return Route.NONE
    if "TMUX" in environ or term.startswith("tmux"):
        return Route.TMUX
    if "STY" in environ or term.startswith("screen"):
        return Route.SCREEN
    return Route.NONE if environ.get("TERM_PROGRAM") == "Apple_Terminal" else Route.PLAIN


def osc52(text: str, *, tmux: bool = False, screen: bool = False) -> str:
    """The sequence that copies a text, wrapped so that tmux or GNU Screen hands it on to the terminal outside.

    Raises ValueError for a text of more than LONGEST_COPY bytes: a clipboard with half a text would be a lie.
    """
    raw = text.encode("utf-8", "replace")
    if len(raw) > LONGEST_COPY:
        raise ValueError(f"{len(raw)} bytes are too many to copy; {LONGEST_COPY} are possible")
    sequence = f"\x1b]52;c;{b64encode(raw).decode('ascii')}\x07"
    if tmux:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    if screen:
        starts = range(0, len(sequence), _SCREEN_PIECE)
        return "".join(f"\x1bP{sequence[start : start + _SCREEN_PIECE]}\x1b\\" for start in starts)
    return sequence


def copy_sequence(text: str, environ: Mapping[str, str]) -> str:
    """What to write so that a text is copied; empty when this terminal cannot.

    Inside tmux or Screen the plain sequence goes first, for a tmux that keeps its own clipboard (`set-clipboard on`),
    and the wrapped one after it, for one that lets it pass; each ignores what it does not want.
    Raises ValueError as `osc52` does.
    """
    way = route(environ)
    if way is Route.NONE:
        return ""
    plain = osc52(text)
    if way is Route.TMUX:
        return plain + osc52(text, tmux=True)
    return plain + osc52(text, screen=True) if way is Route.SCREEN else plain
