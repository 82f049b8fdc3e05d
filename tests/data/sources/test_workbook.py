from __future__ import annotations

import io
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import SourceError
from data.sources import workbook
from data.sources.cells import CellRefused, Numeral, clean_id
from data.sources.opening import open_source
from data.sources.rows import RefusedRow
from data.sources.sheet import plain_number
from data.sources.tabular import TableRow
from data.sources.workbook import Workbook, is_date
from tests.data.sources.books import book, by_hand, sheet_of


def rows_of(path: Path, sheet: int = 0) -> list[tuple[int, list[str]]]:
    opened = open_source(path)
    assert isinstance(opened, Workbook)
    found = list(opened.rows(sheet))
    assert opened.bytes_read() == opened.size
    opened.close()
    assert all(isinstance(row, TableRow) for row in found), found
    return [(row.line, row.cells) for row in found if isinstance(row, TableRow)]


def refusal(path: Path) -> str:
    opened = open_source(path)
    assert isinstance(opened, Workbook)
    *_before, last = opened.rows(0)
    assert isinstance(last, RefusedRow)
    return last.reason


@pytest.mark.parametrize("inline", [True, False])
def test_texts_stand_in_their_cells_or_are_shared(tmp_path: Path, inline: bool) -> None:
    rows = [
        ["订单ID", "内容"],
        ["4604347058083367316", " 裂了😀 \n第二行"],
        ["", "_x41"],
        ["4604347058083367316", "&<>"],
    ]
    found = rows_of(book(tmp_path / "b", rows, inline=inline))
    assert found == [(1, rows[0]), (2, rows[1]), (3, rows[2]), (4, rows[3])]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=8), max_size=5),
        max_size=6,
    ),
    st.booleans(),
)
def test_every_text_that_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], inline: bool
) -> None:
    found = rows_of(book(tmp_path_factory.mktemp("b") / "b.xlsx", rows, inline=inline))

    def filled(row: list[str]) -> list[tuple[int, str]]:
        return [(column, cell) for column, cell in enumerate(row) if cell]

    wanted = [(line, filled(row)) for line, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    assert [(line, filled(cells)) for line, cells in found] == wanted


def test_numbers_keep_what_a_spreadsheet_keeps_of_them_and_the_rest_is_marked(tmp_path: Path) -> None:
    ((_line, cells),) = rows_of(book(tmp_path / "b", [[3, 59.9, 13800001234, 698775929702, -0.5, True, 1e21]]))
    assert cells == ["3", "59.9", "13800001234", "698775929702", "-0.5", "true", "1E+21"]
    assert isinstance(cells[-1], Numeral)
    assert plain_number("59.899999999999999") == "59.9"
    assert plain_number("1.2E3") == "1200"


@pytest.mark.parametrize("digits", ["9167050834385244676", "9.16705083438524E+18", "4604347058083367300"])
def test_an_id_that_is_a_number_of_more_digits_than_a_sheet_keeps_is_refused(tmp_path: Path, digits: str) -> None:
    sheet = sheet_of(f'<row r="1"><c r="A1"><v>{digits}</v></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>')
    ((_line, cells),) = rows_of(by_hand(tmp_path / "b", sheet))
    with pytest.raises(CellRefused, match="订单ID"):
        clean_id(cells[0], "订单ID")


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#VALUE!"])
def test_what_a_spreadsheet_could_not_work_out_is_no_id(cell: str) -> None:
    with pytest.raises(CellRefused):
        clean_id(cell, "订单ID")


@pytest.mark.parametrize("since_1904", [False, True])
def test_dates_come_as_dates_whatever_day_the_workbook_counts_from(tmp_path: Path, since_1904: bool) -> None:
    moment = datetime(2026, 11, 7, 15, 44, 59)  # noqa: DTZ001 - a sheet knows no zones
    path = tmp_path / "b.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"date_1904": since_1904}) as made:
        sheet = made.add_worksheet()
        for column, form in enumerate(('yyyy"年"m"月"d"日" hh:mm:ss', "m/d/yy h:mm", "[$-F400]h:mm:ss AM/PM")):
            sheet.write_datetime(0, column, moment, made.add_format({"num_format": form}))
        sheet.write_number(0, 3, 46333.5, made.add_format({"num_format": '#,##0.00"元"'}))
    assert rows_of(path) == [(1, ["2026-11-07 15:44:59"] * 3 + ["46333.5"])]


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("General", False),
        ("0.00E+00", False),
        ('0"days"', False),
        (r"\d0", False),
        ("[Red]#,##0", False),
        ("yyyy/m/d", True),
        ('[DBNum1]m"月"', True),
        ("@", False),
    ],
)
def test_a_format_shows_dates_when_it_says_so_outside_quotes(code: str, date: bool) -> None:
    assert is_date(code) is date


