"""The application: the terminal's own colours, the agent's keys, the first screen, and where errors end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any, ClassVar, cast

from textual.binding import BindingType
from textual.screen import Screen

from data.errors import AmendsError
from data.protocols import Casework
from screens.base import DeskScreen
from screens.workplace import Workplace
from tui.painting import Painting
from tui.terminal.accent import Accent, in_accent
from tui.terminal.clipboard import copy_sequence
from tui.terminal.driver import driver_class
from tui.terminal.probe import AmbiguousWidth
from tui.tidying import Tidying
from tui.turns import TurnsApp
from widgets import look
from widgets.cells import narrow

LOAD_AFTER = 0.5
"""Seconds after the start until casework is loaded by itself: when rows, counts and preview stand."""

CATCH_UP_EVERY = 120
"""Seconds after which what time has brought is noted (missed promises, broken clocks, cases that their owner left)."""


class CaseworkSeam:
    """The one lazy seam: casework, and with it SQLModel, is loaded in a thread once the first rows stand."""

    def __init__(self, load: Callable[[], Casework]) -> None:
        self._load = load
        self._loading: asyncio.Task[Casework] | None = None

    def begin(self) -> None:
        """Start loading, unless that has begun."""
        if self._loading is None:
            self._loading = asyncio.ensure_future(asyncio.to_thread(self._load))

    async def __call__(self) -> Casework:
        """Casework, as soon as it is loaded. Raises what loading raised, and tries again the next time."""
        self.begin()
        assert self._loading is not None
        loading = self._loading
        try:
            return await asyncio.shield(loading)
        except Exception:
            self._loading = None
            raise


def border_driver(ambiguous_width: AmbiguousWidth, accent: Accent = "yellow") -> type[Any]:
    """The driver for this terminal, writing one-cell substitutes where it would draw a symbol two cells wide, and the
    accent in another colour where that was chosen."""
    wide = False
    coloured = in_accent(accent)

    def told(width: int) -> None:
        nonlocal wide
        wide = width == 2

    base: type[Any] = driver_class(ambiguous_width, told)

    def write(driver: Any, data: str) -> None:
        base.write(driver, coloured(narrow(data) if wide else data))

    return type(base.__name__, (base,), {"write": write})


class AmendsApp(TurnsApp):
    """Shows one screen after another; knows the workplace, and nothing of what screens do."""

    TITLE = "Amends 回暖"
    ENABLE_COMMAND_PALETTE = False
    CSS = ""
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        opening: Callable[[Workplace], Screen[Any]],
        furnish: Callable[[CaseworkSeam, Callable[[str], bool]], Workplace],
        load: Callable[[], Casework],
        ambiguous_width: AmbiguousWidth = "auto",
        accent: Accent = "yellow",
        driver: type[Any] | None = None,
        remark: Callable[[], str] | None = None,
    ) -> None:
        self._painting = Painting(lambda: self.screen.refresh())
        self._tidying = Tidying(lambda seconds, look: asyncio.get_running_loop().call_later(seconds, look))
        super().__init__(
            more_wait=self._before_key,
            driver_class=driver or border_driver(ambiguous_width, accent),
            ansi_color=True,
        )
        self.animation_level = "none"
        # The colours are the terminal's own; the framework copies the list of all its themes for every line it draws.
        for theme in self.available_themes.keys() - {self.theme}:
            self.unregister_theme(theme)
        self.unexpected: Exception | None = None
        """The error that ended the application, for the entry point to word or to log."""
        self._opening = opening
        self._seam = CaseworkSeam(load)
        self._remark = remark
        self.place = furnish(self._seam, self.copy)

    def get_default_screen(self) -> Screen[Any]:
        """The first screen is the bottom of the stack: nothing blank is painted before it."""
        return self._opening(self.place)

    def _before_key(self, more_wait: bool) -> None:
        self._painting.keys_wait(more_wait)
        self._tidying.pressed()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        # The framework's only way out: here a frame is held back, and the terminal's own cursor put where it belongs.
        if not self._painting.may_paint(self._driver):
            return
        place = getattr(self.screen, "cursor_place", None)
        if place is not None:
            self.cursor_position = place
        super()._display(screen, renderable)
        show = getattr(self._driver, "show_cursor", None)
        if show is not None:
            show(self.place.settings.general.cursor == "always" or getattr(self.screen, "typing", False))

    def _handle_exception(self, error: Exception) -> None:
        # The framework would print a traceback with every local variable, personal data among them. The error is
        # kept for the entry point instead, which words it, or writes it to the log.
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.unexpected = self.unexpected or error
        self._return_code = 1
        self._close_messages_no_wait()

    def on_mount(self) -> None:
        self.set_timer(LOAD_AFTER, self._seam.begin)
        self.set_interval(CATCH_UP_EVERY, self._begin_catch_up)
        if self._remark is not None:
            self.set_timer(2 * LOAD_AFTER, self._find_remark)

    def _begin_catch_up(self) -> None:
        # The work itself and no coroutine of it: a round that is overtaken before it began would leave one unawaited.
        self.run_worker(cast(Any, self._catch_up), group="catch-up", exclusive=True)

    async def _catch_up(self) -> None:
        """Nothing is shown: lists are read anew when they are turned or left."""
        try:
            casework = await self._seam()
            await asyncio.to_thread(casework.catch_up)
        except AmendsError:
            # Nobody asked for it now; whoever acts next meets the same trouble and is told, and the next round goes on.
            return

    async def _find_remark(self) -> None:
        """What is to be said once after the start: looked for in a thread, said when nobody types."""
        assert self._remark is not None
        self._say_remark(await asyncio.to_thread(self._remark))

    def _say_remark(self, said: str) -> None:
        screen = self.screen
        if not said or not isinstance(screen, DeskScreen):
            return
        if screen.typing:
            self.set_timer(LOAD_AFTER, lambda: self._say_remark(said))
        else:
            screen.say(f"{look.TRIANGLE} {said}", look.SOON)

    def copy(self, text: str) -> bool:
        """Put a text on the clipboard of the agent's terminal; False when this terminal cannot."""
        try:
            sequence = copy_sequence(text, os.environ)
        except ValueError:
            return False
        if sequence and self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()
        return bool(sequence)
