"""`amends check` reads the files that a shop wrote itself, and says where they are wrong by file and key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.language import choose_language
from data.settings_file import load_settings
from tui.commands.check import _own_files
from tui.main import main
from tui.options import Options

GUIDE = """[[guide]]
id = "taobao.append.phone"
platform = "taobao"
act = "append"
device = "phone"
title = { zh = "追加评价", en = "Add to the review" }
source = "seen in the shop"
checked = "2026-11"
confidence = "high"
steps = [{ zh = "打开订单", en = "Open the order" }]
"""
REMEDY = """[[remedy]]
id = "card"
kind = "gift"
name = { zh = "卡片", en = "Card" }
say = { zh = "给您写一张卡片", en = "write you a card" }
do = { zh = "写一张卡片", en = "Write a card" }
way = "extra"
causes = ["V1"]
due_hours = 48
cost = { fixed = 200 }
"""
TEMPLATE = """[[template]]
id = "own.hello"
title = "问候"
moments = ["first"]
channels = ["chat"]
say = ["{salutation},您说的我们看到了。"]
"""
REPLY = """[[template]]
id = "own.thanks"
title = "谢谢"
thanks = "谢谢您告诉我们。"
own = "是我们没做好。"
done = "已经〔做了什么〕。"
measure = "以后〔怎么改〕。"
reach = "有事请找店铺客服。"
"""
RULE = """[words]
gold = ["金牌客服"]

[[rule]]
id = "own_gold"
kind = "false_rank"
find = ["@gold"]
reason = { zh = "没有这个头衔", en = "There is no such rank" }
instead = { zh = "说真实的职位", en = "Say your real role" }
source = "house rule"
"""
NOTES = '[[product]]\nmatch = ["x"]\ntips = ["y"]\n'

FILES = {
    "lint.rules": (RULE, 'kind = "false_rank"', 'kind = "lie"', "own_gold.kind"),
    "remedies.catalogue": (REMEDY, "due_hours = 48", "due_hours = 0", "card.due_hours"),
    "messages.file": (TEMPLATE, '"first"', '"never"', "own.hello.moments"),
    "messages.guides": (GUIDE, '"phone"\ntitle', '"abacus"\ntitle', "device"),
    "replies.file": (REPLY, "谢谢您告诉我们", "您改成好评给您返十元", "own.thanks"),
    "products.notes": (NOTES, "tips", "rumours", "rumours"),
}
"""By setting: a file in order, what of it is spoilt and how, and what the verdict names."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose settings the program goes by."""
    monkeypatch.setenv("AMENDS_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setattr(Options, "settings", lambda _self: load_settings(tmp_path / "settings.toml"))
    choose_language("en")
    return tmp_path


def looked_at(here: Path, dotted: str, text: str) -> list[tuple[bool, str]]:
    """What is said of one file of the shop's own."""
    section, _, name = dotted.partition(".")
    own = here / f"{section}.own.toml"
    own.write_text(text, encoding="utf-8")
    (here / "settings.toml").write_text(f'[{section}]\n{name} = "{own.as_posix()}"\n', encoding="utf-8")
    # Files are read once a process; each test has its own folder, and each look at one its own name.
    return [(verdict.sound, verdict.what) for verdict in _own_files(Options.__new__(Options))]


@pytest.mark.parametrize("dotted", FILES)
def test_a_file_in_order_is_told_with_how_many_entries_it_has(here: Path, dotted: str) -> None:
    ((sound, what),) = looked_at(here, dotted, FILES[dotted][0])
    assert sound, what
    assert what.endswith("own.toml: 1")


@pytest.mark.parametrize("dotted", FILES)
def test_a_mistake_is_told_by_file_and_key(here: Path, dotted: str) -> None:
    good, part, spoilt, key = FILES[dotted]
    assert part in good
    ((sound, what),) = looked_at(here, dotted, good.replace(part, spoilt, 1))
    assert not sound
    assert str(here) in what
    assert key in what


@pytest.mark.parametrize("dotted", FILES)
def test_a_file_that_is_not_there_is_wrong(here: Path, dotted: str) -> None:
    section, _, name = dotted.partition(".")
    (here / "settings.toml").write_text(f'[{section}]\n{name} = "{here.as_posix()}/none.toml"\n', encoding="utf-8")
    ((sound, what),) = [(each.sound, each.what) for each in _own_files(Options.__new__(Options))]
    assert not sound
    assert "none.toml" in what


@pytest.mark.parametrize("dotted", FILES)
def test_a_file_of_another_shape_is_wrong_and_no_crash(here: Path, dotted: str) -> None:
    for number, text in enumerate(("template = 3\nguide = 3\n", "= nonsense", "[rule]\n[remedy]\n[product]\n")):
        folder = here / str(number)
        folder.mkdir()
        section, _, name = dotted.partition(".")
        own = folder / "own.toml"
        own.write_text(text, encoding="utf-8")
        (here / "settings.toml").write_text(f'[{section}]\n{name} = "{own.as_posix()}"\n', encoding="utf-8")
        assert [each.sound for each in _own_files(Options.__new__(Options))] == [False]


def test_words_that_tie_a_remedy_to_the_review_are_found_in_the_shops_own_catalogue(here: Path) -> None:
    tied = REMEDY.replace("给您写一张卡片", "改好评就返您10元")
    ((sound, what),) = looked_at(here, "remedies.catalogue", tied)
    assert not sound
    assert "card.say" in what


def test_the_command_fails_when_one_of_them_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "remedies.toml"
    own.write_text(REMEDY.replace('"gift"', '"bribe"'), encoding="utf-8")
    config = tmp_path / "settings.toml"
    config.write_text(f'[remedies]\ncatalogue = "{own.as_posix()}"\n', encoding="utf-8")
    told = ["--config", str(config), "--database", str(tmp_path / "a.db")]
    assert main(["check", *told, "--json"]) == 1
    wrong = [each["what"] for each in json.loads(capsys.readouterr().out)["checks"] if "remedies.toml" in each["what"]]
    assert len(wrong) == 1
    assert "card.kind" in wrong[0]
