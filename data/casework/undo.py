"""Undo and redo: compensating events, never an erasure. Refused once anybody has acted on the case since.

An act on several cases is taken back as one, on those of its cases that nobody has touched since. An attempt to
contact is never taken back, and neither is a refusal: those are what happened to the buyer. A note given with a
hand-over stays: it was said.

An undoing names in `undoes` the event that it takes back; an act done again names the undoing that it takes back.
Whatever else the agent does clears what could be done again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data.casework.before import BESIDE, KEPT, LAST, OWNERS, REMEDIES, kept
from data.casework.belongings import give
from data.casework.chain import NewEvent, append_events
from data.casework.portions import Hands, by_ids, in_portions
from data.clocks.events import MOVING
from data.errors import Refused
from data.language import N_, _, ngettext
from data.reads.same_person import no_of, silent
from data.rows import Done
from data.several import Progress
from data.vocabulary import CONTACT_KINDS, EventKind, FollowUpState, PromiseState, State

_UNDONE_SAID = {
    EventKind.CLAIMED: N_("Undone: claimed"),
    EventKind.RELEASED: N_("Undone: released"),
    EventKind.HANDED_OVER: N_("Undone: handed over"),
    EventKind.SNOOZED: N_("Undone: snoozed"),
    EventKind.CAUSE_SET: N_("Undone: cause"),
    EventKind.ESCALATED: N_("Undone: handed to a lead"),
    EventKind.TAKEN_OVER: N_("Undone: taken over"),
    EventKind.CLOSED: N_("Undone: closed"),
    EventKind.REOPENED: N_("Undone: reopened"),
    EventKind.REMEDY_PROPOSED: N_("Undone: the offer"),
    EventKind.REMEDY_ASKED: N_("Undone: a lead is not asked"),
    EventKind.REMEDY_DECLINED: N_("Undone: the offer stands"),
    EventKind.REMEDY_ISSUED: N_("Undone: not on its way"),
    EventKind.REMEDY_TOLD: N_("Undone: not told yet"),
}
_REDONE_SAID = {
    EventKind.CLAIMED: N_("Done again: claimed"),
    EventKind.RELEASED: N_("Done again: released"),
    EventKind.HANDED_OVER: N_("Done again: handed over"),
    EventKind.SNOOZED: N_("Done again: snoozed"),
    EventKind.CAUSE_SET: N_("Done again: cause"),
    EventKind.ESCALATED: N_("Done again: handed to a lead"),
    EventKind.TAKEN_OVER: N_("Done again: taken over"),
    EventKind.CLOSED: N_("Done again: closed"),
    EventKind.REOPENED: N_("Done again: reopened"),
    EventKind.REMEDY_PROPOSED: N_("Done again: the offer"),
    EventKind.REMEDY_ASKED: N_("Done again: a lead is asked"),
    EventKind.REMEDY_DECLINED: N_("Done again: not wanted"),
    EventKind.REMEDY_ISSUED: N_("Done again: on its way"),
    EventKind.REMEDY_TOLD: N_("Done again: told"),
}
UNDOABLE = frozenset(_UNDONE_SAID)

_EVENT = ("id", "kind", "case_id", "subject_id", "code", "number", "from_state", "to_state", "before", "undoes")
_SELECT = f"SELECT {', '.join(_EVENT)} FROM event"
# The partial index over the first events of acts is found only by the literal condition.
_NEWEST = f"{_SELECT} WHERE agent_id = ? AND act_id IS NULL AND id < ? ORDER BY id DESC LIMIT 1"
_NEVER = 2**62


@dataclass(frozen=True, slots=True)
class _Event:
    """What undo needs to know of an event; `before` is what it keeps of the case as it was."""

    id: int
    kind: EventKind
    case_id: int | None
    subject_id: int | None
    code: str | None
    number: int | None
    from_state: str | None
    to_state: str | None
    before: dict[str, Any]
    undoes: int | None


@dataclass(frozen=True, slots=True)
class _Step:
    """One case of an act: the event to compensate, and the act's own event, the same unless an undoing is undone."""

    event: _Event
    act: _Event


