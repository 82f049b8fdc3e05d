"""Whose case it is: claim, release, take the next, hand over."""

from __future__ import annotations

from collections.abc import Collection

from data.casework.act import Act, snapshot
from data.casework.before import OWNERS
from data.casework.belongings import belongings, give
from data.casework.upkeep import NOTE_LENGTH
from data.decency import decent
from data.errors import Refused
from data.language import _
from data.models import Agent, Case, Note
from data.priority import first, rank
from data.reads.contacting import workable
from data.reads.next_up import candidates
from data.rows import Done
from data.vocabulary import EventKind, Role


def claim(act: Act, case_id: int) -> Done:
    """Make the case the agent's for a lease. Atomic: the loser of a race is told who has it.

    A case that its owner has left, by the end of the lease or of the shift, is anybody's; the log keeps whose it was.
    """
    case = act.case(case_id)
    if not case.open:
        raise Refused(
            _("Closed"), _("This case is closed; there is nothing to claim."), _("Reopen it from the buyer screen.")
        )
    act.held(case)
    left_by = case.owner_id if case.owner_id != act.agent_id else None
    event_id = _take(act, case, left_by)
    if left_by is None:
        return Done(event_id, _("Claimed"), undoable=True)
    return Done(event_id, _("Claimed; {name} had it").format(name=act.name_of(left_by)), undoable=True)


def _take(act: Act, case: Case, left_by: int | None) -> int:
    """Lease the case to the agent; the log keeps who has left it, and how."""
    why = act.why_free(case) if left_by is not None else None
    before = snapshot(case)
    act.lease(case)
    return act.log(EventKind.CLAIMED, case, subject_id=left_by, code=why, before=before)


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
    if case.owner_id == to and not act.why_free(case):
        raise Refused(_("Already theirs"), _("{name} has this case.").format(name=colleague))
    before = snapshot(case)
    act.session.flush()
    given = belongings(act.connection, case_id, (case.owner_id, act.agent_id), to)
    give(act.connection, given)
    act.lease(case, case.follow_up_at, to=to)
    words = note.strip()[:NOTE_LENGTH]
    decent(act.settings, words)
    if words:
        act.session.add(Note(case_id=case_id, agent_id=act.agent_id, at=act.now, text=words))
    event_id = act.log(EventKind.HANDED_OVER, case, subject_id=to, before={**before, OWNERS: given}, text=words or None)
    return Done(event_id, _("Handed over to {name}").format(name=colleague), undoable=True)


def receiver(colleague: Agent | None, agent_id: int) -> str:
    """The name of the colleague who is to get a case. Raises Refused for nobody and for oneself."""
    if colleague is None:
        raise Refused(_("No such agent"), _("There is nobody of that number."))
    if colleague.id == agent_id:
        raise Refused(_("That is you"), _("A case is handed over to somebody else."), _("Space claims it."))
    return colleague.name or colleague.login


def claim_next(act: Act, passing_over: Collection[int] = ()) -> int:
    """Claim the most useful case that may be worked and contacted now, as `data.priority` has it; return its number.

    `passing_over` are cases that the agent has just looked at and left. Raises Refused when there is none.
    """
    now, zone, settings = act.now, act.zone, act.settings
    found = [
        facts for facts in candidates(act.connection, act.agent_id, now, zone) if facts.case_id not in passing_over
    ]
    ranked = rank(found, settings.priority, now, zone, act.agent_id)
    chosen = first(ranked, workable(act.connection, now, zone, settings.contact), 1)
    if not chosen:
        raise Refused(
            _("Nothing to take now"),
            _("No open case may be contacted at this moment, or all are taken."),
            _("View 4 shows today's follow-ups; view 1 shows everything."),
        )
    case = act.case(chosen[0].facts.case_id)
    if case.owner_id != act.agent_id or (case.lease_until or 0) <= now:
        _take(act, case, case.owner_id if case.owner_id != act.agent_id else None)
    return case.id or 0
