"""The inbox: what each view holds, in which order, page by page in both directions, and how many there are."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.protocols import Reads
from data.reads import SqlReads, inbox_sql
from data.rows import NOBODY, CaseRow, Filter, Page, View
from data.store.store import Store
from tests.data.world import DAY, HOUR, MINUTE, NOW, World

CASES = 120
MIDNIGHT = NOW + 4 * HOUR + 53 * MINUTE + 20_000
"""The end of the local day of NOW."""

_STATES = ("new", "working", "waiting_buyer", "waiting_us", "scheduled", "escalated", "appealed", "closed")
_HELD: dict[View, Callable[[dict[str, Any]], bool]] = {
    View.ALL: lambda case: bool(case["open"]),
    View.MINE: lambda case: bool(case["open"]) and case["owner_id"] == 1,
    View.DUE_SOON: lambda case: bool(case["open"]) and case["due_at"] <= NOW + HOUR,
    View.FOLLOW_UPS: lambda case: bool(case["open"]) and (case["follow_up_at"] or MIDNIGHT) < MIDNIGHT,
    View.CALLABLE: lambda case: (
        bool(case["open"])
        and case["state"] not in ("escalated", "appealed")
        and case["contact_from"] is not None
        and case["contact_from"] <= NOW
    ),
    View.TO_VERIFY: lambda case: bool(case["open"]) and case["promised_at"] is not None,
}
_ORDER = {View.FOLLOW_UPS: "follow_up_at", View.TO_VERIFY: "promised_at"}


def _random_cases(world: World, rng: random.Random) -> None:
    world.agent("ming")
    near = [NOW + offset * HOUR for offset in (-30, -2, 0, 1, 1, 1, 2, 30)]
    world.connection.execute("BEGIN")
    for _ in range(CASES):
        state = rng.choice(_STATES)
        world.case(
            state=state,
            platform=rng.choice(("taobao", "pdd")),
            cause=rng.choice((None, "Q1", "L1")),
            owner_id=rng.choice((None, 1, 2)),
            due_at=rng.choice(near),
            follow_up_at=rng.choice((None, *near)),
            promised_at=rng.choice((None, *near)),
            contact_from=rng.choice((None, *near)),
        )
    world.connection.execute("COMMIT")


@pytest.fixture(scope="module", params=[1, 2])
def crowd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Many cases that differ in all that a view or a filter asks for, and often share their times."""
    world = World(tmp_path_factory.mktemp("crowd") / "shop.db")
    _random_cases(world, random.Random(request.param))
    world.index()
    yield world
    world.connection.close()


def _reads(world: World) -> Reads:
    return SqlReads(Store(world.path), zone=ZoneInfo("Asia/Shanghai"))


def _cases(world: World) -> list[dict[str, Any]]:
    cursor = world.connection.execute("SELECT * FROM review_case")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _expected(world: World, view: View, narrowed: Filter) -> list[int]:
    def held(case: dict[str, Any]) -> bool:
        return (
            ((view is View.ALL and narrowed.state == "closed") or _HELD[view](case))
            and narrowed.platform in (None, case["platform"])
            and narrowed.cause in (None, case["cause"])
            and narrowed.state in (None, case["state"])
            and (narrowed.owner_id is None or narrowed.owner_id == (case["owner_id"] or NOBODY))
        )

    order = _ORDER.get(view, "due_at")
    return [
        case["id"] for case in sorted(_cases(world), key=lambda case: (case[order] or 0, -case["id"])) if held(case)
    ]


def _ids(page: Page) -> list[int]:
    return [row.case_id for row in page.rows]


def _onwards(reads: Reads, view: View, narrowed: Filter, limit: int) -> list[int]:
    page = reads.page(view, narrowed, agent_id=1, now=NOW, limit=limit)
    assert not page.more_before
    found = _ids(page)
    while page.more_after:
        page = reads.page(view, narrowed, agent_id=1, now=NOW, after=page.rows[-1].key, limit=limit)
        assert page.more_before
        found += _ids(page)
    return found


def _backwards(reads: Reads, view: View, narrowed: Filter, limit: int) -> list[int]:
    page = reads.page(view, narrowed, agent_id=1, now=NOW, last=True, limit=limit)
    assert not page.more_after
    found = _ids(page)
    while page.more_before:
        page = reads.page(view, narrowed, agent_id=1, now=NOW, before=page.rows[0].key, limit=limit)
        assert page.more_after
        found = _ids(page) + found
    return found


FILTERS = st.builds(
    Filter,
    platform=st.sampled_from((None, None, "taobao", "pdd", "jd")),
    cause=st.sampled_from((None, None, "Q1", "L1")),
    state=st.sampled_from((None, None, *_STATES)),
    owner_id=st.sampled_from((None, None, NOBODY, 1, 2)),
)


@pytest.mark.parametrize("few", [0, 5_000])
def test_paging_on_and_back_gives_what_sorting_gives(crowd: World, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_sql, "FEW", few)
    reads = _reads(crowd)

    @settings(max_examples=40, deadline=None)
    @given(st.sampled_from(list(View)), FILTERS, st.integers(1, 40))
    def check(view: View, narrowed: Filter, limit: int) -> None:
        expected = _expected(crowd, view, narrowed)
        assert _onwards(reads, view, narrowed, limit) == expected
        assert _backwards(reads, view, narrowed, limit) == expected
        assert reads.count(view, narrowed, agent_id=1, now=NOW) == len(expected)

    check()


