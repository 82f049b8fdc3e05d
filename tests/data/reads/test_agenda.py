"""The agenda: whatever falls due, in the order of its time, page by page, as counting by hand finds it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import platform_rules
from data.agenda import WINDOWS, AgendaPage, AgendaRow, AgendaView, Source, group, what_label
from data.clock import at_minute, local_day
from data.platform_rules import Allowance
from data.reads import SqlReads, agenda_sql
from data.rows import Filter, Key, View
from data.store.store import Store
from data.vocabulary import Channel, Device, FollowUpKind, PromiseKind
from tests.data.reads.conftest import SHANGHAI
from tests.data.world import DAY, HOUR, MINUTE, NOW, World

CLOSES = {
    ("taobao", "revise"): Allowance("a page", "2026-01", "high", allowed=True, days=30, grades=("neutral", "bad")),
    ("taobao", "appeal"): Allowance("a page", "2026-01", "high", allowed=True, days=20),
    ("tmall", "reply"): Allowance("a page", "2026-01", "high", allowed=True, days=30, closed_by_append=True),
    ("kuaishou", "append"): Allowance("a page", "2026-01", "high", allowed=True, days=180),
    ("jd", "revise"): Allowance("a page", "2026-01", "high", allowed=None, days=30),
    ("pdd", "append"): Allowance("a page", "2026-01", "high", allowed=True, days=90, since="trade"),
    ("douyin", "reply"): Allowance("a page", "2026-01", "high", allowed=True, days=0),
}
"""Windows that are known, and three that are not: nobody knows whether, from when, or for how long."""


@pytest.fixture(autouse=True)
def rules() -> Iterator[None]:
    """Rules of the test's own, so that the shipped ones may change."""
    before = list(platform_rules._in_use)
    platform_rules.use(CLOSES)
    yield
    platform_rules._in_use[:] = before


@dataclass(frozen=True)
class Expected:
    """An entry as the test made it."""

    at: int
    case_id: int
    owner_id: int | None
    source: Source
    kind: str


