"""Whether every call ends, and after how many steps at most.

An objection can be raised only so often as it has rungs, and its last answer never returns; a choice with
`times` is taken only so often. Between those acts a call moves along the remaining choices. If these have no
circle, each stretch is no longer than their longest path, and so the whole call is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.playbook.format import RETURN, Node, Playbook


def endless(playbook: Playbook) -> Iterator[tuple[str, ...]]:
    """Circles of choices that nothing bounds, one for each way into one. Targets must exist."""
    graph = _free_moves(playbook)
    done: set[str] = set()
    for first in graph:
        if first not in done:
            yield from _circles(graph, first, done)


def step_bound(playbook: Playbook) -> int:
    """The most acts that a call can have, for a playbook without circles."""
    graph = _free_moves(playbook)
    longest = max(_heights(graph).values(), default=0)
    raised = sum(len(objection.rungs) for objection in playbook.objections)
    taken = sum(choice.times for node in playbook.nodes for choice in node.choices)
    return (1 + 2 * raised + taken) * (longest + 1)


def _free_moves(playbook: Playbook) -> dict[str, tuple[str, ...]]:
    return {node_id: tuple(_moves(playbook, node)) for node_id, node in playbook.by_id.items()}


def _moves(playbook: Playbook, node: Node) -> Iterator[str]:
    if node.otherwise:
        yield node.otherwise
    for choice in node.choices:
        if choice.times or choice.raises:
            continue
        if choice.sub:
            yield playbook.sub_by_id[choice.sub].entry
            yield choice.then
        elif choice.to != RETURN:
            yield choice.to


def _circles(graph: dict[str, tuple[str, ...]], first: str, done: set[str]) -> Iterator[tuple[str, ...]]:
    path: list[str] = [first]
    on_path = {first}
    open_moves = [iter(graph[first])]
    while path:
        following = next(open_moves[-1], None)
        if following is None:
            open_moves.pop()
            left = path.pop()
            on_path.discard(left)
            done.add(left)
        elif following in on_path:
            yield tuple(path[path.index(following) :])
        elif following not in done:
            path.append(following)
            on_path.add(following)
            open_moves.append(iter(graph[following]))


def _heights(graph: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """The longest way from each node, for a graph without circles."""
    heights: dict[str, int] = {}
    for first in graph:
        pending = [first]
        while pending:
            node = pending[-1]
            missing = [following for following in graph[node] if following not in heights]
            if missing:
                pending += missing
            else:
                heights[node] = 1 + max((heights[following] for following in graph[node]), default=0)
                pending.pop()
    return heights
