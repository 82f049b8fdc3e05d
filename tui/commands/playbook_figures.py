"""`amends playbook figures`: what call scripts do in use, and whether of two versions one does better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.errors import AmendsError, PlaybookError
from data.language import _, ngettext
from tui.options import Options

if TYPE_CHECKING:
    from data.playbook.format import Playbook
    from data.script_figures import Compared, PlaceFigures, ScriptFigures, Share

DAYS = 90
_SHOWN = 3
"""Ways out and results of cases that stand in one line."""


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
    for each in found:
        _print(each, playbooks.get(each.hash))
    return 0


def figures_of(options: Options) -> tuple[list[ScriptFigures], dict[str, Playbook]]:
    """The figures of every script of the last `days`, and the scripts by the hash of their text. Raises AmendsError."""
    from data.clock import DAY
    from data.playbook.load import from_text
    from data.reads import script_figures as reads
    from data.script_figures import figures, raising
    from data.store.store import Store

    if options.days < 1:
        raise AmendsError(_("No span of time"), _("There are no calls of 0 days."), _("Use --days 1 or more."))
    now = options.clock().now()
    store = Store(options.locations().database)
    playbooks: dict[str, Playbook] = {}
    try:
        store.prepare(now, read_only=True)
        with store.read() as connection:
            span = now - options.days * DAY, now + 1
            for text_hash in reads.hashes(connection, *span):
                try:
                    playbooks[text_hash] = from_text(reads.text_of(connection, text_hash))
                except PlaybookError:
                    # A text of long ago that is read no more: its figures stand without the words of its keys.
                    continue
            raises = {text_hash: raising(each) for text_hash, each in playbooks.items()}
            return figures(reads.calls(connection, *span), raises), playbooks
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


# ---- one script


def _print(script: ScriptFigures, playbook: Playbook | None) -> None:
    from data.outside import for_screen

    count = ngettext("{n} call", "{n} calls", script.calls).format(n=script.calls)
    print(for_screen(f"{script.name} · {count}"))
    order = {node.id: at for at, node in enumerate(playbook.nodes)} if playbook else {}
    for place in sorted(script.places.values(), key=lambda each: (order.get(each.id, len(order)), each.id)):
        print(for_screen(f"  {_line(place, playbook)}"))
    for objection in sorted(script.objections.values(), key=lambda each: -each.times):
        print(for_screen(f"  {_objection(objection, playbook)}"))
    print()


def _line(place: PlaceFigures, playbook: Playbook | None) -> str:
    left = ", ".join(f"{_way(place.id, act, playbook)} {count}" for act, count in place.left_by.most_common(_SHOWN))
    parts = [f"{place.id} {place.times}×"]
    if place.median_ms is not None:
        parts.append(_("{seconds} s").format(seconds=round(place.median_ms / 1000)))
    if left:
        parts.append("→ " + left)
    if place.ended:
        parts.append(_("ended {n}×").format(n=place.ended))
    return " · ".join([*parts, _came_of(place)])


def _objection(objection: PlaceFigures, playbook: Playbook | None) -> str:
    label = (
        playbook.objection_by_id[objection.id].label if playbook and objection.id in playbook.objection_by_id else ""
    )
    at = ", ".join(f"{node} {count}" for node, count in objection.left_by.most_common(_SHOWN))
    raised = _("raised {n}×").format(n=objection.times)
    return f"{objection.id} {label} · {raised} · {at} · {_came_of(objection)}"


def _way(node_id: str, act: str, playbook: Playbook | None) -> str:
    """How the script writes what was pressed."""
    if act == "back":
        return _("stepped back")
    if playbook is None:
        return act
    if act in playbook.objection_by_id:
        return playbook.objection_by_id[act].short or playbook.objection_by_id[act].label
    node = playbook.by_id.get(node_id)
    key = act.partition(" ")[0]
    return next((each.label for each in node.choices if str(each.key) == key), key) if node else act


def _came_of(place: PlaceFigures) -> str:
    from data.vocabulary import Result
    from data.wording import result_label, state_label

    results = set(Result)
    return ", ".join(
        f"{result_label(code) if code in results else state_label(code)} {count}"
        for code, count in place.came_of.most_common(_SHOWN)
    )


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


# ---- two scripts


def _compare(first: ScriptFigures, second: ScriptFigures, options: Options) -> int:
    from data.script_figures import compare, measure_label

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
        low, high = each.interval
        print(f"  {measure_label(each.measure)}: {_share(each.first)} → {_share(each.second)}")
        span = _("difference {low} to {high} points").format(low=_points(low), high=_points(high))
        print(f"    {_verdict(each)} ({span})")
    return 0


def _share(share: Share) -> str:
    return f"{share.share:.0%} ({share.count}/{share.of})"


def _points(share: float) -> str:
    return f"{share * 100:+.0f}"


def _verdict(each: Compared) -> str:
    from data.script_figures import Verdict

    return {
        Verdict.MORE: _("more often with the second"),
        Verdict.LESS: _("less often with the second"),
        Verdict.SAME: _("no difference to speak of"),
        Verdict.TOO_FEW: _("too few calls to say"),
    }[each.verdict]


def _compared(each: Compared) -> dict[str, object]:
    return {
        "measure": each.measure,
        "first": {"count": each.first.count, "of": each.first.of, "interval": each.first.interval},
        "second": {"count": each.second.count, "of": each.second.of, "interval": each.second.interval},
        "difference": each.difference,
        "interval": each.interval,
        "verdict": each.verdict,
    }
