"""Casework as screens and commands see it: one verb, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from data import clock as clocks
from data import decency
from data.casework import (
    breaches,
    calls,
    claims,
    contacts,
    drafts,
    due,
    entry,
    languages,
    ledger,
    messages,
    outcomes,
    people,
    preferences,
    privacy,
    remedies,
    replies,
    saved_views,
    several,
    tasks,
    undo,
    upkeep,
)
from data.casework.act import Act
from data.casework.leaving import AT_MOST, Leaving, free_cases, give_back
from data.casework.portions import Hands
from data.casework.sessions import Sessions
from data.clock import Clock
from data.language import _
from data.models import Contact
from data.playbook.authoring import follows_second
from data.playbook.format import Playbook
from data.playbook.load import from_text
from data.protocols import Disposition, Move, NewPhone, NewReview, Offer, Preference, Written
from data.rows import Dialled, Done, OpenCall
from data.settings import Settings
from data.several import Plan, Progress, Task
from data.store.store import Store
from data.vocabulary import Cause, Channel, DraftKind, Platform, Result, Role, TaskKind, TaskResult


class SqlCasework:
    """The verbs of one agent on one database. Implements `data.protocols.Casework`.

    `playbook` gives the call script for a shop's language (`zh` or `en`), `second` the one that is tried beside it
    on a share of the cases, if there is one.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        settings: Settings,
        agent_id: int,
        playbook: Callable[[str], Playbook],
        second: Callable[[str], Playbook | None] | None = None,
    ) -> None:
        self._store = store
        self._sessions = Sessions(store)
        self._clock = clock
        self._settings = settings
        self._zone = clocks.zone(settings.shop.zone)
        self._agent_id = agent_id
        self._playbook = playbook
        self._second = second
        self._spoken: Playbook | None = None

    @contextmanager
    def _act(self) -> Iterator[Act]:
        with self._sessions.write() as (session, connection):
            yield Act(session, connection, self._clock.now(), self._agent_id, self._settings, self._zone)

    def _hands(self) -> Hands:
        return Hands(self._store, self._agent_id, self._clock.now(), self._settings, self._zone)

    def claim(self, case_id: int) -> Done:
        with self._act() as act:
            return claims.claim(act, case_id)

    def release(self, case_id: int) -> Done:
        with self._act() as act:
            return claims.release(act, case_id)

    def may_work(self, case_id: int) -> None:
        with self._act() as act:
            act.held(act.case(case_id))

    def hand_over(self, case_id: int, to: int, note: str = "") -> Done:
        with self._act() as act:
            done = claims.hand_over(act, case_id, to, note)
            drafts.keep_draft(act.connection, self._agent_id, DraftKind.CASE_NOTE, 0, "", act.now)
            return done

    def plan(self, task: Task, case_ids: Sequence[int]) -> Plan:
        return several.plan(self._hands(), task, case_ids)

    def several(self, task: Task, case_ids: Sequence[int], progress: Progress | None = None) -> Done:
        done = several.do(self._hands(), task, case_ids, progress)
        if task.note:
            self.keep_draft(DraftKind.CASE_NOTE, 0, "")
        return done

    def claim_next(self, passing_over: Collection[int] = ()) -> int:
        with self._act() as act:
            return claims.claim_next(act, passing_over)

    def snooze(self, case_id: int, until: int) -> Done:
        with self._act() as act:
            return upkeep.snooze(act, case_id, until)

    def set_cause(self, case_id: int, cause: Cause | None) -> Done:
        with self._act() as act:
            return upkeep.set_cause(act, case_id, cause)

    def add_note(self, case_id: int, words: str) -> Done:
        with self._act() as act:
            done = upkeep.add_note(act, case_id, words)
            drafts.keep_draft(act.connection, self._agent_id, DraftKind.CASE_NOTE, case_id, "", act.now)
            return done

    def escalate(self, case_id: int) -> Done:
        with self._act() as act:
            return upkeep.escalate(act, case_id)

    def take_over(self, case_id: int) -> Done:
        with self._act() as act:
            return upkeep.take_over(act, case_id)

    def close(self, case_id: int, result: Result) -> Done:
        with self._act() as act:
            return upkeep.close(act, case_id, result)

    def reopen(self, case_id: int) -> Done:
        with self._act() as act:
            return upkeep.reopen(act, case_id)

    def set_do_not_contact(self, case_id: int) -> Done:
        with self._act() as act:
            event_id = upkeep.set_do_not_contact(act, case_id)
            return Done(event_id, _("This buyer will not be contacted again"), undoable=False)

    def lift_do_not_contact(self, case_id: int, reason: str) -> Done:
        with self._act() as act:
            return upkeep.lift_do_not_contact(act, case_id, reason)

    def remedy_delivered(self, case_id: int) -> Done:
        with self._act() as act:
            return remedies.remedy_delivered(act, case_id)

    def propose_remedy(self, case_id: int, offer: Offer) -> Done:
        decency.be_ready(self._settings, offer.words)
        with self._act() as act:
            return ledger.propose_remedy(act, case_id, offer)

    def ask_approval(self, remedy_id: int) -> Done:
        with self._act() as act:
            return ledger.ask_approval(act, remedy_id)

    def approve_remedy(self, remedy_id: int, reason: str = "") -> Done:
        with self._act() as act:
            return ledger.approve_remedy(act, remedy_id, reason)

    def refuse_approval(self, remedy_id: int, reason: str) -> Done:
        with self._act() as act:
            return ledger.refuse_approval(act, remedy_id, reason)

    def accept_remedy(self, remedy_id: int) -> Done:
        with self._act() as act:
            return ledger.accept_remedy(act, remedy_id)

    def decline_remedy(self, remedy_id: int) -> Done:
        with self._act() as act:
            return ledger.decline_remedy(act, remedy_id)

    def waive_remedy(self, remedy_id: int, reason: str) -> Done:
        with self._act() as act:
            return ledger.waive_remedy(act, remedy_id, reason)

    def issue_remedy(self, remedy_id: int, tracking: str = "") -> Done:
        with self._act() as act:
            return ledger.issue_remedy(act, remedy_id, tracking)

    def deliver_remedy(self, remedy_id: int) -> Done:
        with self._act() as act:
            return ledger.deliver_remedy(act, remedy_id)

    def remedy_told(self, remedy_id: int) -> Done:
        with self._act() as act:
            return ledger.remedy_told(act, remedy_id)

    def correct_refusal(self, case_id: int, reason: str) -> Done:
        with self._act() as act:
            return upkeep.correct_refusal(act, case_id, reason)

    def reveal(self, case_id: int, personal_id: int, reason: str) -> str:
        with self._act() as act:
            return privacy.reveal(act, case_id, personal_id, reason)

    def undo(self, progress: Progress | None = None) -> Done:
        return undo.undo(self._hands(), progress)

    def redo(self, progress: Progress | None = None) -> Done:
        return undo.redo(self._hands(), progress)

    def start_contact(self, case_id: int, channel: Channel, passing: str = "") -> int:
        with self._act() as act:
            return contacts.start_contact(act, case_id, channel, passing).id or 0

    def start_call(self, case_id: int, passing: str = "", *, incoming: bool = False) -> OpenCall:
        with self._store.read() as connection:
            spoken = languages.language_of_case(connection, case_id)
        playbook = self._spoken = self._playbook_for(case_id, spoken)
        with self._act() as act:
            return calls.start_call(act, case_id, playbook, passing, incoming=incoming)

    def _playbook_for(self, case_id: int, spoken: str) -> Playbook:
        """The script of the shop's language, or the one that is tried beside it on some of the cases."""
        if self._second is not None and follows_second(case_id, self._settings.playbooks.share):
            return self._second(spoken) or self._playbook(spoken)
        return self._playbook(spoken)

    def make_ready(self) -> None:
        """Pay ahead what the first step of the first call would pay; to be called when casework is loaded."""
        with self._act() as act:
            calls.make_ready(act)

    def advance_call(self, call_id: int, move: Move) -> OpenCall:
        playbook = self.playbook_of(call_id)
        with self._act() as act:
            return calls.advance_call(act, call_id, move, playbook)

    def mark_call(self, call_id: int, mark: str) -> OpenCall:
        playbook = self.playbook_of(call_id)
        with self._act() as act:
            return calls.mark_call(act, call_id, mark, playbook)

    def park_call(self, call_id: int) -> OpenCall:
        playbook = self.playbook_of(call_id)
        with self._act() as act:
            return calls.park_call(act, call_id, playbook)

    def resume_call(self, call_id: int) -> OpenCall:
        playbook = self.playbook_of(call_id)
        with self._act() as act:
            return calls.resume_call(act, call_id, playbook)

    def playbook_of(self, call_id: int) -> Playbook:
        # Never today's, which may be broken while a call is under way; and read before anybody's write waits for it.
        spoken = self._spoken
        with self._store.read() as connection:
            kept = calls.kept_hash(connection, call_id)
            if spoken is not None and spoken.hash == kept:
                return spoken
            text = calls.kept_text(connection, kept)
        spoken = self._spoken = from_text(text)
        return spoken

    def start_message(self, case_id: int, channel: Channel, text: str, contact_id: int | None = None) -> int:
        # Judged before anybody's write waits for it.
        messages.check_text(text, channel, self._settings)
        with self._act() as act:
            return messages.start_message(act, case_id, channel, contact_id)

    def message_left(self, contact_id: int, written: Written) -> Done:
        with self._act() as act:
            return messages.message_left(act, contact_id, written)

    def guide_stuck(self, case_id: int, guide: str, step: int) -> Done:
        with self._act() as act:
            return messages.guide_stuck(act, case_id, guide, step)

    def dialling(self, contact_id: int, code: int) -> Done:
        with self._act() as act:
            return messages.dialling(act, contact_id, code)

    def dialled(self, contact_id: int) -> Dialled:
        with self._act() as act:
            return privacy.dialled(act, act.session.get_one(Contact, contact_id))

    def record_outcome(self, contact_id: int, disposition: Disposition) -> Done:
        decency.be_ready(self._settings, disposition.note)
        with self._act() as act:
            return outcomes.record_outcome(act, contact_id, disposition)

    def keep_draft(self, kind: DraftKind, subject_id: int, text: str) -> None:
        with self._store.write() as connection:
            drafts.keep_draft(connection, self._agent_id, kind, subject_id, text, self._clock.now())

    def set_agent(self, name: str, title: str, role: Role) -> Done:
        with self._act() as act:
            return people.set_agent(act, name, title, role)

    def set_shop(self, name: str, platform: Platform, zone: str) -> int:
        with self._act() as act:
            return people.set_shop(act, name, platform, zone)

    def add_review(self, review: NewReview) -> Done:
        now = self._clock.now()
        with self._store.write() as connection:
            done = entry.add_review(connection, review, now=now, settings=self._settings, agent_id=self._agent_id)
            drafts.keep_draft(connection, self._agent_id, DraftKind.REVIEW, 0, "", now)
            return done

    def add_phone(self, case_id: int, phone: NewPhone) -> Done:
        with self._act() as act:
            act.held(act.case(case_id))
            done = entry.add_phone(act.connection, case_id, phone, now=act.now, agent_id=self._agent_id)
            drafts.keep_draft(act.connection, self._agent_id, DraftKind.PHONE, case_id, "", act.now)
            return done

    def set_preference(self, case_id: int, wish: Preference) -> Done:
        with self._act() as act:
            return preferences.set_preference(act, case_id, wish)

    def save_view(self, name: str, query: str) -> Done:
        with self._act() as act:
            return saved_views.save_view(act, name, query)

    def rename_view(self, view_id: int, name: str) -> Done:
        with self._act() as act:
            return saved_views.rename_view(act, view_id, name)

    def delete_view(self, view_id: int) -> Done:
        with self._act() as act:
            return saved_views.delete_view(act, view_id)

    def draft_reply(self, case_id: int, text: str, seen: int, template: str | None = None) -> None:
        with self._act() as act:
            replies.draft_reply(act, case_id, text, seen, template)

    def propose_reply(self, case_id: int) -> Done:
        with self._act() as act:
            return replies.propose_reply(act, case_id)

    def take_back_reply(self, case_id: int) -> Done:
        with self._act() as act:
            return replies.take_back_reply(act, case_id)

    def approve_reply(self, reply_id: int, proposed_at: int) -> Done:
        with self._act() as act:
            return replies.approve_reply(act, reply_id, proposed_at)

    def send_back_reply(self, reply_id: int, proposed_at: int, reason: str) -> Done:
        with self._act() as act:
            done = replies.send_back_reply(act, reply_id, proposed_at, reason)
            drafts.keep_draft(act.connection, self._agent_id, DraftKind.REPLY_REMARK, reply_id, "", act.now)
            return done

    def mark_reply_sent(self, case_id: int, text: str) -> Done:
        with self._act() as act:
            return replies.mark_reply_sent(act, case_id, text)

    def create_task(self, case_id: int, kind: TaskKind, owner_id: int | None = None, due_at: int | None = None) -> Done:
        with self._act() as act:
            return tasks.create_task(act, case_id, kind, owner_id, due_at)

    def settle_task(self, task_id: int, result: TaskResult) -> Done:
        with self._act() as act:
            return tasks.settle_task(act, task_id, result)

    def task_told(self, task_id: int) -> Done:
        with self._act() as act:
            return tasks.task_told(act, task_id)

    def drop_task(self, task_id: int, reason: str) -> Done:
        with self._act() as act:
            return tasks.drop_task(act, task_id, reason)

    def add_document(self, case_id: int, name: str, sha256: str, size: int) -> Done:
        with self._act() as act:
            return tasks.add_document(act, case_id, name, sha256, size)

    def _give_back(self) -> None:
        """Give back to the pool what its owners have left; nothing is locked where there is nothing to do."""
        leaving = Leaving(self._settings, self._clock.now(), self._zone)
        with self._store.read() as connection:
            some = len(free_cases(connection, leaving, 1))
        done = 0
        while some and done < AT_MOST:
            with self._store.write(durable=False) as connection:
                some = give_back(connection, leaving)
            done += some

    def catch_up(self) -> int:
        self._give_back()
        with self._act() as act:
            languages.keep_languages(act)
        missed = 0
        while True:
            with self._act() as act:
                some = upkeep.promise_missed(act)
            missed += some
            if not some:
                break
        for passed in (due.lapse, due.second_pass):
            self._while_any(passed)
        breaches.record_breaches(self._hands())
        return missed

    def _while_any(self, passed: Callable[[Act], int]) -> None:
        """Do what time has brought, some in each transaction, until there is none left."""
        while True:
            with self._act() as act:
                if not passed(act):
                    return
