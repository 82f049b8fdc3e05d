"""`amends export {cases,outcomes,events}`: what was worked and what came of it, for spreadsheets and programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data.language import _, ngettext
from tui.options import Options

if TYPE_CHECKING:
    from data.exporting import Chosen
    from data.store.store import Store
    from tui.parser import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("export", _("write cases, outcomes or the log as CSV, XLSX or JSON"), run)
    parser.add_argument("what", choices=("cases", "outcomes", "events"), help=_("what to write"))
    parser.add_argument("--format", choices=("csv", "xlsx", "json"), help=_("csv, xlsx or json; else by the file"))
    parser.add_argument("--json", action="store_true", help=_("the same as --format json"))
    parser.add_argument("--query", metavar=_("QUERY"), help=_("only cases for which a search such as grade:bad holds"))
    parser.add_argument("--output", "-o", metavar=_("FILE"), help=_("where to; else standard output"))


def run(options: Options) -> int:
    """Write the export; raises StoreError, SourceError and QueryError."""
    from data.exporting import export_to_path, export_to_stream, form_of
    from data.store.store import Store

    target = Path(options.output) if options.output and options.output != "-" else None
    form = options.format or ("json" if options.json else form_of(target or Path()))
    if trouble := _misused(options, form, target):
        print(trouble, file=sys.stderr)
        return 2
    store = Store(options.locations().database)
    try:
        now = options.clock().now()
        store.prepare(now, read_only=True)
        chosen = _chosen(store, options, now) if options.query else None
        if target is None:
            sys.stdout.flush()
            export_to_stream(store, options.what, form, sys.stdout.buffer, chosen=chosen)
            sys.stdout.buffer.flush()
            return 0
        count = export_to_path(store, options.what, form, target, chosen=chosen)
    finally:
        store.close()
    told = ngettext("{count} record written to {path}.", "{count} records written to {path}.", count)
    print(told.format(count=count, path=target), file=sys.stderr)
    return 0


def _misused(options: Options, form: str, target: Path | None) -> str:
    """What is wrong about the flags taken together, in a sentence."""
    if options.query and options.what != "cases":
        return _("--query chooses cases: it goes with amends export cases.")
    if form == "xlsx" and target is None and sys.stdout.isatty():
        return _("A workbook is not for a terminal: name a file with --output.")
    return ""


def _chosen(store: Store, options: Options, now: int) -> Chosen:
    """What finds the cases of the query. `owner:me` is the agent of this run, if they have worked here."""
    from tui.open import reads_of

    reads = reads_of(store, options)
    me = reads.agent_of_login(options.login())
    return reads.asked(options.query, agent_id=me.id if me is not None else 0, now=now)
