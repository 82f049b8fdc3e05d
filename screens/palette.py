"""Every act of a screen and of the program, found by its Chinese name, its pinyin initials or English words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.geometry import Offset

from data.finding_commands import Command, find
from data.language import N_, _, in_every_language
from screens import everywhere
from screens.base import ACTS_LIST, BACK, PALETTE, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act, key_name
from widgets.cells import pad, width
from widgets.command_field import CommandField
from widgets.lines import BLANK, Line, Lines, Span, line
from widgets.text_field import TextField

_ALSO_CALLED = {ACTS_LIST.id: N_("Help")}
"""Names that people look for and that stand on no key."""
_NUMBERED = 9


class Palette(DeskScreen[str | None]):
    """Gives the id of the act that was picked. Typing narrows the list; Tab goes to it, and there digits pick."""

    PURPOSE = N_("Finds any act by its Chinese name, its pinyin initials or English words, and does it.")
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("palette.run", "enter", "run", N_("Do it"), N_("Do the act under the cursor."), foot=1, listed=False),
        Act("palette.type", "tab", "type", N_("Type"), N_("To the text field."), foot=2, listed=False),
        Act("palette.up", "up", "move(-1)", N_("Up"), N_("To the act above."), listed=False),
        Act("palette.down", "down", "move(1)", N_("Down"), N_("To the act below."), listed=False),
        Act("palette.page_up", "pageup", "flip(-1)", N_("Page before"), N_("A page back."), listed=False),
        Act("palette.page_down", "pagedown", "flip(1)", N_("Next page"), N_("A page on."), listed=False),
        Act(
            "palette.back", "escape,backspace,0,ctrl+p,colon", "back", BACK.label, N_("Leave it."), foot=3, listed=False
        ),
    )
    DIGITS = "123456789"

    def __init__(self, place: Workplace, commands: Iterable[Command], heading: str = "") -> None:
        super().__init__(place)
        self._every = list(commands)
        self._found = self._every
        self._heading = heading
        self._first = 0
        self._at = 0
        self._numbered = False
        self._row = CommandField(_("Find"), self._narrow, hint=_("认领, rl or claim; a key such as F3"))
        self._list = Lines(id="found", height="1fr")

    def heading(self) -> str:
        return self._heading or _("Find a command")

    def facts(self) -> list[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        self._show()
        yield self._row
        yield self._list

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def catch_up(self) -> None:
        self._show()

    # What it shows

    @property
    def _height(self) -> int:
        return max(1, self.room.height - 6)

    def _show(self) -> None:
        self._first = max(min(self._first, self._at), self._at - self._height + 1)
        shown = self._found[self._first : self._first + self._height]
        cells = self.room.width
        names = min(max((width(each.label) for each in self._every), default=0), cells // 3)
        keys = min(max((width(" ".join(each.keys)) for each in self._every), default=0), cells // 5)
        lines = [BLANK, *(self._line(at, each, names, keys) for at, each in enumerate(shown))]
        if not shown:
            lines.append(line("   ", (_("Nothing is called so."), look.LABEL)))
        self._list.show([*lines, *[BLANK] * max(0, self._height + 1 - len(lines))])
        if self._numbered:
            here = 1 + self._at - self._first
            self.app.cursor_position = Offset(self._list.region.x, self._list.region.y + here)

    def _line(self, at: int, each: Command, names: int, keys: int) -> Line:
        here = self._first + at == self._at
        digit = str(at + 1) if at < _NUMBERED and self._numbered else " "
        style = look.LABEL if each.why_not else look.SAY if here else None
        why = (f"{look.CROSS} {each.why_not}", look.SOON) if each.why_not else (each.help, look.LABEL)
        return line(
            " ",
            (look.CURSOR if here else " ", look.HERE),
            " ",
            (digit, look.HERE),
            " ",
            (pad(each.label, names), style),
            "  ",
            (pad(" ".join(each.keys), keys), look.KEY),
            "  ",
            why,
        )

    def _live_acts(self) -> Sequence[Act]:
        return self.acts if self._numbered else self._row.field.ACTS

    # Typing

    def _narrow(self, typed: str) -> None:
        self._found, self._at = find(self._every, typed), 0
        self._show()

    def on_text_field_kept(self, _message: TextField.Kept) -> None:
        self.action_run()

    def on_text_field_left(self, _message: TextField.Left) -> None:
        self.dismiss(None)

    def on_command_field_aside(self, _message: CommandField.Aside) -> None:
        self._numbered = True
        self.set_focus(None)

    # Acts

    def action_type(self) -> None:
        self._numbered = False
        self._row.field.focus()
        self._show()

    def action_move(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._found) - 1))
        self._show()

    def action_flip(self, pages: int) -> None:
        self._first = max(0, min(self._first + pages * self._height, len(self._found) - self._height))
        self.action_move(pages * self._height)

    def on_key(self, event: Key) -> None:
        if self.typing or not (event.key.isdecimal() and event.key != "0"):
            return
        event.stop()
        at = self._first + int(event.key) - 1
        if at < len(self._found) and int(event.key) <= self._height:
            self._at = at
            self._show()
            self.action_run()

    def action_run(self) -> None:
        if not self._found:
            return
        command = self._found[self._at]
        if command.why_not:
            self.say(f"{command.label}: {command.why_not}", look.SOON)
        else:
            self.dismiss(command.id)


def commands_of(screen: DeskScreen[Any]) -> Iterator[Command]:
    """What can be done from a screen: its own acts, those of the program, and those of its list."""
    own = [act for act in screen.acts if act.id != PALETTE.id]
    for act in (each for each in own if each.listed):
        yield _command(act, screen.why_not(act.id))
    for act in everywhere.offered(screen):
        yield _command(act, everywhere.why_not(screen, act.id))
    rest = [act for act in own if not act.listed]
    if not screen.typing:
        rest += screen.acts_of_focus()
    labels = [act.label for act in rest]
    for act in rest:
        # Acts of one name are the numbers of what stands on the screen, and mean nothing away from it.
        if labels.count(act.label) == 1:
            yield _command(act, screen.why_not(act.id))


def _command(act: Act, why_not: str) -> Command:
    return Command(act.id, _(act.label), _(act.help), names_of(act), tuple(map(key_name, act.all_keys())), why_not)


def names_of(act: Act) -> tuple[str, ...]:
    """All that an act is called."""
    also = _ALSO_CALLED.get(act.id)
    return (*in_every_language(act.label), *(in_every_language(also) if also else ()))
