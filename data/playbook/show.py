"""A playbook as a tree of text: every node once, at the first place that leads to it; later places point to it."""

from __future__ import annotations

from collections.abc import Iterator

from data.language import _, ngettext
from data.playbook.format import Choice, Node, Playbook
from data.playbook.guards import Guard, Test


def tree(playbook: Playbook) -> str:
    """The whole graph for `amends playbook show`: entries first, then objections, then sub-graphs."""
    shown: set[str] = set()
    lines = [*_head(playbook)]
    for first in dict.fromkeys(playbook.entries.values()):
        names = ", ".join(entry for entry, node_id in playbook.entries.items() if node_id == first)
        lines += ["", names, *_branch(playbook, first, shown)]
    for objection in sorted(playbook.objections, key=lambda each: each.number):
        lines += ["", f"{objection.id} {objection.label}"]
        for count, rung in enumerate(objection.rungs, 1):
            lines += [_("time {count}:").format(count=count), *_branch(playbook, rung, shown)]
    for sub in playbook.subs:
        lines += ["", f"{sub.id} {sub.title}".rstrip(), *_branch(playbook, sub.entry, shown)]
    return "\n".join(lines) + "\n"


def _head(playbook: Playbook) -> Iterator[str]:
    count = len(playbook.nodes)
    yield _("{title} · {id} · version {version}").format(title=playbook.title, id=playbook.id, version=playbook.version)
    yield ngettext("{n} node", "{n} nodes", count).format(n=count) + " · " + playbook.hash[:12]
    yield " › ".join(stage.title for stage in playbook.stages)


def _branch(playbook: Playbook, first: str, shown: set[str]) -> Iterator[str]:
    """Depth first, with a list of what is still to be shown instead of recursion: no playbook is too deep."""
    pending: list[tuple[str, str, str]] = [("", first, "")]
    while pending:
        head, target, below = pending.pop()
        node = playbook.by_id.get(target)
        if node is None or target in shown:
            yield f"{head}→ {target}"
            continue
        shown.add(target)
        yield head + _title(playbook, node)
        ways = [*_ways(node)]
        for index in reversed(range(len(ways))):
            fork, deeper = ("└ ", "  ") if index == len(ways) - 1 else ("├ ", "│ ")
            pending.append((f"{below}{fork}{ways[index][0]} ", ways[index][1], below + deeper))


def _ways(node: Node) -> Iterator[tuple[str, str]]:
    """What leads on from a node, and where to."""
    if node.otherwise:
        yield _("otherwise (not: {guard})").format(guard=guard_words(node.when)), node.otherwise
    for choice in node.choices:
        guard = f" [{guard_words(choice.when)}]" if choice.when else ""
        yield f"{choice.key} {choice.label}{guard}", _target(choice)
        if choice.sub:
            yield "…", choice.then


def guard_words(guard: Guard) -> str:
    """A guard as one reads it: `remedy=accepted|declined, refusals<=0, platform.can_ask`."""
    return ", ".join(map(_test_words, guard.tests))


def _test_words(test: Test) -> str:
    if test.is_ is not None:
        return test.name if test.is_ else f"!{test.name}"
    if test.among:
        return f"{test.name}={'|'.join(sorted(test.among))}"
    if test.low == test.high:
        return f"{test.name}={test.low}"
    if test.low is not None and test.high is not None:
        return f"{test.low}<={test.name}<={test.high}"
    return f"{test.name}>={test.low}" if test.low is not None else f"{test.name}<={test.high}"


def _target(choice: Choice) -> str:
    return choice.raises or choice.sub or choice.to


def _title(playbook: Playbook, node: Node) -> str:
    stage = next((each.title for each in playbook.stages if each.id == node.stage), "")
    parts = [node.id, f"[{stage}]" if stage else "", node.say[0] if node.say else node.purpose]
    if node.ending is not None:
        parts.append(f"= {node.ending.line} · {', '.join(node.ending.standing)}")
    return " ".join(part for part in parts if part)
