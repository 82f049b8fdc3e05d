"""The proof: whether a playbook keeps the rules of decency and comes to an end, whatever happens on a call."""

from __future__ import annotations

from functools import lru_cache

from data.playbook.explore import explored
from data.playbook.format import Playbook
from data.playbook.known import RULED, Knowledge
from data.playbook.proof import Proof, common
from data.playbook.shape import Shape, shape

MOST_STATES = 300_000
MOST_EXACT = 30_000
"""So many states are explored with everything remembered that was asked; beyond that the proof forgets."""


def prove(playbook: Playbook) -> Proof:
    """Explore the playbook from every entry. Its targets must exist (`data.playbook.check` looks first).

    First each group of rules is proved by itself (`RULED`), with all else either way: what is sound so is sound, in few
    states. Only where that finds fault everything is followed together, which tells what can really happen; and
    where that would take minutes, the facts are forgotten from node to node. That may find fault with what never
    happens (`Proof.exact`), and still misses nothing.

    The same graph in another language is not explored again: the proof is the same one, to be read and not changed.
    """
    return _of_shape(shape(playbook))


@lru_cache(maxsize=1)
def _of_shape(found: Shape) -> Proof:
    playbook = found.playbook()
    proof = each_alone(playbook)
    whole = explored(playbook, Knowledge(playbook), MOST_EXACT, unless_seen=proof.sound)
    if whole.complete and not (proof.sound and whole.cut_short):
        return whole
    if proof.sound:
        if not whole.cut_short:
            proof.exact = False
        return proof
    forgetful = explored(playbook, Knowledge(playbook, forgets=True), MOST_STATES)
    forgetful.exact = False
    return forgetful


def each_alone(playbook: Playbook) -> Proof:
    """What is left when each group of rules has been followed alone."""
    return common([explored(playbook, Knowledge(playbook, follows=group), MOST_STATES) for group in RULED])
