"""Recording an outcome: what happened on the line, where the case stands, and what follows from both."""

from __future__ import annotations

from sqlmodel import col, select

from data.call_record import Gap, Why
from data.casework import agreement, arrows, following, tasks, upkeep
from data.casework.act import Act
from data.casework.drafts import keep_draft
from data.clock import DAY, MINUTE, minute_of_day, zone
from data.contact_rules import clock, day_and_time
from data.decency import decent
from data.errors import Refused
from data.language import _
from data.models import Buyer, Call, Case, Contact, Personal, Promise
from data.outcomes import (
    LINES,
    STANDINGS,
    LineResult,
    Standing,
    StandingFlags,
    consequence,
    standing_label,
    standings_for,
)
from data.protocols import Disposition
from data.rows import Done
from data.vocabulary import (
    CallState,
    Channel,
    DraftKind,
    EventKind,
    PromiseBy,
    PromiseKind,
    PromiseState,
    State,
)
from data.wording import state_label

FARTHEST = 90 * DAY
"""No promise or callback lies farther ahead than this; a mistyped date would lose the case."""


def record_outcome(act: Act, contact_id: int, disposition: Disposition) -> Done:
    """End a contact. Raises Refused when the two axes do not fit, a needed time is missing or impossible, or the note
    ties a remedy to the review: during a call it is typed freely, so here is the last place to say so.

    The device is what the buyer will have at hand at the agreed time, the channel that of a call-back.
    """
    contact = _open_contact(act, contact_id)
    case = act.case(contact.case_id)
    line, standing = _checked(disposition)
    flags, line_flags = STANDINGS[standing], LINES[line]
    _check_time(act, case, standing, flags, disposition.at)
    decent(act.settings, disposition.note)
    contact.ended_at, contact.line, contact.standing = act.now, line, standing
    contact.note = disposition.note.strip()[: upkeep.NOTE_LENGTH]
    contact.lacks = ",".join(Gap(gap) for gap in disposition.lacks) or None
    contact.lacks_why = Why(disposition.why) if disposition.why and disposition.lacks else None
    if not line_flags.counts_as_attempt and not contact.incoming:
        case.attempts -= 1
        case.calls -= contact.channel == Channel.PHONE
    if line_flags.number_bad and contact.personal_id is not None:
        act.session.get_one(Personal, contact.personal_id).expires_at = act.now
    _end_call(act, contact_id)
    if flags.refusal:
        _refused(act, case, contact_id)
    if flags.owes:
        agreement.agreed(act, case, contact_id)
    if flags.do_not_contact:
        upkeep.set_do_not_contact(act, case.id or 0, contact_id)
    was = case.state
    in_time = arrows.allows("record_outcome", State(was))
    if in_time:
        _lead_on(act, case, contact, disposition)
    else:
        _late(act, case)
    tasks.after_outcome(act, case)
    keep_draft(act.connection, act.agent_id, DraftKind.CALL_NOTE, contact_id, "", act.now)
    keep_draft(act.connection, act.agent_id, DraftKind.OUTCOME, contact_id, "", act.now)
    event_id = act.log(
        EventKind.OUTCOME_RECORDED,
        case,
        contact_id=contact_id,
        code=f"{line}/{standing}",
        number=disposition.at,
        from_state=was,
        text=contact.note or None,
    )
    said = _said(act, case, standing) if in_time else _stays(case, standing)
    return Done(event_id, said, undoable=False)


def _lead_on(act: Act, case: Case, contact: Contact, disposition: Disposition) -> None:
    """Where the case goes from here. Not for an outcome that comes late, when somebody else has led it on already."""
    standing = Standing(disposition.standing)
    flags = STANDINGS[standing]
    if LINES[LineResult(disposition.line)].reached and standing is not Standing.IN_TALK:
        upkeep.withdraw_promises(act, case)
    follows = consequence(standing, owed=following.is_owed(act, case))
    state = follows.state
    if standing is Standing.STILL_WRONG:
        case.settled = 0
        state = State.ESCALATED if _still_wrong_before(act, case, contact) else state
    if flags.owes and not following.is_owed(act, case):
        # What was agreed is above the agent's limit: a lead decides, and the case goes back to whoever offered it.
        state = State.ESCALATED
    act.move("record_outcome", case, state, follows.result)
    if flags.buyer_promised and disposition.at is not None:
        _promise(act, case, contact, disposition.at)
    if case.state == State.CLOSED:
        upkeep.withdraw_promises(act, case)
    else:
        following.follow(act, case, contact, disposition)
    if case.state == State.ESCALATED:
        case.owner_id = case.lease_until = None
    else:
        act.lease(case, case.follow_up_at)


