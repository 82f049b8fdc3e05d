"""A shop to throw away: a database of its own in a private folder, with one case in it, and real casework on that.

Whatever is done there is done by the same rules as in the shop, and nothing of it ever comes near the shop's database.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from data.casework.entrance import SqlCasework
from data.clock import DAY, HOUR, MINUTE, Clock, at_minute, local_day, zone
from data.language import _
from data.playbook.format import Playbook
from data.reads import SqlReads
from data.rehearsal.buyers import Buyer
from data.rows import AgentRow
from data.settings import Contact, Settings
from data.store.store import Store

_MORNING = 10 * 60 + 30
"""The minute of the day at which a rehearsal begins: one may call then, whatever time it is."""
_NUMBER = "00000000000"
"""Rings nowhere: a rehearsal has no number to dial."""


_OFTEN = 1_000
_ANY_TIME = replace(
    Contact(),
    soft=((Contact().hard_from, Contact().hard_until),),
    soft_days=(),
    summer_rest=(),
    attempts_per_day=_OFTEN,
    gap_minutes=0,
    gap_busy_minutes=0,
    other_hour_minutes=0,
    attempts_per_week=_OFTEN,
    attempts_per_case=_OFTEN,
    quiet_day=0,
)
"""Nobody is disturbed: one may practise on any day, and again at once."""


class _LightStore(Store):
    """The real store, except that nothing waits until the disk has it: all of it is thrown away."""

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction as the program makes it."""
        with super().write(durable=False) as connection:
            yield connection


@dataclass(frozen=True, slots=True)
class Scratch:
    """One agent in a shop to throw away, with one case to call about."""

    folder: Path
    store: Store
    reads: SqlReads
    casework: SqlCasework
    clock: Clock
    settings: Settings
    agent_id: int
    case_id: int

    def close(self) -> None:
        """Throw the shop away."""
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def rehearsal_shop(buyer: Buyer, agent: AgentRow, playbook: Playbook, settings: Settings, clock: Clock) -> Scratch:
    """A shop where that buyer has just written their review, and a morning that runs on with the clock."""

    def fill(connection: sqlite3.Connection, now: int) -> tuple[int, int]:
        return _agent(connection, agent, now), _case(connection, buyer, settings, now)

    return _made(fill, playbook, settings, clock)


def copy_of(
    store: Store, case_id: int, agent: AgentRow, playbook: Playbook, settings: Settings, clock: Clock
) -> Scratch:
    """A shop that holds a copy of one case and what is known of its calls, but no name, number or address.

    Raises StoreError when the case cannot be read, LookupError when there is none.
    """
    with store.read() as connection:
        rows = _rows_of(connection, case_id)

    def fill(connection: sqlite3.Connection, now: int) -> tuple[int, int]:
        agent_id = agent.id
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table, found in rows:
            for row in found:
                _insert(connection, table, row)
        _insert(connection, "personal", {"buyer_id": rows[-1][1][0]["buyer_id"], **_phone(now)})
        return agent_id, case_id

    return _made(fill, playbook, settings, clock, int(str(rows[-1][1][0]["calls"])))


