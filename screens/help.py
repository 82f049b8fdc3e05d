"""What a screen is for, its acts by number with all their keys, and its other keys: what F9 and ? show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from data.language import N_, _
from screens.base import DeskScreen
from screens.choose import Choose, Option
from widgets import look
from widgets.acts import Act, key_name
from widgets.cells import pad, width
from widgets.lines import Line, line, line_width, paragraph


class Help(Choose[str]):
    """The help of one screen; gives the id of the act that was picked."""

    PURPOSE = N_("Says what a screen is for and which keys it has; a number does the act beside it.")
    ACTS: ClassVar[tuple[Act, ...]] = tuple(
        replace(act, keys=f"{act.keys},f9,question_mark") if act.id == "choose.back" else act
        for act in Choose.ACTS
        if act.id.startswith("choose.")
    )

    def __init__(self, screen: DeskScreen[Any]) -> None:
        listed = [act for act in screen.acts if act.listed]
        cells = max((width(_(act.label)) for act in listed), default=0)
        options = [
            Option(act.id, f"{pad(_(act.label), cells)}  {keys_of(act)}", _(act.help), screen.why_not(act.id))
            for act in listed
        ]
        super().__init__(screen.place, _("Keys: {screen}").format(screen=screen.heading()), options)
        self._purpose = _(screen.PURPOSE) if screen.PURPOSE else ""
        self._others = [act for act in screen.acts if not act.listed] + list(screen.acts_of_focus())

    def _show(self) -> None:
        cells = self.room.width - 2
        self._intro = tuple(line(" ", *each) for each in paragraph(self._purpose, cells)) if self._purpose else ()
        self._after = tuple(flowing(self._others, cells))
        super()._show()


def keys_of(act: Act) -> str:
    """All the keys of an act, the one that the foot shows first."""
    return " ".join(map(key_name, act.all_keys()))


def flowing(acts: Sequence[Act], cells: int) -> Iterator[Line]:
    """The keys of acts with their labels, one after the other, in as many lines as they need."""
    row: Line = ()
    for act in acts:
        if not act.keys:
            continue
        item = line((keys_of(act), look.KEY), (f" {_(act.label)}", look.LABEL))
        if row and line_width(row) + 3 + line_width(item) > cells:
            yield row
            row = ()
        row = (*row, ("   " if row else " ", None), *item)
    if row:
        yield row
