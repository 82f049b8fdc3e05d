"""The promise linter on its first labelled set, and on what people do to slip past it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.lint import ANYBODY, AUDIENCES, KINDS, lint
from data.lint.normal import _spellings
from data.playbook.check import check
from data.playbook.load import load, shipped
from tests.lint.measure import PRACTICE, SEEN, Text, measured, read

TEXTS = read(SEEN)

KNOWN_MISSES: dict[str, str] = {
    "先口头答应他50,看他改没改再给": "neither the benefit nor the review is named",
    "这条留着对您也没什么用,帮我们清理掉吧,就是那个评论": "the review is named only as an afterthought",
    "We would be grateful if you'd delete it, the review I mean.": "the review is named only as an afterthought",
}
"""Texts that are judged wrongly, and why that is borne."""

UNLAWFUL = [each for each in TEXTS if each.kinds and each.text not in KNOWN_MISSES]
TIES = [each for each in UNLAWFUL if "benefit_for_review" in each.kinds and not each.text.isascii()]


def test_every_text_of_the_first_set_is_judged_as_labelled() -> None:
    wrong = []
    for each in TEXTS:
        found = each.found()
        fine = each.kinds <= found if each.kinds else not found
        if not fine and each.text not in KNOWN_MISSES:
            wrong.append((each.text, sorted(each.kinds), sorted(found)))
    assert wrong == []


def test_of_what_others_wrote_nearly_all_is_judged_rightly_by_whoever_it_is_read() -> None:
    texts = [replace(each, audience=ANYBODY) for path in PRACTICE for each in read(path)][::3]
    figures = measured(texts)
    assert figures.unlawful_found / figures.unlawful >= 0.93
    assert figures.harmless_flagged / figures.harmless <= 0.01


def test_the_first_set_is_large_and_half_of_it_harmless() -> None:
    figures = measured(TEXTS)
    assert len(TEXTS) >= 420
    assert 0.4 <= figures.harmless / len(TEXTS) <= 0.6
    assert all(count.right + count.missed >= 12 for count in figures.kinds.values())
    assert set(figures.kinds) == set(KINDS)
    assert len({each.text for each in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_the_shipped_playbooks_are_clean(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    assert check(load(path)).findings == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(AUDIENCES))
def test_any_text_can_be_judged_and_spans_lie_in_it(text: str, audience: str) -> None:
    for found in lint(text, audience=audience):
        assert 0 <= found.start < found.end <= len(text)
        assert found.reason
        assert found.instead


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), max_size=4), st.text(max_size=20))
def test_spans_lie_in_texts_that_were_put_together(parts: list[Text], noise: str) -> None:
    text = noise.join(each.text for each in parts)
    for found in lint(text):
        assert 0 <= found.start < found.end <= len(text)


def spaced(text: str) -> str:
    return " ".join(text)


def zero_width(text: str) -> str:
    return "\u200b".join(text)


def traditional(text: str) -> str:
    table, _pattern, _meant = _spellings()
    back: dict[str, str] = {}
    for old, new in table._simplified.items():
        back.setdefault(new, old)
    return "".join(back.get(each, each) for each in text)


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


@pytest.mark.parametrize("disguise", [spaced, zero_width, traditional, full_width], ids=lambda each: each.__name__)
def test_a_tie_in_disguise_is_still_a_tie(disguise: object) -> None:
    assert callable(disguise)
    missed = [
        each.text
        for each in TIES
        if not any(
            found.kind == "benefit_for_review"
            for found in lint(disguise(each.text), audience=each.audience, platform=each.platform)
        )
    ]
    # Signs that stand for words (5⭐) are worth nothing when even they are pulled apart.
    assert len(missed) <= (len(TIES) // 15 if disguise is spaced else 0), missed


INNOCUOUS = {
    True: ("您好。", "今天天气不错。", "快递明天到。", "感谢您的耐心。"),
    False: ("Hello.", "It is a fine day.", "The parcel comes tomorrow.", "Thank you for waiting."),
}
"""By whether the text is Chinese."""


def test_an_innocuous_sentence_takes_hardly_any_finding_away() -> None:
    told, lost = 0, []
    for number, text in enumerate(UNLAWFUL):
        more = INNOCUOUS[not text.text.isascii()][number % 4]
        longer = more + text.text if number % 8 < 4 else f"{text.text}\n{more}"
        told += 1
        if not text.kinds <= {each.kind for each in lint(longer, audience=text.audience, platform=text.platform)}:
            lost.append(longer)
    assert len(lost) <= told // 25, lost


def test_a_long_text_is_judged_whole() -> None:
    text = "您好,东西收到了吗?" * 10_000 + "改完评价截图给我,马上转您20。"
    assert [each.kind for each in lint(text)] == ["benefit_for_review"]


def test_who_reads_it_and_where_it_is_read_decides() -> None:
    assert lint("买家电话13812345678", audience="public")
    assert not lint("您预留的电话13812345678对吗", audience="buyer")
    assert lint("可以加微信发照片", platform="taobao")
    assert not lint("可以加微信发照片", platform="other")


def test_another_audience_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        lint("您好", audience="nobody")