def _made(
    fill: Callable[[sqlite3.Connection, int], tuple[int, int]],
    playbook: Playbook,
    settings: Settings,
    clock: Clock,
    calls: int = 0,
) -> Scratch:
    here = zone(settings.shop.zone)
    begun = clock.now()
    morning = at_minute(local_day(begun, here), _MORNING, here)
    own = Clock(lambda: morning + clock.now() - begun)
    settings = replace(settings, contact=replace(_ANY_TIME, calls_per_case=max(calls + 1, _ANY_TIME.calls_per_case)))
    folder = Path(mkdtemp(prefix="amends-practice-"))
    store = _LightStore(folder / "practice.db")
    try:
        store.prepare(morning, create=True)
        with store.write() as connection:
            agent_id, case_id = fill(connection, morning)
        casework = SqlCasework(store, own, settings, agent_id, lambda _language: playbook)
    except BaseException:
        store.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Scratch(folder, store, SqlReads(store, zone=here), casework, own, settings, agent_id, case_id)


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    return int(connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", dict(row)).lastrowid or 0)


def _phone(now: int) -> dict[str, object]:
    return {"kind": "phone", "value": _NUMBER, "added_at": now}


def _agent(connection: sqlite3.Connection, agent: AgentRow, now: int) -> int:
    # Who has given no name yet says an example, as they will say their own.
    name, title = agent.name or _("Lin"), agent.title or _("after-sales agent")
    row = {"login": agent.login, "name": name, "title": title, "role": agent.role, "created_at": now}
    return _insert(connection, "agent", row)


def _case(connection: sqlite3.Connection, buyer: Buyer, settings: Settings, now: int) -> int:
    """The buyer's order and review, and the case that was opened for it."""
    shop = settings.shop.name or _("Practice shop")
    shop_id = _insert(connection, "shop", {"platform": buyer.platform, "name": shop, "created_at": now})
    buyer_id = _insert(connection, "buyer", {"platform": buyer.platform, "key": buyer.id, "nick": buyer.nick})
    product_id = _insert(connection, "product", {"shop_id": shop_id, "key": buyer.id, "title": buyer.product})
    order_id = _insert(
        connection,
        "purchase",
        {
            "shop_id": shop_id,
            "buyer_id": buyer_id,
            "product_id": product_id,
            "external_id": "1000000001",
            "external_id_reversed": "1000000001"[::-1],
            "paid_at": now - 9 * DAY,
            "sent_at": now - 8 * DAY,
            "signed_at": now - 4 * DAY,
        },
    )
    rating = 3 if buyer.grade == "neutral" else 1
    review = {
        "shop_id": shop_id,
        "external_id": buyer.id,
        "purchase_id": order_id,
        "product_id": product_id,
        "buyer_id": buyer_id,
        "grade": buyer.grade,
        "rating": rating,
        "raw_rating": str(rating),
        "raw_scale": "stars",
        "text": buyer.review,
        "created_at": now - 12 * HOUR,
        "seen_at": now - HOUR,
    }
    review_id = _insert(connection, "review", review)
    _insert(connection, "personal", {"buyer_id": buyer_id, "purchase_id": order_id, **_phone(now)})
    name = {"kind": "name", "value": buyer.name, "added_at": now}
    _insert(connection, "personal", {"buyer_id": buyer_id, "purchase_id": order_id, **name})
    case = {
        "review_id": review_id,
        "shop_id": shop_id,
        "buyer_id": buyer_id,
        "platform": buyer.platform,
        "grade": buyer.grade,
        "state": "new",
        "cause": buyer.cause,
        "open": 1,
        "due_at": now + 30 * MINUTE,
        "contact_from": now,
        "opened_at": now - HOUR,
        "reviewed_at": review["created_at"],
    }
    return _insert(connection, "review_case", case)


_COPIED = (
    ("agent", "SELECT * FROM agent"),
    ("shop", "SELECT s.* FROM shop s JOIN review_case c ON c.shop_id = s.id WHERE c.id = :id"),
    ("buyer", "SELECT b.* FROM buyer b JOIN review_case c ON c.buyer_id = b.id WHERE c.id = :id"),
    (
        "product",
        "SELECT p.* FROM product p JOIN review r ON p.id = r.product_id JOIN review_case c ON c.review_id = r.id "
        "WHERE c.id = :id UNION SELECT p.* FROM product p JOIN purchase o ON p.id = o.product_id "
        "JOIN review r ON r.purchase_id = o.id JOIN review_case c ON c.review_id = r.id WHERE c.id = :id",
    ),
    (
        "purchase",
        "SELECT o.* FROM purchase o JOIN review r ON r.purchase_id = o.id JOIN review_case c ON c.review_id = r.id "
        "WHERE c.id = :id",
    ),
    ("review", "SELECT r.* FROM review r JOIN review_case c ON c.review_id = r.id WHERE c.id = :id"),
    ("contact", "SELECT * FROM contact WHERE case_id = :id AND ended_at IS NOT NULL"),
    (
        "playbook_text",
        "SELECT DISTINCT t.* FROM playbook_text t JOIN call l ON l.playbook_hash = t.hash "
        "JOIN contact k ON k.id = l.contact_id WHERE k.case_id = :id AND k.ended_at IS NOT NULL",
    ),
    (
        "call",
        "SELECT l.* FROM call l JOIN contact k ON k.id = l.contact_id WHERE k.case_id = :id AND k.ended_at IS NOT NULL",
    ),
    ("remedy", "SELECT * FROM remedy WHERE case_id = :id"),
    ("promise", "SELECT * FROM promise WHERE case_id = :id"),
    ("review_case", "SELECT * FROM review_case WHERE id = :id"),
)
"""What a copy of a case takes along, each table after those that it names."""
_LEFT_OUT = frozenset({"batch_id", "personal_id", "last_event_id", "contact_id"})
"""Columns that name what is not copied; a call keeps its contact, which is."""
_AS_NEW = {
    "state": "working",
    "result": None,
    "closed_at": None,
    "withdrawn_at": None,
    "open": 1,
    "owner_id": None,
    "lease_until": None,
    "contact_from": None,
}
"""How a copied case stands: one may call about it once more, whoever has it."""


def _rows_of(connection: sqlite3.Connection, case_id: int) -> list[tuple[str, list[dict[str, object]]]]:
    found = []
    for table, statement in _COPIED:
        cursor = connection.execute(statement, {"id": case_id})
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        for row in rows:
            for name in _LEFT_OUT & set(row) - ({"contact_id"} if table == "call" else set()):
                row[name] = None
        found.append((table, rows))
    if not found[-1][1]:
        raise LookupError(case_id)
    found[-1][1][0].update(_AS_NEW)
    for row in dict(found)["buyer"]:
        row.update(do_not_contact_at=None, refused_at=None)
    return found
