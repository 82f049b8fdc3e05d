"""Random queries: every key with every kind of value it takes, words, and what is turned round."""

from __future__ import annotations

from hypothesis import strategies as st

from data.query.lexicon import KEYS, Key, Kind
from data.query.tree import Day, Name, Number, Part, Query, Sought, Span, Term, Value, Word
from data.rows import AgentRow, ShopRow

AGENTS = (AgentRow(1, "lili", "莉莉", "agent", None), AgentRow(2, "aming", "阿 明", "agent", None))
SHOPS = (ShopRow(1, "taobao", "回暖旗舰店", "Asia/Shanghai"), ShopRow(2, "pdd", "回暖 分店", "Asia/Shanghai"))

COMPARED = st.sampled_from(("<", "<=", ">", ">="))
WORDS = st.sampled_from(
    ("开线", "起球", "不", "XL", "慢 了", "差:评", "-5", "!", "ＡＢ", "t**1", "46043470580833", "a,b、c")
)
_NAMES = {
    Kind.AGENT: ("莉莉", "aming", "阿 明"),
    Kind.SHOP: ("旗舰店", "回暖", "暖 分"),
    Kind.TITLE: ("卫裤", "橙子 5斤", "XL"),
}
DAYS = st.one_of(
    st.builds(Day, st.sampled_from(("", "<", "<=", ">", ">=")), st.sampled_from((-1, 0, 1))),
    st.builds(
        Day,
        st.sampled_from(("", "<", "<=", ">", ">=")),
        st.none(),
        st.sampled_from((2, 11)),
        st.integers(1, 29),
        st.sampled_from((None, 2024, 2028)),
    ),
)
SPANS = st.builds(Span, COMPARED, st.integers(0, 90), st.sampled_from(("m", "h", "d", "w")))


def _values(key: Key) -> st.SearchStrategy[Value]:
    kinds: list[st.SearchStrategy[Value]] = []
    if key.choices:
        kinds.append(st.sampled_from([Word(choice.name) for choice in key.choices]))
    if key.kind in _NAMES:
        kinds.append(st.sampled_from([Name(name) for name in _NAMES[key.kind]]))
    if key.kind is Kind.NUMBER:
        kinds.append(st.builds(Number, st.one_of(st.just(""), COMPARED), st.integers(0, 6)))
    if key.kind in (Kind.TIME, Kind.AGE):
        kinds.append(SPANS)
    if key.kind in (Kind.TIME, Kind.DAY):
        kinds.append(DAYS)
    return st.one_of(kinds)


def terms(name: str) -> st.SearchStrategy[Term]:
    """Terms with this key."""
    values = st.lists(_values(KEYS[name]), min_size=1, max_size=3, unique=True).map(tuple)
    return st.builds(Term, st.just(name), values, st.booleans())


PARTS: st.SearchStrategy[Part] = st.one_of(
    st.sampled_from(sorted(KEYS)).flatmap(terms), st.builds(Sought, WORDS, st.booleans())
)


def _groups(least: int, most: int) -> st.SearchStrategy[tuple[Part, ...]]:
    return st.lists(PARTS, min_size=least, max_size=most, unique=True).map(tuple)


QUERIES = st.builds(Query, _groups(0, 3), st.lists(_groups(1, 3), max_size=1, unique=True).map(tuple))
