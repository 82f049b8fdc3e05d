"""The ledger of remedies: what was offered, who decided, what is owed and how far it is.

Nothing here looks at the review, and no verb about the review comes here: what was agreed stays agreed whatever the
buyer does. The ways of a remedy are in `data.remedies.life`.
"""

from __future__ import annotations

import re

from sqlmodel import col, select

from data.casework import following, remedies, tasks, upkeep
from data.casework.act import Act, snapshot
from data.casework.limits import catalogue_of, decides, entry_of, lead_only, within_limit, worth_asking
from data.clock import DAY, HOUR
from data.contact_rules import day_and_time
from data.decency import decent_remedy
from data.errors import Refused
from data.language import _
from data.models import Case, Purchase, Remedy, Review, Shop
from data.protocols import Offer
from data.remedies import life
from data.remedies.fitting import Asked, Fit, measured
from data.rows import Done
from data.times import by_the_hour
from data.vocabulary import EventKind, RemedyKind, RemedyState, Result, Role, State

MOST_WORDS = 120
"""Characters of a remedy in somebody's own words."""

_TRACKING = re.compile(r"[A-Za-z0-9-]{4,40}", re.ASCII)


def propose_remedy(act: Act, case_id: int, offer: Offer) -> Done:
    """Enter what is offered to the buyer. What is above the agent's limit, or names money in an agent's own words,
    waits for a lead.

    Where something was agreed before anybody said what, this says it. Raises Refused for what is not in the
    catalogue or out of its range, and for words that tie it to the review.
    """
    case = act.case(case_id)
    act.held(case)
    fit = _fit(act, case, offer)
    words = " ".join(offer.words.split())[:MOST_WORDS]
    decent_remedy(act.settings, words)
    if fit is None and not words:
        raise Refused(_("Nothing to offer"), _("Say what is offered."), _("Pick one, or type it."))
    asks = worth_asking(act, words)
    above = bool(asks) or (fit is not None and fit.above_limit)
    remedy = _unsaid(act, case)
    if above and remedy is not None and remedy.state != RemedyState.ACCEPTED:
        remedy = None
    fresh = remedy is None
    if remedy is None:
        state = RemedyState.ASKED if above else RemedyState.OFFERED
        remedy = Remedy(case_id=case_id, agent_id=act.agent_id, kind=RemedyKind.AGREED, state=state, offered_at=act.now)
    remedy.owner_id = act.agent_id
    if above:
        # The buyer's yes was to this: it waits for a lead, and nothing is owed beside it.
        remedy.state, remedy.accepted_at = RemedyState.ASKED, None
    remedy.asked_at = act.now if above else None
    _describe(act, case, remedy, fit, words)
    remedy.due_at = due_of(act, remedy)
    act.session.add(remedy)
    act.session.flush()
    before = {**snapshot(case), "remedies": [[remedy.id, RemedyState.WITHDRAWN, remedy.state]]} if fresh else None
    if remedy.state == RemedyState.ACCEPTED:
        following.sure_to_deliver(act, case)
    elif not fresh:
        case.settled = int(following.is_owed(act, case))
    kind = EventKind.REMEDY_ASKED if above else EventKind.REMEDY_PROPOSED
    event_id = act.log(kind, case, subject_id=remedy.id, code=remedy.kind, number=remedy.cost_minor, before=before)
    told = _("Above your limit, a lead is asked: {what}") if above else _("Offered: {what}")
    if asks:
        told = _("“{part}” is for a lead to promise, one is asked: {what}")
    return Done(event_id, told.format(part=asks, what=remedy.detail), undoable=fresh)


def ask_approval(act: Act, remedy_id: int) -> Done:
    """Ask a lead about an offer."""
    remedy, case = _found(act, remedy_id)
    act.held(case)
    before = _go(act, "ask_approval", remedy, case)
    remedy.asked_at = act.now
    event_id = _log(act, EventKind.REMEDY_ASKED, remedy, case, before=before)
    return Done(event_id, _("A lead is asked: {what}").format(what=remedy.detail), undoable=True)


def approve_remedy(act: Act, remedy_id: int, reason: str = "") -> Done:
    """A lead says yes to what an agent may not decide alone: from then on it is owed. The reason is kept."""
    remedy, case = _found(act, remedy_id)
    decides(act, remedy)
    decent_remedy(act.settings, reason)
    was = case.state
    _go(act, "approve_remedy", remedy, case)
    remedy.decided_by, remedy.decided_at, remedy.accepted_at = act.agent_id, act.now, act.now
    remedy.due_at = due_of(act, remedy)
    if case.state == State.ESCALATED:
        # The lead has decided what it was with them for: it goes back to whoever talks to the buyer.
        act.move("take_over", case, State.WORKING)
        act.lease(case, to=remedy.agent_id)
    owe(act, case)
    event_id = _log(act, EventKind.REMEDY_APPROVED, remedy, case, was=was, text=reason.strip() or None)
    return Done(event_id, _("Approved: {what}").format(what=remedy.detail), undoable=False)


