"""What a text as a whole weighs, and how the weights are learnt."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from data.lint import KINDS
from data.lint.normal import plain, respelt
from data.lint.weigh import PORTION, WHOLE, from_lines, kind_of, sentences, standard, weigh
from tests.lint.learn import Example, example, learnt
from tests.lint.measure import SEEN, read
from tests.lint.shipped import lines

TIE = "改完给您返现"
DECENT = "您的退款已经办好了。"


def learning() -> list[Example]:
    """Every fourth text of the first set."""
    return [example(each.text, each.kinds) for each in read(SEEN)[::4]]


def test_every_text_that_comes_with_the_program_is_decent() -> None:
    weights = standard()
    assert [line for line in lines() if weigh(respelt(plain(line)).text, weights).unlawful] == []


def test_what_was_learnt_is_learnt_the_same_again() -> None:
    assert [*learnt(learning())] == [*learnt(learning())]


def test_a_text_that_was_learnt_from_weighs_as_it_was_labelled() -> None:
    examples = learning()
    weights = from_lines(learnt(examples))
    judged = [(weigh(respelt(plain(each.text)).text, weights).weight > 0) == bool(each.kinds) for each in examples]
    assert sum(judged) >= 0.97 * len(judged)


def test_the_weights_know_every_kind_of_finding() -> None:
    weights = standard()
    assert weights.kinds == KINDS
    assert {len(points) for points in weights.by_kind.values()} == {len(KINDS)}
    assert kind_of(TIE, weights) == "benefit_for_review"


def test_what_stands_in_a_long_text_weighs_as_in_a_portion_of_it() -> None:
    weights = standard()
    long = DECENT * (3 * WHOLE // len(DECENT)) + TIE + "。" + DECENT * (3 * WHOLE // len(DECENT))
    around = (PORTION - len(TIE)) // len(DECENT)
    assert weigh(long, weights).weight >= weigh(DECENT * around + TIE + "。", weights).weight
    assert weigh(long, weights).weight > weigh(DECENT * (len(long) // len(DECENT)), weights).weight


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_can_be_weighed_and_its_heaviest_sentence_lies_in_it(text: str) -> None:
    held = respelt(plain(text)).text
    found = weigh(held, standard())
    assert 0 <= found.span[0] <= found.span[1] <= len(held)
    assert not found.unlawful or found.doubtful
    assert [each.start for each in sentences(held)] == sorted(each.start for each in sentences(held))
