"""What the guards of a playbook may ask: read from the case, the buyer, the order, the remedies and what went before.

The counts are the buyer's, not only the case's: who said no about one review is not asked about another as if nothing
had been said, whichever agent or shop it was.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from sqlmodel import col, func, select

from data.casework.act import Act
from data.clock import DAY, MINUTE
from data.models import Buyer, Call, Case, Contact, Event, Promise, Purchase, Remedy, Review
from data.outcomes import LINES, LineResult
from data.platform_rules import APPEND, REVISE, ends_at, may
from data.playbook.asked import MOST_COUNT, Value
from data.playbook.facts import CallFacts
from data.reads.same_person import no_of, rows_of
from data.vocabulary import OWED, EventKind, PromiseBy, PromiseState, RemedyState

FINAL_NO = 2
"""So many refusals are a final no: the second is not asked away."""

_STANDS = {
    RemedyState.OFFERED: "offered",
    RemedyState.ASKED: "offered",
    RemedyState.DECLINED: "declined",
}
_NEVER_STOOD = (RemedyState.WITHDRAWN, RemedyState.REFUSED)
_NOON, _AFTERNOON, _EVENING, _SATURDAY = 12, 14, 18, 6


def call_facts(act: Act, case: Case) -> CallFacts:
    """The case as it stands when a call starts, with what is known of its buyer from every case."""
    review = act.session.get_one(Review, case.review_id)
    order = act.session.get(Purchase, review.purchase_id) if review.purchase_id else None
    traded_at = (order.signed_at or order.paid_at) if order else None
    window = (case.platform, review.created_at, traded_at)
    buyer = act.session.get_one(Buyer, case.buyer_id)
    remedies = act.session.exec(
        select(Remedy)
        .where(col(Remedy.case_id) == case.id, col(Remedy.state).not_in(_NEVER_STOOD))
        .order_by(col(Remedy.id))
    ).all()
    promises = act.session.exec(
        select(Promise.by_whom, Promise.state).where(
            col(Promise.case_id) == case.id, col(Promise.state).in_((PromiseState.OPEN, PromiseState.MISSED))
        )
    ).all()
    reopened = act.session.exec(
        select(Event.id).where(col(Event.case_id) == case.id, col(Event.kind) == EventKind.REOPENED)
    ).first()
    act.session.flush()
    rows = rows_of(act.connection, case.buyer_id)
    final = no_of(act.connection, case.buyer_id).refused_at is not None
    known: dict[str, Value] = {
        **_of_buyer(act, case, buyer, order, refused=final),
        **_of_order(order, act.now),
        **_of_remedies(remedies, act.now),
        **_of_history(act, case),
        "history.broken": (PromiseBy.US, PromiseState.MISSED) in promises,
        **_of_clock(0, act.now, act.zone),
        "clock.weekend": datetime.fromtimestamp(act.now / 1000, act.zone).isoweekday() >= _SATURDAY,
        "clock.window_days": _days_left(*window, act.now),
    }
    return CallFacts(
        platform=case.platform,
        cause=case.cause,
        can_revise=may(window[0], REVISE, window[1], window[2], act.now),
        can_append=may(window[0], APPEND, window[1], window[2], act.now),
        refusals_before=max(refusals_of(act, case.buyer_id), FINAL_NO if final else 0),
        objections_before=_objections(act, rows),
        review_asked_before=case.review_questions,
        remedy_state=_STANDS.get(RemedyState(remedies[-1].state), "accepted") if remedies else "none",
        attempt=max(1, case.calls),
        promised_before=any(by == PromiseBy.BUYER for by, _state in promises),
        reopened=reopened is not None,
        agent_named=bool(act.agent.name and act.agent.title),
        preset=act.settings.playbooks.preset,
        known={name: value for name, value in known.items() if value is not None},
    )


def entry_of(facts: CallFacts, entries: Mapping[str, str], *, incoming: bool = False) -> str:
    """Why one is speaking: the buyer called; or to see whether a delivered remedy helped, as promised, or for the
    first time."""
    wanted = ["promised_followup"] if facts.promised_before else []
    if facts.known.get("remedy.delivered"):
        wanted.insert(0, "remedy_check")
    if incoming:
        wanted = ["incoming_call"]
    return next((entry for entry in wanted if entry in entries), "first_contact")


def learnt(act: Act, case: Case, started_at: int) -> dict[str, Value]:
    """What is known now of the facts that change while a call lasts, which began at `started_at` (UTC ms)."""
    return {"cause": case.cause, **_of_clock(act.now - started_at, act.now, act.zone)}


def refusals_of(act: Act, buyer_id: int) -> int:
    """How often the buyer said no to the review question, over all their cases in every shop of the owner."""
    rows = rows_of(act.connection, buyer_id)
    total = act.session.exec(
        select(func.sum(col(Case.refusals))).where(col(Case.buyer_id).in_(rows), col(Case.withdrawn_at).is_(None))
    ).one()
    return int(total or 0)


def _objections(act: Act, rows: Sequence[int]) -> dict[str, int]:
    """How often the buyer raised each objection on earlier calls; what was stepped back from was never raised."""
    runs = act.session.exec(
        select(Call.run).join(Contact, col(Contact.id) == col(Call.contact_id)).where(col(Contact.buyer_id).in_(rows))
    ).all()
    raised: Counter[str] = Counter()
    for run in runs:
        raised.update(json.loads(run)["raised"])
    return dict(sorted(raised.items()))


def _of_buyer(act: Act, case: Case, buyer: Buyer, order: Purchase | None, *, refused: bool) -> dict[str, Value]:
    orders = _counted(act.session.exec(select(func.count()).where(col(Purchase.buyer_id) == buyer.id)).one())
    cases = act.session.exec(
        select(func.count()).where(
            col(Case.buyer_id) == buyer.id, col(Case.id) != case.id, col(Case.withdrawn_at).is_(None)
        )
    ).one()
    others = max(0, orders - (order is not None))
    return {
        "buyer.new": others == 0,
        "buyer.orders": others,
        "buyer.cases": _counted(cases),
        "buyer.refused": refused,
        "buyer.prefers": buyer.preferred_channel,
    }


def _of_order(order: Purchase | None, now: int) -> dict[str, Value]:
    if order is None:
        return {"order.known": False}
    since = order.signed_at or order.paid_at
    return {
        "order.known": True,
        "order.signed": order.signed_at is not None,
        "order.late": order.expected_at is not None and (order.signed_at or now) > order.expected_at,
        "order.tracked": bool(order.carrier and order.tracking),
        "order.days": None if since is None else _counted((now - since) // DAY),
    }


def _of_remedies(remedies: Sequence[Remedy], now: int) -> dict[str, Value]:
    owed = [each for each in remedies if each.state in OWED]
    delivered = any(each.state in (RemedyState.DELIVERED, RemedyState.TOLD) for each in remedies)
    return {
        "remedy.overdue": any(each.due_at is not None and each.due_at < now for each in owed),
        "remedy.delivered": delivered and not owed,
    }


def _of_history(act: Act, case: Case) -> dict[str, Value]:
    before = act.session.exec(
        select(Contact.line, Contact.started_at)
        .where(col(Contact.case_id) == case.id, col(Contact.line).is_not(None))
        .order_by(col(Contact.started_at).desc())
    ).all()
    if not before:
        return {"history.talks": 0}
    line, started_at = before[0]
    reached = sum(LINES[LineResult(each)].reached for each, _at in before if each)
    return {
        "history.last": line,
        "history.days": _counted((act.now - started_at) // DAY),
        "history.talks": _counted(reached),
    }


def _of_clock(lasted: int, now: int, zone: tzinfo) -> dict[str, Value]:
    hour = datetime.fromtimestamp(now / 1000, zone).hour
    parts = ((_NOON, "morning"), (_AFTERNOON, "noon"), (_EVENING, "afternoon"))
    part = next((name for until, name in parts if hour < until), "evening")
    return {"clock.minutes": _counted(lasted // MINUTE), "clock.part": part}


def _days_left(platform: str, reviewed_at: int, traded_at: int | None, now: int) -> int | None:
    """Days that are left to the buyer for changing the review or adding to it, whichever is longer."""
    ends = [ends_at(platform, act, reviewed_at, traded_at) for act in (REVISE, APPEND)]
    known = [end for end in ends if end is not None]
    return _counted((max(known) - now) // DAY) if known else None


def _counted(count: int) -> int:
    return min(max(0, count), MOST_COUNT)
