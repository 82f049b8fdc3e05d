"""Pick one thing from a numbered list: a filter, a time, an act. A digit picks at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.geometry import Offset

from data.language import N_, _
from screens.base import ACTS_LIST, BACK, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cells import cut, pad, width
from widgets.lines import BLANK, Line, Lines, Span, fit, line

T = TypeVar("T")

ALL_DIGITS = 9
"""So many options have a digit each; of more, a page shows eight and 9 turns it."""


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One thing to pick. `detail` stands dim beside it; with `why_not` it cannot be picked, and says why."""

    value: T
    label: str
    detail: str = ""
    why_not: str = ""


class Choose(DeskScreen[T | None], Generic[T]):
    """Shows the options in pages and gives the value of the one that was picked, or None."""

    PURPOSE = N_("Pick one of what is listed: press its number, or move to it and press Enter.")
    DIGITS = "123456789"
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("choose.pick", "enter", "pick", N_("Pick"), N_("Take the option under the cursor."), foot=1, listed=False),
        Act("choose.up", "up,k", "move(-1)", N_("Up"), N_("To the option above."), listed=False),
        Act("choose.down", "down,j", "move(1)", N_("Down"), N_("To the option below."), listed=False),
        Act("choose.turn", "pagedown,pageup", "turn", N_("More"), N_("To the other page."), listed=False),
        Act("choose.back", "escape,backspace,0", "back", BACK.label, BACK.help, foot=2, listed=False),
        replace(ACTS_LIST, keys="f9,question_mark"),
    )

    def __init__(
        self,
        place: Workplace,
        heading: str,
        options: Sequence[Option[T]],
        *,
        intro: Sequence[Line] = (),
        after: Sequence[Line] = (),
        facts: Sequence[Span] = (),
    ) -> None:
        super().__init__(place)
        self._heading = heading
        self._options = tuple(options)
        self._intro = tuple(intro)
        self._after = tuple(after)
        self._facts = tuple(facts)
        self._page_size = len(options) if len(options) <= ALL_DIGITS else ALL_DIGITS - 1
        self._first = 0
        self._at = 0
        self._list = Lines(id="options", height="1fr")

    def heading(self) -> str:
        return self._heading

    def facts(self) -> Sequence[Span]:
        return self._facts

    def body(self) -> ComposeResult:
        self._show()
        yield self._list

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def _page(self) -> tuple[Option[T], ...]:
        return self._options[self._first : self._first + self._page_size]

    def _show(self) -> None:
        cells = self.room.width
        lines: list[Line] = [fit(each, cells) for each in self._intro]
        if lines:
            lines.append(BLANK)
        at_line = len(lines)
        widest = max((width(option.label) for option in self._options), default=0)
        half = max(20, cells // 3, min(widest, cells // 2))
        for at, option in enumerate(self._page()):
            lines.append(self._option_line(at, option, half, here=at == self._at))
        if self._page_size < len(self._options):
            pages = -(-len(self._options) // self._page_size)
            more = _("More, page {page} of {pages}").format(page=self._first // self._page_size + 1, pages=pages)
            lines.append(line("   ", (f"{ALL_DIGITS}", look.HERE), " ", (more, look.LABEL)))
        if self._after:
            lines += [BLANK, *(fit(each, cells) for each in self._after)]
        self.app.cursor_position = Offset(self._list.region.x, self._list.region.y + at_line + self._at)
        self._list.show(lines)

    def _option_line(self, at: int, option: Option[T], half: int, *, here: bool) -> Line:
        style = look.LABEL if option.why_not else look.SAY if here else None
        told = option.why_not or option.detail
        return line(
            " ",
            (look.CURSOR if here else " ", look.HERE),
            " ",
            (str(at + 1), look.LABEL if option.why_not else look.HERE),
            " ",
            (pad(option.label, half) if told else cut(option.label, self.room.width - 7), style),
            "  ",
            (told, look.LABEL),
        )

    def on_key(self, event: Key) -> None:
        if not (event.key.isdecimal() and event.key != "0"):
            return
        event.stop()
        digit = int(event.key)
        if self._page_size < len(self._options) and digit == ALL_DIGITS:
            self.action_turn()
        elif digit <= len(self._page()):
            self._at = digit - 1
            self.action_pick()

    def action_move(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._page()) - 1))
        self._show()

    def action_turn(self) -> None:
        self._first += self._page_size
        if self._first >= len(self._options):
            self._first = 0
        self._at = 0
        self._show()

    def at_option(self, value: T) -> bool:
        """Whether that is the option under the cursor."""
        page = self._page()
        return bool(page) and page[self._at].value == value

    def action_pick(self) -> None:
        page = self._page()
        if not page:
            return
        option = page[self._at]
        if option.why_not:
            self._show()
            self.say(option.why_not, look.SOON)
            return
        self.dismiss(option.value)
