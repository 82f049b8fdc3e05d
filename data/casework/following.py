"""Setting what follows: the plan of `data.follow_up`, made from the database and written to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, func, select

from data.casework.act import Act
from data.casework.contacts import facts
from data.clock import DAY, zone
from data.contact_rules import contact_from
from data.follow_up import CADENCE, Planned, Situation, plan, warned_at
from data.models import Case, Contact, FollowUp, Promise, Remedy
from data.outcomes import LINES, STANDINGS, LineResult, Standing
from data.protocols import Disposition
from data.vocabulary import (
    OWED,
    PROMISE_STANDS,
    Channel,
    EventKind,
    FollowUpKind,
    PromiseBy,
    PromiseState,
    State,
)

_UNLESS_REACHED = (FollowUpKind.CALLBACK, FollowUpKind.EFFECT)


def follow(act: Act, case: Case, contact: Contact, disposition: Disposition) -> None:
    """Drop what an outcome has made superfluous, and set what it leads to. The case has been moved already."""
    standing = Standing(disposition.standing)
    flags, reached = STANDINGS[standing], LINES[LineResult(disposition.line)].reached

    def stays(one: FollowUp) -> bool:
        if standing is Standing.IN_TALK or one.kind == FollowUpKind.TELL_RESULT:
            return True
        if one.kind == FollowUpKind.SATISFACTION:
            return not flags.settles
        return one.kind in _UNLESS_REACHED and not reached

    at_hand = next((one.device for one in act.to_follow(case) if one.kind == FollowUpKind.CHECK_PROMISE), None)
    act.drop_follow_ups(case, stays)
    if standing is not Standing.IN_TALK:
        set_all(act, case, plan(situation(act, case, contact, disposition, None if reached else at_hand)))
    if case.state in (State.WORKING, State.ESCALATED):
        case.due_at = act.now
    else:
        case.due_at = act.now if case.follow_up_at is None else case.follow_up_at
    _contact_from(act, case)


def set_all(act: Act, case: Case, steps: Sequence[Planned]) -> None:
    """Write a plan, and each of its steps to the log."""
    for step in steps:
        number = act.follow_up(
            case,
            step.kind,
            step.due_at,
            step.channel,
            device=step.device,
            rung=step.rung,
            until=step.until,
        )
        code = f"{step.kind}/{step.channel}" if step.channel else str(step.kind)
        act.log(EventKind.FOLLOW_UP_SET, case, subject_id=number, code=code, number=step.due_at)


def situation(
    act: Act, case: Case, contact: Contact | None, disposition: Disposition, at_hand: str | None = None
) -> Situation:
    """What a plan is made from, as the transaction sees it."""
    known = facts(act, case)
    told = _told(act, case)
    promise = _promise(act, case, told)
    owed_by = _owed(act, case)
    return Situation(
        facts=known,
        now=act.now,
        zone=act.zone,
        settings=act.settings,
        standing=Standing(disposition.standing),
        agreed=disposition.at,
        channel=Channel(disposition.channel) if disposition.channel else None,
        device=disposition.device or at_hand,
        step=FollowUpKind(contact.step) if contact is not None and contact.step else None,
        made=told.made,
        reached=LINES[LineResult(disposition.line)].reached,
        stopped=told.stopped,
        calls=told.calls,
        made_at=promise.made_at if promise else None,
        promised_at=promise.due_at if promise else None,
        promise_open=promise is not None and promise.state == PromiseState.OPEN,
        owed=owed_by[0],
        owed_by=warned_at(owed_by[1], act.now, act.settings) if owed_by[1] is not None else None,
        kept=bool(act.to_follow(case)),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the contacts of a case tell: the steps made, the calls since the buyer was last reached, and where."""

    made: frozenset[FollowUpKind]
    calls: int
    reached_in: int | None
    stopped: bool
    """Whether a last try was made since then."""


def _told(act: Act, case: Case) -> _Told:
    contacts = act.session.exec(
        select(Contact)
        .where(col(Contact.case_id) == case.id, col(Contact.line).is_not(None))
        .order_by(col(Contact.started_at).desc(), col(Contact.id).desc())
    ).all()
    made, calls, reached_in, stopped = set(), 0, None, False
    for contact in contacts:
        line = LINES[LineResult(contact.line or "")]
        if reached_in is None and line.reached and contact.standing != Standing.IN_TALK:
            reached_in = contact.id
        if contact.step and (reached_in is None or contact.step in CADENCE):
            made.add(FollowUpKind(contact.step))
            stopped = stopped or (reached_in is None and contact.step == FollowUpKind.LAST_TRY)
        tried = contact.channel == Channel.PHONE and not contact.incoming and line.counts_as_attempt
        if reached_in is None and tried:
            calls += 1
    return _Told(frozenset(made), calls, reached_in, stopped)


def _promise(act: Act, case: Case, told: _Told) -> Promise | None:
    """The newest promise of the buyer that stands; one that was missed no longer does once the buyer was reached."""
    promise = act.session.exec(
        select(Promise)
        .where(
            col(Promise.case_id) == case.id,
            col(Promise.by_whom) == PromiseBy.BUYER,
            col(Promise.state).in_(PROMISE_STANDS),
        )
        .order_by(col(Promise.made_at).desc(), col(Promise.id).desc())
        .limit(1)
    ).first()
    if promise is None or promise.state == PromiseState.OPEN:
        return promise
    return promise if promise.contact_id in (None, told.reached_in) else None


def _owed(act: Act, case: Case) -> tuple[bool, int | None]:
    """Whether a remedy is owed, and when the first of what is owed is due; None when nothing owed has a date."""
    act.session.flush()
    count, due_at = act.session.exec(
        select(func.count(), func.min(Remedy.due_at)).where(col(Remedy.case_id) == case.id, col(Remedy.state).in_(OWED))
    ).one()
    return bool(count), due_at


def is_owed(act: Act, case: Case) -> bool:
    """Whether a remedy was agreed and has not reached the buyer yet."""
    return _owed(act, case)[0]


def sure_to_deliver(act: Act, case: Case) -> None:
    """See to it that what is owed has its follow-up, whatever state the case is in."""
    owed, due_at = _owed(act, case)
    if not owed:
        return
    wanted = warned_at(due_at or act.now + DAY, act.now, act.settings)
    tasks = [one for one in act.to_follow(case) if one.kind == FollowUpKind.DELIVER_REMEDY]
    if any(one.due_at <= wanted for one in tasks):
        return
    act.finish_follow_ups(case, FollowUpKind.DELIVER_REMEDY)
    set_all(act, case, [Planned(FollowUpKind.DELIVER_REMEDY, wanted)])


def _contact_from(act: Act, case: Case) -> None:
    known = facts(act, case)
    if known.do_not_contact_at is not None:
        case.contact_from = None
        return
    here = zone(known.zone) if known.zone else act.zone
    case.contact_from = contact_from(
        known.attempts_at, act.now, here, act.settings.contact, known.appointment_at, known.last_line
    )
