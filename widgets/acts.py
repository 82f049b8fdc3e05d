"""What a person can do on a screen: one table feeds the keys, the foot, the list of acts and the help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import key_to_character

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

    @property
    def shown_key(self) -> str:
        """What stands on the key that is shown; empty when there is none."""
        keys = self.all_keys()
        return key_name(keys[0]) if keys else ""

    def binding(self, action: str | None = None) -> Binding:
        """The act as Textual knows it."""
        return Binding(self.keys, action or self.action, self.label, show=False, id=self.id, tooltip=self.help)


def bindings(acts: Iterable[Act]) -> list[BindingType]:
    """The acts of a widget as Textual's bindings."""
    return [act.binding() for act in acts]


def key_name(key: str) -> str:
    """What stands on the key."""
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key_name(key[5:]).upper()}"
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return key_to_character(key) or key
