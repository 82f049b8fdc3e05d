"""What a template is made of, and the closed words that it may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.language import N_, _
from data.vocabulary import Channel


class Moment(StrEnum):
    """What a text is for; the order is that in which lists show them."""

    FIRST = "first"
    PROBE = "probe"
    MISSED_CALL = "missed_call"
    OPTIONS = "options"
    AGREED = "agreed"
    ISSUED = "issued"
    APPOINTMENT = "appointment"
    AFTER_CALL = "after_call"
    EVENING_TEXT = "evening_text"
    REMINDER = "reminder"
    LAST_TRY = "last_try"
    SATISFACTION = "satisfaction"
    EFFECT = "effect"
    RESULT = "result"
    DELAY = "delay"
    ARRIVAL = "arrival"
    SIGNED = "signed"
    STOCK_OUT = "stock_out"
    VERIFY = "verify"
    NO_MORE = "no_more"
    THANKS = "thanks"
    GUIDE = "guide"
    QUESTION = "question"


MOMENTS: Mapping[Moment, str] = {
    Moment.FIRST: N_("First contact"),
    Moment.PROBE: N_("Before a call"),
    Moment.MISSED_CALL: N_("After a missed call"),
    Moment.OPTIONS: N_("Ways to put it right"),
    Moment.AGREED: N_("Remedy agreed"),
    Moment.ISSUED: N_("Remedy on its way"),
    Moment.APPOINTMENT: N_("Appointment"),
    Moment.AFTER_CALL: N_("After the call"),
    Moment.EVENING_TEXT: N_("This evening"),
    Moment.REMINDER: N_("The one reminder"),
    Moment.LAST_TRY: N_("Last note"),
    Moment.SATISFACTION: N_("Is all well?"),
    Moment.EFFECT: N_("Does it help?"),
    Moment.RESULT: N_("Result of a check"),
    Moment.DELAY: N_("Parcel is late"),
    Moment.ARRIVAL: N_("Parcel has arrived in town"),
    Moment.SIGNED: N_("Parcel was signed for"),
    Moment.STOCK_OUT: N_("Nothing left in stock"),
    Moment.VERIFY: N_("It was really us"),
    Moment.NO_MORE: N_("No more contact"),
    Moment.THANKS: N_("Thanks"),
    Moment.GUIDE: N_("Steps to follow"),
    Moment.QUESTION: N_("Frequent question"),
}

WRITTEN = (Channel.CHAT, Channel.SMS, Channel.SITE_MESSAGE, Channel.EMAIL)
"""The channels in writing."""

OWN_WORDS = "own"
"""Stands for a text without a template."""

STEPS = "guide."
"""Begins the id of a template that was made from a guide."""

MARKS = ("⟨", "⟩")
"""What is not filled stands between them; a text that holds one of them cannot be sent."""

VARIABLES: Mapping[str, str] = {
    "salutation": N_("salutation"),
    "shop": N_("shop name"),
    "agent": N_("your name"),
    "role": N_("your role"),
    "product": N_("product"),
    "variant": N_("variant"),
    "order_tail": N_("end of the order number"),
    "remedy": N_("what was agreed"),
    "due": N_("by when"),
    "carrier": N_("carrier"),
    "tracking": N_("parcel number"),
    "remedy_tracking": N_("number of the new parcel"),
    "slot": N_("agreed time"),
    "ref": N_("case number"),
    "official_chat": N_("official chat"),
    "option_a": N_("first way"),
    "option_b": N_("second way"),
    "cause_fact": N_("what was found"),
    "measure": N_("what is being improved"),
    "answer": N_("your answer"),
    "steps": N_("the steps"),
}
"""Every variable and what stands between the marks where a case does not give it. The options, what was found, the
measure and the answer are the agent's own words: no case gives them."""


def moment_label(moment: Moment) -> str:
    """What a text is for, in words."""
    return _(MOMENTS[moment])


@dataclass(frozen=True, slots=True)
class Template:
    """One text in several wordings. What is empty limits nothing: no causes are all causes.

    Causes are codes such as Q1, or first letters of them.
    """

    id: str
    title: str
    moments: tuple[Moment, ...]
    channels: tuple[Channel, ...]
    say: tuple[str, ...]
    causes: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    own: bool = False
    """From the shop's own file."""

    def fits_cause(self, cause: str | None) -> bool:
        """Whether it may be said for this cause; an unknown cause fits only what is for all."""
        return not self.causes or (cause is not None and (cause in self.causes or cause[0] in self.causes))

    def fits_platform(self, platform: str) -> bool:
        """Whether it is for this platform."""
        return not self.platforms or platform in self.platforms


@dataclass(frozen=True, slots=True)
class Book:
    """Every template of one language, and how times are said in it."""

    language: str
    templates: tuple[Template, ...]
    phrases: Mapping[str, str] = field(default_factory=dict)
    greetings: Mapping[str, str] = field(default_factory=dict)
    """The salutation by the part of the day: morning, day, evening."""

    def template(self, id: str) -> Template | None:
        """The template of that id, if there is one."""
        return next((each for each in self.templates if each.id == id), None)
