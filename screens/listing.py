"""A screen of one list in several views: the views by digit, the rows, and below them more of the row at the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.events import Resize

from data.language import N_, _
from data.rows import Done
from screens.base import ACTS_LIST, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.frame import rule, tabs
from widgets.lines import BLANK, Line, Lines, Span
from widgets.rows import Rows
from widgets.views_line import ceiled

V = TypeVar("V")


def acts_of_views(
    room: str, views: Mapping[Any, str], on: str, back: str, digits: str, *, foot: int = 0
) -> tuple[Act, ...]:
    """The acts that lists in views have in common: to each view by its digit, on and back by Tab, look again, leave.

    `on`, `back` and `digits` are message ids: what Tab does, and that digits do it too.
    """
    return (
        *(
            Act(f"{room}.{view.value}", str(at + 1), f"view({at})", label, label, listed=False)
            for at, (view, label) in enumerate(views.items())
        ),
        Act(f"{room}.turn", "tab", "turn(1)", on, digits, foot=foot, listed=False),
        Act(f"{room}.turn_back", "shift+tab", "turn(-1)", back, digits, listed=False),
        Act(f"{room}.again", "r", "again", N_("Look again"), N_("Bring the list up to date.")),
        Act(f"{room}.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=90, listed=False),
        ACTS_LIST,
    )


class ListScreen(DeskScreen[None], Generic[V]):
    """A list in several views. A subclass names its `TITLE`, its `VIEWS` and the act that Enter does, and makes `rows`.

    It says how a view is shown in `look_at_view`, how many each has in `count`, which case a row belongs to in
    `case_id`, and what stands below the list in `below`.
    """

    TITLE: ClassVar[str] = ""
    """What the list is called: a message id."""
    VIEWS: ClassVar[Mapping[Any, str]] = {}
    """The views in the order of their digits, each with its message id."""
    ENTER: ClassVar[str] = ""
    """The id of the act that Enter does on a row."""
    PARTS = Rows.ACTS
    DEFAULT_CSS = """
    ListScreen > #views { height: 2; }
    ListScreen > #preview { height: 6; }
    """
    rows: Rows[Any]

    def __init__(self, place: Workplace, view: V) -> None:
        super().__init__(place)
        self.view = view
        self._counts: Mapping[V, int] = {}
        self._views = Lines(id="views")
        self._preview = Lines(id="preview")

    # For subclasses

    async def look_at_view(self, *, keep: bool) -> bool:
        """Show the rows of the view as they are now; with `keep` the cursor stays on its row. False: overtaken."""
        raise NotImplementedError

    def count(self) -> Mapping[V, int]:
        """How many each view has; called in a thread."""
        raise NotImplementedError

    def below(self, cells: int, height: int) -> Sequence[Line]:
        """More of the row under the cursor, for so many cells and lines."""
        raise NotImplementedError

    @property
    def case_id(self) -> int | None:
        """The case of the row under the cursor."""
        raise NotImplementedError

    def begin(self) -> None:
        """Show the first rows: called when the screen stands."""
        self.open_behind(partial(self.reload, keep=False))

    def moved(self) -> None:
        """The cursor stands on another row, or on another state of it."""
        self.show_preview()

    # What it shows

    def heading(self) -> str:
        return look.DOT.join((_(self.TITLE), _(self.VIEWS[self.view])))

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._views
        yield self.rows
        yield self._preview

    def show_views(self) -> None:
        """Draw the views with their counts anew."""
        numbers = [ceiled(self._counts[view]) if view in self._counts else "" for view in self.VIEWS]
        names = [_(label) for label in self.VIEWS.values()]
        self._views.show([tabs(names, numbers, self._at, self.room.width), BLANK])

    def show_preview(self) -> None:
        """Draw what stands below the list anew."""
        size = self._preview.size
        lines = [rule(size.width), *self.below(size.width, size.height - 1)]
        self._preview.show(lines[: max(1, size.height)])

    # The framework calls these of every class, the base's own too.

    def on_mount(self) -> None:
        self.begin()

    def on_resize(self, _event: Resize) -> None:
        self.show_views()
        self.call_after_refresh(self.show_preview)

    def on_rows_moved(self, _message: Rows.Moved) -> None:
        self.moved()

    def on_rows_opened(self, _message: Rows.Opened) -> None:
        self.behind(partial(self.action_act, self.ENTER), group="act")

    # Other rows

    @property
    def _at(self) -> int:
        return list(self.VIEWS).index(self.view)

    def again(self) -> None:
        """Read list and counts again, the cursor staying on its row."""
        self.behind(partial(self.reload, keep=True), group="list")

    def anew(self) -> None:
        """Show another list, from its top."""
        self.show_header()
        self.show_views()
        self.behind(partial(self.reload, keep=False), group="list")

    def catch_up(self) -> None:
        self.again()

    async def reload(self, *, keep: bool) -> None:
        """Read the rows of the view, and then the numbers of all views."""
        if await self.look_at_view(keep=keep):
            await self.show_counts()

    async def show_counts(self) -> None:
        """Read how many each view has, and show it."""
        counts = await self.read(self.count)
        if counts is not None:
            self._counts = counts
            self.show_views()

    def action_again(self) -> None:
        self.again()

    def action_view(self, at: int) -> None:
        self.view = list(self.VIEWS)[at]
        self.anew()

    def action_turn(self, by: int) -> None:
        self.action_view((self._at + by) % len(self.VIEWS))

    # Acts on the row

    def action_open(self) -> None:
        """What Enter leads to: the case, where nothing stands nearer to the row."""
        self.action_case()

    def action_case(self) -> None:
        """The buyer and the order of the row."""
        if (case_id := self.case_id) is not None and self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, case_id), self._done)

    def _done(self, done: Done | None) -> None:
        """Say what was done, and show what it changed."""
        if done is not None:
            self.say(f"{look.CHECK} {done.said}", look.GOOD)
            self.again()
