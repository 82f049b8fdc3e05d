"""A playbook as a drawing for other programs: Mermaid, Graphviz, or its nodes and edges as plain values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from data.playbook.format import RETURN, Choice, Node, Playbook
from data.playbook.show import guard_words

_LABEL = 48
"""Characters of a label; a drawing is to be seen at once, the tree has the rest."""


class Edge(NamedTuple):
    """A way from one place to another: what leads there, and under which guard."""

    start: str
    to: str
    label: str
    guard: str = ""


def edges(playbook: Playbook) -> Iterator[Edge]:
    """Every way of the graph: from entries, by choices, round guards, to the answers of objections."""
    for entry, node_id in playbook.entries.items():
        yield Edge(f"entry {entry}", node_id, "")
    for node in playbook.nodes:
        if node.otherwise:
            yield Edge(node.id, node.otherwise, "otherwise", f"not: {guard_words(node.when)}")
        for choice in node.choices:
            target = _target(node, choice)
            yield Edge(node.id, target, f"{choice.key} {choice.label}", guard_words(choice.when))
            if choice.sub:
                yield Edge(choice.sub, choice.then, "then")
    for sub in playbook.subs:
        yield Edge(sub.id, sub.entry, "")
    for objection in playbook.objections:
        for times, rung in enumerate(objection.rungs, 1):
            yield Edge(objection.id, rung, str(times), guard_words(objection.when))


def _target(node: Node, choice: Choice) -> str:
    if choice.to == RETURN:
        return f"{RETURN} {node.home}"
    return choice.to or choice.sub or choice.raises


def mermaid(playbook: Playbook) -> str:
    """The graph for Mermaid."""
    numbers = _numbers(playbook)
    lines = ["flowchart TD"]
    for name, number in numbers.items():
        opening, closing = _mermaid_shape(playbook, name)
        lines.append(f"  n{number}{opening}{_mermaid_text(_title(playbook, name))}{closing}")
    for edge in edges(playbook):
        label = _mermaid_text(_edge_label(edge))
        arrow = f"-->|{label}|" if label != '""' else "-->"
        lines.append(f"  n{numbers[edge.start]} {arrow} n{numbers[edge.to]}")
    return "\n".join(lines) + "\n"


def graphviz(playbook: Playbook) -> str:
    """The graph for Graphviz."""
    lines = [f"digraph {_quoted(playbook.id)} {{", "  node [shape=box];"]
    for name in _numbers(playbook):
        node = playbook.by_id.get(name)
        shape = ", shape=doublecircle" if node is not None and node.ending is not None else ""
        shape = ", shape=ellipse" if node is None else shape
        lines.append(f"  {_quoted(name)} [label={_quoted(_title(playbook, name))}{shape}];")
    for edge in edges(playbook):
        lines.append(f"  {_quoted(edge.start)} -> {_quoted(edge.to)} [label={_quoted(_edge_label(edge))}];")
    return "\n".join([*lines, "}"]) + "\n"


def plain(playbook: Playbook) -> dict[str, object]:
    """The graph as plain values: nodes with their lines, and edges."""
    return {
        "id": playbook.id,
        "title": playbook.title,
        "version": playbook.version,
        "language": playbook.language,
        "hash": playbook.hash,
        "entries": dict(playbook.entries),
        "nodes": [
            {
                "id": node.id,
                "stage": node.stage,
                "home": node.home,
                "when": guard_words(node.when),
                "lines": [{"when": guard_words(group.when), "say": list(group.say)} for group in node.words()],
                "asks_review": node.asks_review,
                "ending": node.ending.line if node.ending else "",
                "file": node.file,
                "line": node.line,
            }
            for node in playbook.nodes
        ],
        "objections": [
            {"id": each.id, "label": each.label, "when": guard_words(each.when), "rungs": list(each.rungs)}
            for each in playbook.objections
        ],
        "edges": [edge._asdict() for edge in edges(playbook)],
    }


def _numbers(playbook: Playbook) -> dict[str, int]:
    """Every place that an edge names, numbered in the order in which it is met."""
    names: dict[str, int] = {}
    for edge in edges(playbook):
        for name in (edge.start, edge.to):
            names.setdefault(name, len(names))
    for node in playbook.nodes:
        names.setdefault(node.id, len(names))
    return names


def _title(playbook: Playbook, name: str) -> str:
    node = playbook.by_id.get(name)
    if node is None:
        objection = playbook.objection_by_id.get(name)
        return f"{name} {objection.label}" if objection else name
    said = node.say[0] if node.say else node.purpose
    return "\n".join(part for part in (node.id, _short(said)) if part)


def _edge_label(edge: Edge) -> str:
    return f"{_short(edge.label)} [{edge.guard}]" if edge.guard else _short(edge.label)


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def _mermaid_shape(playbook: Playbook, name: str) -> tuple[str, str]:
    node = playbook.by_id.get(name)
    if node is None:
        return "([", "])"
    return ("(((", ")))") if node.ending is not None else ("[", "]")


def _mermaid_text(text: str) -> str:
    """A quoted label; what Mermaid would read as its own signs is written by number."""
    safe = "".join(f"#{ord(each)};" if each in '"#<>&`\\{}|' else each for each in text)
    return '"' + safe.replace("\n", "<br/>") + '"'


def _quoted(text: str) -> str:
    """A quoted name or label of Graphviz, which reads a string much as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)
