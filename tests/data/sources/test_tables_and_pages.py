from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources.pages import BrokenJson, PageReader, PageRow
from data.sources.rows import RefusedRow
from data.sources.tabular import TableRow, read_table
from tests.data.sources.files import taobao_page, taobao_row

PLACE = (("traderates_get_response", "trade_rates", "trade_rate"),)


def rows_of(text: str) -> list[TableRow | RefusedRow]:
    return list(read_table(io.StringIO(text, newline="")))


def test_lines_are_counted_through_quoted_line_ends_and_blank_lines() -> None:
    found = rows_of('a,b\r\n"one\r\ntwo",x\r\n\r\nlast,y\r\n')
    assert [(row.line, row.cells) for row in found] == [
        (1, ["a", "b"]),
        (2, ["one\r\ntwo", "x"]),
        (5, ["last", "y"]),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only() -> None:
    found = rows_of("a,b\n" + '"open,1\n' + "".join(f"row{number},2\n" for number in range(5_000)))
    assert [row.line for row in found if isinstance(row, RefusedRow)] == [2]
    assert [row.cells for row in found if isinstance(row, TableRow)][1:3] == [["row0", "2"], ["row1", "2"]]
    assert found[-1].line == 5_002


def test_a_cell_of_a_megabyte_neither_stops_the_reading_nor_hides_the_next_row() -> None:
    found = rows_of("a,b\n" + "x" * 1_100_000 + ",1\nnext,2\n")
    assert found[-1].cells == ["next", "2"] if isinstance(found[-1], TableRow) else False
    assert found[-1].line >= 3


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
ROWS = st.lists(CELLS, min_size=2, max_size=2).filter(lambda cells: any(cell.strip() for cell in cells))


@settings(max_examples=40)
@given(st.lists(ROWS, max_size=8))
def test_a_table_that_the_library_writes_is_read_back_with_true_lines(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    starts = []
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in rows:
        # csv ends every row with \r\n, and a bare \r inside a cell is a line end to the reader too.
        text = out.getvalue()
        starts.append(1 + text.replace("\r\n", "\n").replace("\r", "\n").count("\n"))
        writer.writerow(row)
    found = rows_of(out.getvalue())
    assert [row.cells for row in found] == rows
    assert [row.line for row in found] == starts


def pages(text: str, places: Any = PLACE) -> tuple[list[PageRow | RefusedRow], PageReader]:
    reader = PageReader(io.StringIO(text), places)
    return list(reader.rows()), reader


@pytest.mark.parametrize("form", ["one", "list", "lines"])
def test_one_page_a_list_of_pages_and_pages_in_a_row_are_read(form: str) -> None:
    first, second = taobao_page([taobao_row(1)]), taobao_page([taobao_row(2), taobao_row(3)])
    text = {
        "one": json.dumps(taobao_page([taobao_row(1), taobao_row(2), taobao_row(3)])),
        "list": json.dumps([first, second]),
        "lines": json.dumps(first) + "\n" + json.dumps(second) + "\n",
    }[form]
    found, _reader = pages(text)
    assert [(row.line, row.values["oid"][-2:]) for row in found if isinstance(row, PageRow)] == [
        (1, "01"),
        (2, "02"),
        (3, "03"),
    ]


def test_numbers_keep_every_digit_and_decimal() -> None:
    text = '{"r": [{"id": 65516597811066982920000000000000000001, "price": 59.90, "lost": 2.6E+18}]}'
    (row,), _reader = pages(text, (("r",),))
    assert isinstance(row, PageRow)
    assert row.values == {"id": "65516597811066982920000000000000000001", "price": "59.90", "lost": "2.6E+18"}


def test_a_page_that_breaks_off_gives_its_whole_rows_and_says_where() -> None:
    whole = json.dumps(taobao_page([taobao_row(number) for number in range(1, 6)]))
    found, _reader = pages(whole[: whole.index('"oid": "6551659781106698204"') + 3])
    assert [type(row) for row in found] == [PageRow, PageRow, PageRow, RefusedRow]
    assert found[-1].line == 4


def test_an_empty_page_is_recognised_and_an_error_page_says_what_the_platform_said() -> None:
    found, reader = pages(json.dumps(taobao_page([])))
    assert (found, reader.found) == ([], PLACE[0])
    found, reader = pages('{"error_response": {"code": 27, "msg": "Invalid session"}}')
    assert (found, reader.found, reader.platform_error) == ([], None, "Invalid session · 27")


@pytest.mark.parametrize("text", ["{", "[1,", '{"a"}', "{]", "[" * 100_000, '{"a": ' * 50_000])
def test_what_is_no_json_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BrokenJson):
        pages(text)


@settings(max_examples=25)
@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=3_000), max_size=3), min_size=1, max_size=30))
def test_rows_are_the_same_however_the_reading_is_cut(rows: list[dict[str, str]]) -> None:
    found, _reader = pages(json.dumps({"x": {"y": [1, {"z": 2}]}, "r": rows}), (("r",),))
    assert [row.values for row in found if isinstance(row, PageRow)] == rows
