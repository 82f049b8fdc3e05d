"""`amends backup FILE`: a whole copy of the database while others work in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data.language import _
from tui.options import Options

if TYPE_CHECKING:
    from tui.parser import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("backup", _("copy the database while it is in use"), run)
    parser.add_argument("file", metavar=_("FILE"), help=_("where the copy goes"))
    parser.add_argument("--force", action="store_true", help=_("overwrite an older copy"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(options: Options) -> int:
    """Copy and say where to; raises StoreError when that is not possible."""
    from data.store.backup import backup
    from tui.say import print_json

    target = Path(options.file)
    if sys.stderr.isatty() and not options.json:
        # A million reviews take seconds; somebody who waits is told.
        print(_("Copying…"), file=sys.stderr)
    backup(options.locations().database, target, force=options.force)
    if options.json:
        print_json({"file": str(target), "bytes": target.stat().st_size})
    else:
        print(_("Copied to {path}, {size} kB.").format(path=target, size=target.stat().st_size // 1000))
    return 0
