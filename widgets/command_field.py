"""The field in which a command is looked for: it tells every letter at once, and Tab leads to what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from data.language import N_
from widgets.acts import Act, bindings
from widgets.field_row import FieldRow
from widgets.text_field import TextField


class _Told(TextField):
    """A text field whose drafts are not written anywhere, so that they need not wait."""

    DEFAULT_CSS = ""
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("command.run", "enter", "submit", N_("Do it"), N_("Do the act under the cursor."), foot=1, listed=False),
        Act("command.list", "tab", "aside", N_("By number"), N_("To the list, where a number does it."), foot=2),
        Act("command.leave", "escape,ctrl+p", "leave", N_("Back"), N_("Leave it."), foot=3, listed=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTS)

    def watch_value(self, value: str) -> None:
        """Tell it within the change itself: field and list are then painted together."""
        self.drafted = value
        if isinstance(self.parent, CommandField):
            self.parent.told(value)

    def action_aside(self) -> None:
        self.post_message(CommandField.Aside())


class CommandField(FieldRow):
    """The label and the field."""

    FIELD = _Told
    DEFAULT_CSS = ""

    class Aside(Message):
        """Tab was pressed: on to the list."""

    def __init__(self, label: str, told: Callable[[str], None], *, hint: str = "") -> None:
        super().__init__(label, hint=hint)
        self.told = told
