"""A past call is read as it was said that day, whatever has become of the script since."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.playbook.load import from_text
from data.protocols import Disposition, Move
from data.rows import KeptCall
from screens.buyer import BuyerScreen
from screens.log import LogScreen
from screens.replay import ReplayScreen
from tests.data.casework.desk import MINUTE, SMALL_PLAYBOOK, Desk
from tests.screens.real import at_work
from tests.screens.test_call import one_case
from widgets.cells import width
from widgets.lines import plain
from widgets.replay_lines import lasted, summary_lines

SIZES = [(80, 24), (100, 30), (160, 50)]


def called(data: Desk) -> None:
    """A call with a mark, other words, a step back, an objection and a pause; its script is changed afterwards."""
    one_case(data)
    data.playbook = from_text(SMALL_PLAYBOOK, "small.toml")
    casework = data.casework
    casework.claim(1)
    data.now += 90_000
    call = casework.start_call(1)
    for kind, key in (
        ("choose", "1"), ("variant", ""), ("choose", "1"), ("back", ""), ("choose", "1"), ("choose", "1"),
        ("objection", "O1"), ("choose", "1"),
    ):  # fmt: skip
        data.now += 20_000
        casework.advance_call(call.call_id, Move(kind, key))
    casework.mark_call(call.call_id, "temper:angry")
    casework.park_call(call.call_id)
    data.now += 30 * MINUTE
    casework.resume_call(call.call_id)
    casework.advance_call(call.call_id, Move("choose", "1"))
    casework.record_outcome(call.contact_id, Disposition("right_party", "kept_satisfied", None, "waist seam"))
    data.playbook = from_text(SMALL_PLAYBOOK.replace("We are sorry", "We regret"), "small.toml")


@pytest.mark.parametrize("size", SIZES)
async def test_enter_in_the_log_reads_a_call_step_by_step(tmp_path: Path, size: tuple[int, int]) -> None:
    opening = lambda place, _data: LogScreen(place)  # noqa: E731
    async with at_work(tmp_path, opening, prepare=called, size=size) as (desk, data):
        before = data.value("SELECT count(*) FROM event")
        await desk.press("enter")
        assert isinstance(desk.screen, ReplayScreen)
        assert "prepared 1:30" in desk.text()
        assert "Small, version 1" in desk.text()
        assert desk.text().count("t**8") == 1
        assert "waist seam" in desk.text()
        read = []
        for _step in range(14):
            read.append(desk.text())
            await desk.press("enter")
        shown = "\n".join(read)
        for words in ("We are sorry indeed.", "said in other words", "stepped back", "objected: Will not", "angry"):
            assert words in shown, words
        assert "parked" in shown
        assert "We regret" not in shown
        assert "Thank you." in desk.text()
        assert data.value("SELECT count(*) FROM event") == before


async def test_the_case_of_a_past_call_is_one_key_away(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: LogScreen(place), prepare=called) as (desk, _data):
        await desk.press("enter", "5")
        assert isinstance(desk.screen, BuyerScreen)
        await desk.press("escape", "escape", "5")
        assert isinstance(desk.screen, BuyerScreen)


async def test_a_text_that_nobody_can_read_any_more_leaves_the_steps_and_says_so(tmp_path: Path) -> None:
    def damaged(data: Desk) -> None:
        called(data)
        data.world.connection.execute("UPDATE playbook_text SET toml = 'id ='")
        data.world.connection.commit()

    async with at_work(tmp_path, lambda place, _data: LogScreen(place), prepare=damaged) as (desk, _data):
        await desk.press("enter")
        assert isinstance(desk.screen, ReplayScreen)
        assert "cannot be read" in desk.text()
        assert "objected: O1" in desk.text()


async def test_a_call_of_before_words_were_named_is_read_with_the_first_of_them(tmp_path: Path) -> None:
    def older(data: Desk) -> None:
        called(data)
        data.world.connection.execute("UPDATE call_step SET words = NULL, variant = 0")
        data.world.connection.commit()

    async with at_work(tmp_path, lambda place, _data: LogScreen(place), prepare=older) as (desk, _data):
        await desk.press("enter", "down")
        assert "We are sorry." in desk.text()


async def test_what_a_colleague_reads_of_a_past_call_names_nobody(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: LogScreen(place), prepare=called) as (desk, _data):
        await desk.press("enter")
        assert "朱勇" not in desk.text()
        assert "14001516737" not in desk.text()


TITLES = st.text("确认说明倾听处理时间收尾", min_size=2, max_size=8)
STAGES = st.dictionaries(TITLES, st.integers(0, 3_600_000), max_size=9)
KEPT = KeptCall(1, 1, 1, 1, "standard", 1, "", "", "{}", 0, None, (), prepared=90_000)


@given(stages=STAGES, cells=st.integers(min_value=60, max_value=120))
@settings(max_examples=60)
def test_the_name_of_a_stage_and_its_time_stand_on_one_line(stages: dict[str, int], cells: int) -> None:
    lines = [plain(each) for each in summary_lines(KEPT, "标准通话", stages, "", [], cells)]
    assert all(width(each) <= cells for each in lines)
    for title, span in stages.items():
        assert any(f"{title} {lasted(span)}" in each for each in lines)
