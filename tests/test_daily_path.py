"""One agent's day in a real pseudo-terminal: from the platforms' files to the exported outcome."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from data.clock import parse_iso, zone
from data.demo.content import load
from data.demo.exports import export
from tests.at_work import (
    FILES,
    MORNING,
    REVIEWS,
    call_to,
    choice,
    environment,
    exported,
    give_name,
    open_inbox,
    pick,
    run,
    work_the_standard_case,
    zh,
)
from tests.terminal import Terminal, program


@pytest.fixture(params=["real", "demo"])
def exports(request: pytest.FixtureRequest, tmp_path: Path) -> list[Path]:
    """Real review texts in made-up orders; or the demo's own files."""
    if request.param == "demo":
        china = zone("Asia/Shanghai")
        now = parse_iso(MORNING, china)
        folder = tmp_path / "exports"
        folder.mkdir()
        return export(load(), now, now, china, folder)
    if not REVIEWS.is_dir():
        pytest.skip(f"{REVIEWS} is missing")
    return [REVIEWS / name for name in FILES]


def test_an_import_a_call_with_a_refusal_and_a_hesitation_and_a_promise_for_tonight(
    tmp_path: Path, exports: list[Path]
) -> None:
    _import(tmp_path, exports)
    with Terminal(program(), environment=environment(tmp_path)) as terminal:
        open_inbox(terminal)
        buyer = _open_a_buyer_who_can_be_called(terminal)
        terminal.send("f3")
        give_name(terminal)
        call_to(terminal, "question")
        terminal.send("2")
        terminal.wait_for(choice("refuse_once", 4))
        terminal.send("2")
        terminal.wait_for(choice("hesitate", 5))
        terminal.send("6")
        terminal.wait_for(choice("refuse_once", 4))
        terminal.send("5")
        call_to(terminal, "close_promised", "question")
        terminal.send("tab")
        terminal.type("腰口开线,穿了三天")
        terminal.wait_for("腰口开线,穿了三天")
        terminal.send("enter")
        terminal.wait_for(zh("Step back"))
        terminal.send("1")
        terminal.wait_for(zh("What came of it?"))
        assert "20:00" in terminal.line_with("▌ 1")
        terminal.send("enter")
        terminal.wait_gone(zh("What came of it?"))
        _leave_for_inbox(terminal)
        terminal.send("l")
        terminal.wait_for(lambda screen: zh("Outcome log") in screen and buyer in screen)
        assert "✔" not in terminal.line_with(buyer)
    _check_exports(tmp_path)


def test_the_standard_case_takes_at_most_sixteen_keys(demo_home: Path) -> None:
    with Terminal(program(), environment=environment(demo_home), columns=80, lines=24) as terminal:
        open_inbox(terminal)
        assert len(work_the_standard_case(terminal)) <= 16
        terminal.wait_for(re.compile("✔.*18:00"))


def _import(home: Path, files: list[Path]) -> None:
    with Terminal([*program(), "import", *files], environment=environment(home), columns=240) as terminal:
        assert terminal.wait_exit() == 0, terminal.screen()
        assert all(file.name in terminal.screen() for file in files)
    again = json.loads(run(home, "import", "--json", *files))["files"]
    assert sorted(each["source"] for each in again) == ["pdd", "taobao", "taobao-orders"]
    for each in again:
        assert each["new"] == each["changed"] == 0
        assert each["read"] == each["same"] + each["refused"] > 0


def _open_a_buyer_who_can_be_called(terminal: Terminal) -> str:
    """Claim and open the first case of the platform whose orders came with telephone numbers; give the nick."""
    terminal.send("f6")
    pick(terminal, zh("Platform"), zh("Taobao"))
    terminal.wait_for(lambda screen: zh("Inbox") in screen and "拼多多" not in screen and "▌" in screen)
    terminal.send("space", "enter")
    terminal.wait_for(zh("Buyer and order"))
    screen = terminal.wait_for(re.compile(r"1\d\d\*{4}\d{4}"))
    nick = re.search(r"\S\*\*\S?", screen)
    assert nick is not None, screen
    return nick[0]


def _leave_for_inbox(terminal: Terminal) -> None:
    terminal.wait_quiet()
    if zh("Inbox") not in terminal.screen().splitlines()[0]:
        terminal.send("backspace")
    open_inbox(terminal)


def _check_exports(home: Path) -> None:
    promised = [case for case in exported(home, "cases") if case["promised_at"]]
    assert [(case["state"], case["owner"], case["contacts"]) for case in promised] == [("waiting_buyer", "莉莉", 1)]
    assert promised[0]["promised_at"].startswith("2026-11-21T20:00:00")
    sheet = home / "outcomes.csv"
    run(home, "export", "outcomes", "--format", "csv", "--output", sheet)
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(sheet.open(encoding="utf-8-sig")))
    assert len(rows) == 1
    assert "腰口开线,穿了三天" in rows[0].values()
