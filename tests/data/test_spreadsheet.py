"""A workbook for people: ids stay text, nothing is a formula, heads and words are in the reader's language."""

from __future__ import annotations

import errno
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from data import exporting, spreadsheet
from data.errors import SourceError, StoreError
from data.exporting import KINDS, export_to_path, export_to_stream
from data.language import choose_language
from data.reads import SqlReads
from data.reads.exports import FIELDS
from data.rows import Filter, View
from data.spreadsheet import head
from data.store.store import Store
from tests.data.world import NOW, World

HOSTILE = '=HYPERLINK("http://x")\x1b[31m\x00<b>&\ud83d"引号"\r\n第二行'
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Cell = tuple[str, str]
"""The type of a cell and what it holds."""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    choose_language("en")
    yield
    choose_language("en")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    world = World(tmp_path / "shop.db")
    buyer = world.buyer()
    order = world.purchase(buyer, external_id="4604347058083367316")
    text = HOSTILE.encode("utf-8", "ignore").decode()
    review = world.review(buyer, purchase_id=order, external_id="000123", text=text)
    world.case(review, cause="Q1", state="waiting_buyer", attempts=2)
    for number in range(5):
        world.case(state="closed", due_at=NOW - number)
    world.contact(1)
    world.connection.close()
    made = Store(tmp_path / "shop.db")
    yield made
    made.close()


def _sheets(raw: bytes) -> list[list[dict[str, Cell]]]:
    """Every sheet's rows; a row's cells by their column."""
    book = zipfile.ZipFile(io.BytesIO(raw))
    names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    sheets = []
    for name in names:
        tree = ElementTree.fromstring(book.read(name))
        assert not list(tree.iter(f"{_MAIN}f"))
        rows = []
        for row in tree.iter(f"{_MAIN}row"):
            cells = list(row.iter(f"{_MAIN}c"))
            rows.append({str(cell.get("r")).rstrip("0123456789"): _cell(cell) for cell in cells})
        sheets.append(rows)
    return sheets


def _cell(cell: ElementTree.Element) -> Cell:
    kind = str(cell.get("t", "n"))
    return kind, "".join(cell.itertext())


def _exported(store: Store, kind: str, **more: Any) -> list[list[dict[str, Cell]]]:
    out = io.BytesIO()
    export_to_stream(store, kind, "xlsx", out, **more)
    return _sheets(out.getvalue())


def _column(field: str) -> str:
    return chr(ord("A") + FIELDS["cases"].index(field))


def test_ids_are_text_numbers_are_numbers_and_nothing_is_a_formula(store: Store) -> None:
    ((_heads, first, *_rest),) = _exported(store, "cases")
    assert first[_column("order_id")] == ("inlineStr", "4604347058083367316")
    assert first[_column("review_id")] == ("inlineStr", "000123")
    assert first[_column("case_id")] == ("inlineStr", "1")
    assert first[_column("contacts")] == ("n", "2")
    kind, text = first[_column("text")]
    assert kind == "inlineStr"
    assert text.startswith('=HYPERLINK("http://x")[31m<b>&"引号"')
    assert text.endswith("第二行")


def test_times_are_the_shops_wall_clock(store: Store) -> None:
    ((_heads, first, *_rest),) = _exported(store, "cases")
    kind, days = first[_column("opened_at")]
    assert kind == "n"
    # 2026-11-18 19:06:40 in Shanghai, in days since the spreadsheets' year 1900.
    assert float(days) == pytest.approx(46344 + (19 * 3600 + 6 * 60 + 40) / 86400, abs=1e-6)


@pytest.mark.parametrize(("code", "heads", "words"), [
    ("en", ("Order number", "Grade"), ("Bad", "Waiting for buyer", "Defect")),
    ("zh_CN", ("订单号", "评级"), ("差评", "等买家", "质量瑕疵")),
])  # fmt: skip
def test_heads_and_words_are_in_the_readers_language(
    store: Store, code: str, heads: tuple[str, ...], words: tuple[str, ...]
) -> None:
    choose_language(code)
    ((top, first, *_rest),) = _exported(store, "cases")
    assert tuple(top[_column(field)][1] for field in ("order_id", "grade")) == heads
    assert tuple(first[_column(field)][1] for field in ("grade", "state", "cause")) == words


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_every_field_has_a_head_of_its_own(code: str) -> None:
    choose_language(code)
    for kind in KINDS:
        heads = [head(field) for field in FIELDS[kind]]
        assert len(set(heads)) == len(heads)
        assert not any("_" in each for each in heads)


@pytest.mark.parametrize("kind", KINDS)
def test_every_export_can_be_a_workbook_and_one_of_nothing_is_whole(tmp_path: Path, store: Store, kind: str) -> None:
    ((top, *rows),) = _exported(store, kind)
    assert len(top) == len(FIELDS[kind])
    assert len(rows) == {"cases": 6, "outcomes": 1, "events": 0}[kind]
    World(tmp_path / "empty.db").connection.close()
    ((_top,),) = _exported(Store(tmp_path / "empty.db"), kind)


def test_what_one_sheet_cannot_hold_goes_on_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "SHEET_ROWS", 4)
    sheets = _exported(store, "cases")
    assert [len(rows) for rows in sheets] == [5, 3]
    assert sheets[0][0] == sheets[1][0]


def test_a_list_is_written_as_it_stands_on_the_screen(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_TOLD_EVERY", 2)
    reads = SqlReads(store, zone=ZoneInfo("Asia/Shanghai"))
    told: list[tuple[int, int]] = []
    chosen = reads.every(View.ALL, Filter(search="state:closed"), agent_id=1, now=NOW)
    ((_top, *rows),) = _exported(store, "cases", chosen=chosen, progress=lambda done, of: told.append((done, of)))
    assert [row[_column("case_id")][1] for row in rows] == ["6", "5", "4", "3", "2"]
    assert told == [(2, 5), (4, 5), (5, 5)]
    found = reads.every(View.ALL, Filter(search="太短"), agent_id=1, now=NOW)
    assert len(_exported(store, "cases", chosen=found)[0]) == 6
    jumped = reads.every(View.MINE, Filter(search="4604347058083367316"), agent_id=1, now=NOW)
    assert len(_exported(store, "cases", chosen=jumped)[0]) == 2


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))

    def full(_connection: Any) -> list[int]:
        return [1, 2]

    def no_space(*_values: Any, **_named: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("xlsxwriter.packager.Packager._create_package", no_space)
    with pytest.raises(SourceError, match="No space left"):
        export_to_path(store, "cases", "xlsx", tmp_path / "out.xlsx", chosen=full)
    monkeypatch.undo()
    monkeypatch.setattr("tempfile.tempdir", str(own))

    def broken(_connection: Any) -> list[int]:
        raise StoreError("Gone", "The database is gone.")

    with pytest.raises(StoreError):
        export_to_path(store, "cases", "xlsx", tmp_path / "out.xlsx", chosen=broken)
    assert list(own.iterdir()) == []
    assert not list(tmp_path.glob("*out.xlsx*"))
