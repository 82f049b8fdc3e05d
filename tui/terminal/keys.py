"""Raw terminal input, sorted into keys, text and reports before any screen can act on it.

A live terminal delivers keys in lumps and in pieces: Esc and Enter in one read, an arrow in two. This filter sees one
read after another and never guesses an Alt key, never lets the letters of a broken sequence through as keys, and never
takes what an input method commits for a command. Times are seconds of any steadily rising clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

ESC: Final = "\x1b"
ESC_DELAY: Final = 0.1
"""Seconds after which a lone ESC is the Esc key."""
HOLD: Final = 1.0
"""Seconds that an unfinished sequence is waited for; then it is dropped."""
PASTE_HOLD: Final = 5.0
"""Seconds of silence after which a paste that was never ended is delivered as it stands."""
LONGEST: Final = 65_536
"""Characters that an answer of the terminal may have before it is given up."""

PASTE_START: Final = "\x1b[200~"
PASTE_END: Final = "\x1b[201~"


class Kind(Enum):
    """What a piece of input is."""

    KEY = "key"
    """One key: `\\x1b` alone is Esc; else one character, or the whole sequence of a key that has no character."""
    TEXT = "text"
    """Typed, committed by an input method, or pasted: for a text field, never a command."""
    REPORT = "report"
    """The terminal speaking for itself: a cursor report, a mode, the mouse."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of input, in the order of typing."""

    kind: Kind
    text: str


_SEQUENCE: Final = re.compile(
    r"\x1b(?:"
    r"(?P<console>\[\[[A-E])"  # the function keys of the Linux console
    r"|(?P<mouse>\[M[^\x1b]{3})"
    r"|(?P<csi>\[[0-?]*[ -/]*[@-LN-Z\\-~]|\[[0-?]+[ -/]*M)"
    r"|(?P<ss3>O[0-9;]*[ A-Za-z])"
    r"|(?P<string>\][0-9][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|P[0-9>!$+][^\x1b\x9c]*(?:\x1b\\|\x9c))"
    r")"
)
"""Whole sequences. Answers that begin with `]` or `P` are told from Esc and a letter by the character after."""

_BEGUN: Final = re.compile(
    r"\x1b(?:\[(?:\[|M[^\x1b]{0,2}|[0-?]*[ -/]*)|O[0-9;]*|(?:\][0-9]|P[0-9>!$+])[^\x07\x1b\x9c]*\x1b?)\Z"
)
"""The beginning of a sequence whose rest has not come yet."""

_MAYBE_ESC: Final = re.compile(r"\x1b[\]P]?\Z")
"""Esc, unless more comes at once."""

_BROKEN: Final = re.compile(
    r"\x1b(?:\[(?:\[[!-~]?|M[^\x1b]{0,2}|[0-?]*[ -/]*)|O[0-9;]*|(?:\][0-9]|P[0-9>!$+])[^\x07\x1b\x9c]*)"
)
"""The beginning of a sequence that something else interrupted."""

_LATE_REST: Final = re.compile(r"\[(?:\[[A-E]|[0-?]*[ -/]*[@-LN-Z\\-~])|O[A-DFHMP-S]")
"""The rest of a key whose ESC came so early that it was already taken for the Esc key."""

