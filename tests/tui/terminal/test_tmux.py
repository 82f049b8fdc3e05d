"""The driver under tmux, whose pane sits between the line and the program."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.tui.terminal.pseudo import ROOT, until

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Pane:
    """The listener in a tmux server of its own."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._server = f"amends-{uuid4().hex}"
        listener = shlex.join([sys.executable, "-m", "tests.tui.terminal.listener", str(log)])
        self.tmux("new-session", "-d", "-x", "100", "-y", "30", "-c", str(ROOT), "sh")
        self.tmux("set-option", "-s", "set-clipboard", "on")
        self.tmux("send-keys", "-l", f"exec {listener}")
        self.tmux("send-keys", "Enter")
        until(lambda: any(line.startswith("ready") for line in self.said()), "ready under tmux")

    def tmux(self, *words: str) -> str:
        """One tmux command."""
        command = ["tmux", "-L", self._server, "-f", "/dev/null", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout

    def said(self) -> list[str]:
        """What the application logged so far."""
        return self._log.read_text("utf-8").splitlines() if self._log.exists() else []

    def heard(self, *words: str, last: str) -> list[str]:
        """What the application said to one `send-keys`, up to a last line."""
        before = len(self.said())
        self.tmux("send-keys", *words)
        until(lambda: last in self.said()[before:], f"{last!r} after {words}", lambda: self.said()[before:])
        return self.said()[before:]

    def close(self) -> None:
        """End the server."""
        self.tmux("kill-server")


@pytest.fixture(scope="module")
def pane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pane]:
    running = Pane(tmp_path_factory.mktemp("tmux") / "log")
    yield running
    running.close()


def test_esc_and_at_once_enter_or_a_digit_are_two_keys_under_tmux(pane: Pane) -> None:
    assert pane.heard("Escape", "Enter", last="key enter") == ["key escape", "key enter"]
    assert pane.heard("Escape", "1", last="command choice 1") == ["key escape", "key 1", "command choice 1"]
    assert pane.heard("Escape", "Down", last="key down") == ["key escape", "key down"]
    assert pane.heard("Escape", last="key escape") == ["key escape"]


def test_function_keys_and_arrows_are_themselves_under_tmux(pane: Pane) -> None:
    for name in ("F2", "F3", "F8", "Up", "Down", "Left", "Right"):
        pane.heard(name, last=f"key {name.lower()}")
    pane.heard("BSpace", last="key backspace")


def test_a_full_width_question_mark_is_help_and_a_chinese_commit_is_text_under_tmux(pane: Pane) -> None:
    assert pane.heard("-l", "？", last="command help") == ["key question_mark", "command help"]
    assert pane.heard("-l", "太短了", last="text '太短了'") == ["text '太短了'"]


def test_a_note_keeps_what_was_typed_under_tmux(pane: Pane) -> None:
    pane.heard("F5", last="in note")
    pane.heard("-l", "真的吗", last="text '真的吗'")
    pane.heard("-l", "？", last="key question_mark")
    pane.heard("Enter", last="note '真的吗？'")


def test_a_copy_reaches_the_clipboard_of_tmux(pane: Pane) -> None:
    pane.heard("F6", last="copied")
    until(lambda: pane.tmux("list-buffers") != "", "a copy in tmux")
    assert pane.tmux("show-buffer") == "订单 190"
