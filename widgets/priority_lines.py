"""Why a case is worked when it is, in one line: its points, the weightiest named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from data.language import _
from data.priority import Point, points, worded
from data.rows import CasePage
from data.settings import Priority
from data.vocabulary import State
from widgets import look
from widgets.cells import cut, width

_NOT_RANKED = (State.CLOSED, State.ESCALATED, State.APPEALED)


def in_one_line(named: Sequence[Point], cells: int) -> str:
    """All points and the weightiest reasons that fit, the first one always."""
    total = sum(each.points for each in named)
    said = _("Priority {total}").format(total=total)
    for at, each in enumerate(named):
        longer = f"{said}{look.DOT if at else _(': ')}{worded(each)}"
        if at and width(longer) > cells:
            break
        said = longer
    return cut(said, cells)


def priority_line(page: CasePage, weights: Priority, now: int, zone: tzinfo, agent_id: int, cells: int) -> str:
    """Why the case stands where it does in the order of work; empty where F2 never takes it."""
    if page.priority is None or page.row.state in _NOT_RANKED:
        return ""
    return in_one_line(points(page.priority, weights, now, zone, agent_id), cells)
