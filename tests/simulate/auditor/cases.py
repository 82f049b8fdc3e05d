"""Is every case somewhere? A case is closed with a result, or open with something to come back for; nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from tests.simulate.auditor.record import Finding, Record

_LISTED = ("new", "working", "escalated", "appealed")
"""States in which a case stands in the list of what is to be done now, by the time at which it is due."""


def check(record: Record) -> Iterator[Finding]:
    """Cases that were lost, or whose row is not what the log tells."""
    states: dict[int, str | None] = {}
    opened: dict[int, int] = {}
    barred: set[tuple[int, int]] = set()
    for event in record.events:
        if event.case_id is None:
            continue
        if event.case_id not in record.cases:
            yield Finding("lost", event.case_id, f"event {event.id} tells of a case that is not there")
            continue
        if event.kind == "case_opened":
            opened[event.case_id] = opened.get(event.case_id, 0) + 1
        if event.from_state is not None and event.from_state != states.get(event.case_id):
            was = states.get(event.case_id)
            yield Finding("states", event.case_id, f"event {event.id} leaves {event.from_state}, and it was {was}")
        if event.to_state is not None:
            states[event.case_id] = event.to_state
        if event.kind == "do_not_contact_set":
            barred.add((event.subject_id, event.at))
    for case in record.cases.values():
        if opened.get(case.id) != 1:
            yield Finding("lost", case.id, f"was opened {opened.get(case.id, 0)} times")
        if case.state != states.get(case.id):
            yield Finding("states", case.id, f"is {case.state}, and by the log {states.get(case.id)}")
        yield from _row(record, case.id, barred)


def _row(record: Record, case_id: int, barred: set[tuple[int, int]]) -> Iterator[Finding]:
    case = record.cases[case_id]
    tasks = [one.due_at for one in record.follow_ups.get(case_id, ()) if one.state == "open"]
    if bool(case.open) == (case.state == "closed"):
        yield Finding("lost", case_id, f"is {case.state} and open is {case.open}")
    if case.state == "closed":
        if case.result is None or case.closed_at is None:
            yield Finding("lost", case_id, "is closed without a result or a time")
        if tasks:
            yield Finding("follow_up", case_id, "is closed and still has something to follow")
        if case.result == "verified" and not any(
            one.grade_after == "good" and one.grade_before != "good" for one in record.revisions.get(case.review_id, ())
        ):
            yield Finding("verified", case_id, "is verified and no import saw a better review")
    elif case.state not in _LISTED and not tasks and (case.buyer_id, case.due_at) not in barred:
        # A buyer who wants no contact drops the tasks of all their cases, which are due at that moment (rule 27).
        yield Finding("lost", case_id, f"is {case.state} and nothing follows")
    if case.follow_up_at != min(tasks, default=None):
        first = min(tasks, default=None)
        yield Finding("follow_up", case_id, f"comes back at {case.follow_up_at}, and its first task is due at {first}")