@dataclass(slots=True)
class _Compensation:
    """An act being taken back or done again, portion by portion."""

    hands: Hands
    back: bool
    """Taken back; otherwise done again."""

    done: int = 0
    too_late: int = 0
    act_id: int | None = None


def undo(hands: Hands, progress: Progress | None = None) -> Done:
    """Take back the agent's last act that still stands. Raises Refused when that cannot be taken back."""
    with hands.store.read() as connection:
        first = _last_standing(connection, hands.agent_id)
        if first is None:
            raise Refused(
                _("Nothing to undo"),
                _("Your last act cannot be taken back."),
                _("A contact and its outcome stay; what follows from them can be changed on the buyer screen."),
            )
        steps = [_Step(event, event) for event in _whole(connection, first.id)]
    work = _compensate(hands, steps, progress, back=True)
    if work.act_id is None:
        raise Refused(
            _("Too late to undo"), _("Somebody has acted on this case since."), _("Open the case to see its history.")
        )
    return Done(work.act_id, _said(work, _UNDONE_SAID[first.kind]), undoable=False)


def redo(hands: Hands, progress: Progress | None = None) -> Done:
    """Do again what the agent has just undone. Raises Refused when nothing was, or somebody has acted since."""
    with hands.store.read() as connection:
        first = _last_undone(connection, hands.agent_id)
        if first is None:
            raise Refused(
                _("Nothing to do again"),
                _("You have undone nothing, or done something else since."),
                _("Backspace undoes your last act."),
            )
        undone = _whole(connection, first.id)
        acts = _by_number(connection, [event.undoes or 0 for event in undone])
        steps = [_Step(event, acts[event.undoes or 0]) for event in undone]
    work = _compensate(hands, steps, progress, back=False)
    if work.act_id is None:
        raise Refused(
            _("Too late to do it again"),
            _("Somebody has acted on this case since."),
            _("Open the case to see its history."),
        )
    return Done(work.act_id, _said(work, _REDONE_SAID[steps[0].act.kind]), undoable=True)


def _said(work: _Compensation, what: str) -> str:
    said = _(what)
    if work.done > 1 or work.too_late:
        said += ", " + ngettext("{count} case", "{count} cases", work.done).format(count=work.done)
    if work.too_late:
        left = ngettext(
            "({count} left: somebody has acted since)", "({count} left: somebody has acted since)", work.too_late
        )
        said += " " + left.format(count=work.too_late)
    return said


# Which act it is


def _read(row: Sequence[Any]) -> _Event:
    values = dict(zip(_EVENT, row, strict=True))
    before = json.loads(values.pop("before") or "{}")
    return _Event(**{**values, "kind": EventKind(values["kind"])}, before=before)


def _newest(connection: sqlite3.Connection, agent_id: int, below: int) -> _Event | None:
    row = connection.execute(_NEWEST, (agent_id, below)).fetchone()
    return _read(row) if row else None


def _last_standing(connection: sqlite3.Connection, agent_id: int) -> _Event | None:
    """Walk back over acts that were undone already, to the newest one that still stands."""
    event = _newest(connection, agent_id, _NEVER)
    while event is not None and event.kind is EventKind.UNDONE and event.code in UNDOABLE:
        (act,) = connection.execute("SELECT coalesce(act_id, id) FROM event WHERE id = ?", (event.undoes,)).fetchone()
        event = _newest(connection, agent_id, act)
    return event if event is not None and event.kind in UNDOABLE and event.before else None


