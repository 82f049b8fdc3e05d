"""One act on several cases: what it would come to, and doing it. What is done is one act for undo.

Plain rows and `executemany`; the arrows, the log and the outcome are those of the single verbs, case by case.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from data.casework import arrows
from data.casework.before import KEPT, OWNERS, kept
from data.casework.belongings import belongings, give
from data.casework.chain import NewEvent, append_events
from data.casework.leaving import Leaving
from data.casework.portions import Hands, by_ids, in_portions
from data.casework.upkeep import NOTE_LENGTH, PUT_OFF
from data.clock import HOUR, MINUTE
from data.contact_rules import day_and_time
from data.decency import decent
from data.errors import Refused
from data.language import _, ngettext
from data.rows import Done
from data.several import LeftOut, Plan, Progress, Task, Verb
from data.vocabulary import EventKind, FollowUpKind, FollowUpState, Result, Role, State
from data.wording import cause_label, state_label

Row: TypeAlias = dict[str, Any]
"""A case's columns by name."""

_COLUMNS = ("id", "open", *KEPT, "last_event_id")
_KINDS = {
    Verb.CLAIM: EventKind.CLAIMED,
    Verb.RELEASE: EventKind.RELEASED,
    Verb.SNOOZE: EventKind.SNOOZED,
    Verb.CAUSE: EventKind.CAUSE_SET,
    Verb.HAND_OVER: EventKind.HANDED_OVER,
}


@dataclass(slots=True)
class _Work:
    """The task in hand: who does it, for whom names stand, and what has become of the cases so far."""

    hands: Hands
    task: Task
    lead: bool
    names: dict[int, str]
    leaving: Leaving
    in_contact: int | None
    """The case about which the agent's own contact has no outcome yet."""

    done: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    act_id: int | None = None
    """The first event that was written: the act that all others belong to."""

    def plan(self) -> Plan:
        """What has become of the cases."""
        return Plan(self.done, tuple(LeftOut(why, count) for why, count in self.left_out.most_common()))

    @property
    def lease(self) -> int:
        return self.hands.settings.claims.lease_hours * HOUR


def plan(hands: Hands, task: Task, case_ids: Sequence[int]) -> Plan:
    """What the task would come to now, read at one moment. Raises Refused for what is wrong with the task itself."""
    with hands.store.read() as connection:
        work = _begin(connection, hands, task)
        for _case_id, row in _rows(connection, work, _once(case_ids)):
            _sift(work, row)
    return work.plan()


def do(hands: Hands, task: Task, case_ids: Sequence[int], progress: Progress | None = None) -> Done:
    """Do the task on every case that it may be done on. Raises Refused when there is none."""
    with hands.store.read() as connection:
        work = _begin(connection, hands, task)
    in_portions(hands, _once(case_ids), lambda connection, ids: _do_some(connection, work, ids), progress)
    if work.act_id is None:
        raise Refused(
            _("Nothing to do"),
            _("None of these cases can be taken: {why}.").format(why=worded(work.plan().left_out)),
            _("Mark others, or look at one of them to see what can be done."),
        )
    said = _said(work)
    if work.left_out:
        left = work.plan().passed_over
        said += " " + ngettext("({count} left out)", "({count} left out)", left).format(count=left)
    return Done(work.act_id, said, undoable=True)


def worded(left_out: Iterable[LeftOut]) -> str:
    """The reasons with their numbers in one line."""
    return ", ".join(f"{each.why} {each.count}" for each in left_out)


def _once(case_ids: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(case_ids))


def _begin(connection: sqlite3.Connection, hands: Hands, task: Task) -> _Work:
    roles = dict(connection.execute("SELECT id, role FROM agent"))
    names = dict(connection.execute("SELECT id, coalesce(name, login) FROM agent"))
    if task.verb is Verb.SNOOZE and (task.until is None or task.until < hands.now + MINUTE):
        raise Refused(_("That time has passed"), _("A case comes back at a time to come."), _("Pick a later time."))
    if task.verb is Verb.HAND_OVER and task.to not in names:
        raise Refused(_("No such agent"), _("There is nobody of that number."))
    if task.verb is Verb.HAND_OVER and task.to == hands.agent_id:
        raise Refused(_("That is you"), _("A case is handed over to somebody else."), _("Space claims it."))
    decent(hands.settings, task.note)
    under_way = connection.execute(
        "SELECT case_id FROM contact WHERE agent_id = ? AND ended_at IS NULL", (hands.agent_id,)
    ).fetchone()
    leaving = Leaving(hands.settings, hands.now, hands.zone)
    in_contact = under_way[0] if under_way else None
    return _Work(hands, task, roles[hands.agent_id] != Role.AGENT, names, leaving, in_contact)


