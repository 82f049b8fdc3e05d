"""Masked personal data: enough to recognise, too little to use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.masking import masked, masked_nick


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("phone", "13812342211", "138****2211"),
        ("phone", "+86 138-1234-2211", "138****2211"),
        ("phone", "14001516737-1234", "140****6737"),
        ("phone", "14001516737 转 1234", "140****6737"),
        ("phone", "0757-83120000", "075****0000"),
        ("phone", "95588", "****"),
        ("address", "四川省 成都市 和平路59号13幢1204室", "四川省 成都市****"),
        ("address", "广东省佛山市禅城区季华路1号", "广东省 佛山市****"),
        ("address", "北京 北京市 建设路24号", "北京 北京市****"),
        ("address", "上海市浦东新区世纪大道1号", "上海市****"),
        ("address", "新疆维吾尔自治区乌鲁木齐市天山区", "新疆维吾尔自治区 乌鲁木齐市****"),
        ("address", "12 Main St, Springfield", "****"),
        ("address", "和平路5号花园城市3室", "****"),
        ("name", "朱勇", "朱*"),
        ("name", "欧阳小红", "欧**"),
        ("name", "John Smith", "J***"),
        ("name", "朱", "*"),
        ("email", "lihua@example.com", "l***@example.com"),
        ("email", "not an address", "****"),
        ("chat", "爱吃橙子的猫", "爱**猫"),
        ("chat", "猫咪", "猫*"),
        ("chat", "t**8", "t**8"),
        ("phone", "138****2211", "138****2211"),
        ("name", "", ""),
    ],
)
def test_each_kind_is_masked_in_its_own_way(kind: str, value: str, shown: str) -> None:
    assert masked(kind, value) == shown


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_the_middle_of_a_number_never_shows(number: str) -> None:
    shown = masked("phone", number)
    assert shown.count("*") == 4
    assert sum(character.isdigit() for character in shown) == 7


@given(st.text(min_size=1, max_size=30))
def test_a_nick_never_shows_whole_and_masking_it_again_changes_nothing(nick: str) -> None:
    shown = masked_nick(nick)
    assert masked_nick(shown) == shown
    assert shown != nick or not nick.strip() or any(sign in nick for sign in "*＊•…")


@given(st.text("省市区县路街道号幢室和平解放建设中山0123456789 ", max_size=40))
def test_a_house_number_never_shows(address: str) -> None:
    assert not any(character.isdigit() for character in masked("address", address))
