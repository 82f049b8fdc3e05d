"""The keys of one's own among the settings: which act has which, what is wrong with them, and giving others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.errors import SettingsError
from data.finding_commands import Command
from data.language import _
from data.settings_book import Book, Entry
from data.settings_tree import OWN_KEYS
from screens.base import DeskScreen
from screens.every_act import Known, every_act, troubles
from screens.palette import Palette, names_of
from screens.typed import TypeText
from widgets import look
from widgets.acts import key_name
from widgets.keys import key_of
from widgets.lines import line


def key_entries(book: Book) -> list[Entry]:
    """Every act that has keys of its own, and one entry to add another."""
    now = book.now
    known = {each.act.id: each for each in reversed(every_act(now.keys, letters=now.general.letters))}
    wrong = {each.act: each.what for each in troubles(now.keys, letters=now.general.letters)}
    entries = [_entry(id, book, known.get(id), wrong.get(id, "")) for id in sorted(book.names("keys"))]
    new = Entry(
        OWN_KEYS, _("Put an act on another key…"), _("Find the act by its name, then type its keys."),
        "", "", "", False, False,
    )  # fmt: skip
    return [*entries, new]


def _entry(id: str, book: Book, known: Known | None, wrong: str) -> Entry:
    dotted, keys = f"{OWN_KEYS}{id}", book.now.keys.get(id, "")
    default = _names(known.act.keys) if known is not None else ""
    return Entry(
        dotted=dotted,
        label=f"{_(known.act.label)}  {id}" if known is not None else id,
        meaning=_(known.act.help) if known is not None else _("There is no act {act}.").format(act=id),
        value=_names(keys) or default,
        default=default,
        source=book.source_of(dotted),
        own=bool(keys),
        changed=dotted in book.changes,
        trouble=wrong,
    )


def _names(keys: str) -> str:
    return ", ".join(key_name(key_of(key)) for key in keys.split(",") if key.strip())


def ask_for_keys(screen: DeskScreen[Any], id: str, book: Book, then: Callable[[str, Any], None]) -> None:
    """Ask for the keys of an act, and without an id first for the act; `then` is told the dotted key and them."""
    if id:
        _ask(screen, id, book, then)
        return
    acts = {each.act.id: each for each in reversed(every_act(book.now.keys, letters=book.now.general.letters))}
    commands = [
        Command(id, _(each.act.label), f"{id}  {_(each.act.help)}", names_of(each.act),
                tuple(map(key_name, each.now.all_keys())))
        for id, each in sorted(acts.items())
    ]  # fmt: skip
    screen.app.push_screen(
        Palette(screen.place, commands, _("Which act?")),
        lambda id: _ask(screen, id, book, then) if id is not None else None,
    )


def _ask(screen: DeskScreen[Any], id: str, book: Book, then: Callable[[str, Any], None]) -> None:
    letters = book.now.general.letters
    known = next((each for each in every_act({}) if each.act.id == id), None)

    def keys_of(text: str) -> str:
        return ",".join(key_of(each) for each in text.replace("，", ",").replace("、", ",").split(",") if each.strip())

    def check(text: str) -> None:
        wished = {**book.now.keys, id: keys_of(text)}
        for trouble in troubles(wished, letters=letters):
            if trouble.act == id:
                raise SettingsError(_("This cannot be set"), trouble.what)

    intro = [line(" ", (id, look.LABEL))]
    if known is not None:
        intro = [
            line(" ", (_(known.act.label), look.SAY), f"  {_(known.act.help)}  ", (id, look.LABEL)),
            line(" ", (f"{_('Default')} ", look.KEY), _names(known.act.keys)),
        ]
    asked = TypeText(
        screen.place,
        _("Keys: {screen}").format(screen=_(known.act.label) if known is not None else id),
        _("Keys"),
        text=_names(book.now.keys.get(id, "")),
        hint=_("F2, or several: F2, n"),
        intro=intro,
        check=check,
    )
    screen.app.push_screen(asked, lambda text: then(f"{OWN_KEYS}{id}", keys_of(text)) if text else None)
