"""The figures of call scripts in words: a line for each place and objection, and what two scripts differ by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.language import _, ngettext
from data.playbook.format import Playbook
from data.script_figures import Compared, PlaceFigures, ScriptFigures, Share, Verdict, measure_label
from data.vocabulary import Result
from data.wording import result_label, state_label

_SHOWN = 3
"""Ways out and results of cases that stand in one line."""


def script_name(script: str, version: int, playbook: Playbook | None) -> str:
    """What a script is called, and its version; by its id where its text cannot be read any more."""
    return _("{title}, version {version}").format(title=playbook.title if playbook else script, version=version)


def names(scripts: Sequence[ScriptFigures], playbooks: Mapping[str, Playbook]) -> list[str]:
    """What each of several scripts is called; two texts of one version are told apart by the beginnings of their
    hashes."""
    plain = [script_name(each.playbook, each.version, playbooks.get(each.hash)) for each in scripts]
    return [
        f"{name} · {each.hash[:8]}" if plain.count(name) > 1 else name
        for name, each in zip(plain, scripts, strict=True)
    ]


def title(script: ScriptFigures, name: str) -> str:
    """A script's name and how many calls followed it."""
    return f"{name} · " + ngettext("{n} call", "{n} calls", script.calls).format(n=script.calls)


def lines(script: ScriptFigures, playbook: Playbook | None) -> list[str]:
    """Every place in the order of the script, then every objection, the most frequent first."""
    return [" · ".join(each) for each in entries(script, playbook)]


def entries(script: ScriptFigures, playbook: Playbook | None) -> list[tuple[str, str]]:
    """The same in two parts: how often a place was reached and for how long; how it was left and what came of it."""
    order = {node.id: at for at, node in enumerate(playbook.nodes)} if playbook else {}
    places = sorted(script.places.values(), key=lambda each: (order.get(each.id, len(order)), each.id))
    objections = sorted(script.objections.values(), key=lambda each: -each.times)
    return [*(_line(each, playbook) for each in places), *(_objection(each, playbook) for each in objections)]


def compared(each: Compared) -> tuple[str, str]:
    """A measure with both shares, and what they allow to say with the span of the difference."""
    low, high = each.interval
    span = _("difference {low} to {high} points").format(low=_points(low), high=_points(high))
    shares = f"{measure_label(each.measure)}: {_share(each.first)} → {_share(each.second)}"
    return shares, f"{_verdict(each)} ({span})"


def _line(place: PlaceFigures, playbook: Playbook | None) -> tuple[str, str]:
    left = ", ".join(f"{_way(place.id, act, playbook)} {count}" for act, count in place.left_by.most_common(_SHOWN))
    parts = [f"{place.id} {place.times}×"]
    if place.median_ms is not None:
        parts.append(_("{seconds} s").format(seconds=round(place.median_ms / 1000)))
    if place.ended:
        parts.append(_("ended {n}×").format(n=place.ended))
    ways = [f"→ {left}"] if left else []
    return " · ".join(parts), " · ".join([*ways, _came_of(place)])


def _objection(objection: PlaceFigures, playbook: Playbook | None) -> tuple[str, str]:
    label = (
        playbook.objection_by_id[objection.id].label if playbook and objection.id in playbook.objection_by_id else ""
    )
    at = ", ".join(f"{node} {count}" for node, count in objection.left_by.most_common(_SHOWN))
    raised = _("raised {n}×").format(n=objection.times)
    return f"{objection.id} {label} · {raised}", f"{at} · {_came_of(objection)}"


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
    results = set(Result)
    return ", ".join(
        f"{result_label(code) if code in results else state_label(code)} {count}"
        for code, count in place.came_of.most_common(_SHOWN)
    )


def _share(share: Share) -> str:
    return f"{share.share:.0%} ({share.count}/{share.of})"


def _points(share: float) -> str:
    return f"{share * 100:+.0f}"


def _verdict(each: Compared) -> str:
    return {
        Verdict.MORE: _("more often with the second"),
        Verdict.LESS: _("less often with the second"),
        Verdict.SAME: _("no difference to speak of"),
        Verdict.TOO_FEW: _("too few calls to say"),
    }[each.verdict]
