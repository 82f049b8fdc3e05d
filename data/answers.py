"""The contact question in two short lines, as the inbox, the buyer screen and the moment before a call show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from data.contact_rules import Answer, day_and_time, may_contact, reason
from data.language import _
from data.rows import ContactFacts
from data.settings import Contact as ContactRules
from data.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer for the telephone and for writing, and what to do about it."""

    phone: Answer
    chat: Answer
    answer: str
    advice: str

    @property
    def allowed(self) -> bool:
        """Whether the buyer may be contacted now at all."""
        return self.phone.allowed or self.chat.allowed


def advise(facts: ContactFacts, now: int, zone: tzinfo, rules: ContactRules) -> Advice:
    """May this buyer be contacted now, until when, how often it was tried; and what to do next."""
    phone = may_contact(facts, Channel.PHONE, now, zone, rules)
    chat = may_contact(facts, Channel.CHAT, now, zone, rules)
    return Advice(phone, chat, _answer(phone, chat, now, zone, rules), _advice(facts, phone, chat, now, zone, rules))


def _answer(phone: Answer, chat: Answer, now: int, zone: tzinfo, rules: ContactRules) -> str:
    best = phone if phone.allowed else chat
    if best.allowed and best.until is not None:
        words = _("May be called until {time}") if phone.allowed else _("Writing only, until {time}")
        return words.format(time=day_and_time(best.until, now, zone))
    return _("Not now: {reason}").format(reason=reason(chat, rules))


def _advice(facts: ContactFacts, phone: Answer, chat: Answer, now: int, zone: tzinfo, rules: ContactRules) -> str:
    if phone.allowed and facts.preferred_channel in (None, Channel.PHONE):
        return _("Call now")
    if phone.allowed:
        return _("The buyer prefers writing")
    if chat.allowed:
        if phone.earliest is not None:
            when = day_and_time(phone.earliest, now, zone)
            return _("Write in the platform chat first; call from {time}").format(time=when)
        return _("Write in the platform chat: {reason}").format(reason=reason(phone, rules))
    if chat.earliest is not None:
        return _("From {time}").format(time=day_and_time(chat.earliest, now, zone))
    return _("No contact from our side")
