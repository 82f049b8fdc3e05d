"""Every setting with its meaning, its source and its default; nothing is written until it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Offset

from data.errors import AmendsError
from data.language import N_, _, ngettext
from data.locations import from_home
from data.outside import for_screen
from data.settings_book import Book, Entry
from data.settings_tree import OWN_KEYS, SHOP_VIEWS
from data.settings_words import SECTIONS
from screens.base import ACTS_LIST, DeskScreen
from screens.choose import Choose, Option
from screens.settings_editing import ask_for_value
from screens.settings_keys import ask_for_keys, key_entries
from screens.settings_views import ask_for_view, view_entries
from screens.what_next import WhatNextScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cells import pad, width
from widgets.frame import rule, tabs
from widgets.lines import BLANK, Line, Lines, Span, line, paragraph

_NAMES = tuple(SECTIONS)


def what_next(screen: SettingsScreen) -> WhatNextScreen:
    """Today's order by the points that are saved, and beside it by those that were changed."""
    book = screen.book
    if book is None:
        return WhatNextScreen(screen.place)
    return WhatNextScreen(screen.place, book.saved.priority, book.now.priority)


class SettingsScreen(DeskScreen[None]):
    """The sections by digit, the settings of one below, and what the one under the cursor means."""

    PURPOSE = N_(
        "Every setting with its meaning, where it comes from and its default. Nothing is written until you save; "
        "other people's lines in the file stay as they are."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("settings.change", "enter", "change", N_("Change"), N_("Give the setting another value."), foot=1),
        Act("settings.save", "f5", "save", N_("Save"), N_("Write what was changed to the settings file."), foot=2),
        Act("settings.preview", "f6", "preview", N_("Try the order"),
            N_("Today's first cases, as saved and as changed."), foot=5),
        Act("settings.default", "f8", "default", N_("Default"), N_("Give the setting its default again."), foot=3),
        Act("settings.next", "tab", "turn(1)", N_("Next section"), N_("1 to 9 go to one."), foot=4, listed=False),
        Act("settings.before", "shift+tab", "turn(-1)", N_("Section before"), N_("1 to 9 go to one."), listed=False),
        Act("settings.up", "up,k", "move(-1)", N_("Up"), N_("To the setting above."), listed=False),
        Act("settings.down", "down,j", "move(1)", N_("Down"), N_("To the setting below."), listed=False),
        Act("settings.page", "pagedown", "move(8)", N_("Next page"), N_("A page on."), listed=False),
        Act("settings.page_back", "pageup", "move(-8)", N_("Page before"), N_("A page back."), listed=False),
        Act("settings.back", "escape,backspace,0", "back", N_("Back"), N_("Leave; asks where something is not saved."),
            foot=90, listed=False),
        ACTS_LIST,
        *(
            Act(f"settings.{name}", str(at + 1) if at < 9 else "", f"section({at})", label, meaning, listed=at >= 9)
            for at, (name, (label, meaning)) in enumerate(SECTIONS.items())
        ),
    )  # fmt: skip
    DEFAULT_CSS = """
    SettingsScreen > #sections { height: 2; }
    SettingsScreen > #entries { height: 1fr; }
    """
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._book: Book | None = None
        self._entries: list[Entry] = []
        self._section = 0
        self._at = 0
        self._first = 0
        self._tabs = Lines(id="sections")
        self._list = Lines(id="entries", height="1fr")
        self._detail = Lines(id="detail")

    def heading(self) -> str:
        return _("Settings")

    def facts(self) -> Sequence[Span]:
        changed = len(self._book.changes) if self._book is not None else 0
        told = ngettext("{count} not saved", "{count} not saved", changed).format(count=changed)
        return [(self.clock_time(), look.LABEL), *([(f"   {told}", look.SOON)] if changed else [])]

    def body(self) -> ComposeResult:
        yield self._tabs
        yield self._list
        yield self._detail

    def on_mount(self) -> None:
        # Read here and not behind the screen: a small file, and the first key must find it read.
        try:
            self._book = Book(self.place.settings) if self.place.config is None else Book.of_file(self.place.config)
        except AmendsError as error:
            self.refuse(error)
        self._changed()

    def on_resize(self, event: Resize) -> None:
        self._detail.styles.height = max(8, min(13, event.size.height - 16))
        self.call_after_refresh(self._show)

    def held_back(self) -> str:
        return _("The settings are not saved yet.") if self._book is not None and self._book.changes else ""

    def out_of_place(self, act: str) -> bool:
        return act == "settings.preview" and _NAMES[self._section] != "priority"

    # What it shows

    def _changed(self) -> None:
        """Read the section anew from the book, and show it."""
        section = _NAMES[self._section]
        if self._book is not None:
            named = {"keys": key_entries, "views": view_entries}.get(section)
            self._entries = named(self._book) if named is not None else self._book.entries(section)
        self._show()

    @property
    def _entry(self) -> Entry | None:
        return self._entries[self._at] if self._at < len(self._entries) else None

    def _show(self) -> None:
        cells, height = self.size.width, max(1, self._list.size.height)
        names = [_(label) for label, _meaning in SECTIONS.values()]
        self._tabs.show([tabs(names, [""] * len(names), self._section, cells)])
        entries = self._entries
        self._at = max(0, min(self._at, len(entries) - 1))
        rows = height if len(entries) <= height else max(1, height - 1)
        self._first = max(min(self._first, self._at), self._at - rows + 1)
        shown = entries[self._first : self._first + rows]
        lines = [self._line(each, here=self._first + at == self._at) for at, each in enumerate(shown)]
        if rows < len(entries):
            told = _("{from_} to {to} of {all}").format(from_=self._first + 1, to=self._first + rows, all=len(entries))
            lines.append(line("   ", ("…", look.KEY), " ", (told, look.LABEL)))
        self._list.show([*lines, *[BLANK] * (height - len(lines))])
        self._detail.show(self._details(cells))
        self.show_header()
        self.app.cursor_position = Offset(self._list.region.x, self._list.region.y + self._at - self._first)

    def _line(self, entry: Entry, *, here: bool) -> Line:
        cells = self.size.width
        names = values = cells * 3 // 8
        style = look.SAY if here else None
        mark = (_("not saved"), look.SOON) if entry.changed else (entry.source, look.LABEL)
        value = (pad(entry.value, values), look.NOTE if entry.own and not here else style)
        mark_of_cursor = (look.CURSOR if here else " ", look.HERE)
        return line(" ", mark_of_cursor, " ", (pad(entry.label, names), style), "  ", value, "  ", mark)

    def _details(self, cells: int) -> list[Line]:
        entry, lines = self._entry, [rule(cells)]
        if entry is None:
            return lines
        lines += [line(" ", *each) for each in paragraph(entry.meaning, cells - 2, None, 3)]
        if entry.source:
            default, source = (f"{_('Default')} ", look.KEY), (f"   {_('Source')} ", look.KEY)
            name = (f"   {entry.dotted}", look.LABEL)
            lines.append(line(" ", default, entry.default or _("none"), source, entry.source, name))
        if entry.trouble:
            cross = (f"{look.CROSS} ", look.BAD)
            lines += [line(" ", cross, *each) for each in paragraph(entry.trouble, cells - 4, None, 2)]
        about = _(SECTIONS[_NAMES[self._section]][1])
        if about != entry.meaning:
            lines += [BLANK, *(line(" ", *each) for each in paragraph(about, cells - 2, look.LABEL))]
        return lines

    # Moving

    def action_move(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._entries) - 1))
        self._show()

    def action_section(self, at: int) -> None:
        self._section, self._at, self._first = at, 0, 0
        self._changed()
        self.show_foot()

    def action_turn(self, by: int) -> None:
        self.action_section((self._section + by) % len(_NAMES))

    # Changing

    def why_not(self, act: str) -> str:
        if self._book is None:
            return "" if act in ("settings.back", ACTS_LIST.id) else _("The settings file cannot be read.")
        if act == "settings.preview" and _NAMES[self._section] != "priority":
            return _("That is for the priority; F9 leads there by its number.")
        if act == "settings.save" and not self._book.changes:
            return _("Nothing is changed.")
        if act == "settings.default" and (self._entry is None or not self._entry.own):
            return _("It has its default.")
        return ""

    def action_change(self) -> None:
        entry, book = self._entry, self._book
        if entry is None or book is None:
            return
        if entry.dotted.startswith(OWN_KEYS):
            ask_for_keys(self, entry.dotted.removeprefix(OWN_KEYS), book, self._set)
        elif entry.dotted.startswith(SHOP_VIEWS):
            ask_for_view(self, entry.dotted.removeprefix(SHOP_VIEWS), book, self._set)
        else:
            ask_for_value(self, entry, book, self._set)

    def action_preview(self) -> None:
        self.app.push_screen(what_next(self))

    @property
    def book(self) -> Book | None:
        """What the settings file says and what was changed since; None where it cannot be read."""
        return self._book

    def action_default(self) -> None:
        if self._entry is not None and self._book is not None:
            self._set(self._entry.dotted, self._book.default_of(self._entry.dotted))

    def _set(self, dotted: str, value: Any) -> None:
        if self._book is not None:
            self._book.change(dotted, value)
            self._changed()

    # Saving

    async def action_save(self) -> None:
        await self._save(lambda: None)

    async def _save(self, then: Callable[[], object]) -> None:
        """Save, say what holds from when, and go on with `then`."""
        book, config = self._book, self.place.config
        if book is None or config is None:
            self.say(_("There is no file that they could be saved to."), look.SOON)
            return
        wrong = next(iter(book.contradictions()), None)
        if wrong is not None:
            self._go_to(wrong[0])
            self.say(f"{look.CROSS} {wrong[1]}", look.BAD)
            return
        saved = await self.read(lambda: book.saved_to(config))
        if saved is not None:
            self._book, kept = saved
            self._changed()
            self._tell_saved(config, kept, then)

    def _go_to(self, dotted: str) -> None:
        self.action_section(_NAMES.index(dotted.partition(".")[0]))
        self._at = next((at for at, each in enumerate(self._entries) if each.dotted == dotted), 0)
        self._show()

    def _tell_saved(self, config: Path, kept: Path | None, then: Callable[[], object]) -> None:
        told, again = _("Saved: {path}").format(path=for_screen(from_home(config))), self.place.doors.again
        self.say(f"{look.CHECK} {told}", look.GOOD)
        if again is None:
            then()
            return
        holds = (
            (_("At once"), _("every command, and whoever opens the workstation from now on")),
            (_("Next start"), _("this window")),
        )
        names = max(width(when) for when, _what in holds)
        intro = [line(" ", (f"{look.CHECK} {told}", look.GOOD))]
        if kept is not None:
            intro.append(line(" ", _("Your comments are kept beside it in {file}").format(file=for_screen(kept.name))))
        intro += [line(" ", (pad(when, names), look.KEY), "  ", what) for when, what in holds]
        options = [
            Option(True, _("Start again now"), _("what is typed and an open call are kept")),
            Option(False, _("Go on; later is early enough")),
        ]

        def chosen(now: bool | None) -> None:
            if now:
                again()
            else:
                then()

        self.app.push_screen(Choose(self.place, _("Saved"), options, intro=intro), chosen)

    def action_back(self) -> None:
        book = self._book
        if book is None or not book.changes:
            self.dismiss(None)
            return
        intro = [line(" ", (_("Not saved yet:"), look.SOON))]
        intro += [line("   ", _("{setting}: {before} → {now}").format(setting=label, before=before, now=now))
                  for label, before, now in book.told()]  # fmt: skip
        options = [
            Option("save", _("Save and leave")),
            Option("lose", _("Leave without saving"), _("these changes are lost")),
            Option("stay", _("Stay")),
        ]

        async def chosen(what: str | None) -> None:
            if what == "lose":
                self.dismiss(None)
            elif what == "save":
                await self._save(lambda: self.dismiss(None))

        self.app.push_screen(Choose(self.place, _("Leave the settings?"), options, intro=intro), chosen)
