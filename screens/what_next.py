"""What F2 would take first today; and beside it, what it would take by weights that are not saved yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.language import N_, _
from data.outside import for_screen
from data.priority import NextCase, moved
from data.settings import Priority
from screens.base import ACTS_LIST, BACK, DeskScreen, not_built_in
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cases import buyer_name, grade_span, product_name
from widgets.cells import cut, pad, width
from widgets.frame import rule
from widgets.lines import BLANK, Line, Lines, Span, fit, line, line_width
from widgets.priority_lines import in_one_line

MOST = 15
"""So many cases are shown: what a team takes within the hour."""
_DETAILS = 4
_REASONS_FROM = 70
"""From so many cells on a single order names its reasons line by line."""


class WhatNextScreen(DeskScreen[None]):
    """The first cases of the order of work, their points, and how unsaved weights would move them."""

    PURPOSE = N_(
        "Which cases F2 takes first at this moment, and why, in points. Opened from the settings it shows the order "
        "by the saved points beside the one by yours; nothing is written."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("next_up.open", "enter", "open", N_("Open"), N_("The buyer and the order."), foot=1),
        Act("next_up.up", "up,k", "move(-1)", N_("Up"), N_("To the case above."), listed=False),
        Act("next_up.down", "down,j", "move(1)", N_("Down"), N_("To the case below."), listed=False),
        Act("next_up.again", "f5", "again", N_("Look again"), N_("Read the order anew."), foot=2),
        Act("next_up.back", "escape,backspace,0", "back", BACK.label, BACK.help, foot=3, listed=False),
        ACTS_LIST,
    )
    DEFAULT_CSS = "WhatNextScreen > #order { height: 1fr; }"
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, saved: Priority | None = None, unsaved: Priority | None = None) -> None:
        """`saved` are the points of the settings file, `unsaved` what was changed since; without any, those in use."""
        super().__init__(place)
        weights = saved or place.settings.priority
        self._weights = (weights, unsaved) if unsaved is not None and unsaved != weights else (weights,)
        self._orders: Sequence[Sequence[NextCase]] | None = None
        self._at = 0
        self._order = Lines(id="order", height="1fr")
        self._detail = Lines(id="detail")

    def heading(self) -> str:
        return _("What is next")

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._order
        yield self._detail

    def on_mount(self) -> None:
        self._detail.styles.height = _DETAILS
        self.open_behind(self._load)

    def on_resize(self, _event: Resize) -> None:
        self.call_after_refresh(self._show)

    def catch_up(self) -> None:
        self.behind(self._load, group="order")

    async def _load(self) -> None:
        place = self.place
        read = partial(place.reads.what_next, self._weights, place.settings.contact, agent_id=place.agent_id)
        self._orders = await self.read(lambda: read(now=place.now(), most=MOST))
        self._show()

    @property
    def _shown(self) -> Sequence[NextCase]:
        """The order under the cursor: the newest."""
        return self._orders[-1] if self._orders else ()

    # What it shows

    def _show(self) -> None:
        cells, height = self.size.width, self._order.size.height
        if not cells or self._orders is None:
            return
        self._at = max(0, min(self._at, len(self._shown) - 1))
        if not any(self._orders):
            nothing = _("No open case may be contacted at this moment, or all are taken.")
            lines: list[Line] = [BLANK, line("   ", (nothing, look.LABEL))]
        elif len(self._orders) == 1:
            lines = self._single(self._orders[0], cells)
        else:
            lines = self._both(self._orders[0], self._orders[1], cells)
        head, rows = lines[:1], lines[1:]
        first = max(0, self._at - max(1, height - 2))
        shown = [*head, *rows[first:]][:height]
        self._order.show([*shown, *[BLANK] * (height - len(shown))])
        self._detail.show(self._details(cells))
        self.show_header()

    def _single(self, order: Sequence[NextCase], cells: int) -> list[Line]:
        lines = [line("   ", (_("What F2 takes first now, and why"), look.KEY))]
        names = max(32, cells * 3 // 10) if cells >= _REASONS_FROM else cells - 3
        for at, each in enumerate(order):
            told = fit(self._case(at, each, ""), names)
            why = in_one_line(each.ranked.points, cells - names - 6).partition(_(": "))[2] if cells > names + 8 else ""
            lines.append(self._marked(at, (*_filled(told, names), ("  ", None), (why, look.LABEL)), cells))
        return lines

    def _both(self, before: Sequence[NextCase], after: Sequence[NextCase], cells: int) -> list[Line]:
        half = (cells - 5) // 2
        was, becomes = ([each.row.case_id for each in order] for order in (before, after))
        ups = moved(was, becomes)
        gone = [_("out") if case_id not in becomes else "" for case_id in was]
        heads = (pad(_("As saved"), half), _("As changed, not saved"))
        lines = [line("   ", (heads[0], look.KEY), "  ", (heads[1], look.KEY))]
        for at in range(max(len(before), len(after))):
            left = self._case(at, before[at], gone[at]) if at < len(before) else ()
            far = self._case(at, after[at], _sign(ups[at])) if at < len(after) else ()
            lines.append(self._marked(at, (*_filled(fit(left, half), half), ("  ", None), *fit(far, half)), cells))
        return lines

    def _marked(self, at: int, told: Line, cells: int) -> Line:
        mark: Span = (look.CURSOR if at == self._at else " ", look.HERE)
        return fit(line(" ", mark, " ", *told), cells)

    def _case(self, at: int, each: NextCase, sign: str) -> Line:
        shape, style = grade_span(each.row.grade)
        moved_up = look.GOOD if sign.startswith("↑") else look.SOON
        signs = ((pad(sign, max(4, width(_("in")), width(_("out")))), moved_up),) if len(self._weights) > 1 else ()
        return line(
            (f"{at + 1:>2} ", look.LABEL), (f"{each.ranked.total:>3} ", look.SAY), *signs, (shape.split()[0], style),
            " ", (pad(cut(buyer_name(each.row), 9), 9), None), " ", (product_name(each.row), look.LABEL),
        )  # fmt: skip

    def _details(self, cells: int) -> list[Line]:
        lines: list[Line] = [rule(cells)]
        if self._at < len(self._shown):
            here = self._shown[self._at]
            lines.append(line(" ", cut(look.quoted(for_screen(here.row.text)), cells - 2)))
            names = (_("Saved"), _("Changed")) if len(self._weights) > 1 else ("",)
            cells_of_names = max(map(width, names)) + 2 if len(names) > 1 else 0
            for name, order in zip(names, self._orders or (), strict=False):
                found = next((each for each in order if each.row.case_id == here.row.case_id), None)
                room = cells - 2 - cells_of_names
                told = in_one_line(found.ranked.points, room) if found else _("not among the first")
                lines.append(line(" ", (pad(name, cells_of_names), look.KEY), (told, look.LABEL)))
        return [*lines, *[BLANK] * (_DETAILS - len(lines))]

    # Acts

    def why_not(self, act: str) -> str:
        if act == "next_up.open" and self._at >= len(self._shown):
            return _("The list is empty.")
        if act == "next_up.open" and self.place.doors.buyer is None:
            return not_built_in()
        return ""

    def action_move(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._shown) - 1))
        self._show()

    def action_open(self) -> None:
        if self.place.doors.buyer is not None:
            self.app.push_screen(self.place.doors.buyer(self.place, self._shown[self._at].row.case_id))

    def action_again(self) -> None:
        self.behind(self._load, group="order")


def _filled(told: Line, cells: int) -> Line:
    """A line as wide as it may be, so that what follows stands in a column."""
    return (*told, (" " * max(0, cells - line_width(told)), None))


def _sign(up: int | None) -> str:
    """How far a case moves: ↑3 towards the top, ↓1 away from it."""
    if up is None:
        return _("in")
    return "" if not up else f"↑{up}" if up > 0 else f"↓{-up}"
