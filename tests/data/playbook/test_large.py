"""Large playbooks: proved with what guards learnt forgotten from node to node, and refused where they are too large."""

from __future__ import annotations

from random import Random

import pytest

from data.errors import PlaybookError
from data.playbook.asked import FACTS
from data.playbook.check import check
from data.playbook.explore import explored
from data.playbook.known import Knowledge
from data.playbook.load import MOST_NODES, from_text
from data.playbook.proof import Proof
from data.playbook.prove import MOST_STATES, prove
from tests.data.playbook.calls import SMALL
from tests.data.playbook.test_guards import example_of


def chained(count: int, seed: int) -> str:
    """The small playbook with a chain of nodes in it, a third of which ask a fact at random."""
    random, names = Random(seed), sorted(FACTS)
    nodes = [
        SMALL.replace(
            '{ key = 2, label = "go on", to = "sorry", times = 2 }', '{ key = 2, label = "go on", to = "n0" }'
        )
    ]
    for number in range(count):
        on = f'to = "n{number + 1}"' if number < count - 1 else 'to = "bye"'
        when = f", when = {{ {example_of(random.choice(names))} }}" if random.random() < 0.3 else ""
        nodes.append(
            f'[[node]]\nid = "n{number}"\nstage = "open"\nsay = ["Number {number}."]\nchoices = [\n'
            f'  {{ key = 1, label = "on", {on}{when} }},\n  {{ key = 2, label = "end", to = "bye" }},\n]\n'
        )
    return "\n".join(nodes)


def seen(proof: Proof) -> tuple[object, ...]:
    return proof.seen_nodes, proof.seen_choices, set(proof.broken), set(proof.dead_ends), set(proof.no_ending)


@pytest.mark.parametrize("seed", range(8))
def test_a_proof_that_forgets_misses_nothing(seed: int) -> None:
    playbook = from_text(chained(10, seed))
    exact = prove(playbook)
    forgetful = explored(playbook, Knowledge(playbook, forgets=True), MOST_STATES)
    assert exact.complete
    assert forgetful.complete
    for everything, found in zip(seen(forgetful), seen(exact), strict=True):
        assert isinstance(everything, set)
        assert isinstance(found, set)
        assert found <= everything


def test_a_playbook_with_two_thousand_nodes_is_proved_whole() -> None:
    playbook = from_text(chained(2_000, 1))
    report = check(playbook)
    assert [str(finding) for finding in report.findings] == []
    assert report.states > 2_000


def test_a_playbook_with_too_many_nodes_is_refused() -> None:
    with pytest.raises(PlaybookError, match="more than 5000 nodes"):
        from_text(chained(MOST_NODES + 1, 1), "mine.toml")
