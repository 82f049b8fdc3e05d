"""What the guides say is what the program does: keys, names of acts, commands, settings, queries, times, screens."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data.language import _, choose_language
from data.platform_rules import OWN_FILE, rules_of
from data.product_notes import load as load_notes
from data.query import parse
from data.settings import Settings
from data.settings_file import load_settings
from data.times import resolve
from screens.base import DeskScreen
from tests.excerpts import GUIDES, drawn, excerpts
from tui.options import Options
from tui.parser import build
from widgets.acts import Act, key_name
from widgets.text_field import TextField

ROOT = Path(__file__).resolve().parents[1]
PAIRS = (("docs/guide-agents.md", "docs/guide-agents.zh-CN.md"), ("docs/guide-owners.md", "docs/guide-owners.zh-CN.md"))
OWNERS = PAIRS[1]
SCREENS = {
    "inbox": "screens.inbox.InboxScreen",
    "buyer": "screens.buyer.BuyerScreen",
    "call": "screens.call.CallScreen",
    "contact": "screens.contact.ContactScreen",
    "outcome": "screens.outcome.OutcomeScreen",
    "choose": "screens.choose.Choose",
    "typed": "screens.typed.TypeText",
    "log": "screens.log.LogScreen",
    "agenda": "screens.agenda.AgendaScreen",
    "message": "screens.message.MessageScreen",
    "guide": "screens.guide.GuideScreen",
    "reply": "screens.reply.ReplyScreen",
    "replies": "screens.replies.RepliesScreen",
    "tasks": "screens.tasks.TasksScreen",
    "remedies": "screens.remedies.RemediesScreen",
    "settings": "screens.settings.SettingsScreen",
}
"""The screens that a section names in its comment; `field` stands for any text field."""
KEY = re.compile(r"F\d+|Enter|Esc|Tab|Space|Backspace|Home|End|PgUp|PgDn|[↑↓←→]|[\w/?:]|(?:Ctrl|Shift|Alt)\+\w+")
SPAN = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(?:^|[\s\"/])amends(?=[\s\"`]|$)((?:\s+(?:\"[^\"]*\"|[^\s\"`#|>]+))*)")
SETTINGS = re.compile(r"<!-- settings -->(.*)<!-- end of settings -->", re.DOTALL)
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+?) \|$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def without_blocks(text: str) -> str:
    return BLOCK.sub("", text)


def sections(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The screens that each part of a guide is about, and the part itself."""
    parts = re.split(
        r"<!-- screens: ([\w, ]+) -->", re.sub(r"^## ", "<!-- screens:  -->\n## ", text, flags=re.MULTILINE)
    )
    for named, part in zip(parts[1::2], parts[2::2], strict=True):
        yield tuple(name.strip() for name in named.split(",") if name.strip()), part


@lru_cache
def acts_of(name: str) -> tuple[Act, ...]:
    """Every act of a screen, of the list on it, and of the program."""
    if name == "field":
        return TextField.ACTS
    module, _dot, kind = SCREENS[name].rpartition(".")
    screen: type[DeskScreen[Any]] = getattr(import_module(module), kind)
    return (*screen.every_act(), *screen.PARTS)


def keys_of(name: str) -> set[str]:
    keys = {key_name(key) for act in acts_of(name) for key in act.all_keys()}
    if name != "field":
        module, _dot, kind = SCREENS[name].rpartition(".")
        keys |= set(getattr(import_module(module), kind).DIGITS)
    return keys


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    choose_language("en")


@pytest.mark.parametrize("name", GUIDES)
def test_every_key_that_a_section_names_is_on_one_of_its_screens(name: str) -> None:
    for about, part in sections(read(name)):
        known = set().union(*(keys_of(each) for each in about))
        told = SETTINGS.sub("", without_blocks(part))
        named = {span for span in SPAN.findall(told) if KEY.fullmatch(span)}
        assert named <= known, f"{about}: {sorted(named - known)}"


@pytest.mark.parametrize("name", [guide for pair in PAIRS[:1] for guide in pair])
def test_the_page_of_keys_calls_every_act_as_the_screen_does(name: str) -> None:
    choose_language("zh_CN" if "zh-CN" in name else "en")
    checked = 0
    for about, part in sections(read(name)):
        for key, label in ROW.findall(part):
            if len(about) == 1 and KEY.fullmatch(key):
                labels = {_(act.label) for act in acts_of(about[0]) if key in map(key_name, act.all_keys())}
                assert label in labels, f"{about[0]} {key}: {label} is called {labels}"
                checked += 1
    assert checked >= 20


