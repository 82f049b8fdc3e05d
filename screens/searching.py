"""The search of an inbox: one field above the list that takes typed queries and finds while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.language import _
from data.rows import AgentRow, Filter, ShopRow, View
from data.vocabulary import DraftKind
from screens.base import DeskScreen
from widgets import look
from widgets.case_list import CaseList
from widgets.views_line import ViewsLine

if TYPE_CHECKING:
    from widgets.field_row import FieldRow


class Search:
    """Opens the field below the views, keeps what is typed, and closes it. `look_at` shows a list, `shown` is the
    one that stands."""

    def __init__(
        self,
        screen: DeskScreen[Any],
        views: ViewsLine,
        rows: CaseList,
        *,
        look_at: Callable[[View, Filter], None],
        shown: Callable[[], tuple[View, Filter]],
        left: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._views = views
        self._rows = rows
        self._look_at = look_at
        self._shown = shown
        self._left = left
        self._row: FieldRow | None = None
        self._agents: Sequence[AgentRow] = ()
        self._shops: Sequence[ShopRow] = ()

    async def open(self) -> None:
        """Put the cursor into the field; what a dropped line cut off is taken up again."""
        from widgets.field_row import FieldRow

        if self._row is None:
            place = self._screen.place
            self._agents, self._shops = place.reads.agents(), place.reads.shops()
            text = self._shown()[1].search or place.reads.draft(place.agent_id, DraftKind.SEARCH, 0)
            hint = _("words, order number, grade:bad due:<2h owner:none -word, ! inverts")
            self._row = FieldRow(_("Search"), text, hint=hint)
            self._views.styles.height = 1
            await self._screen.mount(self._row, after=self._views)
            self._find(text)
        self._row.field.focus()

    async def drafted(self, text: str) -> None:
        """Search for what is typed so far."""
        self._find(text)
        await self._keep(text)

    async def kept(self, text: str) -> None:
        """Back to the list; but a text that cannot be read stays in the field."""
        if self._find(text):
            await self._close()

    async def left(self, text: str) -> None:
        """Back to the list, which stays as the last text left it that could be read."""
        self._find(text)
        await self._close()

    def _find(self, text: str) -> bool:
        """Search for the text; or say what is wrong with it, the list staying as it is."""
        from screens.typed_query import trouble

        wrong = trouble(text, self._agents, self._shops)
        self._screen.say(f"{look.CROSS} {wrong}" if wrong else "", look.BAD)
        view, narrowed = self._shown()
        if not wrong and text.strip() != narrowed.search:
            self._look_at(view, replace(narrowed, search=text.strip()))
        return not wrong

    async def _close(self) -> None:
        if self._row is not None:
            row, self._row = self._row, None
            self._rows.focus()
            row.remove()
            self._views.styles.height = 2
            self._left()
        await self._keep("")

    async def _keep(self, text: str) -> None:
        await self._screen.write(lambda casework: casework.keep_draft(DraftKind.SEARCH, 0, text))
