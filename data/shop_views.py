"""The shop's views in the settings file: taken from it at start, added to it when somebody asks for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from data.errors import Refused
from data.language import _
from data.query import parse, text
from data.rows import SavedView
from data.settings_file import load_settings, save
from data.vocabulary import Role


def views_of(views: Mapping[str, str]) -> tuple[SavedView, ...]:
    """The shop's views in the order of the file, their queries in canonical form."""
    return tuple(SavedView(name, text(parse(query))) for name, query in views.items())


def add_view(config: Path, name: str, query: str, role: str) -> Mapping[str, str]:
    """Write one more view for the whole shop to the settings file, and give all that are in it then.

    `role` is that of who asks. Raises Refused for an agent, since it stands on everybody's screen, and when the shop
    has another view of that name; SettingsError when the file cannot be written.
    """
    if role == Role.AGENT:
        raise Refused(
            _("For a lead"),
            _("Only a lead gives a view to the whole shop: everybody sees it."),
            _("Ask a lead; your own view stays where it is."),
        )
    settings = load_settings(config)
    if settings.views.get(name, query) != query:
        raise Refused(
            _("The name is taken"),
            _("The shop has a view called {name}.").format(name=name),
            _("Rename yours first, or change the settings file."),
        )
    settings = replace(settings, views={**settings.views, name: query})
    save(settings, config)
    return settings.views
