"""Asking for the value of one setting, by what it may hold: from a list, or typed and checked at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.language import _
from data.settings_book import Book, Entry
from data.settings_kinds import Choice, Flag, Folder, Text
from data.settings_tree import value_of
from data.settings_typing import shown, typed
from data.settings_words import word_for
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from widgets import look
from widgets.lines import Line, line, paragraph


def ask_for_value(screen: DeskScreen[Any], entry: Entry, book: Book, then: Callable[[str, Any], None]) -> None:
    """Ask for another value of a setting; `then` is told its dotted key and the value."""
    dotted, kind = entry.dotted, book.kind_of(entry.dotted)
    before = value_of(book.now, dotted)
    asked: Choose[Any] | TypeText
    if isinstance(kind, Flag | Choice):
        values = (True, False) if isinstance(kind, Flag) else kind.words
        options = [
            Option(value, word_for(dotted, kind, value), _("now") if value == before else "") for value in values
        ]
        asked = Choose(screen.place, entry.label, options, intro=_about(entry, screen))
        screen.app.push_screen(asked, lambda value: then(dotted, value) if value is not None else None)
        return
    asked = TypeText(
        screen.place,
        entry.label,
        entry.label,
        text=shown(kind, before),
        intro=[*_about(entry, screen), *_emptying(kind)],
        check=lambda text: typed(kind, text),
    )
    screen.app.push_screen(asked, lambda text: then(dotted, typed(kind, text)) if text else None)


def _about(entry: Entry, screen: DeskScreen[Any]) -> list[Line]:
    return [
        *(line(" ", *each) for each in paragraph(entry.meaning, screen.size.width - 2)),
        line(" ", (f"{_('Default')} ", look.KEY), entry.default),
    ]


def _emptying(kind: object) -> list[Line]:
    if not isinstance(kind, Text | Folder):
        return []
    return [line(" ", (_("To empty it, leave and press F8."), look.LABEL))]