_PLAIN_FINALS: Final = frozenset("ABCDEFGHPQSZabcd")
"""How a key's sequence without numbers ends."""
_TILDE: Final = frozenset(str(number) for number in range(1, 25) if number not in (9, 10, 16, 22))
_NUMBERED: Final = {"~": _TILDE} | {final: frozenset(("", "1")) for final in "ABCDEFHPQS"}
"""The numbers that a key's sequence may begin with: F18 (32) must not pass for the character 32, Space."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_KEYPAD: Final = {57399 + place: sign for place, sign in enumerate("0123456789./*-+")} | {57415: "=", 57416: ","}


def plain_form(character: str) -> str | None:
    """The ASCII key that a full-width character stands for (？ is ?, 、 is /, U+3000 is Space), or None."""
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    return {"、": "/", "\u3000": " "}.get(character)


class KeyFilter:
    """Sorts one read after another; keeps what is unfinished, for `wait` seconds at most, until `tick`."""

    def __init__(self) -> None:
        self._held = ""
        self._deadline = 0.0
        self._pasting = False
        self._pasted: list[str] = []
        self._esc_given = float("-inf")

    def feed(self, read: str, now: float) -> list[Token]:
        """The tokens that one read completes. `read` is what one system call gave: lumps are judged by it."""
        tokens: list[Token | str] = [] if _MAYBE_ESC.match(self._held) else [*self.tick(now)]
        late = now - self._esc_given < HOLD and _LATE_REST.match(read)
        buffer = (ESC if late else self._held) + read
        self._held = ""
        self._esc_given = float("-inf")
        position = 0
        while position < len(buffer):
            position = self._step(buffer, position, tokens)
        if self._held or self._pasting:
            delay = PASTE_HOLD if self._pasting else ESC_DELAY if _MAYBE_ESC.match(self._held) else HOLD
            self._deadline = now + delay
        return list(_judge(tokens))

    def tick(self, now: float) -> list[Token]:
        """What the passing of time decides: a lone ESC is Esc, a broken sequence is nothing."""
        if not (self._held or self._pasting) or now < self._deadline:
            return []
        held, self._held = self._held, ""
        if self._pasting:
            return self._pasted_text(held)
        if not _MAYBE_ESC.match(held):
            return []
        self._esc_given = now
        return list(_judge([Token(Kind.KEY, ESC), *held[1:]]))

    def wait(self, now: float) -> float | None:
        """Seconds until `tick` has something to decide; None when nothing is pending."""
        return max(0.0, self._deadline - now) if self._held or self._pasting else None

    def _step(self, buffer: str, position: int, tokens: list[Token | str]) -> int:
        """Take one piece from the buffer and return where the next begins; plain characters go in unjudged."""
        if self._pasting:
            return self._paste(buffer, position, tokens)
        character = buffer[position]
        if character != ESC:
            if not "\x80" <= character <= "\x9f":
                tokens.append(Token(Kind.KEY, character) if character < " " or character == "\x7f" else character)
            return position + 1
        if match := _SEQUENCE.match(buffer, position):
            self._pasting = match[0] == PASTE_START
            tokens += _sequence(match[0], match["csi"] is not None)
            return match.end()
        if _BEGUN.match(buffer, position) or _MAYBE_ESC.match(buffer, position):
            self._held = buffer[position:] if len(buffer) - position <= LONGEST else ""
            return len(buffer)
        if match := _BROKEN.match(buffer, position):
            return match.end()
        tokens.append(Token(Kind.KEY, ESC))
        return position + 1

    def _paste(self, buffer: str, position: int, tokens: list[Token | str]) -> int:
        end = buffer.find(PASTE_END, position)
        if end < 0:
            tail = max(position, len(buffer) - len(PASTE_END) + 1)
            self._pasted.append(buffer[position:tail])
            self._held = buffer[tail:]
            return len(buffer)
        tokens += self._pasted_text(buffer[position:end])
        return end + len(PASTE_END)

    def _pasted_text(self, rest: str) -> list[Token]:
        """End the paste: its text, with plain line ends and without control characters."""
        pasted = "".join((*self._pasted, rest)).replace("\r\n", "\n").replace("\r", "\n")
        self._pasted.clear()
        self._pasting = False
        cleaned = _CONTROLS.sub("", pasted)
        return [Token(Kind.TEXT, cleaned)] if cleaned else []


def _judge(pieces: Iterable[Token | str]) -> Iterator[Token]:
    """One plain or full-width character in a read is a key; two or more, or any other character, are text."""
    tokens = list(pieces)
    characters = [token for token in tokens if isinstance(token, str)]
    a_key = len(characters) == 1 and (characters[0] < "\x7f" or plain_form(characters[0]) is not None)
    run = ""
    for token in tokens:
        if isinstance(token, str) and not a_key:
            run += token
            continue
        if run:
            yield Token(Kind.TEXT, run)
            run = ""
        yield Token(Kind.KEY, token) if isinstance(token, str) else token
    if run:
        yield Token(Kind.TEXT, run)


def _sequence(sequence: str, is_csi: bool) -> list[Token]:
    """A whole sequence as a key or a report; nothing for what only borders a paste or answers nobody."""
    if sequence in (PASTE_START, PASTE_END) or sequence[1] in "]P" or sequence.startswith("\x1b[M"):
        return []
    if not is_csi:
        return [Token(Kind.KEY, sequence)]
    parameters, final = sequence[2:-1], sequence[-1]
    if not parameters:
        return [Token(Kind.KEY if final in _PLAIN_FINALS else Kind.REPORT, sequence)]
    if parameters.strip("0123456789:;") or not (final == "u" or final in _NUMBERED):
        return [Token(Kind.REPORT, sequence)]
    return _numbered_key(parameters, final)


def _numbered_key(parameters: str, final: str) -> list[Token]:
    """A key by its number and alternates; modifiers and press or release; text. Reduced to number and modifiers.

    Source: the kitty keyboard protocol, https://sw.kovidgoyal.net/kitty/keyboard-protocol/, and for 27 xterm's
    modifyOtherKeys, https://invisible-island.net/xterm/ctlseqs/ctlseqs.html.
    """
    code, modifiers, text, *_rest = [*parameters.split(";"), "", ""]
    code, (modifiers, _, event) = code.partition(":")[0], modifiers.partition(":")
    if final == "~" and code == "27":
        code, text, final = text.partition(":")[0], "", "u"
    points = [int(number) for number in (code, modifiers, *text.split(":")) if number]
    if event == "3" or any(point > 0x10FFFF or 0xD800 <= point <= 0xDFFF for point in points):
        return []
    if final != "u":
        return [Token(Kind.KEY, _rebuilt(code, modifiers, final))] if code in _NUMBERED[final] else []
    committed = _CONTROLS.sub("", "".join(chr(int(number)) for number in text.split(":") if number))
    if committed:
        return list(_judge(committed))
    if sign := _KEYPAD.get(int(code or 0)):
        return [Token(Kind.KEY, sign)]
    return [Token(Kind.KEY, _rebuilt(code, modifiers, final))]


def _rebuilt(code: str, modifiers: str, final: str) -> str:
    return f"{ESC}[{code}{';' if modifiers else ''}{modifiers}{final}"
