"""The linter: what is wrong with a playbook, where, and how to mend it.

First its structure and its lines are read; where the structure holds, `data.playbook.prove` explores the whole
graph. A playbook without findings ends on every path, can be left politely at any time, asks about the review
at most once, only after identity, an apology and a settled remedy, and never after a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.language import _
from data.outcomes import LINES, LineResult
from data.playbook.finding import Finding, at, of
from data.playbook.format import IDENTITY, RETURN, Choice, Node, Objection, Playbook
from data.playbook.guards import Guard
from data.playbook.known import cases_asked
from data.playbook.load import load
from data.playbook.loops import endless, step_bound
from data.playbook.proof import Proof
from data.playbook.prove import prove
from data.playbook.reading import fail
from data.playbook.texts import text_faults

__all__ = ["Finding", "Report", "check", "load_checked", "proved"]


MOST_CASES = 4_096
"""So many cases the guards of one node may tell apart; all are looked at."""


_LONGEST_CIRCLE = 12
"""So many nodes of a circle are named."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the linter found, how many states it explored, and how many steps the longest call can have.

    `exact` is false where guards tell so many cases apart that a finding may be about what never happens, and a node
    that is never reached may have been missed; no broken rule is ever missed.
    """

    findings: tuple[Finding, ...]
    states: int
    steps: int
    exact: bool = True


def check(playbook: Playbook) -> Report:
    """Everything that is wrong with a playbook, in the order of its lines."""
    findings = [*_structure(playbook)]
    findings = findings or [*_too_many_cases(playbook)]
    states = steps = 0
    exact = True
    if not findings:
        findings += _loops(playbook)
        proof = prove(playbook)
        states, steps, exact = proof.states, 0 if findings else step_bound(playbook), proof.exact
        findings += _proved(playbook, proof)
    findings += text_faults(playbook)
    findings.sort(key=lambda each: (each.file, each.line, each.kind, each.what))
    return Report(tuple(findings), states, steps, exact)


def load_checked(path: Path) -> Playbook:
    """The playbook of a file that has no findings. Raises PlaybookError with the first one otherwise."""
    return proved(load(path))


def proved(playbook: Playbook) -> Playbook:
    """The same playbook, when it has no findings. Raises PlaybookError with the first one otherwise."""
    found = check(playbook).findings
    if found:
        first = found[0]
        fail(first.file, first.line, first.what, first.mend, first.node)
    return playbook


# ---- structure


def _structure(playbook: Playbook) -> Iterator[Finding]:
    yield from _doubles(playbook)
    yield from _heads(playbook)
    stages = {stage.id for stage in playbook.stages}
    for node in playbook.nodes:
        if node.stage and node.stage not in stages:
            what = _("its stage “{stage}” is not one of the stages.").format(stage=node.stage)
            yield at(node, "unknown stage", what, _("Use the id of one of [[stage]]."))
        if node.otherwise:
            yield from _target(playbook, node, node.otherwise, node.line)
        if node.asks_review and not node.again:
            what = _("it asks about the review, and would ask again when an objection returns to it.")
            yield at(node, "repeats the question", what, _("Give it “again”: what to say then, without asking."))
        for choice in node.choices:
            yield from _choice(playbook, node, choice)
        yield from _guard_names(playbook, node.when, node.file, node.line, node.id)
    for objection in playbook.objections:
        yield from _objection(playbook, objection)


def _too_many_cases(playbook: Playbook) -> Iterator[Finding]:
    cases = cases_asked(playbook)
    places: list[Node | Objection] = [*playbook.nodes, *playbook.objections]
    for each in places:
        if cases[each.id] > MOST_CASES:
            what = _("its guards tell {cases} cases apart; more than {most} cannot be proved.").format(
                cases=cases[each.id], most=MOST_CASES
            )
            yield Finding(each.file, each.line, each.id, "too large", what, _("Ask fewer things at one place."))


def _doubles(playbook: Playbook) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    parts: list[tuple[str, str, int]] = [
        *((node.id, node.file, node.line) for node in playbook.nodes),
        *((objection.id, objection.file, objection.line) for objection in playbook.objections),
        *((sub.id, sub.file, sub.line) for sub in playbook.subs),
    ]
    for name, file, line in parts:
        if name in seen:
            what = _("the id “{name}” is used already, at line {line}.").format(name=name, line=seen[name])
            yield Finding(file, line, name, "duplicate id", what, _("Give one of the two another id."))
        seen.setdefault(name, line)


def _heads(playbook: Playbook) -> Iterator[Finding]:
    file = playbook.source
    if not playbook.entries:
        yield Finding(file, 1, "", "no entry", _("it has no entry."), _("Add [entries] with first_contact."))
    if not playbook.stages:
        yield Finding(file, 1, "", "no stage", _("it has no stages."), _("Add [[stage]] with id and title."))
    for entry, node_id in playbook.entries.items():
        if node_id not in playbook.by_id or playbook.by_id[node_id].home:
            what = _("the entry “{entry}” leads to “{node}”, which is no node of the main graph.").format(
                entry=entry, node=node_id
            )
            yield Finding(file, 1, "", "unknown target", what, _("Name a node that exists."))
    for sub in playbook.subs:
        entry_node = playbook.by_id.get(sub.entry)
        if entry_node is None or entry_node.home != sub.id:
            what = _("it starts at “{node}”, which is not one of its nodes.").format(node=sub.entry)
            yield Finding(sub.file, sub.line, sub.id, "unknown target", what, _("Name one of its own nodes."))
    if not playbook.leaves or playbook.leaves[-1].when:
        line = playbook.leaves[-1].line if playbook.leaves else 1
        what = _("a call cannot be left at any time: the last [[leave]] must have no “when”.")
        yield Finding(file, line, "", "no polite exit", what, _("Add a [[leave]] with a farewell and an ending."))
    for leave in playbook.leaves:
        if not leave.say and LINES[LineResult(leave.ending.line)].reached:
            what = _("it ends the call without a word.")
            yield Finding(leave.file, leave.line, "", "no polite exit", what, _("Give it “say”: a farewell."))


def _choice(playbook: Playbook, node: Node, choice: Choice) -> Iterator[Finding]:
    if choice.to and choice.to != RETURN:
        yield from _target(playbook, node, choice.to, choice.line)
    if choice.then:
        yield from _target(playbook, node, choice.then, choice.line)
    missing = (choice.sub and choice.sub not in playbook.sub_by_id and choice.sub) or (
        choice.raises and choice.raises not in playbook.objection_by_id and choice.raises
    )
    if missing:
        what = _("key {key} leads to “{target}”, which does not exist.").format(key=choice.key, target=missing)
        yield at(node, "unknown target", what, _("Correct the name, or add what it names."), choice.line)
    yield from _guard_names(playbook, choice.when, node.file, choice.line, node.id)


def _target(playbook: Playbook, node: Node, target: str, line: int) -> Iterator[Finding]:
    found = playbook.by_id.get(target)
    if found is None:
        what = _("it leads to “{target}”, which does not exist.").format(target=target)
        yield at(node, "unknown target", what, _("Correct the name, or add the node."), line)
    elif found.home and not _reaches_inside(playbook, node, found):
        what = _("it leads into “{home}” from outside.").format(home=found.home)
        mend = _("Use “raises” for an objection, or “sub” with “then” for a sub-graph.")
        yield at(node, "wrong way in", what, mend, line)


def _reaches_inside(playbook: Playbook, node: Node, found: Node) -> bool:
    """Within one sub-graph, or among the answers to objections, which share their way back."""
    both_answers = node.home in playbook.objection_by_id and found.home in playbook.objection_by_id
    return node.home == found.home or both_answers


def _objection(playbook: Playbook, objection: Objection) -> Iterator[Finding]:
    if not objection.rungs:
        yield of(objection, "dead end", _("nothing answers it."), _("Give it “rungs”: the nodes that do."))
    for rung in objection.rungs:
        found = playbook.by_id.get(rung)
        if found is None or found.home not in playbook.objection_by_id:
            what = _("it is answered by “{node}”, which is no node of an objection.").format(node=rung)
            yield of(objection, "unknown target", what, _("Name one of its own nodes."))
    yield from _guard_names(playbook, objection.when, objection.file, objection.line, objection.id)


def _guard_names(playbook: Playbook, guard: Guard, file: str, line: int, node: str) -> Iterator[Finding]:
    for test in guard.tests:
        kind, _dot, name = test.name.partition(".")
        known = (
            (kind == "raised" and name not in playbook.objection_by_id)
            or (kind == "marks" and name != IDENTITY and name not in _set_anywhere(playbook, "marks"))
            or (kind == "counters" and name not in _set_anywhere(playbook, "counts"))
        )
        if known:
            what = _("a guard asks “{name}”, which nothing sets.").format(name=test.name)
            yield Finding(file, line, node, "unknown name", what, _("Correct the name, or set it somewhere."))


def _set_anywhere(playbook: Playbook, kind: str) -> frozenset[str]:
    parts: list[Node | Choice] = [*playbook.nodes, *(choice for node in playbook.nodes for choice in node.choices)]
    return frozenset(name for part in parts for name in (part.marks if kind == "marks" else part.counts))


# ---- what the exploration showed


def _loops(playbook: Playbook) -> Iterator[Finding]:
    for circle in endless(playbook):
        node = playbook.by_id[circle[0]]
        shown = circle if len(circle) <= _LONGEST_CIRCLE else (*circle[: _LONGEST_CIRCLE - 1], "…")
        what = _("the call can go in a circle: {way}.").format(way=" → ".join((*shown, circle[0])))
        yield at(node, "endless loop", what, _("Give one of these choices “times”, or lead it elsewhere."))


def _proved(playbook: Playbook, proof: Proof) -> Iterator[Finding]:
    if not proof.complete:
        what = _("it has too many states to prove anything.")
        yield Finding(playbook.source, 1, "", "too large", what, _("Use fewer guards and marks."))
        return
    mends = {
        "asks before identity": _("Lead there only after a choice that marks “identity”."),
        "asks before listening": _("Lead there only after a node or choice that marks “listened”."),
        "asks before an apology": _("Lead there only after a node with “apology”, or guard it."),
        "asks before the remedy is settled": _('Guard it with remedy = ["settled"].'),
        "asks after a refusal": _("Guard it with refusals = { max = 0 }."),
        "asks twice": _("Guard it with review_asked = { max = 0 }."),
        "asks for what cannot be": _("Guard it with platform = { can_ask = true }."),
        "order before identity": _("Take the order out of the line, or mark “identity” before."),
    }
    whats = {
        "asks before identity": _("it speaks of the review before it is sure who is on the line"),
        "asks before listening": _("it asks about the review before the buyer was listened to"),
        "asks before an apology": _("it asks about the review before an apology"),
        "asks before the remedy is settled": _("it asks about the review before the remedy is settled"),
        "asks after a refusal": _("it speaks of the review after the buyer refused"),
        "asks twice": _("it asks about the review a second time"),
        "asks for what cannot be": _("it asks about the review where the platform may not let the buyer change it"),
        "order before identity": _("it tells of the order before it is sure who is on the line"),
    }
    for (node_id, rule), way in proof.broken.items():
        yield at(playbook.by_id[node_id], rule, _way(whats[rule], way), mends[rule])
    for node_id, way in proof.dead_ends.items():
        what, mend = _way(_("no choice may be open here"), way), _("Give it a choice without a guard.")
        yield at(playbook.by_id[node_id], "dead end", what, mend)
    for node_id, way in proof.no_ending.items():
        what, mend = _way(_("no ending can be reached from here"), way), _("Lead a choice towards an ending.")
        yield at(playbook.by_id[node_id], "no ending", what, mend)
    for node_id in proof.stray_returns:
        what = _("it returns, but it can be reached with nothing to return to.")
        yield at(playbook.by_id[node_id], "stray return", what, _("Lead the choice to a node."))
    for node_id in proof.last_rung_returns:
        what = _("the last answer to an objection can return, so that the objection never comes to an end.")
        yield at(playbook.by_id[node_id], "endless loop", what, _("Lead it to a kind ending."))
    for node in playbook.nodes:
        if node.id not in proof.seen_nodes:
            yield at(node, "unreachable", _("nothing leads here."), _("Lead a choice here, or take it out."))
            continue
        for index, choice in enumerate(node.choices):
            if (node.id, index) not in proof.seen_choices:
                what = _("key {key} “{label}” can never be chosen.").format(key=choice.key, label=choice.label)
                mend = _("Mend its guard, or the one before it on the same key.")
                yield at(node, "never open", what, mend, choice.line)


def _way(what: str, way: str) -> str:
    return _("{what} (for example: {way}).").format(what=what, way=way)
