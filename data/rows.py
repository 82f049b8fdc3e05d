"""What reads give to screens: small frozen rows. Times are UTC milliseconds, money is minor units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.clocks.events import ClockEvent

if TYPE_CHECKING:
    from data.call_trail import Stepped
    from data.remedies.rows import Earlier
    from data.replies.rows import ReplyRow
    from data.tasks.rows import TaskRow


class View(StrEnum):
    """The six views of the inbox, in the order of their digits."""

    ALL = "all"
    MINE = "mine"
    DUE_SOON = "due_soon"
    FOLLOW_UPS = "follow_ups"
    CALLABLE = "callable"
    TO_VERIFY = "to_verify"


NOBODY = 0
"""As an owner in a filter: cases that nobody has claimed."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows a view. Empty parts narrow nothing; `search` is what the agent typed, from one character on.

    `search` and `query` are typed queries (`data.query`): plain words are the plain search, `query` is what a saved
    view asks. Everything must hold together.
    """

    platform: str | None = None
    cause: str | None = None
    state: str | None = None
    owner_id: int | None = None
    search: str = ""
    query: str = ""

    def __bool__(self) -> bool:
        told = self.platform or self.cause or self.state or self.search or self.query
        return bool(told) or self.owner_id is not None


@dataclass(frozen=True, slots=True)
class Key:
    """A place in an ordered view, for keyset paging: the order's time, then the id."""

    at: int
    id: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the inbox."""

    case_id: int
    review_id: int
    key: Key
    platform: str
    grade: str
    state: str
    result: str | None
    cause: str | None
    nick: str
    level: str | None
    product: str
    variant: str | None
    text: str
    owner_id: int | None
    owner: str | None
    due_at: int
    reviewed_at: int
    contact_from: int | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a view in its order, and whether there are more on either side."""

    rows: tuple[CaseRow, ...]
    more_before: bool
    more_after: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases each view has, stopping at `ceiling` (shown as 999+); closed today; about to break their time."""

    by_view: dict[View, int]
    closed_today: int
    ceiling: int = 1000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view that somebody saved: a typed query under a name. One of the shop's has no id and is read-only here."""

    name: str
    query: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """One piece of personal data; `masked` is what a screen shows until it was asked for with a reason."""

    id: int
    kind: str
    masked: str
    virtual: bool
    extension: bool
    expires_at: int | None


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """The order that the review is about."""

    id: int
    external_id: str
    product: str
    variant: str | None
    amount_minor: int | None
    currency: str
    paid_at: int | None
    sent_at: int | None
    expected_at: int | None
    signed_at: int | None
    carrier: str | None
    tracking: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """What an import saw to have changed."""

    kind: str
    seen_at: int
    written_at: int | None
    grade_before: str | None
    grade_after: str | None
    text_before: str | None
    text_after: str | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One attempt to contact, as the buyer screen and the outcome log show it."""

    contact_id: int
    case_id: int
    channel: str
    started_at: int
    ended_at: int | None
    line: str | None
    standing: str | None
    note: str
    agent: str
    nick: str
    platform: str
    product: str
    promised_at: int | None
    lacks: tuple[str, ...] = ()
    """What its record lacked, as codes of `data.call_record.Gap`."""

    lacks_why: str | None = None
    incoming: bool = False
    """The buyer began it: no attempt."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A text that was written to the buyer: from which template and wording, how it left, its words."""

    case_id: int
    channel: str
    template: str
    variant: int
    way: str
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise on either side, with the contact at which it was made."""

    by_whom: str
    kind: str
    state: str
    made_at: int
    due_at: int
    channel: str | None = None
    contacted_at: int | None = None
    credited: bool = False
    """Whether that contact has the credit for its being kept."""


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """A remedy that was proposed, and how far it is."""

    kind: str
    detail: str
    amount_minor: int | None
    currency: str
    state: str
    offered_at: int
    due_at: int | None
    id: int = 0
    entry: str | None = None
    """Its id in the catalogue."""
    unit: str = "none"
    quantity: int | None = None
    cost_minor: int | None = None
    """What it costs the shop; None where that is not known."""
    needs: str = ""
    """What the buyer is asked to see to, as codes with commas between."""
    freight_by: str | None = None
    agent: str = ""
    """Who offered it."""
    told_at: int | None = None
    tracking: str | None = None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note about the case."""

    at: int
    agent: str
    text: str


@dataclass(frozen=True, slots=True)
class EarlierReview:
    """Another review by the same buyer."""

    case_id: int | None
    created_at: int
    grade: str
    product: str
    text: str


@dataclass(frozen=True, slots=True)
class ProductCase:
    """Another case of the same product: when the review was written, what it said, and what came of it."""

    case_id: int
    at: int
    grade: str
    text: str
    cause: str | None
    state: str
    result: str | None


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """All that the contact rules weigh for one case, besides the clock and the settings."""

    case_id: int
    buyer_id: int
    open: bool
    state: str
    do_not_contact_at: int | None
    refused_at: int | None
    attempts_at: tuple[int, ...]
    """When this buyer was contacted before on any case, newest last, the last 30 days."""
    calls: int
    refusals: int
    phone: PersonalDatum | None
    preferred_channel: str | None
    preferred_from: int | None
    preferred_until: int | None
    appointment_at: int | None = None
    """A time that the buyer agreed to be called at; caps and gaps give way to it."""
    platform: str = ""
    attempts: int = 0
    """Attempts on this case, by all channels."""
    last_case_id: int | None = None
    last_channel: str | None = None
    last_line: str | None = None
    """The newest of `attempts_at`: on which case, by which channel, with which result (None while it has none)."""
    remedy: bool = False
    """A remedy was accepted on this case: it has to be delivered and asked after, whatever the buyer refused."""
    promised_on: int | None = None
    """When the buyer's newest promise on this case was made that is neither kept nor withdrawn."""
    preferred_days: str | None = None
    """The days of the week that the buyer named, as ISO digits: 67 is the weekend."""
    zone: str | None = None
    """The buyer's own zone, where it is known to differ from the shop's."""


