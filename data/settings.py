"""The settings: one typed tree with every default, loaded once at start and handed down.

The file is TOML with a table for each section below; `data.settings_file` reads and saves it. A key that is not
written has the default given here. Times of day are minutes after midnight in the shop's zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.language import _
from data.settings_kinds import (
    Choice,
    Command,
    DayWindows,
    Flag,
    Folder,
    KeyMap,
    Kind,
    MonthDay,
    NamedQueries,
    Text,
    WallTime,
    Whole,
    Windows,
    ZoneName,
)
from data.staff import Staff, Worker
from data.vocabulary import Platform


def key(default: Any, kind: Kind) -> Any:
    """A key of the settings with its default and the kind that checks it."""
    return field(default=default, metadata={"kind": kind})


def at(hour: int, minute: int = 0) -> int:
    """A time of day as minutes after midnight."""
    return hour * 60 + minute


@dataclass(frozen=True)
class General:
    """How the program shows itself."""

    language: str = key("auto", Choice("auto", "zh_CN", "en"))
    """The language of the screens; auto takes it from the locale, else Chinese."""

    ambiguous_width: str = key("auto", Choice("auto", "1", "2"))
    """How many cells the terminal gives to symbols such as ▌ and “; auto asks the terminal at start."""

    accent: str = key("yellow", Choice("yellow", "magenta", "cyan", "blue"))
    """The palette's colour for keys and for what is due soon; not yellow where the terminal's is too pale."""

    cursor: str = key("fields", Choice("fields", "always"))
    """Where the terminal's own cursor is seen; it always stands where the agent is, for readers of the screen."""

    letters: bool = key(True, Flag())
    """Whether letters (j k c q …) do what their digits and F-keys do; off suits those who type by mistake."""


@dataclass(frozen=True)
class Shop:
    """The shop to which a file goes that names none."""

    name: str = key("", Text())
    """What agents and scripts call it; empty until the first run asks."""

    platform: str = key("taobao", Choice(*(platform.value for platform in Platform)))
    """Where it sells."""

    zone: str = key("Asia/Shanghai", ZoneName())
    """The zone of every time that is shown and of every rule about hours; IANA name. China has one zone."""

    language: str = key("auto", Choice("auto", "zh", "en"))
    """What this shop speaks with its buyers, on calls and in writing; auto goes by the platform, as for others."""


@dataclass(frozen=True)
class Contact:
    """When and how often a buyer may be contacted.

    No Chinese statute gives hours for after-sales calls. The defaults keep inside what neighbouring rules allow:
    the rules for insurance sales by telephone (2013) keep 21:00–09:00 free of calls, 47 CFR 64.1200(c)(1) allows
    08:00–21:00, and Taobao and Pinduoduo punish late or repeated contact as harassment (骚扰他人).
    """

    hard_from: int = key(at(8), WallTime())
    """No contact before this time of day, whoever asks; shop policy after the rules above."""

    hard_until: int = key(at(21), WallTime())
    """No contact from this time of day on, whoever asks; shop policy after the rules above."""

    soft: tuple[tuple[int, int], ...] = key(((at(9), at(12)), (at(14), at(20, 30))), Windows())
    """The spans in which buyers like to be called; outside them only a lead calls, with a reason. Where a span
    reaches beyond the hard hours, those hold. Shop policy: no calls during the noon rest."""

    soft_days: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = key(
        (("holiday", ((at(10), at(12)), (at(14), at(20, 30)))),), DayWindows()
    )
    """The good hours of single days in place of the others: mon to sun, and holiday for public holidays; a day with no
    spans has none. A weekend that was made a working day has the good hours of working days. Shop policy: nobody is
    called early on a holiday."""

    calendar: str = key("cn", Choice("cn", "none"))
    """Whose public holidays count: those of mainland China by the State Council's yearly notice, or none."""

    summer_rest: tuple[tuple[int, int], ...] = key(((at(12), at(15)),), Windows())
    """Spans that are cut out of the good hours in summer, when the noon rest is longer; empty for none. Shop policy."""

    summer_from: tuple[int, int] = key((6, 1), MonthDay())
    """The first day of the longer noon rest, as month and day; the hot season. Shop policy."""

    summer_until: tuple[int, int] = key((8, 31), MonthDay())
    """The last day of the longer noon rest, as month and day. Shop policy."""

    sms: tuple[tuple[int, int], ...] = key(((at(18), at(20)),), Windows())
    """The spans in which text messages are sent: the way home, when a reminder is read. Shop policy."""

    attempts_per_day: int = key(2, Whole(1, 20))
    """Attempts to contact one buyer in one day of the shop's zone; shop policy against harassment."""

    gap_minutes: int = key(120, Whole(0, 1440))
    """Minutes between two attempts to contact one buyer; shop policy against harassment."""

    gap_busy_minutes: int = key(30, Whole(0, 1440))
    """Minutes after a line that was busy until the next attempt; shop policy, since the buyer was not disturbed."""

    other_hour_minutes: int = key(60, Whole(0, 720))
    """By how many minutes the time of day of the next call differs from that of a call that nobody answered, on
    whatever day; 0 turns it off. Shop policy: who is not there at an hour is not there at that hour tomorrow."""

    attempts_per_week: int = key(6, Whole(1, 100))
    """Attempts to contact one buyer in seven days, on all cases and in all shops; shop policy against harassment."""

    attempts_per_case: int = key(8, Whole(1, 100))
    """Attempts for one case by all channels: the calls, and the texts that follow them; shop policy against
    harassment."""

    quiet_day: int = key(3, Whole(0, 14))
    """The day after a buyer's promise on which nobody contacts them, the day of the promise being day 1; 0 for none.
    Shop policy: a text the same evening, a reminder on day 2, silence on day 3, a last try on day 4 or 5."""

    calls_per_case: int = key(3, Whole(1, 20))
    """Calls for one case, answered or not; shop policy against harassment."""

    review_questions_per_case: int = key(1, Whole(0, 3))
    """How often the review may be spoken of in one case, and then only once it is settled; shop policy."""


