"""What the clocks read of a case's log: a few columns of those events that start, stop or rest a clock."""

from __future__ import annotations

from dataclasses import dataclass

from data.vocabulary import EventKind

MOVING = frozenset(
    {
        EventKind.CASE_OPENED,
        EventKind.CONTACT_STARTED,
        EventKind.FOLLOW_UP_SET,
        EventKind.OUTCOME_RECORDED,
        EventKind.REMEDY_DELIVERED,
        EventKind.PROMISE_KEPT,
        EventKind.PROMISE_MISSED,
        EventKind.ESCALATED,
        EventKind.TAKEN_OVER,
        EventKind.REVISION_OBSERVED,
        EventKind.APPEALED,
        EventKind.APPEAL_DECIDED,
        EventKind.CLOSED,
        EventKind.REOPENED,
        EventKind.UNDONE,
    }
)
"""The events that can move a clock. An agent's snooze is not among them: it puts off nothing that was promised."""

COLUMNS = ("id", "at", "kind", "code", "number", "from_state", "to_state", "undoes")
"""The columns of the log in the order of the fields below."""

_KINDS = ", ".join(f"'{kind}'" for kind in sorted(MOVING))
OF_A_CASE = f"SELECT {', '.join(COLUMNS)} FROM event WHERE case_id = :case_id AND kind IN ({_KINDS}) ORDER BY id"
OF_CASES = (
    f"SELECT case_id, {', '.join(COLUMNS)} FROM event WHERE case_id IN ({{marks}}) AND kind IN ({_KINDS}) "
    "ORDER BY case_id, id"
)
"""The same for one case and for several; the latter with the case's number in front."""


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One event of a case, as far as clocks care; `at` is UTC milliseconds."""

    id: int
    at: int
    kind: str
    code: str | None = None
    number: int | None = None
    from_state: str | None = None
    to_state: str | None = None
    undoes: int | None = None
