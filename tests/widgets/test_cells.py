"""Text is measured, cut, padded and wrapped by cells."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.cells import cut, head, narrow, pad, right, width, wrap

TEXTS = st.text(
    st.one_of(
        st.sampled_from("abc 12,。!太短了裂ＡＢ“”…①é👍👩\u0301\u200d\ufe0f▌─·×α"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=60,
)
CELLS = st.integers(0, 50)


@given(TEXTS, CELLS)
def test_a_cut_text_is_never_wider_than_it_may_be(text: str, cells: int) -> None:
    assert width(cut(text, cells)) <= cells


@given(TEXTS, CELLS)
def test_what_fits_is_not_cut(text: str, cells: int) -> None:
    assert cut(text, cells) == text or width(text) > cells


@given(TEXTS, CELLS)
def test_a_cut_text_is_a_beginning_and_uses_what_room_there_is(text: str, cells: int) -> None:
    beginning = head(text, cells)
    assert text.startswith(beginning)
    assert beginning == text or width(beginning) >= cells - 1


@given(TEXTS, CELLS)
def test_a_padded_text_fills_its_cells_exactly(text: str, cells: int) -> None:
    assert width(pad(text, cells)) == cells
    assert width(right(text, cells)) == cells


@given(TEXTS, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(2, 40), st.integers(1, 4))
def test_wrapping_keeps_to_the_number_of_lines(text: str, cells: int, lines: int) -> None:
    wrapped = wrap(text, cells, lines)
    assert len(wrapped) <= lines
    assert all(width(line) <= cells for line in wrapped)


def test_a_double_width_character_is_not_halved() -> None:
    assert cut("太短了", 5) == "太短…"
    assert cut("太短了", 4) == "太…"
    assert cut("太短了", 6) == "太短了"


def test_a_combining_mark_stays_with_its_letter() -> None:
    assert head("e\u0301e\u0301", 1) == "e\u0301"


def test_a_latin_word_stays_whole_and_a_full_stop_begins_no_line() -> None:
    assert wrap("size is wrong", 9) == ["size is", "wrong"]
    assert wrap("太短了。裂了", 6) == ["太短", "了。裂", "了"]


@given(TEXTS)
def test_narrow_substitutes_keep_every_measure(text: str) -> None:
    narrowed = narrow(text)
    assert width(narrowed) == width(text)
    assert len(narrowed) == len(text)


@given(TEXTS)
def test_nothing_of_ambiguous_width_is_left_for_a_terminal_that_draws_it_wide(text: str) -> None:
    left = [each for each in narrow(text) if unicodedata.east_asian_width(each) == "A" and width(each) == 1]
    assert not left


@pytest.mark.parametrize(("glyph", "plain"), [("▌", ">"), ("─", "-"), ("│", "|"), ("…", "~"), ("“", '"'), ("①", "1")])
def test_each_glyph_has_a_substitute_with_the_same_sense(glyph: str, plain: str) -> None:
    assert narrow(glyph) == plain
