"""`amends export {cases,outcomes,events}`: what was worked and what came of it, for spreadsheets and programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data.language import _, ngettext
from tui.options import Options

if TYPE_CHECKING:
    from tui.parser import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("export", _("write cases, outcomes or the log as CSV or JSON"), run)
    parser.add_argument("what", choices=("cases", "outcomes", "events"), help=_("what to write"))
    parser.add_argument("--format", choices=("csv", "json"), help=_("csv (for spreadsheets) or json; else by the file"))
    parser.add_argument("--json", action="store_true", help=_("the same as --format json"))
    parser.add_argument("--output", "-o", metavar=_("FILE"), help=_("where to; else standard output"))


def run(options: Options) -> int:
    """Write the export; raises StoreError and SourceError."""
    from data.exporting import export_to_path, export_to_stream
    from data.store.store import Store

    target = Path(options.output) if options.output and options.output != "-" else None
    form = options.format or ("json" if options.json or (target and target.suffix.lower() == ".json") else "csv")
    store = Store(options.locations().database)
    try:
        store.prepare(options.clock().now(), read_only=True)
        if target is None:
            sys.stdout.flush()
            export_to_stream(store, options.what, form, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return 0
        count = export_to_path(store, options.what, form, target)
    finally:
        store.close()
    told = ngettext("{count} record written to {path}.", "{count} records written to {path}.", count)
    print(told.format(count=count, path=target), file=sys.stderr)
    return 0
