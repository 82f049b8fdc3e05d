"""A call under way: every step, its timing and what it means for the case are on disk before the next line shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import bindparam
from sqlmodel import col, select

from data.call_trail import MARKS, Stepped
from data.casework import agreement
from data.casework.act import Act
from data.casework.call_facts import FINAL_NO, call_facts, entry_of, learnt, refusals_of
from data.casework.contacts import start_contact
from data.errors import PlaybookError, Refused
from data.language import _
from data.models import (
    Buyer,
    Call,
    Case,
    Contact,
    PlaybookText,
)
from data.playbook import run as runs
from data.playbook.asked import Value
from data.playbook.format import Playbook
from data.playbook.spoken import spoken
from data.playbook.state import Run
from data.protocols import Move
from data.reads.people import DRAFT, TRAIL
from data.rows import OpenCall
from data.vocabulary import CallState, Channel, DraftKind, EventKind, StepKind

_STEP_KINDS = {
    "choose": StepKind.CHOSE,
    "objection": StepKind.OBJECTION,
    "back": StepKind.BACK,
    "variant": StepKind.VARIANT,
    "end": StepKind.ENDED,
}


_CALL = (
    select(Call, Contact, Case)
    .join(Contact, col(Contact.id) == col(Call.contact_id))
    .join(Case, col(Case.id) == col(Contact.case_id))
    .where(col(Call.id) == bindparam("call_id"))
)
_KEEP_STEP = """
INSERT INTO call_step (call_id, seq, at, kind, node, choice, variant, words)
VALUES (:call_id, (SELECT coalesce(max(seq), 0) + 1 FROM call_step WHERE call_id = :call_id),
        :at, :kind, :node, :choice, :variant, :words)
"""


def start_call(act: Act, case_id: int, playbook: Playbook, passing: str, *, incoming: bool = False) -> OpenCall:
    """Count a call, unless the buyer called us, and open it at the first line; the playbook's text is kept as it
    stands today."""
    contact = start_contact(act, case_id, Channel.PHONE, passing, incoming=incoming)
    case = act.case(case_id)
    facts = call_facts(act, case)
    run = runs.start(playbook, facts, entry_of(facts, playbook.entries, incoming=incoming))
    if act.session.get(PlaybookText, playbook.hash) is None:
        act.session.add(PlaybookText(hash=playbook.hash, toml=playbook.text, kept_at=act.now))
        act.session.flush()
    call = Call(
        contact_id=contact.id or 0,
        playbook=playbook.id,
        version=playbook.version,
        playbook_hash=playbook.hash,
        state=CallState.OPEN,
        run=json.dumps(run.as_dict(), ensure_ascii=False),
        started_at=act.now,
    )
    act.session.add(call)
    act.session.flush()
    _step(act, call, StepKind.ENTERED, run, playbook)
    act.log(EventKind.REVEALED, case, contact_id=contact.id, subject_id=contact.personal_id, code="call")
    return _open(act, call, contact, case, "")


def advance_call(act: Act, call_id: int, move: Move, playbook: Playbook) -> OpenCall:
    """Take one step in the playbook with which the call was started, and keep it. Raises Refused when the call has
    ended or the step is not open here."""
    call, contact, case = _own(act, call_id)
    before = Run.from_dict(json.loads(call.run))
    after = _moved(playbook, before, move, learnt(act, case, call.started_at))
    # “Tomorrow” counts from the day on which it was said, however long the call is paused afterwards.
    after = replace(after, picked_at=before.picked_at if after.time == before.time else act.now)
    call.run = json.dumps(after.as_dict(), ensure_ascii=False)
    _step(act, call, _STEP_KINDS[move.kind], before, playbook, move.key)
    _tell_case(
        act, case, contact, before, after, made_here=after.remedy == before.remedy or _made_here(playbook, after)
    )
    return _open(act, call, contact, case, _note(act, contact))


def mark_call(act: Act, call_id: int, mark: str, playbook: Playbook) -> OpenCall:
    """Keep what the agent marked while speaking: how fast the buyer speaks, in which temper, or in a hurry. Raises
    Refused when the call has ended."""
    if mark not in MARKS:
        raise ValueError(f"no such mark: {mark}")
    return _beside(act, call_id, StepKind.MARKED, playbook, mark)


def park_call(act: Act, call_id: int, playbook: Playbook) -> OpenCall:
    """Note that the agent left an open call. It stays theirs and open: nobody has two. Raises Refused when the call
    has ended."""
    return _beside(act, call_id, StepKind.PAUSED, playbook)


def resume_call(act: Act, call_id: int, playbook: Playbook) -> OpenCall:
    """Note that the agent took an open call up again, parked or cut off: the time between is nobody's. Raises Refused
    when the call has ended."""
    return _beside(act, call_id, StepKind.RESUMED, playbook)


def _beside(act: Act, call_id: int, kind: StepKind, playbook: Playbook, choice: str = "") -> OpenCall:
    """A step that moves nothing."""
    call, contact, case = _own(act, call_id)
    _step(act, call, kind, Run.from_dict(json.loads(call.run)), playbook, choice)
    return _open(act, call, contact, case, _note(act, contact))


def _own(act: Act, call_id: int) -> tuple[Call, Contact, Case]:
    found = _found(act, call_id)
    if found is None or found[0].state != CallState.OPEN:
        raise Refused(_("The call has ended"), _("It has its outcome already."), _("Go back to the inbox."))
    call, contact, _case = found
    # The call is its agent's to end, even when the lease on the case ran out meanwhile and somebody else has it.
    if contact.agent_id != act.agent_id:
        raise Refused(_("Somebody else's call"), _("This call is not yours."), _("Go back to the inbox."))
    return call, contact, act.case(contact.case_id)


def _found(act: Act, call_id: int) -> tuple[Call, Contact, Case] | None:
    """A call with its contact and its case, in one question: every step of a call asks it."""
    return act.session.exec(_CALL, params={"call_id": call_id}).first()


def make_ready(act: Act) -> None:
    """Ask what the steps of a call ask, of no call: to put a question into words takes as long as a whole step, and
    is done once."""
    _found(act, 0)
    agreement.make_ready(act)


def _note(act: Act, contact: Contact) -> str:
    which = {"agent_id": act.agent_id, "kind": str(DraftKind.CALL_NOTE), "subject_id": contact.id}
    row = act.connection.execute(DRAFT, which).fetchone()
    return str(row[0]) if row else ""


def kept_hash(connection: sqlite3.Connection, call_id: int) -> str:
    """Which playbook's text a call was started with. Raises Refused when there is no such call."""
    row = connection.execute("SELECT playbook_hash FROM call WHERE id = ?", (call_id,)).fetchone()
    if row is None:
        raise Refused(_("No such call"), _("There is no call {id}.").format(id=call_id), _("Go back to the inbox."))
    return str(row[0])


