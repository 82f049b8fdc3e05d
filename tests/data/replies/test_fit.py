"""What a public reply must not say, and what it may."""

from __future__ import annotations

import pytest

from data.replies.concern import blocked
from data.replies.fit import concerns

SOUND = (
    "谢谢您指出裤腰开线的问题。这是我们出货检验没有把好关,已经为这位顾客换新。从本周起每条裤子加一道拉力检查。",
    "感谢评价。页面的颜色写得不准,是我们的责任,昨天已经改过来了。",
    "Thank you. Our packing went wrong, and we have sent a new one. Since Monday every parcel is checked twice.",
)
ASKING = (
    "已经换新,希望您能修改评价。",
    "问题解决了,麻烦把差评删掉。",
    "处理好了,请追加一条好评,谢谢。",
    "We replaced it. Please update your review when you can.",
    "We would appreciate it if you could change your rating.",
)
NAMING = ("收货人王小明您好,已经换新。", "请打13800001234找我们。", "您的订单 4604347058083312345 已经退款。")
INSULTING = ("你这种人就是来敲诈的。",)


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_reply_goes_out(text: str) -> None:
    assert blocked(concerns(text, platform="taobao")) is None


@pytest.mark.parametrize("text", ASKING + NAMING + INSULTING)
def test_a_reply_that_asks_names_or_insults_is_kept_back(text: str) -> None:
    assert blocked(concerns(text, platform="taobao")) is not None


def test_what_is_not_filled_in_is_kept_back_and_pointed_at() -> None:
    text = "我们已经〔做了什么〕。"
    (gap,) = concerns(text)
    assert (gap.code, text[gap.start : gap.end], gap.blocks) == ("gap", "〔做了什么〕", True)


def test_a_sum_is_advised_against_and_does_not_keep_the_reply_back() -> None:
    (told,) = concerns("已经补偿20元。")
    assert (told.code, told.blocks) == ("sum", False)


def test_a_reply_is_as_long_as_the_platform_takes_and_where_that_is_not_known_as_long_as_one_likes() -> None:
    text = "谢" * 301
    assert [each.code for each in concerns(text, longest=300)] == ["too_long"]
    assert not concerns(text)


def test_an_empty_reply_is_kept_back() -> None:
    assert blocked(concerns(" \n")) is not None
