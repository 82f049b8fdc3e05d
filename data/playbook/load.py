"""A playbook file becomes a Playbook, or one PlaybookError that names file, line, node and a way to mend.

Only the form is judged here; whether the whole is decent and finite is `data.playbook.check`'s to prove.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from data.language import _
from data.playbook.build import leaf_parts, node_from, objection_from, sub_from
from data.playbook.format import Leave, Limits, Node, Objection, Playbook, Stage, Sub
from data.playbook.reading import MOST_BYTES, Block, Table, fail, parse, read

SHIPPED = Path(__file__).parent.parent / "playbooks"
MOST_INCLUDED = 8

_MARK = "#=== "
_INCLUDE = re.compile(r"^\s*[\"']?include", re.MULTILINE)
_NAME = re.compile(r"[\w-]+\.toml")


def shipped() -> tuple[Path, ...]:
    """The playbook files that come with the program."""
    return tuple(sorted(SHIPPED.glob("*.toml")))


def standard(language: str, folder: Path | None = None) -> Playbook:
    """The standard playbook spoken in a language (`zh_CN` or `en`), from a shop's own folder if it has one.

    Raises PlaybookError when it cannot be used.
    """
    return load((folder or SHIPPED) / f"standard.{'en' if language.startswith('en') else 'zh'}.toml")


def load(path: Path) -> Playbook:
    """The playbook of a file with what it includes. Raises PlaybookError."""
    texts = {path.name: read(path)}
    if _INCLUDE.search(texts[path.name]):
        tables, _blocks = parse(texts[path.name], str(path))
        for name in _included(tables.get("include"), str(path)):
            texts[name] = read(path.parent / name)
    if sum(map(len, texts.values())) > MOST_BYTES:
        fail(str(path), 0, _("with what it includes it is too large."), _("Include less."))
    return from_text(_joined(texts), str(path))


def from_text(text: str, source: str = "") -> Playbook:
    """The playbook of a kept text (`Playbook.text`), as it was that day. Raises PlaybookError.

    `source` is named in errors and findings; without it the file name that the text kept is.
    """
    parts = _split(text)
    main, *included = parts
    file = source or main
    tables, blocks = parse(parts[main], file)
    top = Table(tables, blocks[""], file)
    declared = _included(tables.get("include"), file)
    if list(declared) != included:
        fail(file, blocks[""].keys.get("include", 0), _("what it includes is missing."), _("Load it from its file."))
    top.raw("include")
    nodes, objections = _graph(top, blocks, file)
    subs: list[Sub] = []
    _subs(top, blocks, file, nodes, subs)
    for name in included:
        place = str(Path(file).parent / name) if source else name
        part, part_blocks = parse(parts[name], place)
        table = Table(part, part_blocks[""], place)
        _subs(table, part_blocks, place, nodes, subs)
        table.done()
    playbook = Playbook(
        id=top.text("id", None),
        title=top.text("title", None),
        version=top.whole("version", None, 1),
        language=top.text("language", None),
        entries=_texts(top, "entries", blocks, file),
        stages=_stages(top, blocks, file),
        nodes=tuple(nodes),
        objections=objections,
        subs=tuple(subs),
        leaves=_leaves(top, blocks, file),
        limits=_limits(top, blocks, file),
        variables=_texts(top, "variables", blocks, file),
        phrases=_texts(top, "phrases", blocks, file),
        text=text,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        source=file,
    )
    top.done()
    return playbook


def _included(told: object, file: str) -> tuple[str, ...]:
    if told is None:
        return ()
    if not isinstance(told, list) or len(told) > MOST_INCLUDED or len(set(map(str, told))) != len(told):
        fail(file, 0, _("“include” must be a short list of file names."), _('Write it as ["shared.toml"].'))
    for name in told:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            fail(
                file,
                0,
                _("“include” may name only .toml files in the same folder."),
                _("Put the file beside this one, and use letters, digits, - and _ in its name."),
            )
    return tuple(told)


def _joined(texts: Mapping[str, str]) -> str:
    """One text that holds every file, each after a mark with its name."""
    return "".join(f"{_MARK}{name}\n{text.rstrip()}\n" for name, text in texts.items())


def _split(text: str) -> dict[str, str]:
    if not text.startswith(_MARK):
        return {"playbook": text}
    parts: dict[str, str] = {}
    for part in re.split(f"^{_MARK}", text, flags=re.MULTILINE)[1:]:
        name, _newline, body = part.partition("\n")
        parts.setdefault(name, body)
    return parts


def _graph(top: Table, blocks: dict[str, Block], file: str) -> tuple[list[Node], tuple[Objection, ...]]:
    nodes = [
        node_from(held, blocks.get(f"node.{index}", top.block), file, "")
        for index, held in enumerate(top.tables("node"))
    ]
    objections: list[Objection] = []
    for index, held in enumerate(top.tables("objection")):
        block = blocks.get(f"objection.{index}", top.block)
        objection, inner = objection_from(held, block, file)
        objections.append(objection)
        nodes += [
            node_from(each, blocks.get(f"objection.{index}.node.{inner_index}", block), file, objection.id)
            for inner_index, each in enumerate(inner)
        ]
    return nodes, tuple(objections)


def _subs(top: Table, blocks: dict[str, Block], file: str, nodes: list[Node], subs: list[Sub]) -> None:
    for index, held in enumerate(top.tables("sub")):
        block = blocks.get(f"sub.{index}", top.block)
        sub, inner = sub_from(held, block, file)
        subs.append(sub)
        nodes += [
            node_from(each, blocks.get(f"sub.{index}.node.{inner_index}", block), file, sub.id)
            for inner_index, each in enumerate(inner)
        ]


def _texts(top: Table, key: str, blocks: dict[str, Block], file: str) -> dict[str, str]:
    held = top.raw(key)
    if held is None:
        return {}
    table = Table(held, blocks.get(key, top.block), file)
    found = {name: table.text(name) for name in table.names()}
    table.done()
    return found


def _stages(top: Table, blocks: dict[str, Block], file: str) -> tuple[Stage, ...]:
    stages = []
    for index, held in enumerate(top.tables("stage")):
        table = Table(held, blocks.get(f"stage.{index}", top.block), file)
        stages.append(Stage(table.text("id", None), table.text("title", None)))
        table.done()
    return tuple(stages)


def _leaves(top: Table, blocks: dict[str, Block], file: str) -> tuple[Leave, ...]:
    leaves = []
    for index, held in enumerate(top.tables("leave")):
        table = Table(held, blocks.get(f"leave.{index}", top.block), file)
        when, say, ending = leaf_parts(table)
        leaves.append(Leave(say, ending, when, file, table.line))
        table.done()
    return tuple(leaves)


def _limits(top: Table, blocks: dict[str, Block], file: str) -> Limits:
    held = top.raw("limits")
    if held is None:
        return Limits()
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
