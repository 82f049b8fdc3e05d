"""Every read statement fits the schema; reads load nothing that they do not need."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from data.reads import statements
from data.reads.inbox_sql import COLUMN_COUNT, ROW
from data.rows import Filter
from data.search import finding as finding_module
from tests.data.world import World


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return World(tmp_path_factory.mktemp("statements") / "shop.db").connection


def _plan(connection: sqlite3.Connection, statement: str) -> str:
    named = dict.fromkeys(re.findall(r":(\w+)", statement), 0)
    return "\n".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", named))


def test_every_statement_is_prepared_against_the_migrated_schema(connection: sqlite3.Connection) -> None:
    names = [name for name, statement in statements() if _plan(connection, statement)]
    assert len(names) == len(set(names)) > 1_000


def test_every_statement_of_the_search_is_prepared_too(connection: sqlite3.Connection) -> None:
    everything = finding_module.Scope("c.open IN (0, 1)", {})
    for statement in (finding_module.SIZE, finding_module.LOOK_THROUGH, finding_module.WALK, finding_module.AMONG):
        for newest_first in (True, False):
            assert _plan(connection, finding_module.arranged(statement, everything, newest_first))
    for newest_first in (True, False):
        # A query for the index cannot be zero, so this one is only compiled.
        sql = finding_module.arranged(finding_module.PROPOSED, everything, newest_first)
        named = dict.fromkeys(re.findall(r":(\w+)", sql), "1")
        assert connection.execute(f"EXPLAIN {sql}", named).fetchall()
    for statement in (finding_module.NICK, *finding_module.BEGINNING, *finding_module.ENDING):
        assert "SCAN" not in _plan(connection, statement)


def test_statements_outside_the_dialects_rooms_name_their_parameters() -> None:
    assert not [name for name, statement in statements() if "?" in statement]


def test_a_page_in_a_views_own_order_never_sorts_and_never_scans_the_table(connection: sqlite3.Connection) -> None:
    for name, statement in statements():
        if "led by None-" in name and not name.endswith("size"):
            plan = _plan(connection, statement)
            assert "USE TEMP B-TREE" not in plan, name
            assert re.search(r"(SEARCH|SCAN) c USING (COVERING )?INDEX", plan), name


def test_the_columns_of_a_line_are_counted_right(connection: sqlite3.Connection) -> None:
    assert len(connection.execute(ROW, {"case_id": 0}).description) == COLUMN_COUNT


@pytest.mark.parametrize("module", ["data.reads", "data.store.store", "data.search", "data.store.health"])
def test_reads_load_neither_an_object_mapper_nor_a_screen(module: str) -> None:
    heavy = {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich"}
    program = f"import sys, {module}\nprint(sorted({heavy!r} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_an_empty_filter_is_false_and_any_other_true() -> None:
    assert not Filter()
    assert Filter(search="短")
    assert Filter(owner_id=0)


def test_the_dialect_stays_in_its_rooms() -> None:
    folder = Path(__file__).parents[3] / "data" / "reads"
    for module in folder.glob("*.py"):
        assert not re.search(r"PRAGMA|INDEXED BY|json_each|\bMATCH\b|rowid|GLOB", module.read_text("utf-8")), module
