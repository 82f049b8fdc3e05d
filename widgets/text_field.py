"""One line of text that a person types: a note, a search. Digits are text in it; nothing typed is lost."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Blur
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from data.language import N_
from widgets.acts import Act, bindings
from widgets.cells import width

DRAFT_AFTER = 0.25
"""Seconds after the last key until a draft is posted; a draft must be safe within 0.3."""


class TextField(Input):
    """An input that keeps still: no blink, no suggestions, no border.

    Enter keeps the text (`Kept`), Tab and Esc leave the field with it (`Left`), Backspace in an empty field does
    nothing. `Drafted` comes shortly after the last key and always before `Kept` and `Left`.
    """

    DEFAULT_CSS = """
    TextField, TextField:focus, TextField:ansi {
        border: none; height: 1; padding: 0; width: 1fr; background: ansi_default; color: ansi_default;
    }
    TextField > .input--cursor, TextField:ansi > .input--cursor {
        text-style: none; background: ansi_default; color: ansi_default;
    }
    TextField > .input--placeholder { text-style: dim; background: ansi_default; color: ansi_default; }
    TextField > .input--selection { text-style: reverse; background: ansi_default; color: ansi_default; }
    """

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("field.keep", "enter", "submit", N_("Keep"), N_("Keep the text and go back."), foot=1, listed=False),
        Act("field.leave", "escape", "leave", N_("Back"), N_("Leave the field; the text stays."), foot=2, listed=False),
        Act("field.aside", "tab,shift+tab", "leave", N_("Back"), N_("To the choices and back."), listed=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTS)

    class Drafted(Message):
        """The text as far as it is typed, to be written down now."""

        def __init__(self, field: TextField, text: str) -> None:
            super().__init__()
            self.field = field
            self.text = text

        @property
        def control(self) -> TextField:
            """The field that was typed in."""
            return self.field

    class Kept(Drafted):
        """Enter was pressed."""

    class Left(Drafted):
        """The field was left without Enter."""

    def __init__(self, text: str = "", *, hint: str = "", id: str | None = None) -> None:
        super().__init__(text, placeholder=hint, id=id, select_on_focus=False)
        self.cursor_blink = False
        self.drafted = text
        self._soon: Timer | None = None

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's own cursor belongs: it is the one that is seen, and an input method opens there."""
        x, y, _width, _height = self.content_region
        return Offset(x + width(self.value[: self.cursor_position]) - self.scroll_offset.x, y)

    def take(self, text: str) -> None:
        """Show this text as if it had been drafted already."""
        self.drafted = text
        self.value = text
        self.cursor_position = len(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(DRAFT_AFTER, self.draft) if self.value != self.drafted else None

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.draft()
        self.post_message(self.Kept(self, self.value))

    def action_leave(self) -> None:
        self.draft()
        self.post_message(self.Left(self, self.value))

    def on_blur(self, _event: Blur) -> None:
        self.draft()

    def draft(self) -> None:
        """Post what was typed since the last draft."""
        if self._soon is not None:
            self._soon.stop()
            self._soon = None
        if self.value != self.drafted:
            self.drafted = self.value
            self.post_message(self.Drafted(self, self.value))
