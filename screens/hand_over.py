"""To whom a case goes and what they should know: a colleague from a list, then a note that may stay empty."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from data.language import _
from data.outside import for_screen
from data.vocabulary import DraftKind
from data.wording import role_label
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.workplace import Workplace


def colleagues(place: Workplace) -> list[Option[int]]:
    """Everybody else who has worked here."""
    return [
        Option(agent.id, for_screen(agent.name or agent.login), for_screen(agent.title or role_label(agent.role)))
        for agent in place.reads.agents()
        if agent.id != place.agent_id
    ]


def alone(place: Workplace) -> str:
    """Why nothing can be handed over; empty when it can."""
    return "" if colleagues(place) else _("Nobody else has worked here yet.")


def ask_to_whom(screen: DeskScreen[Any], then: Callable[[int, str], Awaitable[None]]) -> None:
    """Ask, and go on with the colleague's number and the note; leaving either question leaves both."""
    from screens.typed import TypeText

    place = screen.place

    def picked(to: int | None) -> None:
        if to is None:
            return

        async def typed(note: str | None) -> None:
            if note is not None:
                await then(to, note)

        draft = (DraftKind.CASE_NOTE, 0)
        hint = _("what they should know; may stay empty")
        screen.app.push_screen(TypeText(place, _("Hand over"), _("Note"), hint=hint, draft=draft, optional=True), typed)

    screen.app.push_screen(Choose(place, _("To whom?"), colleagues(place)), picked)
