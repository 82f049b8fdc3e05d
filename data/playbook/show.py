"""A playbook as a tree of text: every node once, at the first place that leads to it; later places point to it."""

from __future__ import annotations

from collections.abc import Iterator

from data.language import _, ngettext
from data.playbook.format import Choice, Node, Playbook


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
        if node.otherwise:
            yield f"{below}│ " + _("otherwise → {node}").format(node=node.otherwise)
        for index in reversed(range(len(node.choices))):
            choice = node.choices[index]
            fork, deeper = ("└ ", "  ") if index == len(node.choices) - 1 else ("├ ", "│ ")
            pending.append((f"{below}{fork}{choice.key} {choice.label} ", _target(choice), below + deeper))


def _target(choice: Choice) -> str:
    return choice.raises or choice.sub or choice.to


def _title(playbook: Playbook, node: Node) -> str:
    stage = next((each.title for each in playbook.stages if each.id == node.stage), "")
    parts = [node.id, f"[{stage}]" if stage else "", node.say[0] if node.say else node.purpose]
    if node.ending is not None:
        parts.append(f"= {node.ending.line} · {', '.join(node.ending.standing)}")
    return " ".join(part for part in parts if part)
