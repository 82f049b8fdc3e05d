"""What frames every screen: the header, the rule that says what was just done, the foot with the keys that matter."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style

from data.language import _
from widgets import look
from widgets.acts import Act
from widgets.cells import cut, width
from widgets.lines import BLANK, Line, Span, fit, line_width, spread

FEET = 6
"""How many keys the foot names besides the one for all keys."""


def header(screen: str, far: Sequence[Span], cells: int) -> Line:
    """The program's name, the screen's, and the facts at the right end."""
    return spread(((" ", None), (_("Amends"), look.HERE), ("  ", None), (screen, look.SAY)), (*far, (" ", None)), cells)


def rule(cells: int) -> Line:
    """The thin rule."""
    return ((look.RULE * cells, look.LABEL),)


def said_rule(said: str, style: Style, cells: int) -> Line:
    """The rule with a sentence in it: what was done, who has the case, why a key did nothing."""
    if not said:
        return rule(cells)
    text = cut(said, max(0, cells - 6))
    return (
        (look.RULE * 2 + " ", look.LABEL),
        (text, style),
        (" " + look.RULE * max(0, cells - 4 - width(text)), look.LABEL),
    )


def foot(acts: Sequence[Act], cells: int) -> Line:
    """The keys that matter here in their order; what does not fit goes, but never the last, which leads to all."""
    shown = [_foot_item(act) for act in acts]
    while len(shown) > 1 and 1 + sum(map(line_width, shown)) + 3 * (len(shown) - 1) > cells:
        del shown[-2]
    line: Line = ((" ", None),)
    for at, item in enumerate(shown):
        line = (*line, *((("   ", None),) if at else BLANK), *item)
    return fit(line, cells)


def _foot_item(act: Act) -> Line:
    return ((act.shown_key, look.KEY), (" " + _(act.label), look.LABEL))


NONE_CHOSEN = -1
"""Instead of the place of a tab, where none of them is open."""


def tabs(names: Sequence[str], counts: Sequence[str], chosen: int, cells: int) -> Line:
    """The views with their digits and counts. Without room first the counts that only say "many" go, then names."""
    few = [count if at == chosen or not count.endswith("+") else "" for at, count in enumerate(counts)]
    for shown, gap in ((counts, 4), (counts, 3), (counts, 2), (few, 2), (few, 1)):
        line = _tabs(names, shown, chosen, gap)
        if line_width(line) <= cells:
            return line
    return fit(_near(names, counts, chosen, cells), cells)


def _near(names: Sequence[str], counts: Sequence[str], chosen: int, cells: int) -> Line:
    """The chosen view by name, and as many beside it as fit, the nearest first; of the others their digits."""
    named = {chosen}
    line = _tabs([name if at in named else "" for at, name in enumerate(names)], counts, chosen, 2)
    for at in sorted(range(len(names)), key=lambda at: (abs(at - chosen), -at)):
        wider = [name if one in named or one == at else "" for one, name in enumerate(names)]
        tried = _tabs(wider, counts, chosen, 2)
        if line_width(tried) > cells:
            break
        line, named = tried, named | {at}
    return line


def tabs_width(names: Sequence[str], counts: Sequence[str]) -> int:
    """How many cells the views take at least with all their names and counts."""
    return line_width(_tabs(names, counts, NONE_CHOSEN, 2))


def _tabs(names: Sequence[str], counts: Sequence[str], chosen: int, gap: int) -> Line:
    line: Line = ((" ", None),)
    left_out = False
    for at, (name, count) in enumerate(zip(names, counts, strict=True)):
        here, digit = at == chosen, f"{at + 1}" if at < 9 else ""
        # After the ninth there is no digit left, Tab goes there; a run of them without a name is one mark.
        before, left_out = left_out, not (digit or name or count)
        if left_out and before:
            continue
        if at:
            line = (*line, (" " * gap, None))
        if digit or left_out:
            line = (*line, (digit or "·", look.HERE if here else look.LABEL))
        if name:
            space = " " if digit else ""
            line = (*line, (space, None), (name, look.CHOSEN if here else look.LABEL))
        if count:
            line = (*line, (" ", None), (count, look.HERE if here else look.LABEL))
    return line