def test_a_wrong_dimension_missing_references_and_a_prefix_do_not_matter(tmp_path: Path) -> None:
    row = "<x:row><x:c t='str'><x:v>a</x:v></x:c><x:c/><x:c t='inlineStr'><x:is><x:t>b</x:t></x:is></x:c></x:row>"
    sheet = f"<x:worksheet xmlns:x='y'><x:dimension ref='A1'/><x:sheetData>{row * 3}</x:sheetData></x:worksheet>"
    assert rows_of(by_hand(tmp_path / "b", sheet)) == [(line, ["a", "b"]) for line in (1, 2, 3)]


def test_cells_stand_where_they_say_and_phonetic_guides_and_runs_are_understood(tmp_path: Path) -> None:
    texts = "<sst><si><r><t>太</t></r><r><t>短</t></r><rPh><t>tai</t></rPh></si><si><t>a_x000D_b</t></si></sst>"
    sheet = sheet_of(
        '<row r="7"><c r="C7" t="s"><v>0</v></c><c r="AB7" t="s"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>1+1</f><v>2</v></c><c r="B3" t="e"><v>#N/A</v></c></row>'
    )
    found = rows_of(by_hand(tmp_path / "b", sheet, texts=texts))
    assert found == [(7, ["", "", "太短", *[""] * 24, "a\rb"]), (3, ["2", "#N/A"])]


def test_a_workbook_is_found_by_what_it_says_and_backslashes_are_slashes(tmp_path: Path) -> None:
    sheet = sheet_of('<row><c t="str"><v>a</v></c></row>')
    path = by_hand(tmp_path / "b", sheet, sheet_name="XL\\worksheets\\SHEET1.xml")
    assert rows_of(path) == [(1, ["a"])]


