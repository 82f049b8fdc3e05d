"""Type one text: a reason, a time, a note, a file's name. Enter keeps it, Esc leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from data.errors import AmendsError
from data.language import N_, _
from data.vocabulary import DraftKind
from screens.base import ACTS_LIST, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.field_row import FieldRow
from widgets.lines import BLANK, Line, Lines, line
from widgets.text_field import TextField


class TypeText(DeskScreen[str | None]):
    """Asks for one text and gives it, or None. `check` raises an AmendsError for a text that will not do.

    With `draft` (its kind and subject) what was typed is kept and stands there again the next time. An `optional`
    text may stay empty.
    """

    PURPOSE = N_("One text to type. Enter keeps it, Esc leaves without it.")
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("typed.back", "escape,backspace,0", "back", N_("Back"), N_("Leave without it."), foot=2, listed=False),
        Act("typed.type", "tab,enter", "type", N_("Type"), N_("To the text field."), foot=1, listed=False),
        ACTS_LIST,
    )

    def __init__(
        self,
        place: Workplace,
        heading: str,
        label: str,
        *,
        text: str = "",
        hint: str = "",
        intro: Sequence[Line] = (),
        check: Callable[[str], object] | None = None,
        draft: tuple[DraftKind, int] | None = None,
        optional: bool = False,
    ) -> None:
        super().__init__(place)
        self._heading = heading
        self._intro = tuple(intro)
        self._check = check
        self._draft = draft
        self._optional = optional
        if draft is not None and not text:
            text = place.reads.draft(place.agent_id, draft[0], draft[1])
        self._row = FieldRow(label, text, hint=hint)

    def heading(self) -> str:
        return self._heading

    def body(self) -> ComposeResult:
        yield Lines([*self._intro, BLANK] if self._intro else [], height=len(self._intro) + 1)
        yield self._row
        yield Lines([BLANK, line(" ", (_("Enter keeps it, Esc leaves."), look.LABEL))], height="1fr")

    def on_mount(self) -> None:
        self._row.field.focus()

    async def on_text_field_drafted(self, message: TextField.Drafted) -> None:
        await self._keep(message.text)

    async def on_text_field_kept(self, message: TextField.Kept) -> None:
        text = message.text.strip()
        if not text:
            if self._optional:
                self.dismiss("")
            return
        if self._check is not None:
            try:
                # What the check reads first, the linter's rules for one, may take longer than a frame.
                await asyncio.to_thread(self._check, text)
            except AmendsError as error:
                self.refuse(error)
                return
        self.dismiss(text)

    def on_text_field_left(self, _message: TextField.Left) -> None:
        self.dismiss(None)

    def action_type(self) -> None:
        self._row.field.focus()

    async def _keep(self, text: str) -> None:
        if self._draft is not None:
            kind, subject = self._draft
            await self.write(lambda casework: casework.keep_draft(kind, subject, text))
