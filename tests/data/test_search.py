"""Search: whatever is typed, the index finds what looking through every text would find."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.search import Scope, find, index_range, optimise, progress, reindex
from data.search import finding as finding_module
from data.search.folding import END, fold, grams, words
from tests.data.world import World

EVERYTHING = Scope("c.open IN (0, 1)", {})
TEXTS = st.text(st.sampled_from("太短了不好好差评ＡaB1１，！ 👍\U0002a6d6٣é"), max_size=12)
TYPED = st.text(st.sampled_from("太短了不好差评aA1，！ 👍\U0002a6d6٣é\"*'"), max_size=4)


def _world(texts: list[str]) -> World:
    world = World(Path(tempfile.mkdtemp(prefix="search-")) / "shop.db")
    buyer = world.buyer(nick="someone")
    world.connection.execute("BEGIN")
    for text in texts:
        world.case(world.review(buyer, text=text))
    world.connection.execute("COMMIT")
    return world


def _holds(text: str, typed: str) -> bool:
    return all(fold(word) in fold(text) for word in typed.replace("\u3000", " ").split())


@pytest.fixture(params=["index", "look through", "walk"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the three ways in which the search may go, forced by what it decides on."""
    way = str(request.param)
    monkeypatch.setattr(finding_module, "NARROW", 10**6 if way == "look through" else -1)
    monkeypatch.setattr(finding_module, "_WALKED", 10**6 if way == "walk" else 1)
    return way


def test_every_way_finds_what_looking_at_every_text_finds(way: str) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.lists(TEXTS, min_size=1, max_size=25), st.lists(TYPED, min_size=1, max_size=6), st.integers(0, 25))
    def check(texts: list[str], asked: list[str], indexed: int) -> None:
        world = _world(texts)
        if indexed:
            index_range(world.connection, indexed)
        for typed in asked:
            expected = [at for at, text in enumerate(texts, 1) if typed.split() and _holds(text, typed)][::-1]
            assert find(world.connection, typed, EVERYTHING, limit=100) == expected, typed
            assert find(world.connection, typed, EVERYTHING, limit=100, newest_first=False) == expected[::-1], typed
            assert find(world.connection, typed, EVERYTHING, limit=3) == expected[:3], typed
            if len(expected) > 2:
                assert find(world.connection, typed, EVERYTHING, beyond=expected[1], limit=100) == expected[2:]
        world.connection.close()

    check()


@pytest.mark.parametrize(
    "typed",
    ["太", "短", "太短", "太短了", "穿了几天腰里裂了口", "卫裤", "XL", "xl", "ＸＬ", "黑", "米色", "追评", "追评 卫裤"],
)
def test_text_addition_title_and_variant_are_searched_from_one_character_on(
    tmp_path: Path, way: str, typed: str
) -> None:
    world = World(tmp_path / "shop.db")
    buyer = world.buyer()
    order = world.purchase(buyer, variant="黑 XL 米色")
    review = world.review(
        buyer, purchase_id=order, product_id=world.product(title="加绒卫裤 黑 XL"), appended_text="追评：更差了"
    )
    world.case(review)
    other = world.review(text="橙子很甜")
    world.case(other)
    world.index()
    assert find(world.connection, typed, EVERYTHING, limit=5) == [review]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("4604347058083367316", True),
        ("460434", True),
        ("7316", True),
        ("316", False),
        ("SF12345", True),
        ("sf12345", True),
        ("7890", True),
        ("6551659", True),
        ("t**8", True),
        ("T**", True),
        ("**8", False),
        ("t", True),
        ("t**8 太短", True),
        ("t**8 橙子", False),
        ("9999", False),
    ],
)
def test_ids_are_found_by_beginning_and_last_digits_and_nicks_by_beginning(
    tmp_path: Path, way: str, typed: str, found: bool
) -> None:
    world = World(tmp_path / "shop.db")
    buyer = world.buyer(nick="t**8")
    order = world.purchase(buyer, external_id="4604347058083367316", tracking="SF1234567890")
    review = world.review(buyer, purchase_id=order, external_id="6551659781106698292", text="太短")
    world.case(review)
    world.case(world.review(world.buyer(nick="w**1"), external_id="r", text="好"))
    world.index()
    assert find(world.connection, typed, EVERYTHING, limit=5) == ([review] if found else [])


