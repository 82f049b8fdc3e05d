"""A terminal's screen and its answers, for tests: what a program wrote, as the person in front of it would see it.

pyte keeps the screen. This module adds what programs use and pyte lacks: private sequences that are not colours,
repeated characters, scrolling, characters of ambiguous width drawn two cells wide, and the answers to queries.
"""

from __future__ import annotations

import base64
import itertools
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import pyte
from pyte.screens import Char
from wcwidth import wcwidth

_SEQUENCE: Final = re.compile(
    r"\x1b(?:"
    r"\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|P(?P<dcs>[^\x1b]*(?:\x1b[^\\][^\x1b]*)*)\x1b\\"
    r"|[X^_][^\x1b]*\x1b\\"
    r"|(?P<two>[ -/]+[0-~]|[0-OQ-WYZ`-~\\])"
    r")"
)
_KNOWN_MODES: Final = frozenset({1, 7, 12, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026})
"""Private modes that this terminal knows; it says of any other that it never heard of it."""
_COLOURS: Final = {"10": "rgb:d8d8/d8d8/d8d8", "11": "rgb:1818/1818/1818", "12": "rgb:d8d8/d8d8/d8d8"}


@lru_cache(maxsize=8192)
def cells(character: str, ambiguous: int = 1) -> int:
    """Cells of one character; characters of ambiguous width have `ambiguous` of them."""
    return max(0, wcwidth(character, ambiguous_width=ambiguous))


