"""The workstation needs a terminal under it: it reads keys from standard input and draws on standard error."""

from __future__ import annotations

import sys

from data.errors import Refused
from data.language import _


def need_a_terminal() -> None:
    """Raise Refused where keys cannot be read or the screen cannot be drawn, before anything is written."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        return
    raise Refused(
        _("No terminal"),
        _("The workstation reads keys from a terminal and draws on it; here input or error output goes elsewhere."),
        _("Open it in a terminal; for scripts there are import, export and check (see amends --help)."),
    )
