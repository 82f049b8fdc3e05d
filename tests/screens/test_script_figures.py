"""The figures of scripts on a screen: one place by place, two compared, and why there is nothing to compare."""

from __future__ import annotations

from pathlib import Path

from data.outcomes import LineResult, Standing
from data.playbook.load import from_text
from data.protocols import Move
from screens.script_figures import ScriptFiguresScreen
from tests.data.casework.desk import SMALL_PLAYBOOK, Desk
from tests.data.test_script_figures import call
from tests.screens.real import at_work


def one_script(data: Desk) -> None:
    moves = [Move("choose", key) for key in "1112"]
    call(data, *moves, line=LineResult.RIGHT_PARTY, standing=Standing.REFUSED_FIRM)


def two_scripts(data: Desk) -> None:
    one_script(data)
    data.playbook = from_text(SMALL_PLAYBOOK.replace("version = 1", "version = 2"), "small.toml")
    call(data, Move("choose", "3"), line=LineResult.NO_ANSWER, standing=Standing.UNREACHABLE_RETRY)


async def test_a_script_is_shown_place_by_place_and_says_why_nothing_is_compared(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ScriptFiguresScreen(place), prepare=one_script) as (desk, _data):
        assert "Small, version 1 · 1 call" in desk.text()
        assert "dial 1×" in desk.text()
        assert "O1 Will not" in desk.text()
        await desk.press("f2")
        assert desk.rule_says("only one script")


async def test_two_scripts_are_compared_and_few_calls_say_nothing(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ScriptFiguresScreen(place), prepare=two_scripts) as (desk, _data):
        assert "nobody 1×" in desk.text()
        await desk.press("1")
        assert "O1 Will not" in desk.text()
        await desk.press("f2")
        assert "too few calls to say" in desk.text()


async def test_a_shop_without_calls_says_so(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ScriptFiguresScreen(place)) as (desk, _data):
        assert "No call has its outcome yet" in desk.text()


async def test_two_texts_of_one_version_are_told_apart_by_their_hashes(tmp_path: Path) -> None:
    def prepare(data: Desk) -> None:
        one_script(data)
        data.playbook = from_text(SMALL_PLAYBOOK.replace("We are sorry", "We regret"), "small.toml")
        call(data, Move("choose", "3"), line=LineResult.NO_ANSWER, standing=Standing.UNREACHABLE_RETRY)

    async with at_work(tmp_path, lambda place, _data: ScriptFiguresScreen(place), prepare=prepare) as (desk, data):
        hashes = data.world.connection.execute("SELECT DISTINCT playbook_hash FROM call").fetchall()
        assert len(hashes) == 2
        for (each,) in hashes:
            assert f"Small, version 1 · {each[:8]}" in desk.text()
