"""Several lines of text that a person types, such as a public reply. Digits are text in it; nothing typed is lost."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Blur
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from data.language import N_
from widgets.acts import Act, bindings
from widgets.text_field import DRAFT_AFTER


class TextBox(TextArea, inherit_bindings=False):
    """A box that keeps still: no blink, no border, no colours of its own; lines wrap at its edge.

    Tab and Esc leave it with its text (`Left`), Enter begins a new line. `Drafted` comes shortly after the last key and
    always before `Left`; `Typed` with every key, so that a count beside it can follow within the same frame.
    """

    DEFAULT_CSS = """
    TextBox, TextBox:focus, TextBox:ansi {
        border: none; padding: 0; width: 1fr; background: ansi_default; color: ansi_default; scrollbar-size: 0 0;
    }
    TextBox .text-area--cursor, TextBox:ansi .text-area--cursor, TextBox .text-area--cursor-line {
        text-style: none; background: ansi_default; color: ansi_default;
    }
    TextBox .text-area--placeholder { text-style: dim; background: ansi_default; color: ansi_default; }
    TextBox .text-area--selection, TextBox:ansi .text-area--selection {
        text-style: reverse; background: ansi_default; color: ansi_default;
    }
    """

    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("box.leave", "escape", "leave", N_("Back"), N_("Leave the text; it stays."), foot=2, listed=False),
        Act("box.aside", "tab,shift+tab", "leave", N_("Done"), N_("To the acts and back."), foot=1, listed=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(ACTS),
        ("up", "cursor_up", ""),
        ("down", "cursor_down", ""),
        ("left", "cursor_left", ""),
        ("right", "cursor_right", ""),
        ("ctrl+left", "cursor_word_left", ""),
        ("ctrl+right", "cursor_word_right", ""),
        ("home,ctrl+a", "cursor_line_start", ""),
        ("end,ctrl+e", "cursor_line_end", ""),
        ("pageup", "cursor_page_up", ""),
        ("pagedown", "cursor_page_down", ""),
        ("backspace", "delete_left", ""),
        ("delete,ctrl+d", "delete_right", ""),
        ("ctrl+w", "delete_word_left", ""),
        ("ctrl+u", "delete_to_start_of_line", ""),
        ("ctrl+k", "delete_to_end_of_line_or_delete_line", ""),
        ("ctrl+z", "undo", ""),
        ("ctrl+y", "redo", ""),
    ]

    class Drafted(Message):
        """The text as far as it is typed, to be written down now."""

        def __init__(self, box: TextBox, text: str) -> None:
            super().__init__()
            self.box = box
            self.text = text

        @property
        def control(self) -> TextBox:
            """The box that was typed in."""
            return self.box

    class Left(Drafted):
        """The box was left."""

    class Typed(Drafted):
        """A key has changed the text."""

    def __init__(self, text: str = "", *, hint: str = "", id: str | None = None) -> None:
        super().__init__(
            text, id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, placeholder=hint,
            highlight_cursor_line=False, theme="css",
        )  # fmt: skip
        self.cursor_blink = False
        self.drafted = text
        self._soon: Timer | None = None

    def take(self, text: str) -> None:
        """Show this text as if it had been drafted already."""
        self.drafted = text
        if text != self.text:
            self.load_text(text)
            self.move_cursor(self.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(DRAFT_AFTER, self.draft) if self.text != self.drafted else None
        if self.has_focus:
            self.post_message(self.Typed(self, self.text))

    def action_delete_to_start_of_line(self) -> None:
        # All that was typed of the line: where it wraps means nothing to whoever takes it back.
        row, column = self.cursor_location
        self.delete((row, 0), (row, column))

    def action_leave(self) -> None:
        self.draft()
        self.post_message(self.Left(self, self.text))

    def on_blur(self, _event: Blur) -> None:
        self.draft()

    def draft(self) -> None:
        """Post what was typed since the last draft."""
        if self._soon is not None:
            self._soon.stop()
            self._soon = None
        if self.text != self.drafted:
            self.drafted = self.text
            self.post_message(self.Drafted(self, self.text))
