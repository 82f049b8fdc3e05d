"""The texts that come with the program and are judged by the linter themselves: decent ones to learn from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from data.lint.weigh import is_chinese
from data.messages.load import SAMPLES
from data.replies.templates import templates
from tests.terminal import ROOT

_ROOMS = ("playbooks", "messages", "replies", "remedies", "guides", "tasks")
_PROSE = re.compile(r"[\u4e00-\u9fff]{2}|[a-z]+ [a-z]+", re.IGNORECASE)
_NUMBERS = {"n": "10", "amount": "10"}
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def lines() -> list[str]:
    """Every text in the files of playbooks, templates, replies, remedies, guides and tasks, once,
    as it is written and filled in with ordinary words, and the notes of the demo's agents."""
    found: dict[str, None] = {}
    for room in _ROOMS:
        for path in sorted((ROOT / "data" / room).rglob("*.toml")):
            for text in _texts(tomllib.loads(path.read_text(encoding="utf-8"))):
                if _PROSE.search(text):
                    samples = SAMPLES["zh" if is_chinese(text) else "en"]
                    found[text] = None
                    found[_VARIABLE.sub(lambda name: samples.get(name[1], _NUMBERS.get(name[1], "")), text)] = None  # noqa: B023
    for language in ("zh", "en"):
        found |= {each.text(product="", shop=""): None for each in templates(language)}
    demo = tomllib.loads((ROOT / "data" / "demo" / "cases.toml").read_text(encoding="utf-8"))
    return [*found, *_notes(demo)]


def _notes(held: object) -> Iterator[str]:
    """What the agents of the demo wrote down; what its buyers wrote is nobody's to judge."""
    if isinstance(held, dict):
        if isinstance(held.get("note"), str):
            yield held["note"]
        held = [*held.values()]
    if isinstance(held, list):
        for each in held:
            yield from _notes(each)


def _texts(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for each in held.values():
            yield from _texts(each)
    elif isinstance(held, list):
        for each in held:
            yield from _texts(each)
