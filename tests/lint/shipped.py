"""The texts that come with the program and are judged by the linter themselves: decent ones to learn from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from tests.terminal import ROOT

_ROOMS = ("playbooks", "messages", "replies", "remedies", "guides", "tasks")
_PROSE = re.compile(r"[\u4e00-\u9fff]{2}|[a-z]+ [a-z]+", re.IGNORECASE)
_VARIABLE = re.compile(r"\{[^{}]*\}")


def lines() -> list[str]:
    """Every text in the files of playbooks, templates, replies, remedies, guides and tasks, once."""
    found: dict[str, None] = {}
    for room in _ROOMS:
        for path in sorted((ROOT / "data" / room).rglob("*.toml")):
            for text in _texts(tomllib.loads(path.read_text(encoding="utf-8"))):
                if _PROSE.search(text):
                    found[_VARIABLE.sub("", text)] = None
    return [*found]


def _texts(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for each in held.values():
            yield from _texts(each)
    elif isinstance(held, list):
        for each in held:
            yield from _texts(each)
