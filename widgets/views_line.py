"""The views of the inbox with their counts, and below them what narrows the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from data.language import _, ngettext
from data.rows import Counts, View
from widgets import look
from widgets.cases import VIEWS
from widgets.frame import NONE_CHOSEN, tabs, tabs_width
from widgets.lines import Line, Lines, line, line_width, spread

_VIEWS = tuple(VIEWS)

ON_DIGITS: Final = 2
"""So many saved views have a digit of their own after the six; 9 has the rest."""


class ViewsLine(Lines):
    """Two lines: the views by digit, and the filter in words with the number of cases it leaves."""

    def tell(
        self,
        view: View,
        counts: Counts | None,
        only: str,
        found: int | None,
        marked: int = 0,
        saved: Sequence[tuple[str, str]] = (),
        at: int | None = None,
    ) -> None:
        """Show which view is open, how many cases each has, what narrows the open one to how many, how many are
        marked. `saved` are the names and counts of the saved views, `at` is the one that is open."""
        cells = self.size.width
        numbers = ["" if counts is None else _counted(counts, each) for each in VIEWS]
        names = [_(label) for label in VIEWS.values()]
        chosen = _VIEWS.index(view) if at is None else NONE_CHOSEN
        after = _saved(saved, at, cells - tabs_width(names, numbers))
        views = (*tabs(names, numbers, chosen, cells - line_width(after)), *after)
        self.show([views, _narrowing(only, found, marked, cells)])


def _saved(saved: Sequence[tuple[str, str]], at: int | None, cells: int) -> Line:
    """The saved views after the six: with names and counts where there is room, else with digits alone."""
    for told in (saved, [(name, "") for name, _count in saved]):
        line = _tabs_of(told, at)
        if line_width(line) <= cells:
            return line
    return _tabs_of([("", "")] * len(saved), at)


def _tabs_of(saved: Sequence[tuple[str, str]], at: int | None) -> Line:
    """The first two with their digits, and behind 9 how many more there are."""
    line: Line = ()
    for place, (name, count) in enumerate(saved[:ON_DIGITS]):
        here = place == at
        line = (*line, ("  ", None), (f"{len(VIEWS) + 1 + place}", look.HERE if here else look.LABEL))
        if name:
            line = (*line, (" ", None), (name, look.CHOSEN if here else look.LABEL))
        if count:
            line = (*line, (" ", None), (count, look.HERE if here else look.LABEL))
    if len(saved) > ON_DIGITS:
        here = at is not None and at >= ON_DIGITS
        line = (*line, ("  ", None), (f"9 +{len(saved) - ON_DIGITS}", look.HERE if here else look.LABEL))
    return line


def _narrowing(only: str, found: int | None, marked: int, cells: int) -> Line:
    told = _marked(marked)
    if not only:
        clears = (("Esc", look.KEY), (" " + _("clears the marks") + " ", look.LABEL)) if marked else ()
        return spread(told, clears, cells)
    cases = "" if found is None else ngettext("{count} case", "{count} cases", found).format(count=ceiled(found))
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
    return ceiled(counts.by_view.get(view, 0), counts.ceiling)


def ceiled(count: int, ceiling: int = 1000) -> str:
    """A count as it is shown: 999+ where it stopped."""
    return f"{ceiling - 1}+" if count >= ceiling else str(count)
