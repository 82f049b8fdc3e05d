"""Parts that playbooks share become nodes of the playbook: named after their part, their exits led on.

A part is a file of its own. Inside it nodes have short names; outside they are called `part.node`. It is entered
through its `[entries]` (the part's bare name means the first) and left through its `exits`: a choice leads to
`exit.name`, and whoever includes the part says in `[wire.part]` where that goes. Nodes of a part that nothing leads to
stay out, so that a playbook is proved as what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from data.language import _
from data.playbook.format import RETURN, Choice, Node, Objection, Sub
from data.playbook.places import Block
from data.playbook.reading import Table, fail

EXIT = "exit."


@dataclass(slots=True)
class Graph:
    """The nodes, objections and sub-graphs that one file brings, by the names that they have there."""

    nodes: list[Node] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    subs: list[Sub] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A part as it was read: its graph, its doors in and out, and where it leads the parts that it includes."""

    name: str
    file: str
    graph: Graph
    entries: Mapping[str, str]
    exits: tuple[str, ...]
    variables: Mapping[str, str]
    wires: Mapping[str, Mapping[str, tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Wire:
    """Where an exit leads: a name as it is written in the file of a part (or of the playbook, "")."""

    target: str
    space: str
    file: str
    line: int


def part_wires(held: object, top: Table, blocks: Mapping[str, Block]) -> dict[str, dict[str, tuple[str, int]]]:
    """The `[wire.part]` tables of a file: for each part and exit the target and its line."""
    if held is None:
        return {}
    outer = Table(held, top.block, top.file)
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for name in outer.names():
        table = Table(outer.raw(name), blocks.get(f"wire.{name}", top.block), top.file, f"wire.{name}")
        found[name] = {
            way: (table.text(way, None), table.block.keys.get(way, table.block.line)) for way in table.names()
        }
    return found


class Linker:
    """Resolves what nodes name: within their part, across parts, through exits."""

    def __init__(self, main: Graph, parts: Mapping[str, Part], wires: Mapping[tuple[str, str], Wire]) -> None:
        self.parts = parts
        self.wires = wires
        self.own = {name: {node.id: node for node in part.graph.nodes} for name, part in parts.items()}
        self.subs = {name: {sub.id: sub for sub in part.graph.subs} for name, part in parts.items()}
        self.main = main
        self.nodes: dict[tuple[str, str], Node] = {}
        self.used_subs: dict[tuple[str, str], Sub] = {}
        self.waiting: list[tuple[str, str]] = []

    def linked(self, entries: Mapping[str, str], file: str) -> tuple[Graph, dict[str, str]]:
        """The whole graph with what the parts bring, and the entries by the full names of their nodes."""
        graph = Graph([self._node("", node) for node in self.main.nodes], [], list(self.main.subs))
        first = {entry: self._full("", target, file, 1, entry) for entry, target in entries.items()}
        graph.objections += [self._objection("", each) for each in self.main.objections]
        theirs = {each.id for each in self.main.objections}
        for name, part in self.parts.items():
            for objection in part.graph.objections:
                # A playbook that has the objection itself says it its own way.
                if objection.id not in theirs:
                    theirs.add(objection.id)
                    graph.objections.append(self._objection(name, objection))
        while self.waiting:
            name, local = self.waiting.pop()
            self.nodes[name, local] = self._node(name, self.own[name][local])
        for name, part in self.parts.items():
            graph.subs += [
                replace(sub, id=f"{name}.{sub.id}", entry=f"{name}.{sub.entry}")
                for sub in part.graph.subs
                if (name, sub.id) in self.used_subs
            ]
            graph.nodes += [self.nodes[name, node.id] for node in part.graph.nodes if (name, node.id) in self.nodes]
        return graph, first

    def _node(self, space: str, node: Node) -> Node:
        home = f"{space}.{node.home}" if space and node.home in self.subs[space] else node.home
        return node._replace(
            id=f"{space}.{node.id}" if space else node.id,
            home=home,
            otherwise=self._full(space, node.otherwise, node.file, node.line, node.id) if node.otherwise else "",
            choices=tuple(self._choice(space, node, choice) for choice in node.choices),
        )

    def _choice(self, space: str, node: Node, choice: Choice) -> Choice:
        to, then = (
            self._full(space, target, node.file, choice.line, node.id) if target else ""
            for target in (choice.to, choice.then)
        )
        sub = self._sub(space, choice.sub) if choice.sub else ""
        if (to, then, sub) == (choice.to, choice.then, choice.sub):
            return choice
        return choice._replace(to=to, then=then, sub=sub)

    def _objection(self, space: str, objection: Objection) -> Objection:
        rungs = tuple(self._full(space, rung, objection.file, objection.line, objection.id) for rung in objection.rungs)
        return replace(objection, rungs=rungs)

    def _sub(self, space: str, name: str) -> str:
        """The full name of a sub-graph: the part's own, another part's, or the playbook's."""
        other, _dot, local = name.partition(".")
        if space and name in self.subs[space]:
            other, local = space, name
        elif other not in self.subs or local not in self.subs[other]:
            return name
        if (other, local) not in self.used_subs:
            self.used_subs[other, local] = self.subs[other][local]
            self._want(other, self.subs[other][local].entry)
        return f"{other}.{local}"

    def _full(self, space: str, target: str, file: str, line: int, node: str, hops: int = 0) -> str:
        """The full name of what a file names, through exits as far as they lead."""
        if target == RETURN:
            return target
        if space and target.startswith(EXIT):
            wire = self.wires.get((space, target.removeprefix(EXIT)))
            if target.removeprefix(EXIT) not in self.parts[space].exits:
                _wrong(file, line, node, _("“{target}” is not one of the part's “exits”.").format(target=target))
            if wire is None or hops > len(self.wires):
                what = _("the part “{part}” is left by “{target}”, and that leads nowhere.")
                mend = _("Add it under [wire.{part}] in the playbook.").format(part=space)
                fail(file, line, what.format(part=space, target=target), mend, node)
            return self._full(wire.space, wire.target, wire.file, wire.line, f"wire.{space}", hops + 1)
        if space and target in self.own[space]:
            return self._want(space, target)
        name, _dot, local = target.partition(".")
        if name in self.parts and (local or not space or name != space):
            part = self.parts[name]
            local = part.entries.get(local, local) if local else next(iter(part.entries.values()), "")
            if local not in self.own[name]:
                _wrong(file, line, node, _("the part “{part}” has no such way in.").format(part=name))
            return self._want(name, local)
        if space:
            what = _("it leads to “{target}”, which is neither of this part nor one of its exits.")
            _wrong(file, line, node, what.format(target=target[:60]))
        return target

    def _want(self, name: str, local: str) -> str:
        if local not in self.own[name]:
            part = self.parts[name]
            _wrong(part.file, 1, name, _("it leads to “{target}”, which does not exist.").format(target=local[:60]))
        if (name, local) not in self.nodes:
            # A place is held at once, so that circles of a part come to an end.
            self.nodes[name, local] = self.own[name][local]
            self.waiting.append((name, local))
        return f"{name}.{local}"


def gathered_wires(
    layers: Iterable[tuple[str, Mapping[str, Mapping[str, tuple[str, int]]]]], parts: Mapping[str, Part]
) -> dict[tuple[str, str], Wire]:
    """Where every exit leads: the playbook's word before that of what it is based on, and theirs before a part's."""
    wires: dict[tuple[str, str], Wire] = {}
    told = [("", file, each) for file, each in layers]
    told += [(name, part.file, part.wires) for name, part in parts.items()]
    for space, file, tables in told:
        for name, ways in tables.items():
            if name not in parts:
                what = _("[wire.{part}] is about a part that is not included.").format(part=name[:40])
                fail(file, 0, what, _("Add it to “include”, or take it out."))
            for way, (target, line) in ways.items():
                if way not in parts[name].exits:
                    what = _("the part “{part}” has no exit “{target}”.").format(part=name, target=way[:40])
                    mend = _("Use one of: {known}.").format(known=", ".join(parts[name].exits))
                    fail(file, line, what, mend, f"wire.{name}")
                wires.setdefault((name, way), Wire(target, space, file, line))
    return wires


def _wrong(file: str, line: int, node: str, what: str) -> NoReturn:
    fail(file, line, what, _("Correct the name, or add the node."), node)
