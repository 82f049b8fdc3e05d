"""What fills a text, which one is proposed, how it is found, and how long it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.clock import zone
from data.messages.choose import fitting, moments_now, proposed, wording
from data.messages.compose import Composing
from data.messages.fill import fill, short, unfilled, values_of
from data.messages.find import find, prepared
from data.messages.format import Moment, Template
from data.messages.hand_over import MISSING, TOO_SLOW, hand_over
from data.messages.judge import decent, judge
from data.messages.limits import length
from data.messages.load import standard
from data.rows import AgentRow, CasePage, MessageRow, PromiseRow, RemedyRow
from data.vocabulary import Channel
from tests.screens.shop import NOW, case_page, case_row

BOOK = standard("zh_CN")
AGENT = AgentRow(1, "lili", "莉莉", "agent", "售后专员")
SHANGHAI = zone("Asia/Shanghai")


def _page(**changes: object) -> CasePage:
    return case_page(case_row(0), **changes)


def _remedy(state: str) -> RemedyRow:
    return RemedyRow("resend", "补发一条", None, "CNY", state, NOW - 1000, NOW + 86_400_000, tracking="SF1")


def _writing(page: CasePage, **more: object) -> Composing:
    return Composing(BOOK, page, AGENT, now=NOW, zone=SHANGHAI, **more)  # type: ignore[arg-type]


def test_only_what_the_ledger_holds_is_promised_in_writing() -> None:
    assert "remedy" not in values_of(_page(remedies=(_remedy("offered"),)), AGENT, BOOK, now=NOW, zone=SHANGHAI)
    known = values_of(_page(remedies=(_remedy("accepted"),)), AGENT, BOOK, now=NOW, zone=SHANGHAI)
    assert (known["remedy"], known["due"], known["remedy_tracking"]) == ("补发一条", "明天10:42", "SF1")


def test_what_the_case_does_not_know_is_marked_and_forbids_sending() -> None:
    filled = fill("{remedy}，{ref}", {"ref": "7"})
    assert filled.missing == ("remedy",)
    assert unfilled(filled.text)
    assert judge(filled.text, Channel.CHAT, platform=None, most_parts=2).why_not


def test_a_long_title_is_said_shortly() -> None:
    assert short("加绒卫裤") == "加绒卫裤"
    assert len(short("加绒加厚卫裤男秋冬季宽松束脚运动休闲长裤子")) <= 14
    assert short("fleece pants for long winters") == "fleece pants"


@pytest.mark.parametrize(
    ("changes", "moment"),
    [
        ({}, Moment.FIRST),
        ({"follow_up_kind": "evening_text", "follow_up_at": NOW}, Moment.EVENING_TEXT),
        ({"follow_up_kind": "satisfaction", "follow_up_at": NOW}, Moment.SATISFACTION),
        ({"follow_up_kind": "reminder", "follow_up_at": NOW}, Moment.REMINDER),
        ({"remedies": (_remedy("issued"),)}, Moment.ISSUED),
        ({"remedies": (_remedy("accepted"),)}, Moment.AGREED),
    ],
)
def test_what_is_due_is_proposed_first(changes: dict[str, object], moment: Moment) -> None:
    page = _page(**changes)
    assert moments_now(page, NOW)[0] is moment
    templates = fitting(BOOK, page, Channel.CHAT, NOW)
    assert moment in templates[0].moments
    assert 0 < proposed(templates, page, NOW) < len(templates)


def test_the_text_for_the_very_cause_stands_before_the_common_one_and_never_one_for_another_cause() -> None:
    page = _page()
    assert page.row.cause == "Q1"
    templates = fitting(BOOK, page, Channel.CHAT, NOW)
    assert templates[0].id == "first.defect"
    assert not any(each.fits_cause("Q1") for each in templates[-3:])


def test_steps_are_sent_only_to_who_said_that_they_would_write() -> None:
    assert not any(each.id == "steps.chat" for each in _writing(_page(), steps="1 打开订单").templates)
    promise = PromiseRow("buyer", "revise", "open", NOW - 1, NOW + 1)
    assert any(each.id == "steps.chat" for each in _writing(_page(promises=(promise,)), steps="1 打开订单").templates)


@given(st.lists(st.integers(0, 2), max_size=12))
@settings(max_examples=40)
def test_nobody_gets_a_wording_again_while_there_is_another(had: list[int]) -> None:
    template = Template("a", "a", (Moment.FIRST,), (Channel.CHAT,), ("x", "y", "z"))
    rows = [MessageRow(1, "chat", "a", variant, "copied", at, "") for at, variant in enumerate(had)]
    chosen = wording(template, rows)
    assert had.count(chosen) == min(had.count(variant) for variant in range(3))
    assert not had or chosen != had[-1] or had.count(chosen) < len(had) / 3


def test_words_that_were_changed_are_taken_up_again() -> None:
    writing = _writing(_page())
    writing.to_channel(Channel.SMS)
    writing.write("【旗舰店】我来处理")
    again = _writing(_page())
    assert again.take_up(writing.draft())
    assert (again.text, again.channel, again.template_id) == (writing.text, Channel.SMS, writing.template_id)
    assert not again.take_up("no draft")


@pytest.mark.parametrize("typed", ["问问", "wwbdz", "wenwen", "all well", "well.chat", "哪里不满意"])
def test_a_template_is_found_by_name_pinyin_english_and_its_words(typed: str) -> None:
    assert any(each.id == "well.chat" for each in find(prepared(BOOK.templates), typed))


def test_what_is_not_there_is_not_found_and_nothing_typed_finds_all() -> None:
    entries = prepared(BOOK.templates)
    assert find(entries, "zzzz") == ()
    assert find(entries, "  ") == BOOK.templates


@pytest.mark.parametrize(
    ("text", "parts"),
    [("好" * 70, 1), ("好" * 71, 2), ("好" * 134, 2), ("好" * 135, 3), ("a" * 160, 1), ("a" * 161, 2), ("€" * 81, 2),
     ("😀" * 35, 1), ("😀" * 36, 2)],
)  # fmt: skip
def test_text_messages_are_counted_in_parts(text: str, parts: int) -> None:
    assert length(text, Channel.SMS, 9).parts == parts


def test_where_no_limit_is_known_none_is_told() -> None:
    assert not length("好" * 3000, Channel.CHAT, 1).too_long


def test_a_sentence_that_must_not_be_said_is_put_decently() -> None:
    text = "您好。您改成好评，我们退您20元。祝您愉快。"
    judged = judge(text, Channel.CHAT, platform=None, most_parts=2)
    assert judged.why_not
    put = decent(text, judged.findings[0])
    assert put.startswith("您好。")
    assert put.endswith("祝您愉快。")
    assert not judge(put, Channel.CHAT, platform=None, most_parts=2).why_not


def test_what_a_command_is_given_is_never_a_shells_and_its_end_is_told() -> None:
    import sys

    echo = [sys.executable, "-c", "import sys; print(sys.argv[1:], sys.stdin.read())"]
    done = hand_over([*echo, "{number}; rm -rf /", "$(id)"], {"number": "{text}`id`"}, "正文", 10)
    assert done.done
    assert done.said == "['{text}`id`; rm -rf /', '$(id)'] 正文"
    assert hand_over(["no-such-program-anywhere"], {}, "", 5).code == MISSING
    assert hand_over([sys.executable, "-c", "import time; time.sleep(9)"], {}, "", 1).code == TOO_SLOW
    assert hand_over([sys.executable, "-c", "import sys; sys.exit(3)"], {}, "", 5).code == 3


def test_a_thousand_templates_are_searched_like_sixty() -> None:
    many = tuple(replace(each, id=f"{each.id}.{n}") for n in range(17) for each in BOOK.templates)[:1000]
    entries = prepared(many)
    assert len(entries) == 1000
    assert len(find(entries, "问问")) == len(
        [each for each in many if "问问" in each.title or "问问" in "".join(each.say)]
    )
