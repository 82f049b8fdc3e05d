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

# The first nine have digits on the screen; what is added later comes after them, so that no digit changes.
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
    "remedies": (N_("Remedies"), N_("What is offered to make it right, and when a delivery is warned of.")),
    "calls": (N_("Calling"), N_("How a call is begun and ended.")),
    "products": (N_("Products"), N_("What the shop knows of its goods.")),
    "messages": (N_("Messages"), N_("What is written to buyers, and how it leaves.")),
    "lint": (N_("Promises"), N_("What the promise linter goes by beside its own rules.")),
    "replies": (N_("Public replies"), N_("How public replies are given.")),
    "priority": (
        N_("Priority"),
        N_(
            "How many points each reason gives a case, so that F2 takes the most useful one; 0 turns a "
            "reason off. The points set nothing but the order of work. The reasons are the trade's: time, "
            "what was promised, and how many people read the review; the numbers are shop policy."
        ),
    ),
    "follow_up": (
        N_("Follow-up"),
        N_("What follows a contact, and when; the rules are in docs/follow-up.md."),
    ),
    "assignment": (
        N_("Assignment"),
        N_("Who gets a case that comes in. Each of the staff has a table of their own, [assignment.agents.lili]."),
    ),
    "promises": (N_("Promises kept"), N_("What counts as a promise that was kept.")),
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
    "shop.language": (
        N_("Language with buyers"),
        N_("What this shop speaks with its buyers, on calls and in writing; auto goes by the platform, as for others."),
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
        N_("Minutes until the first contact when the review arrives in staffed hours, breaks not counted."),
    ),
    "clock.staffed": (
        N_("Staffed hours"),
        N_(
            "When the desk is staffed: one span a day, or several where shifts are split. The trade's usual service "
            "level."
        ),
    ),
    "clock.staffed_days": (
        N_("Staffed hours of single days"),
        N_(
            "Staffed hours of single days in place of the others: mon to sun, and holiday for public holidays; a day "
            "with no spans is not staffed. A weekend that was made a working day has the others. Shop policy."
        ),
    ),
    "clock.next_morning": (
        N_("By next morning"),
        N_("By when a review that arrived outside staffed hours is contacted on the next staffed day."),
    ),
    "clock.outer_hours": (
        N_("Hours at most"),
        N_("Hours after which a review must have had an answer in any case."),
    ),
    "clock.next_touch_hours": (
        N_("Hours to next touch"),
        N_(
            "Staffed hours until the next attempt, or until what we owe is delivered, after an attempt or once a case "
            "lies with us: two days of 14 hours. The clock rests while the buyer owes an answer. Trade practice: asked "
            "after within one or two days, reminded on day 2."
        ),
    ),
    "clock.close_hours": (
        N_("Hours to closing"),
        N_(
            "Staffed hours until a case is closed: five days of 14 hours, without the time that the buyer owes us. "
            "Trade practice: the last try is on day 4 or 5."
        ),
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
    "follow_up.check_minutes": (
        N_("Minutes until a promise is looked after"),
        N_("Minutes after a promised time at which somebody looks whether it was done."),
    ),
    "follow_up.evening_from": (
        N_("Evening texts from"),
        N_(
            "From when the text of the same evening, the reminder and the last try are sent: the way home. Shop policy."
        ),
    ),
    "follow_up.evening_until": (
        N_("Evening text until"),
        N_("Until when the text of the same evening may be sent; later it is not sent at all. Shop policy."),
    ),
    "follow_up.reminder_day": (
        N_("Day of the reminder"),
        N_(
            "The day of the one reminder after a promise, the day of the promise being day 1; 0 for none. Shop "
            "policy, as the trade does it."
        ),
    ),
    "follow_up.last_try_day": (
        N_("Day of the last try"),
        N_(
            "The first day on which the last try after a promise is made; 0 for none. Shop policy, as the trade "
            "does it."
        ),
    ),
    "follow_up.last_try_until": (
        N_("Last day of the last try"),
        N_("The last day on which it is made; then it stops. Shop policy, as the trade does it."),
    ),
    "follow_up.last_try_by": (
        N_("Last try by"),
        N_("Whether the last try is a text, which disturbs less, or a short call."),
    ),
    "follow_up.retry_hours": (
        N_("Hours to another hour"),
        N_(
            "Hours after a call that nobody answered until the next one is wished, on the same day if the rules "
            "allow it."
        ),
    ),
    "follow_up.write_hours": (
        N_("Hours until writing"),
        N_("Hours after a call until the buyer is written to instead."),
    ),
    "follow_up.answer_hours": (
        N_("Hours to wait for an answer"),
        N_("Hours that an answer to a text is waited for."),
    ),
    "follow_up.undecided_days": (
        N_("Days until an undecided buyer is asked"),
        N_("Days until a buyer who was undecided is asked once more."),
    ),
    "follow_up.satisfaction_days": (
        N_("Days until asking whether all is well"),
        N_(
            "Days after a remedy was delivered until the buyer is asked whether all is well; the trade asks "
            "after one or two."
        ),
    ),
    "follow_up.satisfaction_until_days": (
        N_("Ask whether all is well within"),
        N_("Days after the delivery within which that is asked where the rules allow it."),
    ),
    "follow_up.second_pass_days": (
        N_("Days until the second pass"),
        N_(
            "Days after which a case that was closed as unreachable or undecided comes back once; never after a "
            "refusal; 0 for never."
        ),
    ),
    "claims.lease_hours": (
        N_("Hours a claim holds"),
        N_("Hours after which a claimed case on which nothing was done is free again; a long shift."),
    ),
    "priority.callback": (
        N_("Agreed call"),
        N_("A call that was agreed with the buyer for now; one of the agent's own comes before everything else."),
    ),
    "priority.due": (N_("Due"), N_("A case that is due; before that the points rise from none.")),
    "priority.due_ahead_minutes": (
        N_("Minutes ahead"),
        N_("How many minutes before its time a case begins to gain points."),
    ),
    "priority.late": (
        N_("Late"),
        N_("What a late case gains beyond that in its first day; after it the points stay."),
    ),
    "priority.owed": (N_("Owed by us"), N_("A remedy or a promise of ours whose time has passed.")),
    "priority.window": (
        N_("Window closes"),
        N_(
            "The platform soon no longer lets the buyer change or append to the review; rises over the last "
            "three days. Where that is not known nothing is added."
        ),
    ),
    "priority.bad": (N_("Bad review"), N_("A bad review; a neutral one has none.")),
    "priority.appended": (N_("Appended review"), N_("The buyer wrote again: something is still wrong.")),
    "priority.main_product": (
        N_("Main product"),
        N_("The review stands at a main product, which leads to others."),
    ),
    "priority.mine": (N_("Own case"), N_("The case is the agent's own already.")),
    "priority.pictures": (N_("Pictures"), N_("The review has pictures, which raise its place.")),
    "priority.fresh": (
        N_("Fresh review"),
        N_("The review is less than a day old: it stands on top, and the sooner the easier."),
    ),
    "priority.long": (
        N_("Long review"),
        N_("The review has a hundred characters or more, which raise its place."),
    ),
    "priority.level": (
        N_("High account level"),
        N_("The buyer's account has a high level, which raises the review's place; it counts for the order alone."),
    ),
    "assignment.rule": (
        N_("Who gets a new case"),
        N_(
            "Who gets a new case: nobody, so that everybody takes from the pool; whoever knows the buyer; or else "
            "whoever has the skill, is on shift and has the fewest open cases."
        ),
    ),
    "assignment.agents": (
        N_("To whom cases go"),
        N_(
            "To whom cases go: a login, then their hours, days, platforms, causes and languages, as in lili "
            "09:00-18:00 mon-fri taobao Q L2 zh; what is left out limits nothing. Between two people stands a "
            "semicolon. Once a shift is over, what is overdue is free for everybody."
        ),
    ),
    "promises.credit_days": (
        N_("Days of credit"),
        N_(
            "Days after a contact within which a changed review counts as its doing; Taobao lets a review be revised "
            "for 30 (淘宝网评价规范 第八条). A change that comes later is verified all the same, to nobody's credit."
        ),
    ),
    "playbooks.zh_CN": (N_("Chinese scripts"), N_("Folder of Chinese playbooks; empty for the shipped ones.")),
    "remedies.catalogue": (
        N_("Remedies of your own"),
        N_("File with remedies of the shop's own, added to the shipped ones or in their place by id; empty for none."),
    ),
    "remedies.new_one_first": (
        N_("New one first"),
        N_("Whether a faulty thing is replaced before it comes back, where the fault is the shop's."),
    ),
    "remedies.warn_minutes": (
        N_("Warned before a delivery (minutes)"),
        N_(
            "How many minutes before its time a delivery comes up, while the promise can still be kept: a broken one "
            "costs points on Taobao and Tmall."
        ),
    ),
    "calls.ready": (
        N_("Ready before dialling"),
        N_("When an agent is asked before dialling whether they are ready: after an abusive call, always or never."),
    ),
    "calls.complete": (
        N_("What a record lacks"),
        N_("What the outcome does where the record of a call still lacks something: say so, or ask for a reason."),
    ),
    "products.notes": (
        N_("Notes on products"),
        N_("File with tips, answers, known flaws, papers and changed batches of the goods; empty for none."),
    ),
    "messages.file": (
        N_("Own templates"),
        N_(
            "File with templates of the shop's own, which come after the shipped ones or take their place; empty for "
            "none."
        ),
    ),
    "messages.guides": (
        N_("Own guides"),
        N_("File with guides of the shop's own for revising a review and adding to it; empty for none."),
    ),
    "messages.send": (
        N_("Sending command"),
        N_(
            "The command that sends a message: its text comes on standard input, {channel}, {platform}, {order}, "
            "{nick} and {number} are filled into its arguments, and no shell sees them; empty to copy the text "
            "instead."
        ),
    ),
    "messages.sms_parts": (
        N_("Parts of a text message"),
        N_("How many parts a text message may take; each part is paid for."),
    ),
    "calls.dial": (
        N_("Dialling command"),
        N_(
            "The command that dials: {number} and {extension} are filled into its arguments, and no shell sees them; "
            "empty to show the number and dial by hand."
        ),
    ),
    "lint.rules": (
        N_("Own rules of promises"),
        N_("File with rules of the shop's own, which are added to the shipped ones; empty for none."),
    ),
    "replies.file": (
        N_("Own reply templates"),
        N_(
            "File with templates of the shop's own for public replies, which come before the shipped ones or take "
            "their place; empty for none."
        ),
    ),
    "replies.second_person": (
        N_("A second person reads replies"),
        N_("Whether a second person reads a public reply before it may be sent; nobody approves their own."),
    ),
    "playbooks.en": (N_("English scripts"), N_("Folder of English playbooks; empty for the shipped ones.")),
    "playbooks.second": (
        N_("Scripts that are tried"),
        N_("Folder of playbooks that are tried beside the others; empty for none."),
    ),
    "playbooks.share": (
        N_("Share that tries them"),
        N_("How many of 100 cases follow the second playbook; a case follows the same one on every call."),
    ),
    "playbooks.preset": (
        N_("How much is said"),
        N_("How much a call says where a playbook has both: full, or brief for who knows it by heart."),
    ),
}
"""Every setting by its dotted key: what it is called, and what it means."""

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "general.language": {"auto": N_("as the system says"), "zh_CN": "中文", "en": "English"},
    "contact.calendar": {"cn": N_("mainland China"), "none": N_("none")},
    "general.ambiguous_width": {"auto": N_("ask the terminal"), "1": N_("one cell"), "2": N_("two cells")},
    "general.accent": {"yellow": N_("yellow"), "magenta": N_("magenta"), "cyan": N_("cyan"), "blue": N_("blue")},
    "assignment.rule": {
        "none": N_("nobody, to the pool"),
        "buyer": N_("who knows the buyer"),
        "load": N_("who is free"),
    },
    "general.cursor": {"fields": N_("where one types"), "always": N_("always")},
    "calls.ready": {
        "after_abuse": N_("after an abusive call"),
        "always": N_("always"),
        "never": N_("never"),
    },
    "calls.complete": {"say": N_("say it"), "reason": N_("ask for a reason")},
    "shop.language": {"auto": N_("by platform"), "zh": N_("Chinese"), "en": N_("English")},
    "playbooks.preset": {"full": N_("full"), "brief": N_("brief")},
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