def _rows(connection: sqlite3.Connection, work: _Work, case_ids: Sequence[int]) -> Iterable[tuple[int, Row | None]]:
    """Every case asked for, in that order, with the reason why it is `free`; None for one that is not there."""
    found: dict[int, Row] = {}
    for marks, ids in by_ids(case_ids):
        cursor = connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM review_case WHERE id IN ({marks}) AND withdrawn_at IS NULL",
            ids,
        )
        found |= {values[0]: dict(zip(_COLUMNS, values, strict=True)) for values in cursor}
    for row in found.values():
        row["free"] = work.leaving.why_free(connection, row["id"], row["owner_id"], row["lease_until"], row["due_at"])
    return [(case_id, found.get(case_id)) for case_id in case_ids]


# What may be done


def _sift(work: _Work, row: Row | None) -> bool:
    """Whether the task may be done on the case; counted either way."""
    why = _why_not(work, row)
    if why:
        work.left_out[why] += 1
    else:
        work.done += 1
    return not why


def _why_not(work: _Work, row: Row | None) -> str:
    if row is None:
        return _("no longer there")
    verb, me = work.task.verb, work.hands.agent_id
    owner, held = row["owner_id"], row["owner_id"] is not None and not row["free"]
    if not row["open"] and verb in (Verb.CLAIM, Verb.HAND_OVER):
        return _("closed")
    if verb is Verb.RELEASE and owner is None:
        return _("claimed by nobody")
    if held and owner != me and not (verb is Verb.HAND_OVER and work.lead):
        return _("with {name}").format(name=work.names.get(owner, "?"))
    if verb is Verb.HAND_OVER and held and owner == work.task.to:
        return _("with {name}").format(name=work.names.get(owner, "?"))
    if verb is Verb.SNOOZE and not arrows.allows("snooze", State(row["state"]), State.SCHEDULED):
        return state_label(row["state"])
    if verb is Verb.SNOOZE and row["id"] == work.in_contact:
        return _("contact under way")
    return ""


# What is done


def _do_some(connection: sqlite3.Connection, work: _Work, case_ids: Sequence[int]) -> None:
    rows = [row for _case_id, row in _rows(connection, work, case_ids) if _sift(work, row) and row is not None]
    if not rows:
        return
    if work.task.verb is Verb.SNOOZE:
        _set_follow_ups(connection, work, rows)
    if work.task.verb is Verb.HAND_OVER and work.task.to is not None:
        for row in rows:
            owners = (row["owner_id"], work.hands.agent_id)
            row[OWNERS] = belongings(connection, row["id"], owners, work.task.to)
    after = [_CHANGES[work.task.verb](work, row) for row in rows]
    events = [_event(work, before, now) for before, now in zip(rows, after, strict=True)]
    ids = append_events(connection, events, as_one=work.act_id is None)
    work.act_id = work.act_id or ids[0]
    changed = [name for name in KEPT if any(name in now for now in after)]
    connection.executemany(
        f"UPDATE review_case SET {''.join(f'{name} = ?, ' for name in changed)}last_event_id = ? WHERE id = ?",
        [
            (*(now[name] for name in changed), event_id, row["id"])
            for row, now, event_id in zip(rows, after, ids, strict=True)
        ],
    )
    for row in rows:
        give(connection, row.get(OWNERS, ()))
    if work.task.verb is Verb.HAND_OVER and (note := _note(work.task)):
        connection.executemany(
            "INSERT INTO note (case_id, agent_id, at, text) VALUES (?, ?, ?, ?)",
            [(row["id"], work.hands.agent_id, work.hands.now, note) for row in rows],
        )


