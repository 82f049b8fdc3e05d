"""What remedies cost: one plain table, by cause, product, agent, the time until it was agreed, or case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize

from data.clock import DAY, day_bounds
from data.language import N_, _
from data.outside import for_screen
from data.remedies.costs import LABELS, row_name, told, total
from data.remedies.rows import CostRow
from screens.base import ACTS_LIST, DeskScreen
from screens.workplace import Workplace
from widgets import look
from widgets.acts import Act
from widgets.cells import pad, width
from widgets.frame import tabs
from widgets.lines import BLANK, Line, Lines, Span, line

_BY = tuple(LABELS)
_SPANS = (7, 30, 90, 365)


class CostsScreen(DeskScreen[None]):
    """The costs of the remedies that were agreed lately."""

    PURPOSE = N_(
        "What the remedies that were agreed cost, the dearest first: by cause, product, agent, time until agreed, case."
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        *(
            Act(f"costs.{by.value}", str(at + 1), f"by({at})", label, label, listed=False)
            for at, (by, label) in enumerate(LABELS.items())
        ),
        Act("costs.turn", "tab", "turn", N_("By what"), N_("1 to 5 go to one."), foot=1, listed=False),
        Act("costs.span", "6,f6", "span", N_("How long back"), N_("7, 30, 90 or 365 days."), foot=2),
        Act("costs.down", "down,pagedown,j", "page(1)", N_("Further"), N_("What did not fit."), listed=False),
        Act("costs.up", "up,pageup,k", "page(-1)", N_("Back up"), N_("To the top."), listed=False),
        Act("costs.back", "escape,backspace,0", "back", N_("Back"), N_("To the list."), foot=90, listed=False),
        ACTS_LIST,
    )
    DEFAULT_CSS = "CostsScreen > #tabs { height: 2; } CostsScreen > #table { height: 1fr; }"
    AUTO_FOCUS = ""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._at, self._span, self._first = 0, 1, 0
        self._rows: Sequence[CostRow] = ()
        self._tabs = Lines(id="tabs")
        self._table = Lines(id="table", height="1fr")

    def heading(self) -> str:
        return look.DOT.join((_("What remedies cost"), _("{n} days").format(n=_SPANS[self._span])))

    def facts(self) -> Sequence[Span]:
        return [(self.clock_time(), look.LABEL)]

    def body(self) -> ComposeResult:
        yield self._tabs
        yield self._table

    def on_mount(self) -> None:
        self.open_behind(self._load)

    def on_resize(self, _event: Resize) -> None:
        self._show()

    async def _load(self) -> None:
        place, by = self.place, _BY[self._at]
        until = day_bounds(place.now(), place.zone)[1]
        since = until - _SPANS[self._span] * DAY
        rows = await self.read(lambda: place.reads.remedy_costs(by, since=since, until=until))
        if rows is not None:
            self._rows, self._first = rows, 0
            self.show_header()
            self._show()

    def _show(self) -> None:
        names = [_(label) for label in LABELS.values()]
        self._tabs.show([tabs(names, [""] * len(names), self._at, self.room.width), BLANK])
        lines = self._lines()
        room = max(3, self.size.height - 8)
        self._first = max(0, min(self._first, len(lines) - room))
        shown = lines[self._first : self._first + room]
        if len(lines) - self._first > room:
            shown = [*shown, line("  ", ("…", look.KEY))]
        self._table.show([self._row((_(LABELS[_BY[self._at]]), _("Remedies"), _("Worth"), _("Cost")), True), *shown])

    def _lines(self) -> list[Line]:
        if not self._rows:
            return [line("  ", (_("Nothing was agreed in this time."), look.LABEL))]
        by = _BY[self._at]
        lines = [self._row((for_screen(row_name(by, row)), *told(row))) for row in self._rows]
        lines += [BLANK, *(self._row((_("All"), *told(row))) for row in total(self._rows))]
        if any(row.unknown for row in self._rows):
            lines.append(line("  ", (_("+ the cost of some is not known."), look.LABEL)))
        return lines

    def _row(self, parts: tuple[str, str, str, str], head: bool = False) -> Line:
        name, *figures = parts
        cells = max(12, min(40, self.room.width - 44))
        right = "".join(" " * max(0, 13 - width(each)) + each for each in figures)
        return line("  ", (pad(name, cells) + right, look.LABEL if head else None))

    def action_by(self, at: int) -> None:
        self._at = at
        self.behind(self._load, group="table")

    def action_turn(self) -> None:
        self.action_by((self._at + 1) % len(_BY))

    def action_span(self) -> None:
        self._span = (self._span + 1) % len(_SPANS)
        self.behind(partial(self._load), group="table")

    def action_page(self, by: int) -> None:
        self._first += by * max(1, self.size.height - 10)
        self._show()
