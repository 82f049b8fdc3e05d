"""Recording an outcome: what happened on the line, where the case stands, and what follows from both."""

from __future__ import annotations

from sqlmodel import col, func, select

from data.casework import arrows, upkeep
from data.casework.act import Act
from data.casework.contacts import facts
from data.casework.drafts import keep_draft
from data.clock import DAY, MINUTE, minute_of_day, zone
from data.contact_rules import clock, contact_from, day_and_time, may_contact
from data.errors import Refused
from data.language import _
from data.models import Buyer, Call, Case, Contact, Personal, Promise, Remedy
from data.outcomes import (
    DELIVER,
    LINES,
    STANDINGS,
    LineResult,
    NextFollowUp,
    Standing,
    StandingFlags,
    consequence,
    standing_label,
    standings_for,
)
from data.protocols import Disposition
from data.rows import ContactFacts, Done
from data.vocabulary import (
    OWED,
    CallState,
    Channel,
    DraftKind,
    EventKind,
    FollowUpKind,
    PromiseBy,
    PromiseKind,
    PromiseState,
    RemedyState,
    State,
)
from data.wording import state_label

FARTHEST = 90 * DAY
"""No promise or callback lies farther ahead than this; a mistyped date would lose the case."""

_NEEDS_A_CONTACT = (FollowUpKind.RETRY, FollowUpKind.REMINDER, FollowUpKind.MESSAGE)


def record_outcome(act: Act, contact_id: int, disposition: Disposition) -> Done:
    """End a contact. Raises Refused when the two axes do not fit, or a needed time is missing or impossible."""
    contact = _open_contact(act, contact_id)
    case = act.case(contact.case_id)
    line, standing = _checked(disposition)
    flags, line_flags = STANDINGS[standing], LINES[line]
    _check_time(act, standing, flags, disposition.at)
    contact.ended_at, contact.line, contact.standing = act.now, line, standing
    contact.note = disposition.note.strip()[: upkeep.NOTE_LENGTH]
    if not line_flags.counts_as_attempt:
        case.attempts -= 1
        case.calls -= contact.channel == Channel.PHONE
    if line_flags.number_bad and contact.personal_id is not None:
        act.session.get_one(Personal, contact.personal_id).expires_at = act.now
    _end_call(act, contact_id)
    if flags.refusal:
        _refused(act, case, contact_id)
    if flags.owes:
        _owe(act, case)
    if flags.do_not_contact:
        upkeep.set_do_not_contact(act, case.id or 0, contact_id)
    was = case.state
    in_time = arrows.allows("record_outcome", State(was))
    if in_time:
        _lead_on(act, case, contact, standing, disposition.at)
    elif flags.owes and case.open:
        act.follow_up(case, DELIVER.kind, act.now + DELIVER.after)
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


def _lead_on(act: Act, case: Case, contact: Contact, standing: Standing, at: int | None) -> None:
    """Where the case goes from here. Not for an outcome that comes late, when somebody else has led it on already."""
    flags = STANDINGS[standing]
    if LINES[LineResult(contact.line or "")].reached:
        upkeep.withdraw_promises(act, case)
    follows = consequence(standing, owed=_owed(act, case))
    act.move("record_outcome", case, follows.state, follows.result)
    if flags.buyer_promised and at is not None:
        _promise(act, case, contact, at)
    if case.state != State.CLOSED:
        _follow(act, case, standing, follows.follow_ups, at)
    if case.state == State.ESCALATED:
        case.owner_id = case.lease_until = None
    else:
        act.lease(case, case.follow_up_at)


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


def _check_time(act: Act, standing: Standing, flags: StandingFlags, at: int | None) -> None:
    if not flags.needs_time:
        return
    if at is None:
        raise Refused(_("An exact time is needed"), _("“Later” is forgotten."), _("Pick a time, or type one."))
    if not act.now + MINUTE <= at <= act.now + FARTHEST:
        raise Refused(_("Not a time to come"), _("The time has passed or is too far away."), _("Pick another."))
    rules = act.settings.contact
    if standing is Standing.CALLBACK and not rules.hard_from <= minute_of_day(at, act.zone) < rules.hard_until:
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


def _owed(act: Act, case: Case) -> bool:
    act.session.flush()
    owed = select(Remedy.id).where(col(Remedy.case_id) == case.id, col(Remedy.state).in_(OWED))
    return act.session.exec(owed).first() is not None


def _owed_by(act: Act, case: Case) -> int | None:
    """When the first of what is owed is due; None when nothing owed has a date."""
    owed = select(func.min(Remedy.due_at)).where(col(Remedy.case_id) == case.id, col(Remedy.state).in_(OWED))
    return act.session.exec(owed).one()


def _owe(act: Act, case: Case) -> None:
    if not _owed(act, case):
        remedy = Remedy(
            case_id=case.id or 0,
            agent_id=act.agent_id,
            kind="agreed",
            state=RemedyState.ACCEPTED,
            offered_at=act.now,
            accepted_at=act.now,
            due_at=act.now + DAY,
        )
        act.session.add(remedy)
        act.session.flush()
        act.log(EventKind.REMEDY_ACCEPTED, case, subject_id=remedy.id)
    case.settled = 1


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


def _follow(act: Act, case: Case, standing: Standing, follow_ups: tuple[NextFollowUp, ...], agreed: int | None) -> None:
    """Set what is next. A follow-up that means disturbing the buyer moves to a time when that is allowed."""
    act.drop_follow_ups(case)
    known = facts(act, case)
    appointment = agreed if standing is Standing.CALLBACK else None
    case.contact_from = (
        None
        if known.do_not_contact_at is not None
        else contact_from(
            known.attempts_at,
            act.now,
            zone(known.zone) if known.zone else act.zone,
            act.settings.contact,
            appointment,
            known.last_line,
        )
    )
    for follow_up in follow_ups:
        due_at = (agreed if follow_up.from_agreed and agreed is not None else act.now) + follow_up.after
        if follow_up == DELIVER:
            # Another talk with the buyer does not put off what is owed already.
            due_at = _owed_by(act, case) or due_at
        channel = Channel.CHAT if follow_up.kind is FollowUpKind.MESSAGE else None
        if follow_up.kind in _NEEDS_A_CONTACT:
            channel, due_at = _when_allowed(act, known, channel or Channel.PHONE, due_at)
        act.follow_up(case, follow_up.kind, due_at, channel)
        act.log(EventKind.FOLLOW_UP_SET, case, code=follow_up.kind, number=due_at)
    if not follow_ups:
        case.due_at = act.now


def _when_allowed(act: Act, known: ContactFacts, channel: Channel, due_at: int) -> tuple[Channel, int]:
    """The channel and the time at which the buyer may be disturbed: by writing where no call will be allowed again."""
    for way in dict.fromkeys((channel, Channel.CHAT)):
        answer = may_contact(known, way, due_at, act.zone, act.settings.contact)
        if answer.allowed:
            return way, due_at
        if answer.earliest is not None:
            return way, answer.earliest
    return channel, due_at


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
