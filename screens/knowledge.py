"""What is known of the product, opened in the middle of a call and left with one key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.language import N_, _
from data.product_notes import Notes, load, notes_of
from data.rows import CasePage, ProductCase
from screens.base import ACTS_LIST, BACK, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cases import product_name
from widgets.knowledge_lines import knowledge_lines
from widgets.lines import Span
from widgets.long_text import LongText


class KnowledgeScreen(DeskScreen[None]):
    """The shop's notes on a product, and its earlier cases."""

    PURPOSE = N_(
        "What the shop knows of the product: flaws, changed batches, use, answers, papers; and what "
        "other buyers said of it. The call stays where it is."
    )
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("knowledge.back", "escape,backspace,0,left,enter", "back", BACK.label, N_("To where you were."), foot=1),
        Act(
            "knowledge.down", "down,pagedown,j", "turn(1)", N_("Further"), N_("What did not fit."), foot=2, listed=False
        ),
        Act("knowledge.up", "up,pageup,k", "turn(-1)", N_("Back up"), N_("To the top."), listed=False),
        ACTS_LIST,
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, page: CasePage) -> None:
        super().__init__(place)
        self._page = page
        self._notes = Notes()
        self._cases: Sequence[ProductCase] = ()
        self._facts = LongText(id="facts")

    def heading(self) -> str:
        return _("The product")

    def facts(self) -> Sequence[Span]:
        return [(product_name(self._page.row), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._facts

    def on_mount(self) -> None:
        self.open_behind(self._load)

    def on_resize(self, _event: Resize) -> None:
        self._show()

    async def _load(self) -> None:
        place, page = self.place, self._page
        self._cases = await self.read(lambda: place.reads.product_cases(page.row.case_id)) or ()
        file = place.settings.products.file
        if file is not None:
            self._notes = await self.read(lambda: _notes(file, page.row.product)) or Notes()
        self._show()

    def _show(self) -> None:
        place = self.place
        lines = knowledge_lines(
            self._notes,
            self._cases,
            written=place.settings.products.file is not None,
            now=place.now(),
            zone=place.zone,
            cells=self.size.width,
        )
        self._facts.show(lines)

    def action_turn(self, by: int) -> None:
        self._facts.turn(by)


def _notes(file: Path, title: str) -> Notes:
    return notes_of(title, load(file))
