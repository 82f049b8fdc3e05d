"""A rehearsal by keys alone in a real terminal: from the list of buyers to the judgement and out."""

from __future__ import annotations

import re
from pathlib import Path

from tests.at_work import MORNING, choice, zh
from tests.terminal import Terminal, clean_environment, program


def test_a_newcomer_practises_a_whole_call_by_keys_alone(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = clean_environment(tmp_path, AMENDS_NOW=MORNING, TMPDIR=str(scratch))
    with Terminal([*program(), "rehearse", "--seed", "3"], environment=environment) as terminal:
        terminal.wait_for(zh("Whom do you want to call?"))
        terminal.send("1")
        terminal.wait_for(choice("dial"))
        terminal.wait_for(zh("The buyer:"))
        for _step in range(40):
            screen = terminal.wait_for(re.compile(f"{zh('The buyer:')}|{zh('record the outcome')}|100"))
            if zh("How it went") in screen:
                break
            terminal.send("enter" if zh("record the outcome") in screen else "1")
            terminal.wait_quiet()
        terminal.wait_for(zh("Order of the stages"))
        terminal.send("esc")
        terminal.wait_for(zh("Whom do you want to call?"))
        terminal.send("esc")
        assert terminal.wait_exit() == 0
    assert not (tmp_path / "amends.db").exists()
    assert not list(scratch.iterdir())