def commands(name: str) -> Iterator[str]:
    """Every command line of a guide, in its text and in its blocks."""
    text = read(name)
    for kind, block in BLOCK.findall(text):
        if kind in ("sh", "text") and "docs/screens" not in block:
            for line in block.splitlines():
                for found in COMMAND.finditer(line):
                    yield found[1].strip()
    for span in SPAN.findall(without_blocks(text)):
        if whole := COMMAND.match(span):
            yield whole[1].strip()


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_that_is_named_is_one_that_the_program_takes(name: str) -> None:
    found = list(commands(name))
    assert found
    for command in found:
        words = shlex.split(re.sub(r"\$\([^)]*\)", "x", command))
        options = build().parse_args(words, Options({}))
        assert not words or words[0].startswith("-") or options.command == words[0]


@pytest.mark.parametrize("name", [*GUIDES, "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    text = without_blocks(read(name))
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in link or (ROOT / name).parent.joinpath(link).exists(), link
    for path in re.findall(r"`((?:data|docs|tests|tui|screens|widgets)/[\w./*-]*)`", text):
        assert list(ROOT.glob(path)), path


def shape(name: str) -> list[str]:
    """What both languages of a guide must share: headings by depth, screens, tables by their rows, blocks by kind."""
    told = []
    for line in read(name).splitlines():
        if heading := re.match(r"#+ ", line):
            told.append(heading[0])
        elif marker := re.match(r" *<!-- (?:docs/screens/\w+/(?P<screen>\S+) .*|(?P<about>.*)) -->", line):
            told.append(marker["screen"] or marker["about"])
        elif line.lstrip().startswith("```"):
            told.append(line.strip())
        elif line.startswith("|"):
            told.append("|" * line.count("|"))
    return told


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_sections(english: str, chinese: str) -> None:
    assert shape(english) == shape(chinese)


@pytest.mark.parametrize("name", GUIDES)
def test_the_screens_in_a_guide_are_those_that_make_pictures_draws(name: str) -> None:
    text = read(name)
    for marker, shown in excerpts(text):
        assert shown.strip(), f"{marker} shows nothing: run make pictures"
    assert text.count("docs/screens/") == len(list(excerpts(text)))
    assert drawn(text) == text, "run make pictures"


def every_setting(shape: Any, prefix: str = "") -> Iterator[tuple[str, object]]:
    for each in fields(shape):
        value = getattr(shape, each.name)
        if is_dataclass(value):
            yield from every_setting(value, f"{prefix}{each.name}.")
        elif prefix:
            yield prefix + each.name, each.metadata["kind"].write(value)


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        held = ", ".join(f"{key} = {as_toml(each)}" for key, each in value.items())
        return f"{{ {held} }}" if held else "{}"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value).replace("'", '"')


@pytest.mark.parametrize("name", OWNERS)
def test_every_setting_is_described_with_its_default(name: str) -> None:
    told = SETTINGS.search(read(name))
    assert told is not None
    described = dict(re.findall(r"^\| `([\w.]+)` \| `([^`]*)` \|", told[1], re.MULTILINE))
    assert described == {key: as_toml(value) for key, value in every_setting(Settings())}


@pytest.mark.parametrize("name", OWNERS)
def test_the_settings_that_are_shown_can_be_read(name: str, tmp_path: Path) -> None:
    shown = [block for kind, block in BLOCK.findall(read(name)) if kind == "toml"]
    assert len(shown) >= 2
    for at, block in enumerate(shown):
        file = tmp_path / f"settings-{at}.toml"
        file.write_text(block, encoding="utf-8")
        load_settings(file)


@pytest.mark.parametrize("name", OWNERS)
def test_the_notes_on_a_product_that_are_shown_can_be_read(name: str, tmp_path: Path) -> None:
    (shown,) = [block for _kind, block in BLOCK.findall(read(name)) if "[[product]]" in block]
    file = tmp_path / "products.toml"
    file.write_text(shown, encoding="utf-8")
    (entry,) = load_notes(file)
    assert all(getattr(entry.notes, each.name) for each in fields(entry.notes))


@pytest.mark.parametrize("name", GUIDES)
def test_every_query_that_is_shown_is_understood(name: str) -> None:
    for query in re.findall(r"^\| `([^`]*[:\"][^`]*)` \|", read(name), re.MULTILINE):
        assert parse(query).parts or parse(query).inverted, query


@pytest.mark.parametrize("name", PAIRS[0])
def test_every_time_that_is_shown_is_understood(name: str) -> None:
    told = re.search(r"<!-- times -->(.*)", read(name))
    assert told is not None
    times = SPAN.findall(told[1])
    assert len(times) >= 3
    for each in times:
        assert resolve(each, 1_795_142_520_000, ZoneInfo("Asia/Shanghai")) > 1_795_142_520_000


@pytest.mark.parametrize("name", OWNERS)
def test_the_platform_row_that_is_shown_stands_above_the_shipped_one(name: str, tmp_path: Path) -> None:
    (shown,) = [block for _kind, block in BLOCK.findall(read(name)) if "confirmed_on" in block]
    file = tmp_path / OWN_FILE
    file.write_text(shown, encoding="utf-8")
    row = rules_of(file)["taobao", "revise"]
    assert row.own
    assert row.confirmed_on is not None
