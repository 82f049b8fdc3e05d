"""The kinds of tasks from `kinds.toml`: what brings them, when they are due, what to do, what the buyer is told."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from data.clock import DAY
from data.errors import ContentError
from data.language import _, language
from data.vocabulary import Cause, TaskKind, TaskResult

_FILE: Final = Path(__file__).with_name("kinds.toml")
_LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Worded:
    """A kind in one language; `tell` is what the buyer is told, with {result} and perhaps {product} to be filled."""

    title: str
    do: tuple[str, ...]
    tell: str
    results: Mapping[TaskResult, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of task. `remedies` are ids of the remedy catalogue, or whole kinds of it.

    `due` in milliseconds from when it arises; `documents`: it is done with a product's papers.
    """

    kind: TaskKind
    causes: frozenset[str]
    remedies: frozenset[str]
    due: int
    tells: bool
    documents: bool
    source: str
    zh: Worded
    en: Worded

    @property
    def words(self) -> Worded:
        """Its words in the reader's language."""
        return self.en if language() == "en" else self.zh

    @property
    def results(self) -> tuple[TaskResult, ...]:
        """What it may come to, in the order of its numbers."""
        return tuple(self.zh.results)

    def told(self, result: str, product: str, platform_language: str) -> str:
        """What the buyer is told of its result."""
        words = self.en if platform_language == "en" else self.zh
        said = words.results[TaskResult(result)]
        return words.tell.replace("{result}", said).replace("{product}", product)


@lru_cache(maxsize=1)
def kinds() -> Mapping[TaskKind, Kind]:
    """Every kind, in the order of the file."""
    return load(_FILE)


def title(kind: str) -> str:
    """What a task is called."""
    return kinds()[TaskKind(kind)].words.title


def result_label(kind: str, result: str) -> str:
    """What a task came to."""
    return kinds()[TaskKind(kind)].words.results[TaskResult(result)]


def brought_by(cause: str | None, remedies: Collection[str] = ()) -> tuple[Kind, ...]:
    """The kinds that a cause and the remedies that a buyer accepted bring, in their order."""
    return tuple(each for each in kinds().values() if cause in each.causes or each.remedies & set(remedies))


def load(path: Path) -> Mapping[TaskKind, Kind]:
    """Read and check the table. Raises ContentError that names file, kind and what is wrong."""
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, "", str(error)) from error
    if list(held) != [str(kind) for kind in TaskKind]:
        raise _wrong(path, "", _("it must have these kinds in their order: {kinds}").format(kinds=", ".join(TaskKind)))
    return {TaskKind(name): _kind(path, TaskKind(name), row) for name, row in held.items()}


def _kind(path: Path, kind: TaskKind, row: Mapping[str, Any]) -> Kind:
    for each in row.get("causes", ()):
        if each not in tuple(Cause):
            raise _wrong(path, kind, _("{value} is not known.").format(value=each))
    days = row.get("due_days")
    if not isinstance(days, int) or not 1 <= days <= 30:
        raise _wrong(path, kind, _("due_days is a number of days from 1 to 30."))
    zh, en = (_worded(path, kind, row.get(code, {})) for code in _LANGUAGES)
    if tuple(zh.results) != tuple(en.results):
        raise _wrong(path, kind, _("the results must be the same in both languages."))
    return Kind(
        kind,
        frozenset(row.get("causes", ())),
        frozenset(row.get("remedies", ())),
        days * DAY,
        bool(row.get("tells", False)),
        bool(row.get("documents", False)),
        str(row.get("source", "")),
        zh,
        en,
    )


def _worded(path: Path, kind: TaskKind, row: Mapping[str, Any]) -> Worded:
    try:
        results = {TaskResult(name): str(said) for name, said in row["results"].items()}
        worded = Worded(str(row["title"]), tuple(row["do"]), str(row["tell"]), results)
    except (KeyError, ValueError, TypeError) as error:
        raise _wrong(path, kind, str(error)) from error
    if "{result}" not in worded.tell or not results:
        raise _wrong(path, kind, _("what the buyer is told must name the {slot}.").format(slot="{result}"))
    return worded


def _wrong(path: Path, where: str, why: str) -> ContentError:
    told = f"{path.name}: {where}: {why}" if where else f"{path.name}: {why}"
    return ContentError(_("The table of tasks cannot be used"), told, "")
