"""`amends playbook lint` and `show`: is a call script decent and finite, and how does it read."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import PlaybookError
from data.language import LANGUAGES, _, language, ngettext
from tui.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.playbook.check import Report
    from data.playbook.format import Playbook
    from tui.parser import Commands


def add(commands: Commands) -> None:
    """Add the command and its two acts to the command line."""
    parser = commands.add("playbook", _("check or read a call script"), run)
    acts = parser.add_subparsers(dest="act", metavar=_("ACT"), required=True)
    lint = acts.add_parser("lint", help=_("say what is wrong with it, where, and how to mend it"))
    lint.add_argument("files", nargs="*", metavar=_("FILE"), help=_("instead of the ones in use"))
    lint.add_argument("--json", action="store_true", help=_("print JSON"))
    show = acts.add_parser("show", help=_("print it as one reads it"))
    show.add_argument("files", nargs="?", metavar=_("FILE"), help=_("instead of the one in use"))


def run(options: Options) -> int:
    """Do the act that was named."""
    return _lint(options) if options.act == "lint" else _show(options)


def _lint(options: Options) -> int:
    from tui.say import print_json, say_error

    status = 0
    reports: list[dict[str, object]] = []
    for loaded in _loaded(options):
        if isinstance(loaded, PlaybookError):
            say_error(loaded)
            reports.append({"error": f"{loaded.what} {loaded.remedy}".strip()})
            status = 1
            continue
        from data.playbook.check import check

        report = check(loaded)
        reports.append(_facts(loaded, report))
        status = 1 if report.findings else status
        if not options.json:
            _print(loaded, report)
    if options.json:
        print_json({"playbooks": reports})
    return status


def _loaded(options: Options) -> Iterator[Playbook | PlaybookError]:
    """The named playbooks, else the one in use of each language; for one that cannot be read, why."""
    from data.playbook.load import load, standard

    if options.files:
        wanted = [partial(load, Path(path)) for path in options.files]
    else:
        own = options.settings().playbooks
        wanted = [partial(standard, code, own.folder(code)) for code in LANGUAGES]
    for each in wanted:
        try:
            yield each()
        except PlaybookError as error:
            yield error


def _facts(playbook: Playbook, report: Report) -> dict[str, object]:
    names = ("file", "line", "node", "kind", "what", "mend")
    return {
        "file": playbook.source,
        "id": playbook.id,
        "version": playbook.version,
        "language": playbook.language,
        "hash": playbook.hash,
        "states": report.states,
        "steps": report.steps,
        "findings": [{name: getattr(each, name) for name in names} for each in report.findings],
    }


def _print(playbook: Playbook, report: Report) -> None:
    from data.outside import for_screen

    for each in report.findings:
        print(for_screen(str(each)))
    count = len(report.findings)
    if count:
        said = ngettext("{count} finding.", "{count} findings.", count).format(count=count)
    else:
        said = _("no findings; {states} states explored, a call ends after at most {steps} steps.")
        said = said.format(states=report.states, steps=report.steps)
    print(f"{for_screen(playbook.source)}: {said}")


def _show(options: Options) -> int:
    from data.playbook.load import load, standard
    from data.playbook.show import tree

    if options.files:
        playbook = load(Path(options.files))
    else:
        playbook = standard(language(), options.settings().playbooks.folder(language()))
    print(tree(playbook), end="")
    return 0
