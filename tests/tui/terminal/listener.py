"""A small application that writes down what reaches it: `python -m tests.tui.terminal.listener LOG [WIDTH]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from tui.terminal.clipboard import copy_sequence
from tui.terminal.driver import driver_class


class Choices(Static, can_focus=True):
    """Takes keys as a list of choices does, and no text."""


class Listener(App[None]):
    """Logs keys, commands and texts, one to a line."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [
        Binding("question_mark", "say('help')"),
        Binding("space", "say('claim')"),
        Binding("slash", "say('search')"),
        Binding("f2", "say('next')"),
        *(Binding(digit, f"say('choice {digit}')") for digit in "0123456789"),
        Binding("f5", "note"),
        Binding("f6", "copy"),
        Binding("f7", "step_aside"),
        Binding("ctrl+l", "redraw"),
        Binding("f9", "leave"),
    ]

    def __init__(self, log: Path, width: str = "auto") -> None:
        self._log_path = log
        chosen = driver_class(width if width in ("1", "2") else "auto", self.heard_width)  # type: ignore[arg-type]
        super().__init__(driver_class=chosen)

    def say(self, line: str) -> None:
        """Append a line to the log."""
        with self._log_path.open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def heard_width(self, width: int) -> None:
        """The driver knows the ambiguous width."""
        self.say(f"width {width}")

    def compose(self) -> ComposeResult:
        """A list and a note."""
        yield Choices("choices " * 20)
        yield Input(id="note")

    def on_ready(self) -> None:
        """Say that keys can come."""
        self.query_one(Input).cursor_blink = False
        self.query_one(Choices).focus()
        self.call_after_refresh(self.say, f"ready {os.getpid()}")

    async def on_event(self, event: events.Event) -> None:
        """Write down each key as it comes from the driver."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.say(f"key {event.key}")
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            self.say(f"text {event.text!r}")
        await super().on_event(event)

    def action_say(self, line: str) -> None:
        """A command ran."""
        self.say(f"command {line}")

    def action_note(self) -> None:
        """Go to the note."""
        self.query_one(Input).focus()
        self.call_after_refresh(self.say, "in note")

    def action_copy(self) -> None:
        """Copy a Chinese text to the clipboard."""
        if self._driver is not None:
            self._driver.write(copy_sequence("订单 190", os.environ))
        self.say("copied")

    def action_step_aside(self) -> None:
        """Give the terminal to another program for a moment."""
        with self.suspend():
            print("elsewhere", flush=True)
        self.say("back")

    def action_redraw(self) -> None:
        """Draw everything again."""
        self.refresh()
        self.say("command redraw")

    def action_leave(self) -> None:
        """End."""
        self.exit()

    @on(Input.Submitted)
    def kept(self, event: Input.Submitted) -> None:
        """The note is kept; back to the choices."""
        self.say(f"note {event.value!r}")
        self.query_one(Choices).focus()

    def on_unmount(self) -> None:
        """The end was an orderly one."""
        self.say("unmounted")


if __name__ == "__main__":
    app = Listener(Path(sys.argv[1]), *sys.argv[2:])
    app.run()
    app.say(f"ended {app.return_code}")
    sys.exit(app.return_code)
