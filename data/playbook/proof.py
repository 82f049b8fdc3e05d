"""What a proof saw of a playbook: which places can be reached, and which rules are broken where."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Proof:
    """What the exploration saw. A broken rule is kept once for each node, with a way to get there."""

    states: int = 0
    seen_nodes: set[str] = field(default_factory=set)
    seen_choices: set[tuple[str, int]] = field(default_factory=set)
    dead_ends: dict[str, str] = field(default_factory=dict)
    no_ending: dict[str, str] = field(default_factory=dict)
    broken: dict[tuple[str, str], str] = field(default_factory=dict)
    stray_returns: set[str] = field(default_factory=set)
    last_rung_returns: set[str] = field(default_factory=set)
    complete: bool = True
    exact: bool = True
    cut_short: bool = False

    @property
    def sound(self) -> bool:
        """Whether no rule is broken; of what was never seen nothing is said."""
        faults = (self.broken, self.dead_ends, self.no_ending, self.stray_returns, self.last_rung_returns)
        return self.complete and not any(faults)


def common(proofs: list[Proof]) -> Proof:
    """What is left of faults when each group of rules has been followed alone: a fault would be in every one, but for
    a broken rule, which only its own group can show."""
    first, *others = proofs
    first.states = sum(each.states for each in proofs)
    first.complete = all(each.complete for each in proofs)
    for each in others:
        first.broken |= each.broken
        first.seen_nodes &= each.seen_nodes
        first.seen_choices &= each.seen_choices
        first.stray_returns &= each.stray_returns
        first.last_rung_returns &= each.last_rung_returns
        for faults, theirs in ((first.dead_ends, each.dead_ends), (first.no_ending, each.no_ending)):
            for node_id in faults.keys() - theirs.keys():
                del faults[node_id]
    return first
