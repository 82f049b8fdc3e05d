"""Showing personal data that is masked everywhere: which of it, and why; the reason is written to the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.language import N_, _
from data.outside import for_screen
from data.rows import PersonalDatum
from data.vocabulary import PersonalKind
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from widgets import look

_KINDS = {
    PersonalKind.NAME: N_("Name"),
    PersonalKind.PHONE: N_("Phone"),
    PersonalKind.ADDRESS: N_("Address"),
    PersonalKind.EMAIL: N_("E-mail"),
    PersonalKind.CHAT: N_("Chat"),
}


def ask_what_to_show(screen: DeskScreen[Any], case_id: int, personal: Sequence[PersonalDatum]) -> None:
    """Let the agent pick one of what is known of the buyer, and say it whole once a reason was given."""
    options = [Option(each.id, each.masked, _(_KINDS[PersonalKind(each.kind)])) for each in personal]

    async def show(number: int, reason: str | None) -> None:
        if not reason:
            return
        value = await screen.write(lambda casework: casework.reveal(case_id, number, reason))
        if value is not None:
            screen.say(for_screen(value), look.SAY)

    def picked(number: int | None) -> None:
        if number is not None:
            why = TypeText(screen.place, _("Why show it?"), _("Reason"), hint=_("it is written to the log"))
            screen.app.push_screen(why, lambda reason: show(number, reason))

    if len(options) == 1:
        picked(options[0].value)
    else:
        screen.app.push_screen(Choose(screen.place, _("Show which?"), options), picked)
