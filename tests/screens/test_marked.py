"""Several cases at once, driven by keys on a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from data.clock import HOUR
from data.rows import View
from screens.buyer import BuyerScreen
from screens.inbox import InboxScreen
from tests.data.casework.desk import Desk as Data
from tests.screens.desk import Desk
from tests.screens.real import at_work
from widgets import look


def prepared(data: Data) -> None:
    """Forty cases, due one after the other; the third is a colleague's."""
    ming = data.world.agent("ming", name="阿明", title="售后")
    for number in range(40):
        data.case(due_at=data.now + (number + 1) * HOUR, owner_id=ming if number == 2 else None)


@asynccontextmanager
async def inbox(folder: Path, size: tuple[int, int] = (100, 30)) -> AsyncIterator[tuple[Desk, Data]]:
    async with at_work(folder, lambda place, _data: InboxScreen(place), size=size, prepare=prepared) as (d, data):
        yield d, data


def owners(data: Data) -> dict[int, object]:
    return dict(data.world.connection.execute("SELECT id, owner_id FROM review_case WHERE owner_id IS NOT NULL"))


def marked(d: Desk) -> list[int]:
    return list(d.inbox.cases.marks.ids)


async def test_the_right_arrow_marks_and_goes_on_and_the_left_one_takes_it_back(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, _data):
        await d.press("right", "right", "right")
        assert marked(d) == [1, 2, 3]
        assert [line[:2] for line in d.lines()[5:9]] == [" " + look.DONE] * 3 + [look.CURSOR + " "]
        assert "3 marked" in d.lines()[3]
        await d.press("left")
        assert marked(d) == [1, 2]
        await d.press("up", "left")
        assert marked(d) == [1]


async def test_marks_stay_while_the_list_pages_and_shows_another_view(tmp_path: Path) -> None:
    async with inbox(tmp_path, (80, 24)) as (d, _data):
        await d.press("right", "end", "right", "2")
        assert d.inbox.view is View.MINE
        assert d.rule_says("2 marked cases stay marked.")
        assert "2 marked" in d.lines()[3]
        await d.press("1", "home")
        assert d.lines()[5].startswith(look.CURSOR + look.DONE)


async def test_escape_takes_the_filter_away_first_and_then_the_marks_which_can_be_brought_back(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, _data):
        await d.press("right", "right", "f6", "1", "2")
        assert d.inbox.narrowed
        assert "2 marked" in d.lines()[3]
        assert "Only" in d.lines()[3]
        await d.press("escape")
        assert not d.inbox.narrowed
        assert len(d.inbox.cases.marks) == 2
        await d.press("escape")
        assert not d.inbox.cases.marks
        await d.press("m", "8")
        assert marked(d) == [1, 2]


async def test_a_page_and_a_whole_list_are_marked_from_the_menu(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, _data):
        await d.press("m", "6")
        assert marked(d) == [row.case_id for row in d.inbox.rows.shown]
        await d.press("m", "7")
        assert len(d.inbox.cases.marks) == 40
        assert d.rule_says("more cases are marked.")


async def test_no_more_than_the_most_at_once_are_marked_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.marked.AT_MOST", 10)
    monkeypatch.setattr("widgets.marks.AT_MOST", 10)
    monkeypatch.setattr("screens.marked._A_READ", 4)
    async with inbox(tmp_path) as (d, _data):
        await d.press("m", "7")
        assert marked(d) == list(range(1, 11))
        assert d.rule_says("10 more are marked; 10 are the most at once")


async def test_space_with_marks_shows_what_is_left_out_and_why_and_enter_claims_the_others(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, data):
        await d.press("right", "right", "right", "right", "space")
        assert "4 marked cases" in d.text()
        assert "3 cases: will be done" in d.text()
        assert "1 with 阿明" in d.text()
        assert len(owners(data)) == 1
        await d.press("enter")
        me, ming = data.world.agent_id, 2
        assert owners(data) == {1: me, 2: me, 3: ming, 4: me}
        assert d.rule_says("Claimed 3 cases (1 left out)")
        assert not d.inbox.cases.marks


async def test_backspace_undoes_all_of_it_and_the_act_of_doing_again_redoes_it(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, data):
        await d.press("right", "right", "space", "enter")
        await d.press("backspace")
        assert d.rule_says("Undone: claimed, 2 cases")
        assert len(owners(data)) == 1
        await d.press("y")
        assert d.rule_says("Done again: claimed, 2 cases")
        assert len(owners(data)) == 3
        await d.press("backspace")
        assert len(owners(data)) == 1
        assert data.faults() == []


async def test_leaving_the_preview_does_nothing_and_keeps_the_marks(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, data):
        await d.press("right", "right", "space", "backspace")
        assert len(owners(data)) == 1
        assert len(d.inbox.cases.marks) == 2


async def test_when_all_are_left_out_enter_says_so(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, data):
        await d.press("down", "down", "right", "space", "enter")
        assert d.rule_says("There is nothing to do.")
        await d.press("escape")
        assert marked(d) == [3]
        assert data.events(3) == []


async def test_marked_cases_are_put_off_and_given_a_cause(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, data):
        await d.press("right", "right", "f7", "1", "enter")
        assert d.rule_says("2 cases are back on 11:06")
        assert [data.row(case_id)["state"] for case_id in (1, 2)] == ["scheduled", "scheduled"]
        await d.press("m", "8", "c", "1")
        assert "2 cases: will be done" in d.text()
        await d.press("enter")
        assert [data.row(case_id)["cause"] for case_id in (1, 2, 4)] == ["Q1", "Q1", None]


async def test_marked_cases_are_handed_over_with_a_note(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, data):
        await d.press("right", "right", "h", "1")
        await d.type("please call")
        await d.press("enter")
        assert "Hand over to 阿明" in d.text()
        assert "“please call”" in d.text()
        await d.press("enter")
        assert owners(data) == {1: 2, 2: 2, 3: 2}
        assert data.value("SELECT count(*) FROM note WHERE text = 'please call'") == 2


async def test_without_marks_the_same_keys_are_about_the_case_under_the_cursor(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, data):
        await d.press("c", "2")
        assert data.row(1)["cause"] == "Q2"
        await d.press("h", "1", "enter")
        assert owners(data) == {1: 2, 3: 2}
        assert data.value("SELECT count(*) FROM note") == 0
        assert d.rule_says("Handed over to 阿明")


async def test_a_menu_without_marks_says_what_is_missing(tmp_path: Path) -> None:
    async with inbox(tmp_path) as (d, _data):
        await d.press("m", "1")
        assert d.rule_says("Nothing is marked.")


async def test_nothing_is_handed_over_where_nobody_else_works(tmp_path: Path) -> None:
    def alone(data: Data) -> None:
        data.case()

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=alone) as (d, _data):
        await d.press("h")
        assert d.rule_says("Nobody else has worked here yet.")


async def test_the_buyer_screen_hands_its_case_over_and_undoes_and_does_that_again(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=prepared) as (d, data):
        assert isinstance(d.screen, BuyerScreen)
        d.screen.action_hand_over()
        await d.settled()
        await d.press("1")
        await d.type("20:00")
        await d.press("enter")
        assert "claimed by 阿明" in d.text()
        assert "20:00" in d.text()
        await d.press("u")
        assert "nobody's" in d.text()
        await d.press("y")
        assert "claimed by 阿明" in d.text()
        assert data.faults() == []
