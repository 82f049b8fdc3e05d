"""The query language: what is read, in both languages and widths, how it is written, and what an error says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import QueryError
from data.language import choose_language
from data.query import Known, Query, parse, text
from data.query.lexicon import KEYS, choices, folded, key_names
from data.query.tree import Day, Name, Number, Sought, Span, Term, Word
from tests.data.query.queries import AGENTS, QUERIES, SHOPS

KNOWN = Known(AGENTS, SHOPS)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    choose_language("en")
    yield
    choose_language("en")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_what_is_written_is_read_as_the_same_query(code: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(QUERIES)
    def check(query: Query) -> None:
        choose_language(code)
        assert parse(text(query), KNOWN) == query
        assert parse(text(query, spoken=True), KNOWN) == query

    check()


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('评级差:：,、！!-－"“” grade bad开<2h\u3000'), max_size=20))
def test_whatever_is_typed_is_a_query_or_an_error_with_its_place(typed: str) -> None:
    try:
        again = text(parse(typed, KNOWN))
    except QueryError as error:
        place, again = error.at, ""
        assert 1 <= place <= len(typed) + 1 and error.what  # noqa: PT017, PT018 - either way is right
    assert text(parse(again, KNOWN)) == again


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("店铺：旗舰店 评级：差、中 期限：＜２小时 归属：无", "shop:旗舰店 grade:bad,neutral due:<2h owner:none"),
        ("GRADE:Bad State:WAITING", "grade:bad state:waiting"),
        ("原因:质量 星级：≤2 承诺:有 通话:0 拒绝:是", "cause:quality rating:<=2 promised:yes called:0 refused:yes"),
        ("期限:今天 距今:超过3天 回访:11月24日", "due:today age:>3d follow:11-24"),
        ("期限:2小时内 due:2h", "due:<2h"),
        ("“穿了 几天” －好看", '"穿了 几天" -好看'),
        ("！评级:差 期限:<2小时", "! grade:bad due:<2h"),
        ("!grade:bad", "! grade:bad"),
        ("grade:bad ! due:today 开线", "grade:bad ! due:today 开线"),
        ('owner:我,"阿 明"', 'owner:me,"阿 明"'),
        ("http://x.cn/1 12:30", '"http://x.cn/1" "12:30"'),
        ("太差！！真的", "太差！！真的"),
        ('"还没打完', "还没打完"),
        ("! -", ""),
        ("  ", ""),
    ],
)
def test_both_languages_and_widths_come_to_one_form(typed: str, canonical: str) -> None:
    assert text(parse(typed, KNOWN)) == canonical


def test_each_language_is_shown_in_its_own_words() -> None:
    query = parse("grade:bad due:<2h owner:none 开线", KNOWN)
    assert text(query, spoken=True) == "grade:bad due:<2h owner:none 开线"
    choose_language("zh_CN")
    assert text(query, spoken=True) == "评级:差 期限:<2小时 归属:无 开线"


def test_a_query_is_frozen_values() -> None:
    query = parse("grade:bad,neutral rating:<=2 due:>1d due:<11-24 owner:aming -开线 ! 慢", KNOWN)
    assert query == Query(
        (
            Term("grade", (Word("bad"), Word("neutral"))),
            Term("rating", (Number("<=", 2),)),
            Term("due", (Span(">", 1, "d"),)),
            Term("due", (Day("<", None, 11, 24),)),
            Term("owner", (Name("aming"),)),
            Sought("开线", negated=True),
        ),
        ((Sought("慢"),),),
    )
    assert len({query, parse(text(query), KNOWN)}) == 1


@pytest.mark.parametrize(
    ("typed", "at", "said"),
    [
        ("开线 grde:bad", 4, "Did you mean grade:?"),
        ("评机:差", 1, "Did you mean 评级:?"),
        ("grade:badd", 7, "Did you mean bad?"),
        ("平台：陶宝", 4, "Did you mean 淘宝?"),
        ("grade:bad,neutrl", 11, "Did you mean neutral?"),
        ("owner:莉丽", 7, "Did you mean 莉莉?"),
        ("shop:旗舰点", 6, "Did you mean 回暖旗舰店?"),
        ("grade:", 1, "Known are: bad, neutral, good."),
        ("rating:many", 8, "Known are: 2, <=2, >0."),
        ("due:<2x", 5, "Known are: <2h"),
        ("due:02-30", 5, "Known are:"),
        ("age:today", 5, "Known are: <2h, >3d."),
        ("客服说:不退", 1, "Quotes search for it"),
        ("promised:yess", 10, "Did you mean yes?"),
    ],
)
def test_an_unknown_key_or_value_is_told_its_place_and_the_nearest_right_one(typed: str, at: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed, KNOWN)
    assert caught.value.at == at
    assert f"Character {at}:" in caught.value.what
    assert said in caught.value.remedy


def test_too_many_words_are_refused() -> None:
    with pytest.raises(QueryError, match="More than 24"):
        parse(" ".join(map(str, range(30))), KNOWN)


def test_names_are_taken_as_they_are_where_nobody_is_known() -> None:
    assert parse("owner:谁 shop:哪家") == Query((Term("owner", (Name("谁"),)), Term("shop", (Name("哪家"),))))


def test_plain_words_stay_the_plain_search() -> None:
    assert parse("开线 起球").is_plain
    assert not parse("开线 -起球").is_plain
    assert not parse("! 开线").is_plain
    assert not parse("grade:bad").is_plain


def test_two_queries_together_say_everything_once() -> None:
    both = parse("grade:bad 开线") & parse("grade:bad ! due:today")
    assert text(both) == "grade:bad 开线 ! due:today"


def test_no_two_keys_and_no_two_words_of_a_key_share_a_name() -> None:
    names = [folded(name) for key in KEYS.values() for name in {key.name, key.chinese, *key.also}]
    assert len(names) == len(set(names)) == len(key_names())
    for key in KEYS.values():
        own = [folded(name) for choice in key.choices for name in {choice.name, choice.chinese}]
        assert len(own) == len(set(own)), key.name
        assert all(choices(key)[folded(choice.name)] is choice for choice in key.choices)
        assert all(choices(key)[folded(choice.chinese)] is choice for choice in key.choices)
