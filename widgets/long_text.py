"""Lines that may be more than a screen has room for: shown from where they were turned to."""

from __future__ import annotations

from collections.abc import Iterable

from textual.events import Resize
from textual.strip import Strip

from data.language import _
from widgets import look
from widgets.lines import Line, Lines, line

_KEPT = 2
"""Lines that stay in sight when one turns: the last one that was read, and the one that says how many follow."""


class LongText(Lines):
    """Shows as many of its lines as fit and says how many follow; `turn` goes on by a screen, or back."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, height="1fr")
        self._every: tuple[Line, ...] = ()
        self._first = 0
        self._fitted = 0

    def show(self, lines: Iterable[Line], *, from_the_top: bool = False) -> None:
        """Show these lines instead, as far down as the ones before were turned, unless another text begins."""
        self._every = tuple(lines)
        self._first = 0 if from_the_top else self._first
        self._fit()

    def turn(self, by: int) -> None:
        """So many screens further, or back where `by` is below 0; never past the end."""
        self._first += by * max(1, self.size.height - _KEPT)
        self._fit()

    def on_resize(self, _event: Resize) -> None:
        self._fit()

    def _fit(self) -> None:
        super().show(self._in_sight())

    def _in_sight(self) -> tuple[Line, ...]:
        room = self._fitted = self.size.height
        if room:
            self._first = max(0, min(self._first, len(self._every) - room))
        shown = self._every[self._first : self._first + room]
        following = len(self._every) - self._first - room
        if shown and following > 0:
            more = _("{n} more lines: Down").format(n=following + 1)
            return (*shown[:-1], line(" ", ("…", look.KEY), " ", (more, look.LABEL)))
        return shown

    def render_line(self, y: int) -> Strip:
        # The first paint comes before the event that tells of the size.
        if self._fitted != self.size.height:
            self._lines = self._in_sight()
        return super().render_line(y)
