"""Acts on a case apart from contacts: snooze, cause, note, escalate, close, reopen, do not contact."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import col, select

from data.casework import arrows
from data.casework.act import Act, snapshot
from data.casework.before import OWNERS
from data.casework.belongings import belongings, give
from data.clock import DAY, MINUTE
from data.contact.weigh import FIRM
from data.contact_rules import day_and_time
from data.decency import decent
from data.errors import Refused
from data.language import _
from data.models import Buyer, Case, Contact, Note, Promise, Remedy
from data.reads.same_person import no_of, rows_of
from data.rows import Done
from data.vocabulary import (
    CONTACT_KINDS,
    OWED,
    Cause,
    EventKind,
    FollowUpKind,
    PromiseBy,
    PromiseState,
    Result,
    Role,
    State,
)
from data.wording import cause_label, result_label

REASON_LENGTH = 2
"""A reason is at least this long: enough for two Chinese characters, not for a stray key."""

NOTE_LENGTH = 4000

AT_ONCE = 25
"""How many missed promises are noted in one transaction."""

PUT_OFF = (CONTACT_KINDS - {FollowUpKind.SATISFACTION}) | {FollowUpKind.SNOOZED, FollowUpKind.PUBLIC_REPLY}
"""What “later” puts off. What was promised keeps its time, on either side, and so does the question after a remedy."""

GRACE = DAY
"""How long after its time a promise may still be found kept: platforms show a changed review late."""


def snooze(act: Act, case_id: int, until: int) -> Done:
    """Take the case off the list until an exact time."""
    case = act.case(case_id)
    act.held(case)
    act.not_in_contact(case)
    if until < act.now + MINUTE:
        raise Refused(_("That time has passed"), _("A case comes back at a time to come."), _("Pick a later time."))
    before, was = snapshot(case), case.state
    act.move("snooze", case, State.SCHEDULED)
    before["dropped"] = act.drop_follow_ups(case, lambda one: one.kind not in PUT_OFF or one.due_at >= until)
    before["added"] = [act.follow_up(case, FollowUpKind.SNOOZED, until)]
    act.lease(case, until)
    event_id = act.log(EventKind.SNOOZED, case, number=until, from_state=was, before=before)
    return Done(event_id, _("Back on {time}").format(time=day_and_time(until, act.now, act.zone)), undoable=True)


def set_cause(act: Act, case_id: int, cause: Cause | None) -> Done:
    """Say why the buyer is dissatisfied, or that it is not known."""
    case = act.case(case_id)
    act.held(case)
    before = snapshot(case)
    case.cause = cause
    event_id = act.log(EventKind.CAUSE_SET, case, code=cause, before=before)
    said = _("Cause: {cause}").format(cause=cause_label(cause)) if cause else _("Cause cleared")
    return Done(event_id, said, undoable=True)


def add_note(act: Act, case_id: int, words: str) -> Done:
    """Keep a note about the case for colleagues. Raises Refused for one that ties a remedy to the review."""
    case = act.case(case_id)
    words = words.strip()
    if not words:
        raise Refused(_("Nothing to keep"), _("The note is empty."), _("Type it first; Esc leaves."))
    decent(act.settings, words)
    act.session.add(Note(case_id=case_id, agent_id=act.agent_id, at=act.now, text=words[:NOTE_LENGTH]))
    event_id = act.log(EventKind.NOTED, case, text=words[:NOTE_LENGTH])
    return Done(event_id, _("Noted"), undoable=False)


def escalate(act: Act, case_id: int) -> Done:
    """Hand the case to a lead."""
    case = act.case(case_id)
    act.held(case)
    act.not_in_contact(case)
    before, was = snapshot(case), case.state
    act.move("escalate", case, State.ESCALATED)
    event_id = act.log(EventKind.ESCALATED, case, from_state=was, before=before)
    return Done(event_id, _("With a lead now"), undoable=True)


def take_over(act: Act, case_id: int) -> Done:
    """A lead takes an escalated case, or at once one that a colleague has; not while they are in contact about it."""
    case = act.case(case_id)
    _lead_only(act)
    before, was = snapshot(case), case.state
    if was == State.ESCALATED:
        act.move("take_over", case, State.WORKING)
        act.lease(case)
        event_id = act.log(EventKind.TAKEN_OVER, case, from_state=was, before=before)
        return Done(event_id, _("Taken over"), undoable=True)
    holder = case.owner_id
    if not case.open or holder is None or holder == act.agent_id:
        raise Refused(
            _("Nothing to take over"),
            _("This case is with no colleague, nor with a lead."),
            _("Space claims it."),
        )
    name = act.name_of(holder)
    talking = select(Contact.id).where(
        col(Contact.agent_id) == holder, col(Contact.ended_at).is_(None), col(Contact.case_id) == case.id
    )
    if act.session.exec(talking).first() is not None:
        raise Refused(
            _("A contact is under way"),
            _("{name} is in contact with the buyer right now.").format(name=name),
            _("Take it over when the outcome is recorded."),
        )
    act.session.flush()
    given = belongings(act.connection, case_id, (holder,), act.agent_id)
    give(act.connection, given)
    act.lease(case, case.follow_up_at)
    event_id = act.log(EventKind.TAKEN_OVER, case, subject_id=holder, before={**before, OWNERS: given})
    return Done(event_id, _("Taken over from {name}").format(name=name), undoable=True)


def close(act: Act, case_id: int, result: Result) -> Done:
    """Close the case without a contact. Only evidence closes as verified, never an agent's word."""
    case = act.case(case_id)
    act.held(case)
    act.not_in_contact(case)
    if result in (Result.VERIFIED, Result.UPHELD):
        raise Refused(
            _("Only evidence can say so"),
            _("A changed review is verified by the next import, not by hand."),
            _("Record what the buyer promised; the import proves it."),
        )
    _nothing_owed(act, case)
    before, was = snapshot(case), case.state
    before["dropped"] = act.drop_follow_ups(case)
    before["withdrawn"] = withdraw_promises(act, case)
    act.move("close", case, State.CLOSED, result)
    event_id = act.log(EventKind.CLOSED, case, code=case.result, from_state=was, before=before)
    said = _("Closed: {result}").format(result=result_label(case.result or result))
    return Done(event_id, said, undoable=True)


