"""The buyer calls: one act leads to the script for it, and nothing of it is an attempt of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.clock import zone
from data.outcomes import STANDINGS, LineResult, standings_for
from data.protocols import Disposition
from data.reads import SqlReads
from data.rows import LogFilter
from data.vocabulary import Result, State
from screens.buyer import BuyerScreen
from screens.call import CallScreen
from screens.inbox import InboxScreen
from screens.log import LogScreen
from tests.data.casework.desk import HOUR, Desk
from tests.screens.real import at_work
from tests.screens.test_call import one_case


async def test_one_key_on_the_buyer_screen_opens_the_script_for_a_call_that_came_in(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("i")
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT json_extract(run, '$.place') FROM call") == "incoming"
        assert "the buyer called" in desk.text()
        assert (data.row(1)["attempts"], data.row(1)["calls"], data.row(1)["state"]) == (0, 0, "working")


async def test_it_stands_in_the_list_of_acts_of_the_inbox_by_its_name(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=one_case) as (desk, data):
        await desk.press("f9")
        for _page in range(6):
            if "The buyer calls" in desk.text():
                break
            await desk.press("9")
        (row,) = (each for each in desk.lines() if "The buyer calls" in each)
        await desk.press(row.replace("▌", "").split()[0])
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT incoming FROM contact") == 1


async def test_the_palette_finds_it_in_chinese(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("ctrl+p")
        await desk.type("来电")
        await desk.settled()
        await desk.press("enter")
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT incoming FROM contact") == 1


async def test_a_contact_without_an_outcome_comes_first(tmp_path: Path) -> None:
    def two(data: Desk) -> None:
        one_case(data)
        one_case(data)
        data.casework.start_call(2)

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=two) as (desk, data):
        await desk.press("i")
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT count(*) FROM contact") == 1


async def test_no_rule_stands_in_its_way(tmp_path: Path) -> None:
    def barred(data: Desk) -> None:
        one_case(data)
        data.world.change("buyer", 1, do_not_contact_at=data.now, refused_at=data.now)
        data.world.contact(1, started_at=data.now - HOUR, ended_at=data.now - HOUR, line="declined", standing="in_talk")

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=barred) as (desk, _data):
        await desk.press("i")
        assert isinstance(desk.screen, CallScreen)


@pytest.mark.parametrize(("state", "said"), [("closed", "reopen it first"), ("escalated", "takes it over")])
async def test_a_case_that_nobody_works_on_says_what_comes_first(tmp_path: Path, state: str, said: str) -> None:
    def prepare(data: Desk) -> None:
        one_case(data)
        if state == State.CLOSED:
            data.casework.close(1, Result.KEPT)
        else:
            data.casework.escalate(1)

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=prepare) as (desk, data):
        await desk.press("i")
        assert desk.rule_says(said)
        assert data.value("SELECT count(*) FROM contact") == 0


async def test_the_log_says_that_the_buyer_called(tmp_path: Path) -> None:
    def called(data: Desk) -> None:
        one_case(data)
        call = data.casework.start_call(1, incoming=True)
        data.casework.record_outcome(call.contact_id, Disposition("right_party", "undecided"))

    async with at_work(tmp_path, lambda place, _data: LogScreen(place), prepare=called) as (desk, _data):
        assert "call from buyer" in desk.text()


def test_what_came_in_is_no_attempt_whatever_it_came_to(tmp_path: Path) -> None:
    for line in LineResult:
        standing = next(each for each in standings_for(line) if not STANDINGS[each].needs_time)
        data = Desk(tmp_path / f"{line}.db")
        one_case(data)
        call = data.casework.start_call(1, incoming=True)
        assert call.incoming
        data.casework.record_outcome(call.contact_id, Disposition(line, standing))
        reads = SqlReads(data.store, zone=zone("Asia/Shanghai"))
        assert (data.row(1)["attempts"], data.row(1)["calls"]) == (0, 0)
        page = reads.case(1, now=data.now)
        assert page.facts.attempts_at == ()
        (row,) = reads.log(LogFilter(), after=None, before=None, last=False, limit=5).rows
        assert row.incoming
