"""The proof: quick where all is well, and never kinder than the exploration of everything at once."""

from __future__ import annotations

from random import Random

import pytest

from data.playbook.check import check
from data.playbook.explore import explored
from data.playbook.format import Playbook
from data.playbook.known import Knowledge
from data.playbook.load import from_text
from data.playbook.proof import Proof
from data.playbook.prove import MOST_STATES, each_alone, prove
from data.playbook.shape import shape
from tests.data.playbook.calls import SMALL, all_shipped
from tests.data.playbook.test_large import chained

PASSAGES = (
    (', marks = ["identity"]', ""),
    ("apology = true\n", ""),
    ('marks = ["listened"]\n', ""),
    (', remedy = "accepted"', ""),
    ("refusals = { max = 0 }, ", ""),
    (", review_asked = { max = 0 }", ""),
    ("platform = { can_ask = true }, ", ""),
    ('"nothing", to = "bye"', '"nothing", to = "return"'),
    ('label = "go on", to = "return" }', 'label = "go on", to = "return", when = { remedy = ["settled"] } }'),
    ('{ key = 2, label = "no", to = "bye" },', '{ key = 2, label = "no", to = "bye", when = { reopened = true } },'),
    (
        '"Understood. Goodbye."]\nchoices = [{ key = 1, label = "end", to = "over" }]',
        '"Understood. Goodbye."]\nchoices = [{ key = 1, label = "end", to = "return" }]',
    ),
    ("refusal = true\n", ""),
)


def damaged(seed: int) -> Playbook:
    """The small playbook, or one with a chain in it, with some passages taken out."""
    random = Random(seed)
    text = SMALL if random.random() < 0.5 else chained(4, seed)
    for old, new in random.sample(PASSAGES, random.randint(0, 4)):
        text = text.replace(old, new)
    return from_text(text, "damaged.toml")


def faults(proof: Proof) -> set[object]:
    nodes = (proof.dead_ends, proof.no_ending, proof.stray_returns, proof.last_rung_returns)
    return {*proof.broken, *((at, name) for at, names in enumerate(nodes) for name in names)}


@pytest.mark.parametrize("seed", range(60))
def test_following_a_group_of_rules_alone_misses_no_fault(seed: int) -> None:
    playbook = damaged(seed)
    whole, alone = explored(playbook, Knowledge(playbook), MOST_STATES), each_alone(playbook)
    assert whole.complete
    assert alone.complete
    assert faults(whole) <= faults(alone)
    assert whole.seen_nodes <= alone.seen_nodes
    assert whole.seen_choices <= alone.seen_choices


@pytest.mark.parametrize("seed", range(30))
def test_the_proof_finds_what_following_everything_finds(seed: int) -> None:
    playbook = damaged(seed)
    whole, proof = explored(playbook, Knowledge(playbook), MOST_STATES), prove(playbook)
    assert proof.exact
    assert faults(proof) == faults(whole)
    assert proof.seen_nodes == whole.seen_nodes
    assert proof.seen_choices == whole.seen_choices


def test_the_shipped_playbooks_are_proved_exactly() -> None:
    for playbook in all_shipped():
        proof = prove(playbook)
        assert proof.exact
        assert proof.complete


def test_a_guard_of_other_things_does_not_excuse_the_question() -> None:
    """That who refused was also promised something is no reason to ask them again."""
    text = SMALL.replace("refusals = { max = 0 }, ", "promised_before = true, ")
    assert "asks after a refusal" in {each.kind for each in check(from_text(text)).findings}


def test_a_place_that_only_facts_at_odds_would_reach_is_named() -> None:
    text = SMALL.replace(
        'label = "nothing", to = "bye" }', 'label = "nothing", to = "odd", when = { reopened = true } }'
    )
    text += (
        '\n[[node]]\nid = "odd"\nsay = ["Hm."]\nchoices = [\n'
        '  { key = 1, label = "on", to = "bye" },\n'
        '  { key = 2, label = "never", to = "bye", when = { reopened = false } },\n]\n'
    )
    found = {(each.kind, each.node) for each in check(from_text(text)).findings}
    assert ("never open", "odd") in found


def test_the_shipped_languages_have_one_shape_and_so_one_proof() -> None:
    first, *others = all_shipped()
    assert others
    for other in others:
        assert shape(other) == shape(first)
        assert prove(other) is prove(first)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('marks = ["listened"]\n', ""),
        (', remedy = "accepted"', ""),
        ('"nothing", to = "bye"', '"nothing", to = "ask"'),
        ("Hello, {name}?", "Hello, is it about {product}?"),
    ],
)
def test_what_may_change_the_proof_changes_the_shape(old: str, new: str) -> None:
    assert old in SMALL
    assert shape(from_text(SMALL.replace(old, new))) != shape(from_text(SMALL))


def test_other_words_for_the_same_change_no_shape() -> None:
    text = SMALL.replace("Goodbye.", "Farewell.").replace('label = "agreed"', 'label = "fine"')
    assert text != SMALL
    assert shape(from_text(text)) == shape(from_text(SMALL))
