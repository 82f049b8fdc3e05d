"""Text from outside: nothing of it acts on a terminal, and no spreadsheet runs or destroys it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.outside import UNKNOWN, for_screen, for_spreadsheet

ANY_TEXT = st.text(
    st.characters() | st.sampled_from("\x1b\x9b\r\n\t\u200b\u202e\ufe0f\u0301\ud800\ue000👍太短"), max_size=40
)


@given(ANY_TEXT)
def test_what_reaches_a_screen_is_one_printable_line(text: str) -> None:
    shown = for_screen(text)
    assert all(character.isprintable() or character == "\u3000" for character in shown)
    assert len(shown) <= len(text)


@given(ANY_TEXT)
def test_lines_are_all_that_is_kept_when_asked(text: str) -> None:
    shown = for_screen(text, lines=True)
    assert for_screen(shown, lines=True) == shown
    assert all(character.isprintable() or character in "\u3000\n" for character in shown)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert for_screen(for_screen(text)) == for_screen(text)


@given(st.text(st.sampled_from("太短了，穿几天 abcXYZ019.!?，。！“”「」…~"), max_size=60))
def test_plain_chinese_and_english_pass_unchanged(text: str) -> None:
    assert for_screen(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J太短", "[2J太短"),
        ("\x1b]0;标题\x07好", "]0;标题好"),
        ("\x9b31m红", "31m红"),
        ("第一行\r\n第二行\n第三行", "第一行 第二行 第三行"),
        ("a\tb\u00a0c", "a b c"),
        ("好\u202e评差\u202c", "好评差"),
        ("零\u200b宽\u200d\ufeff", "零宽"),
        ("一\ud800二\ue123三", f"一{UNKNOWN}二{UNKNOWN}三"),
        ("👍🏽❤️", "👍❤"),
        ("a" + "\u0301" * 30, "a\u0301\u0301"),
        ("\u3164\u2800空", "空"),
        ("[red]不是标记[/red]", "[red]不是标记[/red]"),
        ("全角　空格", "全角　空格"),
    ],
)
def test_tricks_come_to_nothing(text: str, shown: str) -> None:
    assert for_screen(text) == shown


@given(ANY_TEXT)
def test_no_text_is_a_formula_in_a_spreadsheet(text: str) -> None:
    cell = for_spreadsheet(text)
    quoted_digits = re.fullmatch(r'="[0-9eE]+"', cell)
    assert quoted_digits or not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert not cell.startswith(("\t", "\r"))


@given(ANY_TEXT)
def test_a_cell_survives_the_way_into_a_file_and_back(text: str) -> None:
    cell = for_spreadsheet(text)
    written = io.StringIO(newline="")
    csv.writer(written).writerow([cell, "next"])
    stored = written.getvalue().encode("utf-8-sig").decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(stored, newline=""))) == [cell, "next"]
    assert not any(unicodedata.category(character) == "Cs" for character in cell)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("4604347058083367316", '="4604347058083367316"'),
        ("007", '="007"'),
        ("12e45678", '="12e45678"'),
        ("261117-332688327847865", "261117-332688327847865"),
        ("59", "59"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("  =1+1", "'  =1+1"),
        ("-1", "'-1"),
        ("+86 138", "'+86 138"),
        ("@all", "'@all"),
        ("\tx", "'\tx"),
        ("太短\n了", "太短\n了"),
        ("a\x00b\x1b[1m", "ab[1m"),
        (-59, "-59"),
        (None, ""),
        (0, "0"),
        ("", ""),
    ],
)
def test_values_become_cells(value: object, cell: str) -> None:
    assert for_spreadsheet(value) == cell
