"""Whether a playbook says in every language what it says in one.

Playbooks that are called alike but for their language (`standard.zh`, `standard.en`) claim to be the same: an agent who
changes the language finds every node, every objection and every choice again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import NamedTuple

from data.language import _
from data.playbook.finding import Finding
from data.playbook.format import Playbook


class Lacking(NamedTuple):
    """What a playbook lacks, by the file of the playbook: the finding may be about a part of it."""

    playbook: str
    finding: Finding


def incomplete(playbooks: Iterable[Playbook]) -> Iterator[Lacking]:
    """For each of the playbooks what it lacks of one that claims to be the same in another language."""
    for one, other in permutations(playbooks, 2):
        if _family(one) == _family(other) and one.language != other.language:
            yield from (Lacking(one.source, finding) for finding in _lacks(one, other))


def _family(playbook: Playbook) -> str:
    return playbook.id.rpartition(".")[0] or playbook.id


def _lacks(one: Playbook, other: Playbook) -> Iterator[Finding]:
    mend = _("Write it here too, or give one of the two playbooks another id.")
    named = [
        (_("the entry “{name}”"), one.entries, other.entries),
        (_("the stage “{name}”"), [each.id for each in one.stages], [each.id for each in other.stages]),
        (_("the objection “{name}”"), one.objection_by_id, other.objection_by_id),
        (_("the node “{name}”"), one.by_id, other.by_id),
    ]
    for said, here, there in named:
        for name in there:
            if name not in here:
                yield _missing(one, other, 1, said.format(name=name), mend)
    for node in one.nodes:
        theirs = other.by_id.get(node.id)
        here_keys = {choice.key for choice in node.choices}
        for choice in theirs.choices if theirs else ():
            if choice.key not in here_keys:
                said = _("the choice {key} “{label}” of “{node}”")
                said = said.format(key=choice.key, label=choice.label, node=node.id)
                yield _missing(one, other, node.line, said, mend, node.file, node.id)
        lines = (len(node.lines), len(theirs.lines)) if theirs else (0, 0)
        if lines[0] < lines[1]:
            said = _("a line under a guard at “{node}”").format(node=node.id)
            yield _missing(one, other, node.line, said, mend, node.file, node.id)


def _missing(
    one: Playbook, other: Playbook, line: int, said: str, mend: str, file: str = "", node: str = ""
) -> Finding:
    what = _("it lacks {said}, which “{other}” has.").format(said=said, other=other.id)
    return Finding(file or one.source, line, node, "missing in a language", what, mend)
