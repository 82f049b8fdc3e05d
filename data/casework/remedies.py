"""What we owe: a remedy that has been delivered, and asking afterwards whether all is well.

Nothing here looks at the review: a remedy is delivered because something went wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from data.casework import arrows, following, upkeep
from data.casework.act import Act
from data.clock import DAY
from data.contact_rules import day_and_time
from data.errors import Refused
from data.follow_up import Planned, satisfaction
from data.language import _
from data.models import Case, Contact, Remedy
from data.outcomes import STANDINGS, LineResult, Standing
from data.protocols import Disposition
from data.reads.same_person import no_of
from data.rows import Done
from data.vocabulary import OWED, EventKind, FollowUpKind, RemedyState, Result, State


def remedy_delivered(act: Act, case_id: int) -> Done:
    """Note that what was agreed has reached the buyer, and set the satisfaction check.

    A buyer who wants no more contact, or refused firmly, is not asked: then the case closes with that result.
    Raises Refused when nothing is owed.
    """
    case = act.case(case_id)
    act.held(case)
    remedies = _owed(act, case)
    if not remedies:
        raise Refused(_("Nothing is owed"), _("No agreed remedy is waiting to be delivered."))
    return delivered(act, case, remedies)


def less_owed(act: Act, case: Case) -> None:
    """What was owed is owed no more: its task is done, and what is still owed has one."""
    act.finish_follow_ups(case, FollowUpKind.DELIVER_REMEDY)
    following.sure_to_deliver(act, case)
    if case.open and case.follow_up_at is None:
        case.due_at = act.now


def delivered(act: Act, case: Case, remedies: Sequence[Remedy]) -> Done:
    """Note the delivery of some of what is owed; the buyer is asked how it was when nothing more is."""
    for remedy in remedies:
        remedy.state, remedy.delivered_at, remedy.owner_id = RemedyState.DELIVERED, act.now, act.agent_id
        act.session.add(remedy)
    was = case.state
    if _owed(act, case):
        act.finish_follow_ups(case, FollowUpKind.DELIVER_REMEDY)
        following.sure_to_deliver(act, case)
        _log_all(act, case, remedies)
        return Done(case.last_event_id or 0, _("Delivered; more is owed"), undoable=False)
    act.finish_follow_ups(case, FollowUpKind.DELIVER_REMEDY)
    if arrows.allows("remedy_delivered", State(was), State.SCHEDULED):
        act.move("remedy_delivered", case, State.SCHEDULED)
    _log_all(act, case, remedies, was)
    result = _final(act, case)
    if result is not None and case.open:
        was = case.state
        upkeep.withdraw_promises(act, case)
        act.move("close", case, State.CLOSED, result)
        event_id = act.log(EventKind.CLOSED, case, code=case.result, from_state=was)
        return Done(event_id, _("Delivered; the case is closed"), undoable=False)
    asked_at = _ask(act, case) if case.open else None
    if asked_at is None:
        return Done(case.last_event_id or 0, _("Delivered"), undoable=False)
    when = day_and_time(asked_at, act.now, act.zone)
    return Done(case.last_event_id or 0, _("Delivered; ask on {time} whether all is well").format(time=when), False)


def _owed(act: Act, case: Case) -> Sequence[Remedy]:
    act.session.flush()
    return act.session.exec(select(Remedy).where(col(Remedy.case_id) == case.id, col(Remedy.state).in_(OWED))).all()


def _log_all(act: Act, case: Case, remedies: Sequence[Remedy], was: str | None = None) -> None:
    for remedy in remedies:
        act.log(EventKind.REMEDY_DELIVERED, case, subject_id=remedy.id, code=remedy.kind, from_state=was)
        # The case moves once, with the first of them.
        was = None


def _ask(act: Act, case: Case) -> int | None:
    """Set when the buyer is asked whether all is well; None where nobody may ask, and the case is only to be closed."""
    step = satisfaction(following.situation(act, case, None, Disposition(LineResult.SENT, Standing.IN_TALK)))
    act.drop_follow_ups(case, lambda one: one.kind != FollowUpKind.SATISFACTION)
    following.set_all(act, case, [step or Planned(FollowUpKind.PUBLIC_REPLY, act.now + DAY)])
    if case.owner_id == act.agent_id:
        # Whoever made it right asks whether all is well: the case stays theirs until then.
        act.lease(case, case.follow_up_at)
    if case.state in (State.WORKING, State.ESCALATED):
        case.due_at = min(case.due_at, act.now)
    return step.due_at if step else None


def _final(act: Act, case: Case) -> Result | None:
    """The result of a buyer whom nobody asks again: what the last outcome came to, kept open only by what we owed."""
    act.session.flush()
    if no_of(act.connection, case.buyer_id).do_not_contact_at is not None:
        return Result.DO_NOT_CONTACT
    standing = act.session.exec(
        select(Contact.standing)
        .where(col(Contact.case_id) == case.id, col(Contact.standing).is_not(None))
        .order_by(col(Contact.id).desc())
        .limit(1)
    ).first()
    flags = STANDINGS[Standing(standing)] if standing else None
    return flags.result if flags is not None and flags.refusal else None
