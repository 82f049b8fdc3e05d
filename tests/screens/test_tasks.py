"""Tasks on the screen: what is due, what it came to, and that the buyer was told."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.vocabulary import TaskKind
from screens.buyer import BuyerScreen
from screens.tasks import TasksScreen
from screens.workplace import Workplace
from tests.data.casework.desk import HOUR, Desk
from tests.screens.real import at_work


def listed(place: Workplace, _data: Desk) -> TasksScreen:
    return TasksScreen(place)


def some(data: Desk) -> None:
    product = data.world.product(title="电热水器 60L")
    for _each in range(2):
        review = data.world.review(product_id=product)
        data.world.case(review, contact_from=data.now, opened_at=data.now)
    data.casework.create_task(1, TaskKind.CARRIER_COMPLAINT, due_at=data.now + HOUR)
    data.casework.create_task(2, TaskKind.EVIDENCE_PACK)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_the_list_says_what_is_due_and_the_preview_what_is_to_be_done(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_work(tmp_path, listed, size=size, prepare=some) as (d, _data):
        assert "Carrier complaint" in d.text()
        assert "File it with the carrier" in d.text()
        await d.press("down")
        assert "Gather authorisation" in d.text()


async def test_a_result_is_two_keys_and_the_buyer_is_told_with_one_more(tmp_path: Path) -> None:
    async with at_work(tmp_path, listed, prepare=some) as (d, data):
        await d.press("enter", "1")
        assert d.rule_says("tell the buyer next")
        await d.press("4")
        assert "For the buyer" in d.text()
        await d.press("f8")
        assert "快递公司认责" in d.copied[0]
        await d.press("f7")
        assert data.value("SELECT told_at FROM task WHERE id = 1") == data.now
        assert "Every buyer knows" in d.text()


async def test_a_paper_is_named_once_and_its_file_stays_where_it_is(tmp_path: Path) -> None:
    paper = tmp_path / "授权书.pdf"
    paper.write_bytes(b"authorised")
    async with at_work(tmp_path, listed, prepare=some) as (d, data):
        await d.press("down", "p")
        await d.type(str(tmp_path / "missing.pdf"))
        await d.press("enter")
        assert "no such file" in d.text()
        await d.press("p")
        d.focused.insert_text_at_cursor(str(paper))  # type: ignore[union-attr]
        await d.press("enter")
        assert data.value("SELECT name FROM document") == "授权书.pdf"
        assert "授权书.pdf" in d.text()


async def test_the_buyer_screen_shows_tasks_and_settles_them(tmp_path: Path) -> None:
    async with at_work(tmp_path, lambda place, _data: BuyerScreen(place, 1), prepare=some) as (d, data):
        assert "Carrier complaint" in d.text()
        await d.press("t", "1", "2")
        assert data.value("SELECT result FROM task WHERE id = 1") == "partly"
        await d.press("t", "1")
        assert data.value("SELECT told_at FROM task WHERE id = 1") == data.now