@dataclass(frozen=True)
class Deadlines:
    """How soon somebody must have reacted to a review; the trade's usual service levels."""

    first_contact_minutes: int = key(60, Whole(1, 10_080))
    """Minutes until the first contact when the review arrives in staffed hours, breaks not counted."""

    staffed: tuple[tuple[int, int], ...] = key(((at(8), at(22)),), Windows())
    """When the desk is staffed: one span a day, or several where shifts are split. The trade's usual service level."""

    staffed_days: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = key((), DayWindows())
    """Staffed hours of single days in place of the others: mon to sun, and holiday for public holidays; a day with no
    spans is not staffed. A weekend that was made a working day has the others. Shop policy."""

    next_morning: int = key(at(10), WallTime())
    """By when a review that arrived outside staffed hours is contacted on the next staffed day."""

    outer_hours: int = key(24, Whole(1, 720))
    """Hours after which a review must have had an answer in any case."""

    next_touch_hours: int = key(28, Whole(1, 720))
    """Staffed hours until the next attempt, or until what we owe is delivered, after an attempt or once a case lies
    with us: two days of 14 hours. The clock rests while the buyer owes an answer. Trade practice: asked after within
    one or two days, reminded on day 2."""

    close_hours: int = key(70, Whole(1, 2_000))
    """Staffed hours until a case is closed: five days of 14 hours, without the time that the buyer owes us. Trade
    practice: the last try is on day 4 or 5."""

    due_soon_minutes: int = key(60, Whole(1, 10_080))
    """How many minutes before its deadline a case counts as due soon."""


@dataclass(frozen=True)
class Grades:
    """How one to five stars become bad, neutral and good: up to 2 bad, 3 neutral, above it good, as platforms
    with three grades map their own."""

    bad_max: int = key(2, Whole(1, 3))
    """The most stars of a bad review."""

    neutral_max: int = key(3, Whole(2, 4))
    """The most stars of a neutral review; more is good."""


