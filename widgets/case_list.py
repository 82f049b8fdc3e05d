"""The list of cases: which view it shows, what narrows it, and the time it tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from data.language import _
from data.rows import CaseRow, Filter, Page, View
from widgets import look
from widgets.cases import CaseColumns
from widgets.lines import line
from widgets.rows import Ask
from widgets.timed_rows import TimedRows

Read: TypeAlias = Callable[[View, Filter, Ask], Page]
"""Reads a piece of a view, narrowed by a filter."""


class CaseList(TimedRows[CaseRow]):
    """The cases of one view, what is due first on top."""

    DEFAULT_CSS = ""

    def __init__(self, read: Read, columns: CaseColumns, *, id: str | None = None) -> None:
        super().__init__(columns, key=lambda row: row.key, name=lambda row: row.case_id, id=id)
        self._read = read
        self._standing: tuple[View, Filter] | None = None

    def begin(self, view: View, narrowed: Filter) -> None:
        """Show the first rows at once."""
        self._say_if_empty(view, narrowed)
        self._standing = (view, narrowed)
        self.stand(lambda ask: self._read(view, narrowed, ask))

    async def look_at(self, view: View, narrowed: Filter, now: int, *, keep: bool) -> bool:
        """Show a view as it is now; with `keep` the cursor stays on its case. False: overtaken by a later call."""
        self.tell_time(now)
        self._say_if_empty(view, narrowed)
        # A place in one list means nothing in another, which a cut-off call may have asked for already.
        keep = keep and self._standing == (view, narrowed)
        stands = await self.load(lambda ask: self._read(view, narrowed, ask), keep=keep)
        if stands:
            self._standing = (view, narrowed)
        return stands

    def _say_if_empty(self, view: View, narrowed: Filter) -> None:
        """An empty list says so, and which key leads on."""
        if narrowed:
            self.nothing = (
                line("  ", _("Nothing here matches.")),
                line("  ", ("Backspace", look.KEY), " ", (_("shows all again"), look.LABEL)),
            )
        elif view is View.ALL:
            self.nothing = (
                line("  ", _("Nothing needs anything now.")),
                line("  ", ("F9", look.KEY), " ", (_("brings reviews in: import a file, or type one in"), look.LABEL)),
            )
        else:
            self.nothing = (
                line("  ", _("Nothing here needs anything now.")),
                line("  ", ("1", look.KEY), " ", (_("shows all that is to do"), look.LABEL), "   ",
                     ("F2", look.KEY), " ", (_("takes the most urgent free case"), look.LABEL)),
            )  # fmt: skip
