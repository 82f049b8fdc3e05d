"""`amends demo` keeps the made-up shop apart from real data, and what was done in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import data.demo.build
import tui.at_terminal
import tui.open
from data.clock import parse_iso, zone
from tui.commands.demo import AGENT, open_demo
from tui.main import main
from tui.options import Options


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run that sees nothing of this machine, in English, on a weekday morning."""
    monkeypatch.setenv("AMENDS_DATABASE", str(tmp_path / "amends.db"))
    monkeypatch.setenv("AMENDS_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("AMENDS_AGENT", "somebody")
    monkeypatch.setenv("AMENDS_NOW", "2026-11-20T10:42")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return tmp_path


def test_the_demo_opens_on_its_own_database_as_its_own_agent_and_stays_until_it_is_made_anew(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, Path | None]] = []

    def open_workstation(options: Options, database: Path | None = None) -> int:
        opened.append((options.login(), database))
        return 0

    monkeypatch.setattr(tui.open, "open_workstation", open_workstation)
    monkeypatch.setattr(tui.at_terminal, "need_a_terminal", lambda: None)
    demo = room / "demo.db"
    # What is made, new or anew, is proved where it is made.
    made: list[tuple[Path, int]] = []

    def make_demo(path: Path, now: int) -> None:
        made.append((path, now))
        path.touch()

    monkeypatch.setattr(data.demo.build, "make_demo", make_demo)
    assert main(["demo"]) == 0
    assert opened == [(AGENT, demo)]
    assert not (room / "amends.db").exists()
    once = [(demo, parse_iso("2026-11-20T10:42", zone("Asia/Shanghai")))]
    assert made == once
    named = Options()
    named.agent = "aming"
    assert open_demo(named) == 0
    assert opened[-1] == ("aming", demo)
    assert made == once
    assert main(["demo", "--fresh"]) == 0
    assert made == once * 2


def test_an_empty_database_can_be_filled_once_and_one_with_reviews_never(
    demo_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # It was filled so, and said where it lies: tests.conftest.
    before = (demo_home / "amends.db").read_bytes()
    assert main(["demo", "--fill"]) == 1
    assert "Not empty" in capsys.readouterr().err
    assert (demo_home / "amends.db").read_bytes() == before
