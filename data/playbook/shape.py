"""What the proof goes by of a playbook: its graph without its words. Two languages of one playbook have the same."""

from __future__ import annotations

from typing import NamedTuple

from data.playbook.decency import uses_order
from data.playbook.format import EndingRule, Node, Objection, Playbook, Sub

_SOME_ENDING = EndingRule("")


class Shape(NamedTuple):
    """A graph that can be told from another: nodes, objections, sub-graphs and entries, all without words."""

    nodes: tuple[Node, ...]
    objections: tuple[Objection, ...]
    subs: tuple[Sub, ...]
    entries: tuple[tuple[str, str], ...]

    def playbook(self) -> Playbook:
        """The playbook of this shape: whoever explores it sees what two playbooks have in common, and nothing else."""
        return Playbook("", "", 1, "", dict(self.entries), (), self.nodes, self.objections, self.subs)


def shape(playbook: Playbook) -> Shape:
    """The shape of a playbook. What a line tells of the order is kept as `about_order`."""
    return Shape(
        tuple(_wordless(node) for node in playbook.nodes),
        tuple(
            Objection(0, each.id, "", when=each.when, refusal=each.refusal, rungs=each.rungs)
            for each in playbook.objections
        ),
        tuple(Sub(each.id, entry=each.entry) for each in playbook.subs),
        tuple(playbook.entries.items()),
    )


def _wordless(node: Node) -> Node:
    return Node(
        node.id,
        choices=tuple(each._replace(label="", goes="", time="", line=0) for each in node.choices),
        when=node.when,
        otherwise=node.otherwise,
        asks_review=node.asks_review,
        reminds=node.reminds,
        apology=node.apology,
        about_order=uses_order(node),
        marks=node.marks,
        counts=node.counts,
        remedy=node.remedy,
        ending=_SOME_ENDING if node.ending is not None else None,
        home=node.home,
    )
