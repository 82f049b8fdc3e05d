"""The power goes in the middle of a call: nothing typed is lost, and the call resumes where it stood."""

from __future__ import annotations

import time
from pathlib import Path

from tests.at_work import call_to, choice, environment, open_inbox, zh
from tests.terminal import Terminal, program

NOTE = "左脚开胶,只穿了两"
DRAFT_SECONDS = 0.3
"""A draft is kept at most this long after the last key."""


def test_a_killed_call_resumes_at_its_line_with_the_half_typed_note(demo_home: Path) -> None:
    with Terminal(program(), environment=environment(demo_home)) as terminal:
        open_inbox(terminal)
        terminal.send("f2")
        terminal.wait_for(zh("Buyer and order"))
        terminal.send("f3")
        call_to(terminal, "repeat")
        terminal.send("tab")
        terminal.type(NOTE)
        terminal.wait_for(NOTE)
        time.sleep(DRAFT_SECONDS)
        terminal.kill()
    with Terminal(program(), environment=environment(demo_home)) as terminal:
        open_inbox(terminal)
        terminal.send("f3")
        screen = terminal.wait_for(choice("repeat"))
        assert NOTE in screen
        terminal.send("1")
        terminal.wait_for(choice("offer"))
