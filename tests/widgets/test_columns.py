"""Columns share a line: the least that each needs, then its share; what matters least gives way first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from widgets.cells import width
from widgets.columns import GAP, Column, place

COLUMNS: st.SearchStrategy[list[Column[int]]] = st.lists(
    st.builds(
        lambda least, more, share, gives_way: Column(
            "t", lambda row: (str(row), None), least, least + more, share, gives_way
        ),
        st.integers(1, 20),
        st.integers(0, 60),
        st.integers(0, 8),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=9,
)


@given(COLUMNS, st.integers(1, 200))
def test_columns_never_overlap_or_leave_the_line(columns: list[Column[int]], cells: int) -> None:
    end = 0
    for placed in place(columns, cells, margin=2):
        assert placed.at >= end
        assert placed.at + placed.cells <= max(cells, 3)
        end = placed.at + placed.cells + GAP


@given(COLUMNS, st.integers(1, 200))
def test_no_column_gives_way_before_one_that_matters_less(columns: list[Column[int]], cells: int) -> None:
    kept = {id(placed.column) for placed in place(columns, cells, margin=0)}
    gone = [column.gives_way for column in columns if id(column) not in kept and column.gives_way]
    stayed = [column.gives_way for column in columns if id(column) in kept]
    assert not gone or max(stayed, default=0) <= max(gone)


def test_what_is_left_goes_to_those_with_a_share() -> None:
    fixed: Column[int] = Column("a", lambda row: ("", None), 6, 6)
    growing: Column[int] = Column("b", lambda row: ("", None), 10, 100, share=1)
    first, second = place([fixed, growing], 60, margin=2)
    assert (first.at, first.cells) == (2, 6)
    assert (second.at, second.cells) == (10, 50)


def test_numbers_stand_at_the_right_of_their_column() -> None:
    column: Column[int] = Column("a", lambda row: ("", None), 6, 6, to_the_right=True)
    (placed,) = place([column], 20, margin=0)
    assert placed.fill("0:18") == "  0:18"
    assert width(placed.fill("明 10:00 很久")) == 6
