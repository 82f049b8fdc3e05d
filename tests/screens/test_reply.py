"""The public reply on the screen: typed and kept, checked while it is read, copied, posted, locked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.settings import Replies, Settings
from screens.replies import RepliesScreen
from screens.reply import ReplyScreen
from screens.workplace import Workplace
from tests.data.casework.desk import HOUR, Desk
from tests.screens.real import at_work

FIT = "谢谢您说清楚。腰口开线是我们没有把好关,已经换新。从本周起每条都加一道检查。"
SIZES = [(80, 24), (100, 30), (160, 50)]


def a_case(data: Desk) -> None:
    data.case(cause="Q1")


def opened(place: Workplace, _data: Desk) -> ReplyScreen:
    return ReplyScreen(place, 1)


def at_it(d: Any) -> ReplyScreen:
    """The reply's screen, which must be on top."""
    assert isinstance(d.screen, ReplyScreen)
    return d.screen


async def typed(d: Any, text: str) -> None:
    """Type into the box as an input method does, and wait until it is kept."""
    d.screen.box.insert(text)
    d.screen.box.draft()
    await d.settled()


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_typed_is_kept_counted_and_shown_as_readers_will_see_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_work(tmp_path, opened, size=size, prepare=a_case) as (d, data):
        await d.press("tab")
        await typed(d, FIT)
        assert data.value("SELECT text FROM reply") == FIT
        assert f"{len(FIT)} / 500" in d.text()
        await d.press("tab")
        assert "As readers will see it" in d.text()
        assert not at_it(d).typing


async def test_digits_are_text_in_the_box_and_enter_begins_a_line(tmp_path: Path) -> None:
    async with at_work(tmp_path, opened, prepare=a_case) as (d, data):
        await d.press("1", "3", "enter", "5", "escape")
        assert data.value("SELECT text FROM reply") == "3\n5"


async def test_what_must_not_be_said_is_pointed_at_and_cannot_be_posted(tmp_path: Path) -> None:
    async with at_work(tmp_path, opened, prepare=a_case) as (d, data):
        await d.press("tab")
        await typed(d, "请打13800001234,希望您能修改评价。")
        await d.press("tab")
        assert "13800001234" in d.text()
        assert "asks nobody" in d.text()
        await d.press("f5")
        assert isinstance(d.screen, ReplyScreen)
        assert data.value("SELECT state FROM reply") == "draft"


async def test_a_template_leaves_open_what_only_the_shop_knows(tmp_path: Path) -> None:
    async with at_work(tmp_path, opened, prepare=a_case) as (d, data):
        await d.press("f6", "1")
        assert "〔" in str(data.value("SELECT text FROM reply"))
        assert data.value("SELECT template FROM reply") == "defect"
        await d.press("f5")
        assert d.rule_says("not filled in")


async def test_posting_copies_the_text_asks_once_and_locks_it(tmp_path: Path) -> None:
    async with at_work(tmp_path, opened, prepare=a_case) as (d, data):
        await d.press("tab")
        await typed(d, FIT)
        await d.press("tab", "f5")
        assert d.copied == [FIT]
        assert "locked" in d.text()
        await d.press("2")
        assert data.value("SELECT state FROM reply") == "draft"
        await d.press("tab", "f5", "1")
        assert not at_it(d).typing
        assert data.value("SELECT state FROM reply") == "sent"
        assert d.rule_says("Sent, and locked")
        assert "chance to reply is used" in d.text()
        await d.press("1")
        assert not at_it(d).typing


async def test_where_the_shop_wants_it_a_second_person_reads_it_and_decides_with_one_key(tmp_path: Path) -> None:
    def proposed(data: Desk) -> None:
        data.case()
        other = data.world.agent("ming", name="阿明")
        by_other = data.casework_of(other)
        by_other.draft_reply(1, FIT, 0)
        by_other.propose_reply(1)

    def listed(place: Workplace, _data: Desk) -> RepliesScreen:
        return RepliesScreen(place)

    async with at_work(tmp_path, listed, prepare=proposed) as (d, data):
        assert "阿明" in d.text()
        assert "腰口开线是我们" in d.text()
        await d.press("f5")
        assert data.value("SELECT state FROM reply") == "approved"
        assert "No reply waits to be read." in d.text()
        await d.press("2")
        assert "阿明" in d.text()


