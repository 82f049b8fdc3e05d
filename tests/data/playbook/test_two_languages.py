"""The Chinese and the English playbook are one graph: who knows one finds their way in the other."""

from __future__ import annotations

import re

import pytest

from data.hearing import heard
from data.playbook.format import Choice, Node, Playbook
from data.playbook.guards import Guard
from data.playbook.run import ObjectionOption
from data.vocabulary import Cause
from tests.playbooks import standard

ZH, EN = standard("zh_CN"), standard("en")
BOTH = pytest.mark.parametrize("playbook", [ZH, EN], ids=["zh", "en"])

_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def _without_words(choice: Choice) -> Choice:
    return choice._replace(label="", goes="", line=0)


def _groups(node: Node) -> list[tuple[Guard, int]]:
    return [(lines.when, len(lines.say)) for lines in node.lines]


def spoken(playbook: Playbook) -> list[str]:
    """Every line that an agent may read out."""
    lines = [line for leave in playbook.leaves for line in leave.say]
    for node in playbook.nodes:
        lines += [*node.say, *node.again, *(line for group in node.lines for line in group.say)]
    return lines


def test_both_have_the_same_nodes_with_the_same_duties_in_the_same_order() -> None:
    told = ("id", "home", "stage", "asks_review", "reminds", "apology", "remedy", "marks", "when", "otherwise")
    for chinese, english in zip(ZH.nodes, EN.nodes, strict=True):
        assert [getattr(english, name) for name in told] == [getattr(chinese, name) for name in told]
        assert (english.ending is None) is (chinese.ending is None), english.id


def test_the_same_key_leads_to_the_same_place_under_the_same_condition() -> None:
    for node in ZH.nodes:
        other = EN.by_id[node.id]
        assert [_without_words(each) for each in other.choices] == [_without_words(each) for each in node.choices]


def test_both_vary_their_lines_for_the_same_cases() -> None:
    for node in ZH.nodes:
        other = EN.by_id[node.id]
        assert _groups(other) == _groups(node), node.id
        assert (len(other.say), bool(other.again)) == (len(node.say), bool(node.again)), node.id


def test_both_begin_and_end_alike() -> None:
    assert EN.entries == ZH.entries
    assert [stage.id for stage in EN.stages] == [stage.id for stage in ZH.stages]
    assert [leave.when for leave in EN.leaves] == [leave.when for leave in ZH.leaves]
    for node in ZH.nodes:
        mine, other = node.ending, EN.by_id[node.id].ending
        if mine is not None and other is not None:
            assert (other.line, other.also, other.standing) == (mine.line, mine.also, mine.standing)


def test_both_answer_the_same_objections_as_often() -> None:
    assert [(o.id, o.rungs, o.refusal, o.when) for o in EN.objections] == [
        (o.id, o.rungs, o.refusal, o.when) for o in ZH.objections
    ]
    assert {f"O{number}" for number in range(1, 41)} <= {each.id for each in EN.objections}


def test_english_agents_find_not_a_word_of_chinese() -> None:
    shown = spoken(EN)
    for node in EN.nodes:
        shown += [node.purpose, node.listen, node.avoid, node.record]
        shown += [word for choice in node.choices for word in (choice.label, choice.goes)]
        shown += [node.ending.hint] if node.ending else []
    for objection in EN.objections:
        shown += [objection.label, objection.short, *objection.search]
    assert [text for text in shown if _CJK.search(text)] == []


@BOTH
def test_what_a_line_leaves_to_the_case_has_words_in_its_place(playbook: Playbook) -> None:
    named = {name for line in spoken(playbook) for name in re.findall(r"\{(\w+)\}", line)}
    assert named <= playbook.variables.keys()


@BOTH
def test_every_cause_has_an_acknowledgement_of_its_own(playbook: Playbook) -> None:
    told = " ".join(str(lines.when) for lines in playbook.by_id["apologise"].lines if "preset" not in str(lines.when))
    lacking = [cause for cause in Cause if f"'{cause.value}'" not in told]
    assert lacking == [cause for cause in Cause if cause.value.startswith("M")]
    assert "'malicious'" in told, "one for all that no honest buyer complains of; the agent judges nobody aloud"


@pytest.mark.parametrize(
    ("words", "objection"),
    [
        ("no time", "O5"),
        ("too expensive", "O39"),
        ("how did you get my number", "O41"),
        ("wrong item", "O40"),
        ("it's a scam", "O6"),
        ("my lawyer", "O17"),
    ],
)
def test_english_words_of_a_buyer_find_the_objection(words: str, objection: str) -> None:
    options = [ObjectionOption(o.number, o.id, o.label, o.short or o.label, o.search, 0, 0) for o in EN.objections]
    assert objection in [each.id for each in heard(options, words)][:3]
