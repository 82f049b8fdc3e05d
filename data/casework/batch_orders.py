"""The orders of an import that is taken back: those that it brought go, with the personal data that came with them;
those that it changed are as they were. The log knows no orders, so nothing is written there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from data.casework.batches import BY_IMPORTS, Undoing, why
from data.casework.bulk_orders import FACTS
from data.casework.portions import by_ids
from data.language import _
from data.search import reindex
from data.vocabulary import EventKind

_ORDERS = """
SELECT p.id, p.external_id, p.buyer_id, (SELECT max(k.id) FROM purchase_change k WHERE k.purchase_id = p.id)
FROM purchase p WHERE p.id IN ({marks}) ORDER BY p.id
"""
_CHANGES = "SELECT id, batch_id, before FROM purchase_change WHERE id IN ({marks})"
_ACTED = """
SELECT r.purchase_id, c.id, e.kind, coalesce(a.name, a.login)
FROM review r JOIN review_case c ON c.review_id = r.id JOIN event e ON e.id = c.last_event_id
LEFT JOIN agent a ON a.id = e.agent_id
WHERE r.purchase_id IN ({marks}) AND e.at >= ? ORDER BY c.id
"""
_DIALLED = """
SELECT DISTINCT d.purchase_id FROM personal d JOIN contact t ON t.buyer_id = d.buyer_id AND t.personal_id = d.id
WHERE d.purchase_id IN ({marks})
"""
STATEMENTS = tuple(statement.format(marks="?") for statement in (_ORDERS, _CHANGES, _ACTED, _DIALLED))

_QUIET = {*BY_IMPORTS, EventKind.PROMISE_MISSED}


class _Orders:
    """Orders that may go, and what has been done with those that may not."""

    def __init__(self, connection: sqlite3.Connection, work: Undoing, ids: Sequence[int]) -> None:
        self.rows: list[tuple[int, str, int, int | None]] = []
        self.changes: dict[int, tuple[int, str]] = {}
        self._acted: dict[int, tuple[int, str]] = {}
        self._dialled: set[int] = set()
        for marks, some in by_ids(ids):
            self.rows += connection.execute(_ORDERS.format(marks=marks), some).fetchall()
            for purchase_id, case_id, kind, who in connection.execute(
                _ACTED.format(marks=marks), (*some, work.started_at)
            ):
                if kind not in _QUIET:
                    self._acted.setdefault(purchase_id, (case_id, why(kind, who)))
            self._dialled.update(row[0] for row in connection.execute(_DIALLED.format(marks=marks), some))
        for marks, some in by_ids([row[3] for row in self.rows if row[3] is not None]):
            for number, batch_id, before in connection.execute(_CHANGES.format(marks=marks), some):
                self.changes[number] = (batch_id, before)

    def acted(self, purchase_id: int) -> tuple[int | None, str]:
        """The case that somebody has acted on since, and what was done; an empty text for none."""
        if purchase_id in self._acted:
            return self._acted[purchase_id]
        return None, _("its number has been called") if purchase_id in self._dialled else ""


def take_back_orders(connection: sqlite3.Connection, work: Undoing, ids: Sequence[int]) -> None:
    """Take back orders that the batch brought, inside the caller's transaction."""
    orders = _Orders(connection, work, ids)
    going: list[tuple[int, int]] = []
    for purchase_id, key, buyer_id, newest in orders.rows:
        case_id, reason = orders.acted(purchase_id)
        if newest is not None:
            reason = _("a later import has changed it")
        if reason:
            work.leave("order", key, case_id, reason)
        else:
            going.append((purchase_id, buyer_id))
    work.orders += len(going)
    if work.trial or not going:
        return
    work.log(connection, list)
    gone = [purchase_id for purchase_id, _buyer_id in going]
    reviews = _reviews(connection, gone)
    for marks, some in by_ids(gone):
        connection.execute(f"UPDATE review SET purchase_id = NULL WHERE purchase_id IN ({marks})", some)
        connection.execute(f"DELETE FROM personal WHERE purchase_id IN ({marks})", some)
        connection.execute(f"DELETE FROM purchase WHERE id IN ({marks})", some)
    _forget_buyers(connection, [buyer_id for _purchase_id, buyer_id in going])
    reindex(connection, reviews)


def restore_orders(connection: sqlite3.Connection, work: Undoing, ids: Sequence[int]) -> None:
    """Bring orders that the batch changed to what they were, inside the caller's transaction."""
    orders = _Orders(connection, work, ids)
    going: list[tuple[int, int, dict[str, object]]] = []
    for purchase_id, key, _buyer_id, newest in orders.rows:
        case_id, reason = orders.acted(purchase_id)
        batch_id, before = orders.changes[newest or 0]
        if batch_id != work.batch_id:
            reason = _("a later import has changed it")
        if reason:
            work.leave("order", key, case_id, reason)
        else:
            going.append((purchase_id, newest or 0, json.loads(before)))
    work.orders_restored += len(going)
    if work.trial or not going:
        return
    work.log(connection, list)
    sets = ", ".join(f"{name} = :{name}" for name in FACTS)
    for purchase_id, change_id, facts in going:
        tracking = facts["tracking"]
        connection.execute(
            f"UPDATE purchase SET {sets}, tracking_reversed = :reversed WHERE id = :id",
            {**facts, "reversed": str(tracking)[::-1] if tracking else None, "id": purchase_id},
        )
        connection.execute("DELETE FROM personal WHERE purchase_id = ? AND batch_id = ?", (purchase_id, work.batch_id))
        connection.execute("DELETE FROM purchase_change WHERE id = ?", (change_id,))
    reindex(connection, _reviews(connection, [purchase_id for purchase_id, *_more in going]))


def _reviews(connection: sqlite3.Connection, purchase_ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for marks, some in by_ids(purchase_ids):
        rows = connection.execute(f"SELECT id FROM review WHERE purchase_id IN ({marks})", some)
        found += [row[0] for row in rows]
    return found


def _forget_buyers(connection: sqlite3.Connection, buyer_ids: Sequence[int]) -> None:
    """Buyers of whom nothing else is known go too."""
    for marks, some in by_ids(sorted(set(buyer_ids))):
        connection.execute(
            f"DELETE FROM buyer WHERE id IN ({marks}) AND "
            + " AND ".join(
                f"NOT EXISTS (SELECT 1 FROM {table} t WHERE t.buyer_id = buyer.id)"
                for table in ("purchase", "personal", "review", "review_case", "contact")
            ),
            some,
        )
