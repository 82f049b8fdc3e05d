"""The demo shop shows everything that the work can look like, and its history is a real one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest

from data.casework.chain import verify
from data.clock import DAY, HOUR, MINUTE, parse_iso, zone
from data.demo.build import make_demo
from data.demo.content import FOLDER, load
from data.demo.moments import moment
from data.errors import StoreError
from data.importing import import_files
from data.remedies.catalogue import catalogue
from data.settings import Settings
from data.store.store import Store
from data.vocabulary import (
    Cause,
    Channel,
    EventKind,
    Grade,
    PromiseState,
    RemedyState,
    Result,
    RevisionKind,
    State,
)
from tests.at_work import MORNING

CHINA = zone("Asia/Shanghai")
NOW = parse_iso(MORNING, CHINA)
FRIDAY = parse_iso("2026-11-20T10:42", CHINA)
UNFORESEEABLE = {"event": ("text_hash", "previous_hash", "hash"), "event_text": ("salt",)}
"""Salts are drawn by lot, and hashes follow from them."""


@pytest.fixture(scope="module")
def demo(demo_shop: Path) -> Path:
    """The demo as the command makes it, in a process of its own."""
    return demo_shop


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


def column(path: Path, question: str) -> list[object]:
    with opened(path) as connection:
        return [row[0] for row in connection.execute(question)]


def all_rows(path: Path) -> dict[str, list[dict[str, object]]]:
    with opened(path) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'review_search%'"
        )
        return {
            name: [
                {key: row[key] for key in row.keys() if key not in UNFORESEEABLE.get(name, ())}  # noqa: SIM118
                for row in connection.execute(f"SELECT * FROM {name}")
            ]
            for (name,) in tables.fetchall()
        }


def test_every_cause_state_and_result_is_there(demo: Path) -> None:
    assert set(column(demo, "SELECT cause FROM review_case WHERE cause IS NOT NULL")) == set(Cause)
    assert set(column(demo, "SELECT state FROM review_case")) == set(State)
    assert set(column(demo, "SELECT result FROM review_case WHERE state = 'closed'")) == set(Result)


def test_promises_remedies_channels_and_revisions_of_every_kind_are_there(demo: Path) -> None:
    assert set(column(demo, "SELECT state FROM promise")) == set(PromiseState)
    assert {RemedyState.APPROVED, RemedyState.ISSUED, RemedyState.DELIVERED} <= set(
        column(demo, "SELECT state FROM remedy")
    )
    assert {Channel.PHONE, Channel.CHAT} <= set(column(demo, "SELECT channel FROM contact"))
    assert set(column(demo, "SELECT kind FROM revision")) == set(RevisionKind) - {RevisionKind.REMOVED}
    assert {"good", "bad"} <= set(column(demo, "SELECT grade_after FROM revision WHERE kind = 'revised'"))


def test_every_agreed_remedy_is_of_the_catalogue_and_its_cost_is_known(demo: Path) -> None:
    agreed = "FROM remedy WHERE accepted_at IS NOT NULL"
    assert column(demo, f"SELECT detail {agreed} AND (entry IS NULL OR cost_minor IS NULL)") == []
    entries = set(column(demo, f"SELECT entry {agreed}"))
    assert entries <= set(catalogue().entries)
    assert len(entries) >= 6


def test_every_kind_of_buyer_is_there_by_history_and_never_by_label(demo: Path) -> None:
    assert set(load().shows.values()) == {
        "unsure_of_grades",
        "careless",
        "silent",
        "first_time",
        "seldom_negative",
        "waits_for_effect",
        "bargains",
        "high_level",
        "malicious",
    }
    orders = "SELECT count(*) FROM purchase GROUP BY buyer_id ORDER BY count(*)"
    assert column(demo, orders)[0] == 1
    assert column(demo, orders)[-1] == 5
    praise = "SELECT text FROM review_case c JOIN review r ON r.id = c.review_id WHERE c.cause = 'U2' AND c.open = 1"
    assert any("非常满意" in str(text) for text in column(demo, praise))
    assert column(demo, "SELECT count(*) FROM buyer WHERE do_not_contact_at IS NOT NULL") == [1]


def test_virtual_numbers_with_extensions_are_valid_running_out_and_gone(demo: Path) -> None:
    expiries = [int(str(at)) for at in column(demo, "SELECT expires_at FROM personal WHERE extension IS NOT NULL")]
    assert any(at < NOW for at in expiries)
    assert any(NOW < at < NOW + 2 * DAY for at in expiries)
    assert any(at > NOW + 5 * DAY for at in expiries)


def test_made_anew_at_any_hour_its_inbox_is_alive_and_nothing_is_left_of_the_old_one(
    demo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "demo.db"
    path.write_bytes(demo.read_bytes())
    for hour, later in (("00:05", 0), ("20:59", 1)):
        now = parse_iso(f"2026-11-21T{hour}", CHINA)
        make_demo(path, now)
        assert [each.name for each in path.parent.iterdir()] == ["demo.db"]
        due = [int(str(at)) - now for at in column(path, "SELECT due_at FROM review_case WHERE open = 1")]
        assert sum(at < 0 for at in due) >= 3
        assert sum(0 < at < HOUR for at in due) >= 2
        assert sum(at > 12 * HOUR for at in due) >= 5
        assert len(due) >= 38
        assert column(path, f"SELECT count(*) FROM event WHERE at > {now}") == [0]
        assert column(path, f"SELECT count(*) > 0 FROM event WHERE at > {NOW}") == [later]


def test_the_log_verifies_and_every_state_was_reached_by_an_arrow(demo: Path) -> None:
    with opened(demo) as connection:
        assert list(verify(connection)) == []
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        steps = connection.execute(
            "SELECT case_id, kind, from_state, to_state FROM event WHERE to_state IS NOT NULL ORDER BY id"
        ).fetchall()
        standing = dict(connection.execute("SELECT id, state FROM review_case"))
    reached: dict[int, str] = {}
    for case_id, kind, before, after in steps:
        assert kind == EventKind.CASE_OPENED or before == reached[case_id]
        reached[case_id] = after
    assert reached == standing


def test_the_log_is_in_the_order_of_its_times(demo: Path) -> None:
    times = [int(str(at)) for at in column(demo, "SELECT at FROM event ORDER BY id")]
    assert times == sorted(times)


def test_the_same_moment_gives_the_same_rows(demo: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    make_demo(again, NOW)
    assert all_rows(again) == all_rows(demo)


def test_a_hostile_review_is_among_the_cases_as_it_came(demo: Path) -> None:
    hostile = [text for text in map(str, column(demo, "SELECT text FROM review")) if "\x1b[2J" in text]
    assert len(hostile) == 1
    assert "HYPERLINK" in hostile[0]


def test_the_texts_are_as_long_as_real_ones() -> None:
    lengths = [len(told.text) for told in load().reviews if told.grade != Grade.GOOD]
    assert 22 <= median(lengths) <= 32
    assert max(lengths) > 150
    assert min(lengths) == 1


def test_a_place_that_cannot_hold_it_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a file" / "demo.db"
    path.parent.touch()
    with pytest.raises(StoreError):
        make_demo(path, NOW)
    assert [each.name for each in tmp_path.iterdir()] == ["a file"]


def test_no_contact_was_left_without_an_outcome(demo: Path) -> None:
    assert column(demo, "SELECT count(*) FROM contact WHERE ended_at IS NULL") == [0]
    assert column(demo, "SELECT count(*) FROM call WHERE state = 'open'") == [0]


def test_the_sample_files_are_taken_whole(tmp_path: Path) -> None:
    store = Store(tmp_path / "amends.db")
    store.prepare(NOW, create=True)
    paths = [FOLDER / "files" / name for name in ("taobao-traderates.json", "ExportOrderList.csv", "pdd-reviews.csv")]
    reports = import_files(paths, store=store, settings=Settings(), now=NOW)
    store.close()
    assert [(report.source, report.new, report.refused, report.error) for report in reports] == [
        ("taobao", 18, 0, None),
        ("taobao-orders", 18, 0, None),
        ("pdd", 10, 0, None),
    ]


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("-40m", "2026-11-20T10:02"),
        ("+2h", "2026-11-20T12:42"),
        ("-1d 22:10", "2026-11-19T22:10"),
        ("+1d 10:00", "2026-11-21T10:00"),
        ("next 20:00", "2026-11-20T20:00"),
        ("next 09:00", "2026-11-21T09:00"),
    ],
)
def test_times_are_told_from_the_moment_of_making(told: str, at: str) -> None:
    assert moment(told, FRIDAY, CHINA) == parse_iso(at, CHINA)


def test_a_time_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="soon"):
        moment("soon", FRIDAY, CHINA)
    assert moment("next 10:42", FRIDAY, CHINA) == FRIDAY + DAY
    assert moment("next 10:44", FRIDAY, CHINA) == FRIDAY + 2 * MINUTE
