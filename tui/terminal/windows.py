"""The terminal under the application on Windows: Textual's own driver, reading through the border's parser."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from collections.abc import Callable
    from typing import TYPE_CHECKING, Any, ClassVar

    from textual.drivers import win32
    from textual.drivers.windows_driver import WindowsDriver

    from tui.terminal.border import BorderParser
    from tui.terminal.frames import HIDE_CURSOR, SHOW_CURSOR
    from tui.terminal.probe import AmbiguousWidth, WidthProbe

    if TYPE_CHECKING:
        from textual.app import App

    class WindowsBorderDriver(WindowsDriver):
        """No mouse, and keys by `BorderParser`. The console reads in lumps of key records, which count as one read."""

        AMBIGUOUS_WIDTH: ClassVar[AmbiguousWidth] = "auto"
        ON_WIDTH: ClassVar[Callable[[int], None] | None] = None

        def __init__(
            self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
        ) -> None:
            super().__init__(app, debug=debug, mouse=False, size=size)
            self._width = WidthProbe(self.AMBIGUOUS_WIDTH).width
            self._cursor_shown = False

        @property
        def ambiguous_width(self) -> int:
            """Cells of an ambiguous character as set; 1 when the setting is "auto"."""
            return self._width

        def forget_frame(self) -> None:
            """Nothing is held back on Windows."""

        def show_cursor(self, shown: bool) -> None:
            """Show or hide the console's own cursor, if it is not as wanted."""
            if shown != self._cursor_shown:
                self._cursor_shown = shown
                self.write(SHOW_CURSOR if shown else HIDE_CURSOR)
                self.flush()

        def start_application_mode(self) -> None:
            """Take the console, with the border's parser in the place where its monitor makes its own."""
            setattr(win32, "XTermParser", lambda debug=False: BorderParser())  # noqa: B010
            super().start_application_mode()
            if (tell := type(self).ON_WIDTH) is not None:
                tell(self._width)