def refuse_approval(act: Act, remedy_id: int, reason: str) -> Done:
    """A lead says no, with a reason for the agent, who may offer something else."""
    remedy, case = _found(act, remedy_id)
    decides(act, remedy)
    upkeep.needs_reason(reason)
    decent_remedy(act.settings, reason)
    was = case.state
    _go(act, "refuse_approval", remedy, case)
    remedy.decided_by, remedy.decided_at = act.agent_id, act.now
    if case.state == State.ESCALATED:
        act.move("take_over", case, State.WORKING)
        act.lease(case, to=remedy.agent_id)
        case.due_at = min(case.due_at, act.now)
    event_id = _log(act, EventKind.REMEDY_REFUSED, remedy, case, was=was, text=reason.strip())
    return Done(event_id, _("Refused: {what}").format(what=remedy.detail), undoable=False)


def accept_remedy(act: Act, remedy_id: int) -> Done:
    """The buyer agreed: it is owed from now on. Raises Refused above the agent's limit."""
    remedy, case = _found(act, remedy_id)
    act.held(case)
    within_limit(act, remedy)
    _go(act, "accept_remedy", remedy, case)
    accepted(act, remedy)
    was = case.state
    owe(act, case)
    tasks.arise(act, case)
    event_id = _log(act, EventKind.REMEDY_ACCEPTED, remedy, case, was=was)
    by = day_and_time(remedy.due_at or act.now, act.now, act.zone)
    told = _("Agreed: {what}, by {time}").format(what=remedy.detail or _("remedy"), time=by)
    return Done(event_id, told, undoable=False)


def decline_remedy(act: Act, remedy_id: int) -> Done:
    """The buyer does not want what was offered."""
    remedy, case = _found(act, remedy_id)
    act.held(case)
    before = _go(act, "decline_remedy", remedy, case)
    case.settled = 1
    event_id = _log(act, EventKind.REMEDY_DECLINED, remedy, case, before=before)
    return Done(event_id, _("Not wanted: {what}").format(what=remedy.detail or _("remedy")), undoable=True)


def waive_remedy(act: Act, remedy_id: int, reason: str) -> Done:
    """The buyer does without what is owed, of their own accord: only a lead says so, with a reason."""
    remedy, case = _found(act, remedy_id)
    lead_only(act)
    upkeep.needs_reason(reason)
    decent_remedy(act.settings, reason)
    _go(act, "waive_remedy", remedy, case)
    event_id = _log(act, EventKind.REMEDY_WAIVED, remedy, case, text=reason.strip())
    remedies.less_owed(act, case)
    return Done(event_id, _("The buyer does without: {what}").format(what=remedy.detail), undoable=False)


def issue_remedy(act: Act, remedy_id: int, tracking: str = "") -> Done:
    """It is on its way: sent with a parcel number, or issued on the platform."""
    remedy, case = _found(act, remedy_id)
    act.held(case)
    number = "".join(tracking.split())
    if number and not _TRACKING.fullmatch(number):
        raise Refused(
            _("Not a parcel number"), _("It has letters, digits and - only, from 4 to 40."), _("Type it again.")
        )
    before = _go(act, "issue_remedy", remedy, case)
    remedy.owner_id, remedy.issued_at, remedy.tracking = act.agent_id, act.now, number or remedy.tracking
    event_id = _log(act, EventKind.REMEDY_ISSUED, remedy, case, before=before)
    return Done(event_id, _("On its way: {what}").format(what=remedy.detail or _("remedy")), undoable=True)


def deliver_remedy(act: Act, remedy_id: int) -> Done:
    """One remedy has reached the buyer; when nothing more is owed, the buyer is asked whether all is well."""
    remedy, case = _found(act, remedy_id)
    act.held(case)
    life.after("deliver_remedy", RemedyState(remedy.state))
    return remedies.delivered(act, case, [remedy])


def remedy_told(act: Act, remedy_id: int) -> Done:
    """The buyer was told how far it is; a delivered one is done with that."""
    remedy, case = _found(act, remedy_id)
    act.held(case)
    state = RemedyState(remedy.state)
    if state in (RemedyState.APPROVED, RemedyState.ISSUED):
        before = snapshot(case)
    else:
        before = _go(act, "remedy_told", remedy, case)
    remedy.told_at = act.now
    event_id = _log(act, EventKind.REMEDY_TOLD, remedy, case, before=before)
    return Done(event_id, _("The buyer was told: {what}").format(what=remedy.detail or _("remedy")), undoable=True)


