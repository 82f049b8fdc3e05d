"""Playbooks that claim to be one in two languages: what the one lacks is named in the one that lacks it."""

from __future__ import annotations

import pytest

from data.playbook.format import Playbook
from data.playbook.load import from_text
from data.playbook.pairs import incomplete
from tests.data.playbook.calls import SMALL

HERE = SMALL.replace('id = "small"', 'id = "small.en"', 1)
THERE = SMALL.replace('id = "small"', 'id = "small.zh"', 1).replace('language = "en"', 'language = "zh_CN"')


def pair(old: str = "", new: str = "") -> list[Playbook]:
    assert not old or HERE.count(old) == 1
    return [from_text(HERE.replace(old, new) if old else HERE, "en.toml"), from_text(THERE, "zh.toml")]


def test_two_that_say_the_same_lack_nothing() -> None:
    assert list(incomplete(pair())) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('  { key = 3, label = "nothing", to = "bye" },\n', "", "choice 3 “nothing” of “sorry”"),
        ('[[stage]]\nid = "ask"\ntitle = "Ask"\n', "", "stage “ask”"),
        ('id = "O1"', 'id = "O2"', "objection “O1”"),
        ('id = "firm"', 'id = "firmly"', "node “firm”"),
        ('first_contact = "hello"', 'remedy_check = "hello"', "entry “first_contact”"),
    ],
)
def test_what_is_lacking_is_named(old: str, new: str, said: str) -> None:
    found = [each.finding for each in incomplete(pair(old, new)) if each.playbook == "en.toml"]
    assert any(said in finding.what for finding in found)
    assert {finding.kind for finding in found} == {"missing in a language"}
    assert all(finding.mend and finding.line >= 1 for finding in found)


def test_playbooks_of_other_names_are_not_compared() -> None:
    one, other = pair('id = "firm"', 'id = "firmly"')
    assert list(incomplete([one, from_text(THERE.replace("small.zh", "large.zh"), "zh.toml")])) == []
    assert list(incomplete([one, other])) != []
