"""`amends playbook figures`: in words of the script for people, as JSON for programs, honest where calls are few."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.outcomes import LineResult, Standing
from data.protocols import Move
from tests.data.casework.desk import Desk
from tests.data.test_script_figures import call
from tui.main import main


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A shop with two calls; gives the flags that name it."""
    desk = Desk(tmp_path / "shop.db")
    call(desk, *[Move("choose", key) for key in "1112"], line=LineResult.RIGHT_PARTY, standing=Standing.REFUSED_FIRM)
    call(desk, Move("choose", "3"), line=LineResult.NO_ANSWER, standing=Standing.UNREACHABLE_RETRY)
    desk.store.close()
    monkeypatch.setenv("AMENDS_NOW", "2026-11-19T10:00+08:00")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return ["--database", str(tmp_path / "shop.db"), "--config", str(tmp_path / "settings.toml")]


def test_people_read_the_words_of_the_script(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*shop, "playbook", "figures"]) == 0
    said = capsys.readouterr().out
    assert "dial 2×" in said
    assert "Yes 1, No answer 1" in said
    assert "O1 Will not" in said


def test_programs_read_codes_and_numbers(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*shop, "playbook", "figures", "--json"]) == 0
    (script,) = json.loads(capsys.readouterr().out)["playbooks"]
    assert (script["playbook"], script["calls"]) == ("small", 2)
    dial = next(node for node in script["nodes"] if node["id"] == "dial")
    assert (dial["times"], dial["left_by"], dial["median_ms"]) == (2, {"1": 1, "3": 1}, 10_000)


def test_few_calls_are_said_to_be_few(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*shop, "playbook", "figures", "--compare", "small", "small@1", "--json"]) == 0
    measures = json.loads(capsys.readouterr().out)["measures"]
    assert {each["verdict"] for each in measures} == {"too_few"}
    assert main([*shop, "playbook", "figures", "--compare", "small", "small"]) == 0
    assert "too few calls to say" in capsys.readouterr().out


def test_a_script_that_nobody_spoke_is_named_with_those_that_were(
    shop: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*shop, "playbook", "figures", "--compare", "small", "grand"]) == 1
    assert "small@1#" in capsys.readouterr().err
