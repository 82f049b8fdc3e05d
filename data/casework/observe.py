"""What a changed review means for its case: the verb `observe_revision`, for many reviews at once.

Improved to good closes the case as verified, unless a remedy or a check is still owed or a contact is under way:
then the result is noted and the case stays open. Worse brings it back to us. Anything else that the buyer changed
ends our waiting for the buyer. Nothing but an import comes here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.casework import arrows
from data.casework.chain import NewEvent
from data.casework.places import next_id
from data.evidence import changed_at, credited
from data.outcomes import REACHED
from data.reads.same_person import no_of
from data.vocabulary import (
    OWED,
    EventKind,
    FollowUpKind,
    FollowUpState,
    Grade,
    PromiseBy,
    PromiseKind,
    PromiseState,
    Result,
    RevisionKind,
    State,
)

_ORDER = {Grade.BAD: 0, Grade.NEUTRAL: 1, Grade.GOOD: 2}
_OWED_CHECKS = (FollowUpKind.DELIVER_REMEDY, FollowUpKind.SATISFACTION)
_AFTER_PROMISE = (
    FollowUpKind.EVENING_TEXT,
    FollowUpKind.REMINDER,
    FollowUpKind.LAST_TRY,
    FollowUpKind.PUBLIC_REPLY,
)


@dataclass(frozen=True, slots=True)
class Observed:
    """One way in which a known review differs from what a file says now."""

    review_id: int
    kind: RevisionKind
    grade_before: Grade
    grade_after: Grade
    rating_before: int
    rating_after: int
    text_before: str | None
    text_after: str | None
    written_at: int | None = None
    was: Mapping[str, object] = field(default_factory=dict)
    """Other columns of the review as they were, for taking the import back."""

    @property
    def better(self) -> bool:
        """Whether the review has become good."""
        return self.grade_after is Grade.GOOD and self.grade_before is not Grade.GOOD

    @property
    def worse(self) -> bool:
        """Whether the grade has sunk."""
        return _ORDER[self.grade_after] < _ORDER[self.grade_before]


CASE_COLUMNS = (
    "state",
    "result",
    "open",
    "closed_at",
    "due_at",
    "contact_from",
    "grade",
    "follow_up_at",
    "promised_at",
)


@dataclass(slots=True)
class _Case:
    id: int
    buyer_id: int
    state: State
    result: str | None
    open: bool
    closed_at: int | None
    due_at: int
    contact_from: int | None
    grade: str
    follow_up_at: int | None
    promised_at: int | None
    last_event_id: int | None
    dropped: list[int] = field(default_factory=list)
    """Follow-ups that this change has ended."""

    settled: list[int] = field(default_factory=list)
    """Promises that this change has settled."""

    def columns(self) -> dict[str, object]:
        """What a changed review changes of its case."""
        return {name: getattr(self, name) for name in CASE_COLUMNS}


@dataclass(frozen=True, slots=True)
class Observation:
    """When and by which import, and when a case that comes back is due."""

    now: int
    batch_id: int
    agent_id: int | None
    due_at: int
    credit_days: int
    """Days after a contact within which a change counts as its doing."""


def observe(
    connection: sqlite3.Connection, changes: Sequence[Observed], seen: Observation, first_event: int
) -> list[tuple[int, list[NewEvent]]]:
    """Write the revisions and what follows for their cases, inside the caller's transaction.

    Returns each case's number (0 for a review without a case) with its events, in order, still to be appended; the
    first of them all will have the number `first_event`.
    """
    answer = []
    revision_id = next_id(connection, "revision")
    event_id = first_event
    for change in changes:
        case = _case(connection, change.review_id)
        before = dict(case.columns()) if case else None
        events = _consequence(connection, change, case, revision_id, seen)
        last = event_id + len(events) - 1
        told: dict[str, object] = {"review": dict(change.was), "last": last}
        if case is not None:
            told |= {"case": before, "dropped": case.dropped, "settled": case.settled, "previous": case.last_event_id}
        connection.execute(
            "INSERT INTO revision (id, review_id, kind, seen_at, written_at, grade_before, grade_after, rating_before, "
            "rating_after, text_before, text_after, batch_id, event_id, before) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                revision_id,
                change.review_id,
                str(change.kind),
                seen.now,
                change.written_at,
                str(change.grade_before),
                str(change.grade_after),
                change.rating_before,
                change.rating_after,
                change.text_before,
                change.text_after,
                seen.batch_id,
                event_id,
                json.dumps(told, sort_keys=True),
            ),
        )
        answer.append((case.id if case else 0, events))
        revision_id += 1
        event_id = last + 1
    return answer


def _case(connection: sqlite3.Connection, review_id: int) -> _Case | None:
    row = connection.execute(
        "SELECT id, buyer_id, state, result, open, closed_at, due_at, contact_from, grade, follow_up_at, promised_at, "
        "last_event_id FROM review_case WHERE review_id = ?",
        (review_id,),
    ).fetchone()
    return _Case(row[0], row[1], State(row[2]), row[3], bool(row[4]), *row[5:]) if row else None


def _consequence(
    connection: sqlite3.Connection, change: Observed, case: _Case | None, revision_id: int, seen: Observation
) -> list[NewEvent]:
    was = case.state if case else None
    more: list[NewEvent] = []
    if case is not None:
        changed = changed_at(change.written_at, seen.now)
        if change.better:
            more = _better(connection, case, seen, changed)
        elif change.worse:
            more = _worse(connection, case, seen)
        elif change.kind in (RevisionKind.REVISED, RevisionKind.APPENDED):
            more = _answered(connection, case, change.kind, seen, changed)
        arrows.check("observe_revision", was or case.state, case.state)
        _write(connection, case, change.grade_after, seen.now)
    event = NewEvent(
        at=seen.now,
        kind=EventKind.REVISION_OBSERVED,
        agent_id=seen.agent_id,
        case_id=case.id if case else None,
        contact_id=_credit(connection, case.id, changed, seen) if case and change.better else None,
        subject_id=revision_id,
        code=str(change.kind),
        number=change.rating_after,
        from_state=str(was) if was else None,
        to_state=str(case.state) if case else None,
    )
    return [event, *more]


def _credit(connection: sqlite3.Connection, case_id: int, changed: int, seen: Observation) -> int | None:
    """The contact whose doing it is that a review became good; None for nobody's."""
    lines = ", ".join("?" * len(REACHED))
    contacts = connection.execute(
        f"SELECT id, started_at FROM contact WHERE case_id = ? AND line IN ({lines})", (case_id, *REACHED)
    )
    return credited(contacts, changed, seen.credit_days)


