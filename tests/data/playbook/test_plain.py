"""The short way to read a playbook gives what the general parser gives, or leaves the text to it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.playbook.load import shipped
from data.playbook.places import Block
from data.playbook.plain import is_plain, read_plain
from data.playbook.reading import _ON_ONE_LINE, _QUOTED, _blanks, _blocks
from tests.data.playbook.calls import SMALL

PIECES = [
    *('"', "'", "=", ",", "]", "[", "}", "{", "\n", " ", "#", "\\", '""', '"x"', "\t", '"""'),
    *(
        "key = 1",
        "x = true",
        '"a" = 1',
        "a.b = 1",
        "é = 1",
        "# no",
        "[[node]]",
        "[entries]",
        "[a.b]",
        "[[a.b]]",
        "[a.c]",
        "[a]",
        "[[a]]",
    ),
    *("null", "1.5", "1_0", "0x1", "-1", "+1", "inf", "nan", "2026-01-01", "true", "falsetrue", "01", "9" * 40),
    *("[[objection.node]]", "[[node.choices]]"),
]
LINES = ['say = ["a", "b"]\n', "choices = [\n", "  { key = 1 },\n", "]\n", "{ a = [\n", "] }\n"]


def read(text: str) -> tuple[dict[str, Any], dict[str, Block]] | None:
    return read_plain(text, _ON_ONE_LINE.sub(" ", text)) if is_plain(text) else None


def assert_same(text: str) -> bool:
    """Whether the short way reads the text; then it reads what the general parser reads, and knows the same lines."""
    found = read(text)
    if found is None:
        return False
    tables, blocks = found
    assert tables == tomllib.loads(text)
    assert blocks == _blocks(_QUOTED.sub(_blanks, text), text)
    return True


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_the_shipped_playbooks_are_read_the_short_way(path: Path) -> None:
    assert assert_same(path.read_text(encoding="utf-8"))


def test_the_small_playbook_with_comments_is_read_the_short_way() -> None:
    assert assert_same(re.sub(r"\n(?=choices|say|  \{)", '  # a note, with "quotes" = 1\n', SMALL))


@settings(max_examples=160, deadline=None)
@given(st.integers(0, len(SMALL)), st.integers(0, 12), st.lists(st.sampled_from(PIECES), max_size=3).map("".join))
def test_damaged_text_is_read_alike_or_left_to_the_general_parser(at: int, cut: int, put: str) -> None:
    assert_same(SMALL[:at] + put + SMALL[at + cut :])


@settings(max_examples=160, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *LINES]), max_size=9).map("".join))
def test_any_text_is_read_alike_or_left_to_the_general_parser(text: str) -> None:
    assert_same(text)


UNUSUAL = (
    *('a = "x = y"', "a = { b = 1,\n c = 2 }", 'a = """x"""', "a = 'x'", "a = null", "a = 1\na = 2"),
    *(
        "[a]\n[a]",
        '"loose"',
        "a = NaN",
        'true"a" = 1',
        "[[a]]\n[[a.choices]]\nkey = 1",
        "a = []\n[[a]]",
        'a = "", b = 1',
        "a = [\n], b = 1",
    ),
)


@pytest.mark.parametrize("text", UNUSUAL)
def test_what_is_unusual_is_left_to_the_general_parser(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert read(text) is None
    else:
        assert_same(text)
