"""A buyer who wants no contact: saying so, and what only a lead takes back, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.language import _
from data.rows import Done
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from widgets.lines import Line, line

Then = Callable[[Done | None], None]


def ask_never_to_contact(screen: DeskScreen[Any], case_id: int, then: Then) -> None:
    """Ask whether nobody is to contact the buyer again, and write it down."""

    async def sure(yes: bool | None) -> None:
        if yes:
            then(await screen.write(lambda casework: casework.set_do_not_contact(case_id)))

    intro: list[Line] = [line(" ", _("Nobody can contact this buyer from here again; only a lead can lift it."))]
    options = [Option(True, _("Yes, do not contact")), Option(False, _("No"))]
    screen.app.push_screen(Choose(screen.place, _("Do not contact"), options, intro=intro), sure)


def ask_to_contact_again(screen: DeskScreen[Any], case_id: int, then: Then) -> None:
    """Ask a lead why the buyer may be contacted again, and lift it."""

    async def typed(reason: str | None) -> None:
        if reason:
            then(await screen.write(lambda casework: casework.lift_do_not_contact(case_id, reason)))

    screen.app.push_screen(TypeText(screen.place, _("May be contacted again"), _("Reason")), typed)


def ask_to_take_back_refusal(screen: DeskScreen[Any], case_id: int, then: Then) -> None:
    """Ask a lead why a refusal was none, and correct it."""

    async def typed(reason: str | None) -> None:
        if reason:
            then(await screen.write(lambda casework: casework.correct_refusal(case_id, reason)))

    screen.app.push_screen(TypeText(screen.place, _("Take back a refusal"), _("Reason")), typed)
