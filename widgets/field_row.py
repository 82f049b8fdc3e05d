"""A label and a text field in one row."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from widgets import look
from widgets.cells import width
from widgets.lines import Lines, line
from widgets.text_field import TextField


class FieldRow(Widget):
    """One row: what is asked for, and the field to type it in."""

    FIELD: ClassVar[type[TextField]] = TextField
    """The kind of field in it."""
    DEFAULT_CSS = "FieldRow { layout: horizontal; height: 1; width: 1fr; }"

    def __init__(self, label: str, text: str = "", *, hint: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = Lines([line((f" {label} ", look.KEY))])
        self._label.styles.width = width(label) + 2
        self.field = self.FIELD(text, hint=hint)

    def compose(self) -> ComposeResult:
        yield self._label
        yield self.field
