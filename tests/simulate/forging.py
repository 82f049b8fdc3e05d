"""Forging a record: what a desk would have left that broke a rule, on a copy of a simulated database.

The log is continued with a chain that verifies, so that only the rule itself can find the forgery.
"""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Shanghai")
_MONDAY = datetime(2026, 11, 9, tzinfo=_ZONE)
_COLUMNS = (
    *("at", "kind", "agent_id", "case_id", "contact_id", "subject_id", "code", "number", "from_state", "to_state"),
    *("before", "undoes", "act_id", "text_hash"),
)
HOUR = 3_600_000
DAY = 24 * HOUR


def at(day: int, hour: int, minute: int = 0) -> int:
    """A time on a working week after the simulation: day 0 is a Monday."""
    moment = _MONDAY + timedelta(days=day, hours=hour, minutes=minute)
    return round(moment.timestamp() * 1000)


class Forger:
    """A record that can be written as nobody may write it."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for name in ("replaced", "changed", "deleted"):
            self.connection.execute(f"DROP TRIGGER event_is_never_{name}")
        self.agent, self.lead = (
            self.value("SELECT min(id) FROM agent WHERE role = ?", role) for role in ("agent", "lead")
        )

    def value(self, sql: str, *values: object) -> int:
        """The first column of the first row."""
        return int(self.connection.execute(sql, values).fetchone()[0])

    def do(self, sql: str, *values: object) -> None:
        """Change what is there."""
        assert self.connection.execute(sql, values).rowcount > 0, sql

    def insert(self, table: str, **values: object) -> int:
        """A row of any table."""
        marks = ", ".join("?" * len(values))
        names = ", ".join(values)
        cursor = self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
        return int(cursor.lastrowid or 0)

    def event(self, kind: str, when: int, text: str | None = None, **values: Any) -> int:
        """The next event of the log, in its chain."""
        last = self.connection.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
        number = int(last[0]) + 1
        if text is not None:
            values["text_hash"] = hashlib.sha256(f"salt\x1f{text}".encode()).hexdigest()
        row = {"at": when, "kind": kind, **values}
        parts = ["-" if row.get(name) is None else f"{len(str(row[name]))}:{row[name]}" for name in _COLUMNS]
        digest = hashlib.sha256(f"{last[1]}|{number}|{'|'.join(parts)}".encode()).hexdigest()
        self.insert("event", id=number, **row, previous_hash=last[1], hash=digest)
        if text is not None:
            self.insert("event_text", event_id=number, salt="salt", text=text)
        return number

    def case(self, **number: object) -> int:
        """A new case whose buyer has a telephone number that lives on."""
        opened = at(-1, 12)
        buyer = self.insert("buyer", platform="taobao", key=f"forged{self.value('SELECT max(id) FROM buyer')}")
        self.insert("personal", **{"buyer_id": buyer, "kind": "phone", "value": "1", "added_at": opened, **number})
        shop = self.value("SELECT min(id) FROM shop WHERE platform = 'taobao'")
        review = self.insert(
            "review", shop_id=shop, external_id=f"forged{buyer}", buyer_id=buyer, grade="bad", rating=1,
            raw_rating="1", raw_scale="5", text="x", created_at=opened, seen_at=opened,
        )  # fmt: skip
        case_id = self.insert(
            "review_case", review_id=review, shop_id=shop, buyer_id=buyer, platform="taobao", grade="bad", state="new",
            open=1, due_at=opened, opened_at=opened, reviewed_at=opened,
        )  # fmt: skip
        self.event("case_opened", opened, case_id=case_id, subject_id=review, to_state="new")
        return case_id

    def buyer(self, case_id: int) -> int:
        """Whose case it is."""
        return self.value("SELECT buyer_id FROM review_case WHERE id = ?", case_id)

    def contact(
        self,
        case_id: int,
        when: int,
        channel: str = "chat",
        line: str = "sent",
        standing: str = "in_talk",
        agent: int | None = None,
        *,
        incoming: bool = False,
        told: bool | None = None,
    ) -> int:
        """A contact with its outcome a minute later; the case stays in work. `told` is what the log says of who
        began it."""
        buyer = self.buyer(case_id)
        number = self.connection.execute("SELECT max(id) FROM personal WHERE buyer_id = ?", (buyer,)).fetchone()[0]
        made: dict[str, Any] = {"case_id": case_id, "agent_id": agent or self.agent}
        contact = self.insert(
            "contact", **made, buyer_id=buyer, channel=channel, started_at=when, ended_at=when + 60_000, line=line,
            personal_id=number if channel in ("phone", "sms") else None, standing=standing, incoming=int(incoming),
        )  # fmt: skip
        (was,) = self.connection.execute("SELECT state FROM review_case WHERE id = ?", (case_id,)).fetchone()
        moved: dict[str, Any] = {"from_state": was, "to_state": "working"}
        began = 1 if (incoming if told is None else told) else None
        self.event("contact_started", when, **made, contact_id=contact, code=channel, number=began, **moved)
        moved["from_state"] = "working"
        code = f"{line}/{standing}"
        self.event("outcome_recorded", when + 60_000, **made, contact_id=contact, code=code, **moved)
        self.do(
            "UPDATE review_case SET state = 'working', open = 1, result = NULL, closed_at = NULL WHERE id = ?", case_id
        )
        return contact

    def move(self, case_id: int, kind: str, when: int, to: str) -> None:
        """Lead the case into another state."""
        (was,) = self.connection.execute("SELECT state FROM review_case WHERE id = ?", (case_id,)).fetchone()
        self.event(kind, when, case_id=case_id, agent_id=self.agent, from_state=was, to_state=to)
        closed = to == "closed"
        self.do(
            "UPDATE review_case SET state = ?, open = ?, closed_at = ?, result = ? WHERE id = ?",
            *(to, int(not closed), when if closed else None, "none" if closed else None, case_id),
        )

    def promise(self, case_id: int, when: int, due: int, state: str = "open") -> int:
        """A promise of the buyer with everything that belongs to it."""
        promise = self.insert(
            "promise", case_id=case_id, by_whom="buyer", kind="revise", state=state, made_at=when, due_at=due,
            settled_at=None if state == "open" else due + DAY,
        )  # fmt: skip
        self.event("promised", when, case_id=case_id, agent_id=self.agent, subject_id=promise, number=due)
        if state == "open":
            self.follow_up(case_id, "check_promise", due + HOUR, when)
        return promise

    def follow_up(self, case_id: int, kind: str, due: int, when: int) -> int:
        """A task, and the case that comes back for it."""
        task = self.insert("follow_up", case_id=case_id, kind=kind, state="open", due_at=due, set_at=when)
        self.event("follow_up_set", when, case_id=case_id, agent_id=self.agent, subject_id=task, code=kind, number=due)
        first = self.value("SELECT min(due_at) FROM follow_up WHERE case_id = ? AND state = 'open'", case_id)
        self.do("UPDATE review_case SET follow_up_at = ? WHERE id = ?", first, case_id)
        return task

    def remedy(self, case_id: int, when: int) -> int:
        """A remedy that is owed, with its task."""
        remedy = self.insert(
            "remedy", case_id=case_id, agent_id=self.agent, kind="agreed", state="accepted", offered_at=when,
            accepted_at=when, due_at=when + DAY,
        )  # fmt: skip
        self.event("remedy_accepted", when, case_id=case_id, agent_id=self.agent, subject_id=remedy)
        self.follow_up(case_id, "deliver_remedy", when + DAY, when)
        return remedy
