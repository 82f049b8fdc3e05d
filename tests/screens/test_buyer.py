"""The buyer screen, the log and the first run, by keys alone and at every size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.clock import to_local, zone
from data.language import choose_language
from screens.add_review import AddReviewScreen
from screens.buyer import BuyerScreen
from screens.call import CallScreen
from screens.contact import ContactScreen
from screens.first_run import FirstRunScreen
from screens.inbox import InboxScreen
from screens.log import LogScreen
from screens.outcome import OutcomeScreen
from tests.data.casework.desk import DAY, HOUR, Desk
from tests.screens.real import at_work
from tests.screens.shop import HOSTILE
from tests.screens.test_call import one_case
from widgets.cells import width

SIZES = [(80, 24), (100, 30), (160, 50), (40, 12)]


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The screen's language, put back afterwards."""
    yield choose_language(request.param)
    choose_language("en")


def history(data: Desk) -> None:
    one_case(data)
    world, now = data.world, data.now
    world.contact(1, started_at=now - DAY, ended_at=now - DAY, note="没接")
    world.insert("note", case_id=1, agent_id=world.agent_id, at=now - HOUR, text="先发图给仓库看")
    world.insert(
        "promise", case_id=1, by_whom="buyer", kind="revise", state="missed", made_at=now - 3 * DAY, due_at=now - DAY
    )
    world.insert(
        "remedy", case_id=1, agent_id=world.agent_id, kind="resend", detail="补寄一条", state="accepted",
        offered_at=now - DAY, accepted_at=now - DAY, due_at=now + DAY,
    )  # fmt: skip
    world.insert(
        "revision", review_id=1, kind="appended", seen_at=now - HOUR, text_after="补充：客服态度还行",
    )  # fmt: skip
    world.review(1, grade="good", rating=5, text="第一次买的不错", created_at=now - 90 * DAY)


async def test_the_buyer_screen_tells_everything_that_an_agent_needs(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=history) as (desk, _data):
        text = desk.text()
        for part in ("太短了", "140****6737", "朱*", "没接", "先发图给仓库看", "补寄一条", "补充", "第一次买的不错"):
            assert part in text
        assert "14001516737" not in text


async def test_a_number_is_shown_for_a_reason_and_the_log_knows_it(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("f8", "1" if "140****6737" in desk.text() else "2")
        await desk.press("enter")
        await desk.type("called back")
        await desk.press("enter")
        shown = desk.text()
        assert "revealed" in data.events(1)
        assert "朱勇" in shown or "14001516737" in shown


async def test_acts_on_the_buyer_screen_go_by_digit(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("9")
        assert data.row(1)["owner_id"] == data.world.agent_id
        await desk.press("4", "2")
        assert data.row(1)["cause"] == "Q2"
        await desk.press("3")
        await desk.type("ask the warehouse")
        await desk.press("enter")
        assert data.value("SELECT text FROM note") == "ask the warehouse"
        await desk.press("5", "4")
        assert data.row(1)["state"] == "scheduled"
        await desk.press("u")
        assert data.row(1)["state"] == "new"


async def test_do_not_contact_is_asked_about_since_it_cannot_be_undone(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.screen.run_action("act('buyer.never')")
        await desk.settled()
        await desk.press("2")
        assert data.value("SELECT do_not_contact_at FROM buyer") is None
        await desk.screen.run_action("act('buyer.never')")
        await desk.settled()
        await desk.press("1")
        assert data.value("SELECT do_not_contact_at FROM buyer") is not None
        await desk.press("f3")
        assert isinstance(desk.screen, ContactScreen)


async def test_the_log_shows_contacts_newest_first_and_opens_their_case(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: LogScreen(place), prepare=history) as (desk, _data):
        assert "没接" in desk.text()
        await desk.press("enter")
        assert isinstance(desk.screen, BuyerScreen)
        await desk.press("backspace", "slash")
        await desk.type("zzz")
        await desk.press("enter")
        assert "没接" not in desk.text()


async def test_the_first_run_says_what_to_do_and_leads_to_the_inbox(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: FirstRunScreen(place)) as (desk, _data):
        assert all(f"{digit} " in desk.text() for digit in range(1, 6))
        await desk.press("1")
        await desk.type("no such file")
        await desk.press("enter")
        assert desk.rule_says("✖")
        await desk.press("escape", "5")
        assert isinstance(desk.screen, InboxScreen)


def hostile(data: Desk) -> None:
    one_case(data)
    worst = "".join(HOSTILE)
    data.world.change("review", 1, text=worst, appended_text=worst, reply_text=worst)
    data.world.change("buyer", 1, nick=worst)
    data.world.change("product", 1, title=worst)
    data.world.change("purchase", 1, carrier=worst, tracking="9" * 40, variant=worst, status=worst)
    data.world.contact(1, started_at=data.now - DAY - 2 * HOUR, ended_at=data.now - DAY, note=worst)
    data.world.insert("note", case_id=1, agent_id=data.world.agent_id, at=data.now, text=worst)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_texts_leave_every_line_of_every_screen_inside(
    language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    async with at_work(tmp_path, lambda place, _data: InboxScreen(place), prepare=hostile, size=size) as (desk, _data):

        def fits() -> None:
            for each in desk.lines():
                assert width(each) <= size[0]
                assert each.isprintable() or all(sign.isprintable() or sign == "\u3000" for sign in each)
            assert len(desk.lines()) == size[1]

        fits()
        await desk.press("enter")
        assert isinstance(desk.screen, BuyerScreen)
        fits()
        await desk.press("down")
        fits()
        await desk.press("f3")
        assert isinstance(desk.screen, CallScreen)
        for key in "111":
            fits()
            await desk.press(key)
        await desk.press("9")
        fits()
        await desk.press("escape", "0", "0")
        assert isinstance(desk.screen, OutcomeScreen)
        fits()
        await desk.press("f9")
        fits()


@pytest.mark.parametrize("opening", [LogScreen, FirstRunScreen, AddReviewScreen])
@pytest.mark.parametrize("size", SIZES)
async def test_the_other_screens_fit_too(
    language: str, opening: type[LogScreen], size: tuple[int, int], tmp_path: Path
) -> None:
    async with at_work(tmp_path, lambda place, _data: opening(place), prepare=hostile, size=size) as (desk, _data):
        assert all(width(each) <= size[0] for each in desk.lines())
        assert len(desk.lines()) == size[1]


def wordy(data: Desk) -> None:
    one_case(data)
    data.world.change("review", 1, text="".join(chr(0x4E00 + number) for number in range(500)))
    data.world.change("purchase", 1, external_id="1234567890" * 4)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 50)])
async def test_a_long_review_and_a_long_number_can_be_read_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=wordy, size=size) as (desk, _):
        seen = desk.text()
        for _page in range(3):
            await desk.press("down")
            seen += desk.text()
        assert all(chr(0x4E00 + number) in seen for number in range(500))
        assert all(seen.count(four) >= 2 for four in ("1234", "5678", "9012", "3456", "7890"))


async def test_a_time_for_later_can_be_typed_as_it_is_said(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=one_case) as (desk, data):
        await desk.press("f7", "8")
        await desk.type("周五上午")
        await desk.press("enter")
        assert data.row(1)["state"] == "scheduled"
        back = to_local(int(str(data.row(1)["due_at"])), zone("Asia/Shanghai"))
        assert (back.isoweekday(), back.hour, back.minute) == (5, 10, 0)
