"""Typing in what the buyer said about being contacted: the channel, the hours, the days, and where they live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.clock import zone
from data.contact.wishes import days_of, hours_of
from data.contact.words import spans_words
from data.language import _
from data.protocols import Preference
from data.rows import ContactFacts, Done
from data.vocabulary import Channel
from data.wording import channel_label
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.form import Field, Form


def ask_what_they_prefer(
    screen: DeskScreen[Any], case_id: int, facts: ContactFacts, then: Callable[[Done | None], None]
) -> None:
    """Ask for the buyer's own wishes and keep them; `then` is told what was done."""
    place = screen.place
    named = facts.preferred_from is not None and facts.preferred_until is not None
    span = ((facts.preferred_from or 0, facts.preferred_until or 0),) if named else ()
    fields = (
        Field("hours", _("Hours"), _("18:00-20:00; else empty"), spans_words(span), optional=True, check=hours_of),
        Field("days", _("Days"), _("周末, 一三五, 67; else empty"), facts.preferred_days or "", True, days_of),
        Field("zone", _("Lives in"), _("a zone such as Asia/Urumqi; else empty"), facts.zone or "", True, zone),
    )

    def with_channel(channel: Channel | None) -> None:
        async def typed(values: dict[str, str] | None) -> None:
            if values is None:
                return
            start, until = hours_of(values["hours"]) if values["hours"] else (None, None)
            days = days_of(values["days"]) if values["days"] else None
            wish = Preference(channel, start, until, days, values["zone"] or None)
            then(await screen.write(lambda casework: casework.set_preference(case_id, wish)))

        screen.app.push_screen(Form(place, _("What the buyer prefers"), fields), typed)

    def picked(told: str | None) -> None:
        if told is not None:
            with_channel(Channel(told) if told else None)

    options = [
        Option("", _("No channel named")),
        *(Option(str(each), channel_label(each)) for each in (Channel.PHONE, Channel.CHAT, Channel.SMS)),
    ]
    screen.app.push_screen(Choose(place, _("How does the buyer want to be reached?"), options), picked)
