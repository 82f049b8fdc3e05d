"""Writing the list that stands on the screen to a file: which one, how far it is, and where it lies then."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from pathlib import Path
from typing import Any, Final

from data.errors import SourceError
from data.language import _, ngettext
from data.outside import for_screen
from data.rows import Filter, View
from screens.base import DeskScreen
from screens.take_in import path_of
from screens.typed import TypeText
from widgets import look
from widgets.lines import line

FORMS: Final = (".xlsx", ".csv", ".json")
AGAIN: Final = 1.0
"""Seconds after which something is tried to be said again that a typist must not be disturbed by."""

_NOT_IN_A_NAME: Final = re.compile(r"[^\w\-]+")


class ListExport:
    """One export at a time, behind the screen that asked for it."""

    def __init__(self, screen: DeskScreen[Any]) -> None:
        self._screen = screen
        self._tenth = -1
        self.running = False

    def ask(self, view: View, narrowed: Filter, name: str) -> None:
        """Ask for the file, and write the list to it. `name` is what the list is called."""
        place = self._screen.place
        asked = TypeText(
            place,
            _("Export this list"),
            _("File"),
            text=str(self._free(name)),
            intro=[
                line(" ", (_("One row a case, as the list stands: .xlsx, .csv or .json by the ending."), look.LABEL))
            ],
            check=checked,
        )

        def typed(told: str | None) -> None:
            if told:
                work = partial(self._write, view, narrowed, with_ending(path_of(told)))
                self._screen.behind(work, group="export")

        self._screen.app.push_screen(asked, typed)

    def _free(self, name: str) -> Path:
        """A path that nothing lies at yet, in the home folder."""
        stem = f"{_NOT_IN_A_NAME.sub('-', name).strip('-') or 'amends'}-{self._screen.place.wall():%Y-%m-%d}"
        paths = (Path.home() / f"{stem}{'' if number == 1 else f'-{number}'}.xlsx" for number in range(1, 1000))
        return next((path for path in paths if not path.exists()), Path.home() / f"{stem}.xlsx")

    async def _write(self, view: View, narrowed: Filter, path: Path) -> None:
        write, loop = self._screen.place.write_list, asyncio.get_running_loop()
        if write is None:
            return

        def progress(done: int, of: int) -> None:
            loop.call_soon_threadsafe(self._say_progress, path.name, done * 10 // max(1, of))

        self.running, self._tenth = True, -1
        try:
            self._say_progress(path.name, 0)
            count = await self._screen.read(lambda: write(view, narrowed, path, progress))
        finally:
            self.running = False
        if count is not None:
            told = ngettext("{count} case written to {path}", "{count} cases written to {path}", count)
            self._say_when_free(f"{look.CHECK} {told.format(count=count, path=for_screen(str(path)))}")

    def _say_progress(self, name: str, tenth: int) -> None:
        """Said at every tenth, and never while somebody types."""
        if tenth != self._tenth and self.running and not self._screen.typing:
            self._tenth = tenth
            told = _("Writing {file}: {percent} %").format(file=for_screen(name), percent=tenth * 10)
            self._screen.say(told)

    def _say_when_free(self, told: str) -> None:
        if self._screen.typing:
            self._screen.set_timer(AGAIN, partial(self._say_when_free, told))
        else:
            self._screen.say(told, look.GOOD)


def with_ending(path: Path) -> Path:
    """The path with the ending of a workbook, when it has none that is known."""
    return path if path.suffix.lower() in FORMS else path.with_name(f"{path.name}.xlsx")


def checked(told: str) -> None:
    """Raise SourceError for a path that cannot be written, or that something lies at already."""
    path = with_ending(path_of(told))
    if not path.parent.is_dir():
        folder = for_screen(str(path.parent))
        raise SourceError(
            _("No such folder"), _("There is no folder {path}.").format(path=folder), _("Check the path.")
        )
    if path.exists():
        there = _("There is a file {path}.").format(path=for_screen(str(path)))
        raise SourceError(_("The file is there already"), there, _("Type another name."))
