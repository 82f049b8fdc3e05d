"""A playbook drawn: every node and every way is there, and no label breaks out of its quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from data.playbook.draw import edges, graphviz, mermaid, plain
from data.playbook.format import Playbook
from data.playbook.show import guard_words, tree
from tests.data.playbook.calls import all_shipped, broken, small


def test_every_choice_and_every_answer_is_an_edge() -> None:
    for playbook in all_shipped():
        drawn = list(edges(playbook))
        choices = sum(len(node.choices) for node in playbook.nodes)
        rungs = sum(len(objection.rungs) for objection in playbook.objections)
        assert len(drawn) >= choices + rungs + len(playbook.entries)
        assert {edge.start for edge in drawn} >= {node.id for node in playbook.nodes if node.choices}


def test_guards_are_shown_beside_the_way_that_they_open() -> None:
    for drawn in (tree(small()), mermaid(small()), graphviz(small())):
        assert "platform.can_ask" in drawn
        assert "refusals" in drawn
    assert guard_words(small().node("ask").when) == "platform.can_ask, refusals<=0, review_asked<=0"


@pytest.mark.parametrize("draw", [mermaid, graphviz])
def test_no_label_breaks_out_of_its_quotes(draw: Callable[[Playbook], str]) -> None:
    evil = broken('label = "nothing"', r"""label = 'a" ]; b --> c <b>|x|</b> \'""")
    for line in draw(evil).splitlines():
        assert len(re.findall(r'(?<!\\)(?:\\\\)*"', line)) % 2 == 0
        if draw is mermaid:
            assert "<b>" not in line
            assert line.count("|") in (0, 2)


def test_every_line_of_mermaid_names_places_that_it_draws() -> None:
    for playbook in all_shipped():
        first, *lines = mermaid(playbook).splitlines()
        assert first == "flowchart TD"
        places = {found[1] for line in lines if (found := re.match(r"  (n\d+)[\[(]", line))}
        for line in lines:
            if "-->" in line:
                assert {line.split()[0], line.split()[-1]} <= places


def test_plain_values_are_json_and_whole() -> None:
    held = json.loads(json.dumps(plain(small())))
    assert {node["id"] for node in held["nodes"]} == set(small().by_id)
    assert held["hash"] == small().hash