class ShopOfChance:
    """Cases with what is to follow them, and what an agenda must show of that."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.rng = world, random.Random(seed)
        self.expected: list[Expected] = []
        self.agents = (world.agent_id, world.agent("ming", name="阿明"))
        for _ in range(self.rng.randrange(25)):
            self._case()

    def _at(self) -> int:
        return (
            NOW
            + self.rng.choice((-3 * DAY, -HOUR, -1, 0, HOUR, 5 * HOUR, DAY, 6 * DAY, 7 * DAY))
            + self.rng.choice((0, MINUTE, 40 * MINUTE))
        )

    def _case(self) -> None:
        rng, world = self.rng, self.world
        platform = rng.choice(("taobao", "tmall", "kuaishou", "jd", "pdd", "douyin"))
        days = rng.choice((20, 25, 30, 176, 180))
        reviewed_at = self._at() - days * DAY
        appended, replied = rng.random() < 0.2, rng.random() < 0.2
        review = world.review(
            created_at=reviewed_at,
            appended_at=NOW - HOUR if appended else None,
            reply_text="谢谢" if replied else None,
        )
        closed = rng.random() < 0.15
        owner = None if closed else rng.choice((None, *self.agents))
        cause = rng.choice((None, "Q1", "M2"))
        result = rng.choice((None, None, "verified"))
        follow_ups = [self._at() for _ in range(rng.randrange(3))]
        promised = [self._at() for _ in range(rng.choice((0, 0, 1)))]
        case = world.case(
            review, platform=platform, owner_id=owner, cause=cause, reviewed_at=reviewed_at,
            state="closed" if closed else "scheduled", result="kept" if closed else result,
            follow_up_at=min(follow_ups, default=None), promised_at=min(promised, default=None),
        )  # fmt: skip
        made: list[tuple[int, Source, str]] = []
        delivers = False
        for at in follow_ups:
            kind, state = rng.choice(tuple(FollowUpKind)), "open"
            delivers |= kind == FollowUpKind.DELIVER_REMEDY
            world.insert("follow_up", case_id=case, kind=kind, state=state, due_at=at, set_at=NOW)
            made.append((at, Source.FOLLOW_UP, kind))
        world.insert("follow_up", case_id=case, kind="retry", state="done", due_at=self._at(), set_at=NOW)
        for at in promised:
            self._promise(case, "buyer", "revise", "open", at)
            made.append((at, Source.BUYER, "revise"))
        self._promise(case, "buyer", "revise", "missed", self._at())
        if rng.random() < 0.3:
            at = self._at()
            self._promise(case, "us", "callback", "open", at)
            if at not in follow_ups:
                made.append((at, Source.OURS, "callback"))
        if rng.random() < 0.4:
            at, state = self._at(), rng.choice(("accepted", "issued", "offered", "delivered"))
            world.insert(
                "remedy", case_id=case, agent_id=world.agent_id, kind="resend", state=state, offered_at=NOW, due_at=at
            )
            if state in ("accepted", "issued") and not delivers:
                made.append((at, Source.REMEDY, "resend"))
        known = platform_rules.allowances()
        for (of, act), row in known.items():
            if of != platform or row.allowed is not True or not row.days or row.since != "review":
                continue
            at = reviewed_at + row.days * DAY
            open_still = {
                "revise": result is None,
                "append": result is None and not appended,
                "reply": not replied and not appended,
                "appeal": cause == "M2",
            }[act]
            if at >= NOW and open_still:
                made.append((at, Source.WINDOW, act))
        if not closed:
            self.expected += [Expected(at, case, owner, source, kind) for at, source, kind in made]

    def _promise(self, case: int, by_whom: str, kind: str, state: str, at: int) -> None:
        self.world.insert(
            "promise", case_id=case, by_whom=by_whom, kind=kind, state=state, made_at=NOW - DAY, due_at=at
        )

    def of(self, view: AgendaView) -> list[Expected]:
        """What a view shows."""
        days = 1 if view in (AgendaView.MY_DAY, AgendaView.ALL_DAY) else 7
        until = at_minute(local_day(NOW, SHANGHAI), days * 1440, SHANGHAI)
        mine = view in (AgendaView.MY_DAY, AgendaView.MY_WEEK)
        return [
            each for each in self.expected if each.at < until and (not mine or each.owner_id == self.world.agent_id)
        ]


def _as_expected(row: AgendaRow) -> Expected:
    return Expected(row.at, row.case_id, row.owner_id, row.source, row.kind)


def _page(reads: SqlReads, view: AgendaView, **where: Any) -> AgendaPage:
    return reads.agenda(view, agent_id=1, now=NOW, **where)


def _onwards(reads: SqlReads, view: AgendaView, limit: int) -> list[AgendaRow]:
    page = _page(reads, view, limit=limit)
    found = list(page.rows)
    while page.more_after:
        page = _page(reads, view, after=page.rows[-1].key, limit=limit)
        assert page.more_before
        found += page.rows
    return found


def _backwards(reads: SqlReads, view: AgendaView, limit: int) -> list[AgendaRow]:
    page = _page(reads, view, last=True, limit=limit)
    found = list(page.rows)
    while page.more_before:
        page = _page(reads, view, before=page.rows[0].key, limit=limit)
        assert page.more_after
        found = [*page.rows, *found]
    return found


@given(seed=st.integers(0, 10**6), limit=st.sampled_from((1, 3, 7, 50)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_paging_on_and_back_gives_what_counting_by_hand_gives(
    tmp_path_factory: pytest.TempPathFactory, seed: int, limit: int
) -> None:
    world = World(tmp_path_factory.mktemp("agenda") / "shop.db")
    shop = ShopOfChance(world, seed)
    store = Store(world.path)
    reads = SqlReads(store, zone=SHANGHAI)
    counts = reads.agenda_counts(agent_id=1, now=NOW)
    order = repr
    for view in AgendaView:
        rows = _onwards(reads, view, limit)
        assert sorted(map(_as_expected, rows), key=order) == sorted(shop.of(view), key=order)
        assert [row.key for row in rows] == sorted((row.key for row in rows), key=lambda key: (key.at, key.id))
        assert len({row.key for row in rows}) == len(rows) == counts[view]
        assert _backwards(reads, view, limit) == rows
        groups = [group(row.at, NOW, SHANGHAI) for row in rows]
        assert [row.opens for row in rows] == [at == 0 or groups[at - 1] != here for at, here in enumerate(groups)]
    # The inbox's view of today's follow-ups holds the cases that the agenda of everybody has follow-ups of.
    in_inbox = reads.page(View.FOLLOW_UPS, Filter(), agent_id=1, now=NOW, limit=200).rows
    of_agenda = {row.case_id for row in _onwards(reads, AgendaView.ALL_DAY, 50) if row.source is Source.FOLLOW_UP}
    assert {row.case_id for row in in_inbox} == of_agenda
    assert reads.counts(agent_id=1, now=NOW).by_view[View.FOLLOW_UPS] == len(of_agenda)
    store.close()
    world.connection.close()


def _due(world: World, at: int, owner_id: int | None = None) -> int:
    number = world.case(follow_up_at=at, owner_id=owner_id)
    world.insert("follow_up", case_id=number, kind="callback", channel="phone", state="open", due_at=at, set_at=NOW)
    return number


def test_what_falls_due_is_told_once_and_only_to_its_owner(world: World, reads: SqlReads) -> None:
    mine = _due(world, NOW + MINUTE, owner_id=world.agent_id)
    _due(world, NOW + MINUTE, owner_id=world.agent("ming"))
    _due(world, NOW + MINUTE)

    def told(since: int, now: int) -> list[int]:
        return [row.case_id for row in reads.fallen_due(agent_id=world.agent_id, since=since, now=now)]

    assert told(NOW - MINUTE, NOW) == []
    assert told(NOW, NOW + MINUTE) == [mine]
    assert told(NOW + MINUTE, NOW + 2 * MINUTE) == []


def test_what_we_promised_is_told_of_some_minutes_ahead(world: World, reads: SqlReads) -> None:
    case = world.case(owner_id=world.agent_id)
    world.insert(
        "promise", case_id=case, by_whom="us", kind="callback", state="open", made_at=NOW, due_at=NOW + 10 * MINUTE
    )
    (row,) = reads.fallen_due(agent_id=world.agent_id, since=NOW - MINUTE, now=NOW)
    assert (row.source, row.kind, row.at) == (Source.OURS, "callback", NOW + 10 * MINUTE)


def test_a_follow_up_that_keeps_a_promise_of_ours_is_told_of_once(world: World, reads: SqlReads) -> None:
    at = NOW + 10 * MINUTE
    case = _due(world, at, owner_id=world.agent_id)
    world.insert("promise", case_id=case, by_whom="us", kind="callback", state="open", made_at=NOW, due_at=at)
    (ahead,) = reads.fallen_due(agent_id=world.agent_id, since=NOW - MINUTE, now=NOW)
    assert ahead.source is Source.OURS
    assert reads.fallen_due(agent_id=world.agent_id, since=NOW, now=at) == ()
    (row,) = _page(reads, AgendaView.MY_DAY).rows
    assert row.source is Source.FOLLOW_UP


def test_texts_from_outside_are_fit_for_a_screen(world: World, reads: SqlReads) -> None:
    buyer = world.buyer(nick="爱吃\x1b橙子的猫")
    case = world.case(world.review(buyer, text="短\n了\x1b[2J"), follow_up_at=NOW)
    world.insert("follow_up", case_id=case, kind="callback", state="open", due_at=NOW, set_at=NOW)
    (row,) = _page(reads, AgendaView.ALL_DAY).rows
    assert row.nick == "爱**猫"
    assert row.text.isprintable()


def test_every_kind_has_a_label() -> None:
    labels = [what_label(Source.FOLLOW_UP, kind) for kind in FollowUpKind]
    labels += [what_label(source, kind) for source in (Source.BUYER, Source.OURS) for kind in PromiseKind]
    labels += [what_label(Source.WINDOW, act) for act in WINDOWS]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert what_label(Source.REMEDY, "resend")
    assert all(what_label(Source.FOLLOW_UP, "callback", channel).count("·") == 1 for channel in Channel)
    assert all(what_label(Source.FOLLOW_UP, "callback", "phone", device).count("·") == 2 for device in Device)
    assert set(agenda_sql.WINDOWS) == set(WINDOWS)


def test_entries_are_found_by_an_index_and_only_ones_own_are_sorted(world: World) -> None:
    for name, statement in agenda_sql.statements():
        named = dict.fromkeys(re.findall(r":(\w+)", statement), 0)
        plan = [row[3] for row in world.connection.execute(f"EXPLAIN QUERY PLAN {statement}", named)]
        tables = [step for step in plan if re.match(r"(SEARCH|SCAN) [a-z]\b", step) and step != "SCAN k"]
        assert all(step.startswith("SEARCH") for step in tables), (name, plan)
        own = name.startswith(("agenda-follow_up-True", "agenda-buyer-True"))
        assert own or not any("TEMP B-TREE" in step for step in plan), (name, plan)


def test_a_shop_without_anything_due_has_an_empty_agenda(reads: SqlReads) -> None:
    for view in AgendaView:
        assert _page(reads, view) == AgendaPage((), False, False)
        assert _page(reads, view, after=Key(NOW, 1)).rows == ()
    assert set(reads.agenda_counts(agent_id=1, now=NOW).values()) == {0}


def test_counts_stop_where_nobody_would_count_on(world: World, reads: SqlReads) -> None:
    case = world.case(follow_up_at=NOW)
    due = [(case, NOW + at) for at in range(1_005)]
    world.connection.executemany(
        "INSERT INTO follow_up (case_id, kind, state, due_at, set_at) VALUES (?, 'retry', 'open', ?, 0)", due
    )
    assert reads.agenda_counts(agent_id=1, now=NOW)[AgendaView.ALL_DAY] == 1_000