def test_an_order_that_was_never_imported_is_found_by_its_beginning(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    review = world.review(order_external_id="261117-332688327847865")
    world.case(review)
    assert find(world.connection, "261117-33", EVERYTHING, limit=5) == [review]


def test_many_orders_of_one_beginning_are_all_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding_module, "NARROW", -1)
    monkeypatch.setattr(finding_module, "_MOST_KNOWN", 5)
    monkeypatch.setattr(finding_module, "_WALKED", 3)
    world = World(tmp_path / "shop.db")
    reviews = []
    for number in range(20):
        buyer = world.buyer()
        order = world.purchase(buyer, external_id=f"261117-{number:04}" if number % 2 else f"9{number:08}")
        reviews.append(world.review(buyer, purchase_id=order))
        world.case(reviews[-1])
    world.index()
    assert find(world.connection, "261117-", EVERYTHING, limit=50) == reviews[1::2][::-1]


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "*", "AND", "太 OR 短", "NEAR(太)", "-太", "^太", "grams:太", "太\x00短", "\ud800", "👍", "…", END, " "],
)
def test_nothing_that_can_be_typed_is_taken_for_a_query_or_fails(tmp_path: Path, way: str, typed: str) -> None:
    world = World(tmp_path / "shop.db")
    world.case()
    world.index()
    assert find(world.connection, typed, EVERYTHING, limit=5) == []


def test_signs_and_emoji_are_found_like_any_character(tmp_path: Path, way: str) -> None:
    world = _world(["还好👍👍", "差！！", '他说"好"', "100% 不会再买"])
    world.index()
    found = {
        typed: find(world.connection, typed, EVERYTHING, limit=5) for typed in ("👍", "👍👍", "！！", '"好"', "0%")
    }
    assert found == {"👍": [1], "👍👍": [1], "！！": [2], '"好"': [3], "0%": [4]}


def test_nothing_typed_finds_nothing(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    world.case()
    assert find(world.connection, "", EVERYTHING, limit=5) == []
    assert find(world.connection, "　", EVERYTHING, limit=5) == []


def test_a_changed_text_is_found_by_its_new_words_only(tmp_path: Path, way: str) -> None:
    world = _world(["太短了", "颜色不对"])
    world.index()
    world.change("review", 1, text="补发了新的，满意", appended_text="客服很好")
    reindex(world.connection, [1, 1])
    assert find(world.connection, "满意", EVERYTHING, limit=5) == [1]
    assert find(world.connection, "客服", EVERYTHING, limit=5) == [1]
    assert find(world.connection, "太短", EVERYTHING, limit=5) == []
    world.change("review", 1, text="太短了")
    reindex(world.connection, [1])
    optimise(world.connection)
    assert find(world.connection, "太短", EVERYTHING, limit=5) == [1]


def test_a_review_that_is_not_indexed_yet_is_left_to_the_next_step(tmp_path: Path) -> None:
    world = _world(["太短了"])
    reindex(world.connection, [1])
    assert progress(world.connection).through == 0
    assert find(world.connection, "太短", EVERYTHING, limit=5) == [1]


def test_the_index_goes_on_where_it_stopped(tmp_path: Path) -> None:
    world = _world(["太短了"] * 7)
    assert [index_range(world.connection, 3) for _ in range(4)] == [3, 3, 1, 0]
    assert progress(world.connection).complete
    world.case(world.review(text="又来一条"))
    assert not progress(world.connection).complete
    world.index()
    assert find(world.connection, "又来", EVERYTHING, limit=5) == [8]


def test_a_scope_is_kept_to(tmp_path: Path, way: str) -> None:
    world = World(tmp_path / "shop.db")
    mine = world.case(owner_id=world.agent_id)
    world.case()
    world.index()
    review = world.connection.execute("SELECT review_id FROM review_case WHERE id = ?", (mine,)).fetchone()[0]
    scope = Scope("c.owner_id = :owner", {"owner": world.agent_id})
    assert find(world.connection, "太短", scope, limit=5) == [review]
    assert find(world.connection, "太", scope, limit=5) == [review]


@given(st.text(max_size=30))
def test_every_character_begins_a_gram(text: str) -> None:
    of_text = grams(text).split()
    assert all(len(gram) == 2 for gram in of_text)
    for word in words(text):
        assert all(gram in of_text or (len(gram) == 1 and f"{gram}{END}" in of_text) for gram in word.grams)
