"""Guides lead only where the platform is known to allow it, ask for nothing, and say how old they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.errors import ContentError
from data.guides import in_one_line, offered, shipped, with_own
from data.guides.load import SHIPPED
from data.lint import lint
from data.platform_rules import REVISE, allowances
from tests.screens.shop import NOW, case_page, case_row

PAGE = {platform: case_page(case_row(number)) for number, platform in enumerate(("taobao", "tmall", "pdd", "jd"))}

OWN = """
[[guide]]
id = "taobao.append.phone"
platform = "taobao"
act = "append"
device = "phone"
title = { zh = "追评", en = "Add" }
source = "我们自己看的"
checked = "2026-11"
confidence = "high"
steps = [{ zh = "打开订单，点追加评价", en = "Open the order and add" }]
"""


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_step_would_be_taken_from_a_shop_as_well(path: Path) -> None:
    assert with_own("zh_CN", path) == shipped("zh_CN")


def test_what_a_platform_is_not_known_to_allow_has_no_guide() -> None:
    for guide in shipped("zh_CN"):
        assert allowances()[guide.platform, guide.act].allowed is True, guide.id
    assert {each.act for each in offered(shipped("zh_CN"), PAGE["taobao"], NOW)} == {"revise", "append"}
    assert {each.act for each in offered(shipped("zh_CN"), PAGE["tmall"], NOW)} == {"append"}
    assert offered(shipped("zh_CN"), PAGE["jd"], NOW) == ()
    assert offered(shipped("zh_CN"), PAGE["taobao"], NOW + 400 * 86_400_000) == ()


def test_taking_a_review_away_is_read_only_where_the_buyer_asks_and_stands_last() -> None:
    for code in ("zh_CN", "en"):
        for guide in shipped(code):
            if not guide.only_if_asked:
                assert not lint(in_one_line(guide), platform=guide.platform), guide.id
                assert "删" not in in_one_line(guide)
    assert offered(shipped("zh_CN"), PAGE["taobao"], NOW)[-1].only_if_asked
    assert not any(each.act == REVISE for each in shipped("zh_CN") if each.platform != "taobao")


def test_steps_that_nobody_has_looked_at_for_a_year_are_old() -> None:
    today = date(2026, 11, 22)
    assert all(each.stale(today) for each in shipped("zh_CN"))
    assert not shipped("en")[0].stale(date(2023, 1, 1))


def test_the_device_at_hand_stands_first() -> None:
    page = case_page(case_row(0), follow_up_device="computer")
    assert offered(shipped("zh_CN"), page, NOW)[0].device == "computer"


def test_a_shop_that_has_looked_itself_writes_its_own_steps(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    own = next(each for each in with_own("zh_CN", path) if each.id == "taobao.append.phone")
    assert own.steps == ("打开订单，点追加评价",)
    assert not own.stale(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("打开订单，点追加评价", "把验证码告诉我"),
        ("打开订单，点追加评价", "打开 taobao.example.com"),
        ("打开订单，点追加评价", "点删除评价"),
        ("打开订单，点追加评价", "加我微信 abc12345"),
        ('"append"', '"remove"'),
        ('"phone"', '"fridge"'),
        ("checked", "seen"),
    ],
)
def test_steps_that_ask_for_too_much_or_lead_elsewhere_are_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=r"own\.toml"):
        with_own("zh_CN", path)
