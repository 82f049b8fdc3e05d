"""A pseudo-terminal with a program in it, driven by facts: what it wrote, and what it logged."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[3]
PATIENCE = 20.0


def until(fact: Callable[[], bool], what: str, seen: Callable[[], object] = str) -> None:
    """Wait until something is so; fail with a name for it, and what was seen instead, when it never is."""
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end, f"never seen: {what}; but {seen()}"
        time.sleep(0.005)


class PseudoTerminal:
    """Runs a command on a terminal of its own; answers the question for the cursor with `column` if there is one."""

    def __init__(self, *command: str, column: int | None = 3, environ: dict[str, str] | None = None) -> None:
        self.master, slave = pty.openpty()
        self.resize(24, 80)
        self.modes_before = termios.tcgetattr(slave)
        self.written = b""
        self._column = column
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            env={**os.environ, "TERM": "xterm-256color", **(environ or {})},
        )
        self.slave = slave
        self._closing = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def type(self, text: str | bytes) -> None:
        """One write, so that the program gets it in one read."""
        os.write(self.master, text.encode() if isinstance(text, str) else text)

    def resize(self, rows: int, columns: int) -> None:
        """The window changes."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def unread(self) -> int:
        """Bytes that were typed and not read by the program yet."""
        waiting: int = struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, b"\0" * 4))[0]
        return waiting

    def hang_up(self) -> None:
        """The terminal disappears."""
        self._closing = True
        self._reader.join()  # a read under way would keep the terminal alive
        os.close(self.slave)
        master, self.master = self.master, -1
        os.close(master)

    def close(self) -> None:
        """End the program, if need be, and the terminal."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.master >= 0:
            self.hang_up()

    def _read(self) -> None:
        answered = False
        while not self._closing:
            if not select.select((self.master,), (), (), 0.02)[0]:
                continue
            try:
                piece = os.read(self.master, 65536)
            except OSError:
                return
            self.written += piece
            if not answered and self._column and b"\x1b[6n" in self.written:
                answered = True
                os.write(self.master, b"\x1b[1;%dR" % self._column)


class Listening:
    """The listener application on a pseudo-terminal."""

    def __init__(
        self, log: Path, *, column: int | None = 3, width: str = "auto", environ: dict[str, str] | None = None
    ) -> None:
        self._log = log
        self.terminal = PseudoTerminal(
            sys.executable, "-m", "tests.tui.terminal.listener", str(log), width, column=column, environ=environ
        )
        self.until("ready")

    def said(self) -> list[str]:
        """What the application logged so far."""
        return self._log.read_text("utf-8").splitlines() if self._log.exists() else []

    def until(self, beginning: str, times: int = 1) -> None:
        """Wait until so many lines begin like this."""
        until(lambda: sum(line.startswith(beginning) for line in self.said()) >= times, beginning, self.said)

    def heard(self, text: str, *, last: str) -> list[str]:
        """What the application said to one write, up to a last line."""
        before = len(self.said())
        self.terminal.type(text)
        until(lambda: last in self.said()[before:], f"{last!r} after {text!r}", lambda: self.said()[before:])
        return self.said()[before:]
