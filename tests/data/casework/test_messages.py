"""A text leaves only when the contact rules and the linter say so, and what is kept says how it left."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import Refused
from data.protocols import Disposition, Written
from data.reads import SqlReads
from data.vocabulary import Channel, MessageWay
from tests.data.casework.desk import HOUR, Desk, desk_in

TEXT = "您好，我是旗舰店售后莉莉，您的裤子我来处理。"


@pytest.fixture
def desk(tmp_path: Path):  # type: ignore[no-untyped-def]
    yield from desk_in(tmp_path)


def _reads(desk: Desk) -> SqlReads:
    from data.clock import zone

    return SqlReads(desk.store, zone=zone("Asia/Shanghai"))


def test_a_copied_text_counts_an_attempt_and_is_kept_as_copied(desk: Desk) -> None:
    case_id = desk.case()
    contact_id = desk.casework.start_message(case_id, Channel.CHAT, TEXT)
    done = desk.casework.message_left(contact_id, Written(Channel.CHAT, "first.hello", 1, TEXT))
    assert not done.undoable
    assert desk.row(case_id)["attempts"] == 1
    assert desk.events(case_id)[-2:] == ["contact_started", "message_written"]
    (kept,) = _reads(desk).messages(case_id)
    assert (kept.template, kept.variant, kept.way, kept.channel, kept.text) == (
        "first.hello", 1, "copied", "chat", TEXT,
    )  # fmt: skip
    assert not desk.faults()


def test_the_words_lie_beside_the_event_and_the_event_holds_a_closed_code(desk: Desk) -> None:
    case_id = desk.case()
    contact_id = desk.casework.start_message(case_id, Channel.CHAT, TEXT)
    desk.casework.message_left(contact_id, Written(Channel.CHAT, "own", 0, TEXT, MessageWay.SENT))
    assert desk.value("SELECT code FROM event WHERE kind = 'message_written'") == "sent"
    assert desk.value("SELECT text FROM event_text ORDER BY event_id DESC") == TEXT


def test_a_text_goes_out_in_a_contact_that_is_under_way_without_another_attempt(desk: Desk) -> None:
    case_id = desk.case()
    first = desk.casework.start_message(case_id, Channel.CHAT, TEXT)
    desk.casework.message_left(first, Written(Channel.CHAT, "own", 0, TEXT, MessageWay.FAILED))
    assert desk.casework.start_message(case_id, Channel.CHAT, TEXT, first) == first
    assert desk.row(case_id)["attempts"] == 1


@pytest.mark.parametrize(
    "text",
    ["您改成好评，我们退您20元", "不改评价我们就起诉您", "麻烦把验证码发我", "补救是⟨约好的补救⟩", "  "],
)
def test_what_must_not_leave_starts_no_contact(desk: Desk, text: str) -> None:
    case_id = desk.case()
    with pytest.raises(Refused):
        desk.casework.start_message(case_id, Channel.CHAT, text)
    assert desk.row(case_id)["attempts"] == 0
    assert "contact_started" not in desk.events(case_id)


def test_a_text_message_in_more_parts_than_the_shop_pays_for_does_not_leave(desk: Desk) -> None:
    with pytest.raises(Refused, match="2"):
        desk.casework.start_message(desk.case(), Channel.SMS, "【旗舰店】" + "包裹今天寄出，单号在订单里。" * 14)


def test_the_contact_rules_are_asked_before_a_text_leaves(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.set_do_not_contact(case_id)
    with pytest.raises(Refused):
        desk.casework.start_message(case_id, Channel.CHAT, TEXT)
    desk.now += 13 * HOUR
    with pytest.raises(Refused):
        desk.casework.start_message(desk.case(), Channel.CHAT, TEXT)


def test_a_contact_with_its_outcome_takes_no_more_texts(desk: Desk) -> None:
    case_id = desk.case()
    contact_id = desk.casework.start_message(case_id, Channel.CHAT, TEXT)
    desk.casework.record_outcome(contact_id, Disposition("sent", "waiting_answer"))
    with pytest.raises(Refused):
        desk.casework.message_left(contact_id, Written(Channel.CHAT, "own", 0, TEXT))
    with pytest.raises(Refused):
        desk.casework.start_message(case_id, Channel.CHAT, TEXT, contact_id)


def test_what_a_command_refused_is_no_use_of_a_template(desk: Desk) -> None:
    case_id = desk.case()
    contact_id = desk.casework.start_message(case_id, Channel.CHAT, TEXT)
    for way in (MessageWay.FAILED, MessageWay.SENT, MessageWay.COPIED):
        desk.casework.message_left(contact_id, Written(Channel.CHAT, "ask.return", 0, TEXT, way))
    assert _reads(desk).template_uses() == {"ask.return": 2}


def test_where_a_buyer_was_stuck_and_what_was_dialled_is_noted(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.guide_stuck(case_id, "taobao.revise.phone", 3)
    assert desk.value("SELECT number FROM event WHERE kind = 'guide_stuck'") == 3
    call = desk.casework.start_call(case_id)
    desk.casework.dialling(call.contact_id, 127)
    assert desk.value("SELECT number FROM event WHERE kind = 'dialled'") == 127
    assert not desk.faults()
