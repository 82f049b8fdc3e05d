"""Agents work over SSH in tmux: keys arrive whole, copying reaches the terminal, the daily path holds."""

from __future__ import annotations

from pathlib import Path

from tests.at_work import environment, open_inbox, work_the_standard_case
from tests.terminal import program
from tests.tmux import NEEDS_TMUX, TmuxTerminal


@NEEDS_TMUX
def test_a_call_under_tmux_from_the_inbox_to_the_outcome(demo_home: Path) -> None:
    with TmuxTerminal(program(), environment=environment(demo_home)) as terminal:
        open_inbox(terminal)
        terminal.send("down", "up")
        work_the_standard_case(terminal)
        terminal.wait_for("✔")
