"""The outcome log: every contact, newest first, filtered, searched, page by page."""

from __future__ import annotations

import random

import pytest

from data.reads import SqlReads
from data.rows import ContactRow, Key, LogFilter
from tests.data.world import DAY, HOUR, NOW, World


def _key(row: ContactRow) -> Key:
    return Key(row.started_at, row.contact_id)


def _onwards(reads: SqlReads, narrowed: LogFilter, limit: int) -> list[int]:
    page = reads.log(narrowed, limit=limit)
    found = [row.contact_id for row in page.rows]
    while page.more_after:
        page = reads.log(narrowed, after=_key(page.rows[-1]), limit=limit)
        assert page.more_before
        found += [row.contact_id for row in page.rows]
    return found


def _backwards(reads: SqlReads, narrowed: LogFilter, limit: int) -> list[int]:
    page = reads.log(narrowed, last=True, limit=limit)
    found = [row.contact_id for row in page.rows]
    while page.more_before:
        page = reads.log(narrowed, before=_key(page.rows[0]), limit=limit)
        found = [row.contact_id for row in page.rows] + found
    return found


@pytest.mark.parametrize(
    "narrowed",
    [
        LogFilter(),
        LogFilter(agent_id=2),
        LogFilter(line="no_answer"),
        LogFilter(standing="promised", agent_id=1),
        LogFilter(search="腰口"),
        LogFilter(search="腰口", line="right_party"),
    ],
)
def test_paging_on_and_back_gives_what_sorting_gives(world: World, reads: SqlReads, narrowed: LogFilter) -> None:
    rng = random.Random(7)
    world.agent("ming")
    rows = []
    for _ in range(60):
        line, standing = rng.choice((("no_answer", "unreachable_retry"), ("right_party", "promised")))
        started_at = NOW - rng.randrange(9) * HOUR
        agent, note = rng.choice((1, 2)), rng.choice(("", "腰口开线", "好说话"))
        case = world.case()
        number = world.contact(
            case, started_at=started_at, line=line, standing=standing, agent_id=agent, note=note, ended_at=NOW
        )
        rows.append((started_at, number, line, standing, agent, note))
    expected = [
        number
        for started_at, number, line, standing, agent, note in sorted(rows, key=lambda row: (-row[0], -row[1]))
        if narrowed.agent_id in (None, agent)
        and narrowed.line in (None, line)
        and narrowed.standing in (None, standing)
        and narrowed.search in note
    ]
    assert _onwards(reads, narrowed, 7) == expected
    assert _backwards(reads, narrowed, 7) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("腰口", True),
        ("卫裤", True),
        ("莉", True),
        ("t**4", True),
        ("46043470", True),
        ("莉莉 卫裤", True),
        ("橙", False),
    ],
)
def test_what_a_line_shows_is_searched(world: World, reads: SqlReads, typed: str, found: bool) -> None:
    buyer = world.buyer(nick="t**4")
    order = world.purchase(buyer, external_id="4604347058083367316")
    world.contact(
        world.case(world.review(buyer, purchase_id=order, product_id=world.product(title="卫裤"))), note="腰口开线"
    )
    assert bool(reads.log(LogFilter(search=typed)).rows) is found


def test_a_line_names_agent_buyer_product_and_promise(world: World, reads: SqlReads) -> None:
    case = world.case(world.review(world.buyer(nick="爱吃橙子的猫"), product_id=world.product()))
    contact = world.contact(case, standing="promised", line="right_party", note="记\n下\x1b")
    for at in (NOW + HOUR, NOW + DAY):
        world.insert(
            "promise",
            case_id=case,
            contact_id=contact,
            by_whom="buyer",
            kind="revise",
            state="open",
            made_at=NOW,
            due_at=at,
        )
    (row,) = reads.log(LogFilter()).rows
    assert (row.agent, row.nick, row.product, row.note) == ("莉莉", "爱**猫", "加绒卫裤 黑 XL", "记 下")
    assert row.promised_at == NOW + DAY
    assert row in reads.case(case, now=NOW).contacts


def test_a_contact_without_an_outcome_is_in_the_log_too(world: World, reads: SqlReads) -> None:
    world.contact(world.case(), ended_at=None, line=None, standing=None)
    (row,) = reads.log(LogFilter()).rows
    assert (row.ended_at, row.line, row.standing) == (None, None, None)
