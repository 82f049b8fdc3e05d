"""Catalogues: every text in the code has its wording, and the compiled catalogues are what the fragments say.

`data/locales/<language>/*.po` are fragments, one for each room of the code. They are merged into one
`LC_MESSAGES/amends.mo` a language, the same bytes every time. English message ids are their own wording, so an
English fragment is needed only where the English shown is to differ from the id.

Run as `python -m tests.tools.catalogues [--check]`.
"""

from __future__ import annotations

import ast
import re
import string
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("tui", "screens", "widgets", "data")
WHOLE = "zh_CN"
"""The language that must have a wording for every text in the code."""

_PLURAL_FORMS = {"zh_CN": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
_PERCENT = re.compile(r"%(?:\(\w+\))?[sdr]")


@dataclass(frozen=True, order=True)
class Message:
    """What gettext looks up: a text, with its plural where it counts things, in a context where it needs one."""

    text: str
    plural: str = ""
    context: str = ""

    def __str__(self) -> str:
        plural = f" / {self.plural!r}" if self.plural else ""
        context = f" ({self.context})" if self.context else ""
        return f"{self.text!r}{plural}{context}"


@dataclass(frozen=True)
class Code:
    """The texts in the code and where they stand, and calls whose text cannot be found by reading."""

    places: dict[Message, list[str]]
    unreadable: list[str]


@dataclass(frozen=True)
class Catalogue:
    """One language: the wording from all its fragments, where each stands, and what is wrong with them."""

    language: str
    wording: dict[Message, tuple[str, ...]]
    sources: dict[Message, str]
    troubles: list[str]


_ARGUMENTS = {"_": ("text",), "N_": ("text",), "ngettext": ("text", "plural"), "pgettext": ("context", "text")}


def texts_in_code(root: Path = ROOT) -> Code:
    """Every text that the four floors mark for the catalogue."""
    code = Code({}, [])
    for path in sorted(each for floor in FLOORS for each in (root / floor).rglob("*.py")):
        where = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_bytes(), filename=where)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ARGUMENTS:
                _read_call(node, node.func.id, f"{where}:{node.lineno}", code)
    return code


def _read_call(call: ast.Call, function: str, place: str, code: Code) -> None:
    found: dict[str, str] = {}
    for name, argument in zip(_ARGUMENTS[function], call.args, strict=False):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            found[name] = argument.value
    if len(found) == len(_ARGUMENTS[function]):
        code.places.setdefault(Message(**found), []).append(place)
    # A name is a text that N_ marked where it was written; anything put together here is in no catalogue.
    elif found or not all(isinstance(each, ast.Name | ast.Attribute | ast.Subscript) for each in call.args):
        code.unreadable.append(f"{place}: {ast.unparse(call)}")


def languages(root: Path = ROOT) -> list[str]:
    """The languages that have fragments."""
    return sorted({path.parent.name for path in (root / "data" / "locales").glob("*/*.po")})


def merge(language: str, root: Path = ROOT) -> Catalogue:
    """All fragments of a language as one catalogue."""
    catalogue = Catalogue(language, {}, {}, [])
    for path in sorted((root / "data" / "locales" / language).glob("*.po")):
        for message, wording in _fragment(path, language, catalogue.troubles):
            before = catalogue.wording.setdefault(message, wording)
            first = catalogue.sources.setdefault(message, path.name)
            if before != wording:
                said = f"{message} is {before} in {first} and {wording} in {path.name}"
                catalogue.troubles.append(said)
    return catalogue


def _fragment(path: Path, language: str, troubles: list[str]) -> Iterator[tuple[Message, tuple[str, ...]]]:
    try:
        with path.open("rb") as file:
            read = read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        troubles.append(f"{path.name} cannot be read: {error}")
        return
    entries = 0
    for entry in read:
        entries += 1
        if not entry.id:
            continue
        ids = entry.id if isinstance(entry.id, list | tuple) else (entry.id,)
        strings = entry.string if isinstance(entry.string, list | tuple) else (entry.string,)
        message = Message(ids[0], ids[1] if len(ids) > 1 else "", entry.context or "")
        if entry.fuzzy:
            troubles.append(f"{path.name}: {message} is marked fuzzy")
        worded = tuple(each for each in strings if each)
        if len(worded) < len(strings):
            troubles.append(f"{path.name}: {message} has no wording")
        else:
            yield message, worded
    written = len(re.findall(r"^msgid ", path.read_text(encoding="utf-8"), re.MULTILINE))
    if written != entries:
        troubles.append(f"{path.name} has an entry twice, or none for its header ({written} written, {entries} read)")


