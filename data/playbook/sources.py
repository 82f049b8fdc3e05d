"""Where the text of a playbook comes from: its own file, the playbook it is based on, the parts it includes.

A playbook names others only by a plain name. They are looked for beside it, then among the shipped ones, and all that
was read is kept as one text, so that a call of last year can be taken up when none of the files is there any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.language import _
from data.playbook.places import Block
from data.playbook.reading import MOST_BYTES, Table, fail, parse, read

SHIPPED = Path(__file__).parent.parent / "playbooks"
PARTS = "parts/"
"""The folder of parts, beside the playbook or among the shipped ones."""

BASE = "base/"
"""What the name of a playbook that another is based on begins with in the kept text."""

MOST_INCLUDED = 40
DEEPEST_INCLUDE = 6

_MARK = "#=== "
_MARKED = re.compile(f"^{_MARK}", re.MULTILINE)
_FILE_NAME = re.compile(r"[\w-][\w.-]{0,59}\.toml")
_PART_NAME = re.compile(r"[a-z][\w-]{0,39}(?:\.[a-z]{2})?")

Fetch = Callable[[str], tuple[str, str] | None]
"""Gives text and place of what a key names, or None when there is no such thing."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a playbook, parsed: its key in the kept text, and the file that errors name."""

    key: str
    file: str
    top: Table
    blocks: Mapping[str, Block]


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of a playbook. `layers` is the playbook itself, then what it is based on, then what that is based on;
    `plain` are the sub-graph files of each layer, `parts` the parts by name, in the order in which they were named."""

    layers: tuple[Source, ...]
    plain: tuple[Source, ...]
    parts: Mapping[str, Source]
    text: str


def from_disk(path: Path) -> Sources:
    """The files of a playbook, read from beside it and from the shipped ones. Raises PlaybookError."""
    return _gathered(path.name, read(path), str(path), _beside(path))


def text_on_disk(path: Path, keys: Sequence[str]) -> str | None:
    """What the files of a playbook say together, as `Sources.text` has it, by the keys of such a text; None when one
    of them is gone. Raises PlaybookError for a file that cannot be read."""
    fetch = _beside(path)
    texts = {path.name: read(path)}
    for key in keys[1:]:
        found = fetch(key)
        if found is None:
            return None
        texts[key] = found[0]
    return _joined(texts)


def keys_of(text: str) -> list[str]:
    """What a text that was read from files names them, its own first."""
    return list(_split(text))


def _joined(texts: Mapping[str, str]) -> str:
    return "".join(f"{_MARK}{name}\n{held.rstrip()}\n" for name, held in texts.items())


def _beside(path: Path) -> Fetch:
    def fetch(key: str) -> tuple[str, str] | None:
        name = key.removeprefix(BASE)
        places = [path.parent / name, SHIPPED / name]
        if key.startswith(BASE) and _same(places[0], path):
            del places[0]
        for place in places:
            if place.is_file():
                return read(place), str(place)
        return None

    return fetch


def from_kept(text: str, source: str = "") -> Sources:
    """The files of a kept text. `source` is the file that errors name; without it the one that the text kept."""
    kept = _split(text)
    main, *_others = kept

    def fetch(key: str) -> tuple[str, str] | None:
        body = kept.get(key)
        return None if body is None else (body, str(Path(source).parent / key) if source else key)

    found = _gathered(main, kept[main], source or main, fetch, marked=text.startswith(_MARK))
    strays = set(kept) - {main, *(each.key for each in (*found.layers, *found.plain, *found.parts.values()))}
    if strays:
        what = _("it holds “{name}”, which nothing includes.").format(name=min(strays)[:60])
        fail(source or main, 0, what, _("Load it from its file."))
    return Sources(found.layers, found.plain, found.parts, text)


def _gathered(key: str, text: str, file: str, fetch: Fetch, *, marked: bool = True) -> Sources:
    texts: dict[str, str] = {}
    layers: list[Source] = [_parsed(key, text, file, texts)]
    plain: list[Source] = []
    parts: dict[str, Source] = {}
    while base := layers[-1].top.text("based_on"):
        source = layers[-1]
        name = f"{BASE}{base}.toml"
        if not _FILE_NAME.fullmatch(f"{base}.toml"):
            source.top.wrong("based_on", _("“{name}” is not a name.").format(name=base[:40]), _plain_name())
        itself = name == f"{BASE}{key}" and fetch(name) is None
        if itself or name in texts or len(layers) >= DEEPEST_INCLUDE:
            what = _("it is based on itself, or on too many others.")
            source.top.wrong("based_on", what, _("Base it on a playbook that stands alone."))
        layers.append(_fetched(name, source, "based_on", fetch, texts))
    for layer in layers:
        for name in _included(layer):
            if name.endswith(".toml"):
                if name in texts:
                    layer.top.wrong("include", _("it includes itself: {way}.").format(way=name), _("Take it out."))
                plain.append(_fetched(name, layer, "include", fetch, texts))
            else:
                _take_part(name, layer, (), fetch, texts, parts)
    return Sources(tuple(layers), tuple(plain), parts, _joined(texts) if marked else text)


def _take_part(
    name: str, by: Source, way: tuple[str, ...], fetch: Fetch, texts: dict[str, str], parts: dict[str, Source]
) -> None:
    """Read a part and those that it includes; the depth is bounded, so the recursion is."""
    if name in way or len(way) >= DEEPEST_INCLUDE:
        what = _("it includes itself: {way}.").format(way=" → ".join((*way, name)))
        by.top.wrong("include", what, _("Take one of these out of “include”."))
    known = parts.get(part_name(name))
    if known is not None:
        if known.key != f"{PARTS}{name}.toml":
            what = _("it includes the part “{part}” in two languages.").format(part=part_name(name))
            by.top.wrong("include", what, _("Name one of the two."))
        return
    if len(parts) >= MOST_INCLUDED:
        by.top.wrong("include", _("it includes too many parts."), _("Put some of them into one file."))
    part = parts[part_name(name)] = _fetched(f"{PARTS}{name}.toml", by, "include", fetch, texts)
    for inner in _included(part):
        if inner.endswith(".toml"):
            part.top.wrong("include", _("a part includes only parts."), _("Leave out “.toml”."))
        _take_part(inner, part, (*way, name), fetch, texts, parts)


def part_name(included: str) -> str:
    """What a part is called in a playbook: the same in every language, so `guides.zh` and `guides.en` are `guides`."""
    return included.partition(".")[0]


def _fetched(key: str, by: Source, named: str, fetch: Fetch, texts: dict[str, str]) -> Source:
    found = fetch(key)
    if found is None:
        what = _("it names “{name}”, which is not there.").format(name=key.removeprefix(BASE))
        by.top.wrong(named, what, _("Put the file beside this one, or correct the name."))
    return _parsed(key, *found, texts)


def _parsed(key: str, text: str, file: str, texts: dict[str, str]) -> Source:
    if sum(map(len, texts.values())) + len(text) > MOST_BYTES:
        fail(file, 0, _("with what it includes it is too large."), _("Include less."))
    stray = _MARKED.search(text)
    if stray:
        line = text.count("\n", 0, stray.start()) + 1
        fail(file, line, _("a line may not begin with “{mark}”.").format(mark=_MARK.strip()), _("Change the comment."))
    tables: dict[str, Any]
    tables, blocks = parse(text, file)
    texts[key] = text
    return Source(key, file, Table(tables, blocks[""], file), blocks)


def _included(source: Source) -> tuple[str, ...]:
    told = source.top.raw("include")
    if told is None:
        return ()
    if not isinstance(told, list) or len(told) > MOST_INCLUDED or len(set(map(str, told))) != len(told):
        what = _("“include” must be a short list of names.")
        source.top.wrong("include", what, _('Write it as ["identity", "closing"].'))
    for name in told:
        if not isinstance(name, str) or not (_FILE_NAME.fullmatch(name) or _PART_NAME.fullmatch(name)):
            what = _("“include” may name only parts, or .toml files in the same folder.")
            source.top.wrong("include", what, _plain_name())
    return tuple(told)


def _plain_name() -> str:
    return _("Put the file beside this one, and use letters, digits, - and _ in its name.")


def _split(text: str) -> dict[str, str]:
    if not text.startswith(_MARK):
        return {"playbook": text}
    kept: dict[str, str] = {}
    for part in _MARKED.split(text)[1:]:
        name, _newline, body = part.partition("\n")
        kept.setdefault(name, body)
    return kept


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
