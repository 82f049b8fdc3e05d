"""What screens may ask of the data floor: reads at any time, casework once it is loaded.

Screens see these protocols and never the classes behind them, so that the first rows stand before SQLModel
is imported. Every method may be called from a worker thread. Writes are short transactions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from data.playbook.format import Playbook
from data.rows import (
    AgentRow,
    CasePage,
    CaseRow,
    Counts,
    Dialled,
    Done,
    Filter,
    KeptCall,
    Key,
    LogFilter,
    LogPage,
    MessageRow,
    OpenCall,
    Page,
    ProductCase,
    SavedView,
    ShopRow,
    View,
)
from data.several import Plan, Progress, Task
from data.vocabulary import Cause, Channel, DraftKind, Grade, MessageWay, Platform, Result, Role, TaskKind, TaskResult

if TYPE_CHECKING:
    from data.agenda import AgendaPage, AgendaRow, AgendaView
    from data.priority import NextCase
    from data.remedies.rows import CostRow, CostsBy, RemedyLines, RemedyView
    from data.replies.rows import ReplyLines, ReplyView
    from data.script_figures import ScriptFigures
    from data.settings import Contact as ContactRules
    from data.settings import Priority
    from data.tasks.rows import DocumentRow, TaskLines, TaskView


class Reads(Protocol):
    """SQL on a DB-API connection, a few small rows at a time."""

    def page(
        self,
        view: View,
        narrowed: Filter,
        *,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> Page:
        """Rows of a view in its order: from the top, after a key, before a key, or the last ones."""
        ...

    def count(self, view: View, narrowed: Filter, *, agent_id: int, now: int) -> int:
        """How many rows a narrowed view has, stopping at 1000."""
        ...

    def counts(self, *, agent_id: int, now: int) -> Counts:
        """The numbers beside the views' names."""
        ...

    def row(self, case_id: int) -> CaseRow | None:
        """One line of the inbox as it is now."""
        ...

    def case(self, case_id: int, *, now: int) -> CasePage:
        """One case with all that is known; raises Refused when there is no such case."""
        ...

    def nick(self, case_id: int) -> str:
        """The buyer's whole nick, for the clipboard: agents look it up in the platform's back office."""
        ...

    def log(
        self,
        narrowed: LogFilter,
        *,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> LogPage:
        """Contacts and their outcomes, newest first."""
        ...

    def agenda(
        self,
        view: AgendaView,
        *,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> AgendaPage:
        """What falls due today or this week, the longest overdue first."""
        ...

    def agenda_counts(self, *, agent_id: int, now: int) -> Mapping[AgendaView, int]:
        """How many lines each view of the agenda has, stopping at 1000."""
        ...

    def fallen_due(self, *, agent_id: int, since: int, now: int, limit: int = 10) -> Sequence[AgendaRow]:
        """What fell due for an agent after `since` and until `now`; what we owe, a few minutes before its time."""
        ...

    def reply_list(
        self,
        view: ReplyView,
        *,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> ReplyLines:
        """Public replies of a list: what waits, the longest waiting first; what was sent, the newest first."""
        ...

    def reply_counts(self) -> Mapping[ReplyView, int]:
        """How many replies each list has, stopping at 1000."""
        ...

    def task_list(
        self,
        view: TaskView,
        *,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> TaskLines:
        """Tasks of a list, what is due first on top."""
        ...

    def task_counts(self, *, agent_id: int, now: int) -> Mapping[TaskView, int]:
        """How many tasks each list has, stopping at 1000."""
        ...

    def documents(self, case_id: int) -> Sequence[DocumentRow]:
        """The papers that are kept for the product of a case, the newest first."""
        ...

    def remedy_list(
        self,
        view: RemedyView,
        *,
        mine: bool,
        agent_id: int,
        now: int,
        after: Key | None = None,
        before: Key | None = None,
        last: bool = False,
        limit: int = 50,
    ) -> RemedyLines:
        """Remedies of a list, one's own or anybody's: what is due first on top; all of them the newest first."""
        ...

    def remedy_counts(self, *, mine: bool, agent_id: int, now: int) -> Mapping[RemedyView, int]:
        """How many remedies each list has, stopping at 1000."""
        ...

    def remedy_costs(self, by: CostsBy, *, since: int, until: int, limit: int = 500) -> Sequence[CostRow]:
        """What remedies that were agreed within a time cost, added up by one thing; the dearest first."""
        ...

    def script_figures(self, since: int, until: int) -> tuple[list[ScriptFigures], dict[str, Playbook]]:
        """What call scripts did on the calls that were started in a span (UTC ms), and the scripts by hash."""
        ...

    def agent(self, agent_id: int) -> AgentRow:
        """Who is at the keyboard."""
        ...

    def agents(self) -> Sequence[AgentRow]:
        """Everybody who has worked here."""
        ...

    def shops(self) -> Sequence[ShopRow]:
        """All shops."""
        ...

    def open_call(self, agent_id: int) -> OpenCall | None:
        """The agent's call that has no outcome yet, if there is one."""
        ...

    def unfinished_contact(self, agent_id: int) -> tuple[int, int, str] | None:
        """The agent's contact that has no outcome yet: contact id, case id, channel."""
        ...

    def draft(self, agent_id: int, kind: str, subject_id: int) -> str:
        """Half-typed text that was kept, or an empty string."""
        ...

    def saved_views(self, agent_id: int) -> Sequence[SavedView]:
        """The views that the agent has saved, in the order in which they were."""
        ...

    def messages(self, case_id: int) -> Sequence[MessageRow]:
        """The texts that were written to the buyer of a case, on any of their cases, the newest first."""
        ...

    def template_uses(self) -> Mapping[str, int]:
        """How often each template was used."""
        ...

    def was_abused(self, agent_id: int, *, since: int) -> bool:
        """Whether the agent's last call was an abusive one and ended after `since`."""
        ...

    def kept_call(self, contact_id: int) -> KeptCall | None:
        """The call of a contact with everything that was kept of it; None where it followed no script."""
        ...

    def product_cases(self, case_id: int) -> Sequence[ProductCase]:
        """The other cases of a case's product, the newest first."""
        ...

    def what_next(
        self, orders: Sequence[Priority], rules: ContactRules, *, agent_id: int, now: int, most: int = 15
    ) -> Sequence[Sequence[NextCase]]:
        """What F2 would take first, by each of some weights; changes nothing."""
        ...

    def has_reviews(self) -> bool:
        """Whether there is anything to work on; a first run has nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Move:
    """What the agent did in a call: `choose` a number, raise an `objection` by its id, go `back`, hear another
    `variant` of the line, or `end` it (key 0)."""

    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Disposition:
    """The outcome of a contact on its two axes, with the exact time where one is needed (UTC milliseconds).

    For an agreed time, `channel` is how the buyer wants to be reached then, `device` what they will have at hand.
    `lacks` are the codes of what its record still lacks (`data.call_record.Gap`), `why` the code of the reason.
    """

    line: str
    standing: str
    at: int | None = None
    note: str = ""
    channel: str | None = None
    device: str | None = None
    lacks: tuple[str, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to the buyer: an entry of the catalogue and how much of it (in its unit; None for the usual),
    and own words for it; words alone where nothing of the catalogue is meant."""

    entry: str = ""
    quantity: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A text that left, or did not: by which channel, from which template and wording, its words and its way."""

    channel: Channel
    template: str
    variant: int
    text: str
    way: MessageWay = MessageWay.COPIED


@dataclass(frozen=True, slots=True)
class NewReview:
    """A single review as it is typed in by hand."""

    shop_id: int
    grade: Grade
    text: str
    product: str
    order_id: str | None = None
    nick: str = ""


@dataclass(frozen=True, slots=True)
class NewPhone:
    """A telephone number as it is typed in by hand; one with an extension or an expiry is a virtual one."""

    number: str
    extension: str | None = None
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class Preference:
    """What a buyer said about being contacted; None where they said nothing.

    Hours are minutes of the day, days of the week ISO digits (67 is the weekend), the zone an IANA name where it is
    not the shop's.
    """

    channel: Channel | None = None
    start: int | None = None
    until: int | None = None
    days: str | None = None
    zone: str | None = None


class Casework(Protocol):
    """The only writer of a case's state. Every verb is one transaction and raises Refused when it is not allowed."""

    def claim(self, case_id: int) -> Done:
        """Make the case the agent's; the loser of a race is told who has it."""
        ...

    def release(self, case_id: int) -> Done:
        """Give the case back."""
        ...

    def may_work(self, case_id: int) -> None:
        """Change nothing; raise Refused, naming the holder, where the case is a colleague's and not free."""
        ...

    def hand_over(self, case_id: int, to: int, note: str = "") -> Done:
        """Give the case to a colleague, with a note for them."""
        ...

    def plan(self, task: Task, case_ids: Sequence[int]) -> Plan:
        """What an act on several cases would come to now; changes nothing."""
        ...

    def several(self, task: Task, case_ids: Sequence[int], progress: Progress | None = None) -> Done:
        """Do it on every case that it may be done on, as one act for undo; in several short transactions."""
        ...

    def claim_next(self, passing_over: Collection[int] = ()) -> int:
        """Claim the most useful case that may be worked now, and return its number."""
        ...

    def snooze(self, case_id: int, until: int) -> Done:
        """Take the case off the list until an exact time."""
        ...

    def set_cause(self, case_id: int, cause: Cause | None) -> Done:
        """Say why the buyer is dissatisfied."""
        ...

    def add_note(self, case_id: int, words: str) -> Done:
        """Keep a note for colleagues."""
        ...

    def escalate(self, case_id: int) -> Done:
        """Hand the case to a lead."""
        ...

    def take_over(self, case_id: int) -> Done:
        """A lead takes an escalated case, or at once one that a colleague has."""
        ...

    def close(self, case_id: int, result: Result) -> Done:
        """Close without a contact."""
        ...

    def reopen(self, case_id: int) -> Done:
        """Work on a closed case again."""
        ...

    def set_do_not_contact(self, case_id: int) -> Done:
        """Keep everybody from contacting this buyer again."""
        ...

    def lift_do_not_contact(self, case_id: int, reason: str) -> Done:
        """A lead lifts it, with a reason."""
        ...

    def remedy_delivered(self, case_id: int) -> Done:
        """Note that what was agreed has reached the buyer; sets when to ask whether all is well."""
        ...

    def propose_remedy(self, case_id: int, offer: Offer) -> Done:
        """Enter what is offered; above the agent's limit a lead is asked."""
        ...

    def ask_approval(self, remedy_id: int) -> Done:
        """Ask a lead about an offer."""
        ...

    def approve_remedy(self, remedy_id: int, reason: str = "") -> Done:
        """A lead says yes; it is owed from then on."""
        ...

    def refuse_approval(self, remedy_id: int, reason: str) -> Done:
        """A lead says no, with a reason."""
        ...

    def accept_remedy(self, remedy_id: int) -> Done:
        """The buyer agreed to what was offered; it is owed from then on."""
        ...

    def decline_remedy(self, remedy_id: int) -> Done:
        """The buyer does not want what was offered."""
        ...

    def waive_remedy(self, remedy_id: int, reason: str) -> Done:
        """A lead notes, with a reason, that the buyer does without what is owed."""
        ...

    def issue_remedy(self, remedy_id: int, tracking: str = "") -> Done:
        """It is on its way, with a parcel number where there is one."""
        ...

    def deliver_remedy(self, remedy_id: int) -> Done:
        """One remedy has reached the buyer."""
        ...

    def remedy_told(self, remedy_id: int) -> Done:
        """The buyer was told how far it is."""
        ...

    def correct_refusal(self, case_id: int, reason: str) -> Done:
        """A lead takes back a refusal that was recorded by mistake, with a reason."""
        ...

    def reveal(self, case_id: int, personal_id: int, reason: str) -> str:
        """The whole number or address; the showing and its reason are in the log."""
        ...

    def undo(self, progress: Progress | None = None) -> Done:
        """Take back the agent's last act that can be taken back; an act on several cases as one."""
        ...

    def redo(self, progress: Progress | None = None) -> Done:
        """Do again what the agent has just undone."""
        ...

    def start_contact(self, case_id: int, channel: Channel, passing: str = "") -> int:
        """Count an attempt in writing and return the contact's number. Calls are started by `start_call`."""
        ...

    def start_call(self, case_id: int, passing: str = "", *, incoming: bool = False) -> OpenCall:
        """Count a call, open it at the playbook's first line, and return where it stands.

        One that is `incoming` the buyer began: it is no attempt, no rule forbids it, and it starts at `incoming_call`.
        """
        ...

    def advance_call(self, call_id: int, move: Move) -> OpenCall:
        """Take one step; it and its timing are on disk when this returns."""
        ...

    def mark_call(self, call_id: int, mark: str) -> OpenCall:
        """Keep what the agent marked while speaking, one of `data.call_trail.MARKS`."""
        ...

    def park_call(self, call_id: int) -> OpenCall:
        """Note that the agent left an open call for now."""
        ...

    def resume_call(self, call_id: int) -> OpenCall:
        """Note that the agent took an open call up again."""
        ...

    def playbook_of(self, call_id: int) -> Playbook:
        """The playbook that a call was started with, as it stood that day."""
        ...

    def start_message(self, case_id: int, channel: Channel, text: str, contact_id: int | None = None) -> int:
        """Let a text leave: the contact rules and the linter say yes, and an attempt is counted, unless it goes out in
        a contact that is under way already. Gives the contact's number."""
        ...

    def message_left(self, contact_id: int, written: Written) -> Done:
        """Keep what was written, and how it left."""
        ...

    def guide_stuck(self, case_id: int, guide: str, step: int) -> Done:
        """Note at which step of a guide the buyer was stuck."""
        ...

    def dialling(self, contact_id: int, code: int) -> Done:
        """Note that a number was handed to the shop's dialling command, and with which exit code it ended."""
        ...

    def dialled(self, contact_id: int) -> Dialled:
        """The number and the name of a call that is under way; starting it was their record."""
        ...

    def record_outcome(self, contact_id: int, disposition: Disposition) -> Done:
        """End a contact with what happened and where the case stands; sets what follows."""
        ...

    def keep_draft(self, kind: DraftKind, subject_id: int, text: str) -> None:
        """Keep half-typed text; an empty one is cleared away."""
        ...

    def set_agent(self, name: str, title: str, role: Role) -> Done:
        """What the agent is called and what they are, as calls say it."""
        ...

    def set_shop(self, name: str, platform: Platform, zone: str) -> int:
        """The shop of that name; made when it is new."""
        ...

    def add_review(self, review: NewReview) -> Done:
        """Keep a review that was typed in; a bad or neutral one opens a case."""
        ...

    def add_phone(self, case_id: int, phone: NewPhone) -> Done:
        """Keep a number of the buyer of a case."""
        ...

    def set_preference(self, case_id: int, wish: Preference) -> Done:
        """Keep what the buyer said about being contacted; the contact rules follow it at once."""
        ...

    def save_view(self, name: str, query: str) -> Done:
        """Keep a typed query as a view of the agent's own."""
        ...

    def rename_view(self, view_id: int, name: str) -> Done:
        """Give one of the agent's views another name."""
        ...

    def delete_view(self, view_id: int) -> Done:
        """Take one of the agent's views away; whoever calls has asked whether it is meant."""
        ...

    def draft_reply(self, case_id: int, text: str, seen: int, template: str | None = None) -> None:
        """Keep what is typed as the case's public reply; `seen` is the newest change of the review that was read."""
        ...

    def propose_reply(self, case_id: int) -> Done:
        """Hand the draft to a second person; refused while anything stands against it."""
        ...

    def take_back_reply(self, case_id: int) -> Done:
        """Make a reply that waits a draft again; an approval does not survive it."""
        ...

    def approve_reply(self, reply_id: int, proposed_at: int) -> Done:
        """The second person's yes to what was proposed at that time; never one's own words."""
        ...

    def send_back_reply(self, reply_id: int, proposed_at: int, reason: str) -> Done:
        """The second person's no, with what is to be changed."""
        ...

    def mark_reply_sent(self, case_id: int, text: str) -> Done:
        """Note that this text stands on the platform now; nothing changes it any more."""
        ...

    def create_task(self, case_id: int, kind: TaskKind, owner_id: int | None = None, due_at: int | None = None) -> Done:
        """Create a task for a case: one's own, and due when its kind is, unless told."""
        ...

    def settle_task(self, task_id: int, result: TaskResult) -> Done:
        """Note what a task came to; telling the buyer is set as the next thing where they are to hear of it."""
        ...

    def task_told(self, task_id: int) -> Done:
        """Note that the buyer was told what came of it."""
        ...

    def drop_task(self, task_id: int, reason: str) -> Done:
        """Drop a task that is no longer needed, with a reason."""
        ...

    def add_document(self, case_id: int, name: str, sha256: str, size: int) -> Done:
        """Keep the name and hash of a paper for the product of a case, once for all its cases."""
        ...

    def catch_up(self) -> int:
        """Bring back the cases whose promised time has passed without evidence, and return how many; give back to the
        pool those that their owners have left, and write to the log which clocks broke."""
        ...
