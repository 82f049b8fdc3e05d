"""A list for a million rows: one line a row, a page at a time, two rows repainted when the cursor moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar, cast

from rich.segment import Segment
from textual.events import Focus, Resize
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from data.errors import AmendsError
from data.language import N_
from data.rows import Key
from widgets import look
from widgets.acts import Act, bindings
from widgets.cells import width
from widgets.columns import Column, Placed, place
from widgets.ground import Drawn
from widgets.lines import Line, fenced, strip
from widgets.window import BLOCK, Piece, Place, Side, Window

T = TypeVar("T")

MARGIN = 2
"""The cells before the first column: the cursor's mark, and the mark of a row that was picked out or a blank."""

_KEPT_STRIPS = 512


@dataclass(frozen=True, slots=True)
class Ask:
    """Which piece of the list is wanted: the first, the one after a key, before a key, or the last."""

    after: Key | None = None
    before: Key | None = None
    last: bool = False
    limit: int = BLOCK


Fetch: TypeAlias = Callable[[Ask], Piece[T]]
"""Reads a piece; it may block, and is called from a worker thread except for the first page."""


class Rows(Drawn, Generic[T], can_focus=True):
    """Shows the rows that `fetch` gives. `key` gives a row's place in the order, `name` tells it from all others."""

    DEFAULT_CSS = "Rows { height: 1fr; width: 1fr; }"

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("list.down", "down,j", "down", N_("Down"), N_("To the next row."), listed=False),
        Act("list.up", "up,k", "up", N_("Up"), N_("To the row before."), listed=False),
        Act("list.page_down", "pagedown", "flip(1)", N_("Next page"), N_("A page on."), listed=False),
        Act("list.page_up", "pageup", "flip(-1)", N_("Page before"), N_("A page back."), listed=False),
        Act("list.first", "home", "first", N_("First"), N_("To the first row."), listed=False),
        Act("list.last", "end", "last", N_("Last"), N_("To the last row."), listed=False),
        Act("list.open", "enter", "open", N_("Open"), N_("Open the row under the cursor."), listed=False),
    )
    BINDINGS = bindings(ACTS)

    class Moved(Message):
        """The cursor stands on another row, or on another state of it; `rows.current` is that row."""

        def __init__(self, rows: Rows[T]) -> None:
            super().__init__()
            self.rows = rows

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Rows.Moved)

    class Opened(Message):
        """Enter was pressed on the row."""

        def __init__(self, rows: Rows[T], row: T) -> None:
            super().__init__()
            self.rows = rows
            self.row = row

    class Failed(Message):
        """Rows could not be read ahead; the error is worded for the agent."""

        def __init__(self, error: AmendsError) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self,
        columns: Callable[[], Sequence[Column[T]]],
        *,
        key: Callable[[T], Key],
        name: Callable[[T], Hashable],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._columns = columns
        self._key = key
        self._placed: tuple[Placed[T], ...] = ()
        self._window: Window[T] = Window(name)
        self._row_name = name
        self._fetch: Fetch[T] | None = None
        self._laid_out = Size(0, 0)
        self._turn = 0
        self._fetching_ahead = False
        self._strips: dict[tuple[Hashable, bool, bool], Strip] = {}
        self._marked: Collection[Hashable] = ()
        self.nothing: Sequence[Line] = ()
        """What is shown when the list is empty."""

    # What stands there

    @property
    def current(self) -> T | None:
        """The row under the cursor."""
        return self._window.current

    @property
    def shown(self) -> list[T]:
        """The rows of the page."""
        return self._window.page()

    def text(self) -> str:
        """The page as text, for tests and pictures."""
        return "\n".join(self.render_line(y).text.rstrip() for y in range(self.size.height))

    # Filling

    def stand(self, fetch: Fetch[T]) -> None:
        """Show the first piece at once, read in this thread: for the first rows after start."""
        self._fetch = fetch
        self._turn += 1
        self._window.fill(fetch(Ask(limit=max(BLOCK, self.app.size.height))))
        self._all_changed()

    async def load(self, fetch: Fetch[T], *, keep: bool = False) -> bool:
        """Show another list, or the same again: read in a thread, shown when it is there.

        With `keep` the cursor stays on its row (or, when that is gone, on its line). Returns False when a later
        call overtook this one.
        """
        self._fetch = fetch
        self._turn += 1
        turn = self._turn
        window = self._window
        limit = max(BLOCK, 2 * window.height)
        if keep and window.rows and window.top > 0:
            ask = Ask(after=self._key(window.rows[window.top - 1]), limit=limit)
        else:
            ask = Ask(limit=limit)
        piece = await asyncio.to_thread(fetch, ask)
        if turn != self._turn:
            return False
        if not piece.rows and ask.after is not None:
            piece = await asyncio.to_thread(fetch, Ask(limit=limit))
            if turn != self._turn:
                return False
        current, page, line = window.current, window.page(), window.cursor - window.top
        window.fill(piece, keep=self._row_name(current) if keep and current is not None else None)
        if keep and page and page == window.page() and line == window.cursor - window.top:
            self.post_message(self.Moved(self))  # nothing to paint, but what is shown of the row may be more than it
        else:
            self._all_changed()
        return True

    def put(self, row: T) -> None:
        """Show another state of a row, when it is held."""
        name = self._row_name(row)
        at = self._window.find(name)
        if at is not None:
            self._window.put(at, row)
            for look_of_it in ((here, marked) for here in (True, False) for marked in (True, False)):
                self._strips.pop((name, *look_of_it), None)
            self._refresh_row(at, whole=True)

    def drop(self, name: Hashable) -> None:
        """The row of that name has left the list."""
        at = self._window.find(name)
        if at is not None:
            self._window.drop(at)
            self._all_changed()

    def mark(self, names: Collection[Hashable]) -> None:
        """Show a mark beside the rows of these names and no others; only what differs on the page is painted."""
        before, self._marked = self._marked, names
        for y, row in enumerate(self._window.page()):
            name = self._row_name(row)
            if (name in before) != (name in names):
                self.refresh(Region(0, 1 + y, MARGIN, 1))

    def repaint(self, columns: int | None = None) -> None:
        """What cells show has changed though the rows did not (the time, say): in the first so many columns, or all."""
        self._strips.clear()
        if columns is None or not self._placed:
            self.refresh()
            return
        last = self._placed[min(columns, len(self._placed)) - 1]
        shown = len(self._window.page())
        self.refresh(*(Region(0, 1 + y, last.at + last.cells, 1) for y in range(shown)))

    # Moving

    async def action_down(self) -> None:
        await self._step(rows=1)

    async def action_up(self) -> None:
        await self._step(rows=-1)

    async def action_flip(self, pages: int) -> None:
        await self._step(pages=pages)

    async def action_first(self) -> None:
        await self._leap(last=False)

    async def action_last(self) -> None:
        await self._leap(last=True)

    def action_open(self) -> None:
        if (row := self.current) is not None:
            self.post_message(self.Opened(self, row))

    async def _step(self, *, rows: int = 0, pages: int = 0) -> None:
        window = self._window
        while (side := window.missing(rows=rows, pages=pages)) is not None:
            if not await self._extend(side):
                return
        before = window.place
        if pages:
            window.flip(pages)
        else:
            window.move(rows)
        self._moved(before)
        if window.lacks(rows or pages) is not None:
            # After the page is painted: reading in a thread takes turns with painting.
            self.call_after_refresh(self._fetch_ahead, rows or pages)

    async def _leap(self, *, last: bool) -> None:
        window, fetch = self._window, self._fetch
        if fetch is None or not window.rows:
            return
        before = window.place
        if window.more_after if last else window.more_before:
            self._turn += 1
            turn = self._turn
            piece = await asyncio.to_thread(fetch, Ask(last=last, limit=max(BLOCK, 2 * window.height)))
            if turn == self._turn:
                window.fill(piece, at_end=last)
                self._all_changed()
            return
        window.move(len(window.rows) if last else -len(window.rows))
        if last:
            window.top = min(window.top, max(0, len(window.rows) - window.height))
        self._moved(before)

    async def _extend(self, side: Side) -> bool:
        """Add what is missing on a side; False when another list has taken this one's place meanwhile."""
        fetch, window, turn = self._fetch, self._window, self._turn
        if fetch is None:
            return False
        edge = self._key(window.rows[-1 if side is Side.AFTER else 0])
        ask = Ask(after=edge) if side is Side.AFTER else Ask(before=edge)
        piece = await asyncio.to_thread(fetch, ask)
        if turn != self._turn or not window.rows:
            return False
        if self._key(window.rows[-1 if side is Side.AFTER else 0]) == edge:
            shown = len(window.page())
            window.extend(side, piece)
            if len(window.page()) > shown:
                self.refresh()
        return True

    def _fetch_ahead(self, direction: int) -> None:
        side = self._window.lacks(direction)
        if side is None or self._fetching_ahead:
            return
        self._fetching_ahead = True

        async def ahead() -> None:
            try:
                await self._extend(side)
            except AmendsError as error:
                self.post_message(self.Failed(error))
            finally:
                self._fetching_ahead = False

        self.run_worker(cast(Any, ahead), group="ahead", exit_on_error=False)

    # Showing

    def _moved(self, before: Place) -> None:
        now = self._window.place
        if now == before:
            return
        self._leave_cursor()
        if now.top != before.top:
            self.refresh()
        else:
            self._refresh_row(before.cursor)
            self._refresh_row(now.cursor)
        self.post_message(self.Moved(self))

    def _all_changed(self) -> None:
        self._strips.clear()
        self._leave_cursor()
        self.refresh()
        self.post_message(self.Moved(self))

    def _refresh_row(self, at: int, *, whole: bool = False) -> None:
        y = at - self._window.top
        if not 0 <= y < self._window.height:
            return
        heavy = [placed for placed in self._placed if placed.column.weight]
        end = heavy[-1].at + heavy[-1].cells if heavy and not whole else self.size.width if whole else MARGIN
        self.refresh(Region(0, 1 + y, end, 1))

    def _leave_cursor(self) -> None:
        """Leave the terminal's own cursor on the row, where a reader of the screen or an input method looks."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's own cursor belongs: on the mark of the row under the cursor."""
        place = self._window.place
        return Offset(self.region.x, self.region.y + 1 + place.cursor - place.top)

    def on_focus(self, _event: Focus) -> None:
        self._leave_cursor()

    def on_resize(self, _event: Resize) -> None:
        self._lay_out()
        self._leave_cursor()
        self._fetch_ahead(1)

    def _lay_out(self) -> None:
        """Place the columns for the size; the first paint comes before the event that tells of it."""
        if self._laid_out != self.size:
            self._laid_out = self.size
            self._placed = place(self._columns(), self.size.width, margin=MARGIN)
            self._window.resize(self.size.height - 1)
            self._strips.clear()

    def render_line(self, y: int) -> Strip:
        self._lay_out()
        cells = self.size.width
        if y == 0:
            return self._titles(cells)
        at = self._window.top + y - 1
        rows = self._window.rows
        if not rows:
            return strip(self.nothing[y - 2] if 0 <= y - 2 < len(self.nothing) else (), cells)
        if at >= len(rows):
            return Strip.blank(cells)
        row = rows[at]
        here = at == self._window.cursor
        name = self._row_name(row)
        known = (name, here, name in self._marked)
        cached = self._strips.get(known)
        if cached is None:
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            cached = self._strips[known] = self._line(row, cells, here=here, marked=known[-1])
        return cached

    def _titles(self, cells: int) -> Strip:
        titles = ""
        for placed in self._placed:
            titles += " " * (placed.at - width(titles)) + placed.fill(placed.column.title)
        return strip([(titles, look.LABEL)], cells)

    def _line(self, row: T, cells: int, *, here: bool, marked: bool) -> Strip:
        segments: list[Segment] = [Segment(look.CURSOR, look.HERE) if here else Segment(" ")]
        segments.append(Segment(look.DONE, look.HERE) if marked else Segment(" "))
        end = MARGIN
        for placed in self._placed:
            text, style = placed.column.cell(row)
            if here and placed.column.weight:
                style = look.SAY
            segments.append(Segment(" " * (placed.at - end)))
            segments.append(Segment(placed.fill(fenced(text)), style or None))
            end = placed.at + placed.cells
        segments.append(Segment(" " * (cells - end)))
        return Strip(segments, cells)
