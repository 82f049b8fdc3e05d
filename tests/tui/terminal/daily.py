"""The keys of the daily flow as terminals send them, and the names that bindings know them by."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterable

from tui.terminal.keys import KeyFilter, Token

SEQUENCES = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1bOD",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
}
CHARACTERS = {
    **{digit: digit for digit in "0123456789"},
    "space": " ",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "j": "j",
    "k": "k",
}
FULL_WIDTH = {"slash": "、", "question_mark": "？", "colon": "：", "1": "１", "0": "０", "space": "\u3000"}


class Line:
    """A filter behind a line that delivers bytes, with a clock that only the test moves."""

    def __init__(self) -> None:
        self.filter = KeyFilter()
        self.now = 100.0
        self.tokens: list[Token] = []
        self._decode = getincrementaldecoder("utf-8")("ignore").decode

    def read(self, piece: bytes) -> None:
        """One read."""
        self.tokens += self.filter.feed(self._decode(piece), self.now)

    def pause(self, seconds: float) -> None:
        """Nothing arrives for a while."""
        end = self.now + seconds
        while (wait := self.filter.wait(self.now)) is not None and self.now + wait <= end:
            self.now += wait + 1e-6
            self.tokens += self.filter.tick(self.now)
        self.now = max(self.now, end)


def delivered(reads: Iterable[bytes], pause: float = 0.0) -> list[Token]:
    """The tokens that these reads, and the silence after them, come to."""
    line = Line()
    for piece in reads:
        line.read(piece)
        line.pause(pause)
    line.pause(10)
    return line.tokens
