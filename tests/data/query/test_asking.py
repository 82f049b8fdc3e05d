"""Asking a query of the database gives what asking it of every case gives, in every view and on every page."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import QueryError
from data.query import Known, Query, Standpoint, meaning, parse, text
from data.query.holds import holds
from data.query.lexicon import KEYS
from data.query.meaning import AllOf
from data.query.sql import Naming, sql
from data.query.tree import Sought, Term, Word
from data.reads import SqlReads, inbox_sql
from data.rows import NOBODY, Filter, View
from data.store.store import Store
from tests.data.query.queries import AGENTS, QUERIES, SHOPS, terms
from tests.data.world import DAY, HOUR, NOW, World

SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE = Standpoint(NOW, SHANGHAI, 1, Known(AGENTS, SHOPS))
ORDER = {View.FOLLOW_UPS: "follow_up_at", View.TO_VERIFY: "promised_at"}

ALL_OF_A_CASE = """
SELECT c.*, r.rating, r.text, r.appended_text, d.title, p.variant, b.nick, r.external_id, r.order_external_id,
    p.external_id AS purchase_id, p.tracking
FROM review_case c JOIN review r ON r.id = c.review_id JOIN buyer b ON b.id = c.buyer_id
LEFT JOIN product d ON d.id = r.product_id LEFT JOIN purchase p ON p.id = r.purchase_id
"""


def _fill(world: World, rng: random.Random) -> None:
    world.agent("aming", name="阿 明")
    shops = (1, world.insert("shop", platform="pdd", name="回暖 分店", created_at=NOW))
    products = (None, world.product(title="加绒卫裤 XL"), world.product(title="橙子 5斤 慢 了"))
    near = [NOW + round(hours * HOUR) for hours in (-400, -80, -30, -2, 0, 0.5, 2, 5, 30, 80, 5000)]
    buyers = [world.buyer(nick=nick) for nick in ("t**1", "XL姐", "小**")]
    for number in range(90):
        buyer = rng.choice(buyers)
        order = world.purchase(buyer, variant=rng.choice((None, "XL"))) if rng.random() < 0.7 else None
        review = world.review(
            buyer, shop_id=rng.choice(shops), product_id=rng.choice(products), purchase_id=order,
            rating=rng.randrange(1, 6), grade=rng.choice(("bad", "neutral", "good")),
            text=rng.choice(("开线了", "起球 慢 了", "不好，差:评", "ＸＬ太大", "a,b、c")) + str(number % 3),
            appended_text=rng.choice((None, "又开线")), created_at=NOW - round(rng.triangular(0, 90, 3) * DAY),
        )  # fmt: skip
        state = rng.choice((*inbox_states(), "closed", "closed"))
        world.case(
            review, shop_id=rng.choice(shops), platform=rng.choice(("taobao", "pdd", "jd")), state=state,
            result=rng.choice(("kept", "verified")) if state == "closed" else rng.choice((None, None, "verified")),
            cause=rng.choice((None, "Q1", "Q2", "X2", "L1")), owner_id=rng.choice((None, 1, 2)),
            due_at=rng.choice(near), follow_up_at=rng.choice((None, *near)), promised_at=rng.choice((None, *near)),
            contact_from=rng.choice((None, *near)), calls=rng.randrange(4), attempts=rng.randrange(5),
            refusals=rng.choice((0, 0, 1)),
        )  # fmt: skip


def inbox_states() -> tuple[str, ...]:
    return ("new", "working", "waiting_buyer", "waiting_us", "scheduled", "escalated", "appealed")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("asked") / "shop.db")
    world.connection.execute("BEGIN")
    _fill(world, random.Random(7))
    world.connection.execute("COMMIT")
    world.index()
    yield world
    world.connection.close()


def _reads(world: World) -> SqlReads:
    return SqlReads(Store(world.path), zone=SHANGHAI)


def _cases(world: World) -> list[dict[str, Any]]:
    cursor = world.connection.execute(ALL_OF_A_CASE)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _finds(query: Query) -> bool:
    return any(isinstance(part, Sought) and not part.negated for part in query.parts)


def _reaches_closed(query: Query, narrowed: Filter) -> bool:
    """In the view of all cases, words are searched among closed ones too; a state or result may ask for them."""
    if narrowed.state is not None:
        return True
    closed = {Word("closed")}
    named = (part for part in query.parts if isinstance(part, Term) and not part.negated)
    return _finds(query) or any(
        part.key == "result" or (part.key == "state" and closed & set(part.values)) for part in named
    )


def _expected(world: World, view: View, narrowed: Filter, query: Query) -> list[int]:
    asked = meaning(query, HERE)
    of_view = meaning(Query((Term("view", (Word(view.value),)),)), HERE)
    if view is View.ALL and _reaches_closed(query, narrowed):
        of_view = AllOf(())
    found = [
        case
        for case in _cases(world)
        if holds(of_view, case)
        and holds(asked, case)
        and narrowed.platform in (None, case["platform"])
        and narrowed.state in (None, case["state"])
        and (narrowed.owner_id is None or narrowed.owner_id == (case["owner_id"] or NOBODY))
    ]
    order = ORDER.get(view, "due_at")
    if _finds(query):
        return [case["id"] for case in sorted(found, key=lambda case: -case["review_id"])]
    return [case["id"] for case in sorted(found, key=lambda case: (case[order], -case["id"]))]


def _onwards(reads: SqlReads, view: View, narrowed: Filter, limit: int) -> list[int]:
    page = reads.page(view, narrowed, agent_id=1, now=NOW, limit=limit)
    found = [row.case_id for row in page.rows]
    while page.more_after:
        page = reads.page(view, narrowed, agent_id=1, now=NOW, after=page.rows[-1].key, limit=limit)
        found += [row.case_id for row in page.rows]
    return found


def _backwards(reads: SqlReads, view: View, narrowed: Filter, limit: int) -> list[int]:
    page = reads.page(view, narrowed, agent_id=1, now=NOW, last=True, limit=limit)
    found = [row.case_id for row in page.rows]
    while page.more_before:
        page = reads.page(view, narrowed, agent_id=1, now=NOW, before=page.rows[0].key, limit=limit)
        found = [row.case_id for row in page.rows] + found
    return found


FILTERS = st.builds(
    Filter,
    platform=st.sampled_from((None, None, "taobao", "pdd")),
    state=st.sampled_from((None, None, None, "new", "closed")),
    owner_id=st.sampled_from((None, None, NOBODY, 1)),
)


@pytest.mark.parametrize("few", [0, 5_000])
def test_the_pages_of_a_query_are_what_it_holds_for(crowd: World, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_sql, "FEW", few)
    reads = _reads(crowd)

    @settings(max_examples=48, deadline=None)
    @given(st.sampled_from(list(View)), FILTERS, QUERIES, st.integers(3, 60))
    def check(view: View, narrowed: Filter, query: Query, limit: int) -> None:
        expected = _expected(crowd, view, narrowed, query)
        asked = replace(narrowed, search=text(query))
        assert _onwards(reads, view, asked, limit) == expected
        assert _backwards(reads, view, asked, limit) == expected
        assert reads.count(view, asked, agent_id=1, now=NOW) == len(expected)

    check()


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_kind_of_term_is_prepared_and_holds_for_the_cases_it_finds(crowd: World, name: str) -> None:
    @settings(max_examples=25, deadline=None)
    @given(terms(name), st.booleans())
    def check(term: Term, inverted: bool) -> None:
        query = Query((), ((term,),)) if inverted else Query((term,))
        asked, naming = meaning(query, HERE), Naming()
        condition = sql(asked, naming)
        found = crowd.connection.execute(f"SELECT c.id FROM review_case c WHERE {condition}", naming.named)
        assert {row[0] for row in found} == {case["id"] for case in _cases(crowd) if holds(asked, case)}
        assert "?" not in condition
        assert set(re.findall(r":(\w+)", condition)) == set(naming.named)

    check()


def test_a_saved_views_query_and_what_is_typed_must_both_hold(crowd: World) -> None:
    reads = _reads(crowd)
    both = Filter(query="platform:taobao ! grade:bad", search="owner:me -开线")
    expected = _expected(crowd, View.ALL, Filter(), parse("platform:taobao owner:me -开线 ! grade:bad", HERE.known))
    assert expected
    assert _onwards(reads, View.ALL, both, 50) == expected


def test_more_words_than_the_search_looks_at_are_asked_of_each_case(crowd: World) -> None:
    reads = _reads(crowd)
    typed = "慢 了 起 球 起球 慢了 没有人写过这个"
    assert _onwards(reads, View.ALL, Filter(search=typed), 50) == []
    assert _onwards(reads, View.ALL, Filter(search="慢 了 起 球 起球"), 50)
    assert _onwards(reads, View.ALL, Filter(search="慢 了 起 球 起球 起球0"), 50) == _onwards(
        reads, View.ALL, Filter(search="起球0"), 50
    )


def test_an_error_in_a_query_is_raised_by_the_read(crowd: World) -> None:
    with pytest.raises(QueryError, match="Did you mean bad"):
        _reads(crowd).page(View.ALL, Filter(search="grade:badd"), agent_id=1, now=NOW)
    with pytest.raises(QueryError, match="Did you mean"):
        _reads(crowd).count(View.ALL, Filter(query="owner:aminq"), agent_id=1, now=NOW)


def test_the_inverse_of_a_query_and_the_query_are_the_view(crowd: World) -> None:
    reads = _reads(crowd)
    everything = set(_onwards(reads, View.ALL, Filter(), 50))
    for typed in ("grade:bad due:<2h", "cause:quality", "promised:yes owner:none", "rating:<=2 refused:no"):
        those = set(_onwards(reads, View.ALL, Filter(search=typed), 50))
        others = set(_onwards(reads, View.ALL, Filter(search="!" + typed), 50))
        assert those | others == everything
        assert not those & others
        assert those
        assert others


@pytest.mark.parametrize("typed", ["4604347058083300001", "SF1234567890", "sf1234567890", "R88888888"])
def test_an_order_parcel_or_review_number_in_full_jumps_to_its_case(tmp_path: Any, typed: str) -> None:
    world = World(tmp_path / "shop.db")
    buyer = world.buyer()
    order = world.purchase(buyer, external_id="4604347058083300001", tracking="SF1234567890")
    case = world.case(world.review(buyer, purchase_id=order, external_id="R88888888"), state="closed")
    longer = world.purchase(buyer, external_id="46043470580833000012", tracking="SF12345678901")
    world.case(world.review(buyer, purchase_id=longer, external_id="R888888889"))
    reads = _reads(world)
    for view in View:
        page = reads.page(view, Filter(platform="pdd", search=typed), agent_id=1, now=NOW)
        assert [row.case_id for row in page.rows] == [case]
        assert not page.more_after
        assert not page.more_before
        assert reads.count(view, Filter(search=typed), agent_id=1, now=NOW) == 1
    assert len(_onwards(reads, View.ALL, Filter(search=typed[:-1]), 10)) >= 1
    assert _onwards(reads, View.ALL, Filter(search=f"{typed} grade:good"), 10) == []


def test_what_an_import_took_back_is_found_by_no_query_and_no_number(tmp_path: Any) -> None:
    world = World(tmp_path / "shop.db")
    gone = world.case(world.review(external_id="R88888888"), state="closed", withdrawn_at=NOW)
    there = world.case(state="closed")
    reads = _reads(world)
    for typed in ("太短了", "state:closed", "state:closed,new", "result:kept", "R88888888"):
        found = _onwards(reads, View.ALL, Filter(search=typed), 9)
        assert gone not in found
        assert (there in found) == (typed != "R88888888"), typed
    assert reads.asked("state:closed", agent_id=1, now=NOW)(world.connection) == [there]


def test_times_are_those_of_the_shops_zone(tmp_path: Any) -> None:
    world = World(tmp_path / "shop.db")
    midnight = NOW + 4 * HOUR + 53 * 60_000 + 20_000
    last, first = world.case(due_at=midnight - 1), world.case(due_at=midnight)
    reads = _reads(world)
    assert _onwards(reads, View.ALL, Filter(search="期限:今天"), 9) == [last]
    assert _onwards(reads, View.ALL, Filter(search="due:tomorrow"), 9) == [first]
    assert _onwards(reads, View.ALL, Filter(search="due:11-19"), 9) == [first]
    assert _onwards(reads, View.ALL, Filter(search="due:<=2026-11-18"), 9) == [last]
    assert _onwards(reads, View.ALL, Filter(search="due:>11-18"), 9) == [first]


def test_a_query_in_a_views_own_order_never_sorts(crowd: World) -> None:
    """Where nothing leads, the view is walked in its order, from where a query for its own time begins."""
    for typed in ("grade:bad", "due:<2h", "due:>1d platform:taobao", "rating:<=2 -开线", "state:waiting"):
        statement, named = _statement(crowd, View.ALL, typed)
        plan = "\n".join(row[3] for row in crowd.connection.execute(f"EXPLAIN QUERY PLAN {statement}", named))
        assert "USE TEMP B-TREE" not in plan, (typed, plan)
        assert ("due_at<" in plan or "due_at>" in plan) == ("due" in typed), (typed, plan)


def _statement(world: World, view: View, typed: str) -> tuple[str, dict[str, Any]]:
    from data.reads.queried import narrowing

    found = narrowing(world.connection, view, Filter(search=typed), HERE)
    has = inbox_sql.parts(found.narrowed)
    statement = inbox_sql.page(view, has, keyed=False, forward=True, rest=found.rest)
    return statement, dict.fromkeys(re.findall(r":(\w+)", statement), 0) | dict(found.named)
