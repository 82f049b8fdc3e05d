"""Is nothing promised forgotten? Every promise and every remedy that is owed has a task and an end that the log tells.

The rules have the numbers of `docs/follow-up.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.simulate.auditor.hours import HARD, day, minute
from tests.simulate.auditor.record import DAY, HOUR, Finding, Record

_OWED = ("accepted", "approved", "issued")
_DISTURBS = ("callback", "retry", "message", "evening_text", "reminder", "last_try", "effect", "satisfaction")
_REACHED = ("right_party", "abusive", "replied")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the log tells of promises, remedies and tasks, by their numbers."""

    kept: frozenset[int]
    missed: frozenset[int]
    promised: frozenset[int]
    accepted: frozenset[int]
    delivered_at: frozenset[tuple[int, int]]
    wished_at: dict[int, int]
    """When each buyer last said how they want to be contacted."""

    states: dict[tuple[int, int], str]
    """The state of a case after the acts of a moment in which a task was set."""


def check(record: Record, ended_at: int) -> Iterator[Finding]:
    """Promises and remedies without a task or an end, and tasks at times at which nobody may be disturbed."""
    told = _told(record)
    under_way = {one.case_id: one for one in record.contacts.values() if one.ended_at is None}
    for case_id in record.cases:
        yield from _promises(record, told, case_id, ended_at)
        yield from _remedies(record, told, case_id, under_way.get(case_id))
        yield from _tasks(record, told, case_id)
    yield from _order(record)


def _told(record: Record) -> _Told:
    def subjects(kind: str) -> frozenset[int]:
        return frozenset(event.subject_id for event in record.events if event.kind == kind)

    return _Told(
        kept=subjects("promise_kept"),
        missed=subjects("promise_missed"),
        promised=subjects("promised"),
        accepted=subjects("remedy_accepted"),
        delivered_at=frozenset((e.case_id, e.at) for e in record.events if e.kind == "remedy_delivered"),
        wished_at={e.subject_id: e.at for e in record.events if e.kind == "preference_set"},
        states=_states(record),
    )


def _states(record: Record) -> dict[tuple[int, int], str]:
    now: dict[int, str] = {}
    found: dict[tuple[int, int], str] = {}
    for event in record.events:
        if event.case_id is not None:
            now[event.case_id] = event.to_state or now.get(event.case_id, "")
            found[event.case_id, event.at] = now[event.case_id]
    return found


def _promises(record: Record, told: _Told, case_id: int, ended_at: int) -> Iterator[Finding]:
    """Rule 5: a check stands open until the promise is kept, withdrawn or missed, a day after its time."""
    case = record.cases[case_id]
    tasks = [one for one in record.follow_ups.get(case_id, ()) if one.state == "open"]
    for promise in record.promises.get(case_id, ()):
        if promise.by_whom != "buyer":
            continue
        if promise.id not in told.promised:
            yield Finding("promise", case_id, f"promise {promise.id} was made by nobody")
        if promise.state == "open":
            if promise.due_at + DAY <= ended_at:
                yield Finding("missed", case_id, f"promise {promise.id} passed and nobody noticed")
            if case.state == "closed":
                yield Finding("promise", case_id, f"promise {promise.id} is open and its case is closed")
            elif not any(one.kind == "check_promise" and one.due_at == promise.due_at + HOUR for one in tasks):
                yield Finding("promise", case_id, f"promise {promise.id} is open and nobody will look after it")
        if promise.state == "missed":
            if promise.id not in told.missed:
                yield Finding("missed", case_id, f"promise {promise.id} was missed and the log does not tell")
            elif promise.settled_at < promise.due_at + DAY:
                yield Finding("missed", case_id, f"promise {promise.id} was called missed before its time")
        if promise.state == "kept" and promise.id not in told.kept:
            yield Finding("kept", case_id, f"promise {promise.id} was kept and the log does not tell")


