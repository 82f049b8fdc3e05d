"""Starting a contact: the contact question is asked here, and there is no other way to start one."""

from __future__ import annotations

from sqlalchemy import or_
from sqlmodel import col, select

from data.casework import upkeep
from data.casework.act import Act
from data.clock import DAY, day_bounds, zone
from data.contact_rules import Answer, contact_from, day_and_time, may_contact, reason
from data.errors import Refused
from data.language import _
from data.models import Agent, Buyer, Case, Contact, FollowUp, Personal, Promise, Remedy
from data.outcomes import NO_ATTEMPT
from data.reads.same_person import no_of
from data.rows import ContactFacts, PersonalDatum
from data.vocabulary import (
    PROMISE_STANDS,
    REMEDY_STANDS,
    Channel,
    EventKind,
    FollowUpKind,
    FollowUpState,
    PersonalKind,
    PromiseBy,
    Role,
    State,
)

_REMEMBERED = 30 * DAY


def facts(act: Act, case: Case) -> ContactFacts:
    """What the contact rules weigh for this case, as the transaction sees it."""
    act.session.flush()
    buyer = act.session.get_one(Buyer, case.buyer_id)
    attempts = act.session.exec(
        select(Contact.started_at, Contact.case_id, Contact.channel, Contact.line)
        .where(
            col(Contact.buyer_id) == case.buyer_id,
            col(Contact.started_at) > act.now - _REMEMBERED,
            col(Contact.incoming) == 0,
            or_(col(Contact.line).is_(None), col(Contact.line).not_in(NO_ATTEMPT)),
        )
        .order_by(col(Contact.started_at), col(Contact.id))
    ).all()
    _at, last_case_id, last_channel, last_line = attempts[-1] if attempts else (0, None, None, None)
    phone = best_phone(act, case)
    appointment = act.session.exec(
        select(FollowUp.due_at)
        .where(
            col(FollowUp.case_id) == case.id,
            col(FollowUp.state) == FollowUpState.OPEN,
            col(FollowUp.kind) == FollowUpKind.CALLBACK,
        )
        .order_by(col(FollowUp.due_at))
    ).first()
    promised_on = act.session.exec(
        select(Promise.made_at)
        .where(
            col(Promise.case_id) == case.id,
            col(Promise.by_whom) == PromiseBy.BUYER,
            col(Promise.state).in_(PROMISE_STANDS),
        )
        .order_by(col(Promise.made_at).desc())
    ).first()
    said_no = no_of(act.connection, case.buyer_id)
    remedy = act.session.exec(
        select(Remedy.id).where(col(Remedy.case_id) == case.id, col(Remedy.state).in_(REMEDY_STANDS))
    ).first()
    return ContactFacts(
        case_id=case.id or 0,
        buyer_id=case.buyer_id,
        open=bool(case.open),
        state=case.state,
        do_not_contact_at=said_no.do_not_contact_at,
        refused_at=said_no.refused_at,
        attempts_at=tuple(attempt[0] for attempt in attempts),
        calls=case.calls,
        refusals=case.refusals,
        phone=PersonalDatum(
            phone.id or 0, phone.kind, "", bool(phone.virtual), phone.extension is not None, phone.expires_at
        )
        if phone
        else None,
        preferred_channel=buyer.preferred_channel,
        preferred_from=buyer.preferred_from,
        preferred_until=buyer.preferred_until,
        appointment_at=appointment,
        platform=case.platform,
        attempts=case.attempts,
        last_case_id=last_case_id,
        last_channel=last_channel,
        last_line=last_line,
        remedy=remedy is not None,
        promised_on=promised_on,
        preferred_days=buyer.preferred_days,
        zone=buyer.zone,
    )


