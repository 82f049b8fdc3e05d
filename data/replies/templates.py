"""Templates for public replies by cause: thanks, the shop's own part, what was done, what changes, where to reach us.

What only the shop can know stands in 〔…〕 and has to be written before the reply can be sent: no template invents a
cause, a remedy or a measure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from data.errors import ContentError
from data.language import _
from data.vocabulary import Cause

PARTS: Final = ("thanks", "own", "done", "measure", "reach")
"""The parts of a reply in their order; `own` is the shop's own part in what went wrong."""

SLOTS: Final = frozenset({"product", "shop"})
"""What a template may name of the case. Nothing of the buyer is among it."""

LONGEST: Final = 300
"""A template as it stands fits the platform that takes least (拼多多, 300 characters)."""

MOST_BYTES = 1_000_000

_FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{([^{}]*)\}")
_KEYS = frozenset({"id", "title", "causes", *PARTS})


@dataclass(frozen=True, slots=True)
class Template:
    """One template. Without causes it fits any."""

    id: str
    title: str
    causes: frozenset[str]
    parts: tuple[str, ...]
    joined_by: str

    def text(self, *, product: str, shop: str) -> str:
        """The reply with what is known of the case; what is not stays in its brackets."""
        whole = self.joined_by.join(part for part in self.parts if part)
        return whole.replace("{product}", product).replace("{shop}", shop)


@lru_cache(maxsize=4)
def templates(language: str) -> tuple[Template, ...]:
    """The templates in a language (`zh_CN` or `en`), in the order of their file."""
    return load(_FOLDER / ("en.toml" if language == "en" else "zh.toml"))


@lru_cache(maxsize=4)
def with_own(language: str, path: Path, rules: Path | None = None) -> tuple[Template, ...]:
    """A shop's own templates, then the shipped ones that they do not replace by id.

    A file that names its `language` (`zh` or `en`) holds for that one alone. `rules` is the shop's own file for the
    linter. Raises ContentError.
    """
    shipped = templates(language)
    spoken, own = _read(path, rules)
    if spoken and spoken != language[:2]:
        return shipped
    replaced = {each.id for each in own}
    return (*own, *(each for each in shipped if each.id not in replaced))


def fitting(
    language: str, cause: str | None, own: Path | None = None, rules: Path | None = None
) -> tuple[Template, ...]:
    """Those for a cause first, then those for any; all of them where the cause is not known. `own` is the shop's file
    of templates, `rules` its file for the linter. Raises ContentError."""
    every = with_own(language, own, rules) if own else templates(language)
    if cause is None:
        return every
    return (*(each for each in every if cause in each.causes), *(each for each in every if not each.causes))


def load(path: Path, rules: Path | None = None) -> tuple[Template, ...]:
    """Read and check a file of templates. Raises ContentError that names file, template and what is wrong."""
    return _read(path, rules)[1]


def _read(path: Path, rules: Path | None) -> tuple[str, tuple[Template, ...]]:
    """The language that a file names, if any, and its templates."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _wrong(path, "", _("the file is too large"))
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(path, "", str(getattr(error, "strerror", None) or error)) from error
    spoken = held.get("language", "")
    if spoken not in ("", "zh", "en"):
        raise _wrong(path, "", _("its language is zh or en."))
    rows = held.get("template", [])
    if not isinstance(rows, list) or not rows:
        raise _wrong(path, "", _("it has no [[template]]."))
    joined_by = str(held.get("joined_by", ""))
    found: dict[str, Template] = {}
    for row in rows:
        if not isinstance(row, dict):
            raise _wrong(path, "", _("it has no [[template]]."))
        template = _template(path, row, joined_by, rules)
        if template.id in found:
            raise _wrong(path, template.id, _("there are two of that id."))
        found[template.id] = template
    return spoken, tuple(found.values())


def _template(path: Path, row: Mapping[str, Any], joined_by: str, rules: Path | None) -> Template:
    name = str(row.get("id", ""))
    if not re.fullmatch("[a-z][a-z0-9_.]*", name):
        raise _wrong(path, name, _("its id must be small letters, digits, _ and dots."))
    for key in row:
        if key not in _KEYS:
            raise _wrong(path, name, _("there is no {key} in a template.").format(key=key))
    causes = row.get("causes", [])
    if not isinstance(causes, list):
        raise _wrong(path, name, _("causes is a list."))
    for cause in causes:
        if cause not in tuple(Cause):
            raise _wrong(path, name, _("there is no cause {cause}.").format(cause=cause))
    parts = tuple(row.get(part, "") for part in PARTS)
    for part, text in zip(PARTS, parts, strict=True):
        if not isinstance(text, str) or not text.strip():
            raise _wrong(path, name, _("{part} is missing.").format(part=part))
        for slot in _SLOT.findall(text):
            if slot not in SLOTS:
                raise _wrong(path, name, _("{slot} cannot be said in public.").format(slot="{" + slot + "}"))
    template = Template(name, str(row.get("title", name)), frozenset(causes), parts, joined_by)
    _decent(path, template, rules)
    return template


def _decent(path: Path, template: Template, rules: Path | None) -> None:
    from data.replies.fit import concerns

    text = template.text(product="", shop="")
    if len(text) > LONGEST:
        raise _wrong(path, template.id, _("it is longer than {most} characters.").format(most=LONGEST))
    for concern in concerns(text, rules=rules, named=True):
        if concern.code != "gap":
            raise _wrong(path, template.id, f"{text[concern.start : concern.end]}: {concern.what}")


def _wrong(path: Path, where: str, why: str) -> ContentError:
    told = f"{path}: {where}: {why}" if where else f"{path}: {why}"
    return ContentError(_("The templates for replies cannot be used"), told, "")
