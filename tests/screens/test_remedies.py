"""Remedies at the desk: offered by a digit, decided by a lead with one key, and seen through to the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.language import choose_language
from data.remedies.rows import RemedyView
from screens.buyer import BuyerScreen
from screens.call import CallScreen
from screens.choose import Choose
from screens.notice import Notice
from screens.remedies import RemediesScreen
from screens.remedy_costs import CostsScreen
from screens.typed import TypeText
from tests.data.casework.desk import DAY, HOUR
from tests.data.casework.desk import Desk as Data
from tests.data.casework.test_ledger import case_with_order
from tests.screens.real import at_work
from widgets.remedy_lines import within


@pytest.fixture(autouse=True, params=["en", "zh_CN"])
def words(request: pytest.FixtureRequest) -> Iterator[str]:
    """The screen's language, put back afterwards."""
    yield choose_language(request.param)
    choose_language("en")


def one_case(data: Data) -> None:
    case_with_order(data)


def a_ledger(data: Data) -> None:
    """One overdue, one due today, one that a lead is asked about, one that was told."""
    case = case_with_order(data)
    rows = (
        ("accepted", data.now - 2 * HOUR, "给您换一件"),
        ("approved", data.now + HOUR, "退您31元"),
        ("asked", data.now + DAY, "全额退您159元"),
        ("told", data.now - DAY, "给您一张10元的券"),
    )
    for state, due_at, detail in rows:
        data.world.insert(
            "remedy", case_id=case, agent_id=data.world.agent_id, owner_id=data.world.agent_id, kind="exchange",
            detail=detail, state=state, offered_at=data.now - DAY, due_at=due_at, accepted_at=data.now - DAY,
            asked_at=data.now - DAY if state == "asked" else None, cost_minor=2_400,
        )  # fmt: skip


def for_a_lead(data: Data) -> None:
    a_ledger(data)
    data.world.change("agent", data.world.agent_id, role="lead")


async def test_a_remedy_is_offered_and_agreed_with_a_few_digits(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("m", "1")
        assert isinstance(desk.screen, Choose)
        assert "给您换一件" in desk.text()
        await desk.press("1")
        assert data.value("SELECT kind || '/' || state FROM remedy") == "exchange/offered"
        await desk.press("m", "2", "1")
        assert data.value("SELECT state FROM remedy") == "accepted"
        assert "给您换一件" in desk.text()


def test_whole_days_are_said_as_days(words: str) -> None:
    said = [within(hours) for hours in (1, 12, 24, 36, 168)]
    if words == "en":
        assert said == ["within 1 hour", "within 12 hours", "within 1 day", "within 36 hours", "within 7 days"]
    else:
        assert said == ["1 小时内", "12 小时内", "1 天内", "36 小时内", "7 天内"]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_the_choices_fit_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), size=size, prepare=one_case) as (desk, _d):
        await desk.press("m", "1")
        lines = desk.lines()
        assert all(f" {number} " in desk.text() for number in range(1, 6))
        assert len(lines) <= size[1]


async def test_an_amount_of_the_catalogue_is_typed_and_above_the_limit_a_lead_is_asked(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("m", "1", "4")
        every = desk.screen
        assert isinstance(every, Choose)
        at = next(at for at, each in enumerate(every._options) if each.value.entry.id == "refund_part")
        for _step in range(at):
            await desk.press("down")
        await desk.press("enter", "ctrl+u")
        await desk.type("35%")
        await desk.press("enter")
        assert data.value("SELECT state || '/' || quantity || '/' || amount_minor FROM remedy") == "asked/35/5500"


async def test_own_words_that_tie_it_to_the_review_are_refused_with_the_reason_and_can_be_mended(
    tmp_path: Path,
) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("m", "1", "5")
        await desk.type("换一条腰带,改好评后")
        await desk.press("enter")
        assert data.value("SELECT count(*) FROM remedy") == 0
        if isinstance(desk.screen, Notice):
            await desk.press("escape")
        assert isinstance(desk.screen, TypeText)
        await desk.press("end", *["backspace"] * 5, "enter")
        assert data.value("SELECT detail FROM remedy") == "换一条腰带"


async def test_for_money_in_own_words_the_screen_says_beforehand_and_afterwards_that_a_lead_is_asked(
    tmp_path: Path, words: str
) -> None:
    told = "a lead is asked" if words == "en" else "会请主管定"
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("m", "1")
        assert told in desk.text()
        await desk.press("5")
        assert told in desk.text()
        await desk.type("退20元")
        await desk.press("enter")
        assert data.value("SELECT state || '/' || detail FROM remedy") == "asked/退20元"
        assert ("one is asked" if words == "en" else "已请主管定") in desk.text()
        await desk.press("m", "1", "5")
        await desk.type("手写道歉卡")
        await desk.press("enter")
        assert data.value("SELECT state FROM remedy WHERE id = 2") == "offered"


async def test_a_lead_reads_of_no_other_lead_in_own_words(tmp_path: Path, words: str) -> None:
    def as_lead(data: Data) -> None:
        one_case(data)
        data.world.change("agent", data.world.agent_id, role="lead")

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=as_lead) as (desk, data):
        await desk.press("m", "1", "5")
        assert ("a lead is asked" if words == "en" else "会请主管定") not in desk.text()
        await desk.type("退20元")
        await desk.press("enter")
        assert data.value("SELECT state FROM remedy") == "offered"