def best_phone(act: Act, case: Case) -> Personal | None:
    """The number to call: one that has not expired before one that has, the newest first."""
    numbers = act.session.exec(
        select(Personal).where(col(Personal.buyer_id) == case.buyer_id, col(Personal.kind) == PersonalKind.PHONE)
    ).all()
    usable = [number for number in numbers if number.expires_at is None or number.expires_at > act.now]
    return max(usable or numbers, key=lambda number: number.id or 0, default=None)


def start_contact(act: Act, case_id: int, channel: Channel, passing: str = "", *, incoming: bool = False) -> Contact:
    """Count an attempt and make the case `working`. `passing` is a lead's reason for passing a soft rule.

    An `incoming` one the buyer began: it counts as no attempt, and no contact rule forbids to answer.

    Raises Refused when the rules say no, when the agent has no name to give, when somebody else holds the
    case, or when the agent still has a contact without an outcome.
    """
    case = act.case(case_id)
    named(act.agent)
    act.held(case)
    unfinished = act.session.exec(
        select(Contact).where(col(Contact.agent_id) == act.agent_id, col(Contact.ended_at).is_(None))
    ).first()
    if unfinished is not None:
        raise Refused(
            _("One contact at a time"),
            _("Your last contact has no outcome yet."),
            _("Record its outcome first; it is open on the screen that F3 shows."),
        )
    known = facts(act, case)
    if not incoming:
        _permitted(act, case, known, channel, passing)
    was = case.state
    act.move("start_contact", case, State.WORKING)
    here = zone(known.zone) if known.zone else act.zone
    step = None if incoming else act.carry_out(case, day_bounds(act.now, here)[1])
    case.attempts += not incoming
    case.calls += channel is Channel.PHONE and not incoming
    act.lease(case)
    contact = Contact(
        case_id=case_id,
        buyer_id=case.buyer_id,
        agent_id=act.agent_id,
        channel=channel,
        incoming=int(incoming),
        personal_id=known.phone.id if known.phone and channel in (Channel.PHONE, Channel.SMS) else None,
        started_at=act.now,
        step=step.kind if step else None,
    )
    act.session.add(contact)
    act.session.flush()
    if not incoming:
        case.contact_from = contact_from((*known.attempts_at, act.now), act.now, here, act.settings.contact)
    # One that the buyer began is told by its number: 1.
    began = 1 if incoming else None
    act.log(EventKind.CONTACT_STARTED, case, contact_id=contact.id, code=channel, from_state=was, number=began)
    if step is not None:
        act.log(EventKind.FOLLOW_UP_DONE, case, contact_id=contact.id, subject_id=step.id, code=step.kind)
    return contact


def _permitted(act: Act, case: Case, known: ContactFacts, channel: Channel, passing: str) -> None:
    """Raise Refused when the contact rules say no; a lead's reason for passing a soft one is kept."""
    passed = bool(passing) and act.agent.role != Role.AGENT
    answer = may_contact(known, channel, act.now, act.zone, act.settings.contact, passed=passed)
    if not answer.allowed:
        raise refusal(answer, act)
    if passing and not may_contact(known, channel, act.now, act.zone, act.settings.contact).allowed:
        upkeep.needs_reason(passing)
        act.log(EventKind.RULE_OVERRIDDEN, case, code=channel, text=passing)


def refusal(answer: Answer, act: Act) -> Refused:
    """The contact rules' no, as a sentence with the earliest time."""
    when = (
        _("Possible from {time}.").format(time=day_and_time(answer.earliest, act.now, act.zone))
        if answer.earliest is not None
        else _("Not by this channel.")
    )
    words = reason(answer, act.settings.contact)
    return Refused(_("Not now"), _("May not be contacted: {reason}.").format(reason=words), when)


def named(agent: Agent) -> None:
    """Raise Refused until the agent has a name and a role to give; a script never says a login."""
    if not agent.name or not agent.title:
        raise Refused(
            _("Who is calling?"),
            _("You have no display name and role yet; the first line of a call gives them."),
            _("Set them on the screen that opens now."),
        )
