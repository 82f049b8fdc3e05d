"""Keys of one's own: which act is on which key once the settings have been heard, and what is wrong with them.

A key that cannot work, or that two acts of one screen would share, is named and the act keeps its default.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from textual.binding import Binding

from data.language import _
from widgets.acts import Act, key_name

NO_KEY: Final = "f63"
"""A key that no keyboard has: what an act is bound to that has no key of its own."""

_OTHER_NAMES: Final = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "page_up": "pageup", "pgdn": "pagedown",
    "pgdown": "pagedown", "page_down": "pagedown", "del": "delete", "ins": "insert", "backtab": "shift+tab",
}  # fmt: skip
_NAMED: Final = frozenset(
    {"enter", "escape", "space", "tab", "shift+tab", "backspace", "delete", "insert"}
    | {"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
)
_FUNCTION: Final = frozenset({"f2", "f3", "f5", "f6", "f7", "f8", "f9"})
_SIGNS: Final = string.punctuation.replace(",", "")
"""A comma stands between two keys of an act; as a key it is written out."""
_SAME_AS: Final = {
    "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape",
}  # fmt: skip
"""Control keys that a terminal sends as the very same byte as another key."""
_TAKEN: Final = frozenset({"ctrl+c", "ctrl+d", "ctrl+q", "ctrl+s", "ctrl+z", "ctrl+a", "ctrl+b", "ctrl+v", "ctrl+o"})
"""Interrupt, end, flow control, suspend, literal; and the prefixes of screen and tmux."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the key of one's own for an act, worded."""

    act: str
    what: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The acts of a screen, and of the parts on it, with the keys that hold; and what did not come to hold."""

    acts: tuple[Act, ...]
    parts: tuple[Act, ...]
    troubles: tuple[Trouble, ...] = ()


def is_letter(key: str) -> bool:
    """Whether the key is a plain letter, which opens an input method's window instead."""
    return len(key) == 1 and key.isalpha()


def is_text(key: str) -> bool:
    """Whether the key types something into a text field."""
    return key == "space" or len(key) == 1 or key in _sign_names()


def key_of(told: str) -> str:
    """A key as the terminal's border names it, from the way that people write it: `Esc`, `PgDn`, `/`, `Ctrl-S`."""
    key = told.strip()
    if key == ",":
        return "comma"
    if len(key) == 1:
        return next(iter(Binding.make_bindings([Binding(key, "x")]))).key
    key = re.sub(r"^(ctrl|shift|alt)\s*[-+]\s*", r"\1+", key.casefold())
    prefix, plus, last = key.rpartition("+")
    return f"{prefix}{plus}{key_of(last)}" if plus and len(last) == 1 else _OTHER_NAMES.get(key, key)


def why_not(key: str) -> str:
    """Why no act can be put on a key; empty when one can. The key is as `key_of` gives it."""
    if key in _SAME_AS:
        return _("A terminal cannot tell {key} from {other}.").format(key=key_name(key), other=key_name(_SAME_AS[key]))
    if key in _TAKEN:
        return _("{key} is taken by the terminal itself.").format(key=key_name(key))
    if re.fullmatch(r"f\d+", key) and key not in _FUNCTION:
        return _("{key} is taken by terminals and input methods; F2, F3 and F5 to F9 are free.").format(
            key=key_name(key)
        )
    if key.startswith("alt+"):
        return _("Keys with Alt do not arrive safely on a slow line.")
    if key in _NAMED or key in _FUNCTION or re.fullmatch(r"ctrl\+[a-z]|[A-Za-z0-9]", key) or key in _sign_names():
        return ""
    return _("There is no key {key}.").format(key=key)


@lru_cache(maxsize=1)
def _sign_names() -> frozenset[str]:
    return frozenset({"comma", *map(key_of, _SIGNS)})


def settle(
    acts: Sequence[Act],
    keys: Mapping[str, str],
    *,
    letters: bool = True,
    parts: Sequence[Act] = (),
    digits: str = "",
) -> Settled:
    """Give the acts of one screen the keys of the settings, as far as they work.

    `parts` are the acts of a list or a field on it, `digits` those that pick what stands on it. Without `letters`
    no act keeps a letter.
    """
    if not keys and letters:
        return Settled(tuple(acts), tuple(parts))
    every = (*acts, *parts)
    own: dict[str, tuple[str, ...]] = {}
    troubles: list[Trouble] = []
    for act in every:
        if act.id in keys and act.id not in own:
            told = tuple(key_of(each) for each in keys[act.id].split(",") if each.strip())
            what = _wrong(act, told, letters, digits)
            if what:
                troubles.append(Trouble(act.id, what))
            else:
                own[act.id] = told
    while shared := list(_shared(every, own, letters)):
        for each in shared:
            own.pop(each.act, None)
        troubles += shared
    settled = [_keyed(act, own, letters) for act in every]
    return Settled(tuple(settled[: len(acts)]), tuple(settled[len(acts) :]), tuple(troubles))


def _wrong(act: Act, told: Sequence[str], letters: bool, digits: str) -> str:
    """What is wrong with the keys for an act, whatever the others have."""
    for key in told:
        if what := why_not(key):
            return what
        if key in digits:
            return _("{key} picks from what stands on this screen.").format(key=key)
        if act.id.startswith("field.") and is_text(key):
            return _("{key} is text in a field.").format(key=key_name(key))
    if told and not letters and all(map(is_letter, told)):
        return _("Letters are switched off, and it would have no other key.")
    return ""


def _keyed(act: Act, own: Mapping[str, tuple[str, ...]], letters: bool) -> Act:
    told = own.get(act.id, tuple(act.all_keys()))
    return replace(act, keys=",".join(key for key in told if letters or not is_letter(key)))


def _shared(acts: Sequence[Act], own: Mapping[str, tuple[str, ...]], letters: bool) -> Iterator[Trouble]:
    """A trouble for every act with keys of its own that shares one of them; shared from the start is no trouble."""
    holders: dict[str, list[Act]] = {}
    for act in acts:
        for key in _keyed(act, own, letters).all_keys():
            holders.setdefault(key, []).append(act)
    told = set()
    for key, those in holders.items():
        for act in those:
            others = [each for each in those if each.id != act.id and not _both_have(act, each, key)]
            if act.id in own and others and act.id not in told:
                told.add(act.id)
                names = ", ".join(each.id for each in others)
                yield Trouble(act.id, _("{key} is on {others} as well.").format(key=key_name(key), others=names))


def _both_have(act: Act, other: Act, key: str) -> bool:
    return key in act.all_keys() and key in other.all_keys()


def keymap(acts: Iterable[Act], settled: Iterable[Act]) -> dict[str, str]:
    """What differs from the acts' own keys, by id, as Textual wants it."""
    pairs = zip(acts, settled, strict=True)
    return {act.id: now.keys or NO_KEY for act, now in pairs if now.all_keys() != act.all_keys()}
