"""Before a call that might be hard, and after one that was: ready, a breath, or a colleague. One key passes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.clock import MINUTE
from data.language import N_, _
from data.rows import Done
from screens.base import ACTS_LIST, DeskScreen
from screens.hand_over import alone, ask_to_whom
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.lines import BLANK, Line, Lines, Span, line, paragraph

BREAK = 5 * MINUTE
"""How long a breath may take: time for a glass of water, and no case is lost by it."""

_BEFORE = (
    N_("Have I read the review to its end?"),
    N_("Do I know what went wrong, and what I may offer?"),
    N_("Would my own first sentence win me over?"),
)
_CARDS = (
    N_("Abuse is about their day, not about you."),
    N_("The worst that can come of a call is a no, and a no is all right."),
    N_("What stays with people is whether somebody took them seriously."),
)


class ReadinessScreen(DeskScreen[bool | Done | None]):
    """Gives True to go on, what was done when the case went to a colleague, and None to leave it for now."""

    PURPOSE = N_("A moment before a call, or after a hard one. Enter goes on at once; nothing counts the time.")
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("ready.go", "1,enter", "go", N_("Ready"), N_("Go on."), foot=1),
        Act("ready.breath", "2", "breath", N_("A breath"), N_("Five minutes for you; nothing is lost."), foot=2),
        Act("ready.hand_over", "3", "hand_over", N_("Hand over"), N_("Give the case to a colleague."), foot=3),
        Act("ready.back", "escape,backspace,0", "back", N_("Back"), N_("Leave it for now."), foot=4),
        ACTS_LIST,
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, case_id: int, *, after: bool = False) -> None:
        super().__init__(place)
        self._case_id = case_id
        self._after = after
        self._until: int | None = None
        self._lines = Lines(id="ready", height="1fr")

    def heading(self) -> str:
        return _("After a hard call") if self._after else _("Ready?")

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        self._show()
        yield self._lines

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def why_not(self, act: str) -> str:
        if act == "ready.hand_over":
            return _("The call is over; its case goes its way.") if self._after else alone(self.place)
        return ""

    def _show(self) -> None:
        cells = self.room.width - 4
        told = (*_CARDS, *(() if self._after else _BEFORE))
        lines: list[Line] = [BLANK]
        for text in told:
            lines += [line("   ", *each) for each in paragraph(_(text), cells)]
        if self._until is not None:
            back = f"{datetime.fromtimestamp(self._until / 1000, self.place.zone):%H:%M}"
            rest = _("Breathe out longer than in. Nobody waits before {time}; Enter goes on.").format(time=back)
            lines += [BLANK, *(line(" ", (look.CURSOR, look.HERE), " ", *each) for each in paragraph(rest, cells))]
        self._lines.show(lines)

    def action_go(self) -> None:
        self.dismiss(True)

    def action_breath(self) -> None:
        """Nothing runs and nothing is claimed meanwhile: the screen only says when the time is over."""
        self._until = self.place.now() + BREAK
        self._show()

    def action_hand_over(self) -> None:
        async def give(to: int, note: str) -> None:
            done = await self.write(lambda casework: casework.hand_over(self._case_id, to, note))
            if done is not None:
                self.dismiss(done)

        ask_to_whom(self, give)
