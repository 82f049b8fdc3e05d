"""The rules of decency that the proof holds every state to: what must be so before the review is spoken of, and before
the order is."""

from __future__ import annotations

from collections.abc import Iterator

from data.playbook.facts import SETTLED
from data.playbook.format import IDENTITY, LISTENED, VARIABLES, Node
from data.playbook.guards import Guard, Test
from data.playbook.known import ALLOWING, Knowledge, Known
from data.playbook.lines import VARIABLE

REFUSALS = Test("refusals", low=0)
_ASKED = Test("review_asked", low=0)
_REMEDY = Test("remedy", among=SETTLED)

TELLS_TOO_EARLY = "order before identity"


def broken_on_arrival(knowledge: Knowledge, node: Node, known: Known) -> Iterator[str]:
    """The rules that arriving at a node may break, with what is known before its effects. One may come twice."""
    if not (node.asks_review or node.reminds):
        return
    asks = (REFUSALS, _ASKED, _REMEDY) if node.asks_review else (REFUSALS,)
    for split in knowledge.split(known, tuple(test for test in asks if test.name in knowledge.follows)):
        yield from _broken(knowledge.follows, node, split)


def _broken(follows: frozenset[str], node: Node, known: Known) -> Iterator[str]:
    """Of the rules whose names are followed; the others are proved elsewhere."""
    if f"marks.{IDENTITY}" in follows and IDENTITY not in known.marks:
        yield "asks before identity"
    if known.refusals:
        yield "asks after a refusal"
    if not node.asks_review:
        return
    if f"marks.{LISTENED}" in follows and LISTENED not in known.marks:
        yield "asks before listening"
    if "apologies" in follows and not known.apologies:
        yield "asks before an apology"
    if "remedy" in follows and known.remedy not in SETTLED:
        yield "asks before the remedy is settled"
    if known.asked:
        yield "asks twice"
    if follows >= ALLOWING and not any(value and name in ALLOWING for name, value in known.facts):
        yield "asks for what cannot be"


def uses_order(node: Node) -> bool:
    """Whether a line of the node tells something of the order without asking for identity itself."""
    if node.about_order:
        return True
    groups = [*node.words()]
    texts = [text for group in groups if not _asks_identity(group.when) for text in group.say]
    return any(VARIABLES.get(name, False) for text in (*texts, *node.again) for name in VARIABLE.findall(text))


def _asks_identity(guard: Guard) -> bool:
    return any(test.name == f"marks.{IDENTITY}" and test.is_ for test in guard.tests)
