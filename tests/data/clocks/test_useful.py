"""The last useful time: the earliest window that is known to close, and which one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from data import platform_rules
from data.clock import DAY, HOUR, at_minute, local_day, zone
from data.clocks.hours import hours_of
from data.clocks.useful import WindowKind, watch, windows
from data.platform_rules import Allowance
from data.reads import case as reads
from data.rows import CasePage
from data.settings import Contact, Deadlines, Settings
from tests.data.casework.desk import Desk
from tests.screens.test_call import one_case

SHANGHAI = zone("Asia/Shanghai")
SETTINGS = Settings()
HOURS = hours_of(SETTINGS.clock, SETTINGS.contact, SHANGHAI)


def row(**values: object) -> Allowance:
    return Allowance("test", "2026-11", "high", **values)  # type: ignore[arg-type]


@pytest.fixture
def rows() -> Iterator[dict[tuple[str, str], Allowance]]:
    """The platforms' rows of a test, put back afterwards."""
    own: dict[tuple[str, str], Allowance] = {}
    before = platform_rules.allowances()
    platform_rules.use(own)
    yield own
    platform_rules.use(before)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[CasePage]:
    desk = Desk(tmp_path / "shop.db")
    one_case(desk)
    yield reads.case(desk.world.connection, 1, desk.now)
    desk.store.close()
    desk.world.connection.close()


def kinds(page: CasePage, now: int) -> list[WindowKind]:
    return [each.kind for each in windows(page, now, HOURS, Contact())]


NOW = 1_795_000_000_000 - 9 * HOUR


def test_what_is_not_known_closes_nothing(page: CasePage, rows: dict[tuple[str, str], Allowance]) -> None:
    rows["taobao", "revise"] = row(allowed=None, days=30)
    rows["taobao", "append"] = row(allowed=True)
    assert set(kinds(page, NOW)) == {WindowKind.CONTACT_HOURS, WindowKind.DESK_HOURS}


def test_each_known_window_closes_at_its_own_time(page: CasePage, rows: dict[tuple[str, str], Allowance]) -> None:
    rows["taobao", "revise"] = row(allowed=True, days=30)
    rows["taobao", "append"] = row(allowed=True, days=180, since="trade")
    rows["taobao", "reply"] = row(allowed=True, days=29)
    rows["taobao", "appeal"] = row(allowed=True, days=31)
    found = {each.kind: each.ends_at for each in windows(page, NOW, HOURS, Contact())}
    assert page.order is not None
    assert page.order.signed_at is not None
    assert found[WindowKind.REVISE] == page.row.reviewed_at + 30 * DAY
    assert found[WindowKind.APPEND] == page.order.signed_at + 180 * DAY
    assert found[WindowKind.REPLY] == page.row.reviewed_at + 29 * DAY
    assert found[WindowKind.APPEAL] == page.row.reviewed_at + 31 * DAY


def test_what_was_done_already_no_longer_closes(page: CasePage, rows: dict[tuple[str, str], Allowance]) -> None:
    for act in ("revise", "append", "reply"):
        rows["taobao", act] = row(allowed=True, days=30, closed_by_append=act == "revise")
    used = replace(page, reply_text="谢谢", appended_at=NOW - HOUR, appended_text="还行")
    assert set(kinds(used, NOW)) == {WindowKind.CONTACT_HOURS, WindowKind.DESK_HOURS}


def test_a_number_that_dies_first_is_the_last_useful_time(page: CasePage) -> None:
    assert page.facts.phone is not None
    dying = replace(page, facts=replace(page.facts, phone=replace(page.facts.phone, expires_at=NOW + HOUR)))
    first = watch(dying, NOW, SETTINGS).last_useful
    assert first is not None
    assert (first.kind, first.ends_at) == (WindowKind.NUMBER, NOW + HOUR)


def test_a_virtual_number_lives_as_long_as_the_platform_says(
    page: CasePage, rows: dict[tuple[str, str], Allowance]
) -> None:
    rows["taobao", "number"] = row(days=15, since="trade")
    assert page.facts.phone is not None
    assert WindowKind.NUMBER not in kinds(page, NOW)
    virtual = replace(page, facts=replace(page.facts, phone=replace(page.facts.phone, virtual=True)))
    assert WindowKind.NUMBER in kinds(virtual, NOW)
    rows["taobao", "number"] = row(days=15, since="fetch")
    assert WindowKind.NUMBER not in kinds(virtual, NOW)


def test_nobody_is_hurried_towards_a_buyer_who_may_not_be_contacted_or_a_closed_case(page: CasePage) -> None:
    for facts in (replace(page.facts, do_not_contact_at=NOW), replace(page.facts, open=False)):
        assert watch(replace(page, facts=facts), NOW, SETTINGS).last_useful is None


@given(st.integers(0, 40 * 24 * 60), st.sampled_from((None, "America/New_York", "Asia/Tokyo")))
@tuned(max_examples=27, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_windows_lie_ahead_in_order_and_hours_end_on_the_wall_clock_of_whom_they_are_for(
    page: CasePage, minute: int, buyers: str | None
) -> None:
    now = NOW + minute * 60_000
    found = windows(replace(page, facts=replace(page.facts, zone=buyers)), now, HOURS, Contact())
    ends = [each.ends_at for each in found]
    assert ends == sorted(ends)
    assert all(end > now for end in ends)
    here = zone(buyers) if buyers else SHANGHAI
    by_kind = {each.kind: each.ends_at for each in found}
    contact = by_kind[WindowKind.CONTACT_HOURS]
    assert contact == at_minute(local_day(contact, here), Contact().hard_until, here)
    assert contact - now <= DAY
    assert by_kind[WindowKind.DESK_HOURS] == at_minute(
        local_day(by_kind[WindowKind.DESK_HOURS], SHANGHAI), Deadlines().staffed[-1][1], SHANGHAI
    )
