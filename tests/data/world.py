"""A small shop made by plain SQL, for tests of anything that stands on the database."""

from __future__ import annotations

import os
import sqlite3
from functools import cache
from pathlib import Path

from data.search import index_range
from data.store.migrate import migrate
from data.store.open import connect

NOW = 1_795_000_000_000
"""A moment in November 2026: 2026-11-18 19:06:40 in Shanghai."""

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@cache
def empty_database() -> bytes:
    """The file of a database that has been through the migrations: made once in a process, written out for each."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, NOW)
    content = bytearray(connection.serialize())
    connection.close()
    # The two bytes of the head that say how a file is written: with a log that is written ahead, as `connect` sets it.
    content[18:20] = b"\2\2"
    return bytes(content)


class World:
    """A database with one shop and one agent; every method adds a row and returns its id.

    What a test does not name gets a plain value. Columns are given by name, as in the schema.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(file, "wb") as empty:
            empty.write(empty_database())
        self.connection = connect(path)
        # A test outlives no power cut.
        self.connection.execute("PRAGMA synchronous = OFF")
        self.shop_id = self.insert("shop", platform="taobao", name="回暖旗舰店", created_at=NOW)
        self.agent_id = self.insert("agent", login="lili", name="莉莉", title="售后", created_at=NOW)

    def insert(self, table: str, **values: object) -> int:
        """A row of any table."""
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        cursor = self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        return int(cursor.lastrowid or 0)

    def change(self, table: str, row_id: int, **values: object) -> None:
        """Other values for some columns of a row."""
        changes = ", ".join(f"{name} = :{name}" for name in values)
        self.connection.execute(f"UPDATE {table} SET {changes} WHERE id = :row_id", {**values, "row_id": row_id})

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def agent(self, login: str, **values: object) -> int:
        """Somebody else who works here."""
        return self.insert("agent", **{"login": login, "created_at": NOW, **values})

    def buyer(self, **values: object) -> int:
        """A buyer on Taobao."""
        number = self.count("buyer") + 1
        return self.insert(
            "buyer", **{"platform": "taobao", "key": f"k{number}", "nick": f"t**{number % 10}", **values}
        )

    def product(self, **values: object) -> int:
        """A product of the shop."""
        number = self.count("product") + 1
        return self.insert(
            "product", **{"shop_id": self.shop_id, "key": f"p{number}", "title": "加绒卫裤 黑 XL", **values}
        )

    def purchase(self, buyer_id: int, **values: object) -> int:
        """An order of the buyer; the reversed columns follow from the plain ones."""
        number = self.count("purchase") + 1
        row: dict[str, object] = {
            "shop_id": self.shop_id,
            "buyer_id": buyer_id,
            "external_id": f"46043470580833{number:05}",
            **values,
        }
        row["external_id_reversed"] = str(row["external_id"])[::-1]
        if row.get("tracking") is not None:
            row["tracking_reversed"] = str(row["tracking"])[::-1]
        return self.insert("purchase", **row)

    def review(self, buyer_id: int | None = None, **values: object) -> int:
        """A bad review."""
        number = self.count("review") + 1
        return self.insert(
            "review",
            **{
                "shop_id": self.shop_id,
                "external_id": f"r{number}",
                "buyer_id": self.buyer() if buyer_id is None else buyer_id,
                "grade": "bad",
                "rating": 1,
                "raw_rating": "bad",
                "raw_scale": "taobao",
                "text": "太短了，穿了几天腰里裂了口",
                "created_at": NOW - DAY,
                "seen_at": NOW,
                **values,
            },
        )

    def case(self, review_id: int | None = None, **values: object) -> int:
        """A case of the review, new and due in an hour unless told otherwise."""
        review_id = self.review() if review_id is None else review_id
        buyer_id, grade, reviewed_at = self.connection.execute(
            "SELECT buyer_id, grade, created_at FROM review WHERE id = ?", (review_id,)
        ).fetchone()
        row: dict[str, object] = {
            "review_id": review_id,
            "shop_id": self.shop_id,
            "buyer_id": buyer_id,
            "platform": "taobao",
            "grade": "neutral" if grade == "neutral" else "bad",
            "state": "new",
            "due_at": NOW + HOUR,
            "opened_at": NOW,
            "reviewed_at": reviewed_at,
            **values,
        }
        closed = row["state"] == "closed"
        row.setdefault("open", int(not closed))
        if closed:
            row.setdefault("closed_at", NOW)
            row.setdefault("result", "kept")
        if row.get("owner_id") is not None:
            row.setdefault("lease_until", NOW + 8 * HOUR)
        return self.insert("review_case", **row)

    def contact(self, case_id: int, **values: object) -> int:
        """An attempt that reached nobody, now over."""
        buyer_id = self.connection.execute("SELECT buyer_id FROM review_case WHERE id = ?", (case_id,)).fetchone()[0]
        row = {
            "case_id": case_id,
            "buyer_id": buyer_id,
            "agent_id": self.agent_id,
            "channel": "phone",
            "started_at": NOW,
            "ended_at": NOW + MINUTE,
            "line": "no_answer",
            "standing": "unreachable_retry",
            **values,
        }
        return self.insert("contact", **row)

    def index(self) -> None:
        """Bring the search index up to date."""
        while index_range(self.connection):
            pass
