"""The settings as somebody changes them: what the file says, what was changed since, and what that would come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.language import _
from data.settings import Settings, contradictions
from data.settings_file import load_settings, save, written
from data.settings_kinds import Kind
from data.settings_tree import Setting, every_setting, is_named, value_of, with_values
from data.settings_words import SETTINGS, word_for

_EVERY: dict[str, Setting] = {each.dotted: each for each in every_setting()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting as it stands on a screen, every part of it in the reader's words."""

    dotted: str
    label: str
    meaning: str
    value: str
    default: str
    source: str
    own: bool
    """Whether it differs from its default."""
    changed: bool
    """Whether it was changed and is not saved yet."""
    trouble: str = ""


@dataclass(slots=True)
class Book:
    """The settings of a file, with the line of each that is written there, and the changes that are not saved."""

    saved: Settings
    lines: Mapping[str, int | None] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of_file(cls, path: Path) -> Book:
        """The book of a settings file, or of the defaults when there is none. Raises SettingsError."""
        return cls(load_settings(path), written(path))

    @property
    def now(self) -> Settings:
        """The settings with what was changed."""
        return with_values(self.saved, self.changes)

    def change(self, dotted: str, value: Any) -> None:
        """Give a setting another value, or with the saved one take the change back."""
        if value == value_of(self.saved, dotted):
            self.changes.pop(dotted, None)
        else:
            self.changes[dotted] = value

    def default_of(self, dotted: str) -> Any:
        """The default of a setting; for a named one an empty text, which takes it away."""
        return "" if is_named(dotted) else _EVERY[dotted].default

    def kind_of(self, dotted: str) -> Kind:
        """What a setting may hold; not for a named one."""
        return _EVERY[dotted].kind

    def source_of(self, dotted: str) -> str:
        """Where the value comes from."""
        # A setting that is a table has its lines under longer keys.
        lines = [line for key, line in self.lines.items() if key == dotted or key.startswith(f"{dotted}.")]
        if not lines:
            return _("default")
        line = lines[0]
        return _("file, line {line}").format(line=line) if line is not None else _("file")

    def entries(self, section: str) -> list[Entry]:
        """The settings of a section, without those that somebody names."""
        now, wrong = self.now, dict(self.contradictions())
        return [self._entry(each, now, wrong) for each in _EVERY.values() if each.section == section]

    def _entry(self, setting: Setting, now: Settings, wrong: Mapping[str, str]) -> Entry:
        dotted, kind = setting.dotted, setting.kind
        label, meaning = SETTINGS[dotted]
        value = value_of(now, dotted)
        return Entry(
            dotted,
            _(label),
            _(meaning),
            word_for(dotted, kind, value),
            word_for(dotted, kind, setting.default),
            self.source_of(dotted),
            value != setting.default,
            dotted in self.changes,
            wrong.get(dotted, ""),
        )

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Settings that do not go together: the dotted key and, in words, what must hold."""
        return contradictions(self.now)

    def told(self) -> list[tuple[str, str, str]]:
        """Every change that is not saved: the setting, what it was, what it is to be."""
        return [
            (
                self._name(dotted),
                self._word(dotted, value_of(self.saved, dotted)),
                self._word(dotted, value),
            )
            for dotted, value in self.changes.items()
        ]

    def names(self, section: str) -> list[str]:
        """What stands under names in a section, also what is to be taken away."""
        changed = [dotted.removeprefix(f"{section}.") for dotted in self.changes if dotted.startswith(f"{section}.")]
        return list(dict.fromkeys([*getattr(self.now, section), *changed]))

    def _name(self, dotted: str) -> str:
        return dotted.partition(".")[2] if is_named(dotted) else _(SETTINGS[dotted][0])

    def _word(self, dotted: str, value: Any) -> str:
        if is_named(dotted):
            return str(value) or _("none")
        return word_for(dotted, _EVERY[dotted].kind, value)

    def saved_to(self, path: Path) -> tuple[Book, Path | None]:
        """Write the changes into the file as it is by now; give the book of what is there then, and the file that
        keeps the comments that were in it.

        What others wrote to it meanwhile stays. Raises SettingsError.
        """
        kept = save(with_values(load_settings(path), self.changes), path)
        return Book.of_file(path), kept