def _nothing_owed(act: Act, case: Case) -> None:
    """Raise Refused while something is owed: closing takes nothing back that was agreed."""
    owed = select(Remedy.id).where(col(Remedy.case_id) == case.id, col(Remedy.state).in_(OWED))
    if act.session.exec(owed).first() is not None:
        raise Refused(
            _("A remedy is owed"),
            _("What was agreed has not reached the buyer yet, whatever becomes of the review."),
            _("Mark it as delivered once it is; a lead may note in the list of remedies that the buyer does without."),
        )


def reopen(act: Act, case_id: int) -> Done:
    """Work on a closed case again."""
    case = act.case(case_id)
    if no_of(act.connection, case.buyer_id).do_not_contact_at is not None:
        raise Refused(
            _("Do not contact"),
            _("This buyer asked not to be contacted; the case stays closed."),
            _("A lead can lift it with a reason when the buyer came back by themselves."),
        )
    before, was = snapshot(case), case.state
    act.move("reopen", case, State.WORKING)
    case.due_at = act.now
    case.contact_from = act.now
    act.lease(case)
    event_id = act.log(EventKind.REOPENED, case, from_state=was, before=before)
    return Done(event_id, _("Reopened"), undoable=True)


def set_do_not_contact(act: Act, case_id: int, contact_id: int | None = None) -> int:
    """Keep everybody from contacting this buyer again, at once, on every open case of theirs in every shop."""
    case = act.case(case_id)
    buyer = act.session.get_one(Buyer, case.buyer_id)
    buyer.do_not_contact_at = buyer.do_not_contact_at or act.now
    act.session.flush()
    for other in _open_cases(act, rows_of(act.connection, case.buyer_id)):
        other.contact_from = None
        if act.drop_follow_ups(other, lambda one: one.kind not in CONTACT_KINDS):
            other.due_at = act.now
    return act.log(EventKind.DO_NOT_CONTACT_SET, case, contact_id=contact_id, subject_id=buyer.id)


