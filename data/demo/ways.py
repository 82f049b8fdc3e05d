"""How a call of the demo went: a way through the playbook that ends where the story says, with few objections."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from data.playbook import run as runs
from data.playbook.format import Playbook
from data.playbook.state import Run
from data.protocols import Move
from data.times import EXACT

_MOST_PLACES = 4_000
_A_STEP, _A_NO, _AN_OBJECTION = 1, 6, 4
_SOME_TIME = "tomorrow 10:00"


@dataclass
class Ways:
    """Finds ways, and remembers them: most calls that end alike went alike."""

    playbook: Playbook
    _known: dict[tuple[str, str], list[Move]] = field(default_factory=dict)

    def way(self, run: Run, line: str, standing: str) -> list[Move]:
        """The moves from the run to an ending that fits line and standing; else the call is ended by hand."""
        known = self._known.get((line, standing))
        if known is None or not _leads(self.playbook, run, known, line, standing):
            known = self._known[line, standing] = _way(self.playbook, run, line, standing)
        return known


def _leads(playbook: Playbook, run: Run, moves: list[Move], line: str, standing: str) -> bool:
    for move in moves:
        key, _space, exact = move.key.partition(" ")
        if not any(str(option.key) == key and not option.raises for option in runs.options(playbook, run)):
            return False
        run = runs.choose(playbook, run, int(key), exact)
    end = runs.ending(playbook, run)
    return end is not None and line in (end.line, *end.other_lines) and standing in end.standings


def _way(playbook: Playbook, run: Run, line: str, standing: str) -> list[Move]:
    waiting: list[tuple[int, int, Run, list[Move]]] = []
    order = count()
    heappush(waiting, (0, next(order), run, []))
    been: set[object] = set()
    while waiting and len(been) < _MOST_PLACES:
        cost, _number, at, moves = heappop(waiting)
        if _place(at) in been:
            continue
        been.add(_place(at))
        end = runs.ending(playbook, at)
        if end is not None:
            if line in (end.line, *end.other_lines) and standing in end.standings:
                return moves
            continue
        for option in runs.options(playbook, at):
            exact = _SOME_TIME if option.time == EXACT else ""
            step = _A_STEP + _A_NO * option.refusal + _AN_OBJECTION * bool(option.raises)
            after = runs.choose(playbook, at, option.key, exact)
            move = Move("choose", f"{option.key} {exact}".strip())
            heappush(waiting, (cost + step, next(order), after, [*moves, move]))
    return [Move("end")]


def _place(run: Run) -> object:
    """What two runs share when it does not matter how they came there."""
    return run.place, run.returns, run.marks, run.remedy, run.refusals, run.review_asked > 0