def _late(act: Act, case: Case) -> None:
    """An outcome that comes late leads nowhere, but what was agreed in it is owed, and goes out."""
    if not following.is_owed(act, case):
        return
    if not case.open:
        act.move("reopen", case, State.WORKING)
        act.lease(case)
    following.sure_to_deliver(act, case)


def _still_wrong_before(act: Act, case: Case, contact: Contact) -> bool:
    """Whether what was done had not made it good once already: then a lead looks at it."""
    before = select(Contact.id).where(
        col(Contact.case_id) == case.id,
        col(Contact.standing) == Standing.STILL_WRONG,
        col(Contact.id) != contact.id,
    )
    return act.session.exec(before).first() is not None


def _open_contact(act: Act, contact_id: int) -> Contact:
    contact = act.session.get(Contact, contact_id)
    if contact is None or contact.ended_at is not None or contact.agent_id != act.agent_id:
        raise Refused(
            _("No open contact"),
            _("This contact has its outcome already, or is somebody else's."),
            _("The outcome log shows what was recorded."),
        )
    return contact


def _checked(disposition: Disposition) -> tuple[LineResult, Standing]:
    line, standing = LineResult(disposition.line), Standing(disposition.standing)
    if standing not in standings_for(line):
        raise Refused(
            _("These do not go together"),
            _("“{standing}” cannot come of this contact.").format(standing=standing_label(standing)),
            _("Pick what happened on the line again."),
        )
    return line, standing


def _check_time(act: Act, case: Case, standing: Standing, flags: StandingFlags, at: int | None) -> None:
    if not flags.needs_time:
        return
    if at is None:
        raise Refused(_("An exact time is needed"), _("“Later” is forgotten."), _("Pick a time, or type one."))
    if not act.now + MINUTE <= at <= act.now + FARTHEST:
        raise Refused(_("Not a time to come"), _("The time has passed or is too far away."), _("Pick another."))
    rules, own = act.settings.contact, act.session.get_one(Buyer, case.buyer_id).zone
    minute = minute_of_day(at, zone(own) if own else act.zone)
    if standing is Standing.CALLBACK and not rules.hard_from <= minute < rules.hard_until:
        raise Refused(
            _("Nobody is called then"),
            _("Calls are made between {start} and {end}.").format(
                start=clock(rules.hard_from), end=clock(rules.hard_until)
            ),
            _("Agree on another time, or write."),
        )


def _end_call(act: Act, contact_id: int) -> None:
    call = act.session.exec(select(Call).where(col(Call.contact_id) == contact_id)).first()
    if call is not None and call.state != CallState.ENDED:
        call.state, call.ended_at = CallState.ENDED, act.now


def _refused(act: Act, case: Case, contact_id: int) -> None:
    buyer = act.session.get_one(Buyer, case.buyer_id)
    buyer.refused_at = buyer.refused_at or act.now
    if case.refusals < 2:
        case.refusals = 2
        act.log(EventKind.REFUSED, case, contact_id=contact_id, number=case.refusals)


def _promise(act: Act, case: Case, contact: Contact, at: int) -> None:
    promise = Promise(
        case_id=case.id or 0,
        contact_id=contact.id,
        by_whom=PromiseBy.BUYER,
        kind=PromiseKind.REVISE,
        state=PromiseState.OPEN,
        made_at=act.now,
        due_at=at,
    )
    act.session.add(promise)
    act.session.flush()
    case.promised_at = at
    act.log(EventKind.PROMISED, case, contact_id=contact.id, subject_id=promise.id, number=at)


def _said(act: Act, case: Case, standing: Standing) -> str:
    words = standing_label(standing)
    if case.state == State.CLOSED or case.follow_up_at is None:
        return words
    when = day_and_time(case.follow_up_at, act.now, act.zone)
    return _("{outcome}; next on {time}").format(outcome=words, time=when)


def _stays(case: Case, standing: Standing) -> str:
    return _("{outcome}; the case stays “{state}”").format(
        outcome=standing_label(standing), state=state_label(case.state)
    )