# What the verbs share


def accepted(act: Act, remedy: Remedy) -> None:
    """Note when the buyer agreed, who sees to it, and by when it is to be done."""
    remedy.accepted_at = act.now
    remedy.owner_id = remedy.owner_id or act.agent_id
    remedy.due_at = due_of(act, remedy)


def due_of(act: Act, remedy: Remedy) -> int:
    """By when it is to be done, if nothing else was said: so many hours from now, as the catalogue has it, and said
    to the buyer as a full hour."""
    entry = entry_of(act, remedy)
    return by_the_hour(act.now + (entry.due_hours * HOUR if entry else DAY), act.now, act.zone)


def owe(act: Act, case: Case) -> None:
    """See to it that what was agreed has its task, whatever state the case is in, and that a closed case is open."""
    case.settled = 1
    if not case.open:
        proven = case.result == Result.VERIFIED
        act.move("reopen", case, State.WORKING)
        case.result = Result.VERIFIED if proven else None
        act.lease(case)
    due_at = case.due_at
    following.sure_to_deliver(act, case)
    if case.state in (State.NEW, State.WORKING, State.ESCALATED):
        case.due_at = min(due_at, case.due_at)


def _found(act: Act, remedy_id: int) -> tuple[Remedy, Case]:
    remedy = act.session.get(Remedy, remedy_id)
    if remedy is None:
        raise Refused(_("No such remedy"), _("It is not in the ledger."), _("Look at the list again."))
    return remedy, act.case(remedy.case_id)


def _go(act: Act, verb: str, remedy: Remedy, case: Case) -> dict[str, object]:
    """Follow the table, and give what undo needs."""
    was = RemedyState(remedy.state)
    remedy.state = life.after(verb, was)
    act.session.add(remedy)
    return {**snapshot(case), "remedies": [[remedy.id, was, remedy.state]]}


def _log(
    act: Act,
    kind: EventKind,
    remedy: Remedy,
    case: Case,
    *,
    was: str | None = None,
    before: dict[str, object] | None = None,
    text: str | None = None,
) -> int:
    moved = was if was != case.state else None
    return act.log(
        kind, case, subject_id=remedy.id, code=remedy.kind, number=remedy.due_at, from_state=moved, before=before,
        text=text,
    )  # fmt: skip


def asked_of(act: Act, case: Case, role: Role) -> Asked:
    """What is asked of the catalogue for a case by whoever decides in that role."""
    review = act.session.get_one(Review, case.review_id)
    order = act.session.get(Purchase, review.purchase_id) if review.purchase_id else None
    return Asked(
        case.cause,
        order.amount_minor if order else None,
        order.currency if order else catalogue_of(act).currency,
        role,
        act.settings.remedies.new_one_first,
    )


def _fit(act: Act, case: Case, offer: Offer) -> Fit | None:
    if not offer.entry:
        return None
    entry = catalogue_of(act).get(offer.entry)
    asked = asked_of(act, case, Role(act.agent.role))
    if entry is None or (entry.of_the_order and not asked.order_minor):
        raise Refused(
            _("Not in the catalogue"), _("This remedy cannot be worked out for this order."), _("Pick another.")
        )
    try:
        return measured(entry, asked, quantity=offer.quantity)
    except ValueError as error:
        raise Refused(
            _("Out of the range"),
            _("It goes from {least} to {most}.").format(least=entry.least, most=entry.most),
            _("Type another amount."),
        ) from error


def _unsaid(act: Act, case: Case) -> Remedy | None:
    """What was agreed or offered on this case before anybody said what."""
    return act.session.exec(
        select(Remedy)
        .where(
            col(Remedy.case_id) == case.id,
            col(Remedy.kind) == RemedyKind.AGREED,
            col(Remedy.entry).is_(None),
            col(Remedy.detail) == "",
            col(Remedy.state).in_((RemedyState.OFFERED, RemedyState.ACCEPTED)),
        )
        .order_by(col(Remedy.id).desc())
    ).first()


def _describe(act: Act, case: Case, remedy: Remedy, fit: Fit | None, words: str) -> None:
    if fit is None:
        remedy.kind, remedy.entry, remedy.detail = RemedyKind.AGREED, None, words
        return
    spoken = act.session.get_one(Shop, case.shop_id).language
    remedy.kind, remedy.entry, remedy.detail = fit.entry.kind, fit.entry.id, words or fit.said(spoken)
    remedy.unit, remedy.quantity = fit.entry.unit, fit.quantity
    remedy.amount_minor, remedy.cost_minor, remedy.currency = fit.amount_minor, fit.cost_minor, fit.currency
    remedy.needs, remedy.freight_by = ",".join(fit.entry.needs), fit.entry.freight_by
