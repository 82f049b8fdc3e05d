"""What falls due is told where the agent looks, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from data.clock import MINUTE
from screens.inbox import InboxScreen
from tests.screens.real import at_work
from tests.screens.test_call import one_case


async def test_only_the_screen_on_top_tells_what_fell_due(tmp_path: Path) -> None:
    opening = lambda place, _data: InboxScreen(place)  # noqa: E731
    async with at_work(tmp_path, opening, prepare=one_case) as (desk, data):
        inbox, due = desk.inbox, desk.place.falling_due
        await desk.press("l")
        data.now += 2 * MINUTE
        assert desk.place is inbox.place
        assert due.may_tell(desk.screen)  # type: ignore[arg-type]
        assert not due.may_tell(inbox)
