"""Which writes reach the terminal: a row that stands there already need not go out again."""

from __future__ import annotations

import re
from typing import Final

SYNC_START: Final = "\x1b[?2026h"
SYNC_END: Final = "\x1b[?2026l"

_PLACED: Final = re.compile(
    r"\x1b\[(\d+);\d+H"  # an absolute place,
    r"(?:[^\x00-\x1f\x7f-\x9f]+|\x1b\[[\d;:]*m|\x1b\]8;[^\x00-\x1f]*\x1b\\)*"  # text, colours and links,
    r"\n?"  # and a line end, which moves a cursor that the next place moves again
)
_ELSEWHERE: Final = re.compile(r"\x07|\x1b\](?!8;)[^\x00-\x1f]*(?:\x07|\x1b\\)|\x1bP[^\x9c]*\x1b\\")
"""Bell, clipboard, title and the like: nothing of it shows on the screen."""


class FrameGate:
    """Drops the rows of a frame that equal what was last written to the same row.

    Textual repaints whole regions, at the start several times over, and places every piece of a frame absolutely.
    Writing the same pieces to a row twice in a row leaves it as writing them once does, however wide a terminal draws
    them. Anything that is not such a frame, and whatever may have damaged the screen, ends all knowledge of it.
    """

    def __init__(self) -> None:
        self._rows: dict[str, str] = {}
        self._cursor = ""
        self._sync_owed = False

    def forget(self) -> None:
        """The screen may no longer show what was written: let every row through once more."""
        self._rows = {}
        self._cursor = ""

    def passed(self, data: str) -> str:
        """What is to be written in place of `data`; empty when nothing is. Marks around nothing are dropped too."""
        if data == SYNC_START:
            self._sync_owed = True
            return ""
        if data == SYNC_END:
            owed, self._sync_owed = self._sync_owed, False
            return "" if owed else data
        changed = self._changed(data)
        if changed and self._sync_owed:
            self._sync_owed = False
            return SYNC_START + changed
        return changed

    def _changed(self, data: str) -> str:
        pieces: list[tuple[str, str]] = []
        position = 0
        while match := _PLACED.match(data, position):
            pieces.append((match[1], match[0].removesuffix("\n")))
            position = match.end()
        if position < len(data) or not pieces:
            if data and not _ELSEWHERE.fullmatch(data):
                self.forget()
            return data
        cursor = pieces.pop()[1] if pieces[-1][1].endswith("H") and _is_place(pieces[-1][1]) else ""
        rows: dict[str, str] = {}
        for row, piece in pieces:
            rows[row] = rows.get(row, "") + piece
        known, self._rows = self._rows, self._rows | rows
        changed = "".join(written for row, written in rows.items() if known.get(row) != written)
        same_place = bool(cursor) and cursor == self._cursor
        self._cursor = cursor
        return changed + cursor if changed or not same_place else ""


def _is_place(piece: str) -> bool:
    return piece.count("\x1b") == 1 and piece[2:-1].replace(";", "").isdigit()
