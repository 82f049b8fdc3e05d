"""What happens in a demo shop before the program has a verb for it: remedies on their way, appeals, wishes.

Each writes plain rows through the same arrows and the same log as casework does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from data.casework import ledger, limits
from data.casework.act import Act
from data.clock import DAY
from data.models import Buyer, Case, Note, Promise, Remedy
from data.remedies.fitting import measured
from data.vocabulary import (
    Channel,
    EventKind,
    FollowUpKind,
    PromiseBy,
    PromiseKind,
    PromiseState,
    RemedyState,
    Result,
    Role,
    State,
)

_ANSWER_WITHIN = 12 * DAY
"""How long a platform takes over an appeal, as far as the demo is concerned."""


def describe_remedy(
    act: Act,
    case: Case,
    how: Mapping[str, Any],
    due_at: int | None,
) -> None:
    """Say what of the catalogue the agreed remedy is, in whose words, and how far it has come.

    What cannot be worked out without the order's price, the story tells: `amount` and `cost` in minor units.
    """
    remedy, entry = _remedy(act, case), limits.catalogue_of(act).entries[how["entry"]]
    fit = measured(entry, ledger.asked_of(act, case, Role.ADMIN), quantity=how.get("quantity"))
    remedy.kind, remedy.entry, remedy.detail = entry.kind, entry.id, how["detail"]
    remedy.state = RemedyState(how["state"])
    remedy.unit, remedy.quantity, remedy.currency = entry.unit, fit.quantity, fit.currency
    remedy.amount_minor, remedy.cost_minor = how.get("amount", fit.amount_minor), how.get("cost", fit.cost_minor)
    remedy.needs, remedy.freight_by = ",".join(entry.needs), entry.freight_by
    remedy.tracking = how.get("tracking")
    if due_at is not None:
        remedy.due_at = due_at
        act.drop_follow_ups(case)
        act.follow_up(case, FollowUpKind.DELIVER_REMEDY, due_at)
        act.log(EventKind.FOLLOW_UP_SET, case, code=FollowUpKind.DELIVER_REMEDY, number=due_at)


def deliver(act: Act, case: Case, ask_at: int) -> None:
    """The remedy has arrived: the verb `remedy_delivered`; the buyer is asked how it went at `ask_at`."""
    remedy = _remedy(act, case)
    remedy.state, remedy.delivered_at = RemedyState.DELIVERED, act.now
    was = case.state
    act.move("remedy_delivered", case, State.SCHEDULED)
    act.finish_follow_ups(case)
    act.follow_up(case, FollowUpKind.SATISFACTION, ask_at)
    act.log(EventKind.REMEDY_DELIVERED, case, subject_id=remedy.id, code=remedy.kind, from_state=was)


def promise_ours(act: Act, case: Case, kind: str, due_at: int) -> None:
    """The shop promises something by a time."""
    promise = Promise(
        case_id=case.id or 0,
        by_whom=PromiseBy.US,
        kind=PromiseKind(kind),
        state=PromiseState.OPEN,
        made_at=act.now,
        due_at=due_at,
    )
    act.session.add(promise)
    act.session.flush()
    act.drop_follow_ups(case)
    follow_up = FollowUpKind.CALLBACK if promise.kind == PromiseKind.CALLBACK else FollowUpKind.DELIVER_REMEDY
    act.follow_up(case, follow_up, due_at)
    act.log(EventKind.PROMISED, case, subject_id=promise.id, code=kind, number=due_at)


def appeal(act: Act, case: Case, words: str) -> None:
    """The platform is asked to judge the review: the verb `appeal`."""
    was = case.state
    act.move("appeal", case, State.APPEALED)
    case.owner_id = case.lease_until = None
    act.drop_follow_ups(case)
    case.due_at = act.now + _ANSWER_WITHIN
    act.session.add(Note(case_id=case.id or 0, agent_id=act.agent_id, at=act.now, text=words))
    act.log(EventKind.APPEALED, case, code=case.cause, from_state=was, text=words)


def decide_appeal(act: Act, case: Case, *, upheld: bool) -> None:
    """The platform has judged: the verb `appeal_result`."""
    was = case.state
    act.move("appeal_result", case, State.CLOSED if upheld else State.WORKING, Result.UPHELD if upheld else None)
    act.log(EventKind.APPEAL_DECIDED, case, code="upheld" if upheld else "rejected", from_state=was)


def prefer(act: Act, case: Case, channel: Channel, start: int, end: int) -> None:
    """The buyer said by which channel and when they like to be reached; minutes of the day."""
    buyer = act.session.get_one(Buyer, case.buyer_id)
    buyer.preferred_channel, buyer.preferred_from, buyer.preferred_until = channel, start, end
    act.log(EventKind.PREFERENCE_SET, case, subject_id=buyer.id, code=channel)


def _remedy(act: Act, case: Case) -> Remedy:
    act.session.flush()
    return act.session.exec(select(Remedy).where(col(Remedy.case_id) == case.id).order_by(col(Remedy.id).desc())).one()