@dataclass(frozen=True)
class FollowUps:
    """What follows a contact, and when; the rules are in docs/follow-up.md."""

    check_minutes: int = key(60, Whole(0, 1440))
    """Minutes after a promised time at which somebody looks whether it was done."""

    evening_from: int = key(at(18), WallTime())
    """From when the text of the same evening, the reminder and the last try are sent: the way home. Shop
    policy."""

    evening_until: int = key(at(20), WallTime())
    """Until when the text of the same evening may be sent; later it is not sent at all. Shop policy."""

    reminder_day: int = key(2, Whole(0, 14))
    """The day of the one reminder after a promise, the day of the promise being day 1; 0 for none. Shop policy,
    as the trade does it."""

    last_try_day: int = key(4, Whole(0, 21))
    """The first day on which the last try after a promise is made; 0 for none. Shop policy, as the trade does
    it."""

    last_try_until: int = key(5, Whole(0, 21))
    """The last day on which it is made; then it stops. Shop policy, as the trade does it."""

    last_try_by: str = key("text", Choice("text", "call"))
    """Whether the last try is a text, which disturbs less, or a short call."""

    retry_hours: int = key(3, Whole(1, 72))
    """Hours after a call that nobody answered until the next one is wished, on the same day if the rules allow
    it."""

    write_hours: int = key(2, Whole(1, 72))
    """Hours after a call until the buyer is written to instead."""

    answer_hours: int = key(24, Whole(1, 336))
    """Hours that an answer to a text is waited for."""

    undecided_days: int = key(2, Whole(1, 30))
    """Days until a buyer who was undecided is asked once more."""

    satisfaction_days: int = key(1, Whole(0, 14))
    """Days after a remedy was delivered until the buyer is asked whether all is well; the trade asks after one or
    two."""

    satisfaction_until_days: int = key(2, Whole(0, 30))
    """Days after the delivery within which that is asked where the rules allow it."""

    second_pass_days: int = key(14, Whole(0, 180))
    """Days after which a case that was closed as unreachable or undecided comes back once; never after a refusal;
    0 for never."""


@dataclass(frozen=True)
class Claims:
    """Who works on a case."""

    lease_hours: int = key(12, Whole(1, 168))
    """Hours after which a claimed case on which nothing was done is free again; a long shift."""


@dataclass(frozen=True)
class Priority:
    """How many points each reason gives a case, so that F2 takes the most useful one; 0 turns a reason off.

    The points set nothing but the order of work. The reasons are the trade's: time, what was promised, and how many
    people read the review; the numbers are shop policy.
    """

    callback: int = key(100, Whole(0, 200))
    """A call that was agreed with the buyer for now; one of the agent's own comes before everything else."""

    due: int = key(50, Whole(0, 200))
    """A case that is due; before that the points rise from none."""

    due_ahead_minutes: int = key(90, Whole(1, 1440))
    """How many minutes before its time a case begins to gain points."""

    late: int = key(20, Whole(0, 200))
    """What a late case gains beyond that in its first day; after it the points stay."""

    owed: int = key(30, Whole(0, 200))
    """A remedy or a promise of ours whose time has passed."""

    window: int = key(15, Whole(0, 200))
    """The platform soon no longer lets the buyer change or append to the review; rises over the last three days.
    Where that is not known nothing is added."""

    bad: int = key(10, Whole(0, 200))
    """A bad review; a neutral one has none."""

    appended: int = key(8, Whole(0, 200))
    """The buyer wrote again: something is still wrong."""

    main_product: int = key(6, Whole(0, 200))
    """The review stands at a main product, which leads to others."""

    mine: int = key(6, Whole(0, 200))
    """The case is the agent's own already."""

    pictures: int = key(5, Whole(0, 200))
    """The review has pictures, which raise its place."""

    fresh: int = key(5, Whole(0, 200))
    """The review is less than a day old: it stands on top, and the sooner the easier."""

    long: int = key(3, Whole(0, 200))
    """The review has a hundred characters or more, which raise its place."""

    level: int = key(3, Whole(0, 200))
    """The buyer's account has a high level, which raises the review's place; it counts for the order alone."""


@dataclass(frozen=True)
class Assignment:
    """Who gets a case that comes in. Each of the staff has a table of their own, [assignment.agents.lili]."""

    rule: str = key("none", Choice("none", "buyer", "load"))
    """Who gets a new case: nobody, so that everybody takes from the pool; whoever knows the buyer; or else whoever
    has the skill, is on shift and has the fewest open cases."""

    agents: tuple[Worker, ...] = key((), Staff())
    """To whom cases go: a login, then their hours, days, platforms, causes and languages, as in lili 09:00-18:00
    mon-fri taobao Q L2 zh; what is left out limits nothing. Between two people stands a semicolon. Once a shift is
    over, what is overdue is free for everybody."""


