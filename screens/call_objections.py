"""Which objection the buyer raises: by number at once, or Tab and a few words of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Paste

from data.hearing import heard
from data.language import N_, _
from data.playbook.run import ObjectionOption
from screens.base import ACTS_LIST
from screens.choose import ALL_DIGITS, Choose, Option
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.command_field import CommandField
from widgets.lines import BLANK, line
from widgets.text_field import TextField


class ObjectionPicker(Choose[str]):
    """Gives the id of the objection. The list has the digits; what an input method commits goes to the search."""

    PURPOSE = N_(
        "The buyer objects: press the number. Or press Tab and type what they say, its pinyin "
        "initials, or the number of the objection; Enter takes the first."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        *(act for act in Choose.ACTS if act.id not in (ACTS_LIST.id, "desk.palette")),
        Act("objections.search", "tab,slash", "search", N_("Search"), N_("By the buyer's words or pinyin."), foot=3),
        replace(ACTS_LIST, keys="f9,question_mark"),
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, objections: Sequence[ObjectionOption]) -> None:
        self._every = tuple(objections)
        super().__init__(place, _("The buyer objects"), _options(self._every))
        self._row = CommandField(_("Find"), self._narrow, hint=_("Tab: what the buyer says, msj or a number"))

    def body(self) -> ComposeResult:
        yield self._row
        yield from super().body()

    def _narrow(self, typed: str) -> None:
        self._options = _options(heard(self._every, typed))
        self._page_size = len(self._options) if len(self._options) <= ALL_DIGITS else ALL_DIGITS - 1
        self._first = self._at = 0
        self._show()
        if not self._options:
            self._list.show([BLANK, line("   ", (_("No objection is called so."), look.LABEL))])

    def on_text_field_kept(self, _message: TextField.Kept) -> None:
        self.action_pick()

    def on_text_field_left(self, _message: TextField.Left) -> None:
        self.set_focus(None)

    def on_command_field_aside(self, _message: CommandField.Aside) -> None:
        self.set_focus(None)

    def action_search(self) -> None:
        self._row.field.focus()

    def on_paste(self, event: Paste) -> None:
        """What an input method commits is text, and text is looked for."""
        if not self.typing:
            event.stop()
            self._row.field.take(self._row.field.value + event.text.strip())
            self._row.field.focus()


def _options(objections: Sequence[ObjectionOption]) -> tuple[Option[str], ...]:
    return tuple(Option(each.id, each.label, _raised(each)) for each in objections)


def _raised(objection: ObjectionOption) -> str:
    """Its number, by which it is found too, and how often it was raised: in this call, and by this buyer before."""
    told = [f"O{objection.number}"]
    if objection.raised:
        told.append(_("{n}× in this call").format(n=objection.raised))
    if objection.before:
        told.append(_("{n}× on earlier calls").format(n=objection.before))
    return look.DOT.join(told)
