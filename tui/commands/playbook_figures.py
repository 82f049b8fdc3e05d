"""`amends playbook figures`: what call scripts do in use, and whether of two versions one does better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.errors import AmendsError
from data.language import _
from tui.options import Options

if TYPE_CHECKING:
    from data.playbook.format import Playbook
    from data.script_figures import Compared, PlaceFigures, ScriptFigures

DAYS = 90


def add(acts: Any) -> None:
    """Add the act to those of the playbook command."""
    parser = acts.add_parser("figures", help=_("say what call scripts do in use, place by place"))
    parser.add_argument("--days", type=int, default=DAYS, metavar=_("NUMBER"), help=_("how many days back (90)"))
    parser.add_argument(
        "--compare", nargs=2, metavar=(_("FIRST"), _("SECOND")), help=_("two of them: name, name@version or name#hash")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(options: Options) -> int:
    """Print the figures. Raises AmendsError for a span that is none, or a script that nobody spoke."""
    found, playbooks = figures_of(options)
    if options.compare:
        first, second = (_one_of(found, name) for name in options.compare)
        return _compare(first, second, options)
    if options.json:
        from tui.say import print_json

        print_json({"playbooks": [_facts(each) for each in found]})
        return 0
    if not found:
        print(_("No call has its outcome yet."))
    from data.figures_words import names

    for each, name in zip(found, names(found, playbooks), strict=True):
        _print(each, name, playbooks.get(each.hash))
    return 0


def figures_of(options: Options) -> tuple[list[ScriptFigures], dict[str, Playbook]]:
    """The figures of every script of the last `days`, and the scripts by the hash of their text. Raises AmendsError."""
    from data.clock import DAY
    from data.reads import script_figures as reads
    from data.store.store import Store

    if options.days < 1:
        raise AmendsError(_("No span of time"), _("There are no calls of 0 days."), _("Use --days 1 or more."))
    now = options.clock().now()
    store = Store(options.locations().database)
    try:
        store.prepare(now, read_only=True)
        with store.read() as connection:
            return reads.figures_of(connection, now - options.days * DAY, now + 1)
    finally:
        store.close()


def _one_of(found: list[ScriptFigures], name: str) -> ScriptFigures:
    """The script of a name as people write it; of several the one that was spoken last."""
    fits = [each for each in found if each.name.startswith(name) or f"{each.playbook}#{each.hash}".startswith(name)]
    exact = [each for each in fits if name in (each.playbook, f"{each.playbook}@{each.version}")]
    if not fits:
        known = ", ".join(each.name for each in found) or _("none")
        raise AmendsError(
            _("Nobody spoke that"),
            _("There is no call by “{name}” in this span.").format(name=name[:60]),
            _("Known are: {known}.").format(known=known),
        )
    return (exact or fits)[-1]


def _print(script: ScriptFigures, name: str, playbook: Playbook | None) -> None:
    from data.figures_words import lines, title
    from data.outside import for_screen

    print(for_screen(f"{title(script, name)} ({script.name})"))
    for each in lines(script, playbook):
        print(for_screen(f"  {each}"))
    print()


def _facts(script: ScriptFigures) -> dict[str, object]:
    def place(each: PlaceFigures) -> dict[str, object]:
        return {
            "id": each.id,
            "times": each.times,
            "calls": each.calls,
            "left_by": dict(each.left_by.most_common()),
            "ended": each.ended,
            "median_ms": each.median_ms,
            "came_of": dict(each.came_of.most_common()),
        }

    return {
        "playbook": script.playbook,
        "version": script.version,
        "hash": script.hash,
        "calls": script.calls,
        "nodes": [place(each) for each in script.places.values()],
        "objections": [place(each) for each in script.objections.values()],
    }


def _compare(first: ScriptFigures, second: ScriptFigures, options: Options) -> int:
    from data.figures_words import compared
    from data.script_figures import compare

    found = compare(first, second)
    if options.json:
        from tui.say import print_json

        print_json(
            {
                "first": first.name,
                "second": second.name,
                "measures": [_compared(each) for each in found],
            }
        )
        return 0
    print(f"{first.name} → {second.name}")
    for each in found:
        shares, verdict = compared(each)
        print(f"  {shares}")
        print(f"    {verdict}")
    return 0


def _compared(each: Compared) -> dict[str, object]:
    return {
        "measure": each.measure,
        "first": {"count": each.first.count, "of": each.first.of, "interval": each.first.interval},
        "second": {"count": each.second.count, "of": each.second.of, "interval": each.second.interval},
        "difference": each.difference,
        "interval": each.interval,
        "verdict": each.verdict,
    }
