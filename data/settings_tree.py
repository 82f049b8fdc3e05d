"""The settings as one list: every setting by its dotted key, to be read and changed one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from data.settings import Settings
from data.settings_kinds import Kind

OWN_KEYS = "keys."
"""Before the id of an act: the keys that the settings give it."""
SHOP_VIEWS = "views."
"""Before the name of a view of the shop: its query."""


def is_named(dotted: str) -> bool:
    """Whether it is one of those that somebody names: there are as many as were written, and none by itself."""
    return dotted.startswith((OWN_KEYS, SHOP_VIEWS))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its dotted key, what it may hold, and its default."""

    dotted: str
    kind: Kind
    default: Any

    @property
    def section(self) -> str:
        """The section that it stands in."""
        return self.dotted.partition(".")[0]


def every_setting() -> Iterator[Setting]:
    """All settings in the order of the file, without those that somebody names."""
    defaults = Settings()
    for section in fields(defaults):
        inner = getattr(defaults, section.name)
        if is_dataclass(inner):
            for each in fields(inner):
                yield Setting(f"{section.name}.{each.name}", each.metadata["kind"], getattr(inner, each.name))


def value_of(settings: Settings, dotted: str) -> Any:
    """The value of one setting; for a named one that is not there an empty text."""
    section, _, name = dotted.partition(".")
    inner = getattr(settings, section)
    return inner.get(name, "") if is_named(dotted) else getattr(inner, name)


def with_values(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """The settings with some of them changed, by dotted key; an empty text takes a named one away."""
    for dotted, value in changes.items():
        section, _, name = dotted.partition(".")
        inner = getattr(settings, section)
        if is_named(dotted):
            # A changed one stays in its place, a new one comes last.
            changed: Any = {each: told for each, told in {**inner, name: value}.items() if told}
        else:
            changed = replace(inner, **{name: value})
        settings = replace(settings, **{section: changed})
    return settings
