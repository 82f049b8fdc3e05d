"""How the contact question and its rules are worded: why not, what each rule is, its value and its source."""

from __future__ import annotations

from datetime import tzinfo

from data.clock import to_local
from data.contact.answer import Answer, Rule
from data.contact.hours import Spans
from data.language import N_, _, ngettext
from data.settings import Contact as ContactRules
from data.vocabulary import Channel

# A tick stands before each that is so; what may be contacted is what all of them allow.
_NAMES = {
    Rule.ALLOWED: N_("May be contacted"),
    Rule.DO_NOT_CONTACT: N_("Has not asked to be left alone"),
    Rule.CLOSED: N_("Case is open"),
    Rule.WITH_LEAD: N_("Not with a lead or the platform"),
    Rule.NO_NUMBER: N_("A number is known"),
    Rule.NUMBER_EXPIRED: N_("The number is valid"),
    Rule.NUMBER_KIND: N_("The number takes texts"),
    Rule.REFUSED: N_("Has not refused"),
    Rule.ABUSED: N_("Was not abusive last time"),
    Rule.CALLS: N_("Calls a case"),
    Rule.CASE_CAP: N_("Attempts a case"),
    Rule.WRITING_FIRST: N_("Did not push the last call away"),
    Rule.PREFERS_WRITING: N_("Channel the buyer prefers"),
    Rule.HOURS: N_("Hours for any contact"),
    Rule.QUIET_DAY: N_("Not the quiet day after a promise"),
    Rule.WEEK_CAP: N_("Attempts a week"),
    Rule.DAILY_CAP: N_("Attempts a day"),
    Rule.GAP: N_("Minutes between attempts"),
    Rule.OTHER_HOUR: N_("Not the hour when nobody answered"),
    Rule.WINDOW: N_("Good hours"),
}

_POLICY = N_("shop policy")
_HARASSMENT = N_("shop policy; Taobao 骚扰他人 counts frequent contact")
_SOURCES = {
    Rule.DO_NOT_CONTACT: N_("Consumer law art. 29, its regulation art. 24, Civil Code art. 1033"),
    Rule.REFUSED: N_("Consumer law art. 29, Public Security law 2026 art. 50"),
    Rule.NUMBER_EXPIRED: N_("platforms' privacy numbers end after the trade"),
    Rule.NUMBER_KIND: N_("an extension is dialled by hand"),
    Rule.PREFERS_WRITING: N_("the buyer's own words"),
    Rule.HOURS: N_("insurance sales by telephone 2013, 47 CFR 64.1200(c)(1), Taobao 骚扰他人"),
    Rule.CALLS: _HARASSMENT,
    Rule.CASE_CAP: _HARASSMENT,
    Rule.WEEK_CAP: _HARASSMENT,
    Rule.DAILY_CAP: _HARASSMENT,
    Rule.GAP: _HARASSMENT,
}


def rule_name(rule: Rule) -> str:
    """What a rule is called."""
    return _(_NAMES[rule])


def rule_source(rule: Rule) -> str:
    """Where a rule comes from: its law, a platform's rule, or the shop's own policy."""
    words = _SOURCES.get(rule, _POLICY)
    return _(words)


def reason(answer: Answer, rules: ContactRules) -> str:
    """Why not, in words, with the rule's number."""
    match answer.rule:
        case Rule.HOURS:
            return _("outside {start}–{end}, when anybody may be disturbed").format(
                start=clock(rules.hard_from), end=clock(rules.hard_until)
            )
        case Rule.CALLS:
            return ngettext(
                "called {n} time on this case already", "called {n} times on this case already", rules.calls_per_case
            ).format(n=rules.calls_per_case)
        case Rule.CASE_CAP:
            return ngettext(
                "{n} attempt on this case already", "{n} attempts on this case already", rules.attempts_per_case
            ).format(n=rules.attempts_per_case)
        case Rule.WEEK_CAP:
            return ngettext(
                "{n} attempt in 7 days already", "{n} attempts in 7 days already", rules.attempts_per_week
            ).format(n=rules.attempts_per_week)
        case Rule.DAILY_CAP:
            return ngettext("{n} attempt today already", "{n} attempts today already", rules.attempts_per_day).format(
                n=rules.attempts_per_day
            )
        case Rule.GAP:
            minutes = rules.gap_minutes if answer.minutes is None else answer.minutes
            return _("less than {minutes} minutes since the last attempt").format(minutes=minutes)
        case Rule.NUMBER_EXPIRED:
            return _instead(
                answer,
                _("the number has expired; write in the platform chat"),
                _("the number has expired; write an e-mail"),
            )
        case Rule.NUMBER_KIND:
            return _instead(
                answer,
                _("no text reaches a number with an extension; write in the platform chat"),
                _("no text reaches a number with an extension; write an e-mail"),
            )
    return _(_REASONS[answer.rule])


_REASONS = {
    Rule.ALLOWED: N_("may be contacted"),
    Rule.CLOSED: N_("the case is closed"),
    Rule.WITH_LEAD: N_("the case is with a lead or the platform"),
    Rule.DO_NOT_CONTACT: N_("the buyer asked not to be contacted"),
    Rule.NO_NUMBER: N_("no telephone number is known"),
    Rule.REFUSED: N_("the buyer has refused"),
    Rule.ABUSED: N_("the buyer was abusive; only a lead goes on"),
    Rule.WRITING_FIRST: N_("the buyer pushed the last call away; write first"),
    Rule.PREFERS_WRITING: N_("the buyer prefers writing"),
    Rule.QUIET_DAY: N_("today is the quiet day after a promise"),
    Rule.OTHER_HOUR: N_("nobody answered at this hour; call at another"),
    Rule.WINDOW: N_("outside the calling hours"),
}


def _instead(answer: Answer, chat: str, email: str) -> str:
    return email if answer.instead is Channel.EMAIL else chat


def clock(minute: int) -> str:
    """A minute of the day as a wall clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def spans_words(spans: Spans) -> str:
    """Spans of the day: 09:00–12:00, 14:00–20:30."""
    return ", ".join(f"{clock(start)}–{clock(until)}" for start, until in spans)


def day_and_time(at: int, now: int, zone: tzinfo) -> str:
    """A moment as an agent says it: 14:00, tomorrow 14:00, 11-23 14:00."""
    then, today = to_local(at, zone), to_local(now, zone)
    wall = f"{then:%H:%M}"
    days = (then.date() - today.date()).days
    if days == 0:
        return wall
    if days == 1:
        return _("tomorrow {time}").format(time=wall)
    return f"{then:%m-%d} {wall}"
