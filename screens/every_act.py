"""Every act there is, on whatever screen: for the keys that the settings give, and for naming those that do not work.

Imports every screen, so nothing needs this before somebody asks for it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import screens
from data.language import _
from screens.base import DeskScreen
from widgets.acts import Act
from widgets.keys import Trouble, settle
from widgets.rows import Rows


@dataclass(frozen=True, slots=True)
class Known:
    """One act with the keys it has by itself and the keys that hold."""

    act: Act
    now: Act


@lru_cache(maxsize=1)
def every_screen() -> tuple[type[DeskScreen[Any]], ...]:
    """Every kind of screen, in the order of their files; what several are made from says no purpose and is none."""
    for module in iter_modules(screens.__path__, "screens."):
        import_module(module.name)
    return tuple(sorted(_below(DeskScreen), key=lambda kind: (kind.__module__, kind.__qualname__)))


def _below(kind: type[DeskScreen[Any]]) -> Iterator[type[DeskScreen[Any]]]:
    for each in kind.__subclasses__():
        if each.PURPOSE and each.__module__.startswith("screens."):
            yield each
        yield from _below(each)


def every_act(keys: Mapping[str, str], *, letters: bool = True) -> list[Known]:
    """Every act once for each set of keys that it has by itself, with the keys that hold."""
    found: dict[tuple[str, str], Known] = {}
    for kind in every_screen():
        acts = kind.every_act()
        settled = settle(acts, keys, letters=letters, parts=kind.PARTS, digits=kind.DIGITS)
        pairs = [*zip(acts, settled.acts, strict=True), *zip(kind.PARTS, settled.parts, strict=True)]
        for act, now in pairs:
            found.setdefault((act.id, act.keys), Known(act, now))
    return list(found.values())


def troubles(keys: Mapping[str, str], *, letters: bool = True) -> list[Trouble]:
    """What is wrong with keys of one's own: ids that no act has, keys that do not work, keys that two would share."""
    ids = {known.act.id for known in every_act({})} | {act.id for act in Rows.ACTS}
    found = {each: Trouble(each, _unknown(each, ids)) for each in keys if each not in ids}
    for kind in every_screen():
        settled = settle(kind.every_act(), keys, letters=letters, parts=kind.PARTS, digits=kind.DIGITS)
        for trouble in settled.troubles:
            found.setdefault(trouble.act, trouble)
    return [found[id] for id in keys if id in found]


def _unknown(id: str, ids: set[str]) -> str:
    near = difflib.get_close_matches(id, sorted(ids), n=1, cutoff=0.5)
    told = _("There is no act {act}.").format(act=id)
    return f"{told} {_('Did you mean {key}?').format(key=near[0])}" if near else told
