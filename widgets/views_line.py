"""The views of the inbox with their counts, and below them what narrows the list."""

from __future__ import annotations

from data.language import _, ngettext
from data.rows import Counts, View
from widgets import look
from widgets.cases import VIEWS
from widgets.frame import tabs
from widgets.lines import Line, Lines, line, spread

_VIEWS = tuple(VIEWS)


class ViewsLine(Lines):
    """Two lines: the views by digit, and the filter in words with the number of cases it leaves."""

    def tell(self, view: View, counts: Counts | None, only: str, found: int | None, marked: int = 0) -> None:
        """Show which view is open, how many cases each has, what narrows the open one to how many, how many are
        marked."""
        cells = self.size.width
        numbers = ["" if counts is None else _counted(counts, each) for each in VIEWS]
        names = [_(label) for label in VIEWS.values()]
        self.show([tabs(names, numbers, _VIEWS.index(view), cells), _narrowing(only, found, marked, cells)])


def _narrowing(only: str, found: int | None, marked: int, cells: int) -> Line:
    told = _marked(marked)
    if not only:
        clears = (("Esc", look.KEY), (" " + _("clears the marks") + " ", look.LABEL)) if marked else ()
        return spread(told, clears, cells)
    cases = "" if found is None else ngettext("{count} case", "{count} cases", found).format(count=_ceiled(found, 1000))
    return spread(
        (*told, *line(" ", (_("Only"), look.KEY), f" {only}  ", (cases, look.LABEL))),
        line(("Backspace", look.KEY), (" " + _("all again") + " ", look.LABEL)),
        cells,
    )


def _marked(count: int) -> Line:
    if not count:
        return ()
    return line(
        " ", (f"{look.DONE} " + ngettext("{count} marked", "{count} marked", count).format(count=count), look.HERE), " "
    )


def _counted(counts: Counts, view: View) -> str:
    return _ceiled(counts.by_view.get(view, 0), counts.ceiling)


def _ceiled(count: int, ceiling: int) -> str:
    return f"{ceiling - 1}+" if count >= ceiling else str(count)