def _better(connection: sqlite3.Connection, case: _Case, seen: Observation, changed: int) -> list[NewEvent]:
    kept = _settle_promises(connection, case, seen, {PromiseKind.REVISE}, changed, withdraw=True)
    case.result = Result.VERIFIED
    if not case.open:
        return kept
    owed_at = _owed_at(connection, case.id)
    if owed_at is None:
        case.state, case.open, case.closed_at, case.contact_from = State.CLOSED, False, seen.now, None
        _settle_follow_ups(connection, case, seen, spare=())
        return kept
    _settle_follow_ups(connection, case, seen, spare=_OWED_CHECKS)
    if case.state is State.WAITING_BUYER:
        case.state, case.due_at = State.WAITING_US, min(owed_at, seen.due_at)
    return kept


def _worse(connection: sqlite3.Connection, case: _Case, seen: Observation) -> list[NewEvent]:
    kept = _settle_promises(connection, case, seen, set(), seen.now, withdraw=True)
    _settle_follow_ups(connection, case, seen, spare=_OWED_CHECKS)
    if not case.open:
        forbidden = no_of(connection, case.buyer_id).do_not_contact_at
        case.contact_from = None if forbidden is not None else seen.now
    case.state, case.open, case.closed_at, case.result = State.WORKING, True, None, None
    case.due_at = seen.due_at
    return kept


def _answered(
    connection: sqlite3.Connection, case: _Case, kind: RevisionKind, seen: Observation, changed: int
) -> list[NewEvent]:
    done = PromiseKind.REVISE if kind is RevisionKind.REVISED else PromiseKind.APPEND
    kept = _settle_promises(connection, case, seen, {done}, changed, withdraw=False)
    if not case.open:
        return kept
    # The buyer has acted: nobody reminds them. What was promised otherwise, or agreed for a time, stays.
    awaited = connection.execute(
        "SELECT 1 FROM promise WHERE case_id = ? AND by_whom = ? AND state = ?",
        (case.id, str(PromiseBy.BUYER), str(PromiseState.OPEN)),
    ).fetchone()
    spare = [*_OWED_CHECKS, *([FollowUpKind.CHECK_PROMISE] if awaited else [])]
    if case.state is State.WAITING_BUYER:
        _settle_follow_ups(connection, case, seen, spare=spare)
        case.state, case.due_at = State.WORKING, seen.due_at
        return kept
    ended = _AFTER_PROMISE if awaited else (*_AFTER_PROMISE, FollowUpKind.CHECK_PROMISE)
    _settle_follow_ups(connection, case, seen, spare=[kind for kind in FollowUpKind if kind not in ended])
    if case.dropped and case.state is State.SCHEDULED and not _to_follow(connection, case.id):
        case.state, case.due_at = State.WORKING, seen.due_at
    return kept


