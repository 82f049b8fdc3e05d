"""The terminal under the application on Linux and macOS."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import stat
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, ClassVar, Final, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.terminal.border import BorderParser
from tui.terminal.frames import HIDE_CURSOR, SHOW_CURSOR, SYNC_START, FrameGate
from tui.terminal.pace import PATIENCE, Pace
from tui.terminal.probe import AmbiguousWidth, WidthProbe, may_ask

if TYPE_CHECKING:
    from textual.app import App

GONE_STATUS: Final = 128 + signal.SIGHUP
"""Exit status when the terminal went away, as a shell would report a hang-up."""

LAST_ANSWER: Final = 0.5
"""Seconds that the end waits for an answer of the terminal at most."""

_UNWANTED: Final = frozenset(("\x1b[?1004h", "\x1b[?2048$p"))
"""Focus reports would repaint at every glance at another window; the size comes by signal."""
_KITTY_PUSH: Final = re.compile(r"\x1b\[>\d+u")
_KITTY_DISAMBIGUATE: Final = "\x1b[>1u"
"""Esc without delay where the terminal can; text stays text, so that an input method's commit is known as one."""


class Outlet:
    """The terminal to write to. A write that fails means that it went away: `on_gone` is called, nothing is raised."""

    def __init__(self, file: IO[str], on_gone: Callable[[], None]) -> None:
        self._file = file
        self._on_gone = on_gone

    def write(self, text: str) -> None:
        """Write, if there is still anybody to read."""
        try:
            self._file.write(text)
        except OSError:
            self._on_gone()

    def flush(self) -> None:
        """Send what is buffered, if there is still anybody to read."""
        try:
            self._file.flush()
        except OSError:
            self._on_gone()

    def fileno(self) -> int:
        """The descriptor written to."""
        return self._file.fileno()


