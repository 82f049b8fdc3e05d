"""Before a call that might be hard somebody asks, and after one that was; on every other day nobody does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.protocols import Disposition
from screens.call import CallScreen
from screens.contact import ContactScreen
from screens.inbox import InboxScreen
from screens.readiness import ReadinessScreen
from tests.data.casework.desk import HOUR, MINUTE, Desk
from tests.screens.real import at_work
from tests.screens.test_call import one_case


def after_abuse(data: Desk) -> None:
    """The agent's last call, on another case, ended in abuse a quarter of an hour ago."""
    other = data.case()
    call = data.casework.start_call(other)
    data.casework.record_outcome(call.contact_id, Disposition("abusive", "escalated"))
    data.now += 15 * MINUTE
    one_case(data)


def case_two(data: Desk) -> None:
    after_abuse(data)
    data.settings = replace(data.settings, contact=replace(data.settings.contact, gap_minutes=0))


async def test_after_an_abusive_call_one_key_says_that_one_is_ready(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 2), prepare=case_two) as (desk, data):
        assert isinstance(desk.screen, ReadinessScreen)
        assert data.value("SELECT count(*) FROM contact") == 1
        await desk.press("2")
        assert "10:26" in desk.text()
        await desk.press("1")
        assert isinstance(desk.screen, CallScreen)


async def test_who_is_not_ready_leaves_without_an_attempt(tmp_path: Path) -> None:
    opening = lambda place, _data: InboxScreen(place)  # noqa: E731
    async with at_work(tmp_path, opening, prepare=case_two) as (desk, data):
        desk.app.push_screen(ContactScreen(desk.place, 2))
        await desk.settled()
        assert isinstance(desk.screen, ReadinessScreen)
        await desk.press("0")
        assert isinstance(desk.screen, InboxScreen)
        assert data.value("SELECT count(*) FROM contact") == 1


async def test_two_hours_later_nobody_asks(tmp_path: Path) -> None:
    def later(data: Desk) -> None:
        case_two(data)
        data.now += 5 * HOUR

    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, 2), prepare=later) as (desk, _data):
        assert isinstance(desk.screen, CallScreen)


@pytest.mark.parametrize(("asked", "screen"), [("always", ReadinessScreen), ("never", CallScreen)])
async def test_a_shop_may_ask_always_or_never(tmp_path: Path, asked: str, screen: type) -> None:
    def told(data: Desk) -> None:
        if asked == "always":
            one_case(data)
        else:
            case_two(data)
        data.settings = replace(data.settings, calls=replace(data.settings.calls, ready=asked))

    number = 1 if asked == "always" else 2
    async with at_work(tmp_path, lambda place, _data: ContactScreen(place, number), prepare=told) as (desk, _data):
        assert isinstance(desk.screen, screen)


async def test_a_break_is_offered_once_the_outcome_of_an_abusive_call_stands(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f3", "1", "1", "f7", "7", "0", "0", "1")
        assert isinstance(desk.screen, ReadinessScreen)
        assert data.value("SELECT line FROM contact") is not None
        await desk.press("enter")
        assert isinstance(desk.screen, InboxScreen)
        assert desk.rule_says("✔")