@dataclass(frozen=True, slots=True)
class PriorityFacts:
    """All that decides when a case is worked, besides the clock, the settings and the contact rules."""

    case_id: int
    state: str
    grade: str
    due_at: int
    reviewed_at: int
    contact_from: int | None = None
    owner_id: int | None = None
    lease_until: int | None = None
    pictures: int = 0
    letters: int = 0
    """How many characters the review has."""
    appended: bool = False
    main_product: bool = False
    level: str | None = None
    appointment_at: int | None = None
    """When the buyer is to be called as agreed: the earliest call-back that is open."""
    owed_at: int | None = None
    """By when we owe the next remedy or promise that is not kept yet."""
    window_ends_at: int | None = None
    """The next time at which the platform takes away what the buyer may still do with the review; None when unknown."""
    left_by: int | None = None
    """The agent whose own act was the last on the case: who has looked at it, and left it as it stands."""
    zone: str | None = None
    """The buyer's own zone, where it is known to differ from the shop's."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the buyer screen, the preview and the call's side column show of one case."""

    row: CaseRow
    shop: str
    shop_id: int
    zone: str
    review_external_id: str
    rating: int
    raw_rating: str
    text: str
    appended_text: str | None
    appended_at: int | None
    reply_text: str | None
    removed_at: int | None
    order: OrderFacts | None
    order_external_id: str | None
    personal: tuple[PersonalDatum, ...]
    revisions: tuple[RevisionRow, ...]
    contacts: tuple[ContactRow, ...]
    promises: tuple[PromiseRow, ...]
    remedies: tuple[RemedyRow, ...]
    notes: tuple[NoteRow, ...]
    earlier_orders: tuple[OrderFacts, ...]
    earlier_reviews: tuple[EarlierReview, ...]
    grades: dict[str, int]
    """How many reviews of each grade this buyer has written in the owner's shops, this one included."""
    facts: ContactFacts
    follow_up_at: int | None
    follow_up_kind: str | None
    promised_at: int | None
    lease_until: int | None
    settled: bool
    review_questions: int
    calls: int
    refusals: int
    follow_up_channel: str | None = None
    follow_up_device: str | None = None
    """What the buyer will have at hand then."""

    follow_up_rung: int | None = None
    """Which rung of the ladder for somebody who cannot be reached."""

    clock_events: tuple[ClockEvent, ...] = ()
    """What of its log moves its clocks, oldest first."""
    priority: PriorityFacts | None = None
    """What decides when it is worked; None where that was not read."""
    assigned: str | None = None
    """Why its owner was given it when it came in; None when they came to it otherwise."""
    second_pass: bool = False
    """It came back by time for its second pass."""
    replies: tuple[ReplyRow, ...] = ()
    """Its public replies, the newest first."""
    changed: int = 0
    """The number of the buyer's newest change of the review; 0 for none."""
    tasks: tuple[TaskRow, ...] = ()
    """Its tasks, the newest first."""
    shop_language: str = "zh"
    """What the shop speaks to its buyers."""
    given: tuple[Earlier, ...] = ()
    """What this buyer was given lately, over all cases, by currency."""


@dataclass(frozen=True, slots=True)
class AgentRow:
    """Who is at the keyboard. `name` and `title` are said on calls; until they are set no call starts."""

    id: int
    login: str
    name: str | None
    role: str
    title: str | None


@dataclass(frozen=True, slots=True)
class ShopRow:
    """A shop."""

    id: int
    platform: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What narrows the outcome log: typed search over what it shows, an agent, a line result, a standing."""

    search: str = ""
    agent_id: int | None = None
    line: str | None = None
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some contacts, newest first."""

    rows: tuple[ContactRow, ...]
    more_before: bool
    more_after: bool


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that is under way or was cut off: where it stands and the half-typed note."""

    call_id: int
    contact_id: int
    case_id: int
    started_at: int
    run: str
    playbook_hash: str
    note: str
    attempt: int
    trail: tuple[Stepped, ...] = ()
    """Its steps so far, in order."""

    incoming: bool = False
    """The buyer called us."""


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call as it was kept, to be read again: the script's text of that day, the run as JSON, the steps in order.

    `prepared` are the milliseconds from claiming the case to the call; None where they lie too far apart to tell.
    """

    call_id: int
    contact_id: int
    case_id: int
    agent_id: int
    playbook: str
    version: int
    playbook_hash: str
    text: str
    run: str
    started_at: int
    ended_at: int | None
    trail: tuple[Stepped, ...]
    prepared: int | None = None


@dataclass(frozen=True, slots=True)
class Dialled:
    """Whom a call that is under way rings: needed to dial and to ask for the right person, unmasked for that alone."""

    number: str
    name: str
    digits: str = ""
    """The number alone, for a command; empty where it has expired or none is known."""

    extension: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done: what it was, in the agent's words, and whether it can be undone."""

    event_id: int
    said: str
    undoable: bool
