"""Before a call is closed the outcome says what its record lacks; one key leads to each, and nobody is held up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from screens.inbox import InboxScreen
from screens.log import LogScreen
from screens.notice import Notice
from screens.outcome import OutcomeScreen
from tests.data.casework.desk import Desk
from tests.screens.real import at_work
from tests.screens.test_call import STANDARD, one_case

SIZES = [(80, 24), (100, 30), (160, 50)]
TO_OUTCOME = STANDARD[1:-1]


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_missing_is_listed_and_goes_when_it_is_said(tmp_path: Path, size: tuple[int, int]) -> None:
    opening = lambda place, _data: InboxScreen(place)  # noqa: E731
    async with at_work(tmp_path, opening, prepare=one_case, size=size) as (desk, data):
        await desk.press(*TO_OUTCOME)
        assert isinstance(desk.screen, OutcomeScreen)
        assert "cause (F6)" in desk.text()
        await desk.press("f6", "1", "f7", "tab")
        await desk.type("waist")
        await desk.press("enter")
        for gone in ("cause (F6)", "what the buyer said", "at hand (F7)"):
            assert gone not in desk.text()
        await desk.press("enter")
        assert "cause" not in str(data.value("SELECT lacks FROM contact"))


async def test_what_was_missing_is_kept_and_the_log_says_so(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press(*TO_OUTCOME, "enter")
        assert str(data.value("SELECT lacks FROM contact")).startswith(("remedy,cause,note", "cause,note"))
        assert data.value("SELECT lacks_why FROM contact") is None
        desk.app.push_screen(LogScreen(desk.place))
        await desk.settled()
        await desk.rested()
        assert "Missing" in desk.text()


async def test_a_shop_may_ask_for_a_reason_and_one_key_gives_it(tmp_path: Path) -> None:
    def strict(data: Desk) -> None:
        one_case(data)
        data.settings = replace(data.settings, calls=replace(data.settings.calls, complete="reason"))

    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=strict) as (desk, data):
        await desk.press(*TO_OUTCOME, "enter")
        assert "Why is it missing?" in desk.text()
        await desk.press("escape")
        assert isinstance(desk.screen, OutcomeScreen)
        await desk.press("enter", "2")
        assert isinstance(desk.screen, InboxScreen)
        assert data.value("SELECT lacks_why FROM contact") == "no_time"


async def test_a_call_that_nobody_answered_lacks_nothing(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f3", "3")
        assert isinstance(desk.screen, OutcomeScreen)
        assert "Still missing" not in desk.text()
        await desk.press("enter")
        assert data.value("SELECT lacks FROM contact") is None


async def test_a_note_that_ties_money_to_the_review_stays_to_be_mended_and_the_outcome_with_it(tmp_path: Path) -> None:
    tie = "20 back once the review is changed"
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f2", "f3", "1", "tab")
        await desk.type(tie)
        await desk.press("enter", *"111111111", "enter")
        assert isinstance(desk.screen, Notice), "the reason and decent words"
        await desk.press("enter")
        assert isinstance(desk.screen, OutcomeScreen)
        assert tie in desk.text()
        assert data.value("SELECT text FROM draft") == tie
        assert data.value("SELECT count(*) FROM contact WHERE ended_at IS NULL") == 1
        await desk.press("tab", "ctrl+u")
        await desk.type("waist seam")
        await desk.press("enter", "enter")
        assert isinstance(desk.screen, InboxScreen)
        assert data.value("SELECT note FROM contact") == "waist seam"
