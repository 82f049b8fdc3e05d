"""What a call turns aside for (an objection, a sub-graph), and with what knowledge it may come back from there."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

State = tuple[str, int]
"""A node, and the number of what is known there (`data.playbook.explore`)."""


@dataclass(slots=True, eq=False)
class Aside:
    """What the call turned aside for, entered with one knowledge: with what one may come back (numbers of
    knowledge as bits), and who waits, each with the node to go on at (empty: where it
    stands). `above` come back alike."""

    exits: int = 0
    waiting: list[tuple[State, str]] = field(default_factory=list)
    above: list[Aside] = field(default_factory=list)


class WaysBack:
    """Where each state of an aside leads out to. `coming` is who comes back next: the state that waited, the node to
    go on at, and the number of what is known then."""

    def __init__(self) -> None:
        self.coming: deque[tuple[State, str, int]] = deque()
        self._exits: dict[State, int] = {}
        self._leads_out: dict[State, dict[State | Aside, None]] = defaultdict(dict)

    def wait(self, aside: Aside, state: State, then: str) -> None:
        """A state waits for what comes back, and goes on with what has come back already."""
        aside.waiting.append((state, then))
        if aside.exits:
            self.coming += [(state, then, each) for each in _bits(aside.exits)]

    def lead_out(self, state: State, way_out: State | Aside) -> None:
        """What comes back from the state comes back from `way_out` too."""
        ways_out = self._leads_out[state]
        if way_out not in ways_out:
            ways_out[way_out] = None
            if known := self._exits.get(state):
                self.let_out(way_out, known)

    def let_out(self, through: State | Aside, known: int) -> None:
        """What may be known where one comes back (as bits) leads on to whoever waits."""
        pending: list[tuple[State | Aside, int]] = [(through, known)]
        while pending:
            through, known = pending.pop()
            if isinstance(through, Aside):
                new = known & ~through.exits
                if new:
                    through.exits |= new
                    bits = _bits(new)
                    self.coming += [(state, then, each) for each in bits for state, then in through.waiting]
                    pending += [(above, new) for above in through.above]
                continue
            held = self._exits.get(through, 0)
            if known & ~held:
                self._exits[through] = held | known
                pending += [(above, known & ~held) for above in self._leads_out.get(through, ())]

    def further_in(self, first: Iterable[State]) -> set[State]:
        """These states, and all that one may come to from them before coming back."""
        ahead: dict[State, list[State]] = defaultdict(list)
        for state, ways_out in self._leads_out.items():
            for way_out in ways_out:
                if not isinstance(way_out, Aside):
                    ahead[way_out].append(state)
        pending = list(first)
        seen = set(pending)
        while pending:
            new = [state for state in ahead.get(pending.pop(), ()) if state not in seen]
            seen.update(new)
            pending += new
        return seen


def _bits(mask: int) -> list[int]:
    """The places of the ones in a number."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
