"""`amends playbook walk` and `show`: the ways that calls take through a call script, and the whole of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import Refused
from data.language import _, ngettext
from tui.options import Options

if TYPE_CHECKING:
    from data.playbook.format import Playbook
    from data.playbook.ways import Way

ACTS = ("walk", "show")
SHAPES = ("tree", "mermaid", "dot", "json")
MOST_WAYS = 50


def add(acts: Any) -> None:
    """Add the acts to those of the playbook command."""
    show = acts.add_parser("show", help=_("print it as one reads it"))
    show.add_argument("files", nargs="?", metavar=_("FILE"), help=_("instead of the one in use"))
    show.add_argument(
        "--as", dest="shape", choices=SHAPES, default="tree", help=_("as a tree, for Mermaid, for Graphviz, or JSON")
    )
    _language(show)
    walk = acts.add_parser("walk", help=_("print the likeliest ways through it, and the longest"))
    walk.add_argument("files", nargs="?", metavar=_("FILE"), help=_("instead of the one in use"))
    _language(walk)
    walk.add_argument("--entry", metavar=_("NAME"), help=_("from one entry only"))
    walk.add_argument("--count", type=int, default=3, metavar=_("NUMBER"), help=_("how many of the likeliest"))
    walk.add_argument("--days", type=int, metavar=_("NUMBER"), help=_("likely by the calls of so many days back"))
    walk.add_argument("--json", action="store_true", help=_("print JSON"))


def _language(parser: Any) -> None:
    parser.add_argument("--language", choices=("zh", "en"), help=_("of the one in use; the shop's unless told"))


def run(options: Options) -> int:
    """Do the act that was named."""
    return {"walk": _walk, "show": _show}[options.act](options)


def _playbook(options: Options) -> Playbook:
    from data.playbook.load import load, standard
    from data.shop_language import own_script, script_code

    if options.files:
        return load(Path(options.files))
    settings = options.settings()
    code = script_code(options.language) if options.language else own_script(settings.shop)
    return standard(code, settings.playbooks.folder(code))


def _show(options: Options) -> int:
    from data.outside import for_screen
    from data.playbook.draw import graphviz, mermaid, plain
    from data.playbook.show import tree
    from tui.say import print_json

    playbook = _playbook(options)
    if options.shape == "json":
        print_json(plain(playbook))
        return 0
    drawn = {"tree": tree, "mermaid": mermaid, "dot": graphviz}[options.shape](playbook)
    print("\n".join(for_screen(line) for line in drawn.splitlines()))
    return 0


def _walk(options: Options) -> int:
    from data.playbook.check import check
    from data.playbook.ways import likeliest, longest
    from tui.say import print_json

    playbook = _playbook(options)
    report = check(playbook)
    if report.findings:
        raise Refused(
            _("The playbook is not sound"),
            str(report.findings[0]),
            _("Run “amends playbook lint” on it, and mend what it names."),
        )
    taken = _taken(options, playbook) if options.days is not None else None
    entries = [options.entry] if options.entry else list(playbook.entries)
    told = []
    for entry in entries:
        ways = likeliest(playbook, entry, figures=taken, most=max(1, min(options.count, MOST_WAYS)))
        far = longest(playbook, entry)
        told.append((entry, ways, far))
        if not options.json:
            _print(entry, ways, far.way, all_seen=far.all_seen)
    if options.json:
        entries_told = {
            entry: {
                "likeliest": [_plain(way) for way in ways],
                "longest": _plain(far.way) if far.way else None,
                "longest_is_certain": far.all_seen,
            }
            for entry, ways, far in told
        }
        print_json({"id": playbook.id, "hash": playbook.hash, "steps": report.steps, "entries": entries_told})
        return 0
    said = _("With every objection, as often as it may be raised, a call ends after at most {steps} steps.")
    print(said.format(steps=report.steps))
    return 0


def _taken(options: Options, playbook: Playbook) -> dict[tuple[str, str], int]:
    """How often each choice of the playbook, in any of its versions, was taken on calls."""
    from tui.commands.playbook_figures import figures_of

    taken: dict[tuple[str, str], int] = {}
    for script in figures_of(options)[0]:
        for place in script.places.values() if script.playbook == playbook.id else ():
            for key, times in place.left_by.items():
                # A key may have the time beside it that was typed with it.
                choice = (place.id, key.partition(" ")[0])
                taken[choice] = taken.get(choice, 0) + times
    return taken


def _print(entry: str, ways: tuple[Way, ...], far: Way | None, *, all_seen: bool) -> None:
    from data.outside import for_screen

    lines = [entry]
    for way in ways:
        percent = _("likely in {percent} of 100 calls").format(percent=f"{way.likelihood * 100:.1f}")
        lines += [f"  {percent} · {_steps(way)}", *_told(way)]
    if far is not None:
        said = _("the longest without objections") if all_seen else _("the longest that was found, without objections")
        lines += [f"  {said} · {_steps(far)}", *_told(far)]
    print("\n".join(for_screen(line) for line in lines) + "\n")


def _steps(way: Way) -> str:
    number = len(way.steps)
    return ngettext("{number} step", "{number} steps", number).format(number=number)


def _told(way: Way) -> list[str]:
    return [*(f"    {step.node}  {step.key} {step.label}" for step in way.steps), f"    {way.end}"]


def _plain(way: Way) -> dict[str, object]:
    return {
        "likelihood": round(way.likelihood, 6),
        "steps": [{"node": step.node, "key": step.key, "label": step.label} for step in way.steps],
        "end": way.end,
    }
