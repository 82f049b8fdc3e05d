"""The clocks of a case on the buyer screen and in the preview of the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.language import choose_language
from data.protocols import NewReview
from data.vocabulary import Channel, Grade
from screens.buyer import BuyerScreen
from screens.inbox import InboxScreen
from tests.data.casework.desk import HOUR, MINUTE, Desk
from tests.screens.real import at_work


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    choose_language("en")
    yield
    choose_language("en")


def typed_in(data: Desk) -> None:
    """A case that was opened by hand, so that its log begins with its opening."""
    data.casework.add_review(NewReview(data.world.shop_id, Grade.BAD, "太短了", "卫裤", "4604347058083300001", "t**8"))


async def test_every_running_clock_stands_on_the_buyer_screen_with_the_last_useful_time(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=typed_in) as (desk, _data):
        text = desk.text()
        assert "! first contact in 1 h 0 min" in text
        assert "closing in 5 d" in text
        assert text.index("first contact") < text.index("closing")
        assert "Last useful time 21:00 contact hours end" in text


async def test_a_broken_clock_says_how_late_it_is_until_somebody_acts(tmp_path: Path) -> None:
    def late(data: Desk) -> None:
        typed_in(data)
        data.now += 95 * MINUTE

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=late) as (desk, _data):
        assert "✖ first contact late by 35 min" in desk.text()


async def test_a_clock_that_rests_says_for_whom(tmp_path: Path) -> None:
    def waiting(data: Desk) -> None:
        from data.outcomes import LineResult, Standing
        from data.protocols import Disposition

        typed_in(data)
        contact_id = data.casework.start_contact(1, Channel.CHAT)
        data.casework.record_outcome(
            contact_id, Disposition(LineResult.REPLIED, Standing.PROMISED, data.now + 10 * HOUR)
        )

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=waiting) as (desk, _data):
        text = desk.text()
        assert "next touch paused, the buyer owes us" in text
        assert "closing paused, the buyer owes us" in text
        assert "first contact in" not in text


async def test_the_preview_shows_the_clocks_where_there_is_room(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=typed_in, size=(160, 50)) as (
        desk,
        _data,
    ):
        assert isinstance(desk.screen, InboxScreen)
        await desk.rested()
        # What the case is due for is said already; what else runs stands behind it.
        assert "due in 1 h 0 min · closing in 5 d 0 h" in desk.text()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (40, 12)])
async def test_in_chinese_and_on_any_screen_the_nearest_clock_is_seen(tmp_path: Path, size: tuple[int, int]) -> None:
    choose_language("zh_CN")
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=typed_in, size=size) as (
        desk,
        _data,
    ):
        assert "首次联系还剩 1 小时" in desk.text()
