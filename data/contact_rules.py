"""May this buyer be contacted, by this channel, now? If not: why, and when at the earliest.

One question with one answer, asked before every contact. Hard rules hold for everybody; a soft one only a lead
may pass, with a reason. The numbers and their sources are in `data.settings.Contact`, the rules in plain sentences in
`docs/contact-rules.md`. Nothing here reads a clock. The parts are in `data.contact`, where `explain` goes rule by
rule.
"""

from __future__ import annotations

from datetime import tzinfo

from data.contact.answer import HARD, Answer, Rule
from data.contact.weigh import answered, contact_from, question
from data.contact.words import clock, day_and_time, reason
from data.rows import ContactFacts
from data.settings import Contact as ContactRules
from data.vocabulary import Channel

__all__ = ["HARD", "Answer", "Rule", "clock", "contact_from", "day_and_time", "may_contact", "reason"]


def may_contact(
    facts: ContactFacts, channel: Channel, now: int, zone: tzinfo, rules: ContactRules, *, passed: bool = False
) -> Answer:
    """Answer the question. `passed` is a lead's word, given with a reason: soft rules give way, hard ones do not.

    `zone` is the shop's; a buyer whose own zone is known is asked about on their clock. Holidays are those of
    `data.calendar.in_use`.
    """
    return answered(question(facts, channel, zone, rules, passed), now)
