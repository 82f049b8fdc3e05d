"""Sorted input as Textual's events: this parser stands where Textual's own would read the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.terminal.keys import ESC, KeyFilter, Kind, Token, plain_form

_CURSOR: Final = re.compile(r"\x1b\[(\d+);(\d+)R")
_READY: Final = "\x1b[0n"
_SYNCHRONISED_OUTPUT: Final = re.compile(r"\x1b\[\?2026;\d\$y")


class BorderParser:
    """Turns what the terminal sends into key and paste events, with the rules of `keys.KeyFilter`.

    Text arrives as a `Paste`, which only a text field takes. A full-width key carries the name of its ASCII key and
    the character as typed: a binding sees `question_mark`, a note gets ？. Reports of the cursor and of readiness
    never reach the application; `on_cursor` is given row and column, counted from 1, and `on_ready` is called.
    """

    def __init__(
        self,
        on_cursor: Callable[[int, int], None] | None = None,
        clock: Callable[[], float] = monotonic,
        on_ready: Callable[[], None] | None = None,
    ) -> None:
        self._filter = KeyFilter()
        self._xterm = XTermParser()
        self._on_cursor = on_cursor
        self._on_ready = on_ready
        self._clock = clock

    def feed(self, data: str) -> list[Message]:
        """The events that one read completes."""
        return self._events(self._filter.feed(data, self._clock()))

    def tick(self) -> list[Message]:
        """The events that the passing of time decides."""
        return self._events(self._filter.tick(self._clock()))

    def wait(self) -> float | None:
        """Seconds until `tick` is due, or None when nothing is pending."""
        return self._filter.wait(self._clock())

    def _events(self, tokens: list[Token]) -> list[Message]:
        return [event for token in tokens for event in self._event(token)]

    def _event(self, token: Token) -> list[Message]:
        if token.kind is Kind.TEXT:
            return [events.Paste(token.text)]
        if token.kind is Kind.REPORT:
            return self._report(token.text)
        if token.text == ESC:
            return [events.Key("escape", ESC)]
        plain = plain_form(token.text) if len(token.text) == 1 else None
        if plain is None:
            return self._parse(token.text)
        as_typed = token.text if token.text.isprintable() else plain
        return [events.Key(event.key, as_typed) for event in self._parse(plain) if isinstance(event, events.Key)]

    def _report(self, sequence: str) -> list[Message]:
        if (match := _CURSOR.fullmatch(sequence)) and self._on_cursor is not None:
            self._on_cursor(int(match[1]), int(match[2]))
        if sequence == _READY and self._on_ready is not None:
            self._on_ready()
        return self._parse(sequence) if _SYNCHRONISED_OUTPUT.fullmatch(sequence) else []

    def _parse(self, sequence: str) -> list[Message]:
        """What Textual makes of one whole sequence; nothing, when it does not know it."""
        parsed = list(self._xterm.feed(sequence))
        if not parsed and len(sequence) > 1:
            self._xterm = XTermParser()  # it still waits for more of a sequence that is complete
        return parsed