class Emulator:
    """The screen of a terminal that is fed what a program writes and gives back what a terminal would answer."""

    def __init__(self, columns: int, lines: int, *, ambiguous: int = 1) -> None:
        self.display = _Display(columns, lines, ambiguous)
        self.keypad = False
        """Whether arrows are to be sent the application's way."""
        self.clipboard: str | None = None
        """What was last copied by OSC 52."""
        self.bells = 0
        self._stream = pyte.Stream(self.display)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._unfinished = ""
        self._last = " "

    def feed(self, data: bytes) -> bytes:
        """Draw what was written; return the answers to the questions in it."""
        text = self._unfinished + self._decode(data)
        answers = []
        position = 0
        while position < len(text):
            start = text.find("\x1b", position)
            if start != position:
                self._draw(text[position : start if start >= 0 else len(text)])
            if start < 0:
                position = len(text)
                break
            match = _SEQUENCE.match(text, start)
            if match is None:
                position = start
                break
            answers.append(self._obey(match))
            position = match.end()
        self._unfinished = text[position:]
        return "".join(answers).encode()

    def lines(self) -> list[str]:
        """The rows as text, without the blanks at their ends."""
        return ["".join(char.data for char in row).rstrip() for row in self.rows()]

    def rows(self) -> Iterator[list[Char]]:
        """The rows as characters with their colours; the second cell of a wide character is empty."""
        for line in range(self.display.lines):
            row = self.display.buffer[line]
            yield [row[column] for column in range(self.display.columns)]

    def resize(self, columns: int, lines: int) -> None:
        """The window has another size now."""
        self.display.resize(lines, columns)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the cursor, from 0."""
        return min(self.display.cursor.x, self.display.columns - 1), self.display.cursor.y

    def _draw(self, text: str) -> None:
        self.bells += text.count("\x07")
        self._stream.feed(text)
        if text[-1] >= " ":
            self._last = text[-1]

    def _obey(self, match: re.Match[str]) -> str:
        if (csi := match["csi"]) is not None:
            return self._control(csi[:-1], csi[-1])
        if (osc := match["osc"]) is not None:
            return self._command(osc)
        if (dcs := match["dcs"]) is not None:
            return f"\x1bP0{dcs[0]}r\x1b\\" if dcs[:2] in ("+q", "$q") else ""
        if match["two"] in {"7", "8", "D", "E", "M", "H", "c"}:
            self._stream.feed(match[0])
        return ""

    def _control(self, given: str, final: str) -> str:
        match given, final:
            case (("" | "0"), "c"):
                return "\x1b[?62;22c"
            case ">" | ">0", "c":
                return "\x1b[>1;10;0c"
            case "5", "n":
                return "\x1b[0n"
            case "6", "n":
                column, line = self.cursor
                return f"\x1b[{line + 1};{column + 1}R"
            case ">" | ">0", "q":
                return "\x1bP>|tests(1)\x1b\\"
            case "18", "t":
                return f"\x1b[8;{self.display.lines};{self.display.columns}t"
        if final == "p" and given.endswith("$"):
            return self._mode_report(given[:-1])
        self._carry_out(given, final)
        return ""

    def _carry_out(self, given: str, final: str) -> None:
        if final in "hl" and given.startswith("?"):
            self._set_modes(given[1:].split(";"), final)
        elif given[:1] in ("?", ">", "<", "=") or re.search(r"[ -/]", given) or final in "cntpqxyu":
            return
        elif final == "b":
            self._draw(self._last * int(given or 1))
        elif final in "ST":
            self.display.scroll(int(given or 1) * (1 if final == "S" else -1))
        else:
            given = given.replace(":", ";")
            self._stream.feed(f"\x1b[{_with_faint(given) if final == 'm' else given}{final}")

    def _set_modes(self, modes: list[str], final: str) -> None:
        if "1" in modes:
            self.keypad = final == "h"
        if {"47", "1047", "1049"} & set(modes):
            self._stream.feed("\x1b[2J\x1b[H")
        kept = [mode for mode in modes if mode in ("6", "7", "25")]
        if kept:
            self._stream.feed(f"\x1b[?{';'.join(kept)}{final}")

    def _mode_report(self, mode: str) -> str:
        known = mode.startswith("?") and int(mode[1:]) in _KNOWN_MODES
        return f"\x1b[{mode};{2 if known else 0}$y"

    def _command(self, osc: str) -> str:
        number, _, rest = osc.partition(";")
        if number in _COLOURS and rest == "?":
            return f"\x1b]{number};{_COLOURS[number]}\x1b\\"
        if number == "52" and not rest.endswith("?"):
            self.clipboard = base64.b64decode(rest.partition(";")[2]).decode()
        return ""


def _with_faint(given: str) -> str:
    """Colours and weights, faint (2) as blink (5): pyte knows no faint, and nothing here blinks."""
    codes = iter(given.split(";"))
    found = []
    for code in codes:
        if code in ("38", "48"):
            kind = next(codes, "")
            found += [code, kind, *itertools.islice(codes, {"5": 1, "2": 3}.get(kind, 0))]
        else:
            found += {"2": ["5"], "22": ["22", "25"]}.get(code, [code])
    return ";".join(found)


class _Display(pyte.Screen):
    """pyte's screen with its own way of drawing: ambiguous characters, and wide ones that lose a half."""

    def __init__(self, columns: int, lines: int, ambiguous: int) -> None:
        self._ambiguous = ambiguous
        super().__init__(columns, lines)

    def draw(self, data: str) -> None:
        """Put characters where the cursor is."""
        for character in data:
            width = cells(character, self._ambiguous)
            if width == 0:
                self._combine(character)
                continue
            if self.cursor.x + width > self.columns:
                if pyte.modes.DECAWM in self.mode:
                    self.carriage_return()
                    self.linefeed()
                else:
                    self.cursor.x = self.columns - width
            self._put(character, width)

    def scroll(self, count: int) -> None:
        """Move the scrolling region up, or down when `count` is negative."""
        top, bottom = self.margins or (0, self.lines - 1)
        column, line = self.cursor.x, self.cursor.y
        for _ in range(min(abs(count), self.lines)):
            self.cursor.y = bottom if count > 0 else top
            if count > 0:
                self.index()
            else:
                self.reverse_index()
        self.cursor.x, self.cursor.y = column, line

    def _put(self, character: str, width: int) -> None:
        row, x = self.buffer[self.cursor.y], self.cursor.x
        if row[x].data == "" and x > 0:
            row[x - 1] = row[x - 1]._replace(data=" ")
        after = x + width
        if after < self.columns and row[after].data == "":
            row[after] = row[after]._replace(data=" ")
        row[x] = self.cursor.attrs._replace(data=character)
        if width == 2:
            row[x + 1] = self.cursor.attrs._replace(data="")
        self.cursor.x = after
        self.dirty.add(self.cursor.y)

    def _combine(self, character: str) -> None:
        row, x = self.buffer[self.cursor.y], self.cursor.x - 1
        if x >= 1 and row[x].data == "":
            x -= 1
        if x >= 0 and character >= " ":
            row[x] = row[x]._replace(data=row[x].data + character)

    def report_device_status(self, *_: Any, **__: Any) -> None:
        """Answered by the emulator."""

    def report_device_attributes(self, *_: Any, **__: Any) -> None:
        """Answered by the emulator."""