def kept_text(connection: sqlite3.Connection, playbook_hash: str) -> str:
    """The text of a playbook as it was on the day of a call. Raises PlaybookError when it was not kept."""
    row = connection.execute("SELECT toml FROM playbook_text WHERE hash = ?", (playbook_hash,)).fetchone()
    if row is None:
        raise PlaybookError(
            _("The call cannot be taken up again"),
            _("The text that it was started with is gone."),
            _("Record its outcome, and start a new call."),
        )
    return str(row[0])


def _moved(playbook: Playbook, run: Run, move: Move, known: Mapping[str, Value]) -> Run:
    # Kept with a step only when something changed, so that a long call does not repeat itself in its row.
    new = None if known == run.learnt else known
    match move.kind:
        case "choose":
            number, _space, exact = move.key.partition(" ")
            return runs.choose(playbook, run, int(number), exact, new)
        case "objection":
            return runs.raise_objection(playbook, run, move.key, new)
        case "back":
            return runs.back(playbook, run)
        case "variant":
            return runs.reword(playbook, run)
        case "end":
            return runs.end(playbook, run, new)
    raise ValueError(f"no such move: {move.kind}")


def _step(act: Act, call: Call, kind: StepKind, run: Run, playbook: Playbook, choice: str = "") -> None:
    """Keep a step, with the words that stood there when it was taken: that is what was said."""
    act.session.flush()
    group, variant = spoken(playbook, run)
    step = {
        "call_id": call.id,
        "at": act.now,
        "kind": str(kind),
        "node": run.place,
        "choice": choice or None,
        "variant": variant,
        "words": group,
    }
    act.connection.execute(_KEEP_STEP, step)


def _tell_case(act: Act, case: Case, contact: Contact, before: Run, after: Run, *, made_here: bool) -> None:
    """What a step means for the case: refusals, the review question, the remedy; a step back corrects, and both stay
    in the log."""
    for objection, times in after.raised.items():
        if times > before.raised.get(objection, 0):
            act.log(EventKind.OBJECTION_RAISED, case, contact_id=contact.id, code=objection, number=times)
    if after.refusals != before.refusals:
        case.refusals = max(0, case.refusals + after.refusals - before.refusals)
        more = after.refusals > before.refusals
        kind = EventKind.REFUSED if more else EventKind.REFUSAL_CORRECTED
        act.log(kind, case, contact_id=contact.id, number=case.refusals)
        buyer = act.session.get_one(Buyer, case.buyer_id)
        total = refusals_of(act, case.buyer_id)
        if more and total >= FINAL_NO and buyer.refused_at is None:
            buyer.refused_at = act.now
        elif not more and total < FINAL_NO and (buyer.refused_at or 0) >= contact.started_at:
            buyer.refused_at = None
    if after.review_asked != before.review_asked:
        case.review_questions = max(0, case.review_questions + after.review_asked - before.review_asked)
        if after.review_asked > before.review_asked:
            act.log(EventKind.REVIEW_QUESTION_ASKED, case, contact_id=contact.id)
    if after.remedy != before.remedy:
        agreement.told(act, case, contact, after.remedy, made_here=made_here)


def _made_here(playbook: Playbook, run: Run) -> bool:
    """Whether what stands about the remedy was said in this call; else it is what stood when the call began."""
    while run.path:
        earlier = runs.back(playbook, run)
        if earlier.remedy != run.remedy:
            return True
        run = earlier
    return False


def _open(act: Act, call: Call, contact: Contact, case: Case, note: str) -> OpenCall:
    act.session.flush()
    return OpenCall(
        call_id=call.id or 0,
        contact_id=call.contact_id,
        case_id=case.id or 0,
        started_at=call.started_at,
        run=call.run,
        playbook_hash=call.playbook_hash,
        note=note,
        attempt=case.calls,
        incoming=bool(contact.incoming),
        trail=tuple(Stepped(*step) for step in act.connection.execute(TRAIL, {"call_id": call.id})),
    )