def lift_do_not_contact(act: Act, case_id: int, reason: str) -> Done:
    """A lead lifts it, with a reason that stays in the log."""
    _lead_only(act)
    needs_reason(reason)
    case = act.case(case_id)
    rows = rows_of(act.connection, case.buyer_id)
    silent = [each for each in _buyers(act, rows) if each.do_not_contact_at is not None]
    if not silent:
        raise Refused(_("Not set"), _("This buyer may be contacted."))
    for each in silent:
        each.do_not_contact_at = None
    for other in _open_cases(act, rows):
        other.contact_from = act.now
    event_id = act.log(EventKind.DO_NOT_CONTACT_LIFTED, case, subject_id=case.buyer_id, text=reason)
    return Done(event_id, _("May be contacted again"), undoable=False)


def correct_refusal(act: Act, case_id: int, reason: str) -> Done:
    """A lead takes back a refusal that was recorded by mistake, with a reason; both stay in the log."""
    _lead_only(act)
    needs_reason(reason)
    case = act.case(case_id)
    rows = rows_of(act.connection, case.buyer_id)
    refused = [each for each in _buyers(act, rows) if each.refused_at is not None]
    if not refused and not case.refusals:
        raise Refused(_("No refusal"), _("This buyer has not refused anything."))
    case.refusals = 0
    elsewhere = select(Case.id).where(col(Case.buyer_id).in_(rows), col(Case.id) != case.id, col(Case.refusals) >= FIRM)
    if act.session.exec(elsewhere).first() is None:
        for each in refused:
            each.refused_at = None
    event_id = act.log(EventKind.REFUSAL_CORRECTED, case, subject_id=case.buyer_id, number=0, text=reason.strip())
    return Done(event_id, _("The refusal is taken back"), undoable=False)


def _buyers(act: Act, rows: Sequence[int]) -> Sequence[Buyer]:
    return act.session.exec(select(Buyer).where(col(Buyer.id).in_(rows))).all()


def _open_cases(act: Act, rows: Sequence[int]) -> Sequence[Case]:
    return act.session.exec(select(Case).where(col(Case.buyer_id).in_(rows), col(Case.open) == 1)).all()


def promise_missed(act: Act) -> int:
    """Note some of the buyers' promises whose time, and a day, passed without evidence; return how many.

    A case that only waited for the promise is worked again, when its next step is due. At most `AT_ONCE` are taken,
    so that a desk which was closed for a week does not hold up everybody else: call it until it returns 0.
    """
    due = act.session.exec(
        select(Promise)
        .where(
            # The partial index over open promises is found only by the literal condition.
            text("promise.state = 'open'"),
            col(Promise.by_whom) == PromiseBy.BUYER,
            col(Promise.due_at) <= act.now - GRACE,
        )
        .limit(AT_ONCE)
    ).all()
    for promise in due:
        case = act.case(promise.case_id)
        promise.state, promise.settled_at = PromiseState.MISSED, act.now
        was = case.state
        case.promised_at = None
        act.finish_follow_ups(case, FollowUpKind.CHECK_PROMISE)
        if arrows.allows("promise_missed", State(was), State.WORKING):
            act.move("promise_missed", case, State.WORKING)
            case.due_at = act.now if case.follow_up_at is None else case.follow_up_at
        act.log(EventKind.PROMISE_MISSED, case, subject_id=promise.id, from_state=was)
    return len(due)


def withdraw_promises(act: Act, case: Case) -> list[int]:
    """Stop waiting for what the buyer promised, and return the promises' numbers."""
    waiting = act.session.exec(
        select(Promise).where(
            col(Promise.case_id) == case.id,
            col(Promise.state) == PromiseState.OPEN,
            col(Promise.by_whom) == PromiseBy.BUYER,
        )
    ).all()
    for promise in waiting:
        promise.state, promise.settled_at = PromiseState.WITHDRAWN, act.now
    case.promised_at = None
    return [promise.id or 0 for promise in waiting]


def needs_reason(reason: str) -> None:
    """Raise Refused when no reason was given."""
    if len(reason.strip()) < REASON_LENGTH:
        raise Refused(_("A reason is needed"), _("This is written to the log with its reason."), _("Type why."))


def _lead_only(act: Act) -> None:
    if act.agent.role == Role.AGENT:
        raise Refused(
            _("For a lead"), _("Only a lead may do this."), _("Ask a lead, or hand the case over with its note.")
        )
