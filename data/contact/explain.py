"""The contact question answered rule by rule, in words: what each rule goes by here, its source, and its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from data.clock import local_day
from data.contact.answer import Rule, Verdict
from data.contact.hours import spans_on
from data.contact.weigh import Question, question, verdicts
from data.contact.words import day_and_time, rule_name, rule_source, spans_words
from data.language import _
from data.rows import ContactFacts
from data.settings import Contact as ContactRules
from data.vocabulary import Channel
from data.wording import channel_label


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule, worded: what it is called, what it goes by here, where it comes from, and its verdict."""

    verdict: Verdict
    name: str
    value: str
    source: str


def explain(
    facts: ContactFacts, channel: Channel, now: int, zone: tzinfo, rules: ContactRules, *, passed: bool = False
) -> tuple[Explained, ...]:
    """Every rule by itself in the order in which they are weighed, those that do not concern the channel too."""
    asked = question(facts, channel, zone, rules, passed)
    return tuple(
        Explained(each, rule_name(each.rule), _value(each.rule, asked, now), rule_source(each.rule))
        for each in verdicts(asked, now)
    )


def _value(rule: Rule, asked: Question, now: int) -> str:
    """What the rule goes by: the buyer's numbers against the shop's."""
    facts, rules, zone = asked.facts, asked.rules, asked.zone
    of = _("{n} of {most}")
    match rule:
        case Rule.CALLS:
            return of.format(n=facts.calls, most=rules.calls_per_case)
        case Rule.CASE_CAP:
            return of.format(n=facts.attempts, most=rules.attempts_per_case)
        case Rule.WEEK_CAP:
            return of.format(
                n=sum(one > now - 7 * 86_400_000 for one in facts.attempts_at), most=rules.attempts_per_week
            )
        case Rule.DAILY_CAP:
            today = local_day(now, zone)
            tried = sum(local_day(one, zone) == today for one in facts.attempts_at)
            return of.format(n=tried, most=rules.attempts_per_day)
        case Rule.GAP | Rule.OTHER_HOUR:
            if not facts.attempts_at:
                return _("not contacted yet")
            return _("last tried {time}").format(time=day_and_time(facts.attempts_at[-1], now, zone))
        case Rule.HOURS:
            return spans_words(((rules.hard_from, rules.hard_until),))
        case Rule.WINDOW:
            today = local_day(now, zone)
            words = spans_words(spans_on(today, facts, asked.channel, rules, asked.calendar))
            holiday = asked.calendar.name(today)
            return f"{holiday} {words}" if holiday else words
        case Rule.QUIET_DAY:
            if facts.promised_on is None:
                return _("no promise is open")
            return _("promised {time}").format(time=day_and_time(facts.promised_on, now, zone))
        case Rule.PREFERS_WRITING:
            return channel_label(facts.preferred_channel) if facts.preferred_channel else _("none named")
        case Rule.NUMBER_EXPIRED:
            expires = facts.phone.expires_at if facts.phone is not None else None
            return "" if expires is None else _("until {time}").format(time=day_and_time(expires, now, zone))
    return ""
