"""`amends playbook lint`: is a call script decent and finite; the other acts are in modules of their own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import PlaybookError
from data.language import LANGUAGES, _, ngettext
from tui.commands import playbook_figures, playbook_own, playbook_walk
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
    playbook_walk.add(acts)
    playbook_figures.add(acts)
    playbook_own.add(acts)


def run(options: Options) -> int:
    """Do the act that was named."""
    if options.act == "figures":
        return playbook_figures.run(options)
    if options.act in playbook_own.ACTS:
        return playbook_own.run(options)
    return playbook_walk.run(options) if options.act in playbook_walk.ACTS else _lint(options)


def _lint(options: Options) -> int:
    from tui.say import print_json, say_error

    told: list[tuple[Playbook, Report]] = []
    reports: list[dict[str, object]] = []
    for loaded in _loaded(options):
        if isinstance(loaded, PlaybookError):
            say_error(loaded)
            reports.append({"error": f"{loaded.what} {loaded.remedy}".strip()})
            continue
        from data.playbook.check import check

        told.append((loaded, check(loaded)))
    status = 1 if reports else 0
    for playbook, report in _compared(told):
        reports.append(_facts(playbook, report))
        status = 1 if report.findings else status
        if not options.json:
            _print(playbook, report)
    if options.json:
        print_json({"playbooks": reports})
    return status


def _compared(told: list[tuple[Playbook, Report]]) -> Iterator[tuple[Playbook, Report]]:
    """Each report with what its playbook lacks of the same one in another language."""
    from dataclasses import replace

    from data.playbook.pairs import incomplete

    lacking = tuple(incomplete(playbook for playbook, _report in told)) if len(told) > 1 else ()
    for playbook, report in told:
        own = tuple(each for each in lacking if each.playbook == playbook.source)
        yield playbook, replace(report, findings=(*report.findings, *(each.finding for each in own)))


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
        "exact": report.exact,
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
    if not report.exact:
        print(_("Its guards tell too many cases apart to follow each: a place that is never reached may be missed."))