async def test_in_a_call_f5_reads_out_what_fits_and_one_digit_enters_it(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("f3", "1")
        assert isinstance(desk.screen, CallScreen)
        await desk.press("f5", "1")
        assert isinstance(desk.screen, CallScreen)
        assert data.value("SELECT kind || '/' || state FROM remedy") == "exchange/offered"


async def test_the_ledger_opens_with_what_is_overdue_and_digits_show_the_other_lists(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: RemediesScreen(place), prepare=a_ledger) as (desk, _data):
        ledger = desk.screen
        assert isinstance(ledger, RemediesScreen)
        assert "给您换一件" in ledger.rows.text()
        assert "-2:00" in ledger.rows.text()
        for key, view, words in (
            ("2", RemedyView.TODAY, "退您31元"),
            ("3", RemedyView.ASKED, "全额退您159元"),
            ("4", RemedyView.OWED, "给您换一件"),
            ("5", RemedyView.ALL, "给您一张10元的券"),
        ):
            await desk.press(key)
            assert ledger.view is view
            assert words in ledger.rows.text()
        await desk.press("6")
        assert ledger.mine
        await desk.press("1", "enter")
        assert isinstance(desk.screen, BuyerScreen)


async def test_a_lead_approves_with_one_key_and_refuses_with_a_reason(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: RemediesScreen(place), prepare=for_a_lead) as (
        desk,
        data,
    ):
        await desk.press("3", "f5")
        assert data.value("SELECT state FROM remedy WHERE id = 3") == "approved"
        data.world.change("remedy", 3, state="asked", asked_at=data.now)
        await desk.press("r", "3", "f3")
        await desk.type("换一件更合适")
        await desk.press("enter")
        assert data.value("SELECT state FROM remedy WHERE id = 3") == "refused"


async def test_an_agent_is_told_that_a_lead_decides(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: RemediesScreen(place), prepare=a_ledger) as (desk, data):
        await desk.press("3", "f5")
        assert data.value("SELECT state FROM remedy WHERE id = 3") == "asked"


async def test_what_is_owed_goes_out_with_its_number_arrives_and_is_told(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: RemediesScreen(place), prepare=a_ledger) as (desk, data):
        await desk.press("1", "f6", "1")
        await desk.type("SF1390227710")
        await desk.press("enter")
        assert data.value("SELECT state || '/' || tracking FROM remedy WHERE id = 1") == "issued/SF1390227710"
        await desk.press("f7")
        assert data.value("SELECT state FROM remedy WHERE id = 1") == "delivered"


async def test_costs_are_shown_by_each_thing(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: RemediesScreen(place), prepare=a_ledger) as (desk, _data):
        await desk.press("7")
        assert isinstance(desk.screen, CostsScreen)
        for key in ("1", "2", "3", "4", "5", "6", "tab"):
            await desk.press(key)
            assert "¥72.00" in desk.text()


async def test_on_a_colleagues_case_nothing_is_asked_before_it_is_said(tmp_path: Path) -> None:
    def a_colleagues(data: Data) -> None:
        one_case(data)
        data.casework_of(data.world.agent("ming", name="阿明")).claim(1)

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=a_colleagues) as (desk, _data):
        await desk.press("m", "1")
        assert isinstance(desk.screen, BuyerScreen)
        assert "阿明" in desk.lines()[-2]
