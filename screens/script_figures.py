"""What call scripts do in use, place by place, and whether of two one does better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Key, Resize

from data.clock import DAY
from data.figures_words import compared, entries, names, title
from data.language import N_, _
from data.outside import for_screen
from data.playbook.format import Playbook
from data.script_figures import ScriptFigures, compare
from screens.base import ACTS_LIST, BACK, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.lines import BLANK, Line, Span, line, paragraph
from widgets.long_text import LongText

DAYS = 90


class ScriptFiguresScreen(DeskScreen[None]):
    """The scripts that calls of the last 90 days followed; one of them place by place, or two compared."""

    PURPOSE = N_(
        "What call scripts did on the calls of the last 90 days: how often each step was reached, how it was left, and "
        "what came of the case. Two scripts are compared with the span in which the difference lies."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        Act("figures.compare", "f2", "compare", N_("Compare"), N_("This script with the one before it."), foot=1),
        Act("figures.up", "pageup,up", "turn(-1)", N_("Page before"), N_("A page back."), listed=False),
        Act("figures.down", "pagedown,down", "turn(1)", N_("Next page"), N_("A page on."), foot=2),
        Act("figures.back", "escape,backspace,0", "back", BACK.label, BACK.help, foot=90),
        ACTS_LIST,
    )
    DIGITS = "123456789"
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._scripts: list[ScriptFigures] | None = None
        self._playbooks: dict[str, Playbook] = {}
        self._at = 0
        self._comparing = False
        self._lines = LongText(id="figures")

    def heading(self) -> str:
        return _("Script figures")

    def facts(self) -> Sequence[Span]:
        return [(_("the last {n} days").format(n=DAYS), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._lines

    def on_mount(self) -> None:
        self.open_behind(self._read)

    async def _read(self) -> None:
        now, reads = self.place.now(), self.place.reads
        found = await self.read(lambda: reads.script_figures(now - DAYS * DAY, now + 1))
        if found is not None:
            self._scripts, self._playbooks = found
            self._at = max(0, len(self._scripts) - 1)
            self._show()

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def why_not(self, act: str) -> str:
        if act == "figures.compare" and not self._comparing and len(self._scripts or ()) < 2:
            return _("There is only one script to speak of.")
        return ""

    def _show(self, *, from_the_top: bool = False) -> None:
        scripts = self._scripts
        if scripts is None:
            self._lines.show([line(" ", (_("Counting…"), look.LABEL))])
            return
        if not scripts:
            self._lines.show([line(" ", (_("No call has its outcome yet."), look.LABEL))])
            return
        below = self._compared(scripts) if self._comparing else self._one(scripts)
        self._lines.show([*self._names(scripts), BLANK, *below], from_the_top=from_the_top)

    def _names(self, scripts: list[ScriptFigures]) -> list[Line]:
        return [
            line(
                " ", (look.CURSOR if at == self._at else " ", look.HERE), " ", (str(at + 1), look.HERE), " ",
                (for_screen(title(each, name)), look.SAY if at == self._at else None),
            )
            for at, (each, name) in enumerate(zip(scripts[:9], names(scripts, self._playbooks), strict=False))
        ]  # fmt: skip

    def _one(self, scripts: list[ScriptFigures]) -> list[Line]:
        script = scripts[self._at]
        shown: list[Line] = []
        for head, rest in entries(script, self._playbooks.get(script.hash)):
            shown += [line("   ", *each) for each in paragraph(for_screen(head), self.room.width - 5)]
            shown += [line("     ", *each) for each in paragraph(for_screen(rest), self.room.width - 7, look.LABEL)]
        return shown

    def _compared(self, scripts: list[ScriptFigures]) -> list[Line]:
        first, second = scripts[self._at - 1], scripts[self._at]
        called = names(scripts, self._playbooks)[self._at - 1 : self._at + 1]
        shown: list[Line] = [line("   ", (for_screen(" → ".join(called)), look.LABEL)), BLANK]
        for each in compare(first, second):
            shares, verdict = compared(each)
            shown += [line("   ", *part) for part in paragraph(shares, self.room.width - 5)]
            shown += [line("     ", *part) for part in paragraph(verdict, self.room.width - 7, look.LABEL)]
        return shown

    # Acts

    def on_key(self, event: Key) -> None:
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._scripts or ()):
            event.stop()
            self._at, self._comparing = int(event.key) - 1, False
            self._show(from_the_top=True)

    def action_turn(self, by: int) -> None:
        self._lines.turn(by)

    def action_compare(self) -> None:
        self._comparing = not self._comparing
        self._at = max(1, self._at) if self._comparing else self._at
        self._show(from_the_top=True)
