"""Dialling: by the shop's command without a shell, or by hand; never a number that is dead."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from data.settings import Calls, Settings
from data.vocabulary import Role
from screens.buyer import BuyerScreen
from screens.call import CallScreen
from screens.message import MessageScreen
from screens.workplace import Workplace
from tests.data.casework.desk import Desk as Data
from tests.screens.real import at_work


def _prepared(data: Data) -> None:
    case_id = data.case(cause="Q1")
    data.world.connection.execute("UPDATE personal SET extension = '7576', virtual = 1 WHERE kind = 'phone'")
    data.world.connection.commit()
    assert case_id
    data.casework.set_agent("莉莉", "售后专员", Role.AGENT)


def _buyer(place: Workplace, data: Data) -> BuyerScreen:
    case_id = data.value("SELECT id FROM review_case")
    assert isinstance(case_id, int)
    return BuyerScreen(place, case_id)


def _dialling(*command: str) -> Settings:
    return replace(Settings(), calls=Calls(dial=command))


async def test_enter_at_the_first_line_hands_number_and_extension_to_the_command(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program = "import sys; open(sys.argv[1], 'w').write('|'.join(sys.argv[2:]))"
    settings = _dialling(sys.executable, "-c", program, str(seen), "tel:{number}; true", "{extension}")
    async with at_work(tmp_path, _buyer, prepare=_prepared, settings=settings) as (desk, data):
        await desk.press("f3")
        await desk.settled()
        assert isinstance(desk.screen, CallScreen)
        await desk.press("enter")
        assert seen.read_text("utf-8") == "tel:14001516737; true|7576"
        assert data.value("SELECT number FROM event WHERE kind = 'dialled'") == 0


async def test_a_command_that_fails_says_so_and_shows_the_number(tmp_path: Path) -> None:
    settings = _dialling(sys.executable, "-c", "import sys; sys.exit(5)")
    async with at_work(tmp_path, _buyer, prepare=_prepared, settings=settings) as (desk, data):
        await desk.press("f3", "enter")
        assert desk.rule_says("14001516737")
        assert data.value("SELECT number FROM event WHERE kind = 'dialled'") == 5


async def test_without_a_command_the_number_and_its_extension_stand_there(tmp_path: Path) -> None:
    async with at_work(tmp_path, _buyer, prepare=_prepared) as (desk, _data):
        await desk.press("f3")
        await desk.settled()
        assert "14001516737" in desk.text()
        assert "7576" in desk.text()


async def test_a_number_that_has_died_meanwhile_is_not_dialled(tmp_path: Path) -> None:
    settings = _dialling(sys.executable, "-c", "")
    async with at_work(tmp_path, _buyer, prepare=_prepared, settings=settings) as (desk, data):
        await desk.press("f3", "escape")
        data.world.connection.execute("UPDATE personal SET expires_at = ?", (data.now,))
        data.world.connection.commit()
        await desk.press("f3")
        await desk.settled()
        assert isinstance(desk.screen, CallScreen)
        assert "14001516737" not in desk.text()
        await desk.press("enter")
        assert data.value("SELECT count(*) FROM event WHERE kind = 'dialled'") == 0


async def test_a_text_written_while_one_talks_counts_no_other_attempt(tmp_path: Path) -> None:
    async with at_work(tmp_path, _buyer, prepare=_prepared) as (desk, data):
        await desk.press("f3")
        assert isinstance(desk.screen, CallScreen)
        await desk.screen.action_act("call.message")
        await desk.settled()
        assert isinstance(desk.screen, MessageScreen)
        await desk.screen.action_act("message.own")
        desk.screen.box.load_text("您好，刚才说的我发给您。")
        await desk.settled()
        await desk.press("tab", "enter")
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT count(*) FROM contact") == 1
        assert data.value("SELECT channel FROM message") == "chat"
