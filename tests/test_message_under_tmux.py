"""A message that is copied under tmux is on its clipboard, word for word as the screen shows it."""

from __future__ import annotations

from pathlib import Path

from tests.at_work import environment, exported, open_inbox, zh
from tests.terminal import program
from tests.tmux import NEEDS_TMUX, TmuxTerminal

CLIPBOARD = ("set-option", "-s", "set-clipboard", "on", ";")


@NEEDS_TMUX
def test_what_is_copied_for_the_buyer_can_be_read_back_from_the_clipboard(demo_home: Path) -> None:
    with TmuxTerminal(program(), environment=environment(demo_home), options=CLIPBOARD) as terminal:
        open_inbox(terminal)
        terminal.send("f2")
        terminal.wait_for(zh("Buyer and order"))
        terminal.send("2")
        screen = terminal.wait_for(zh("Nothing stands against it."))
        terminal.send("enter")
        terminal.wait_for(zh("What came of it?"))
        copied = terminal.ask("show-buffer").rstrip("\n")
        assert copied
        assert copied[:12] in screen
        terminal.send("enter")
        terminal.wait_for("✔")
    sent = [each for each in exported(demo_home, "events") if each["kind"] == "message_written"]
    assert [each["code"] for each in sent] == ["copied"]
