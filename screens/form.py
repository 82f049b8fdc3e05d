"""A few fields one below the other: Enter goes on, and from the last one is done. What is half typed is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult

from data.errors import AmendsError
from data.language import N_, _
from data.vocabulary import DraftKind
from screens.base import ACTS_LIST, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cells import pad, width
from widgets.field_row import FieldRow
from widgets.lines import BLANK, Line, Lines, line
from widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to type. `check` raises an AmendsError for what will not do; an optional one may stay empty."""

    name: str
    label: str
    hint: str = ""
    text: str = ""
    optional: bool = False
    check: Callable[[str], object] | None = None


class Form(DeskScreen[dict[str, str] | None]):
    """Gives what was typed by field, or None. Tab goes to the next field; Esc from the last one leaves them."""

    PURPOSE = N_(
        "A few fields, one below the other. Enter goes on and from the last field it is done; what is "
        "half typed is kept."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("form.back", "escape,backspace,0", "back", N_("Back"), N_("Leave; what is typed is kept."), foot=2),
        Act("form.type", "tab,enter,1", "type", N_("Type"), N_("To the first field that is empty."), foot=1),
        ACTS_LIST,
    )
    DEFAULT_CSS = "Form > FieldRow { height: 1; }"
    AUTO_FOCUS = ""

    def __init__(
        self,
        place: Workplace,
        heading: str,
        fields: Sequence[Field],
        *,
        intro: Sequence[Line] = (),
        draft: tuple[DraftKind, int] | None = None,
    ) -> None:
        super().__init__(place)
        self._heading = heading
        self._form_fields = tuple(fields)
        self._intro = tuple(intro)
        self._draft = draft
        kept = self._kept()
        cells = max(width(field.label) for field in fields)
        self._rows = [
            FieldRow(pad(field.label, cells), kept.get(field.name, field.text), hint=field.hint) for field in fields
        ]

    def heading(self) -> str:
        return self._heading

    def body(self) -> ComposeResult:
        yield Lines([*self._intro, BLANK] if self._intro else [], height=len(self._intro) + 1)
        yield from self._rows
        yield Lines(
            [BLANK, line(" ", (_("Enter goes on; after the last field it is done."), look.LABEL))], height="1fr"
        )

    def on_mount(self) -> None:
        self.action_type()

    def _kept(self) -> dict[str, str]:
        if self._draft is None:
            return {}
        text = self.place.reads.draft(self.place.agent_id, self._draft[0], self._draft[1])
        try:
            kept = json.loads(text) if text else {}
        except json.JSONDecodeError:
            return {}
        return {str(key): str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}

    def _values(self) -> dict[str, str]:
        return {field.name: row.field.value.strip() for field, row in zip(self._form_fields, self._rows, strict=True)}

    def _at(self, field: TextField) -> int:
        return next(at for at, row in enumerate(self._rows) if row.field is field)

    async def on_text_field_drafted(self, _message: TextField.Drafted) -> None:
        if self._draft is not None:
            kind, subject = self._draft
            text = json.dumps(self._values(), ensure_ascii=False)
            await self.write(lambda casework: casework.keep_draft(kind, subject, text))

    def on_text_field_kept(self, message: TextField.Kept) -> None:
        at = self._at(message.field)
        if not self._fits(at):
            return
        if at + 1 < len(self._rows):
            self._rows[at + 1].field.focus()
            return
        wrong = next((each for each in range(len(self._rows)) if not self._fits(each)), None)
        if wrong is not None:
            self._rows[wrong].field.focus()
            return
        self.dismiss(self._values())

    def _fits(self, at: int) -> bool:
        field, text = self._form_fields[at], self._rows[at].field.value.strip()
        if not text:
            if not field.optional:
                self.say(_("{field} is needed.").format(field=field.label), look.SOON)
            return field.optional
        if field.check is not None:
            try:
                field.check(text)
            except AmendsError as error:
                self.refuse(error)
                return False
        return True

    def on_text_field_left(self, message: TextField.Left) -> None:
        at = self._at(message.field)
        if at + 1 < len(self._rows):
            self._rows[at + 1].field.focus()
        else:
            self.set_focus(None)

    def action_type(self) -> None:
        empty = next((row for row in self._rows if not row.field.value), self._rows[0])
        empty.field.focus()
