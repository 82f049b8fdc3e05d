"""Whose case it is: claim, release, take the next, hand over."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, or_, text
from sqlmodel import col, select

from data.casework.act import Act, snapshot
from data.casework.upkeep import NOTE_LENGTH
from data.errors import Refused
from data.language import _
from data.models import Agent, Case, Note
from data.rows import Done
from data.vocabulary import EventKind, Role, State

_NOT_OURS_TO_WORK = (State.ESCALATED, State.APPEALED)


def claim(act: Act, case_id: int) -> Done:
    """Make the case the agent's for a lease. Atomic: the loser of a race is told who has it."""
    case = act.case(case_id)
    if not case.open:
        raise Refused(
            _("Closed"), _("This case is closed; there is nothing to claim."), _("Reopen it from the buyer screen.")
        )
    act.held(case)
    before = snapshot(case)
    act.lease(case)
    event_id = act.log(EventKind.CLAIMED, case, before=before)
    return Done(event_id, _("Claimed"), undoable=True)


def release(act: Act, case_id: int) -> Done:
    """Give the case back, so that anybody may take it."""
    case = act.case(case_id)
    if case.owner_id is None:
        raise Refused(_("Nobody's case"), _("Nobody has claimed this case."), _("Space claims it."))
    act.held(case)
    before = snapshot(case)
    case.owner_id = case.lease_until = None
    event_id = act.log(EventKind.RELEASED, case, before=before)
    return Done(event_id, _("Released"), undoable=True)


def hand_over(act: Act, case_id: int, to: int, note: str = "") -> Done:
    """Give the case to a colleague, whose lease starts now, with a note that stands on the case.

    An agent gives what is theirs or nobody's; a lead gives anybody's. Raises Refused.
    """
    case = act.case(case_id)
    colleague = receiver(act.session.get(Agent, to), act.agent_id)
    if not case.open:
        raise Refused(
            _("Closed"), _("This case is closed; there is nothing to hand over."), _("Reopen it from the buyer screen.")
        )
    if act.agent.role == Role.AGENT:
        act.held(case)
    if case.owner_id == to and (case.lease_until or 0) > act.now:
        raise Refused(_("Already theirs"), _("{name} has this case.").format(name=colleague))
    before = snapshot(case)
    act.lease(case, case.follow_up_at, to=to)
    words = note.strip()[:NOTE_LENGTH]
    if words:
        act.session.add(Note(case_id=case_id, agent_id=act.agent_id, at=act.now, text=words))
    event_id = act.log(EventKind.HANDED_OVER, case, subject_id=to, before=before, text=words or None)
    return Done(event_id, _("Handed over to {name}").format(name=colleague), undoable=True)


def receiver(colleague: Agent | None, agent_id: int) -> str:
    """The name of the colleague who is to get a case. Raises Refused for nobody and for oneself."""
    if colleague is None:
        raise Refused(_("No such agent"), _("There is nobody of that number."))
    if colleague.id == agent_id:
        raise Refused(_("That is you"), _("A case is handed over to somebody else."), _("Space claims it."))
    return colleague.name or colleague.login


def claim_next(act: Act, passing_over: Collection[int] = ()) -> int:
    """Claim the case that is due first among those that may be worked and contacted now; return its number.

    Cases that nobody has come first; then the agent's own whose time has come. `passing_over` are cases that
    the agent has just looked at and left. Raises Refused when there is none.
    """
    free = or_(col(Case.owner_id).is_(None), col(Case.lease_until) <= act.now)
    mine = col(Case.owner_id) == act.agent_id
    ready = or_(col(Case.state).in_((State.NEW, State.WORKING)), col(Case.due_at) <= act.now)
    # Literal conditions find the partial index over open cases, and the plus keeps the engine on the index that is
    # in the order of what is due: the first fitting row is the answer, instead of sorting every case that fits.
    statement = (
        select(Case)
        .where(
            text("review_case.open = 1"),
            col(Case.state).not_in(_NOT_OURS_TO_WORK),
            text("+review_case.contact_from <= :now").bindparams(now=act.now),
            ready,
            or_(free, and_(mine, col(Case.due_at) <= act.now)),
            col(Case.id).not_in(list(passing_over)),
        )
        .order_by(col(Case.due_at), col(Case.id).desc())
        .limit(1)
    )
    case = act.session.exec(statement.where(free)).first() or act.session.exec(statement).first()
    if case is None:
        raise Refused(
            _("Nothing to take now"),
            _("No open case may be contacted at this moment, or all are taken."),
            _("View 4 shows today's follow-ups; view 1 shows everything."),
        )
    if case.owner_id != act.agent_id or (case.lease_until or 0) <= act.now:
        before = snapshot(case)
        act.lease(case)
        act.log(EventKind.CLAIMED, case, before=before)
    return case.id or 0
