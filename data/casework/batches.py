"""Taking an import back, whole: what it brought, what it changed, and what followed from that.

Nothing leaves the log: every case has its compensating event, all of one act, which names the batch. A row on which
somebody has acted since, or that a later import has changed, stays, and the report says which and why. The same file
imported again brings everything back, as new reviews with new cases.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.casework.chain import NewEvent, append_events
from data.casework.portions import Hands, in_portions
from data.errors import Refused
from data.language import _
from data.several import Progress
from data.vocabulary import EventKind

_CONTACTS = frozenset(
    {
        *(EventKind.CONTACT_STARTED, EventKind.CALL_STEPPED, EventKind.OBJECTION_RAISED, EventKind.OUTCOME_RECORDED),
        *(EventKind.REVIEW_QUESTION_ASKED, EventKind.REFUSED, EventKind.PROMISED, EventKind.REMEDY_PROPOSED),
        *(EventKind.REMEDY_ACCEPTED, EventKind.REMEDY_DECLINED),
    }
)
BY_IMPORTS = frozenset({EventKind.CASE_OPENED, EventKind.REVISION_OBSERVED, EventKind.PROMISE_KEPT})
"""What imports write about a case; everything else is somebody's act, or the clock's."""


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not taken back."""

    what: str
    """`review` or `order`."""

    id: str
    """Its key on the platform."""

    case_id: int | None
    why: str


@dataclass(slots=True)
class Undoing:
    """What taking a batch back comes to, or came to."""

    hands: Hands
    batch_id: int
    file: str
    started_at: int
    trial: bool
    imported: int | None = None
    """The log's entry of the import; a batch that was cut off has none."""

    reviews: int = 0
    """Reviews that are no longer known."""

    cases: int = 0
    """Cases that are no longer open, nor shown."""

    restored: int = 0
    """Reviews that are as they were before."""

    orders: int = 0
    """Orders that are no longer known."""

    orders_restored: int = 0
    left: list[Left] = field(default_factory=list)
    act_id: int | None = None

    @property
    def done(self) -> int:
        """How many rows there are that are taken back."""
        return self.reviews + self.restored + self.orders + self.orders_restored

    def leave(self, what: str, key: str, case_id: int | None, why: str) -> None:
        """Note a row that stays."""
        self.left.append(Left(what, key, case_id, why))

    def event(self, undone: EventKind, event_id: int | None, case_id: int | None = None, **more: Any) -> NewEvent:
        """The compensating event of one of the import's."""
        return NewEvent(
            at=self.hands.now,
            kind=EventKind.UNDONE,
            agent_id=self.hands.agent_id,
            case_id=case_id,
            subject_id=self.batch_id,
            code=undone,
            undoes=event_id,
            act_id=self.act_id,
            **more,
        )

    def log(self, connection: sqlite3.Connection, make: Callable[[], Iterable[NewEvent]]) -> list[int]:
        """Append events inside the caller's transaction, before the first of all the one that names the batch."""
        if self.act_id is None:
            (self.act_id,) = append_events(connection, [self.event(EventKind.IMPORTED, self.imported)])
        return append_events(connection, make())

    def as_json(self) -> dict[str, Any]:
        """The report as other programs read it."""
        facts: dict[str, Any] = {
            name: getattr(self, name) for name in ("file", "reviews", "cases", "restored", "orders", "orders_restored")
        }
        left = [{"what": one.what, "id": one.id, "case_id": one.case_id, "why": one.why} for one in self.left]
        return {"batch": self.batch_id, **facts, "left": left, **({"dry_run": True} if self.trial else {})}


def undo_batch(hands: Hands, batch_id: int, *, trial: bool = False, progress: Progress | None = None) -> Undoing:
    """Take back what a batch brought and changed, in short transactions; a trial only says what would happen.

    Cut off, it leaves what it had done, and done again it goes on. Raises Refused for a number that no batch has.
    """
    # The rooms beside this one use what stands above.
    from data.casework.batch_orders import restore_orders, take_back_orders
    from data.casework.batch_reviews import restore_reviews, take_back_reviews

    with hands.store.read() as connection:
        work = _begin(connection, hands, batch_id, trial)
        steps = [
            (restore_reviews, _ids(connection, _REVISED, batch_id)),
            (take_back_reviews, _ids(connection, _BROUGHT, batch_id)),
            (restore_orders, _ids(connection, _ORDERS_CHANGED, batch_id)),
            (take_back_orders, _ids(connection, _ORDERS_BROUGHT, batch_id)),
        ]
        if trial:
            for step, ids in steps:
                step(connection, work, ids)
            return work
    whole = sum(len(ids) for _step, ids in steps)
    before = 0
    for step, ids in steps:

        def told(done: int, _of: int, before: int = before) -> None:
            if progress is not None:
                progress(before + done, whole)

        in_portions(hands, ids, _bound(step, work), told)
        before += len(ids)
    if work.done:
        with hands.store.write() as connection:
            work.log(connection, list)
            connection.execute("UPDATE import_batch SET undone_at = ? WHERE id = ?", (hands.now, batch_id))
    return work


Step = Callable[[sqlite3.Connection, Undoing, Sequence[int]], None]


def _bound(step: Step, work: Undoing) -> Callable[[sqlite3.Connection, Sequence[int]], None]:
    return lambda connection, ids: step(connection, work, ids)


_REVISED = "SELECT DISTINCT review_id FROM revision WHERE batch_id = ? AND undone_at IS NULL ORDER BY review_id"
_BROUGHT = "SELECT id FROM review WHERE batch_id = ? AND withdrawn_at IS NULL ORDER BY id"
_ORDERS_CHANGED = "SELECT DISTINCT purchase_id FROM purchase_change WHERE batch_id = ? ORDER BY purchase_id"
_ORDERS_BROUGHT = "SELECT id FROM purchase WHERE batch_id = ? ORDER BY id"
STATEMENTS = (_REVISED, _BROUGHT, _ORDERS_CHANGED, _ORDERS_BROUGHT)


def _ids(connection: sqlite3.Connection, statement: str, batch_id: int) -> list[int]:
    return [row[0] for row in connection.execute(statement, (batch_id,))]


def _begin(connection: sqlite3.Connection, hands: Hands, batch_id: int, trial: bool) -> Undoing:
    batch = connection.execute("SELECT file, started_at FROM import_batch WHERE id = ?", (batch_id,)).fetchone()
    if batch is None:
        raise Refused(
            _("No such import"),
            _("There is no import number {id}.").format(id=batch_id),
            _("amends import --batches lists them."),
        )
    entry = connection.execute(
        "SELECT id FROM event WHERE kind = ? AND subject_id = ?", (EventKind.IMPORTED, batch_id)
    ).fetchone()
    return Undoing(hands, batch_id, batch[0], batch[1], trial, entry[0] if entry else None)


def why(kind: str | None, who: str | None) -> str:
    """Why a case stays: the kind of its newest event, and who wrote it."""
    name = who or "?"
    if kind in BY_IMPORTS:
        return _("a later import has changed it")
    if kind == EventKind.PROMISE_MISSED:
        return _("a promise has run out since")
    if kind == EventKind.CLAIMED:
        return _("{name} has claimed it").format(name=name)
    if kind in _CONTACTS:
        return _("{name} has been in contact with the buyer").format(name=name)
    return _("{name} has worked on it").format(name=name)
