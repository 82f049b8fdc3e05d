"""Which writes reach the terminal: a cell that stands there already need not go out again."""

from __future__ import annotations

import re
from typing import Final

from tui.terminal.shown import ShownRow, Writer

SYNC_START: Final = "\x1b[?2026h"
SYNC_END: Final = "\x1b[?2026l"
SHOW_CURSOR: Final = "\x1b[?25h"
HIDE_CURSOR: Final = "\x1b[?25l"

_PLACED: Final = re.compile(
    r"\x1b\[(\d+);(\d+)H"  # an absolute place,
    r"((?:[^\x00-\x1f\x7f-\x9f]+|\x1b\[[\d;:]*m)*)"  # text and colours,
    r"\n?"  # and a line end, which moves a cursor that the next place moves again
)
_ELSEWHERE: Final = re.compile(r"\x07|\x1b\](?!8;)[^\x00-\x1f]*(?:\x07|\x1b\\)|\x1bP[^\x9c]*\x1b\\|\x1b\[\d*n")
"""Bell, clipboard, title, a question: nothing of it shows on the screen."""
_LONG: Final = 512
"""Bytes of a frame during which a cursor that is shown would be seen to travel."""


class FrameGate:
    """Lets through what differs from what the terminal shows.

    Textual repaints whole regions, at the start several times over, and places every piece of a frame absolutely.
    Anything that is not such a frame, and whatever may have damaged the screen, ends all knowledge of it.
    """

    def __init__(self) -> None:
        self._rows: dict[int, ShownRow] = {}
        self._written: dict[int, list[tuple[int, str]]] = {}
        self._cursor = ""
        self._sync_owed = False
        self.cursor_shown = False
        """Whether the terminal's own cursor is to be seen, as far as was written."""
        self.width = 0
        """Cells of a row of the terminal; 0 while it is not known, and then nothing is cleared to its end."""

    def forget(self) -> None:
        """The screen may no longer show what was written: let everything through once more."""
        self._rows = {}
        self._written = {}
        self._cursor = ""

    def passed(self, data: str) -> str:
        """What is to be written in place of `data`; empty when nothing is. Marks around nothing are dropped too."""
        if data == SYNC_START:
            self._sync_owed = True
            return ""
        if data == SYNC_END:
            owed, self._sync_owed = self._sync_owed, False
            return "" if owed else data
        if data in (SHOW_CURSOR, HIDE_CURSOR):
            self.cursor_shown = data == SHOW_CURSOR
            return data
        changed = self._changed(data)
        if changed and self._sync_owed:
            self._sync_owed = False
            return SYNC_START + changed
        return changed

    def _changed(self, data: str) -> str:
        pieces: list[tuple[int, int, str]] = []
        position = 0
        while match := _PLACED.match(data, position):
            pieces.append((int(match[1]), int(match[2]) - 1, match[3]))
            position = match.end()
        if position < len(data) or not pieces:
            if data and not _ELSEWHERE.fullmatch(data):
                self.forget()
            return data
        cursor = ""
        if not pieces[-1][2]:
            row, column, _nothing = pieces.pop()
            cursor = f"\x1b[{row};{column + 1}H"
        changed = self._rows_changed(pieces)
        same_place = bool(cursor) and cursor == self._cursor
        self._cursor = cursor
        if self.cursor_shown and len(changed) > _LONG:
            return HIDE_CURSOR + changed + cursor + SHOW_CURSOR
        return changed + cursor if changed or not same_place else ""

    def _rows_changed(self, pieces: list[tuple[int, int, str]]) -> str:
        written: dict[int, list[tuple[int, str]]] = {}
        for row, column, content in pieces:
            written.setdefault(row, []).append((column, content))
        writer = Writer()
        for row, parts in written.items():
            if self._written.get(row) == parts:
                continue
            self._written[row] = parts
            before = self._rows.get(row) or ShownRow()
            after = self._rows[row] = before.with_pieces(parts)
            if not after.sure:
                writer.as_it_is(row, parts)
            elif not before.sure or after.cells != before.cells:
                writer.change(row, before, after, self.width)
        return writer.text()
