"""The shop's views among the settings: a name and a typed query each, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.errors import SettingsError
from data.language import _
from data.outside import for_screen
from data.settings_book import Book, Entry
from data.settings_kinds import NamedQueries
from data.settings_tree import SHOP_VIEWS
from screens.base import DeskScreen
from screens.typed import TypeText
from widgets import look
from widgets.lines import line


def view_entries(book: Book) -> list[Entry]:
    """Every view of the shop, and one entry to add another."""
    entries = []
    for name in book.names("views"):
        query, dotted = for_screen(book.now.views.get(name, "")), f"{SHOP_VIEWS}{name}"
        told = query or _("taken away")
        entries.append(
            Entry(dotted, for_screen(name), told, told, "", book.source_of(dotted), bool(query), dotted in book.changes)
        )
    new = Entry(
        SHOP_VIEWS, _("Add a view…"), _("Type its name, then the query, as in the search of the inbox."),
        "", "", "", False, False,
    )  # fmt: skip
    return [*entries, new]


def ask_for_view(screen: DeskScreen[Any], name: str, book: Book, then: Callable[[str, Any], None]) -> None:
    """Ask for the query of a view, and without a name first for that; `then` is told the dotted key and the query."""
    if name:
        _ask(screen, name, book, then)
        return
    asked = TypeText(
        screen.place, _("Add a view…"), _("Name of the view"), check=lambda text: _check(text, "grade:bad")
    )
    screen.app.push_screen(asked, lambda typed: _ask(screen, typed, book, then) if typed else None)


def _ask(screen: DeskScreen[Any], name: str, book: Book, then: Callable[[str, Any], None]) -> None:
    asked = TypeText(
        screen.place,
        for_screen(name),
        _("Query"),
        text=book.now.views.get(name, ""),
        hint="grade:bad due:<2h owner:none",
        intro=[line(" ", (_("To take the view away, leave and press F8."), look.LABEL))],
        check=lambda text: _check(name, text),
    )
    screen.app.push_screen(asked, lambda text: then(f"{SHOP_VIEWS}{name}", text) if text else None)


def _check(name: str, query: str) -> None:
    try:
        NamedQueries().read({name: query})
    except ValueError as error:
        raise SettingsError(_("This cannot be set"), str(error)) from error
