"""A playbook file becomes a Playbook, or one PlaybookError that names file, line, node and a way to mend.

Only the form is judged here; whether the whole is decent and finite is `data.playbook.check`'s to prove.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from data.language import _
from data.playbook.build import leaf_parts, node_from, objection_from, sub_from
from data.playbook.format import Leave, Limits, Playbook, Stage
from data.playbook.overrides import Override, overridden, overrides_from
from data.playbook.parts import Graph, Linker, Part, gathered_wires, part_wires
from data.playbook.places import Block
from data.playbook.reading import Table, fail
from data.playbook.sources import SHIPPED, Source, Sources, from_disk, from_kept

MOST_NODES = 5_000


def shipped() -> tuple[Path, ...]:
    """The playbook files that come with the program."""
    return tuple(sorted(SHIPPED.glob("*.toml")))


def standard(language: str, folder: Path | None = None) -> Playbook:
    """The standard playbook spoken in a language (`zh_CN` or `en`), from a shop's own folder if it has one.

    Raises PlaybookError when it cannot be used.
    """
    return load(standard_path(language, folder))


def standard_path(language: str, folder: Path | None = None) -> Path:
    """The file of the standard playbook in a language, in a shop's own folder or among the shipped ones."""
    return (folder or SHIPPED) / f"standard.{'en' if language.startswith('en') else 'zh'}.toml"


def load(path: Path) -> Playbook:
    """The playbook of a file with what it is based on and includes. Raises PlaybookError."""
    return _built(from_disk(path))


def from_text(text: str, source: str = "") -> Playbook:
    """The playbook of a kept text (`Playbook.text`), as it was that day. Raises PlaybookError.

    `source` is named in errors and findings; without it the file name that the text kept is. No other file is read.
    """
    return _built(from_kept(text, source))


def _built(sources: Sources) -> Playbook:
    source = sources.layers[0]
    top = source.top
    parts = {name: _part(name, part) for name, part in sources.parts.items()}
    graph, entries = _linked(sources, parts)
    variables = {name: text for part in parts.values() for name, text in part.variables.items()}
    playbook = Playbook(
        id=top.text("id", None),
        title=top.text("title", None),
        version=top.whole("version", None, 1),
        language=_language(sources),
        entries=entries,
        stages=next((each for each in [_stages(layer) for layer in sources.layers] if each), ()),
        nodes=tuple(graph.nodes),
        objections=tuple(graph.objections),
        subs=tuple(graph.subs),
        leaves=tuple(leave for layer in sources.layers for leave in _leaves(layer)),
        limits=next((each for each in [_limits(layer) for layer in sources.layers] if each), Limits()),
        variables={**variables, **_layered(sources, "variables")},
        phrases=_layered(sources, "phrases"),
        text=sources.text,
        hash=hashlib.sha256(sources.text.encode()).hexdigest(),
        source=source.file,
    )
    for below in sources.layers[1:]:
        for key in ("id", "title", "version"):
            below.top.raw(key)
    for layer in sources.layers:
        layer.top.done()
    return playbook


def _linked(sources: Sources, parts: Mapping[str, Part]) -> tuple[Graph, dict[str, str]]:
    """The whole graph, every name in it full, with the words that overrides give it, and its entries."""
    graphs: list[Graph] = []
    wires: list[tuple[str, Mapping[str, Mapping[str, tuple[str, int]]]]] = []
    changes: list[Override] = []
    for layer in sources.layers:
        graphs.append(_graph(layer))
        wires.append((layer.file, part_wires(layer.top.raw("wire"), layer.top, layer.blocks)))
        changes[:0] = overrides_from(layer.top.raw("override"), layer.top, layer.blocks)
    graph, entries, file = _merged(graphs), _layered(sources, "entries"), sources.layers[0].file
    for plain in sources.plain:
        _subs(plain, graph)
        plain.top.done()
    led = gathered_wires(wires, parts)
    for node in graph.nodes:
        if node.id in parts:
            what = _("the node is called like the part “{part}”, and nothing could lead to it.").format(part=node.id)
            fail(node.file, node.line, what, _("Give the node another id."), node.id)
    if parts:
        graph, entries = Linker(graph, parts, led).linked(entries, file)
    overridden(graph, changes)
    if len(graph.nodes) > MOST_NODES:
        fail(file, 0, _("it has more than {most} nodes.").format(most=MOST_NODES), _("Split it into two playbooks."))
    return graph, entries


def _language(sources: Sources) -> str:
    told = [layer.top.text("language") for layer in sources.layers]
    return next((each for each in told if each), "") or sources.layers[0].top.text("language", None)