def missing(code: Code, catalogue: Catalogue) -> dict[str, list[str]]:
    """Texts of the code that have no wording, by the file in which each stands first."""
    found: dict[str, list[str]] = {}
    for message, places in code.places.items():
        if message not in catalogue.wording:
            file, _, line = places[0].rpartition(":")
            found.setdefault(file, []).append(f"line {line}: {message}")
    return found


def left_over(code: Code, catalogue: Catalogue) -> dict[str, list[str]]:
    """Wording for texts that no code has, by fragment."""
    found: dict[str, list[str]] = {}
    for message, fragment in catalogue.sources.items():
        if message not in code.places:
            found.setdefault(fragment, []).append(str(message))
    return found


def unlike_placeholders(catalogue: Catalogue) -> dict[str, list[str]]:
    """Wording whose placeholders are not those of its text, by fragment."""
    found: dict[str, list[str]] = {}
    for message, wording in catalogue.wording.items():
        # A plural has the number; the singular may leave it out.
        allowed = [placeholders(message.plural or message.text), placeholders(message.text)]
        for each in wording:
            if placeholders(each) not in allowed:
                found.setdefault(catalogue.sources[message], []).append(f"{message} -> {each!r}")
    return found


def placeholders(text: str) -> frozenset[str]:
    """The names in braces and the percent fields; braces that are no format count as one."""
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        names = ["{"]
    return frozenset(names) | frozenset(_PERCENT.findall(text))


def compiled(catalogue: Catalogue) -> bytes:
    """The catalogue in gettext's binary form, sorted, without dates or names of tools."""
    forms = _PLURAL_FORMS[catalogue.language]
    header = f"Language: {catalogue.language}\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: {forms}\n"
    pairs = {b"": header.encode()}
    for message, wording in catalogue.wording.items():
        context = f"{message.context}\x04" if message.context else ""
        plural = f"\x00{message.plural}" if message.plural else ""
        pairs[f"{context}{message.text}{plural}".encode()] = "\x00".join(wording).encode()
    keys = sorted(pairs)
    start = 28 + 16 * len(keys)
    tables, blob = b"", b""
    for strings in (keys, [pairs[key] for key in keys]):
        for each in strings:
            tables += struct.pack("<II", len(each), start + len(blob))
            blob += each + b"\x00"
    count = len(keys)
    return struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, start) + tables + blob


def compiled_path(language: str, root: Path = ROOT) -> Path:
    """Where a language's compiled catalogue lies."""
    return root / "data" / "locales" / language / "LC_MESSAGES" / "amends.mo"


def listed(found: dict[str, list[str]]) -> str:
    """Findings by file, for a message."""
    return "\n".join(f"{file}\n" + "\n".join(f"    {each}" for each in found[file]) for file in sorted(found))


def troubles(root: Path = ROOT) -> Iterator[str]:
    """Everything that is wrong with texts and wording, a paragraph each."""
    code = texts_in_code(root)
    if code.unreadable:
        yield "Texts put together inside the call:\n" + "\n".join(f"    {each}" for each in code.unreadable)
    for language in languages(root):
        catalogue = merge(language, root)
        if catalogue.troubles:
            yield f"{language}: wrong fragments:\n" + "\n".join(f"    {each}" for each in catalogue.troubles)
        checks = {
            "text without wording": missing(code, catalogue) if language == WHOLE else {},
            "wording for a text that no code has": left_over(code, catalogue),
            "placeholders that differ": unlike_placeholders(catalogue),
        }
        for title, found in checks.items():
            if found:
                yield f"{language}: {title}:\n{listed(found)}"
        target = compiled_path(language, root)
        if not target.exists() or target.read_bytes() != compiled(catalogue):
            yield f"{language}: the compiled catalogue is behind its fragments; run: make catalogues"


def write(root: Path = ROOT) -> Iterator[Path]:
    """Compile every language whose catalogue is behind; gives the files that changed."""
    for language in languages(root):
        target, content = compiled_path(language, root), compiled(merge(language, root))
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            yield target


def main(arguments: Iterable[str]) -> int:
    """Write the catalogues, or with --check only say what is wrong; 1 when something is."""
    if "--check" not in arguments:
        for path in write():
            print(f"wrote {path.relative_to(ROOT).as_posix()}")
    found = list(troubles())
    for each in found:
        print(each)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