@dataclass(frozen=True)
class Promises:
    """What counts as a promise that was kept."""

    credit_days: int = key(30, Whole(1, 365))
    """Days after a contact within which a changed review counts as its doing; Taobao lets a review be revised for 30
    (淘宝网评价规范 第八条). A change that comes later is verified all the same, to nobody's credit."""


@dataclass(frozen=True)
class Playbooks:
    """Folders of playbooks that take the place of the shipped ones, by the language they are spoken in."""

    zh_CN: str = key("", Folder())
    """Folder of Chinese playbooks; empty for the shipped ones."""

    en: str = key("", Folder())
    """Folder of English playbooks; empty for the shipped ones."""

    preset: str = key("full", Choice("full", "brief"))
    """How much a call says where a playbook has both: full, or brief for who knows it by heart."""

    second: str = key("", Folder())
    """Folder of playbooks that are tried beside the others; empty for none."""

    share: int = key(0, Whole(0, 100))
    """How many of 100 cases follow the second playbook; a case follows the same one on every call."""

    def folder(self, language: str) -> Path | None:
        """The folder for a language, or None for the shipped playbooks."""
        told = {"zh_CN": self.zh_CN, "en": self.en}.get(language, "")
        return Path(told).expanduser() if told else None


@dataclass(frozen=True)
class Messages:
    """What is written to buyers, and how it leaves."""

    file: str = key("", Folder())
    """File with templates of the shop's own, which come after the shipped ones or take their place; empty for none."""

    guides: str = key("", Folder())
    """File with guides of the shop's own for revising a review and adding to it; empty for none."""

    send: tuple[str, ...] = key((), Command())
    """The command that sends a message: its text comes on standard input, {channel}, {platform}, {order}, {nick}
    and {number} are filled into its arguments, and no shell sees them; empty to copy the text instead."""

    sms_parts: int = key(2, Whole(1, 10))
    """How many parts a text message may take; each part is paid for."""

    @property
    def own_file(self) -> Path | None:
        """The file with the shop's own templates, or None."""
        return Path(self.file).expanduser() if self.file else None

    @property
    def own_guides(self) -> Path | None:
        """The file with the shop's own guides, or None."""
        return Path(self.guides).expanduser() if self.guides else None


@dataclass(frozen=True)
class Lint:
    """What the promise linter goes by beside its own rules."""

    rules: str = key("", Folder())
    """File with rules of the shop's own, which are added to the shipped ones; empty for none."""

    @property
    def file(self) -> Path | None:
        """The file with the shop's own rules, or None."""
        return Path(self.rules).expanduser() if self.rules else None


@dataclass(frozen=True)
class Replies:
    """How public replies are given."""

    second_person: bool = key(False, Flag())
    """Whether a second person reads a public reply before it may be sent; nobody approves their own."""

    file: str = key("", Folder())
    """File with templates of the shop's own for public replies, which come before the shipped ones or take their
    place; empty for none."""

    @property
    def own_file(self) -> Path | None:
        """The file with the shop's own templates, or None."""
        return Path(self.file).expanduser() if self.file else None


@dataclass(frozen=True)
class Remedies:
    """What is offered to make it right, and when a delivery is warned of."""

    catalogue: str = key("", Folder())
    """File with remedies of the shop's own, added to the shipped ones or in their place by id; empty for none."""

    new_one_first: bool = key(False, Flag())
    """Whether a faulty thing is replaced before it comes back, where the fault is the shop's."""

    warn_minutes: int = key(120, Whole(0, 2880))
    # Source of the points: 市场管理与违规处理规范, 违背承诺.
    """How many minutes before its time a delivery comes up, while the promise can still be kept: a broken one
    costs points on Taobao and Tmall."""

    @property
    def own_file(self) -> Path | None:
        """The file with the shop's own remedies, or None."""
        return Path(self.catalogue).expanduser() if self.catalogue else None


