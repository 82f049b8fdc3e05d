"""The settings screen: read, change, save; nothing is written before, nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.language import choose_language
from data.settings_file import load_settings
from data.settings_words import SECTIONS
from screens.choose import Choose
from screens.inbox import InboxScreen
from screens.settings import SettingsScreen
from screens.typed import TypeText
from screens.workplace import Doors
from tests.screens.desk import Desk, desk
from tests.screens.shop import Shop, case_row
from tui.doors import doors
from widgets.cells import width


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The screen's language, put back afterwards."""
    yield choose_language(request.param)
    choose_language("en")


def file_with(tmp_path: Path, text: str = "") -> Path:
    path = tmp_path / "settings.toml"
    if text:
        path.write_text(text, encoding="utf-8")
    return path


async def retype(d: Desk, text: str) -> None:
    """Type a text in place of the one in the field, and keep it."""
    assert isinstance(d.screen, TypeText)
    await d.press(*["backspace"] * 40)
    await d.type(text)
    await d.press("enter")


async def go_to(d: Desk, section: str, label: str) -> None:
    """Put the cursor on a setting."""
    await d.press(section)
    for _setting in range(40):
        if any("▌" in line and label in line for line in d.lines()):
            return
        await d.press("down")
    raise AssertionError(f"there is no {label!r}:\n{d.text()}")


async def test_it_is_reached_from_the_acts_of_the_inbox(tmp_path: Path) -> None:
    async with desk(Shop([case_row(1)]), doors=doors(), config=file_with(tmp_path)) as d:
        await d.press("f9")
        while "Settings" not in d.text():
            await d.press("9")
        (line,) = (line for line in d.lines() if "Settings" in line)
        await d.press(line.replace("▌", "").split()[0])
        assert isinstance(d.screen, SettingsScreen)
        await d.press("escape")
        assert isinstance(d.screen, InboxScreen)


async def test_each_setting_has_its_meaning_its_value_its_default_and_its_source(tmp_path: Path) -> None:
    path = file_with(tmp_path, "[contact]\ngap_minutes = 90\n")
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        await go_to(d, "3", "Minutes between attempts")
        line = next(line for line in d.lines() if "Minutes between attempts" in line)
        assert "90" in line
        assert "file, line 2" in line
        assert "Minutes between two attempts to contact one buyer" in d.text()
        assert "Default 120" in d.text()
        assert "No Chinese statute" in d.text()


