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


def fitting(language: str, cause: str | None) -> tuple[Template, ...]:
    """Those for a cause first, then those for any; all of them where the cause is not known."""
    every = templates(language)
    if cause is None:
        return every
    return (*(each for each in every if cause in each.causes), *(each for each in every if not each.causes))


def load(path: Path) -> tuple[Template, ...]:
    """Read and check a file of templates. Raises ContentError that names file, template and what is wrong."""
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, "", str(error)) from error
    rows = held.get("template", [])
    if not isinstance(rows, list) or not rows:
        raise _wrong(path, "", _("it has no [[template]]."))
    joined_by = str(held.get("joined_by", ""))
    found: dict[str, Template] = {}
    for row in rows:
        template = _template(path, row, joined_by)
        if template.id in found:
            raise _wrong(path, template.id, _("there are two of that id."))
        found[template.id] = template
    return tuple(found.values())


def _template(path: Path, row: Mapping[str, Any], joined_by: str) -> Template:
    name = str(row.get("id", ""))
    if not re.fullmatch("[a-z_]+", name):
        raise _wrong(path, name, _("its id must be small letters."))
    for key in row:
        if key not in _KEYS:
            raise _wrong(path, name, _("there is no {key} in a template.").format(key=key))
    causes = row.get("causes", [])
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
    _decent(path, template)
    return template


def _decent(path: Path, template: Template) -> None:
    from data.replies.fit import concerns

    text = template.text(product="", shop="")
    if len(text) > LONGEST:
        raise _wrong(path, template.id, _("it is longer than {most} characters.").format(most=LONGEST))
    for concern in concerns(text):
        if concern.code != "gap":
            raise _wrong(path, template.id, f"{text[concern.start : concern.end]}: {concern.what}")


def _wrong(path: Path, where: str, why: str) -> ContentError:
    told = f"{path.name}: {where}: {why}" if where else f"{path.name}: {why}"
    return ContentError(_("The templates for replies cannot be used"), told, "")