@dataclass(frozen=True)
class Calls:
    """How a call is begun and ended."""

    ready: str = key("after_abuse", Choice("after_abuse", "always", "never"))
    """When an agent is asked before dialling whether they are ready: after an abusive call, always or never."""

    complete: str = key("say", Choice("say", "reason"))
    """What the outcome does where the record of a call still lacks something: say so, or ask for a reason."""

    dial: tuple[str, ...] = key((), Command())
    """The command that dials: {number} and {extension} are filled into its arguments, and no shell sees them; empty to
    show the number and dial by hand."""


@dataclass(frozen=True)
class Products:
    """What the shop knows of its goods."""

    notes: str = key("", Folder())
    """File with tips, answers, known flaws, papers and changed batches of the goods; empty for none."""

    @property
    def file(self) -> Path | None:
        """The file with the notes, or None."""
        return Path(self.notes).expanduser() if self.notes else None


@dataclass(frozen=True)
class Settings:
    """Everything that a person may set, by section."""

    general: General = field(default_factory=General)
    """How the program shows itself."""

    shop: Shop = field(default_factory=Shop)
    """The shop to which a file goes that names none."""

    contact: Contact = field(default_factory=Contact)
    """When and how often a buyer may be contacted."""

    clock: Deadlines = field(default_factory=Deadlines)
    """How soon somebody must have reacted."""

    grades: Grades = field(default_factory=Grades)
    """How stars become grades."""

    follow_up: FollowUps = field(default_factory=FollowUps)
    """What follows a contact, and when."""

    claims: Claims = field(default_factory=Claims)
    """Who works on a case."""

    priority: Priority = field(default_factory=Priority)
    """What makes a case the next."""

    assignment: Assignment = field(default_factory=Assignment)
    """Who gets a case that comes in."""

    promises: Promises = field(default_factory=Promises)
    """What counts as a promise that was kept."""

    playbooks: Playbooks = field(default_factory=Playbooks)
    """Playbooks of one's own."""

    remedies: Remedies = field(default_factory=Remedies)
    """What is offered to make it right."""

    calls: Calls = field(default_factory=Calls)
    """How a call is begun and ended."""

    products: Products = field(default_factory=Products)
    """What the shop knows of its goods."""

    messages: Messages = field(default_factory=Messages)
    """What is written to buyers, and how it leaves."""

    lint: Lint = field(default_factory=Lint)
    """Rules of one's own for what may be said."""

    replies: Replies = field(default_factory=Replies)
    """How public replies are given."""

    keys: Mapping[str, str] = field(default_factory=dict, metadata={"kind": KeyMap()})
    """Keys of one's own: the id of an act to its keys, separated by commas."""

    views: Mapping[str, str] = field(default_factory=dict, metadata={"kind": NamedQueries()})
    """The shop's views: a name and the typed query that it stands for; everybody sees them after their own."""


def contradictions(settings: Settings) -> Iterator[tuple[str, str]]:
    """Keys that are each in order but not together: the dotted key and, in words, what must hold."""
    contact, deadlines, grades = settings.contact, settings.clock, settings.grades
    if contact.hard_from >= contact.hard_until:
        yield "contact.hard_until", _("It must be later than contact.hard_from.")
    if not deadlines.staffed and not any(spans for _name, spans in deadlines.staffed_days):
        yield "clock.staffed", _("The desk must be staffed on some day.")
    if deadlines.first_contact_minutes > deadlines.outer_hours * 60:
        yield "clock.outer_hours", _("It must not be shorter than clock.first_contact_minutes.")
    if settings.assignment.rule != "none" and not settings.assignment.agents:
        yield "assignment.agents", _("Name those to whom cases go, or set assignment.rule to none.")
    after = settings.follow_up
    if after.evening_from >= after.evening_until:
        yield "follow_up.evening_until", _("It must be later than follow_up.evening_from.")
    if after.last_try_day and after.last_try_day <= after.reminder_day:
        yield "follow_up.last_try_day", _("It must be later than follow_up.reminder_day.")
    if after.last_try_until < after.last_try_day:
        yield "follow_up.last_try_until", _("It must not be earlier than follow_up.last_try_day.")
    if after.satisfaction_until_days < after.satisfaction_days:
        yield "follow_up.satisfaction_until_days", _("It must not be earlier than follow_up.satisfaction_days.")
    if grades.bad_max >= grades.neutral_max:
        yield "grades.neutral_max", _("It must be more than grades.bad_max.")
