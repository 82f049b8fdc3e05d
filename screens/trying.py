"""Trying a playbook on a chosen case before it is put to use: the call screen, on a copy of the case."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.errors import AmendsError
from data.language import N_, _
from data.outside import for_screen
from data.protocols import Casework
from data.rows import Done
from screens.base import ACTS_LIST, BACK, DeskScreen
from screens.call import CallScreen
from screens.rehearsal import Ground, begin
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.lines import BLANK, Line, Lines, line, paragraph


class TryScreen(DeskScreen[None]):
    """One call after another about a copy of one case; the playbook's file is read anew for each."""

    PURPOSE = N_(
        "Try a call script on a copy of a case. Change the file, press Enter, and the next call speaks the new words; "
        "the case itself stays as it is."
    )
    UNDISTURBED = True
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("trying.call", "enter,1", "call", N_("Call"), N_("Read the file anew and begin the call."), foot=1),
        Act("trying.back", "escape,backspace,0", "back", BACK.label, BACK.help, foot=90),
        ACTS_LIST,
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, file: str, case_id: int, make: Callable[[], Ground]) -> None:
        super().__init__(place)
        self._file = file
        self._case_id = case_id
        self._make = make
        self._ground: Ground | None = None
        self._lines = Lines(id="trying", height="1fr")

    def heading(self) -> str:
        return _("Try a call script")

    def body(self) -> ComposeResult:
        yield self._lines

    def on_mount(self) -> None:
        self.open_behind(self._call)

    def on_resize(self, _event: Resize) -> None:
        cells = self.room.width - 4
        told = _("Case {id}, as a copy: what is done on it here is thrown away.").format(id=self._case_id)
        lines: list[Line] = [line(" ", (for_screen(self._file), look.SAY)), BLANK]
        lines += [line("   ", *each) for each in paragraph(told, cells)]
        lines += [BLANK, line("   ", ("Enter", look.HERE), " ", _("reads the file anew and calls"))]
        self._lines.show(lines)

    def on_unmount(self) -> None:
        self._clear()

    async def action_call(self) -> None:
        await self._call()

    def action_back(self) -> None:
        self.app.exit()

    async def _call(self) -> None:
        if self._ground is not None:
            return
        try:
            ground = await asyncio.to_thread(self._make)
            casework: Casework = await ground.place.casework()
            opened = await asyncio.to_thread(begin, ground, casework)
        except AmendsError as error:
            self.refuse(error)
            return
        self._ground = ground
        call, page, dialled, playbook = opened
        self.app.push_screen(CallScreen(ground.place, call, page, dialled, playbook, ""), self._over)

    def _over(self, _done: Done | None) -> None:
        self._clear()
        self.say(_("The copy is thrown away; the case stays as it was."), look.SOON)

    def _clear(self) -> None:
        if self._ground is not None:
            self._ground.close()
            self._ground = None
