"""What holds of every screen: it says what it is for, its keys are its own, and every act is found by name."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.finding_commands import Command, find
from data.language import in_every_language
from data.pinyin import readings
from data.settings import General, Settings
from screens.base import ACTS_LIST, PALETTE, DeskScreen
from screens.every_act import every_act, every_screen, troubles
from screens.log import LogScreen
from tests.screens.desk import desk
from tests.screens.shop import Shop, case_row
from widgets.keys import is_letter, why_not
from widgets.rows import Rows

FOLDER = Path(__file__).resolve().parents[2] / "screens"
Kind = type[DeskScreen[Any]]


def kinds() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kind", every_screen(), ids=lambda kind: kind.__name__)


def test_every_screen_there_is_is_known() -> None:
    written = {
        node.name
        for path in FOLDER.glob("*.py")
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.ClassDef) and any("Screen" in ast.unparse(base) for base in node.bases)
    }
    made_from = {"DeskScreen", "ListScreen", "CaseListScreen"}
    assert written <= {kind.__name__ for kind in every_screen()} | made_from


@kinds()
def test_it_says_in_its_help_what_it_is_for(kind: Kind) -> None:
    assert "PURPOSE" in kind.__dict__
    assert kind.PURPOSE.endswith(".")


@kinds()
def test_every_act_has_an_id_of_its_own_a_label_and_help(kind: Kind) -> None:
    ids = [act.id for act in kind.every_act()]
    assert len(set(ids)) == len(ids)
    assert all(act.id and act.label and act.help and act.action for act in kind.every_act())


@kinds()
def test_no_two_acts_share_a_key(kind: Kind) -> None:
    holders: dict[str, set[str]] = {}
    for act in (*kind.ACTS, *kind.PARTS):
        for key in act.all_keys():
            holders.setdefault(key, set()).add(act.action)
    assert {key: those for key, those in holders.items() if len(those) > 1} == {}


@kinds()
def test_every_key_is_one_that_arrives(kind: Kind) -> None:
    keys = {key for act in kind.ACTS for key in act.all_keys()}
    assert {key: why_not(key) for key in keys if why_not(key)} == {}


@kinds()
def test_no_act_needs_a_letter(kind: Kind) -> None:
    numbered = {act.id for act in kind.ACTS if act.listed} if ACTS_LIST.id in {act.id for act in kind.ACTS} else set()
    for act in kind.ACTS:
        assert act.id in numbered or any(not is_letter(key) for key in act.all_keys()), act.id


@kinds()
def test_what_has_a_list_of_acts_has_the_palette(kind: Kind) -> None:
    assert (PALETTE in kind.ACTS) == (ACTS_LIST.id in {act.id for act in kind.ACTS})


def test_without_letters_no_act_anywhere_has_one() -> None:
    for known in every_act({}, letters=False):
        assert not [key for key in known.now.all_keys() if is_letter(key)]


def test_the_shipped_keys_are_without_trouble() -> None:
    assert troubles({}) == []


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"inbox.clam": "f2"}, "Did you mean inbox.claim?"),
        ({"qqq": "f2"}, "There is no act qqq."),
        ({"inbox.claim": "f2"}, "inbox.next"),
        ({"list.down": "f2"}, "inbox.next"),
        ({"choose.pick": "1"}, "picks"),
        ({"inbox.claim": "ctrl+m"}, "Enter"),
        ({"desk.palette": "f2"}, "as well"),
        ({"go.log": "f2"}, "as well"),
    ],
)
def test_keys_that_cannot_hold_are_named_with_the_reason(keys: dict[str, str], said: str) -> None:
    (trouble,) = troubles(keys)
    assert said in trouble.what


@pytest.mark.parametrize("keys", [{"inbox.claim": "insert,ctrl+t"}, {"go.log": "ctrl+l"}, {"list.down": "down,ctrl+n"}])
def test_keys_that_can_hold_are_without_trouble(keys: dict[str, str]) -> None:
    assert troubles(keys) == []


def test_every_character_of_every_chinese_name_can_be_typed_by_its_pinyin() -> None:
    names = {name for known in every_act({}) for name in in_every_language(known.act.label)}
    characters = {each for name in names for each in re.findall("[\u4e00-\u9fff]", name)}
    assert len(characters) > 60
    assert sorted(each for each in characters if not readings(each)) == [], "add them to data/pinyin.txt"


def test_every_act_is_found_by_the_initials_of_its_chinese_name() -> None:
    labels = sorted({known.act.label for known in every_act({})})
    commands = [Command(label, label, "", in_every_language(label)) for label in labels]
    for command in commands:
        for name in command.names:
            if name and all(readings(character) for character in name):
                initials = "".join(readings(character)[0][0] for character in name)
                assert command in find(commands, initials)[:12], (name, initials)


async def test_a_letter_of_ones_own_stays_text_while_one_types() -> None:
    settings = replace(Settings(), keys={"inbox.claim": "x"})
    async with desk(Shop([case_row(1)]), settings=settings) as d:
        await d.press("slash")
        await d.type("x")
        await d.settled()
        assert d.shop.done == []
        await d.press("enter", "escape", "x")
        assert d.shop.done[0][0] == "claim"


async def test_an_act_of_the_program_can_be_given_a_key() -> None:
    settings = replace(Settings(), keys={"go.quit": "ctrl+t"})
    async with desk(Shop([case_row(1)]), settings=settings) as d:
        await d.pilot.press("ctrl+t")
        await d.pilot.pause()
        assert not d.app.is_running or d.app._exit


async def test_an_act_without_a_key_can_be_given_one() -> None:
    settings = replace(Settings(), keys={"inbox.settings": "ctrl+t"})
    async with desk(Shop([case_row(1)]), settings=settings) as d:
        await d.press("ctrl+t")
        assert d.rule_says("This is not part of this version.")


async def test_a_clashing_wish_changes_nothing_on_the_screen() -> None:
    settings = replace(Settings(), keys={"inbox.claim": "f2"})
    async with desk(Shop([case_row(1), case_row(2)]), settings=settings) as d:
        assert d.foot_says("Space Claim")
        await d.press("space")
        assert d.shop.done[0][0] == "claim"


async def test_the_list_moves_by_keys_of_ones_own() -> None:
    settings = replace(Settings(), keys={"list.down": "ctrl+n"}, general=General(letters=False))
    async with desk(Shop([case_row(1), case_row(2)]), settings=settings) as d:
        await d.press("ctrl+n")
        assert d.inbox.rows.current is not None
        assert d.inbox.rows.current.case_id == 3
        await d.press("up", "down")
        assert d.inbox.rows.current.case_id == 2


def test_screens_with_a_list_say_that_its_keys_are_taken() -> None:
    assert set(Rows.ACTS) <= set(LogScreen.PARTS)
