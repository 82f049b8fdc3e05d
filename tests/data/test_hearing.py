"""What the buyer says leads to the objection that it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.hearing import heard
from data.playbook.run import ObjectionOption
from tests.playbooks import standard

CHINESE, ENGLISH = (
    tuple(
        ObjectionOption(each.number, each.id, each.label, each.short or each.label, each.search, 0, 0)
        for each in standard(language).objections
    )
    for language in ("zh_CN", "en")
)


@pytest.mark.parametrize(
    "said", ["没时间", "我现在没时间", "没有时间啊", "正开会呢", "mkbfb", "mk", "没空、不方便", "5", "５", "O5"]
)
def test_who_has_no_time_is_busy_however_it_is_said_or_typed(said: str) -> None:
    assert heard(CHINESE, said)[0].id == "O5"


def test_the_number_of_an_objection_counts_before_words_that_hold_it() -> None:
    for each in CHINESE:
        assert heard(CHINESE, str(each.number))[0] is each


def test_a_longer_phrase_within_the_sentence_counts_more_than_a_shorter_one() -> None:
    assert heard(CHINESE, "说了不改就是不改")[0].id == "O2"


@pytest.mark.parametrize("each", [*CHINESE, *ENGLISH], ids=lambda each: f"{each.id} {each.short}")
def test_every_phrase_of_an_objection_finds_it(each: ObjectionOption) -> None:
    every = CHINESE if each in CHINESE else ENGLISH
    for phrase in (each.label, each.short, *each.search):
        assert each in heard(every, phrase), phrase


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_some_of_them_each_once(typed: str) -> None:
    found = heard(CHINESE, typed)
    assert len(found) == len({each.id for each in found}) <= len(CHINESE)


def test_nothing_typed_leaves_them_as_they_stand() -> None:
    assert tuple(heard(CHINESE, "  ")) == CHINESE