def _remedies(record: Record, told: _Told, case_id: int, under_way: Any) -> Iterator[Finding]:
    """Rule 3: what is owed has a task; what was agreed in a talk that still runs gets it from its outcome."""
    tasks = {one.kind for one in record.follow_ups.get(case_id, ()) if one.state == "open"}
    for remedy in record.remedies.get(case_id, ()):
        if remedy.state in _OWED:
            agreed_now = under_way is not None and (remedy.accepted_at or 0) >= under_way.started_at
            if remedy.id not in told.accepted:
                yield Finding("remedy", case_id, f"remedy {remedy.id} was agreed and the log does not tell")
            if record.cases[case_id].state == "closed":
                yield Finding("remedy", case_id, f"remedy {remedy.id} is owed and the case is closed")
            elif "deliver_remedy" not in tasks and not agreed_now:
                yield Finding("remedy", case_id, f"remedy {remedy.id} is owed and nobody has to deliver it")
        if remedy.state == "delivered" and (case_id, remedy.delivered_at) not in told.delivered_at:
            yield Finding("remedy", case_id, f"remedy {remedy.id} was delivered and the log does not tell")


def _tasks(record: Record, told: _Told, case_id: int) -> Iterator[Finding]:
    """Rules 1, 2 and 27: nobody is to be disturbed at night, or who asked for peace; nothing is set beside a lead."""
    case = record.cases[case_id]
    zone_now = record.buyers[case.buyer_id].zone
    for task in record.follow_ups.get(case_id, ()):
        if task.state != "open" or task.kind not in _DISTURBS:
            continue
        if record.buyers[case.buyer_id].do_not_contact_at is not None:
            yield Finding("task", case_id, f"{task.kind} {task.id} for a buyer who wants no contact")
        if told.states.get((case_id, task.set_at)) in ("escalated", "appealed") and task.kind != "satisfaction":
            yield Finding("task", case_id, f"{task.kind} {task.id} was set while a lead or the platform had the case")
        # A zone that the buyer named later does not move what was set before.
        if told.wished_at.get(case.buyer_id, 0) < task.set_at:
            zone = zone_now or record.zone_of(case_id)
            if not HARD[0] <= minute(task.due_at, zone) < HARD[1]:
                yield Finding("task", case_id, f"{task.kind} {task.id} is due when nobody may be disturbed")
            yield from _cadence(record, case_id, task, zone)


def _cadence(record: Record, case_id: int, task: Any, zone: str) -> Iterator[Finding]:
    """Rules 6 to 9: the days of the steps after a promise, and the quiet one."""
    made = [one for one in record.promises.get(case_id, ()) if one.by_whom == "buyer" and one.made_at <= task.set_at]
    standing = [one for one in made if one.state in ("open", "missed")]
    if not standing:
        return
    nth = day(task.due_at, zone).toordinal() - day(standing[-1].made_at, zone).toordinal() + 1
    if task.kind == "evening_text" and (nth != 1 or minute(task.due_at, zone) >= 20 * 60):
        yield Finding("task", case_id, f"evening_text {task.id} is due on day {nth}")
    if task.kind in ("reminder", "last_try", "retry", "message", "evening_text") and nth == 3:
        yield Finding("task", case_id, f"{task.kind} {task.id} is due on the quiet day")


def _tells_of_reaching(event: Any) -> bool:
    return event.kind == "outcome_recorded" and str(event.code or "").split("/")[0] in _REACHED


def _order(record: Record) -> Iterator[Finding]:
    """Rules 10 and 24: no retry, no message after a last try until the buyer is reached; one second pass a case."""
    # What an outcome leads to stands in the log before the outcome itself, in the same act.
    reached = {(event.case_id, event.at) for event in record.events if _tells_of_reaching(event)}
    tried: set[int] = set()
    second: set[int] = set()
    for event in record.events:
        kind = str(event.code or "").split("/")[0]
        if event.kind == "follow_up_done" and kind == "last_try" and event.contact_id is not None:
            tried.add(event.case_id)
        elif _tells_of_reaching(event):
            tried.discard(event.case_id)
        elif event.kind in ("reopened", "revision_observed", "remedy_delivered"):
            tried.discard(event.case_id)
            if event.kind == "reopened" and event.code == "second_pass":
                if event.case_id in second:
                    yield Finding("second_pass", event.case_id, f"event {event.id} is another second pass")
                second.add(event.case_id)
        elif event.kind == "follow_up_set" and event.case_id in tried and kind in ("retry", "message"):
            if (event.case_id, event.at) in reached:
                continue
            yield Finding("last_try", event.case_id, f"event {event.id} sets {kind} after the last try")
