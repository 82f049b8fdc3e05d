"""One act of one agent: the session it works in, the time it happened, and how it enters the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy import text as condition
from sqlmodel import Session, col, select

from data.casework import arrows
from data.casework.before import KEPT, kept
from data.casework.chain import NewEvent, append_events
from data.casework.leaving import Leaving
from data.clock import DAY, HOUR
from data.clocks.events import MOVING
from data.errors import Refused
from data.language import _
from data.models import Agent, Case, Contact, FollowUp
from data.settings import Settings
from data.vocabulary import CONTACT_KINDS, SECOND_PASS, EventKind, FollowUpKind, FollowUpState, Result, State


@dataclass(slots=True)
class Act:
    """What a verb has in hand: its session and connection, the time, who acts, and the shop's settings."""

    session: Session
    connection: sqlite3.Connection
    now: int
    agent_id: int
    """The acting agent's number."""
    settings: Settings
    zone: tzinfo

    @property
    def agent(self) -> Agent:
        """Who acts; read when a verb asks."""
        return self.session.get_one(Agent, self.agent_id)

    def case(self, case_id: int) -> Case:
        """The case, or Refused when there is none."""
        case = self.session.get(Case, case_id)
        if case is None or case.withdrawn_at is not None:
            raise Refused(
                _("No such case"),
                _("There is no case {id}.").format(id=case_id),
                _("Go back to the inbox; it shows what is there."),
            )
        return case

    def why_free(self, case: Case) -> str:
        """Why others than its owner may have the case: its lease has ended, or the owner went home and it is overdue.

        Empty where it is the owner's, or nobody's.
        """
        self.session.flush()
        leaving = Leaving(self.settings, self.now, self.zone)
        return leaving.why_free(self.connection, case.id or 0, case.owner_id, case.lease_until, case.due_at)

    def held(self, case: Case) -> None:
        """Raise Refused, naming the holder, when the case is somebody else's and not free."""
        if case.owner_id is not None and case.owner_id != self.agent_id and not self.why_free(case):
            raise Refused(
                _("Claimed by somebody else"),
                _("{name} has this case.").format(name=self.name_of(case.owner_id)),
                _("Take the next one with F2, or ask for it to be released."),
            )

    def name_of(self, agent_id: int) -> str:
        """What colleagues call an agent."""
        agent = self.session.get(Agent, agent_id)
        return (agent.name or agent.login) if agent else "?"

    def not_in_contact(self, case: Case) -> None:
        """Raise Refused while the agent's own contact about the case has no outcome: that outcome leads the case on."""
        under_way = self.session.exec(
            select(Contact.id).where(
                col(Contact.agent_id) == self.agent_id, col(Contact.ended_at).is_(None), col(Contact.case_id) == case.id
            )
        ).first()
        if under_way is not None:
            raise Refused(
                _("A contact is under way"),
                _("Your contact about this case has no outcome yet."),
                _("Record its outcome first; it is open on the screen that F3 shows."),
            )

    def lease(self, case: Case, until: int | None = None, *, to: int | None = None) -> None:
        """Make the case the agent's, or a colleague's, for a lease from now or from the time of its next act."""
        case.owner_id = self.agent_id if to is None else to
        case.lease_until = max(self.now, until or 0) + self.settings.claims.lease_hours * HOUR

    def move(self, verb: str, case: Case, to: State, result: Result | None = None) -> None:
        """Follow an arrow of the table, or raise Refused. An open case carries a result only by evidence."""
        arrows.check(verb, State(case.state), to)
        case.state = to
        proven = case.result == Result.VERIFIED and verb not in ("reopen", "observe_revision")
        case.result = Result.VERIFIED if proven else result
        if to is State.CLOSED:
            case.open, case.closed_at, case.result = 0, self.now, case.result or Result.NONE
            case.contact_from = case.promised_at = None
            case.again_at = self._again_at(case)
            self.drop_follow_ups(case)
        else:
            case.open, case.closed_at, case.again_at = 1, None, None

    def _again_at(self, case: Case) -> int | None:
        """When a case that closes comes back for its second pass, if nothing speaks against it by then."""
        days = self.settings.follow_up.second_pass_days
        return self.now + days * DAY if days and case.result in SECOND_PASS else None

    def log(
        self,
        kind: EventKind,
        case: Case | None = None,
        *,
        contact_id: int | None = None,
        subject_id: int | None = None,
        code: str | None = None,
        number: int | None = None,
        from_state: str | None = None,
        before: dict[str, object] | None = None,
        text: str | None = None,
    ) -> int:
        """Append to the log, and remember on the case that this was its newest event."""
        self.session.flush()
        (event_id,) = append_events(
            self.connection,
            [
                NewEvent(
                    at=self.now,
                    kind=kind,
                    agent_id=self.agent_id,
                    case_id=case.id if case else None,
                    contact_id=contact_id,
                    subject_id=subject_id,
                    code=code,
                    number=number,
                    from_state=from_state,
                    to_state=case.state if case and from_state else None,
                    before=kept(before, snapshot(case), case.last_event_id) if case and before else None,
                    text=text,
                )
            ],
        )
        if case is not None:
            case.last_event_id = event_id
            if kind in MOVING:
                case.clock_at = self.now
        return event_id

    def follow_up(
        self,
        case: Case,
        kind: FollowUpKind,
        due_at: int,
        channel: str | None = None,
        *,
        device: str | None = None,
        rung: int | None = None,
        until: int | None = None,
    ) -> int:
        """Set something to be done for the case at a time; what is due first orders the case."""
        follow_up = FollowUp(
            case_id=case.id or 0,
            kind=kind,
            channel=channel,
            device=device,
            rung=rung,
            until=until,
            state=FollowUpState.OPEN,
            due_at=due_at,
            set_at=self.now,
        )
        self.session.add(follow_up)
        self.session.flush()
        case.follow_up_at = due_at if case.follow_up_at is None else min(case.follow_up_at, due_at)
        case.due_at = case.follow_up_at
        return follow_up.id or 0

    def drop_follow_ups(self, case: Case, stays: Callable[[FollowUp], bool] = lambda _one: False) -> list[int]:
        """Drop what was still to follow, but for what `stays`, and return the numbers."""
        return self._settle(case, FollowUpState.DROPPED, lambda one: not stays(one))

    def finish_follow_ups(self, case: Case, kind: FollowUpKind | None = None) -> list[int]:
        """Mark as done what was to follow, all of it or one kind, and return its numbers."""
        return self._settle(case, FollowUpState.DONE, lambda one: kind is None or one.kind == kind)

    def carry_out(self, case: Case, before: int) -> FollowUp | None:
        """What a contact that starts now carries out: the earliest that disturbs the buyer and is due before that
        time. It is done then, and so is every time of coming back."""
        due = [
            one
            for one in self.to_follow(case)
            if one.kind in CONTACT_KINDS and one.due_at < before and (one.until is None or one.until > self.now)
        ]
        step = min(due, key=lambda one: (one.due_at, one.id or 0), default=None)
        self._settle(case, FollowUpState.DONE, lambda one: one is step or one.kind == FollowUpKind.SNOOZED)
        return step

    def to_follow(self, case: Case) -> Sequence[FollowUp]:
        """What is still to be done for the case."""
        self.session.flush()
        return self.session.exec(
            # The partial index over open follow-ups is found only by the literal condition.
            select(FollowUp).where(col(FollowUp.case_id) == case.id, condition("follow_up.state = 'open'"))
        ).all()

    def _settle(self, case: Case, state: FollowUpState, which: Callable[[FollowUp], bool]) -> list[int]:
        opened = self.to_follow(case)
        settled = [follow_up for follow_up in opened if which(follow_up)]
        for follow_up in settled:
            follow_up.state = state
            follow_up.settled_at = self.now
        left = [follow_up.due_at for follow_up in opened if follow_up.state == FollowUpState.OPEN]
        case.follow_up_at = min(left, default=None)
        return [follow_up.id or 0 for follow_up in settled]


def snapshot(case: Case) -> dict[str, object]:
    """What undo may have to put back: the case's own columns as they are."""
    return {name: getattr(case, name) for name in KEPT}
