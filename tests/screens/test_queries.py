"""Typed queries, saved views and the export of a list, driven by keys on a real database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data.exporting import export_to_path, form_of
from data.language import choose_language
from data.reads import SqlReads
from data.rows import Filter, SavedView, View
from data.settings_file import load_settings
from screens.choose import Choose
from screens.inbox import InboxScreen
from screens.typed import TypeText
from screens.workplace import Workplace
from tests.data.casework.desk import HOUR, MORNING, Desk
from tests.data.reads.conftest import SHANGHAI
from tests.screens.desk import Desk as Screens
from tests.screens.real import at_work


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    choose_language("en")
    yield
    choose_language("en")


def _cases(data: Desk) -> None:
    """Six cases, the higher the number the later they are due: 1, 3, 5 are bad, 2, 4, 6 neutral; 1 and 2 overdue."""
    for number in range(1, 7):
        grade = "bad" if number % 2 else "neutral"
        review = data.world.review(text=f"开线了 {number}", grade=grade, rating=1 if number % 2 else 3)
        data.world.case(review, due_at=MORNING + (number - 3) * HOUR)
    data.world.index()


def _inbox(place: Workplace, _data: Desk) -> InboxScreen:
    return InboxScreen(place)


def _shown(desk: Screens) -> list[int]:
    return [row.case_id for row in desk.inbox.rows.shown]


def _writing(folder: Path) -> Callable[..., int]:
    """What the workstation gives its screens to write lists with."""
    from data.store.store import Store

    store = Store(folder / "shop.db")
    reads = SqlReads(store, zone=SHANGHAI)

    def write(view: View, narrowed: Filter, path: Path, progress: Callable[[int, int], None]) -> int:
        chosen = reads.every(view, narrowed, agent_id=1, now=MORNING)
        return export_to_path(store, "cases", form_of(path), path, chosen=chosen, progress=progress)

    return write


async def _search(desk: Screens, typed: str) -> None:
    await desk.press("f5")
    field: Any = desk.focused
    field.value = ""
    await desk.type(typed) if typed.isascii() and ":" not in typed else field.insert_text_at_cursor(typed)
    await desk.rested()


async def test_a_query_narrows_the_list_and_is_said_in_canonical_words(tmp_path: Path) -> None:
    async with at_work(tmp_path, _inbox, prepare=_cases) as (d, _data):
        await _search(d, "评级：差 期限:<2小时 归属:无")
        assert _shown(d) == [1, 3]
        await d.press("enter")
        assert "Only grade:bad due:<2h owner:none  2 cases" in d.lines()[3]
        choose_language("zh_CN")
        d.inbox.show_views()
        await d.settled()
        assert "评级:差 期限:<2小时 归属:无" in d.lines()[3]


async def test_an_exclamation_mark_inverts_it(tmp_path: Path) -> None:
    async with at_work(tmp_path, _inbox, prepare=_cases) as (d, _data):
        await _search(d, "！评级:差 期限:超时")
        await d.press("enter")
        assert _shown(d) == [2, 3, 4, 5, 6]
        assert "Only ! grade:bad due:overdue" in d.lines()[3]


async def test_plain_words_stay_the_plain_search(tmp_path: Path) -> None:
    async with at_work(tmp_path, _inbox, prepare=_cases) as (d, _data):
        await _search(d, "开线了")
        await d.press("enter")
        assert "Only “开线了”  6 cases" in d.lines()[3]
        assert _shown(d) == [6, 5, 4, 3, 2, 1]


async def test_an_error_is_said_in_the_rule_while_list_and_cursor_stay(tmp_path: Path) -> None:
    async with at_work(tmp_path, _inbox, prepare=_cases) as (d, _data):
        await _search(d, "grade:bad")
        await _search(d, "grade:bad owner:莉丽")
        assert d.rule_says("Character 17: owner has no “莉丽”. Did you mean 莉莉?")
        assert _shown(d) == [1, 3, 5]
        field: Any = d.focused
        assert field.cursor_position == len("grade:bad owner:莉丽")
        await d.press("enter")
        assert d.focused is field, "Enter keeps nothing that cannot be read"
        await d.press("escape")
        assert d.inbox.narrowed.search == "grade:bad"
        await _search(d, "grade:neutral")
        assert not d.rule_says("Did you mean")


async def test_an_empty_field_shows_examples(tmp_path: Path) -> None:
    async with at_work(tmp_path, _inbox, prepare=_cases, size=(80, 24)) as (d, _data):
        await d.press("slash")
        assert "grade:bad due:<2h owner:none -word, ! inverts" in d.lines()[3]
        await d.type("x")
        await d.rested()
        assert "owner:none" not in d.lines()[3]


async def test_an_order_number_jumps_whatever_the_view(tmp_path: Path) -> None:
    def prepare(data: Desk) -> None:
        _cases(data)
        buyer = data.world.buyer()
        order = data.world.purchase(buyer, external_id="4604347058083367316")
        data.world.case(data.world.review(buyer, purchase_id=order), state="closed")

    async with at_work(tmp_path, _inbox, prepare=prepare) as (d, _data):
        await d.press("2")
        assert _shown(d) == []
        await d.press("slash")
        await d.type("4604347058083367316")
        await d.press("enter")
        await d.rested()
        assert _shown(d) == [7]


async def test_a_list_is_saved_as_a_view_and_opened_by_its_digit(tmp_path: Path) -> None:
    async with at_work(tmp_path, _inbox, prepare=_cases) as (d, data):
        await d.press("7")
        assert d.rule_says("No view is saved here yet")
        await d.press("s")
        assert d.rule_says("Nothing narrows the list")
        await d.press("3")
        await _search(d, "grade:bad 开线了")
        await d.press("enter", "s")
        assert isinstance(d.screen, TypeText)
        assert "view:due_soon grade:bad 开线了" in d.text()
        await d.type("urgent")
        await d.press("enter")
        assert list(d.place.reads.saved_views(1)) == [SavedView("urgent", "view:due_soon grade:bad 开线了", 1)]
        assert "7 urgent 2" in d.lines()[2]
        assert (d.inbox.view, d.inbox.narrowed) == (View.DUE_SOON, Filter(query="grade:bad 开线了"))
        assert "Only urgent · grade:bad 开线了" in d.lines()[3]
        await d.press("1")
        assert not d.inbox.narrowed
        data.casework.claim(1)
        await d.press("7")
        assert _shown(d) == [3, 1]
        assert d.inbox.saved.at == 0


async def test_escape_leaves_what_was_typed_first_and_then_the_saved_view(tmp_path: Path) -> None:
    def prepare(data: Desk) -> None:
        _cases(data)
        data.casework.save_view("急件", "view:due_soon grade:bad")

    async with at_work(tmp_path, _inbox, prepare=prepare) as (d, _data):
        await d.press("7")
        await _search(d, "due:overdue")
        await d.press("enter")
        assert _shown(d) == [1]
        await d.press("escape")
        assert _shown(d) == [1, 3]
        assert d.inbox.saved.name == "急件"
        await d.press("escape")
        assert (d.inbox.view, d.inbox.narrowed, d.inbox.saved.name) == (View.ALL, Filter(), "")
        await d.press("7", "backspace")
        assert (d.inbox.view, d.inbox.narrowed) == (View.ALL, Filter())


async def test_all_views_stand_in_a_list_with_their_counts_the_shops_after_ones_own(tmp_path: Path) -> None:
    def prepare(data: Desk) -> None:
        _cases(data)
        for name, query in (("急件", "due:<2h"), ("差评", "grade:bad"), ("很多", "grade:bad,neutral")):
            data.casework.save_view(name, query)
        from dataclasses import replace

        data.settings = replace(data.settings, views={"全店": "评级:中"})

    async with at_work(tmp_path, _inbox, prepare=prepare, size=(120, 36)) as (d, _data):
        await d.press("r")
        assert "7 急件 4  8 差评 3  9 +2" in d.lines()[2]
        await d.press("9")
        assert isinstance(d.screen, Choose)
        told = d.text()
        assert "急件  4" in told
        assert "due:<2h" in told
        assert "全店  (shop)  3" in told
        await d.press("4")
        assert _shown(d) == [2, 4, 6]
        await d.press("8")
        assert _shown(d) == [1, 3, 5]


async def test_a_view_is_renamed_deleted_after_asking_and_given_to_the_shop(tmp_path: Path) -> None:
    def prepare(data: Desk) -> None:
        _cases(data)
        data.casework.save_view("急件", "due:<2h")
        data.world.change("agent", data.world.agent_id, role="lead")

    config = tmp_path / "settings.toml"
    async with at_work(tmp_path, _inbox, prepare=prepare, config=config) as (d, _data):
        await d.press("9", "2", "1", "3")
        assert load_settings(config).views == {"急件": "due:<2h"}
        assert d.rule_says("in the settings file for the whole shop")
        assert [view.id for view in d.inbox.saved.views] == [1], "the same view does not stand there twice"
        await d.press("9", "2", "1", "1")
        field: Any = d.focused
        field.value = "很急"
        await d.press("enter")
        assert d.rule_says("Now called 很急")
        assert [view.id for view in d.inbox.saved.views] == [1, None]
        await d.press("9", "3", "1", "2", "1")
        assert len(d.inbox.saved.views) == 2
        await d.press("7", "9", "3", "1", "2", "2")
        assert [view.name for view in d.inbox.saved.views] == ["急件"]
        assert (d.inbox.view, d.inbox.narrowed) == (View.ALL, Filter())
        await d.press("9", "2")
        assert "You have saved none yet." in d.text()


async def test_only_a_lead_gives_a_view_to_the_shop(tmp_path: Path) -> None:
    def prepare(data: Desk) -> None:
        _cases(data)
        data.casework.save_view("急件", "due:<2h")

    config = tmp_path / "settings.toml"
    async with at_work(tmp_path, _inbox, prepare=prepare, config=config) as (d, _data):
        await d.press("9", "2", "1", "3")
        assert "Only a lead gives a view" in d.text()
        assert load_settings(config).views == {}


async def test_where_the_line_is_too_short_saved_views_keep_their_digits(tmp_path: Path) -> None:
    def prepare(data: Desk) -> None:
        _cases(data)
        data.casework.save_view("一个名字很长很长的视图", "due:<2h")
        data.casework.save_view("另一个", "grade:bad")

    async with at_work(tmp_path, _inbox, prepare=prepare, size=(80, 24)) as (d, _data):
        await d.press("r")
        assert d.lines()[2].rstrip().endswith("7  8")
        assert "6 Verify" in d.lines()[2]


async def test_a_list_is_exported_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    async with at_work(tmp_path, _inbox, prepare=_cases, write_list=_writing(tmp_path)) as (d, _data):
        await _search(d, "grade:neutral")
        await d.press("enter", "e")
        assert isinstance(d.screen, TypeText)
        field: Any = d.focused
        assert field.value == str(tmp_path / "To-do-2026-11-18.xlsx")
        await d.press("enter")
        await d.settled()
        assert d.rule_says("3 cases written to")
        assert (tmp_path / "To-do-2026-11-18.xlsx").read_bytes().startswith(b"PK")
        await d.press("e")
        field = d.focused
        assert field.value == str(tmp_path / "To-do-2026-11-18-2.xlsx")
        field.value = str(tmp_path / "list.json")
        await d.press("enter")
        found = json.loads((tmp_path / "list.json").read_text("utf-8"))
        assert [case["case_id"] for case in found] == [2, 4, 6]


async def test_an_export_goes_over_no_file_and_into_no_missing_folder(tmp_path: Path) -> None:
    async with at_work(tmp_path, _inbox, prepare=_cases, write_list=_writing(tmp_path)) as (d, _data):
        (tmp_path / "there.xlsx").write_bytes(b"mine")
        await d.press("e")
        field: Any = d.focused
        field.value = str(tmp_path / "there")
        await d.press("enter")
        assert "There is a file" in d.text()
        await d.press("escape")
        assert (tmp_path / "there.xlsx").read_bytes() == b"mine"
    assert not list(tmp_path.glob("*.part"))


async def test_without_a_way_to_write_the_export_says_so(tmp_path: Path) -> None:
    async with at_work(tmp_path, _inbox, prepare=_cases) as (d, _data):
        await d.press("e")
        assert d.rule_says("not part of this version")