def _last_undone(connection: sqlite3.Connection, agent_id: int) -> _Event | None:
    """Walk back over undoings that were taken back already, to the newest one that still stands."""
    event, taken_back = _newest(connection, agent_id, _NEVER), 0
    while event is not None:
        if event.kind is not EventKind.UNDONE:
            if event.undoes is None:
                return None
            taken_back += 1
        elif event.code not in UNDOABLE:
            # An import was taken back: to do that again is to import the file.
            return None
        elif not taken_back:
            return event
        else:
            taken_back -= 1
        event = _newest(connection, agent_id, event.id)
    return None


def _whole(connection: sqlite3.Connection, act_id: int) -> list[_Event]:
    """All events of an act, in their order."""
    (first,) = connection.execute(f"{_SELECT} WHERE id = ?", (act_id,))
    return [_read(first), *map(_read, connection.execute(f"{_SELECT} WHERE act_id = ? ORDER BY id", (act_id,)))]


def _by_number(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, _Event]:
    found = {}
    for marks, some in by_ids(numbers):
        for row in connection.execute(f"{_SELECT} WHERE id IN ({marks})", some):
            found[row[0]] = _read(row)
    return found


# Taking back, and doing again


def _compensate(hands: Hands, steps: Sequence[_Step], progress: Progress | None, *, back: bool) -> _Compensation:
    work = _Compensation(hands, back)
    in_portions(hands, steps, lambda connection, some: _compensate_some(connection, work, some), progress)
    return work


def _compensate_some(connection: sqlite3.Connection, work: _Compensation, steps: Sequence[_Step]) -> None:
    columns = ("id", "open", *KEPT, LAST, "buyer_id")
    rows: dict[int, dict[str, Any]] = {}
    for marks, ids in by_ids([step.event.case_id or 0 for step in steps]):
        cursor = connection.execute(
            f"SELECT {', '.join(columns)} FROM review_case WHERE id IN ({marks})",
            ids,
        )
        rows |= {values[0]: dict(zip(columns, values, strict=True)) for values in cursor}
    barred = silent(connection, sorted({row["buyer_id"] for row in rows.values()}))
    for row in rows.values():
        row["barred"] = row["buyer_id"] in barred
    events, changes = [], []
    for step in steps:
        row = rows[step.event.case_id or 0]
        if not _untouched(connection, step, row[LAST], back=work.back) or _barred(step, row, back=work.back):
            work.too_late += 1
            continue
        now = {**row, **{name: value for name, value in step.event.before.items() if name in KEPT}}
        if row["barred"]:
            now["contact_from"] = None
        events.append(_event(work, step, row, now))
        now["open"] = int(now["state"] != State.CLOSED)
        changes.append((step, now))
    if not events:
        return
    numbers = append_events(connection, events, as_one=work.act_id is None)
    work.act_id = work.act_id or numbers[0]
    work.done += len(events)
    # A column that is set is written to its indexes even when it is the same.
    changed = [name for name in ("open", *KEPT) if any(now[name] != rows[now["id"]][name] for _step, now in changes)]
    moved = ", clock_at = ?" if any(step.act.kind in MOVING for step, _now in changes) else ""
    at = (work.hands.now,) if moved else ()
    connection.executemany(
        f"UPDATE review_case SET {''.join(f'{name} = ?, ' for name in changed)}{LAST} = ?{moved} WHERE id = ?",
        [
            (*(now[name] for name in changed), step.act.before[LAST] if work.back else number, *at, now["id"])
            for (step, now), number in zip(changes, numbers, strict=True)
        ],
    )
    _settle_beside(connection, work, [step.act for step, _now in changes])
    for _step, now in changes:
        if now["barred"]:
            _keep_silent(connection, work.hands.now, now["id"], now["buyer_id"])


_DROP_CONTACTS = f"""
UPDATE follow_up SET state = 'dropped', settled_at = :now
WHERE case_id = :case_id AND state = 'open' AND kind IN ({", ".join(f"'{kind}'" for kind in sorted(CONTACT_KINDS))})
"""
_DUE_SINCE = """
UPDATE review_case SET due_at = :since, follow_up_at =
(SELECT min(due_at) FROM follow_up WHERE case_id = :case_id AND state = 'open') WHERE id = :case_id
"""