async def test_nothing_is_written_until_it_is_saved(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        await go_to(d, "3", "Minutes between attempts")
        await d.press("enter")
        await retype(d, "45")
        assert "1 not saved" in d.lines()[0]
        assert not path.exists()
        await d.press("f5")
        assert d.rule_says("Saved")
        assert load_settings(path).contact.gap_minutes == 45
        assert "not saved" not in d.text()


async def test_a_value_that_will_not_do_is_refused_in_words_and_asked_again(tmp_path: Path) -> None:
    async with desk(Shop([]), SettingsScreen, config=file_with(tmp_path)) as d:
        await d.press("3", "enter")
        await retype(d, "25:00")
        assert isinstance(d.screen, TypeText)
        assert d.rule_says("It must be a time of day")


async def test_words_and_switches_are_picked_from_a_list(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        await d.press("enter", "2", *["down"] * 4, "enter", "2", "2", "down", "enter")
        assert isinstance(d.screen, Choose)
        await d.press("2", "f5")
        saved = load_settings(path)
        assert (saved.general.language, saved.general.letters, saved.shop.platform) == ("zh_CN", False, "tmall")


async def test_what_does_not_go_together_is_not_saved_and_the_cursor_goes_there(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        await d.press("3", "enter")
        await retype(d, "22:00")
        await d.press("1", "f5")
        assert d.rule_says("It must be later than contact.hard_from.")
        assert any("▌" in line and "No contact from" in line for line in d.lines())
        assert not path.exists()


async def test_a_default_is_given_back_by_one_key(tmp_path: Path) -> None:
    path = file_with(tmp_path, '[shop]\nname = "x"\n')
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        await d.press("2", "f8", "f5")
        assert load_settings(path).shop.name == ""
        await d.press("f8")
        assert d.rule_says("It has its default.")


async def test_leaving_with_changes_lists_them_and_asks(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    async with desk(Shop([case_row(1)]), doors=doors(), config=path) as d:
        d.app.push_screen(SettingsScreen(d.place))
        await d.settled()
        await d.press("enter", "2", "escape")
        assert "Language: as the system says → 中文" in d.text()
        await d.press("3")
        assert isinstance(d.screen, SettingsScreen)
        await d.press("escape", "2")
        assert isinstance(d.screen, InboxScreen)
        assert not path.exists()


async def test_leaving_can_save(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    async with desk(Shop([case_row(1)]), config=path) as d:
        d.app.push_screen(SettingsScreen(d.place))
        await d.settled()
        await d.press("enter", "3", "escape", "1")
        assert isinstance(d.screen, InboxScreen)
        assert load_settings(path).general.language == "en"


async def test_the_palette_does_not_lead_away_from_what_is_not_saved(tmp_path: Path) -> None:
    async with desk(Shop([case_row(1)]), doors=doors(), config=file_with(tmp_path)) as d:
        d.app.push_screen(SettingsScreen(d.place))
        await d.settled()
        await d.press("enter", "2", "ctrl+p")
        await d.type("inbox")
        await d.settled()
        await d.press("enter")
        assert d.rule_says("The settings are not saved yet.")


async def test_a_save_says_what_holds_at_once_and_starts_again_where_that_is_wanted(tmp_path: Path) -> None:
    again: list[bool] = []
    there = Doors(again=lambda: again.append(True))
    path = file_with(tmp_path, "# mine\n[contact]\ngap_minutes = 90\n")
    async with desk(Shop([]), SettingsScreen, doors=there, config=path) as d:
        await d.press("enter", "2", "f5")
        assert "At once" in d.text()
        assert "this window" in d.text()
        assert "settings.toml.old" in d.text()
        await d.press("1")
        assert again == [True]


async def test_an_act_gets_a_key_and_a_clash_is_refused(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        await d.press("9", "enter")
        await d.type("inbox.claim")
        await d.settled()
        await d.press("enter")
        await retype(d, "F2")
        assert d.rule_says("F2 is on inbox.next as well.")
        await retype(d, "Ctrl-T, Insert")
        await d.press("f5")
        assert load_settings(path).keys == {"inbox.claim": "ctrl+t,insert"}
        await d.press("f8", "f5")
        assert load_settings(path).keys == {}


async def test_a_key_that_does_not_hold_is_told_beside_it(tmp_path: Path) -> None:
    path = file_with(tmp_path, '[keys]\n"inbox.claim" = "f2"\n"inbox.clam" = "f3"\n')
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        await d.press("9")
        assert "F2 is on inbox.next as well." in d.text()
        await d.press("down")
        assert "Did you mean inbox.claim?" in d.text()


async def test_a_view_of_the_shop_is_added_and_taken_away(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        await d.press("8", "enter")
        await retype(d, "Hot")
        await retype(d, "grade:nonsense")
        assert isinstance(d.screen, TypeText)
        await retype(d, "grade:bad")
        await d.press("f5")
        assert load_settings(path).views == {"Hot": "grade:bad"}
        await d.press("f8", "f5")
        assert load_settings(path).views == {}


async def test_a_file_that_is_broken_meanwhile_is_named_and_not_written_over(tmp_path: Path) -> None:
    path = file_with(tmp_path, "[contakt]\n")
    async with desk(Shop([]), SettingsScreen, config=path) as d:
        assert "contakt" in d.text()
        await d.press("escape", "f5")
        assert path.read_text(encoding="utf-8") == "[contakt]\n"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_every_section_fits(tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    async with desk(Shop([]), SettingsScreen, size=size, config=file_with(tmp_path)) as d:
        for digit in "123456789":
            await d.press(digit)
            lines = d.lines()
            assert len(lines) == size[1]
            assert all(width(line) <= size[0] for line in lines)
            assert all(f"{each} " in lines[2] for each in range(1, 10))
            assert "…" not in lines[2]


async def test_the_order_is_tried_only_where_the_priority_is_set(tmp_path: Path) -> None:
    async with desk(Shop([]), SettingsScreen, config=file_with(tmp_path), size=(160, 40)) as d:
        tried = []
        for at, _section in enumerate(SECTIONS):
            if "Try the order" in d.lines()[-1]:
                tried.append(at)
            await d.press("tab")
        assert tried == [list(SECTIONS).index("priority")]
