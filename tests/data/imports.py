"""What an import left in a database, in a form that does not depend on row numbers or on how rows were portioned."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from data.casework.chain import verify
from data.importing import FileReport, import_files
from data.settings import Settings
from data.store.store import Store
from tests.data.world import NOW

_CONTENT = {
    "shop": "SELECT platform, name, zone, external_id FROM shop",
    "product": "SELECT s.name, d.key, d.title FROM product d JOIN shop s ON s.id = d.shop_id",
    "buyer": "SELECT platform, key, nick FROM buyer",
    "purchase": "SELECT s.name, p.external_id, p.external_id_reversed, b.key, p.variant, p.amount_minor, p.currency, "
    "p.paid_at, p.carrier, p.tracking, p.tracking_reversed, p.status FROM purchase p JOIN shop s ON s.id = p.shop_id "
    "JOIN buyer b ON b.id = p.buyer_id",
    "personal": "SELECT b.key, p.external_id, d.kind, d.value, d.extension, d.virtual, d.expires_at FROM personal d "
    "JOIN buyer b ON b.id = d.buyer_id JOIN purchase p ON p.id = d.purchase_id",
    "review": "SELECT s.name, r.external_id, p.external_id, r.order_external_id, d.key, b.key, r.grade, r.rating, "
    "r.raw_rating, r.raw_scale, r.text, r.appended_text, r.reply_text, r.pictures, r.created_at FROM review r "
    "JOIN shop s ON s.id = r.shop_id JOIN buyer b ON b.id = r.buyer_id LEFT JOIN purchase p ON p.id = r.purchase_id "
    "LEFT JOIN product d ON d.id = r.product_id",
    "review_case": "SELECT r.external_id, b.key, c.platform, c.grade, c.state, c.result, c.open, c.due_at, "
    "c.contact_from, c.opened_at, c.reviewed_at, c.closed_at FROM review_case c JOIN review r ON r.id = c.review_id "
    "JOIN buyer b ON b.id = c.buyer_id",
    "revision": "SELECT r.external_id, v.kind, v.grade_before, v.grade_after, v.text_before, v.text_after "
    "FROM revision v JOIN review r ON r.id = v.review_id",
    "event": "SELECT e.kind, r.external_id, e.code, e.number, e.from_state, e.to_state FROM event e "
    "LEFT JOIN review_case c ON c.id = e.case_id LEFT JOIN review r ON r.id = c.review_id WHERE e.kind <> 'imported'",
}


def content(connection: sqlite3.Connection, *without: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that an import makes, in an order of their own."""
    return {
        name: sorted(connection.execute(statement).fetchall(), key=repr)
        for name, statement in _CONTENT.items()
        if name not in without
    }


def sound(connection: sqlite3.Connection) -> None:
    """The log verifies, every key leads somewhere, and every case knows its newest event."""
    assert list(verify(connection)) == []
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    unknown = connection.execute(
        "SELECT c.id FROM review_case c WHERE c.last_event_id IS NOT "
        "(SELECT max(e.id) FROM event e WHERE e.case_id = c.id)"
    )
    assert unknown.fetchall() == []
    for read, new, changed, same, refused in connection.execute(
        "SELECT read, new, changed, same, refused FROM import_batch"
    ):
        assert read == new + changed + same + refused


class Desk:
    """A database to import into."""

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.store = Store(path)
        self.store.prepare(NOW, create=True)
        self.settings = settings or Settings()

    def take(self, *paths: Path, now: int = NOW, **more: Any) -> list[FileReport]:
        """Import files; every report must add up."""
        reports = import_files(paths, store=self.store, settings=self.settings, now=now, **more)
        for report in reports:
            assert report.read == report.new + report.changed + report.same + report.refused
        return reports

    def content(self, *without: str) -> dict[str, list[tuple[Any, ...]]]:
        """What is in the database."""
        with self.store.read() as connection:
            sound(connection)
            return content(connection, *without)

    def all(self, statement: str, *values: object) -> list[Any]:
        """Any question."""
        with self.store.read() as connection:
            return connection.execute(statement, values).fetchall()

    def write(self, statement: str, *values: object) -> int:
        """Any change; the number of the new row."""
        with self.store.write() as connection:
            return int(connection.execute(statement, values).lastrowid or 0)


def counts(report: FileReport) -> tuple[int, int, int, int, int]:
    """Read, new, changed, same, refused."""
    return report.read, report.new, report.changed, report.same, report.refused
