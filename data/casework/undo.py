"""Undo: a compensating event, never an erasure. Refused once anybody has acted on the case since.

An attempt to contact is never taken back, and neither is a refusal: those are what happened to the buyer.
"""

from __future__ import annotations

import json

from sqlmodel import col, select

from data.casework.act import Act, restore
from data.errors import Refused
from data.language import N_, _
from data.models import Case, Event, FollowUp, Promise
from data.rows import Done
from data.vocabulary import EventKind, FollowUpState, PromiseState

_UNDONE_SAID = {
    EventKind.CLAIMED: N_("Undone: claimed"),
    EventKind.RELEASED: N_("Undone: released"),
    EventKind.SNOOZED: N_("Undone: snoozed"),
    EventKind.CAUSE_SET: N_("Undone: cause"),
    EventKind.ESCALATED: N_("Undone: handed to a lead"),
    EventKind.TAKEN_OVER: N_("Undone: taken over"),
    EventKind.CLOSED: N_("Undone: closed"),
    EventKind.REOPENED: N_("Undone: reopened"),
}
UNDOABLE = frozenset(_UNDONE_SAID)


def undo(act: Act) -> Done:
    """Take back the agent's last act that can be taken back. Raises Refused when there is none."""
    last = act.session.exec(
        select(Event).where(col(Event.agent_id) == act.agent_id).order_by(col(Event.id).desc()).limit(1)
    ).first()
    target = _first_not_undone(act, last)
    if target is None or target.case_id is None or target.before is None:
        raise Refused(
            _("Nothing to undo"),
            _("Your last act cannot be taken back."),
            _("A contact and its outcome stay; what follows from them can be changed on the buyer screen."),
        )
    case = act.case(target.case_id)
    if case.last_event_id != target.id:
        raise Refused(
            _("Too late to undo"),
            _("Somebody has acted on this case since."),
            _("Open the case to see its history."),
        )
    before, was = json.loads(target.before), case.state
    _put_back(act, case, before)
    event_id = act.log(EventKind.UNDONE, case, code=target.kind, from_state=was, undoes=target.id)
    earlier = act.session.exec(
        select(Event.id)
        .where(col(Event.case_id) == case.id, col(Event.id) < target.id)
        .order_by(col(Event.id).desc())
        .limit(1)
    ).first()
    case.last_event_id = earlier or event_id
    return Done(event_id, _(_UNDONE_SAID[EventKind(target.kind)]), undoable=False)


def _first_not_undone(act: Act, last: Event | None) -> Event | None:
    """Walk back over acts that were undone already, to the newest one that still stands."""
    while last is not None and last.kind == EventKind.UNDONE:
        last = act.session.exec(
            select(Event)
            .where(col(Event.agent_id) == act.agent_id, col(Event.id) < (last.undoes or 0))
            .order_by(col(Event.id).desc())
            .limit(1)
        ).first()
    return last if last is not None and last.kind in UNDOABLE else None


def _put_back(act: Act, case: Case, before: dict[str, object]) -> None:
    restore(case, before)
    for number in _numbers(before, "added"):
        follow_up = act.session.get_one(FollowUp, number)
        follow_up.state, follow_up.settled_at = FollowUpState.DROPPED, act.now
    for number in _numbers(before, "dropped"):
        follow_up = act.session.get_one(FollowUp, number)
        follow_up.state, follow_up.settled_at = FollowUpState.OPEN, None
    for number in _numbers(before, "withdrawn"):
        promise = act.session.get_one(Promise, number)
        promise.state, promise.settled_at = PromiseState.OPEN, None


def _numbers(before: dict[str, object], name: str) -> list[int]:
    found = before.get(name, [])
    return [int(number) for number in found] if isinstance(found, list) else []
