"""What each setting is called and what it means, in the reader's language.

The meanings are the docstrings of `data.settings`, marked for the catalogue; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from data.language import N_, _
from data.settings_kinds import Flag, Kind
from data.settings_typing import shown
from data.wording import platform_label

SECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "general": (N_("General"), N_("How the program shows itself.")),
    "shop": (N_("Shop"), N_("The shop to which a file goes that names none.")),
    "contact": (
        N_("Contact"),
        N_(
            "When and how often a buyer may be contacted. No Chinese statute gives hours for after-sales calls. The "
            "defaults keep inside what neighbouring rules allow: the rules for insurance sales by telephone (2013) "
            "keep 21:00–09:00 free of calls, 47 CFR 64.1200(c)(1) allows 08:00–21:00, and Taobao and Pinduoduo punish "
            "late or repeated contact as harassment (骚扰他人)."
        ),
    ),
    "clock": (
        N_("Clock"),
        N_("How soon somebody must have reacted to a review; the trade's usual service levels."),
    ),
    "grades": (
        N_("Grades"),
        N_(
            "How one to five stars become bad, neutral and good: up to 2 bad, 3 neutral, above it good, as platforms "
            "with three grades map their own."
        ),
    ),
    "claims": (N_("Claims"), N_("Who works on a case.")),
    "playbooks": (
        N_("Scripts"),
        N_("Folders of playbooks that take the place of the shipped ones, by the language they are spoken in."),
    ),
    "views": (
        N_("Views"),
        N_("The shop's views: a name and the typed query that it stands for; everybody sees them after their own."),
    ),
    "keys": (N_("Keys"), N_("Keys of one's own: the id of an act to its keys, separated by commas.")),
}
"""The sections by name: what each is called, and what it is for."""

SETTINGS: Final[Mapping[str, tuple[str, str]]] = {
    "general.language": (
        N_("Language"),
        N_("The language of the screens; auto takes it from the locale, else Chinese."),
    ),
    "general.ambiguous_width": (
        N_("Width of symbols"),
        N_("How many cells the terminal gives to symbols such as ▌ and “; auto asks the terminal at start."),
    ),
    "general.accent": (
        N_("Accent"),
        N_("The palette's colour for keys and for what is due soon; not yellow where the terminal's is too pale."),
    ),
    "general.cursor": (
        N_("Cursor"),
        N_("Where the terminal's own cursor is seen; it always stands where the agent is, for readers of the screen."),
    ),
    "general.letters": (
        N_("Letter keys"),
        N_("Whether letters (j k c q …) do what their digits and F-keys do; off suits those who type by mistake."),
    ),
    "shop.name": (N_("Shop's name"), N_("What agents and scripts call it; empty until the first run asks.")),
    "shop.platform": (N_("Platform"), N_("Where it sells.")),
    "shop.zone": (
        N_("Time zone"),
        N_("The zone of every time that is shown and of every rule about hours; IANA name. China has one zone."),
    ),
    "contact.hard_from": (
        N_("No contact before"),
        N_("No contact before this time of day, whoever asks; shop policy after the rules above."),
    ),
    "contact.hard_until": (
        N_("No contact from"),
        N_("No contact from this time of day on, whoever asks; shop policy after the rules above."),
    ),
    "contact.soft": (
        N_("Good hours to call"),
        N_(
            "The spans in which buyers like to be called; outside them only a lead calls, with a reason. Where a span "
            "reaches beyond the hard hours, those hold. Shop policy: no calls during the noon rest."
        ),
    ),
    "contact.soft_days": (
        N_("Good hours of single days"),
        N_(
            "The good hours of single days in place of the others: mon to sun, and holiday for public holidays; a "
            "day with no spans has none. A weekend that was made a working day has the good hours of working "
            "days. Shop policy: nobody is called early on a holiday."
        ),
    ),
    "contact.calendar": (
        N_("Public holidays"),
        N_("Whose public holidays count: those of mainland China by the State Council's yearly notice, or none."),
    ),
    "contact.summer_rest": (
        N_("Noon rest in summer"),
        N_(
            "Spans that are cut out of the good hours in summer, when the noon rest is longer; empty for none. "
            "Shop policy."
        ),
    ),
    "contact.summer_from": (
        N_("Summer rest from"),
        N_("The first day of the longer noon rest, as month and day; the hot season. Shop policy."),
    ),
    "contact.summer_until": (
        N_("Summer rest until"),
        N_("The last day of the longer noon rest, as month and day. Shop policy."),
    ),
    "contact.sms": (
        N_("Good hours to text"),
        N_("The spans in which text messages are sent: the way home, when a reminder is read. Shop policy."),
    ),
    "contact.attempts_per_day": (
        N_("Attempts a day"),
        N_("Attempts to contact one buyer in one day of the shop's zone; shop policy against harassment."),
    ),
    "contact.gap_minutes": (
        N_("Minutes between attempts"),
        N_("Minutes between two attempts to contact one buyer; shop policy against harassment."),
    ),
    "contact.gap_busy_minutes": (
        N_("Minutes after a busy line"),
        N_(
            "Minutes after a line that was busy until the next attempt; shop policy, since the buyer was not disturbed."
        ),
    ),
    "contact.other_hour_minutes": (
        N_("Minutes to another hour"),
        N_(
            "By how many minutes the time of day of the next call differs from that of a call that nobody "
            "answered, on whatever day; 0 turns it off. Shop policy: who is not there at an hour is not there at "
            "that hour tomorrow."
        ),
    ),
    "contact.attempts_per_week": (
        N_("Attempts a week"),
        N_(
            "Attempts to contact one buyer in seven days, on all cases and in all shops; shop policy against "
            "harassment."
        ),
    ),
    "contact.attempts_per_case": (
        N_("Attempts a case"),
        N_(
            "Attempts for one case by all channels: the calls, and the texts that follow them; shop policy "
            "against harassment."
        ),
    ),
    "contact.quiet_day": (
        N_("Quiet day after a promise"),
        N_(
            "The day after a buyer's promise on which nobody contacts them, the day of the promise being day 1; 0 "
            "for none. Shop policy: a text the same evening, a reminder on day 2, silence on day 3, a last try on "
            "day 4 or 5."
        ),
    ),
    "contact.calls_per_case": (
        N_("Calls a case"),
        N_("Calls for one case, answered or not; shop policy against harassment."),
    ),
    "contact.review_questions_per_case": (
        N_("Review questions a case"),
        N_("How often the review may be spoken of in one case, and then only once it is settled; shop policy."),
    ),
    "clock.first_contact_minutes": (
        N_("Minutes to first contact"),
        N_("Minutes until the first contact when the review arrives in staffed hours."),
    ),
    "clock.staffed_from": (N_("Desk opens"), N_("When the desk opens.")),
    "clock.staffed_until": (N_("Desk closes"), N_("When the desk closes.")),
    "clock.next_morning": (
        N_("By next morning"),
        N_("By when a review that arrived outside staffed hours is contacted."),
    ),
    "clock.outer_hours": (
        N_("Hours at most"),
        N_("Hours after which a review must have had an answer in any case."),
    ),
    "clock.due_soon_minutes": (
        N_("Due soon, minutes"),
        N_("How many minutes before its deadline a case counts as due soon."),
    ),
    "grades.bad_max": (N_("Stars of a bad review"), N_("The most stars of a bad review.")),
    "grades.neutral_max": (
        N_("Stars of a neutral review"),
        N_("The most stars of a neutral review; more is good."),
    ),
    "claims.lease_hours": (
        N_("Hours a claim holds"),
        N_("Hours after which a claimed case on which nothing was done is free again; a long shift."),
    ),
    "playbooks.zh_CN": (N_("Chinese scripts"), N_("Folder of Chinese playbooks; empty for the shipped ones.")),
    "playbooks.en": (N_("English scripts"), N_("Folder of English playbooks; empty for the shipped ones.")),
}
"""Every setting by its dotted key: what it is called, and what it means."""

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "general.language": {"auto": N_("as the system says"), "zh_CN": "中文", "en": "English"},
    "contact.calendar": {"cn": N_("mainland China"), "none": N_("none")},
    "general.ambiguous_width": {"auto": N_("ask the terminal"), "1": N_("one cell"), "2": N_("two cells")},
    "general.accent": {"yellow": N_("yellow"), "magenta": N_("magenta"), "cyan": N_("cyan"), "blue": N_("blue")},
    "general.cursor": {"fields": N_("where one types"), "always": N_("always")},
}


def word_for(dotted: str, kind: Kind, value: Any) -> str:
    """A value as people read it."""
    if isinstance(kind, Flag):
        return _("on") if value else _("off")
    if dotted == "shop.platform":
        return platform_label(value)
    words = _WORDS.get(dotted, {})
    if value in words:
        return _(words[value])
    return shown(kind, value) or _("empty")
