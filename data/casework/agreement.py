"""What the buyer says of a remedy in a contact: one yes is one remedy, by name wherever one was named."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from data.casework import following, ledger
from data.casework.act import Act
from data.casework.limits import above_limit
from data.errors import Refused
from data.language import _
from data.models import Case, Contact, Event, Remedy
from data.playbook.facts import SETTLED
from data.vocabulary import EventKind, RemedyKind, RemedyState

_SPOKEN_OF = (RemedyState.OFFERED, RemedyState.ASKED, RemedyState.ACCEPTED, RemedyState.DECLINED)
_SAID = (EventKind.REMEDY_PROPOSED, EventKind.REMEDY_ASKED, EventKind.REMEDY_ACCEPTED, EventKind.REMEDY_DECLINED)

# Put together once: a step of a call that speaks of a remedy asks them, and is to show within a frame.
_MADE = (
    select(Remedy)
    .where(
        col(Remedy.case_id) == bindparam("case_id"),
        col(Remedy.state).in_(_SPOKEN_OF),
        col(Remedy.offered_at) >= bindparam("began"),
    )
    .order_by(col(Remedy.id).desc())
)
_TOUCHED = select(Event.subject_id).where(col(Event.contact_id) == bindparam("contact_id"), col(Event.kind).in_(_SAID))
_BEFORE = (
    select(Remedy)
    .where(
        col(Remedy.case_id) == bindparam("case_id"),
        col(Remedy.offered_at) < bindparam("began"),
        col(Remedy.detail) != "",
        or_(col(Remedy.state) == RemedyState.OFFERED, col(Remedy.id).in_(_TOUCHED)),
    )
    .order_by(col(Remedy.id).in_(_TOUCHED).desc(), col(Remedy.id).desc())
    .limit(1)
)


def agreed(act: Act, case: Case, contact_id: int | None) -> None:
    """The outcome says that a remedy was agreed. It is what was offered by name, the newest, or what a lead is asked
    about already; only where nothing was offered is it one without a name. What is owed already stays the only one."""
    if following.is_owed(act, case):
        case.settled = 1
        return
    offered = act.session.exec(
        select(Remedy)
        .where(col(Remedy.case_id) == case.id, col(Remedy.state).in_((RemedyState.OFFERED, RemedyState.ASKED)))
        .order_by(col(Remedy.id).desc())
    ).all()
    picked = [each for each in offered if each.detail and each.state == RemedyState.OFFERED]
    if not picked and any(each.state == RemedyState.ASKED for each in offered):
        return
    _yes(act, case, next(iter(picked or offered), None) or _unnamed(act, case), contact_id)


def make_ready(act: Act) -> None:
    """Ask once, of no case, what the first step that speaks of a remedy asks: putting it into words takes longer."""
    _made_in(act, 0, 0)
    _offered_before(act, 0, 0, 0)


def told(act: Act, case: Case, contact: Contact, stands: str, *, made_here: bool) -> None:
    """A step of the script says how the remedy stands now; a step back says it anew. `made_here` is whether anything
    was said of it in this call. Raises Refused for a yes about which a lead has still to decide."""
    case.settled = int(stands in SETTLED)
    act.session.flush()
    made = _made_in(act, case.id or 0, contact.started_at)
    earlier = [] if made else _offered_before(act, case.id or 0, contact.id or 0, contact.started_at)
    # What was picked is what the buyer speaks of; without that the one thing that was offered in plain words.
    live = [each for each in made if each.state in (RemedyState.OFFERED, RemedyState.ACCEPTED)]
    picked = [each for each in live if each.detail]
    here = picked or live[:1] or [each for each in made if each.state == RemedyState.DECLINED][:1]
    # Stepped back to before anything was said of a remedy here: an earlier one stands as it did, and not twice.
    if stands in ("none", "explained") or not made_here:
        _unsay(act, case, contact, here, earlier)
        return
    here = here or earlier
    if stands == "accepted":
        asked = any(each.state == RemedyState.ASKED for each in made) or (not here and _waits_for_lead(act, case))
        if asked and not picked:
            raise Refused(
                _("A lead has not decided yet"),
                _("What was picked is above your limit; nothing is promised before a lead says yes."),
                _("Pick what you may promise with F5, or go on with “beyond my limit”."),
            )
        if not any(each.state == RemedyState.ACCEPTED for each in here):
            _yes(act, case, next(iter(here), None) or _unnamed(act, case), contact.id)
        return
    state, kind = {
        "offered": (RemedyState.OFFERED, EventKind.REMEDY_PROPOSED),
        "declined": (RemedyState.DECLINED, EventKind.REMEDY_DECLINED),
    }[stands]
    for remedy in here or [_unnamed(act, case)]:
        remedy.state, remedy.accepted_at = state, None
        remedy.due_at = remedy.due_at if remedy.detail else None
        act.log(kind, case, contact_id=contact.id, subject_id=remedy.id)


def _yes(act: Act, case: Case, remedy: Remedy, contact_id: int | None) -> None:
    """The buyer said yes: it is owed, or above the agent's limit a lead is asked, and nothing is owed."""
    above = above_limit(act, remedy)
    if above:
        remedy.state, remedy.asked_at, remedy.accepted_at = RemedyState.ASKED, act.now, None
    else:
        remedy.state = RemedyState.ACCEPTED
        ledger.accepted(act, remedy)
    act.session.add(remedy)
    case.settled = int(not above)
    kind = EventKind.REMEDY_ASKED if above else EventKind.REMEDY_ACCEPTED
    act.log(kind, case, contact_id=contact_id, subject_id=remedy.id)


def _unnamed(act: Act, case: Case) -> Remedy:
    """A remedy of which nobody has said yet what it is."""
    remedy = Remedy(
        case_id=case.id or 0,
        agent_id=act.agent_id,
        owner_id=act.agent_id,
        kind=RemedyKind.AGREED,
        state=RemedyState.OFFERED,
        offered_at=act.now,
    )
    act.session.add(remedy)
    act.session.flush()
    return remedy


def _unsay(act: Act, case: Case, contact: Contact, here: Sequence[Remedy], earlier: Sequence[Remedy]) -> None:
    for remedy in here:
        remedy.state, remedy.accepted_at = RemedyState.DECLINED, None
        act.log(EventKind.REMEDY_DECLINED, case, contact_id=contact.id, subject_id=remedy.id)
    for remedy in earlier:
        if remedy.state != RemedyState.OFFERED:
            remedy.state, remedy.accepted_at, remedy.asked_at = RemedyState.OFFERED, None, None
            act.log(EventKind.REMEDY_PROPOSED, case, contact_id=contact.id, subject_id=remedy.id)


def _made_in(act: Act, case_id: int, began: int) -> Sequence[Remedy]:
    """What was offered since the contact began and is still spoken of, the newest first."""
    return act.session.exec(_MADE, params={"case_id": case_id, "began": began}).all()


def _offered_before(act: Act, case_id: int, contact_id: int, began: int) -> list[Remedy]:
    """What was offered by name before the contact began and still stands, or what this contact has said of it: a yes
    means that, and not another one without a name. The newest alone."""
    asked = {"case_id": case_id, "contact_id": contact_id, "began": began}
    return list(act.session.exec(_BEFORE, params=asked))


def _waits_for_lead(act: Act, case: Case) -> bool:
    """Whether a lead has still to decide about a remedy of the case."""
    waits = select(Remedy.id).where(col(Remedy.case_id) == case.id, col(Remedy.state) == RemedyState.ASKED)
    return act.session.exec(waits).first() is not None
