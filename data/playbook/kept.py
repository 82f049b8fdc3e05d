"""A playbook that was read and proved once is kept as it stands in memory, so that the next start need not do it again.

What is kept holds for exactly the text that was read: every file is read again, and one changed character makes all
anew. So does another version of this program. Nothing that anybody else could have written is believed, and what is
kept is plain JSON: reading it can run nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Any

from data.playbook.format import (
    Choice,
    EndingRule,
    Leave,
    Limits,
    Node,
    Objection,
    Playbook,
    Stage,
    Sub,
    Words,
)
from data.playbook.guards import ALWAYS, Guard, Test
from data.playbook.load import load
from data.playbook.sources import keys_of, text_on_disk

_MOST_KEPT = 40_000_000
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def load_kept(path: Path, folder: Path | None, *, prove: bool = False) -> Playbook:
    """The playbook of a file, proved if asked for, from what is kept in `folder` where that still holds.

    Without a folder nothing is kept. Raises PlaybookError as `load` and `proved` do.
    """
    place = None if folder is None else folder / (hashlib.sha256(str(path).encode()).hexdigest()[:24] + ".json")
    kept = None if place is None else _still_true(place, path, prove=prove)
    if kept is not None:
        return kept
    playbook = load(path)
    if prove:
        # The proof needs the linter's rules, which nothing else here does.
        from data.playbook.check import proved

        proved(playbook)
    if place is not None:
        _keep(place, playbook, prove=prove)
    return playbook


def _still_true(place: Path, path: Path, *, prove: bool) -> Playbook | None:
    raw = _own_file(place)
    if raw is None:
        return None
    try:
        held = json.loads(raw)
        if held["made_by"] != _this_program() or (prove and not held["proved"]):
            return None
        text = text_on_disk(path, held["keys"])
        if text is None or hashlib.sha256(text.encode()).hexdigest() != held["hash"]:
            return None
        return _playbook(held["playbook"], text, held["hash"])
    except (ValueError, TypeError, KeyError, IndexError):
        # Half written or of another shape: it is made anew.
        return None


def _own_file(place: Path) -> str | None:
    """What a file says that only we can have written; None otherwise, or when there is none."""
    if not hasattr(os, "getuid"):
        return None
    try:
        for_folder = place.parent.lstat()
        opened = os.open(place, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    with os.fdopen(opened, encoding="utf-8") as file:
        found = os.fstat(opened)
        safe = all(each.st_uid == os.getuid() and not each.st_mode & _OTHERS_WRITE for each in (for_folder, found))
        if not safe or not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_KEPT:
            return None
        try:
            return file.read()
        except UnicodeDecodeError:
            return None


def _keep(place: Path, playbook: Playbook, *, prove: bool) -> None:
    held = {
        "made_by": _this_program(),
        "hash": playbook.hash,
        "keys": keys_of(playbook.text),
        "proved": prove,
        "playbook": _plain(playbook),
    }
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        number, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".json")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(held, file, ensure_ascii=False, separators=(",", ":"))
        os.replace(name, place)
    except OSError:
        # No room, or no right to write there: it is read from its files again the next time.
        return


def _this_program() -> str:
    """What changes whenever reading, proving or the rules of the linter do."""
    here = Path(__file__).parent
    linter = here.parent / "lint"
    files = sorted(file for room in (here, linter) for kind in ("*.py", "*.toml", "*.tsv") for file in room.glob(kind))
    seen = [(file.name, found.st_size, found.st_mtime_ns) for file in files for found in (file.stat(),)]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


# ---- as plain values


def _plain(playbook: Playbook) -> dict[str, Any]:
    return {
        "head": [playbook.id, playbook.title, playbook.version, playbook.language, playbook.source],
        "tables": [dict(each) for each in (playbook.entries, playbook.variables, playbook.phrases)],
        "limits": [playbook.limits.apologies, playbook.limits.listen_minutes, playbook.limits.line_length],
        "stages": [[each.id, each.title] for each in playbook.stages],
        "nodes": [_plain_node(node) for node in playbook.nodes],
        "objections": [
            [e.number, e.id, e.label, e.short, e.search, _plain_guard(e.when), e.refusal, e.rungs, e.file, e.line]
            for e in playbook.objections
        ],
        "subs": [[each.id, each.title, each.entry, each.file, each.line] for each in playbook.subs],
        "leaves": [
            [each.say, _plain_ending(each.ending), _plain_guard(each.when), each.file, each.line]
            for each in playbook.leaves
        ],
    }


def _plain_node(node: Node) -> list[Any]:
    return list(
        node._replace(
            lines=[[words.say, _plain_guard(words.when)] for words in node.lines],  # type: ignore[arg-type]
            choices=[list(each._replace(when=_plain_guard(each.when))) for each in node.choices],  # type: ignore[arg-type]
            when=_plain_guard(node.when),  # type: ignore[arg-type]
            ending=_plain_ending(node.ending) if node.ending else None,  # type: ignore[arg-type]
        )
    )


def _plain_guard(guard: Guard) -> list[Any]:
    return [[test.name, test.is_, sorted(test.among), test.low, test.high] for test in guard.tests]


def _plain_ending(ending: EndingRule) -> list[Any]:
    return [ending.line, ending.also, ending.standing, ending.hint]


def _playbook(held: dict[str, Any], text: str, text_hash: str) -> Playbook:
    playbook_id, title, version, language, source = held["head"]
    entries, variables, phrases = held["tables"]
    apologies, minutes, length = held["limits"]
    return Playbook(
        id=playbook_id,
        title=title,
        version=version,
        language=language,
        entries=entries,
        stages=tuple(Stage(*each) for each in held["stages"]),
        nodes=tuple(_node(each) for each in held["nodes"]),
        objections=tuple(
            Objection(number, name, label, short, tuple(search), _guard(when), refusal, tuple(rungs), file, line)
            for number, name, label, short, search, when, refusal, rungs, file, line in held["objections"]
        ),
        subs=tuple(Sub(*each) for each in held["subs"]),
        leaves=tuple(
            Leave(tuple(say), _ending(ending), _guard(when), file, line)
            for say, ending, when, file, line in held["leaves"]
        ),
        limits=Limits(tuple(apologies), tuple(minutes), length),
        variables=variables,
        phrases=phrases,
        text=text,
        hash=text_hash,
        source=source,
    )


def _node(held: list[Any]) -> Node:
    node = Node._make(held)
    lines: Any = node.lines
    return node._replace(
        say=tuple(node.say),
        lines=tuple(Words(tuple(say), _guard(when)) for say, when in lines),
        again=tuple(node.again),
        choices=tuple(_choice(each) for each in node.choices),  # type: ignore[arg-type]
        when=_guard(node.when),  # type: ignore[arg-type]
        marks=tuple(node.marks),
        counts=tuple(node.counts),
        ending=_ending(node.ending) if node.ending else None,  # type: ignore[arg-type]
    )


def _choice(held: list[Any]) -> Choice:
    held[_WHEN] = _guard(held[_WHEN])
    held[_MARKS] = tuple(held[_MARKS])
    held[_COUNTS] = tuple(held[_COUNTS])
    return Choice._make(held)


_WHEN, _MARKS, _COUNTS = (Choice._fields.index(name) for name in ("when", "marks", "counts"))


def _guard(held: list[Any]) -> Guard:
    if not held:
        return ALWAYS
    return Guard(tuple(Test(name, is_, frozenset(among), low, high) for name, is_, among, low, high in held))


def _ending(held: list[Any]) -> EndingRule:
    line, also, standing, hint = held
    return EndingRule(line, tuple(also), tuple(standing), hint)
