"""What goes with a case to its new owner: open remedies and tasks, which somebody has to see to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from data.vocabulary import OWED, RemedyState, TaskState

_OPEN = {
    "remedy": (RemedyState.OFFERED, RemedyState.ASKED, *sorted(OWED)),
    "task": (TaskState.OPEN,),
}
Given = tuple[str, int, int | None, int]
"""Table, number, owner before, owner after."""


def belongings(connection: sqlite3.Connection, case_id: int, owners: Sequence[int | None], to: int) -> list[Given]:
    """What of a case goes along when it is given to `to`: what is open and belongs to one of `owners`, or to nobody.

    What a third person sees to stays theirs.
    """
    mine = sorted({one for one in owners if one is not None} - {to})
    found: list[Given] = []
    for table, states in _OPEN.items():
        marks, given = ", ".join("?" * len(states)), ", ".join("?" * len(mine))
        rows = connection.execute(
            f"SELECT id, owner_id FROM {table} WHERE case_id = ? AND state IN ({marks}) "
            f"AND (owner_id IS NULL OR owner_id IN ({given})) ORDER BY id",
            (case_id, *states, *mine),
        )
        found += [(table, number, owner, to) for number, owner in rows]
    return found


def give(connection: sqlite3.Connection, given: Sequence[Given], *, back: bool = False) -> None:
    """Give it to its new owner, or back; what somebody else has got since stays theirs."""
    for table, number, was, to in given:
        if table not in _OPEN:
            raise ValueError(f"not something that goes with a case: {table}")
        new, old = (was, to) if back else (to, was)
        connection.execute(f"UPDATE {table} SET owner_id = ? WHERE id = ? AND owner_id IS ?", (new, number, old))
