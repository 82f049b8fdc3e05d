"""Writing to a buyer: the text that fits stands ready, what must not be said is shown, and one key lets it leave."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.settings import Messages, Settings
from data.vocabulary import Role
from screens.buyer import BuyerScreen
from screens.guide import GuideScreen
from screens.inbox import InboxScreen
from screens.message import MessageScreen
from screens.outcome import OutcomeScreen
from screens.workplace import Workplace
from tests.data.casework.desk import Desk as Data
from tests.screens.desk import Desk
from tests.screens.real import at_work
from widgets.text_box import TextBox


def _prepared(data: Data) -> None:
    data.case(cause="Q1")
    product = data.world.product()
    data.world.connection.execute("UPDATE review SET product_id = ?", (product,))
    data.world.connection.commit()
    data.casework.set_agent("莉莉", "售后专员", Role.AGENT)


def _buyer(place: Workplace, data: Data) -> BuyerScreen:
    case_id = data.value("SELECT id FROM review_case ORDER BY id DESC")
    assert isinstance(case_id, int)
    return BuyerScreen(place, case_id)


def _message(desk: Desk) -> MessageScreen:
    assert isinstance(desk.screen, MessageScreen)
    return desk.screen


@asynccontextmanager
async def writing(folder: Path, prepare: Any = None, **changes: Any) -> AsyncIterator[tuple[Desk, Data]]:
    """The screen, once the text stands there."""
    async with at_work(folder, _buyer, prepare=prepare or _prepared, **changes) as (desk, data):
        await desk.press("2")
        for _wait in range(500):
            if isinstance(desk.screen, MessageScreen) and desk.screen.ready:
                break
            await asyncio.sleep(0.01)
        await desk.settled()
        yield desk, data


def _settings(**changes: Any) -> Settings:
    return replace(Settings(), messages=Messages(**changes))


async def test_the_text_that_fits_stands_filled_in_and_enter_copies_and_records_it(tmp_path: Path) -> None:
    async with writing(tmp_path) as (desk, data):
        shown = _message(desk).box.text
        assert "莉莉" in shown
        assert "⟨" not in shown
        await desk.press("enter")
        assert desk.copied == [shown]
        assert isinstance(desk.screen, OutcomeScreen)
        assert data.value("SELECT way FROM message") == "copied"
        assert data.value("SELECT text FROM event_text ORDER BY event_id DESC") == shown


async def test_a_digit_takes_another_template_and_f8_other_words(tmp_path: Path) -> None:
    async with writing(tmp_path) as (desk, _data):
        first = _message(desk).box.text
        await desk.press("f8")
        second = _message(desk).box.text
        assert second != first
        await desk.press("2")
        assert _message(desk).box.text not in (first, second)


async def test_the_same_buyer_gets_another_wording_the_next_time(tmp_path: Path) -> None:
    from data.protocols import Written
    from data.vocabulary import Channel

    def had_one(data: Data) -> None:
        _prepared(data)
        case_id = data.value("SELECT id FROM review_case")
        assert isinstance(case_id, int)
        contact_id = data.casework.start_message(case_id, Channel.CHAT, "您好")
        data.casework.message_left(contact_id, Written(Channel.CHAT, "missed.chat", 0, "您好"))
        from data.protocols import Disposition

        data.casework.record_outcome(contact_id, Disposition("replied", "in_talk"))
        data.now += 3 * 3_600_000

    async with writing(tmp_path, had_one) as (desk, _data):
        message = _message(desk).writing
        message.pick(message.book.template("missed.chat"))
        assert message.variant == 1


async def test_what_is_not_filled_in_cannot_be_sent(tmp_path: Path) -> None:
    async with writing(tmp_path) as (desk, data):
        await desk.press("f5")
        await desk.type("ask.other")
        await desk.press("enter")
        assert "⟨" in _message(desk).box.text
        await desk.press("enter")
        assert desk.rule_says("⟨")
        assert data.value("SELECT count(*) FROM contact") == 0
        assert not desk.copied


async def test_what_must_not_be_said_is_shown_and_f2_says_it_decently(tmp_path: Path) -> None:
    async with writing(tmp_path) as (desk, data):
        await desk.press("tab")
        box = _message(desk).box
        assert isinstance(desk.focused, TextBox)
        box.load_text("您改成好评，我们退您20元。")
        await desk.settled()
        await desk.press("tab")
        assert "✖" in desk.text()
        await desk.press("enter")
        assert data.value("SELECT count(*) FROM contact") == 0
        await desk.press("f2")
        assert not _message(desk).writing.judged.findings
        await desk.press("enter")
        assert len(desk.copied) == 1


async def test_words_that_were_changed_stand_there_again(tmp_path: Path) -> None:
    async with writing(tmp_path) as (desk, data):
        await desk.press("tab")
        _message(desk).box.load_text("您好，裤子我来换。")
        await desk.settled()
        await desk.press("tab", "escape")
        assert "裤子我来换" in str(data.value("SELECT text FROM draft WHERE kind = 'message'"))


async def test_a_command_gets_the_text_and_its_arguments_without_a_shell(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program = "import sys; open(sys.argv[1], 'w').write('|'.join(sys.argv[2:]) + '|' + sys.stdin.read())"
    send = (sys.executable, "-c", program, str(seen), "{channel}", "; rm -rf {nick} $(id)", "{unknown}")
    async with writing(tmp_path, settings=_settings(send=send)) as (desk, data):
        text = _message(desk).box.text
        await desk.press("enter")
        channel, second, third, said = seen.read_text("utf-8").split("|")
        assert (channel, third, said) == ("chat", "{unknown}", text)
        assert second.startswith("; rm -rf ")
        assert second.endswith(" $(id)")
        assert data.value("SELECT way FROM message") == "sent"
        assert not desk.copied


async def test_a_command_that_fails_is_told_and_the_text_can_be_copied_in_the_same_contact(tmp_path: Path) -> None:
    send = (sys.executable, "-c", "import sys; sys.exit('no line')")
    async with writing(tmp_path, settings=_settings(send=send)) as (desk, data):
        await desk.press("enter")
        assert desk.rule_says("no line")
        assert data.value("SELECT way FROM message") == "failed"
        await desk.press("f3")
        assert len(desk.copied) == 1
        assert data.value("SELECT count(*) FROM contact") == 1
        assert isinstance(desk.screen, OutcomeScreen)


async def test_a_terminal_that_cannot_copy_shows_the_text_and_the_record_says_so(tmp_path: Path) -> None:
    async with writing(tmp_path, copy=lambda _text: False) as (desk, data):
        await desk.press("enter")
        assert isinstance(desk.screen, MessageScreen)
        assert data.value("SELECT way FROM message") == "shown"
        await desk.press("enter")
        assert isinstance(desk.screen, OutcomeScreen)


async def test_by_a_channel_that_is_not_allowed_now_nothing_leaves(tmp_path: Path) -> None:
    async with writing(tmp_path) as (desk, data):
        await desk.press("f7", "2")
        assert _message(desk).writing.channel == "sms"
        assert _message(desk).box.text.startswith(("【", "回暖旗舰店: "))
        await desk.press("enter")
        assert data.value("SELECT count(*) FROM contact") == 0


async def test_what_was_written_elsewhere_is_only_recorded(tmp_path: Path) -> None:
    async with writing(tmp_path) as (desk, data):
        await _message(desk).action_act("message.record")
        await desk.settled()
        assert isinstance(desk.screen, OutcomeScreen)
        assert data.value("SELECT count(*) FROM message") == 0


async def test_steps_are_read_one_by_one_and_where_the_buyer_is_stuck_is_noted(tmp_path: Path) -> None:
    async with writing(tmp_path) as (desk, data):
        await _message(desk).action_act("message.guide")
        await desk.settled()
        await desk.press("1")
        assert isinstance(desk.screen, GuideScreen)
        await desk.press("enter", "f6")
        assert data.value("SELECT number FROM event WHERE kind = 'guide_stuck'") == 2
        assert data.value("SELECT code FROM event WHERE kind = 'guide_stuck'") == "taobao.revise.phone"
        await desk.press("backspace", "backspace")
        assert isinstance(desk.screen, MessageScreen)


async def test_the_way_to_a_contact_leads_to_the_text_where_a_text_is_due(tmp_path: Path) -> None:
    def due(data: Data) -> None:
        _prepared(data)
        data.world.insert(
            "follow_up", case_id=1, kind="satisfaction", channel="chat", state="open", due_at=data.now, set_at=data.now
        )
        data.world.connection.execute("UPDATE review_case SET follow_up_at = ?, state = 'scheduled'", (data.now,))
        data.world.connection.commit()

    def inbox(place: Workplace, _data: Data) -> InboxScreen:
        return InboxScreen(place)

    async with at_work(tmp_path, inbox, prepare=due) as (desk, _data):
        await desk.press("4", "f3")
        for _wait in range(500):
            if isinstance(desk.screen, MessageScreen) and desk.screen.ready:
                break
            await asyncio.sleep(0.01)
        template = _message(desk).writing.templates[0]
        assert template.id.startswith("well.")


async def test_to_a_colleagues_buyer_nothing_leaves_and_it_is_said_at_once(tmp_path: Path) -> None:
    def a_colleagues(data: Data) -> None:
        _prepared(data)
        data.casework_of(data.world.agent("ming", name="阿明")).claim(1)

    async with writing(tmp_path, a_colleagues) as (desk, data):
        assert desk.rule_says("阿明 has this case")
        await desk.press("enter")
        assert desk.rule_says("阿明 has this case")
        assert desk.copied == []
        assert data.value("SELECT count(*) FROM contact") == 0
