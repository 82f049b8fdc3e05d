"""A line said otherwise without copying the file that says it: `[override."identity.dial"]`.

Only words can be changed so: what is said, heard, avoided and written down, and the labels of choices. Where a
choice leads stays with the file that was proved with it; who wants another way writes a node of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from data.language import _
from data.playbook.build import words_from
from data.playbook.format import KEYS, Choice, Node, Objection
from data.playbook.parts import Graph
from data.playbook.places import Block
from data.playbook.reading import Table


@dataclass(slots=True)
class Override:
    """What one file says about one node or objection."""

    name: str
    table: Table


def overrides_from(held: object, top: Table, blocks: Mapping[str, Block]) -> list[Override]:
    """The `[override.…]` tables of a file, by the full name of what they are about."""
    if held is None:
        return []
    outer = Table(held, top.block, top.file)
    found = []
    for name, inner in _named({key: outer.raw(key) for key in outer.names()}, ""):
        block = blocks.get(f"override.{name}", top.block)
        found.append(Override(name, Table(inner, block, top.file, name)))
    return found


def _named(held: Mapping[str, object], before: str) -> Iterator[tuple[str, object]]:
    """Names with and without quotes: `[override.identity.dial]` means the same to whoever writes it."""
    for key, value in held.items():
        name = f"{before}.{key}" if before else key
        if isinstance(value, dict) and value and all(isinstance(each, dict) for each in value.values()):
            yield from _named(value, name)
        else:
            yield name, value


def overridden(graph: Graph, overrides: list[Override]) -> None:
    """Give nodes and objections their new words. Raises PlaybookError for a name that there is not."""
    if not overrides:
        return
    nodes, objections = graph.nodes, graph.objections
    by_id = {node.id: index for index, node in reversed(list(enumerate(nodes)))}
    by_objection = {objection.id: index for index, objection in reversed(list(enumerate(objections)))}
    for each in overrides:
        if each.name in by_id:
            nodes[by_id[each.name]] = _said_otherwise(nodes[by_id[each.name]], each.table)
        elif each.name in by_objection:
            objections[by_objection[each.name]] = _called_otherwise(objections[by_objection[each.name]], each.table)
        else:
            near = get_close_matches(each.name, [*by_id, *by_objection], 1)
            mend = _("Did you mean “{near}”?").format(near=near[0]) if near else _("Correct the name.")
            each.table.wrong("", _("there is no “{name}” to be said otherwise.").format(name=each.name[:60]), mend)
        each.table.done()


def _said_otherwise(node: Node, table: Table) -> Node:
    """The node with what the table says; it is found where the table stands, since its words are mended there."""
    changed = node._replace(
        purpose=table.text("purpose", node.purpose) or "",
        say=table.texts("say") if table.has("say") else node.say,
        lines=tuple(words_from(each, table) for each in table.tables("lines")) if table.has("lines") else node.lines,
        again=table.texts("again") if table.has("again") else node.again,
        listen=table.text("listen", node.listen),
        avoid=table.text("avoid", node.avoid),
        record=table.text("record", node.record),
        file=table.file,
        line=table.line,
    )
    for held in table.tables("choices"):
        changed = changed._replace(choices=_relabelled(changed.choices, held, table))
    return changed


def _relabelled(choices: tuple[Choice, ...], held: object, node: Table) -> tuple[Choice, ...]:
    table = Table(held, node.block, node.file, node.node)
    key = table.whole("key", None, KEYS[0], KEYS[-1])
    if all(choice.key != key for choice in choices):
        table.wrong("choices", _("there is no choice {key} there.").format(key=key), _("Name a key that it has."))
    found = tuple(
        choice._replace(label=table.text("label", choice.label), goes=table.text("goes", choice.goes))
        if choice.key == key
        else choice
        for choice in choices
    )
    table.done()
    return found


def _called_otherwise(objection: Objection, table: Table) -> Objection:
    return replace(
        objection,
        label=table.text("label", objection.label),
        short=table.text("short", objection.short),
        search=table.texts("search") if table.has("search") else objection.search,
        file=table.file,
        line=table.line,
    )
