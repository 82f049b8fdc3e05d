"""Marks: which cases they are on, how many may be marked, and what of the list is painted for one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from data.several import AT_MOST
from tests.widgets.test_rows import Catalogue, shown
from widgets import look
from widgets.marks import Marks
from widgets.rows import MARGIN

IDS = st.lists(st.integers(1, 9), max_size=12)


@given(IDS, IDS)
def test_marks_keep_their_order_and_no_case_is_marked_twice(first: list[int], taken: list[int]) -> None:
    marks = Marks()
    assert marks.add(first) == len(set(first))
    assert [marks.take(case_id) for case_id in dict.fromkeys(taken)] == [
        case_id in first for case_id in dict.fromkeys(taken)
    ]
    assert marks.ids == tuple(case_id for case_id in dict.fromkeys(first) if case_id not in taken)


@given(IDS, IDS)
def test_cleared_marks_can_be_brought_back_beside_new_ones(first: list[int], then: list[int]) -> None:
    marks = Marks()
    marks.add(first)
    marks.clear()
    assert not marks
    marks.clear()
    marks.add(then)
    assert marks.bring_back() == len(set(first) - set(then))
    assert set(marks.ids) == {*first, *then}


def test_no_more_cases_are_marked_than_one_act_may_be_about() -> None:
    marks = Marks()
    assert marks.add(range(AT_MOST + 3)) == AT_MOST
    assert marks.add([AT_MOST + 1]) == 0
    assert AT_MOST not in marks


async def test_a_mark_is_a_shape_beside_the_cursor_and_paints_only_the_margin_of_its_row() -> None:
    async with shown(Catalogue(500)) as (listing, _pilot):
        listing.mark(frozenset({0, 3, 400}))
        assert listing.painted == [Region(0, 1, MARGIN, 1), Region(0, 4, MARGIN, 1)]
        lines = listing.text().splitlines()
        assert [line[:MARGIN] for line in lines[1:5]] == [look.CURSOR + look.DONE, "  ", "  ", " " + look.DONE]
        listing.painted.clear()
        listing.mark(frozenset({3}))
        assert listing.painted == [Region(0, 1, MARGIN, 1)]


async def test_marking_and_moving_on_repaints_a_part_of_two_rows() -> None:
    async with shown(Catalogue(500)) as (listing, pilot):
        listing.mark(frozenset({0}))
        await pilot.press("down")
        assert {region.y for region in listing.painted if region is not None} == {1, 2}
        assert None not in listing.painted