def _event(work: _Work, before: Row, now: Row) -> NewEvent:
    verb, task = work.task.verb, work.task
    moved = verb is Verb.SNOOZE
    left_by = before["owner_id"] if verb is Verb.CLAIM and before["owner_id"] != work.hands.agent_id else None
    cause = task.cause if verb is Verb.CAUSE else None
    return NewEvent(
        at=work.hands.now,
        kind=_KINDS[verb],
        agent_id=work.hands.agent_id,
        case_id=before["id"],
        subject_id=task.to if verb is Verb.HAND_OVER else left_by,
        code=before["free"] if left_by is not None else cause,
        number=task.until if moved else None,
        from_state=before["state"] if moved else None,
        to_state=State.SCHEDULED if moved else None,
        before=kept(before, {**before, **now}, before["last_event_id"]),
        act_id=work.act_id,
        text=(_note(task) or None) if verb is Verb.HAND_OVER else None,
    )


def _note(task: Task) -> str:
    return task.note.strip()[:NOTE_LENGTH]


def _claimed(work: _Work, _row: Row) -> Row:
    return {"owner_id": work.hands.agent_id, "lease_until": work.hands.now + work.lease}


def _released(_work: _Work, _row: Row) -> Row:
    return {"owner_id": None, "lease_until": None}


def _snoozed(work: _Work, row: Row) -> Row:
    until = work.task.until
    assert until is not None
    return {
        "state": State.SCHEDULED,
        # An open case carries a result only by evidence.
        "result": Result.VERIFIED if row["result"] == Result.VERIFIED else None,
        "follow_up_at": row["next_at"],
        "due_at": row["next_at"],
        "owner_id": work.hands.agent_id,
        "lease_until": until + work.lease,
    }


def _caused(work: _Work, _row: Row) -> Row:
    return {"cause": work.task.cause}


def _handed_over(work: _Work, row: Row) -> Row:
    return {"owner_id": work.task.to, "lease_until": max(work.hands.now, row["follow_up_at"] or 0) + work.lease}


_CHANGES: dict[Verb, Callable[[_Work, Row], Row]] = {
    Verb.CLAIM: _claimed,
    Verb.RELEASE: _released,
    Verb.SNOOZE: _snoozed,
    Verb.CAUSE: _caused,
    Verb.HAND_OVER: _handed_over,
}
"""What each verb changes of a case: the same columns of each, whatever the case."""


def _set_follow_ups(connection: sqlite3.Connection, work: _Work, rows: Sequence[Row]) -> None:
    """Drop what was to follow and set the time of coming back; the rows learn the numbers for undo."""
    by_case = {row["id"]: row for row in rows}
    until = work.task.until
    assert until is not None
    for row in rows:
        row["dropped"], row["next_at"] = [], until
    for marks, ids in by_ids(list(by_case)):
        opened = connection.execute(
            "SELECT id, case_id, kind, due_at FROM follow_up "
            f"WHERE state = 'open' AND case_id IN ({marks}) ORDER BY id",
            ids,
        )
        for number, case_id, kind, due_at in opened:
            row = by_case[case_id]
            if kind in PUT_OFF and due_at < until:
                row["dropped"].append(number)
            else:
                row["next_at"] = min(row["next_at"], due_at)
    connection.executemany(
        "UPDATE follow_up SET state = ?, settled_at = ? WHERE id = ?",
        [(FollowUpState.DROPPED, work.hands.now, number) for row in rows for number in row["dropped"]],
    )
    (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM follow_up").fetchone()
    for number, row in enumerate(rows, newest + 1):
        row["added"] = [number]
    connection.executemany(
        "INSERT INTO follow_up (id, case_id, kind, state, due_at, set_at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (row["added"][0], row["id"], FollowUpKind.SNOOZED, FollowUpState.OPEN, work.task.until, work.hands.now)
            for row in rows
        ],
    )


def _said(work: _Work) -> str:
    task, count = work.task, work.done
    match task.verb:
        case Verb.CLAIM:
            said = ngettext("Claimed {count} case", "Claimed {count} cases", count)
        case Verb.RELEASE:
            said = ngettext("Released {count} case", "Released {count} cases", count)
        case Verb.SNOOZE:
            said = ngettext("{count} case is back on {time}", "{count} cases are back on {time}", count)
        case Verb.CAUSE:
            said = ngettext("Cause of {count} case: {cause}", "Cause of {count} cases: {cause}", count)
        case Verb.HAND_OVER:
            said = ngettext("Handed over {count} case to {name}", "Handed over {count} cases to {name}", count)
    hands = work.hands
    return said.format(
        count=count,
        time=day_and_time(task.until, hands.now, hands.zone) if task.until is not None else "",
        cause=cause_label(task.cause) if task.cause else _("none"),
        name=work.names.get(task.to or 0, ""),
    )
