"""Which words were said: how a line is named in a row, and how it is found again in the text that was kept.

A line is named by its node, the group of its words (a guard chose it) and the variant, so that a call is read again
without walking it: whatever the walk has become since, the words are those of that day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.playbook.format import Playbook
from data.playbook.lines import VARIABLE, line
from data.playbook.state import Run, values

AGAIN = -1
"""The group of the words with which an objection returns to its node; the others count from 0."""

SENTENCES = 3
"""So many sentences a buyer in a hurry grants, as they are asked for on the phone: may I have three sentences."""

_ENDS = re.compile(r"(?<=[。!?\uff01\uff1f…])\s*|(?<=\.)\s+")


def spoken(playbook: Playbook, run: Run) -> tuple[int, int]:
    """The group and the variant of what is to be said now; of a call that was ended by hand, those of its farewell."""
    variant = line(playbook, run, {}).variant
    value_of = values(run)
    if run.ended:
        groups = [leave.when for leave in playbook.leaves]
    else:
        node = playbook.node(run.place)
        if run.again and node.again:
            return AGAIN, variant
        groups = [group.when for group in node.words()]
    return next((at for at, when in enumerate(groups) if when.holds(value_of)), 0), variant


def words_of(playbook: Playbook, node_id: str, group: int, variant: int) -> str:
    """A line by its name, its variables still open; empty where the node says nothing, or is not there."""
    node = playbook.by_id.get(node_id)
    if node is None:
        return ""
    groups: Sequence[tuple[str, ...]] = [each.say for each in node.words()]
    said = node.again if group == AGAIN else groups[group] if 0 <= group < len(groups) else ()
    return said[variant % len(said)] if said else ""


def filled(template: str, variables: Mapping[str, str], fallbacks: Mapping[str, str]) -> str:
    """A line with its variables; what is not known stands as the playbook's own word for it, between ⟨ and ⟩."""
    return VARIABLE.sub(lambda found: variables.get(found[1]) or f"⟨{fallbacks.get(found[1]) or found[1]}⟩", template)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a line, each with its mark."""
    return tuple(piece for piece in map(str.strip, _ENDS.split(text)) if piece)
