"""Screens fit: no line is wider than the terminal, and nothing from outside acts on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from data.language import choose_language
from tests.screens.desk import desk
from tests.screens.shop import HOSTILE, Shop, case_row
from widgets.cells import width

SIZES = [(80, 24), (100, 30), (120, 36), (160, 50), (40, 12)]


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The screen's language, put back afterwards."""
    yield choose_language(request.param)
    choose_language("en")


def hostile_shop() -> Shop:
    rows = [
        replace(case_row(number), text=text, nick=text, product=text, variant=text, owner_id=2, owner=text, level=text)
        for number, text in enumerate(HOSTILE)
    ]
    return Shop(rows)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_texts_leave_every_line_inside_the_screen(language: str, size: tuple[int, int]) -> None:
    async with desk(hostile_shop(), size=size, answer=lambda page, now: ("长" * 90, "e\u0301" * 90)) as d:
        for _case in HOSTILE:
            await d.rested()
            for each in d.lines():
                assert width(each) <= size[0]
                assert each.isprintable() or all(character.isprintable() or character == "\u3000" for character in each)
            await d.pilot.press("down")
        for keys in (["f8"], ["f6", "4"], ["f9"], ["slash"]):
            await d.press(*keys)
            assert all(width(each) <= size[0] for each in d.lines())
            await d.press(*["escape"] * len(keys))


@pytest.mark.parametrize("size", SIZES[:4])
async def test_the_daily_parts_are_there_at_every_size(language: str, size: tuple[int, int]) -> None:
    shop = Shop([case_row(number) for number in range(60)])
    async with desk(shop, size=size, answer=lambda page, now: ("可联系 ✔ 到 12:00", "旺旺")) as d:
        await d.rested()
        lines = d.lines()
        assert "10:42" in lines[0]
        assert all(f"{digit} " in lines[2] for digit in range(1, 7))
        assert lines[5].startswith("▌")
        assert "太短了" in lines[5]
        assert "可联系 ✔ 到 12:00" in d.text()
        assert "F9" in lines[-1]
        assert len(lines) == size[1]


@pytest.mark.parametrize("size", [(100, 30), (120, 36), (160, 50)])
async def test_columns_stand_below_each_other_whatever_stands_before_them(language: str, size: tuple[int, int]) -> None:
    rows = [
        replace(case_row(number), text=text, nick=text, product=text, level=text, owner_id=2, owner="OWNER")
        for number, text in enumerate(HOSTILE)
    ]
    async with desk(Shop(rows), size=size) as d:
        await d.rested()
        listed = d.lines()[5 : 5 + len(HOSTILE)]
        assert len({width(each[: each.rindex("OWNER")]) for each in listed}) == 1
