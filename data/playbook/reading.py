"""The text of a playbook file before it means anything: size, encoding, depth, and where each part stands.

A playbook may come from anybody. What could hang or act on a terminal is refused before the parser sees it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, NoReturn

from data.errors import PlaybookError
from data.language import _
from data.playbook.places import Block
from data.playbook.plain import is_plain, read_plain

MOST_BYTES = 2_000_000
LONGEST_LINE = 4_000
DEEPEST = 12
MOST_DOTS = 6

_QUOTED = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)' r"|'''.*?(?:'''|\Z)" r'|"(?:\\.|[^"\\\n])*"?' r"|'[^'\n]*'?|#[^\n]*",
    re.DOTALL,
)
"""Strings and comments; one that never closes reaches to the end, so that no text takes longer than its length."""

_ON_ONE_LINE = re.compile(r'"[^"\n]*"?' r"|'[^'\n]*'?|#[^\n]*")
"""The same where no string has an escape or a line break in it."""

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*$")
_QUOTED_HEADER = re.compile(r"""^\[\s*([\w-]+\s*\.\s*"[\w.-]+")\s*\]\s*(?:#.*)?$""")
_ASSIGNED = re.compile(r"^\s*([A-Za-z_][\w-]*)\s*=")
_CHOICE = re.compile(r"\bkey\s*=")
_BRACKETS = re.compile(r"[\[\]{}\n]")
_DOTTED = re.compile(r"[\w.-]+")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def fail(file: str, line: int, what: str, mend: str, node: str = "") -> NoReturn:
    """Raise a PlaybookError that names file, line and node, and a way to mend."""
    place = _("{file}, line {line}").format(file=file, line=line) if line else file
    if node:
        place = _("{place}, “{node}”").format(place=place, node=node)
    said = "".join(each if each.isprintable() else "·" for each in f"{place}: {what}")
    raise PlaybookError(_("A playbook cannot be used"), said, mend)


def read(path: Path) -> str:
    """The text of a playbook file. Raises PlaybookError when it cannot be one."""
    name = str(path)
    try:
        with path.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        fail(name, 0, _("it cannot be read ({reason}).").format(reason=error.strerror), _("Check the path."))
    if len(raw) > MOST_BYTES:
        fail(
            name,
            0,
            _("it is larger than {size} MB.").format(size=MOST_BYTES // 1_000_000),
            _("Split it: shared parts go to a file of their own and are included."),
        )
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        fail(name, line, _("it is not UTF-8 text."), _("Save it as UTF-8 in the editor."))


def parse(text: str, file: str) -> tuple[dict[str, Any], dict[str, Block]]:
    """The tables of a text and where each stands, by a path such as `objection.2.node.1`.

    Raises PlaybookError for text that is no TOML, too deep, or holds what cannot be seen.
    """
    _refuse_unreadable(text, file)
    if is_plain(text):
        bare = _ON_ONE_LINE.sub(" ", text)
        _refuse_deep(bare, file)
        plain = read_plain(text, bare)
        if plain is not None:
            return plain
    bare = _QUOTED.sub(_blanks, text)
    _refuse_deep(bare, file)
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        said = str(error)
        where = re.search(r"at line (\d+)", said)
        fail(
            file,
            int(where[1]) if where else 0,
            _("it is not valid TOML ({reason}).").format(reason=said[:120]),
            _("Look at that line for a missing quote, comma or bracket."),
        )
    return tables, _blocks(bare, text)


def _refuse_unreadable(text: str, file: str) -> None:
    hidden = _UNSEEN.search(text)
    if hidden:
        line = text.count("\n", 0, hidden.start()) + 1
        code = f"U+{ord(hidden[0]):04X}"
        fail(file, line, _("it holds a character that cannot be seen ({code}).").format(code=code), _("Delete it."))
    lines = text.split("\n")
    if max(map(len, lines)) > LONGEST_LINE:
        for number, line_text in enumerate(lines, 1):
            if len(line_text) <= LONGEST_LINE:
                continue
            fail(file, number, _("the line is too long."), _("Break it into several lines."))


def _refuse_deep(bare: str, file: str) -> None:
    lines = bare.split("\n")
    for number, line_text in enumerate(lines, 1):
        if "." not in line_text or line_text.count(".") <= MOST_DOTS:
            continue
        if _most_dots("".join(line_text.split())) > MOST_DOTS:
            fail(file, number, _("a key has too many dots."), _("Playbooks need no such keys; see the shipped one."))
    depth = deepest = 0
    for line_text in lines:
        opened = line_text.count("[") + line_text.count("{")
        deepest = max(deepest, depth + opened)
        depth += opened - line_text.count("]") - line_text.count("}")
    if deepest <= DEEPEST:
        return
    depth, number = 0, 1
    for found in _BRACKETS.finditer(bare):
        if found[0] == "\n":
            number += 1
        else:
            depth += 1 if found[0] in "[{" else -1
        if depth > DEEPEST:
            fail(file, number, _("brackets are nested too deep."), _("Playbooks need at most four levels."))


def _blanks(found: re.Match[str]) -> str:
    held = found[0]
    return " " * len(held) if "\n" not in held else re.sub(r"[^\n]", " ", held)


def _most_dots(line: str) -> int:
    return max((found[0].count(".") for found in _DOTTED.finditer(line)), default=0)


def _blocks(bare: str, text: str) -> dict[str, Block]:
    written = text.split("\n")
    blocks = {"": Block(1)}
    current = blocks[""]
    counts: dict[str, int] = {}
    depth = 0
    for number, line in enumerate(bare.split("\n"), 1):
        header = _HEADER.match(line) if depth == 0 else None
        if header and header[1].endswith("."):
            # A name in quotes is blanked out here.
            header = _QUOTED_HEADER.match(written[number - 1])
        if header:
            current = _opened(header[1].replace('"', ""), line.lstrip().startswith("[["), number, blocks, counts)
            continue
        if depth == 0:
            assigned = _ASSIGNED.match(line)
            if assigned:
                current.keys.setdefault(assigned[1], number)
        elif "key" in line:
            current.choices.extend(number for _each in _CHOICE.finditer(line))
        depth += line.count("[") + line.count("{") - line.count("]") - line.count("}")
    return blocks


def _opened(name: str, listed: bool, line: int, blocks: dict[str, Block], counts: dict[str, int]) -> Block:
    """The block that a header opens, under a path that counts the tables of a list."""
    path = ""
    parts = name.split(".")
    for depth, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        if depth == len(parts) - 1 and listed:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}.{counts[path]}"
    if parts[-1] == "choices":
        parent = blocks.get(path.rsplit(".choices", 1)[0])
        if parent is not None:
            parent.choices.append(line)
    return blocks.setdefault(path, Block(line))


class Table:
    """A table that is read key by key, and that knows its file, line and node when a key is wrong."""

    def __init__(self, held: object, block: Block, file: str, node: str = "", line: int = 0) -> None:
        self.block = block
        self.file = file
        self.line = line or block.line
        self.node = node
        self._read: set[str] = set()
        if not isinstance(held, dict):
            self.wrong("", _("a table is expected here."), _("Write it as the shipped playbook does."))
        self._held: dict[str, Any] = held

    def wrong(self, key: str, what: str, mend: str) -> NoReturn:
        """Raise a PlaybookError about a key of this table."""
        fail(self.file, self.block.keys.get(key, self.line), what, mend, self.node)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self._held

    def raw(self, key: str) -> object:
        """The value as it was parsed, or None."""
        self._read.add(key)
        return self._held.get(key)

    def text(self, key: str, default: str | None = "") -> str:
        """A text without control characters; `None` as default means that it must be there."""
        self._read.add(key)
        value = self._held.get(key)
        if value is None:
            if default is not None:
                return default
            self.wrong(key, _("“{key}” is missing.").format(key=key), _("Add it."))
        if not isinstance(value, str):
            self.wrong(key, _("“{key}” must be text.").format(key=key), _("Put it in double quotes."))
        self._seen(key, value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        self._read.add(key)
        value = self._held.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.wrong(key, _("“{key}” must be a list of texts.").format(key=key), _('Write it as ["…", "…"].'))
        for each in value:
            self._seen(key, each)
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false; false when it is not written."""
        self._read.add(key)
        value = self._held.get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.wrong(key, _("“{key}” must be true or false.").format(key=key), _("Write it without quotes."))
        return value

    def whole(self, key: str, default: int | None = 0, low: int = 0, high: int = 1_000_000) -> int:
        """A whole number within bounds; `None` as default means that it must be there."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if value is None:
            self.wrong(key, _("“{key}” is missing.").format(key=key), _("Add it."))
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            what = _("“{key}” must be a whole number from {low} to {high}.").format(key=key, low=low, high=high)
            self.wrong(key, what, _("Change the number."))
        return value

    def tables(self, key: str) -> list[object]:
        """A list of tables, or an empty one."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            what = _("“{key}” must be a list of tables.").format(key=key)
            self.wrong(key, what, _("Begin each with [[…]], or write [ { … }, { … } ]."))
        return value

    def names(self) -> tuple[str, ...]:
        """Every key that is written."""
        return tuple(self._held)

    def done(self) -> None:
        """Raise a PlaybookError for a key that nothing has asked for."""
        for key in self._held:
            if key not in self._read:
                from difflib import get_close_matches

                near = get_close_matches(key, sorted(self._read), 1)
                mend = _("Did you mean “{near}”?").format(near=near[0]) if near else _("Take it out.")
                self.wrong(key, _("“{key}” is not known here.").format(key=key[:40]), mend)

    def _seen(self, key: str, text: str) -> None:
        if text.isprintable():
            return
        if _UNSEEN.search(text) or ("\n" in text and key not in ("say", "again")):
            what = _("“{key}” holds a character that cannot be seen.").format(key=key)
            self.wrong(key, what, _("Take out the line break or escape sequence."))