def _keep_silent(connection: sqlite3.Connection, now: int, case_id: int, buyer_id: int) -> None:
    """Whoever asked not to be contacted while the act stood is not to be contacted by what comes back with it: as when
    they asked, the case is due since then, and only to be closed."""
    which = {"now": now, "case_id": case_id, "since": no_of(connection, buyer_id).do_not_contact_at}
    if connection.execute(_DROP_CONTACTS, which).rowcount:
        connection.execute(_DUE_SINCE, which)


def _untouched(connection: sqlite3.Connection, step: _Step, last: int | None, *, back: bool) -> bool:
    """Whether nobody has acted on the case since, apart from acts that were taken back."""
    if back:
        return last == step.event.id
    return _origin(connection, last) == _origin(connection, step.act.before[LAST])


def _origin(connection: sqlite3.Connection, event_id: int | None) -> int | None:
    """The event itself, or the one that it did again."""
    while event_id is not None:
        again = connection.execute(
            "SELECT undoing.undoes FROM event done JOIN event undoing ON undoing.id = done.undoes "
            "WHERE done.id = ? AND done.kind <> 'undone'",
            (event_id,),
        ).fetchone()
        if again is None:
            break
        event_id = again[0]
    return event_id


def _barred(step: _Step, row: dict[str, Any], *, back: bool) -> bool:
    """A case of a buyer who asked not to be contacted is not opened again by the way."""
    opens = step.event.before.get("state", State.CLOSED) != State.CLOSED and row["state"] == State.CLOSED
    return bool(row["barred"] and opens and not back)


def _event(work: _Compensation, step: _Step, row: dict[str, Any], now: dict[str, Any]) -> NewEvent:
    hands, act = work.hands, step.act
    if work.back:
        return NewEvent(
            at=hands.now,
            kind=EventKind.UNDONE,
            agent_id=hands.agent_id,
            case_id=row["id"],
            code=act.kind,
            from_state=row["state"],
            to_state=now["state"],
            before=kept(row, now, row[LAST]),
            undoes=step.event.id,
            act_id=work.act_id,
        )
    beside = {name: act.before[name] for name in (*BESIDE, REMEDIES, OWNERS) if name in act.before}
    return NewEvent(
        at=hands.now,
        kind=act.kind,
        agent_id=hands.agent_id,
        case_id=row["id"],
        subject_id=act.subject_id,
        code=act.code,
        number=act.number,
        from_state=act.from_state,
        to_state=act.to_state,
        before=kept({**row, **beside}, now, row[LAST]),
        undoes=step.event.id,
        act_id=work.act_id,
    )


def _settle_beside(connection: sqlite3.Connection, work: _Compensation, acts: Sequence[_Event]) -> None:
    """Follow-ups and promises go with the case: what the act added, dropped and withdrew, the other way or again."""
    for name, table, open_state, other in (
        ("added", "follow_up", FollowUpState.OPEN, FollowUpState.DROPPED),
        ("dropped", "follow_up", FollowUpState.OPEN, FollowUpState.DROPPED),
        ("withdrawn", "promise", PromiseState.OPEN, PromiseState.WITHDRAWN),
    ):
        opens = (name == "added") is not work.back
        connection.executemany(
            f"UPDATE {table} SET state = ?, settled_at = ? WHERE id = ?",
            [
                (open_state if opens else other, None if opens else work.hands.now, number)
                for act in acts
                for number in act.before.get(name, ())
            ],
        )
    changed = "UPDATE remedy SET state = ? WHERE id = ? AND state = ?"
    for act in acts:
        for number, was, became in act.before.get(REMEDIES, ()):
            to, here = (was, became) if work.back else (became, was)
            connection.execute(changed, (to, number, here))
        give(connection, act.before.get(OWNERS, ()), back=work.back)