class PosixBorderDriver(LinuxDriver):
    """Textual's driver with the border's rules: keys by `BorderParser`, no mouse, no repeated cells, a probe of the
    ambiguous width at the start, no wake-up while nothing happens, and an end when the terminal goes away.
    """

    AMBIGUOUS_WIDTH: ClassVar[AmbiguousWidth] = "auto"
    ON_WIDTH: ClassVar[Callable[[int], None] | None] = None

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=False, size=size)
        self._gate = FrameGate()
        self._probe = WidthProbe(self.AMBIGUOUS_WIDTH)
        self._pace = Pace()
        self._question = ""
        self._caught_up: Callable[[], None] | None = None
        self._parser = BorderParser(self._probe.answer, on_ready=self._ready)
        self._gone = False
        self._told = False
        self._stop_reading: int | None = None
        self._stopped_reading = -1
        if self._file is not None:
            self._file = cast(Any, Outlet(self._file, self._terminal_went))

    @property
    def ambiguous_width(self) -> int:
        """Cells that this terminal gives to an ambiguous character, 1 or 2."""
        return self._probe.width

    def forget_frame(self) -> None:
        """Let the next frame through even if it equals the last one: something may have damaged the screen."""
        self._gate.forget()

    def write(self, data: str) -> None:
        """Write what the terminal needs: not what it already shows, not what the border does not want."""
        if data in _UNWANTED:
            return
        if passed := self._gate.passed(_KITTY_PUSH.sub(_KITTY_DISAMBIGUATE, data) if len(data) < 10 else data):
            self._question = self._question or self._pace.wrote(len(passed.encode()))
            if not passed.startswith(SYNC_START):  # what ends a frame is still to come
                passed, self._question = passed + self._question, ""
            super().write(passed)

    def show_cursor(self, shown: bool) -> None:
        """Show or hide the terminal's own cursor, if it is not as wanted."""
        if shown != self._gate.cursor_shown:
            self.write(SHOW_CURSOR if shown else HIDE_CURSOR)
            self.flush()

    @property
    def behind(self) -> bool:
        """Whether the terminal has enough to draw for now."""
        return self._pace.behind

    def when_caught_up(self, then: Callable[[], None]) -> None:
        """Call this in the application's loop once the terminal is no longer behind, or is given up."""
        if self._caught_up is None:
            self._loop.call_later(PATIENCE + 0.1, self._ask_again)
        self._caught_up = then

    def _ask_again(self) -> None:
        if self._caught_up is None:
            return
        if self.behind:
            self._loop.call_later(PATIENCE + 0.1, self._ask_again)
            return
        then, self._caught_up = self._caught_up, None
        then()

    def _ready(self) -> None:
        self._pace.answered()
        if self._caught_up is not None and not self._pace.behind:
            with contextlib.suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._ask_again)

    def start_application_mode(self) -> None:
        """Take the terminal; ask it, the first time, how wide ambiguous characters are."""
        self._stopped_reading, self._stop_reading = os.pipe()
        self._gate.forget()
        if self._file is not None:
            os.set_blocking(self._file.fileno(), True)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is None:
            return  # in the background: the framework starts again when the job comes to the front
        for number in (signal.SIGTERM, signal.SIGHUP):
            self._loop.add_signal_handler(number, self._end, 128 + number)
        if may_ask(os.environ, is_terminal=self.input_tty):
            self._pace.begin()
        self._ask_width()

    def disable_input(self) -> None:
        """Stop reading as soon as no answer of the terminal is due."""
        self._pace.settle(LAST_ANSWER)
        if self._stop_reading is not None:
            os.write(self._stop_reading, b"x")
        super().disable_input()

    def close(self) -> None:
        """Give the terminal back: after this, nothing is written or caught any more."""
        super().close()
        for number in (signal.SIGTERM, signal.SIGHUP):
            self._loop.remove_signal_handler(number)
        if self._stop_reading is not None:
            os.close(self._stop_reading)
            os.close(self._stopped_reading)
            self._stop_reading = None

    def run_input_thread(self) -> None:
        """Read until told to stop or until there is no terminal; sleep without a time-out while nothing is pending."""
        parser, stop = self._parser, self._stopped_reading
        decode = getincrementaldecoder("utf-8")("ignore").decode
        while True:
            ready, _, _ = select.select((self.fileno, stop), (), (), parser.wait())
            if stop in ready:
                return
            if self.fileno in ready:
                read = self._read()
                if read is None:
                    continue
                if not read:
                    self._terminal_went()
                    return
                self._deliver(parser.feed(decode(read)))
            self._deliver(parser.tick())

    def _read(self) -> bytes | None:
        """One read; None when there was nothing after all, empty when the terminal is gone."""
        try:
            return os.read(self.fileno, 4096)
        except BlockingIOError:
            return None
        except OSError:
            return b""  # EIO: hung up, or orphaned in the background

    def _deliver(self, messages: list[Message]) -> None:
        for message in messages:
            if isinstance(message, events.Key) and message.key == "ctrl+l":
                self._forget_soon()  # asked to draw the screen again because something spoiled it
            self.process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size in columns and rows; asked when it may have changed, and then the screen is not what it was."""
        self._forget_soon()
        for descriptor in (self.fileno, *(() if self._file is None else (self._file.fileno(),))):
            with contextlib.suppress(OSError):  # not a terminal
                columns, rows = os.get_terminal_size(descriptor)
                if columns and rows:
                    self._loop.call_soon_threadsafe(setattr, self._gate, "width", columns)
                    return columns, rows  # before COLUMNS and LINES, which no window keeps up to date
        return super()._get_terminal_size()

    def _forget_soon(self) -> None:
        """Forget the screen between two writes: this may be another thread, or a signal in the middle of a write."""
        self._loop.call_soon_threadsafe(self._gate.forget)

    def _ask_width(self) -> None:
        if self._told:
            return
        self._told = True
        question = self._probe.question()
        if question and may_ask(os.environ, is_terminal=self.input_tty):
            self.write(question)
            self._probe.settle()
        else:
            self._probe.settle(0)
        if (tell := type(self).ON_WIDTH) is not None:
            tell(self._probe.width)

    def _terminal_went(self) -> None:
        """End the application, from whichever thread noticed."""
        if self._gone:
            return
        self._gone = True
        self._pace.stop()
        _let_go(self.fileno)
        with contextlib.suppress(RuntimeError):  # the loop has ended already, and the application with it
            self._loop.call_soon_threadsafe(self._end, GONE_STATUS)

    def _end(self, status: int) -> None:
        self._app.exit(return_code=status)


def _let_go(terminal: int) -> None:
    """Point the standard streams that led to a lost terminal nowhere, so that no later message fails on it."""
    lost = os.fstat(terminal)
    if not stat.S_ISCHR(lost.st_mode):
        return
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        with contextlib.suppress(OSError):  # a stream that was closed from the start
            if os.fstat(stream).st_rdev == lost.st_rdev:
                os.dup2(nowhere, stream)
    os.close(nowhere)
