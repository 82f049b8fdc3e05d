"""Reading and saving the settings file. Reading never writes; saving happens only when a person asks for it."""

from __future__ import annotations

import os
import re
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any

from data.errors import SettingsError
from data.language import _
from data.settings import Settings, contradictions

_TABLE_HEAD = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY_HEAD = re.compile(r"""\s*((?:[\w\-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w\-]+|"[^"]*"|'[^']*'))*)\s*=""")
_LINE_IN_ERROR = re.compile(r"\(?at line (\d+)")

_HEADER = """\
# Settings of Amends 回暖, written when somebody saved them in the program.
# You may change them here as well; a key that is not written has its default.
# The next save keeps your values, not your comments.
# 回暖的设置,在程序里点保存时写成。也可以在这里直接改;没写的项按默认值。
# 下次保存会留下您的取值,不留注释。
"""


def load_settings(path: Path) -> Settings:
    """The settings in that file; the defaults when there is none.

    Raises SettingsError naming the file, the line where it can be found, the dotted key, and the nearest right key.
    """
    return _typed(path, _source(path))


def save(settings: Settings, path: Path) -> Path | None:
    """Write the settings in one step: the old file stays whole until the new one is on the disk.

    A key keeps the form that the user gave it as long as it means the same; a default is not written unless the
    user had written it. A file whose own comments would be lost stays beside it with `.old` in its name, and
    that one is given. Raises SettingsError when the file there cannot be read as settings or the folder cannot be
    written.
    """
    import tomli_w

    source = _source(path)
    kept = _parsed(path, source)
    before = _typed(path, source)
    if source and settings == before:
        return None
    table = _table(settings, before, kept)
    text = _HEADER + ("\n" + tomli_w.dumps(table) if table else "")
    _typed(path, text)
    # A link to a file kept elsewhere stays a link.
    path = path.resolve()
    old = path.with_name(path.name + ".old") if "#" in source.removeprefix(_HEADER) else None
    try:
        if old is not None:
            _replace(old, source)
        _replace(path, text)
    except OSError as error:
        raise SettingsError(
            _("The settings cannot be saved"),
            _("{path}: {why}.").format(path=path, why=error.strerror or error),
            _("Check that the folder can be written and that the disk is not full."),
        ) from error
    return old


def written(path: Path) -> dict[str, int | None]:
    """The dotted keys that a settings file gives a value, each with its line where that can be found.

    Raises SettingsError when it cannot be read.
    """
    source = _source(path)
    return {dotted: line_of(source, dotted) for dotted in _dotted(_parsed(path, source), "")}


def _dotted(table: dict[str, Any], prefix: str) -> list[str]:
    names: list[str] = []
    for name, value in table.items():
        names += _dotted(value, f"{prefix}{name}.") if isinstance(value, dict) else [f"{prefix}{name}"]
    return names


def _source(path: Path) -> str:
    try:
        # Editors on Windows put a mark in front that TOML does not know.
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _unreadable(path, line, _("It is not UTF-8 text."), _("Save it as UTF-8.")) from error
    except OSError as error:
        why = f"{error.strerror or error}."
        raise _unreadable(path, None, why, _("Make it readable, or name another with --config.")) from error


def _parsed(path: Path, source: str) -> dict[str, Any]:
    if not source:
        return {}
    # Only somebody who wrote a file pays for the parser.
    import tomllib

    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = _LINE_IN_ERROR.search(str(error))
        line = int(found[1]) if found else None
        remedy = _('Put text in quotes and write one key = value a line, as in zone = "Asia/Shanghai".')
        raise _unreadable(path, line, _("It is not TOML: {why}.").format(why=error), remedy) from error


def _typed(path: Path, source: str) -> Settings:
    settings: Settings = _section(Settings, _parsed(path, source), "", path, source)
    for dotted, rule in contradictions(settings):
        raise _wrong(path, source, dotted, rule)
    return settings


