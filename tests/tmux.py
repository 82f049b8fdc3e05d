"""The same harness with tmux between the program and the terminal, as agents who work over SSH have it."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.terminal import ROOT, Terminal

NEEDS_TMUX: Final = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

_numbers = itertools.count()


class TmuxTerminal(Terminal):
    """A program in the only pane of a tmux of its own, whose window is the whole screen (no status line)."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        columns: int = 100,
        lines: int = 30,
        folder: Path = ROOT,
        options: Sequence[str] = (),
    ) -> None:
        self._server = f"amends-tests-{os.getpid()}-{next(_numbers)}"
        self._environment = dict(environment)
        super().__init__(
            [
                *self._tmux(),
                *("set-option", "-g", "status", "off", ";"),
                *options,
                "new-session",
                *(str(word) for word in command),
            ],
            environment=environment,
            columns=columns,
            lines=lines,
            folder=folder,
        )

    def ask(self, *command: str) -> str:
        """What tmux itself says to a command of its own."""
        found = subprocess.run(
            [*self._tmux(), *command], env=self._environment, capture_output=True, text=True, check=False
        )
        return found.stdout

    def pane(self) -> str:
        """The pane's text as tmux keeps it."""
        return self.ask("capture-pane", "-p").rstrip("\n")

    def kill_program(self) -> None:
        """Kill the program in the pane; tmux ends with its last pane."""
        os.kill(int(self.ask("display-message", "-p", "#{pane_pid}")), 9)

    def close(self) -> None:
        """End the program and its tmux."""
        self.ask("kill-server")
        super().close()

    def _tmux(self) -> list[str]:
        return ["tmux", "-u", "-f", os.devnull, "-L", self._server]
