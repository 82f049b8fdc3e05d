"""What a person can do on a screen: one table feeds the keys, the foot, the list of acts and the help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from textual.binding import Binding, BindingType

_NAMES = {
    "enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "shift+tab": "Shift+Tab",
    "backspace": "Backspace", "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp",
    "pagedown": "PgDn", "home": "Home", "end": "End", "slash": "/", "question_mark": "?", "colon": ":",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its id for the key map, its keys (the first is the one shown), what it runs, and its words.

    `label` and `help` are message ids, translated when shown. `foot` is the act's place in the foot line, 0 for
    none. A `listed` act has a number in the screen's list of acts.
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    foot: int = 0
    listed: bool = True

    def all_keys(self) -> list[str]:
        """Every key, the shown one first."""
        return [key.strip() for key in self.keys.split(",") if key.strip()]

    def binding(self, action: str | None = None) -> Binding:
        """The act as Textual knows it."""
        return Binding(self.keys, action or self.action, self.label, show=False, id=self.id, tooltip=self.help)


def bindings(acts: Iterable[Act]) -> list[BindingType]:
    """The acts of a widget as Textual's bindings."""
    return [act.binding() for act in acts]


def key_name(key: str) -> str:
    """What stands on the key."""
    return _NAMES.get(key, key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key)


def is_letter(key: str) -> bool:
    """Whether the key is a plain letter, which opens an input method's window instead."""
    return len(key) == 1 and key.isalpha()


NO_KEY = "f63"
"""A key that no keyboard has: what an act is bound to that has lost its only key."""


def keymap(acts: Iterable[Act], keys: Mapping[str, str], *, letters: bool = True) -> dict[str, str]:
    """What differs from the acts' own keys, by id, as Textual wants it."""
    changed = ((act, with_keys(act, keys, letters=letters)) for act in acts)
    return {act.id: now.keys or NO_KEY for act, now in changed if now.all_keys() != act.all_keys()}


def with_keys(act: Act, keys: Mapping[str, str], *, letters: bool = True) -> Act:
    """The act with the keys that the settings give it, and without letters when those are switched off."""
    told = act.all_keys() if act.id not in keys else replace(act, keys=keys[act.id]).all_keys()
    kept = [key for key in told if letters or not is_letter(key)]
    return replace(act, keys=",".join(kept))
