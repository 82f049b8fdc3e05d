"""A case that came back by time says so on the buyer screen."""

from __future__ import annotations

from pathlib import Path

from data.vocabulary import Result
from screens.buyer import BuyerScreen
from tests.data.casework.desk import DAY, Desk
from tests.screens.real import at_work
from tests.screens.test_call import one_case


async def test_a_case_on_its_second_pass_says_so(tmp_path: Path) -> None:
    def back(data: Desk) -> None:
        one_case(data)
        data.casework.close(1, Result.UNREACHABLE)
        data.now += 15 * DAY
        data.casework.catch_up()

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=back) as (desk, _data):
        assert "second pass" in desk.text()


async def test_a_case_that_is_worked_for_the_first_time_does_not(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, _data):
        assert "second pass" not in desk.text()
