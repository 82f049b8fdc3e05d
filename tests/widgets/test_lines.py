"""Lines are cut to fit, and only what differs is painted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from widgets import look
from widgets.lines import Line, Span, beside, changed_until, fit, folded, line, line_width, plain, spread, strip

SPANS: st.SearchStrategy[Span] = st.tuples(
    st.text("ab 太短é\u0301👍\x1b\u202e", max_size=12), st.sampled_from([None, look.LABEL, look.KEY])
)
LINES: st.SearchStrategy[Line] = st.lists(SPANS, max_size=5).map(tuple)


@given(LINES, st.integers(0, 40))
def test_a_fitted_line_is_never_wider(spans: Line, cells: int) -> None:
    fitted = fit(spans, cells)
    assert line_width(fitted) <= cells
    assert fitted == spans or line_width(spans) > cells


@given(LINES, st.integers(2, 40))
def test_a_folded_line_loses_nothing_but_blanks(spans: Line, cells: int) -> None:
    parts = folded(spans, cells)
    assert all(line_width(part) <= cells for part in parts)
    assert "".join(map(plain, parts)).replace(" ", "") == plain(spans).replace(" ", "")
    assert len(folded(spans, cells, 2)) <= 2
    styles = {style for part in parts for text, style in part if text}
    assert styles <= {style for _text, style in spans}


@given(LINES, st.integers(1, 60))
def test_a_strip_fills_its_width_and_lets_nothing_act_on_the_terminal(spans: Line, cells: int) -> None:
    drawn = strip(spans, cells)
    assert line_width([(segment.text, None) for segment in drawn]) == cells
    assert "\x1b" not in drawn.text


@given(LINES, LINES, st.integers(1, 60))
def test_both_ends_of_a_line_share_it(left: Line, far: Line, cells: int) -> None:
    assert line_width(spread(left, far, cells)) <= max(cells, 1)


@given(LINES, LINES)
def test_behind_the_last_difference_both_lines_are_the_same(before: Line, after: Line) -> None:
    cells = 80
    end = changed_until(before, after, cells)
    assert 0 < end <= cells
    if before != after:
        old, new = strip(before, cells), strip(after, cells)
        assert old.crop(end, cells).text == new.crop(end, cells).text or "\u0301" in plain(after) + plain(before)


def test_the_clock_is_repainted_up_to_itself() -> None:
    before = line(" Amends", (" 10:42   shop", look.LABEL))
    after = line(" Amends", (" 10:43   shop", look.LABEL))
    assert changed_until(before, after, 80) == len(" Amends 10:43")


def test_two_columns_stand_beside_each_other() -> None:
    rows = beside([line("太短"), line("b")], [line("x")], 6, ("|", None))
    assert [plain(row) for row in rows] == ["太短  |x", "b     |"]