def test_several_sheets_are_read_one_after_the_other(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as made:
        for text in ("说明", "数据"):
            made.add_worksheet().write_string(0, 0, text)
    assert [rows_of(tmp_path / "b.xlsx", sheet) for sheet in (0, 1)] == [[(1, ["说明"])], [(1, ["数据"])]]


def test_a_sheet_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    whole = sheet_of('<row><c t="str"><v>a</v></c></row><row><c t="str"><v>b</v></c></row>')
    path = by_hand(tmp_path / "b", whole[: whole.rfind("<row>") + 20])
    opened = open_source(path)
    assert isinstance(opened, Workbook)
    first, broken = opened.rows(0)
    assert first == TableRow(1, ["a"])
    assert isinstance(broken, RefusedRow)
    assert "breaks off" in broken.reason


def test_only_the_rows_under_way_are_held(tmp_path: Path) -> None:
    rows = ([f"{row}-{column}-裂了口子" for column in range(15)] for row in range(4_000))
    path = book(tmp_path / "b", rows, inline=True)
    opened = open_source(path)
    assert isinstance(opened, Workbook)
    tracemalloc.start()
    try:
        assert sum(1 for _row in opened.rows(0)) == 4_000
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # All rows together are some eight million bytes.
    assert most < 2_000_000


def test_entities_are_refused_and_nothing_is_opened(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    path = by_hand(tmp_path / "b", sheet_of('<row><c t="str"><v>&b;&c;</v></c></row>'), head=bomb)
    assert "breaks off" in refusal(path)


def test_one_cell_far_away_or_without_end_costs_its_row_only(tmp_path: Path) -> None:
    far = '<row r="1"><c r="XFD1" t="str"><v>x</v></c></row><row r="99999999999"><c t="str"><v>y</v></c></row>'
    opened = open_source(by_hand(tmp_path / "far", sheet_of(far)))
    assert isinstance(opened, Workbook)
    refused, row = opened.rows(0)
    assert isinstance(refused, RefusedRow)
    assert "columns" in refused.reason
    assert row == TableRow(2, ["y"])
    long = f'<row><c t="str"><v>{"长" * 1_100_000}</v></c></row><row><c t="str"><v>y</v></c></row>'
    opened = open_source(by_hand(tmp_path / "long", sheet_of(long)))
    assert isinstance(opened, Workbook)
    refused, row = opened.rows(0)
    assert isinstance(refused, RefusedRow)
    assert "longer" in refused.reason
    assert row == TableRow(2, ["y"])
    lacking = '<row><c t="s"><v>5</v></c></row>'
    assert "lacks" in refusal(by_hand(tmp_path / "lacking", sheet_of(lacking)))


def test_an_attribute_without_end_is_given_up(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "b", sheet_of(f'<row a="{"x" * 6_000_000}"></row>'))
    assert "breaks off" in refusal(path)


def test_what_would_unpack_without_end_is_refused(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "b", sheet_of("<row/>" * 20_000_000).encode())
    opened = open_source(path)
    assert isinstance(opened, Workbook)
    with pytest.raises(SourceError, match="unpack"):
        list(opened.rows(0))


def test_shared_texts_that_would_fill_memory_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_OF_TEXTS", 10_000)
    for texts in ("<si><t>长</t></si>" * 1_000, f"<si>{'<t>长</t>' * 9_000}</si>"):
        opened = open_source(by_hand(tmp_path / "b", sheet_of(""), texts=f"<sst>{texts}</sst>"))
        assert isinstance(opened, Workbook)
        with pytest.raises(SourceError, match="memory"):
            list(opened.rows(0))


def _archive(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def _encrypted(path: Path) -> bytes:
    raw = bytearray(by_hand(path, sheet_of("")).read_bytes())
    at = raw.find(b"PK\x01\x02")
    raw[at + 8] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda _path: b"PK\x03\x04", "damaged"),
        (lambda _path: _archive(**{"评价.csv": b"a,b"}), "no workbook"),
        (lambda path: by_hand(path, sheet_of("")).read_bytes()[:-30], "damaged"),
        (lambda path: by_hand(path, "", workbook="<workbook/>").read_bytes(), "no sheet"),
        (lambda path: by_hand(path, "", workbook="<workbook").read_bytes(), "damaged"),
        (_encrypted, "protected"),
    ],
)
def test_what_is_no_workbook_is_refused_with_one_sentence(tmp_path: Path, made: object, says: str) -> None:
    assert callable(made)
    path = tmp_path / "file"
    path.write_bytes(made(tmp_path / "made"))
    with pytest.raises(SourceError, match=says) as refused:
        open_source(path)
    assert "\n" not in refused.value.what


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_archive_is_refused_or_read_and_never_more(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    sheet = sheet_of('<row><c t="s"><v>0</v></c><c s="1"><v>5</v></c></row>' * 3)
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    raw = bytearray(by_hand(folder / "whole", sheet, texts="<sst><si><t>a</t></si></sst>", styles=styles).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = folder / "damaged"
    path.write_bytes(raw)
    with suppress(SourceError):
        opened = open_source(path)
        if isinstance(opened, Workbook):
            for sheet_number in range(len(opened.sheets)):
                assert len(list(opened.rows(sheet_number))) <= 4
        opened.close()
