"""One act of one agent: the session it works in, the time it happened, and how it enters the log."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import tzinfo

from sqlmodel import Session, col, select

from data.casework import arrows
from data.casework.before import KEPT, kept
from data.casework.chain import NewEvent, append_events
from data.clock import HOUR
from data.errors import Refused
from data.language import _
from data.models import Agent, Case, Contact, FollowUp
from data.settings import Settings
from data.vocabulary import EventKind, FollowUpKind, FollowUpState, Result, State


@dataclass(slots=True)
class Act:
    """What a verb has in hand: its session and connection, the time, who acts, and the shop's settings."""

    session: Session
    connection: sqlite3.Connection
    now: int
    agent: Agent
    settings: Settings
    zone: tzinfo

    @property
    def agent_id(self) -> int:
        """The acting agent's number."""
        assert self.agent.id is not None
        return self.agent.id

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

    def held(self, case: Case) -> None:
        """Raise Refused, naming the holder, when somebody else's claim on the case still runs."""
        if case.owner_id is not None and case.owner_id != self.agent_id and (case.lease_until or 0) > self.now:
            holder = self.session.get(Agent, case.owner_id)
            raise Refused(
                _("Claimed by somebody else"),
                _("{name} has this case.").format(name=(holder.name or holder.login) if holder else "?"),
                _("Take the next one with F2, or ask for it to be released."),
            )

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
        case.result = result or (Result.VERIFIED if proven else None)
        if to is State.CLOSED:
            case.open, case.closed_at, case.result = 0, self.now, case.result or Result.NONE
            case.contact_from = case.promised_at = None
            self.drop_follow_ups(case)
        else:
            case.open, case.closed_at = 1, None

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
        return event_id

    def follow_up(self, case: Case, kind: FollowUpKind, due_at: int, channel: str | None = None) -> int:
        """Set something to be done for the case at a time; what is due first orders the case."""
        follow_up = FollowUp(
            case_id=case.id or 0,
            kind=kind,
            channel=channel,
            state=FollowUpState.OPEN,
            due_at=due_at,
            set_at=self.now,
        )
        self.session.add(follow_up)
        self.session.flush()
        case.follow_up_at = due_at if case.follow_up_at is None else min(case.follow_up_at, due_at)
        case.due_at = case.follow_up_at
        return follow_up.id or 0

    def drop_follow_ups(self, case: Case) -> list[int]:
        """Drop what was still to follow, and return its numbers."""
        return self._settle(case, FollowUpState.DROPPED)

    def finish_follow_ups(self, case: Case, kind: FollowUpKind | None = None) -> list[int]:
        """Mark as done what was to follow, all of it or one kind, and return its numbers."""
        return self._settle(case, FollowUpState.DONE, kind)

    def _settle(self, case: Case, state: FollowUpState, kind: FollowUpKind | None = None) -> list[int]:
        self.session.flush()
        opened = self.session.exec(
            select(FollowUp).where(col(FollowUp.case_id) == case.id, col(FollowUp.state) == FollowUpState.OPEN)
        ).all()
        settled = [follow_up for follow_up in opened if kind is None or follow_up.kind == kind]
        for follow_up in settled:
            follow_up.state = state
            follow_up.settled_at = self.now
        left = [follow_up.due_at for follow_up in opened if follow_up.state == FollowUpState.OPEN]
        case.follow_up_at = min(left, default=None)
        return [follow_up.id or 0 for follow_up in settled]


def snapshot(case: Case) -> dict[str, object]:
    """What undo may have to put back: the case's own columns as they are."""
    return {name: getattr(case, name) for name in KEPT}