async def test_ones_own_reply_waits_for_somebody_else(tmp_path: Path) -> None:
    wanted = Settings(replies=Replies(second_person=True))
    async with at_work(tmp_path, opened, prepare=a_case, settings=wanted) as (d, data):
        data.settings = wanted
        await d.press("tab")
        await typed(d, FIT)
        await d.press("tab", "f5")
        assert d.rule_says("second person reads it first")
        await d.press("f7")
        assert data.value("SELECT state FROM reply") == "proposed"
        await d.press("7")
        assert d.rule_says("Nobody approves")
        await d.press("6")
        assert data.value("SELECT state FROM reply") == "draft"


async def test_a_reply_that_came_back_says_what_is_to_be_changed(tmp_path: Path) -> None:
    def returned(data: Desk) -> None:
        data.case()
        data.casework.draft_reply(1, FIT, 0)
        data.casework.propose_reply(1)
        other = data.casework_of(data.world.agent("ming", name="阿明"))
        other.send_back_reply(1, data.now, "写上从哪天起")

    async with at_work(tmp_path, opened, prepare=returned) as (d, _data):
        assert "写上从哪天起" in d.text()


async def test_the_buyer_screen_offers_a_reply_after_a_refusal_and_tells_when_it_is_outdated(tmp_path: Path) -> None:
    from data.protocols import Disposition
    from data.vocabulary import Channel
    from screens.buyer import BuyerScreen

    def refused(data: Desk) -> None:
        case_id = data.case()
        contact = data.casework.start_contact(case_id, Channel.CHAT)
        data.casework.record_outcome(contact, Disposition("replied", "refused_firm"))

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=refused) as (d, data):
        assert "worth writing" in d.text()
        data.casework.draft_reply(1, FIT, 0)
        data.casework.mark_reply_sent(1, FIT)
        data.world.insert("revision", review_id=1, kind="revised", seen_at=data.now + HOUR)
        await d.press("r", "escape")
        assert "outdated" in d.text()


async def test_what_could_not_be_written_down_stays_in_the_box(tmp_path: Path) -> None:
    def held(data: Desk) -> None:
        data.case()
        data.casework_of(data.world.agent("ming", name="阿明")).claim(1)

    async with at_work(tmp_path, opened, prepare=held) as (d, data):
        await d.press("tab")
        await typed(d, FIT)
        assert d.rule_says("阿明")
        await d.press("tab")
        assert at_it(d).box.text == FIT
        assert data.value("SELECT count(*) FROM reply") == 0


async def test_the_buyer_screen_compares_what_the_platform_shows_with_what_was_sent(tmp_path: Path) -> None:
    from screens.buyer import BuyerScreen

    def posted(data: Desk) -> None:
        data.case()
        data.casework.draft_reply(1, FIT, 0)
        data.casework.mark_reply_sent(1, FIT)
        data.world.change("review", 1, reply_text=FIT.replace(",", ","))

    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=posted) as (d, data):
        assert "shows it as sent" in d.text()
        data.world.change("review", 1, reply_text="已处理")
        await d.press("r", "escape")
        assert "shows another reply" in d.text()


def a_colleagues(data: Desk) -> None:
    """A case that a colleague has, with a draft of theirs."""
    data.case(cause="Q1")
    by_other = data.casework_of(data.world.agent("ming", name="阿明"))
    by_other.claim(1)
    by_other.draft_reply(1, FIT, 0)


async def test_on_a_colleagues_case_it_is_said_before_a_template_is_picked_or_anything_is_typed(tmp_path: Path) -> None:
    async with at_work(tmp_path, opened, prepare=a_colleagues) as (d, data):
        assert "阿明 has this case. What it says can be read here." in " ".join(d.text().split())
        assert FIT[:8] in d.text()
        for key in ("f6", "tab", "f5"):
            await d.press(key)
            assert isinstance(d.screen, ReplyScreen)
            assert d.rule_says("阿明 has this case")
            assert not at_it(d).typing
        assert data.value("SELECT text FROM reply") == FIT


async def test_a_case_whose_claim_ran_out_is_anybodys_to_answer(tmp_path: Path) -> None:
    def left(data: Desk) -> None:
        a_colleagues(data)
        data.world.change("review_case", 1, lease_until=data.now - HOUR)

    async with at_work(tmp_path, opened, prepare=left) as (d, data):
        await d.press("f6", "1")
        assert "〔" in str(data.value("SELECT text FROM reply"))
