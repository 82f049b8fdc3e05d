"""What time alone does: steps that lapse, and cases that come back for their second pass.

Each takes at most `AT_ONCE`, so that a desk which was closed for a week does not hold up everybody else: call it until
it returns 0.
"""

from __future__ import annotations

from functools import partial
from operator import is_not

from sqlalchemy import text
from sqlmodel import col, select

from data.casework.act import Act
from data.models import Case, Contact, Event, FollowUp
from data.outcomes import Standing
from data.reads.same_person import no_of
from data.vocabulary import SECOND_PASS, EventKind, Result, State

AT_ONCE = 25

SECOND = "second_pass"
"""The code of a reopening by time."""


def lapse(act: Act) -> int:
    """Drop steps whose last moment has passed; return how many. What the case is due for next is set anew."""
    late = act.session.exec(
        select(FollowUp)
        # The partial index over open follow-ups that lapse is found only by the literal condition.
        .where(text("follow_up.state = 'open' AND follow_up.until IS NOT NULL"), col(FollowUp.until) <= act.now)
        .order_by(col(FollowUp.until), col(FollowUp.id))
        .limit(AT_ONCE)
    ).all()
    for step in late:
        case = act.session.get_one(Case, step.case_id)
        act.drop_follow_ups(case, partial(is_not, step))
        _due_next(act, case, step)
        act.log(EventKind.FOLLOW_UP_DROPPED, case, subject_id=step.id, code=step.kind)
    return len(late)


def second_pass(act: Act) -> int:
    """Reopen cases whose second pass has come; return how many were looked at. Never after a refusal, never twice."""
    due = act.session.exec(
        select(Case)
        # As above: the partial index is found only by the literal condition.
        .where(text("review_case.open = 0 AND review_case.again_at IS NOT NULL"), col(Case.again_at) <= act.now)
        .order_by(col(Case.again_at))
        .limit(AT_ONCE)
    ).all()
    for case in due:
        case.again_at = None
        if not _may_come_back(act, case):
            continue
        was = case.state
        act.move("reopen", case, State.WORKING)
        case.owner_id = case.lease_until = None
        case.due_at = case.contact_from = act.now
        act.log(EventKind.REOPENED, case, code=SECOND, from_state=was)
    act.session.flush()
    return len(due)


def _due_next(act: Act, case: Case, lapsed: FollowUp) -> None:
    """A case that was due with the step, or that waits, is due with what follows next; another stays as it is."""
    waits = case.state in (State.WAITING_BUYER, State.WAITING_US, State.SCHEDULED)
    if case.open and (waits or case.due_at == lapsed.due_at):
        case.due_at = act.now if case.follow_up_at is None else case.follow_up_at


def _may_come_back(act: Act, case: Case) -> bool:
    if case.withdrawn_at is not None or case.result not in SECOND_PASS:
        return False
    act.session.flush()
    if case.refusals or any(at is not None for at in no_of(act.connection, case.buyer_id)):
        return False
    came = select(Event.id).where(
        col(Event.case_id) == case.id, col(Event.kind) == EventKind.REOPENED, col(Event.code) == SECOND
    )
    if act.session.exec(came).first() is not None:
        return False
    return case.result != Result.NONE or _last_standing(act, case) == Standing.UNDECIDED


def _last_standing(act: Act, case: Case) -> str | None:
    return act.session.exec(
        select(Contact.standing)
        .where(col(Contact.case_id) == case.id, col(Contact.standing).is_not(None))
        .order_by(col(Contact.id).desc())
        .limit(1)
    ).first()
