"""Taking in a file from any screen: which one, how far it is, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.style import Style

from data.errors import SourceError
from data.importing import FileReport
from data.language import _
from data.outside import for_screen
from screens.base import DeskScreen
from screens.typed import TypeText
from widgets import look


def ask_for_file(screen: DeskScreen[Any], then: Callable[[FileReport], object]) -> None:
    """Ask for a file, take it in behind the screen, which says how far it is, and hand the report to `then`."""
    asked = TypeText(
        screen.place,
        _("Import a file"),
        _("File"),
        hint=_("path of the file; a file can be dragged into many terminals"),
        check=_readable,
    )

    async def typed(text: str | None) -> None:
        take_in = screen.place.take_in
        if not text or take_in is None:
            return
        path, loop, tenths = path_of(text), asyncio.get_running_loop(), [-1]

        def progress(done: int, of: int) -> None:
            loop.call_soon_threadsafe(_say_progress, screen, path.name, done * 10 // max(1, of), tenths)

        report = await screen.read(lambda: take_in(path, progress))
        if report is not None:
            screen.say("")
            then(report)

    screen.app.push_screen(asked, typed)


def _say_progress(screen: DeskScreen[Any], name: str, tenth: int, tenths: list[int]) -> None:
    """Said at every tenth: a bar that moves all the time would fill a slow line."""
    if tenth != tenths[-1]:
        tenths.append(tenth)
        screen.say(_("Reading {file}: {percent} %").format(file=for_screen(name), percent=tenth * 10))


def counted(report: FileReport) -> str:
    """The numbers of a report."""
    return _("read {read}: new {new}, changed {changed}, same {same}, refused {refused}").format(
        read=report.read, new=report.new, changed=report.changed, same=report.same, refused=report.refused
    )


def told(report: FileReport) -> tuple[str, Style]:
    """What came of a file, in one line and its style."""
    name = for_screen(Path(report.file).name)
    if report.error:
        return f"{look.CROSS} {name}  {report.error}", look.BAD
    refused = "  " + _("Refused rows are in {path}").format(path=report.rejects) if report.rejects else ""
    return f"{look.CHECK} {name}  {counted(report)}{refused}", look.SOON if refused else look.GOOD


def path_of(told: str) -> Path:
    """The path as typed, pasted or dragged: terminals put quotes around it, or a backslash before a blank."""
    bare = told.strip().strip("'\"").replace("\\ ", " ")
    return Path(bare).expanduser()


def _readable(told: str) -> None:
    path = path_of(told)
    if not path.is_file():
        raise SourceError(
            _("No such file"),
            _("There is no file {path}.").format(path=for_screen(str(path))),
            _("Check the path."),
        )