def test_a_search_pages_through_the_view_newest_review_first(crowd: World) -> None:
    reads = _reads(crowd)
    for view in View:
        narrowed = Filter(search="裂了", platform="pdd")
        held = {case["id"] for case in _cases(crowd) if _HELD[view](case) or view is View.ALL}
        expected = sorted(
            (case["id"] for case in _cases(crowd) if case["id"] in held and case["platform"] == "pdd"), reverse=True
        )
        assert _onwards(reads, view, narrowed, 7) == expected
        assert _backwards(reads, view, narrowed, 7) == expected
        assert reads.count(view, narrowed, agent_id=1, now=NOW) == len(expected)
        assert reads.page(view, Filter(search="没有人写过"), agent_id=1, now=NOW).rows == ()


def test_the_counts_are_those_of_the_views(crowd: World) -> None:
    reads = _reads(crowd)
    counts = reads.counts(agent_id=1, now=NOW)
    assert counts.by_view == {view: len(_expected(crowd, view, Filter())) for view in View}
    assert counts.closed_today == sum(case["closed_at"] is not None for case in _cases(crowd))


def test_counts_stop_at_a_thousand(world: World, reads: SqlReads) -> None:
    review_columns = "shop_id, external_id, buyer_id, grade, rating, raw_rating, raw_scale, text, created_at, seen_at"
    buyer = world.buyer()
    numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)"
    world.connection.execute(
        f"INSERT INTO review ({review_columns}) {numbers} SELECT 1, i, {buyer}, 'bad', 1, '1', '5', '差', 1, 1 FROM n"
    )
    world.connection.execute(
        "INSERT INTO review_case (review_id, shop_id, buyer_id, platform, grade, state, open, due_at, opened_at,"
        " reviewed_at) SELECT id, 1, buyer_id, 'taobao', 'bad', 'new', 1, 1, 1, 1 FROM review"
    )
    assert reads.counts(agent_id=1, now=NOW).by_view[View.ALL] == 1_000
    assert reads.count(View.ALL, Filter(search="差"), agent_id=1, now=NOW) == 1_000


@pytest.mark.parametrize(("hour", "callable_now"), [(7, 0), (8, 1), (20, 1), (21, 0), (23, 0)])
def test_outside_contact_hours_nobody_is_callable(world: World, reads: SqlReads, hour: int, callable_now: int) -> None:
    now = NOW + round((hour - 19 - 6 / 60) * HOUR)
    world.case(contact_from=now - DAY)
    assert len(reads.page(View.CALLABLE, Filter(), agent_id=1, now=now).rows) == callable_now
    assert reads.count(View.CALLABLE, Filter(), agent_id=1, now=now) == callable_now
    assert reads.counts(agent_id=1, now=now).by_view[View.CALLABLE] == callable_now


def test_a_search_finds_closed_cases_in_the_view_of_all(world: World, reads: SqlReads) -> None:
    case = world.case(state="closed")
    assert _ids(reads.page(View.ALL, Filter(), agent_id=1, now=NOW)) == []
    assert _ids(reads.page(View.ALL, Filter(search="太短"), agent_id=1, now=NOW)) == [case]
    assert _ids(reads.page(View.ALL, Filter(search="太短", platform="taobao"), agent_id=1, now=NOW)) == [case]
    assert _ids(reads.page(View.DUE_SOON, Filter(search="太短"), agent_id=1, now=NOW)) == []


def test_a_line_shows_the_beginning_of_a_text_made_fit_for_a_screen(world: World, reads: SqlReads) -> None:
    buyer = world.buyer(nick="爱吃橙子\x1b[31m的猫", level="金\u202e牌")
    product = world.product(title="卫裤\n黑")
    order = world.purchase(buyer, variant="XL\x07")
    review = world.review(buyer, text="第一行\r\n\x1b]0;x\x07" + "长" * 400, product_id=product, purchase_id=order)
    case = world.case(review, owner_id=world.agent("ming", name=None))
    row = reads.row(case)
    assert row is not None
    assert (row.nick, row.level, row.product, row.variant) == ("爱**猫", "金牌", "卫裤 黑", "XL")
    assert row.text.startswith("第一行 ]0;x长")
    assert len(row.text) <= 120
    assert row.owner == "ming"
    assert reads.page(View.ALL, Filter(), agent_id=1, now=NOW).rows == (row,)


def test_a_case_that_is_gone_has_no_line(reads: SqlReads) -> None:
    assert reads.row(999) is None


def test_reads_may_be_asked_from_many_threads_at_once(crowd: World) -> None:
    from concurrent.futures import ThreadPoolExecutor

    reads = _reads(crowd)

    def first() -> tuple[CaseRow, ...]:
        return reads.page(View.ALL, Filter(), agent_id=1, now=NOW).rows

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _: first(), range(64)))
    assert all(page == pages[0] for page in pages)


def test_reads_go_on_while_an_import_holds_the_write_lock(world: World, reads: SqlReads, tmp_path: Path) -> None:
    world.case()
    world.connection.execute("BEGIN IMMEDIATE")
    world.case()
    assert len(reads.page(View.ALL, Filter(), agent_id=1, now=NOW).rows) == 1
    world.connection.execute("COMMIT")
    assert len(reads.page(View.ALL, Filter(), agent_id=1, now=NOW).rows) == 2
