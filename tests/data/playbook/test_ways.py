"""Ways through a playbook: the likeliest and the longest, walked as a call walks."""

from __future__ import annotations

import pytest

from data.errors import PlaybookError
from data.playbook.facts import CallFacts
from data.playbook.format import Playbook
from data.playbook.run import choose, ending, start
from data.playbook.ways import USUAL, Way, likeliest, longest
from tests.data.playbook.calls import all_shipped, broken, small


def ends_where_it_says(playbook: Playbook, entry: str, way: Way) -> bool:
    run = start(playbook, USUAL, entry)
    for step in way.steps:
        assert run.place == step.node
        run = choose(playbook, run, step.key)
    return run.place == way.end and ending(playbook, run) is not None


def test_every_way_can_be_walked_to_its_ending() -> None:
    for playbook in (*all_shipped(), small()):
        for entry in playbook.entries:
            ways = likeliest(playbook, entry)
            assert ways
            assert [way.likelihood for way in ways] == sorted((way.likelihood for way in ways), reverse=True)
            assert sum(way.likelihood for way in ways) <= 1
            assert all(ends_where_it_says(playbook, entry, way) for way in ways)


def test_the_likeliest_way_takes_what_is_written_first() -> None:
    first = likeliest(small(), "first_contact")[0]
    assert [(step.node, step.key) for step in first.steps] == [("hello", 1), ("sorry", 1), ("ask", 1), ("bye", 1)]


def test_figures_say_better_what_is_likely_than_the_order_does() -> None:
    figures = {("hello", "1"): 3, ("hello", "2"): 96}
    first = likeliest(small(), "first_contact", figures=figures)[0]
    assert [(step.node, step.key) for step in first.steps] == [("hello", 2), ("bye", 1)]
    assert first.likelihood == pytest.approx(0.96, abs=0.01)


def test_the_longest_way_uses_up_what_may_be_repeated() -> None:
    found = longest(small(), "first_contact")
    assert found.all_seen
    assert found.way is not None
    assert [(step.node, step.key) for step in found.way.steps] == [
        ("hello", 1),
        ("sorry", 2),
        ("sorry", 2),
        ("sorry", 1),
        ("ask", 1),
        ("bye", 1),
    ]
    assert ends_where_it_says(small(), "first_contact", found.way)


def test_guards_hold_on_every_way() -> None:
    nobody_asks = longest(small(), "first_contact", CallFacts(can_revise=False, can_append=False)).way
    assert nobody_asks is not None
    assert "ask" not in {step.node for step in nobody_asks.steps}


@pytest.mark.long
def test_an_endless_playbook_still_gives_an_answer() -> None:
    found = longest(broken('"go on", to = "sorry", times = 2', '"go on", to = "sorry"'), "first_contact")
    assert not found.all_seen


def test_an_entry_that_is_not_there_is_refused() -> None:
    with pytest.raises(PlaybookError, match="no entry"):
        likeliest(small(), "nowhere")
