"""`amends import FILE…`: reviews and orders from the platforms' files into the database, and an import taken back."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.language import _, ngettext
from tui.options import Options

if TYPE_CHECKING:
    from data.importing import FileReport
    from data.store.store import Store
    from tui.parser import Commands

_SHOWN_REASONS = 3


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("import", _("take in reviews and orders from files"), run)
    parser.add_argument("files", nargs="*", metavar=_("FILE"), help=_("what the platform exported: CSV, XLSX or JSON"))
    parser.add_argument("--batches", action="store_true", help=_("list the imports with their numbers"))
    parser.add_argument(
        "--undo", type=int, metavar=_("NUMBER"), help=_("take an import back; what was worked on since stays")
    )
    parser.add_argument("--shop", metavar=_("NAME"), help=_("the shop of files that name none"))
    parser.add_argument("--source", metavar=_("SOURCE"), help=_("the column map, instead of looking at the content"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen and write nothing"))
    parser.add_argument(
        "--rejects", metavar=_("FOLDER"), help=_("where lists of refused rows go; else beside the file")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(options: Options) -> int:
    """Import every file and report, or list imports, or take one back; 1 when a row or a file was refused."""
    if bool(options.files) + options.batches + (options.undo is not None) != 1:
        print(_("Name files, or --batches, or --undo with a number: one of them."), file=sys.stderr)
        return 2
    if options.batches or options.undo is not None:
        from tui.commands import import_batches

        return import_batches.list_batches(options) if options.batches else import_batches.undo(options)
    return _import(options)


def _import(options: Options) -> int:
    from data.casework.arrival import agent_id_for
    from data.importing import import_files
    from tui.say import print_json

    settings, now = options.settings(), options.clock().now()
    with _store(options, now) as store:
        agent_id = None if options.dry_run else agent_id_for(store, options.login(), now)
        reports = import_files(
            [Path(file) for file in options.files],
            store=store,
            settings=settings,
            now=now,
            shop=options.shop,
            source=options.source,
            dry_run=options.dry_run,
            agent_id=agent_id,
            maps_folder=options.locations().maps,
            rejects_folder=Path(options.rejects) if options.rejects else None,
            progress=_progress() if sys.stderr.isatty() else None,
        )
    if options.json:
        print_json({"files": [report.as_json() for report in reports]})
    else:
        _print(reports)
    _say_troubles(reports)
    return 0 if all(report.done for report in reports) else 1


@contextmanager
def _store(options: Options, now: int) -> Iterator[Store]:
    """The database, made when there is none; a dry run makes nothing and takes an empty one of its own."""
    from data.store.store import Store

    path = options.locations().database
    with tempfile.TemporaryDirectory(prefix="amends-") as scratch:
        if options.dry_run and not path.exists():
            path = Path(scratch, "empty.db")
        elif not options.dry_run:
            options.make_own_folder()
        store = Store(path)
        try:
            fresh = path.parent == Path(scratch)
            store.prepare(now, create=fresh or not options.dry_run, read_only=options.dry_run and not fresh)
            yield store
        finally:
            store.close()


def _progress() -> Callable[[str, int, int], None]:
    shown = [""]

    def show(file: str, done: int, of: int) -> None:
        from data.outside import for_screen

        if done >= of:
            text = ""
        else:
            text = _("{file}: {percent} %").format(file=for_screen(Path(file).name)[:60], percent=100 * done // of)
        if text != shown[0]:
            # Only a change is sent: the line may be slow.
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
            shown[0] = text

    return show


def _print(reports: Sequence[FileReport]) -> None:
    from data.outside import for_screen
    from widgets.cells import pad, right

    titles = [_("read"), _("new"), _("changed"), _("same"), _("refused")]
    print("  ".join([*(right(title, 8) for title in titles), pad(_("source"), 14), _("file")]))
    for report in reports:
        counts = (report.read, report.new, report.changed, report.same, report.refused)
        cells = [right(str(count), 8) for count in counts]
        print("  ".join([*cells, pad(report.source or "–", 14), for_screen(report.file)]))
    if any(report.trial for report in reports):
        print(_("This was a dry run: nothing was written."))


def _say_troubles(reports: Sequence[FileReport]) -> None:
    from data.errors import SourceError
    from data.outside import for_screen
    from tui.say import say_error

    for report in reports:
        if report.error:
            say_error(SourceError(_("Not imported"), report.error))
        for line, reason in report.refusals[:_SHOWN_REASONS]:
            where = _("{file}, line {line}: {reason}").format(file=report.file, line=line, reason=reason)
            print(for_screen(where), file=sys.stderr)
        if report.refused and report.rejects:
            told = ngettext(
                "{count} row was refused; it is in {path} with the reason.",
                "{count} rows were refused; they are in {path} with the reasons.",
                report.refused,
            )
            print(for_screen(told.format(count=report.refused, path=report.rejects)), file=sys.stderr)
