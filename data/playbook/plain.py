"""The short way to read a playbook that is written as they all are: one table below the other, plain strings.

The general parser takes most of the time in which a large playbook loads. What is read here is exactly what that
parser would read; whatever is unusual is left to it, and so is finding words for what is wrong.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from data.playbook.places import Block

_HEADER = re.compile(r"\[(\w+)\]|\[\[(\w+)\]\]|\[\[(\w+)\.(\w+)\]\]|\[(\w+)\.(\w+)\]", re.ASCII)
_ASSIGNED = re.compile(r"([A-Za-z_][\w-]*)[ \t]*=", re.ASCII)
_INNER_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*=", re.ASCII)
_CHOICE = re.compile(r"\bkey\s*=")
_STRINGS = re.compile(r'("[^"\n]*")|#.*')
_WORDS = re.compile(r"[^\W\d]|[-+_]")
"""What stands outside strings and keys and is neither a plain number nor true or false."""


_OPENED_BY = {"]": "[", "}": "{"}


class _Unusual(ValueError):
    """Something that the general parser is to read."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Unusual
    return found


def _never(_word: str) -> NoReturn:
    raise _Unusual


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_never, parse_float=_never)


def is_plain(text: str) -> bool:
    """Whether a text has no string with an escape or a line break, so that the short way may be tried."""
    return "\\" not in text and '"""' not in text and "'''" not in text


def read_plain(text: str, bare: str) -> tuple[dict[str, Any], dict[str, Block]] | None:
    """The tables of a text and where each stands, or None when it is not written in the plain way.

    `bare` is the text with a blank for each string and comment, for a text that `is_plain`.
    """
    try:
        return _Reader().read(text.split("\n"), bare.split("\n"))
    except (ValueError, RecursionError):
        return None


class _Reader:
    def __init__(self) -> None:
        self.tables: dict[str, Any] = {}
        self.blocks = {"": Block(1)}
        self.current = self.blocks[""]
        self.held: dict[str, Any] = self.tables
        self.items: list[str] = []
        self.nested: list[str] = []
        self.groups: set[str] = set()

    def read(self, written: list[str], bare: list[str]) -> tuple[dict[str, Any], dict[str, Block]]:
        for number, line in enumerate(bare, 1):
            depth = len(self.nested)
            if line.isspace() or not line:
                if not _is_comment(written[number - 1]):
                    # A line of nothing but strings: part of a list, or a mistake.
                    if not depth:
                        raise _Unusual
                    self.items.append(_without_comment(written[number - 1]))
                continue
            raw = written[number - 1]
            if "#" in raw:
                raw = _without_comment(raw)
            if depth:
                if "key" in line:
                    self.current.choices += [number] * len(_CHOICE.findall(line))
                if line.lstrip()[0] == "]":
                    # JSON does not take a comma after the last of a list.
                    self.items[-1] = self.items[-1].rstrip().removesuffix(",")
                self.items.append(_as_json(raw, line))
            elif line[0] == "[":
                self._close()
                self._open(raw.rstrip(), number)
                continue
            else:
                self._assign(raw, line, number)
            if line.count("[") != line.count("]") or line.count("{") != line.count("}"):
                self._nest(line)
        if self.nested:
            raise _Unusual
        self._close()
        return self.tables, self.blocks

    def _nest(self, line: str) -> None:
        """Follow what stays open at the end of a line; that may be a list, and never a table in braces."""
        for sign in line:
            if sign in "[{":
                self.nested.append(sign)
            elif sign in "]}" and (not self.nested or self.nested.pop() != _OPENED_BY[sign]):
                raise _Unusual
        if self.nested and self.nested[-1] == "{":
            raise _Unusual

    def _assign(self, raw: str, line: str, number: int) -> None:
        found = _ASSIGNED.match(raw)
        if found is None or found[1] in self.current.keys:
            raise _Unusual
        key, end = found[1], found.end()
        self.current.keys[key] = number
        comma = "," if self.items else ""
        self.items.append(f'{comma}"{key}":{_as_json(raw[end:], line[end:])}')

    def _open(self, header: str, number: int) -> None:
        found = _HEADER.fullmatch(header)
        if found is None:
            raise _Unusual
        single, listed, outer, inner, group, member = found.groups()
        if inner == "choices":
            raise _Unusual
        self.current = Block(number)
        self.held = {}
        if single:
            if single in self.tables:
                raise _Unusual
            self.tables[single] = self.held
            self.blocks[single] = self.current
        elif group:
            self._place(group, member)
        elif listed:
            self._append(self.tables, listed, listed)
        else:
            above = self.tables.get(outer)
            if not isinstance(above, list) or f"{outer}.0" not in self.blocks:
                raise _Unusual
            self._append(above[-1], inner, f"{outer}.{len(above) - 1}.{inner}")

    def _place(self, group: str, member: str) -> None:
        """A table of a group that has no table of its own, such as the ways out of the parts."""
        if group in self.tables and group not in self.groups:
            raise _Unusual
        self.groups.add(group)
        members = self.tables.setdefault(group, {})
        if member in members or member == "choices":
            raise _Unusual
        members[member] = self.held
        self.blocks[f"{group}.{member}"] = self.current

    def _append(self, table: dict[str, Any], name: str, path: str) -> None:
        if f"{path}.0" not in self.blocks:
            if name in table:
                raise _Unusual
            table[name] = []
        table[name].append(self.held)
        self.blocks[f"{path}.{len(table[name]) - 1}"] = self.current

    def _close(self) -> None:
        """Take what the table before said, all at once. Keys and tables of one name are not told apart here."""
        if self.items:
            found = _DECODER.decode("{" + "\n".join(self.items) + "}")
            # A comma after a value would let a second key onto its line.
            if len(found) != len(self.current.keys) or self.held.keys() & found.keys():
                raise _Unusual
            self.held.update(found)
            self.items.clear()


def _as_json(raw: str, bare: str) -> str:
    """A value, or some lines of it, as JSON says it. Strings stay as they are, and may hold nothing that is changed."""
    if bare.isspace():
        return raw
    if "=" in bare:
        if raw.count("=") != bare.count("="):
            raise _Unusual
        parts = _INNER_KEY.split(raw)
        parts[1::2] = [f'"{key}":' for key in parts[1::2]]
        raw, bare = "".join(parts), _INNER_KEY.sub("", bare)
    if _WORDS.search(bare) and _WORDS.search(bare.replace("true", "").replace("false", "")):
        raise _Unusual
    return raw


def _is_comment(raw: str) -> bool:
    return not raw or raw.isspace() or raw.lstrip().startswith("#")


def _without_comment(raw: str) -> str:
    return _STRINGS.sub(lambda found: found[1] or "", raw)
