"""Keys of one's own at the border: `amends keys`, what `amends check` says of them, and the word at the start."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from data.settings import Settings
from screens.inbox import InboxScreen
from tests.screens.shop import Shop, case_row
from tests.tui.test_app import application
from tui import app as app_module
from tui.main import main
from tui.open import _remark

WRONG = '[keys]\n"inbox.claim" = "f2"\ninbox.nxt = "f7"\n'


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run that sees nothing of this machine, in English."""
    monkeypatch.setenv("AMENDS_DATABASE", str(tmp_path / "amends.db"))
    monkeypatch.setenv("AMENDS_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    return tmp_path


def test_every_act_is_printed_with_its_id_its_keys_and_its_meaning(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:3] == ["inbox.claim", "Space", "Claim:"] for line in lines)
    assert any(line.startswith("go.settings") for line in lines)
    assert any(line.startswith("list.down") for line in lines)


def test_another_program_reads_the_same_and_sees_the_keys_that_hold(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (room / "settings.toml").write_text('[keys]\n"inbox.claim" = "Ctrl-T"\n', encoding="utf-8")
    assert main(["keys", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    (claim,) = (each for each in facts["keys"] if each["id"] == "inbox.claim")
    assert (claim["keys"], claim["default"], claim["label"]) == (["ctrl+t"], ["space"], "Claim")
    assert facts["troubles"] == []


def test_keys_that_do_not_hold_are_named_and_the_status_is_1(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (room / "settings.toml").write_text(WRONG, encoding="utf-8")
    assert main(["keys"]) == 1
    said = capsys.readouterr().out
    assert "inbox.claim: F2 is on inbox.next as well." in said
    assert "Did you mean inbox.next?" in said


def test_check_names_file_line_and_the_nearest_act(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = room / "settings.toml"
    config.write_text(WRONG, encoding="utf-8")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert f"{config}, line 2: inbox.claim: F2 is on inbox.next as well." in said
    assert f"{config}, line 3: inbox.nxt: There is no act inbox.nxt. Did you mean inbox.next?" in said


def test_check_is_content_with_keys_that_hold(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (room / "settings.toml").write_text('[keys]\n"inbox.claim" = "insert"\n', encoding="utf-8")
    assert main(["check", "--json"]) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert [(each["sound"], each["what"]) for each in checks if each["part"] == "Keys"] == [(True, "inbox.claim")]


def test_only_who_has_keys_of_ones_own_is_told_about_them() -> None:
    assert _remark(Settings()) is None
    told = _remark(replace(Settings(), keys={"inbox.nxt": "f7"}))
    assert told is not None
    assert "Did you mean inbox.next?" in told()
    told = _remark(replace(Settings(), keys={"inbox.nxt": "f7", "inbox.claim": "f2"}))
    assert told is not None
    assert told().startswith("2 of your keys do not hold")
    told = _remark(replace(Settings(), keys={"inbox.claim": "insert"}))
    assert told is not None
    assert told() == ""


async def test_the_word_at_the_start_waits_until_nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "LOAD_AFTER", 0.01)
    shop = Shop([case_row(1)])
    app = application(shop, lambda: shop)
    app._remark = lambda: "One of your keys does not hold."
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("slash")
        assert isinstance(app.screen, InboxScreen)
        app._say_remark("Not yet.")
        await pilot.pause()
        assert "Not yet." not in app.screen._foot.text()
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert "▲" in app.screen._foot.text()
