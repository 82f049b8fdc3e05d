"""Something is wrong: what, where, and what to do about it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.language import N_, _
from screens.base import BACK, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.lines import BLANK, Lines, line, paragraph


class Notice(DeskScreen[None]):
    """Shows one trouble in full; any of its keys leads back."""

    PURPOSE = N_("Something was not done: what, why, and what to do about it.")
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("notice.back", "enter,escape,backspace,space,0", "back", BACK.label, BACK.help, foot=1, listed=False),
    )

    def __init__(self, place: Workplace, title: str, what: str, remedy: str = "") -> None:
        super().__init__(place)
        self._trouble = (title, what, remedy)
        self._text = Lines(height="1fr")

    def heading(self) -> str:
        return _("Not done")

    def body(self) -> ComposeResult:
        yield self._text

    def on_resize(self, _event: Resize) -> None:
        title, what, remedy = self._trouble
        cells = self.size.width - 4
        indented = [
            line((f" {look.CROSS} ", look.BAD), (title, look.SAY)),
            BLANK,
            *(line("   ", *each) for each in paragraph(what, cells)),
            BLANK,
            *(line("   ", *each) for each in paragraph(remedy, cells)),
        ]
        self._text.show(indented)