def _section(shape: type[Any], table: dict[str, Any], prefix: str, path: Path, source: str) -> Any:
    known = {each.name: each for each in fields(shape)}
    found: dict[str, Any] = {}
    for name, value in table.items():
        dotted = f"{prefix}{name}"
        if name not in known:
            raise _unknown(path, source, dotted)
        inner = _shape(known[name])
        if inner is None:
            try:
                found[name] = known[name].metadata["kind"].read(value)
            except ValueError as error:
                raise _wrong(path, source, dotted, str(error)) from error
        elif isinstance(value, dict):
            found[name] = _section(inner, value, f"{dotted}.", path, source)
        else:
            raise _wrong(
                path, source, dotted, _("It is a section: write [{name}] and its keys below.").format(name=dotted)
            )
    return shape(**found)


def _shape(each: Field[Any]) -> type[Any] | None:
    """The dataclass of a section, or None for a key."""
    made = each.default_factory
    return made if isinstance(made, type) and is_dataclass(made) else None


def _table(now: Any, before: Any, kept: dict[str, Any]) -> dict[str, Any]:
    """The TOML table for a section: the user's own words where nothing changed, no defaults beyond those."""
    table: dict[str, Any] = {}
    default = type(now)()
    for each in fields(now):
        value = getattr(now, each.name)
        if _shape(each) is not None:
            inner = _table(value, getattr(before, each.name), kept.get(each.name, {}))
            if inner:
                table[each.name] = inner
        elif each.name in kept and value == getattr(before, each.name):
            table[each.name] = kept[each.name]
        elif each.name in kept or value != getattr(default, each.name):
            table[each.name] = each.metadata["kind"].write(value)
    return table


def _replace(path: Path, text: str) -> None:
    """Put a private file in place whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="\n"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _unreadable(path: Path, line: int | None, why: str, remedy: str) -> SettingsError:
    where = _("{path}, line {line}").format(path=path, line=line) if line else str(path)
    return SettingsError(_("The settings cannot be read"), f"{where}: {why}", remedy)


def _wrong(path: Path, source: str, dotted: str, rule: str) -> SettingsError:
    what = _("{where}: {key} does not hold what it should.").format(where=_place(path, source, dotted), key=dotted)
    return SettingsError(_("A setting is wrong"), what, rule)


def _unknown(path: Path, source: str, dotted: str) -> SettingsError:
    import difflib

    everything = list(_every_key(Settings, ""))
    near = difflib.get_close_matches(dotted, everything, n=1, cutoff=0.5)
    if not near:
        # A right name in the wrong section is nearer to the mind than its spelling says.
        last = dotted.rpartition(".")[2]
        near = [other for other in everything if other.rpartition(".")[2] == last][:1]
    remedy = (
        _("Did you mean {key}?").format(key=near[0])
        if near
        else _("Remove it. Sections are: {names}.").format(names=", ".join(f.name for f in fields(Settings)))
    )
    what = _("{where}: there is no setting {key}.").format(where=_place(path, source, dotted), key=dotted)
    return SettingsError(_("Unknown setting"), what, remedy)


def _every_key(shape: type[Any], prefix: str) -> list[str]:
    names: list[str] = []
    for each in fields(shape):
        inner = _shape(each)
        names.append(f"{prefix}{each.name}")
        names += _every_key(inner, f"{prefix}{each.name}.") if inner else []
    return names


def _place(path: Path, source: str, dotted: str) -> str:
    line = line_of(source, dotted)
    return _("{path}, line {line}").format(path=path, line=line) if line else str(path)


def line_of(source: str, dotted: str) -> int | None:
    """The line on which a key, or its section, is written: enough for a message, without a parser of its own."""
    head = ""
    found: dict[str, int] = {}
    for number, line in enumerate(source.splitlines(), start=1):
        if table := _TABLE_HEAD.match(line):
            head = _bare(table[1])
            found.setdefault(head, number)
        elif named := _KEY_HEAD.match(line):
            found.setdefault(f"{head}.{_bare(named[1])}" if head else _bare(named[1]), number)
    while dotted:
        if dotted in found:
            return found[dotted]
        dotted = dotted.rpartition(".")[0]
    return None


def _bare(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
