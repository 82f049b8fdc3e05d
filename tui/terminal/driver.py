"""The terminal under the application on Linux and macOS, and the choice of a driver for this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.terminal.probe import AmbiguousWidth

if TYPE_CHECKING:
    from textual.driver import Driver


def driver_class(
    ambiguous_width: AmbiguousWidth = "auto", on_width: Callable[[int], None] | None = None
) -> type[Driver]:
    """The driver for `App(driver_class=...)`, with the setting for ambiguous characters.

    `on_width` is told their width in cells, 1 or 2, once, before the application composes its first screen.
    On Windows the console is asked nothing and "auto" means 1.
    """
    base: type[Any]
    if sys.platform == "win32":
        from tui.terminal.windows import WindowsBorderDriver as base
    else:
        from tui.terminal.posix import PosixBorderDriver as base
    told = staticmethod(on_width) if on_width is not None else None
    return type(base.__name__, (base,), {"AMBIGUOUS_WIDTH": ambiguous_width, "ON_WIDTH": told})
