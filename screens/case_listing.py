"""A list of cases in several views: the case under the cursor stands below it, as soon as the keys rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from textual.events import Resize
from textual.timer import Timer

from data.clock import SECOND
from data.rows import CasePage
from screens.listing import ListScreen
from screens.workplace import Workplace
from widgets.cases import preview
from widgets.lines import Line
from widgets.timed_rows import TimedRows

REST = 0.17
"""Seconds without a key after which the preview follows the cursor."""
STALE = 30 * SECOND
"""After this long, the next rest brings the list and its counts up to date with what others did."""

V = TypeVar("V")


class CaseListScreen(ListScreen[V]):
    """A list whose rows are cases, or what is to be done for them."""

    rows: TimedRows[Any]

    def __init__(self, place: Workplace, view: V) -> None:
        super().__init__(place, view)
        self._page: CasePage | None = None
        self._rest: Timer | None = None
        self._fresh_at = 0

    def on_resize(self, event: Resize) -> None:
        self._preview.styles.height = 6 if event.size.height >= 28 else 5

    def below(self, cells: int, height: int) -> Sequence[Line]:
        place, page, now = self.place, self._page, self.place.now()
        if page is None:
            return ()
        answer = place.answer(page, now) if place.answer else ("", "")
        priority, clocks = self.why_now(page, now, cells - 2)
        return preview(
            page, answer, now, place.zone, place.settings.contact.calls_per_case,
            cells=cells, height=height, priority=priority, clocks=clocks,
        )  # fmt: skip

    def why_now(self, page: CasePage, now: int, cells: int) -> tuple[str, Sequence[str]]:
        """Why the case is worked when it is, and the clocks that run for it: where the list is in that order."""
        return "", ()

    # The cursor rests

    def moved(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.rested)

    def rested(self) -> None:
        """The keys rest: let the preview follow the cursor, and the list what others did."""
        if self.is_active:
            self.behind(self._follow_cursor, group="preview")

    async def _follow_cursor(self) -> None:
        row, case_id, now = self.rows.current, self.case_id, self.place.now()
        page = await self.read_case(case_id) if case_id is not None else None
        if self.rows.current != row:
            return
        self._page = page
        self.show_preview()
        if not self.typing:
            self.rows.tell_time(now)
            if now - self._fresh_at > STALE:
                self.again()

    async def read_case(self, case_id: int) -> CasePage | None:
        """All that is known of a case now."""
        return await self.read(lambda: self.place.reads.case(case_id, now=self.place.now()))

    async def reload(self, *, keep: bool) -> None:
        self._fresh_at = self.place.now()
        await super().reload(keep=keep)

    # Acts on the case

    def action_contact(self) -> None:
        """Call the buyer, or write."""
        if (case_id := self.case_id) is not None and self.place.doors.contact is not None:
            self.app.push_screen(self.place.doors.contact(self.place, case_id), self._done)
