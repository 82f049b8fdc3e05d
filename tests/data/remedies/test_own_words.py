"""Own words: what names money, a share, the whole price or free goods is told apart from what names nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import ContentError
from data.remedies.own_words import SHIPPED, names_money, read

MONEY = """
退20元|退您二十块|返30给您|补偿¥20|￥20|补50|退二十|赔您一百|打八折|打85折|退三成|退一半|全额退|全款退|免单|仅退款|白送一件|免费换新
退 款|退２０|十来块钱|二十多块|几十元|百把块|20rmb|RMB 20|20 yuan|5 dollars|20%|百分之二十|20个点|补200积分
双倍赔|三倍赔偿|假一赔十
refund the rest|Free replacement|Full Refund|20 off|$5|€5|ten percent|give you 20|half price|一块五|五毛
返现|转您50|红包20|壹佰元
全 额|退20,今天到|cashback|赔一千万元|五分之一|20bucks|给您free换一个|退百分百|twenty off|全额
"""

NO_MONEY = """
手写道歉卡|帮忙跟进安装|回电说明|明天20:00回电|今晚8点回电说明|补发2件|补发一块电池|补寄漏掉的螺丝|换一件,今天发|先发新的再退旧的
3天内上门维修|上门取件 11月25日|退回来重新发|十分抱歉,重新寄一个|一块儿跟进|补发12个螺丝|跟进单号SF1390227710
折叠椅换新|补发三角插头
两点前打电话给您|周五下午3点师傅上门|打电话13800138000|补两根充电线|转主管跟进|转13800138000|延保12个月|重发一个L码|派师傅二次上门
a handwritten apology card|help with the installation|call back at 8 pm|feel free to call
send 2 missing pieces|send a new one today
call in half an hour|return within 7 days, we collect it|give you a call at 10|20 minutes on the phone
"""


def each(texts: str) -> list[str]:
    return [text for line in texts.split("\n") for text in line.split("|") if text]


@pytest.mark.parametrize("words", each(MONEY))
def test_what_names_money_a_share_the_whole_or_free_goods_is_told(words: str) -> None:
    assert names_money(words)
    assert names_money(f"师傅明天上门,{words}")


@pytest.mark.parametrize("words", each(NO_MONEY))
def test_what_names_nothing_of_it_is_the_agents_own(words: str) -> None:
    assert names_money(words) == ""


AMOUNT = st.one_of(st.integers(1, 99_999).map(str), st.text("一二两三五六七八九十百千", min_size=1, max_size=4))
AROUND = st.sampled_from(["", "今天", "师傅上门,", "给您", "card, "])


@given(AROUND, AMOUNT, st.sampled_from(["元", "块钱", "块", " 元", "%", "折", "美元", "rmb", " yuan"]), AROUND)
@settings(max_examples=60, deadline=None)
def test_every_amount_with_its_unit_is_told_whatever_stands_around_it(
    before: str, amount: str, unit: str, after: str
) -> None:
    assert names_money(before + amount + unit + "," + after)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_judged_and_always_alike(words: str) -> None:
    assert names_money(words) == names_money(words)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("signs = [", "sings = [", "sings"),
        ("[en]", "[fr]", "fr"),
        ('spared = [\n  "feel free"', 'spared = [\n  "refund*", "feel free"', "en.spared"),
        ('"免单"', '"免单", "免单"', "zh.words"),
        ('"yuan"', '"Yuan"', "en.words"),
        ('"yuan"', '""', "en.words"),
        ('"yuan"', "7", "en.words"),
        ('numerals = "零', 'numerals = ["十五"]\nextra = "零', "zh.extra"),
        ('roughly = ["or so", "odd"]', "roughly = []", "en.roughly"),
        ("[en]", "[en", "line"),
    ],
)
def test_a_mistake_in_the_words_is_told_by_file_table_and_key(tmp_path: Path, was: str, now: str, told: str) -> None:
    text = SHIPPED.read_text("utf-8")
    assert was in text
    path = tmp_path / "own_words.toml"
    path.write_text(text.replace(was, now, 1), "utf-8")
    with pytest.raises(ContentError) as error:
        read(path)
    assert str(path) in error.value.what
    assert told in error.value.what


def test_words_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="own_words"):
        read(tmp_path / "own_words.toml")
