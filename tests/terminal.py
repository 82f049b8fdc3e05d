"""A real pseudo-terminal for tests: start a program in it, press keys, read the screen, wait for facts."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.emulator import Emulator

ROOT: Final = Path(__file__).parent.parent
KEYS: Final = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "insert": "\x1b[2~",
    "delete": "\x1b[3~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "esc": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "ctrl+c": "\x03",
    "ctrl+l": "\x0c",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
}
"""What a common terminal sends for each key."""

_APPLICATION_WAY: Final = {"up", "down", "right", "left", "home", "end"}

Fact = str | re.Pattern[str] | Callable[[str], bool]
"""What to wait for: words on the screen, a pattern, or a question about the whole screen."""


class NotSeen(AssertionError):
    """A fact did not come true in time; the message shows the screen as it was."""


class ProgramEnded(AssertionError):
    """The program ended while something was waited for."""


def program() -> list[str]:
    """The command that starts the program of this checkout."""
    script = Path(sys.executable).parent / "amends"
    return [str(script)] if script.exists() else [sys.executable, "-m", "tui.main"]


def clean_environment(home: Path, language: str = "zh_CN", **more: str) -> dict[str, str]:
    """An environment that knows nothing of the machine and of the person who runs the tests."""
    return {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
        "HOME": str(home),
        "LANG": f"{language}.UTF-8",
        "TERM": "xterm-256color",
        "SHELL": "/bin/sh",
        "AMENDS_AGENT": "lili",
        "AMENDS_DATABASE": str(home / "amends.db"),
        "AMENDS_CONFIG": str(home / "settings.toml"),
    } | more


class Terminal:
    """One program in one window. Output is read while something is waited for; keys are sent at once."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        columns: int = 100,
        lines: int = 30,
        folder: Path = ROOT,
        ambiguous: int = 1,
    ) -> None:
        self.emulator = Emulator(columns, lines, ambiguous=ambiguous)
        self.raw = bytearray()
        """Everything that the program has written."""
        self.arrived = 0.0
        """When something was read last, before it was drawn."""
        self.pending: list[tuple[float, bytes]] = []
        """What was read, with the time, and is not drawn yet: reading comes first, so that times are true."""
        self.status: int | None = None
        self._ended = False
        self.started = time.perf_counter()
        self.pid, self.master = _spawn([str(word) for word in command], dict(environment), folder, columns, lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, *keys: str | bytes) -> None:
        """Press keys: a name of KEYS, a single character, or bytes as they are."""
        for key in keys:
            self._write(key if isinstance(key, bytes) else self.encode(key))

    def type(self, text: str) -> None:
        """Text as an input method commits it: in one piece."""
        self._write(text.encode())

    def encode(self, key: str) -> bytes:
        """What this terminal sends for a key."""
        if key in KEYS:
            sent = KEYS[key]
            return (sent.replace("[", "O") if self.emulator.keypad and key in _APPLICATION_WAY else sent).encode()
        if len(key) != 1:
            raise ValueError(f"no such key: {key!r}")
        return key.encode()

    def wait_for(self, fact: Fact, timeout: float = 45) -> str:
        """The screen as soon as the fact is true of it. Raises NotSeen or ProgramEnded with the last screen."""
        holds = _question(fact)
        deadline = time.monotonic() + timeout
        while True:
            self.draw()
            screen = self.screen()
            if holds(screen):
                return screen
            if self._ended and not self.pending:
                raise ProgramEnded(f"the program ended before {fact!r}; the last screen:\n{screen}")
            if time.monotonic() > deadline:
                raise NotSeen(f"{fact!r} did not appear within {timeout} s:\n{screen}")
            self.read(0.05)

    def wait_gone(self, words: str, timeout: float = 45) -> str:
        """The screen as soon as the words are no longer on it."""
        return self.wait_for(lambda screen: words not in screen, timeout)

    def wait_quiet(self, gap: float = 0.15, timeout: float = 10) -> str:
        """The screen after nothing was written for `gap` seconds: for pictures, where no single fact says 'done'."""
        last = time.monotonic()
        deadline = last + timeout
        while time.monotonic() < min(last + gap, deadline) and not self._ended:
            if self.read(0.02):
                last = time.monotonic()
        return self.screen()

    def screen(self) -> str:
        """The screen as text; rows without trailing blanks."""
        self.draw()
        return self.screen_so_far()

    def screen_so_far(self) -> str:
        """The screen without what was read but is not drawn yet."""
        return "\n".join(self.emulator.lines()).rstrip("\n")

    def line_with(self, words: str) -> str:
        """The row of the screen that has these words."""
        for line in self.screen().splitlines():
            if words in line:
                return line
        raise NotSeen(f"{words!r} is not on the screen:\n{self.screen()}")

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window; the program is told by signal."""
        self.draw()
        self.emulator.resize(columns, lines)
        _set_size(self.master, columns, lines)

    def read(self, patience: float = 0) -> int:
        """Read once, waiting at most `patience` seconds; answer questions; return how many bytes came."""
        if self._ended:
            return 0
        ready, _, _ = select.select([self.master], [], [], patience)
        if not ready:
            return 0
        try:
            data = os.read(self.master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        if not data:
            self._ended = True
            return 0
        self.raw += data
        self.arrived = time.perf_counter()
        self.pending.append((self.arrived, data))
        if may_ask(data):
            self.draw()
        return len(data)

    def draw(self, count: int | None = None) -> None:
        """Draw what was read (at most `count` pieces) and send the answers."""
        todo = self.pending[:count]
        self.pending = self.pending[len(todo) :]
        for _, data in todo:
            if answers := self.emulator.feed(data):
                self._write(answers)

    @property
    def ended(self) -> bool:
        """Whether the program has let go of the terminal."""
        return self._ended

    def wait_exit(self, timeout: float = 45) -> int:
        """The exit status, negative for a signal. Raises NotSeen when the program goes on."""
        deadline = time.monotonic() + timeout
        while self.status is None:
            self.read(0.02)
            self._reap()
            if self.status is None and time.monotonic() > deadline:
                raise NotSeen(f"the program did not end within {timeout} s:\n{self.screen()}")
        while self.read(0):
            pass
        return self.status

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Kill the program at once, as a power cut or an impatient person would."""
        if self.status is None:
            os.kill(self.pid, number)
            self.wait_exit()

    def hang_up(self) -> None:
        """Take the terminal away, as a dropped line does."""
        os.close(self.master)
        self.master = -1
        self._ended = True

    def close(self) -> None:
        """End the program if it still runs and give the pseudo-terminal back."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            while self.status is None:
                self.read(0.01)
                self._reap()
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def _reap(self) -> None:
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            self.status = os.waitstatus_to_exitcode(status)

    def _write(self, data: bytes) -> None:
        try:
            os.write(self.master, data)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            self._ended = True


def _question(fact: Fact) -> Callable[[str], bool]:
    if isinstance(fact, str):
        return lambda screen: fact in screen
    if isinstance(fact, re.Pattern):
        return lambda screen: fact.search(screen) is not None
    return fact


def may_ask(data: bytes) -> bool:
    """Whether a terminal may have to answer to this."""
    return re.search(rb"\x1b\[[\d?>]*(?:\$p|[cnqt])|\?(?:\x07|\x1b)|\x1bP", data) is not None


def _spawn(command: list[str], environment: dict[str, str], folder: Path, columns: int, lines: int) -> tuple[int, int]:
    master, slave = os.openpty()
    _set_size(slave, columns, lines)
    pid = os.fork()
    if pid == 0:
        try:
            os.close(master)
            os.chdir(folder)
            os.login_tty(slave)
            os.execvpe(command[0], command, environment)
        finally:
            os._exit(127)
    os.close(slave)
    return pid, master


def _set_size(terminal: int, columns: int, lines: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, columns * 8, lines * 16))