def _layered(sources: Sources, key: str) -> dict[str, str]:
    """A table of texts, each as the uppermost file says it."""
    found: dict[str, str] = {}
    for layer in reversed(sources.layers):
        found |= _texts(layer.top, key, layer.blocks, layer.file)
    return found


def _part(name: str, source: Source) -> Part:
    top = source.top
    graph = _graph(source)
    found = Part(
        name=name,
        file=source.file,
        graph=graph,
        entries=_texts(top, "entries", source.blocks, source.file),
        exits=top.texts("exits"),
        variables=_texts(top, "variables", source.blocks, source.file),
        wires=part_wires(top.raw("wire"), top, source.blocks),
    )
    top.text("title")
    top.done()
    return found


def _merged(graphs: list[Graph]) -> Graph:
    """The graph of a playbook over those that it is based on: what has the same name takes the other's place."""
    merged = graphs[-1]
    for above in reversed(graphs[:-1]):
        replaced = {each.id for each in above.objections} | {each.id for each in above.subs}
        own = {node.id: node for node in above.nodes}
        kept = {node.id for node in merged.nodes if node.home not in replaced}
        merged = Graph(
            nodes=[own.get(node.id, node) for node in merged.nodes if node.id in kept]
            + [node for node in above.nodes if node.id not in kept],
            objections=[each for each in merged.objections if each.id not in replaced] + above.objections,
            subs=[each for each in merged.subs if each.id not in replaced] + above.subs,
        )
    return merged


def _graph(source: Source) -> Graph:
    top, blocks, file = source.top, source.blocks, source.file
    graph = Graph()
    graph.nodes += [
        node_from(held, blocks.get(f"node.{index}", top.block), file, "")
        for index, held in enumerate(top.tables("node"))
    ]
    for index, held in enumerate(top.tables("objection")):
        block = blocks.get(f"objection.{index}", top.block)
        objection, inner = objection_from(held, block, file)
        graph.objections.append(objection)
        graph.nodes += [
            node_from(each, blocks.get(f"objection.{index}.node.{inner_index}", block), file, objection.id)
            for inner_index, each in enumerate(inner)
        ]
    _subs(source, graph)
    return graph


def _subs(source: Source, graph: Graph) -> None:
    for index, held in enumerate(source.top.tables("sub")):
        block = source.blocks.get(f"sub.{index}", source.top.block)
        sub, inner = sub_from(held, block, source.file)
        graph.subs.append(sub)
        graph.nodes += [
            node_from(each, source.blocks.get(f"sub.{index}.node.{inner_index}", block), source.file, sub.id)
            for inner_index, each in enumerate(inner)
        ]


def _texts(top: Table, key: str, blocks: Mapping[str, Block], file: str) -> dict[str, str]:
    held = top.raw(key)
    if held is None:
        return {}
    table = Table(held, blocks.get(key, top.block), file)
    found = {name: table.text(name) for name in table.names()}
    table.done()
    return found


def _stages(source: Source) -> tuple[Stage, ...]:
    top, blocks, file = source.top, source.blocks, source.file
    stages = []
    for index, held in enumerate(top.tables("stage")):
        table = Table(held, blocks.get(f"stage.{index}", top.block), file)
        stages.append(Stage(table.text("id", None), table.text("title", None)))
        table.done()
    return tuple(stages)


def _leaves(source: Source) -> tuple[Leave, ...]:
    top, blocks, file = source.top, source.blocks, source.file
    leaves = []
    for index, held in enumerate(top.tables("leave")):
        table = Table(held, blocks.get(f"leave.{index}", top.block), file)
        when, say, ending = leaf_parts(table)
        leaves.append(Leave(say, ending, when, file, table.line))
        table.done()
    return tuple(leaves)


def _limits(source: Source) -> Limits | None:
    top, blocks, file = source.top, source.blocks, source.file
    held = top.raw("limits")
    if held is None:
        return None
    table = Table(held, blocks.get("limits", top.block), file)
    shipped_limits = Limits()
    found = Limits(
        apologies=_span(table, "apologies", shipped_limits.apologies),
        listen_minutes=_span(table, "listen_minutes", shipped_limits.listen_minutes),
        line_length=table.whole("line_length", shipped_limits.line_length, 10, 1000),
    )
    table.done()
    return found


def _span(table: Table, key: str, default: tuple[int, int]) -> tuple[int, int]:
    value = table.raw(key)
    if value is None:
        return default
    good = (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(each, int) and not isinstance(each, bool) and 0 <= each <= 1000 for each in value)
        and value[0] <= value[1]
    )
    if not good or not isinstance(value, list):
        table.wrong(key, _("“{key}” must be two numbers, from and to.").format(key=key), _("Write it as [2, 3]."))
    return value[0], value[1]