def _to_follow(connection: sqlite3.Connection, case_id: int) -> bool:
    found = connection.execute(
        "SELECT 1 FROM follow_up WHERE case_id = ? AND state = ?", (case_id, str(FollowUpState.OPEN))
    ).fetchone()
    return found is not None


def _owed_at(connection: sqlite3.Connection, case_id: int) -> int | None:
    """When the earliest thing is due that we still owe the buyer, or that is under way; None when there is none."""
    marks = ", ".join("?" * len(OWED))
    checks = ", ".join("?" * len(_OWED_CHECKS))
    row = connection.execute(
        f"SELECT min(at) FROM (SELECT coalesce(due_at, offered_at) AS at FROM remedy WHERE case_id = ? "
        f"AND state IN ({marks}) "
        "UNION ALL SELECT due_at FROM promise WHERE case_id = ? AND by_whom = ? AND state = ? "
        f"UNION ALL SELECT due_at FROM follow_up WHERE case_id = ? AND state = ? AND kind IN ({checks}) "
        "UNION ALL SELECT started_at FROM contact WHERE case_id = ? AND ended_at IS NULL) AS owed",
        (
            case_id,
            *map(str, OWED),
            *(case_id, str(PromiseBy.US), str(PromiseState.OPEN)),
            *(case_id, str(FollowUpState.OPEN), *map(str, _OWED_CHECKS)),
            case_id,
        ),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def _settle_promises(
    connection: sqlite3.Connection,
    case: _Case,
    seen: Observation,
    kept: set[PromiseKind],
    changed: int,
    *,
    withdraw: bool,
) -> list[NewEvent]:
    """Settle what the buyer promised: these kinds are kept, the others withdrawn where nobody waits for them now.

    The contact at which a promise was made gets the credit for it, where the change falls into its window.
    """
    events = []
    for promise_id, kind, contact_id, started_at in connection.execute(
        "SELECT p.id, p.kind, t.id, t.started_at FROM promise p LEFT JOIN contact t ON t.id = p.contact_id "
        "WHERE p.case_id = ? AND p.by_whom = ? AND p.state = ? ORDER BY p.id",
        (case.id, str(PromiseBy.BUYER), str(PromiseState.OPEN)),
    ).fetchall():
        is_kept = PromiseKind(kind) in kept
        if not is_kept and not withdraw:
            continue
        state = PromiseState.KEPT if is_kept else PromiseState.WITHDRAWN
        connection.execute(
            "UPDATE promise SET state = ?, settled_at = ? WHERE id = ?", (str(state), seen.now, promise_id)
        )
        case.settled.append(promise_id)
        if is_kept:
            events.append(
                NewEvent(
                    at=seen.now,
                    kind=EventKind.PROMISE_KEPT,
                    agent_id=seen.agent_id,
                    case_id=case.id,
                    contact_id=credited([(contact_id, started_at)], changed, seen.credit_days) if contact_id else None,
                    subject_id=promise_id,
                    code=kind,
                )
            )
    return events


def _settle_follow_ups(
    connection: sqlite3.Connection, case: _Case, seen: Observation, spare: Sequence[FollowUpKind]
) -> None:
    opened = connection.execute(
        "SELECT id, kind FROM follow_up WHERE case_id = ? AND state = ? ORDER BY id",
        (case.id, str(FollowUpState.OPEN)),
    ).fetchall()
    dropped = [number for number, kind in opened if kind not in spare]
    connection.executemany(
        "UPDATE follow_up SET state = ?, settled_at = ? WHERE id = ?",
        [(str(FollowUpState.DROPPED), seen.now, number) for number in dropped],
    )
    case.dropped.extend(dropped)


def _write(connection: sqlite3.Connection, case: _Case, grade: Grade, now: int) -> None:
    connection.execute(
        "UPDATE review_case SET grade = :grade, state = :state, result = :result, open = :open, "
        "closed_at = :closed_at, due_at = :due_at, contact_from = :contact_from, "
        "follow_up_at = (SELECT min(due_at) FROM follow_up WHERE case_id = :id AND state = 'open'), "
        "promised_at = (SELECT min(due_at) FROM promise WHERE case_id = :id AND by_whom = 'buyer' "
        "AND state = 'open'), clock_at = :now WHERE id = :id",
        {
            "id": case.id,
            "grade": str(grade),
            "state": str(case.state),
            "result": case.result,
            "open": int(case.open),
            "closed_at": case.closed_at,
            "due_at": case.due_at,
            "contact_from": case.contact_from,
            "now": now,
        },
    )
