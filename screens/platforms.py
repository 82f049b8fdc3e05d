"""What each platform allows, with its source, its date and how sure we are of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.clock import local_day
from data.language import N_, _
from data.locations import from_home
from data.platform_rules import ACTS as ROWS
from data.platform_rules import OWN_FILE, allowances
from data.platform_words import act_label, source_words, value_words
from data.vocabulary import Platform
from data.wording import platform_label
from screens.base import ACTS_LIST, BACK, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cells import pad, width
from widgets.lines import BLANK, Line, Span, line, paragraph
from widgets.long_text import LongText


class PlatformsScreen(DeskScreen[None]):
    """One platform at a time, by digit; every row with where it is known from."""

    PURPOSE = N_(
        "What each platform lets a buyer and the shop do with a review, for how long, and where that is known from. "
        "What the shop has looked up itself stands in platforms.toml beside the settings."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        *(
            Act(f"platforms.{name.value}", str(at + 1), f"platform({at})", name.value.title(), name.value, listed=False)
            for at, name in enumerate(Platform)
        ),
        Act("platforms.next", "tab,enter,right", "turn(1)", N_("Next platform"), N_("1 to 8 go to one."), foot=1),
        Act("platforms.before", "left", "turn(-1)", N_("Platform before"), N_("1 to 8 go to one.")),
        Act("platforms.down", "down,pagedown,j", "scroll(1)", N_("Further"), N_("What did not fit."), listed=False),
        Act("platforms.up", "up,pageup,k", "scroll(-1)", N_("Back up"), N_("To the top."), listed=False),
        Act("platforms.back", "escape,backspace,0", "back", BACK.label, BACK.help, foot=2, listed=False),
        ACTS_LIST,
    )
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace, platform: str | None = None) -> None:
        super().__init__(place)
        self._platforms = tuple(Platform)
        self._at = self._platforms.index(Platform(platform or place.settings.shop.platform))
        self._rows = LongText(id="rows")

    def heading(self) -> str:
        return _("Platforms' rules")

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._rows

    def on_resize(self, _event: Resize) -> None:
        self._show()

    def action_platform(self, at: int) -> None:
        self._at = at
        self._show(from_the_top=True)

    def action_turn(self, by: int) -> None:
        self.action_platform((self._at + by) % len(self._platforms))

    def action_scroll(self, by: int) -> None:
        self._rows.turn(by)

    def _show(self, *, from_the_top: bool = False) -> None:
        lines = self._lines(self.size.width - 2)
        self._rows.show([line(" ", *each) if each else BLANK for each in lines], from_the_top=from_the_top)

    def _lines(self, cells: int) -> list[Line]:
        place, chosen = self.place, self._platforms[self._at]
        today = local_day(place.now(), place.zone)
        names: list[Span | str] = []
        for at, each in enumerate(self._platforms):
            style = look.KEY if each is chosen else look.LABEL
            names += [(f"{at + 1} {platform_label(each)}", style), "  "]
        lines: list[Line] = [line(*names), BLANK]
        label = max(width(act_label(act)) for act in ROWS)
        for act in ROWS:
            row = allowances().get((chosen, act))
            if row is None:
                lines += [line((pad(act_label(act), label), look.LABEL), "  ", (_("unknown"), look.LABEL)), BLANK]
                continue
            words = paragraph(value_words(act, row), cells - label - 2)
            lines.append(line(pad(act_label(act), label), "  ", *words[0]))
            lines += [line(" " * (label + 2), *each) for each in words[1:]]
            style = look.SOON if row.stale(today) else look.LABEL
            mark = f"{look.TRIANGLE} " if row.stale(today) else ""
            told = paragraph(f"{mark}{source_words(row, today)}", cells - label - 2, style)
            if row.note:
                told += paragraph(row.note, cells - label - 2, look.LABEL)
            lines += [*(line(" " * (label + 2), *each) for each in told), BLANK]
        own = place.config.with_name(OWN_FILE) if place.config is not None else OWN_FILE
        told_where = _("What you look up yourself goes to {file}, with confirmed_on.").format(file=from_home(own))
        return [*lines, *paragraph(told_where, cells, look.LABEL)]
