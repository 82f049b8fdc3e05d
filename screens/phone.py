"""Typing in a telephone number, with its extension and the day it dies where it is a virtual one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.language import _
from data.protocols import NewPhone
from data.rows import Done
from data.times import resolve
from data.vocabulary import DraftKind
from screens.base import DeskScreen
from screens.form import Field, Form


def ask_for_number(screen: DeskScreen[Any], case_id: int, then: Callable[[Done | None], None]) -> None:
    """Ask for a number of the buyer of a case and keep it; `then` is told what was done."""
    place = screen.place
    now, zone = place.now(), place.zone
    fields = (
        Field("number", _("Number"), _("digits; 138… or 0571-…")),
        Field("extension", _("Extension"), _("for a virtual number; else empty"), optional=True),
        Field(
            "expires",
            _("Valid until"),
            _("for a virtual number: +15d, 12-03 23:59; else empty"),
            optional=True,
            check=lambda text: resolve(text, now, zone),
        ),
    )

    async def typed(values: dict[str, str] | None) -> None:
        if values is None:
            return
        phone = NewPhone(
            number=values["number"],
            extension=values["extension"] or None,
            expires_at=resolve(values["expires"], now, zone) if values["expires"] else None,
        )
        then(await screen.write(lambda casework: casework.add_phone(case_id, phone)))

    form = Form(place, _("Add a number"), fields, draft=(DraftKind.PHONE, case_id))
    screen.app.push_screen(form, typed)
