"""What the READMEs tell people to type is what the program takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.demo.content import FOLDER
from tui.options import Options
from tui.parser import COMMANDS, build

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
OTHERS = ("CONTRIBUTING.md", "docs/architecture.md", "CHANGELOG.md")
SPAN = re.compile(r"`(amends(?: [^`]+)?)`")
LINK = re.compile(r"\]\(([^)#]+)\)")
PATH = re.compile(r"`((?:data|docs|tests|tui|screens|widgets)/[\w./*-]*)`")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(name: str) -> Iterator[str]:
    """Every command line of a README: in the text and in its blocks."""
    text = read(name)
    for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            plain = line.split("#")[0].replace("\\", "/").strip()
            if (found := re.search(r"(?:^|/)(amends\b.*)", plain)) and not plain.startswith("["):
                yield found[1]
    yield from SPAN.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def variants(command: str) -> list[list[str]]:
    """The words to parse: once without and once with the parts in brackets; names of files become a file."""
    without = re.sub(r"\s*\[[^\]]*\]", "", command)
    whole = command.replace("[", "").replace("]", "")
    return [[re.sub(r"^(?:FILE…?|文件…?)$", "a.json", word) for word in each.split()[1:]] for each in (without, whole)]


def shape(command: str) -> str:
    """A command as both languages write it."""
    return re.sub(r"文件", "FILE", command)


@pytest.mark.parametrize("name", READMES)
def test_every_command_line_is_one_that_the_program_takes(name: str) -> None:
    found = list(commands(name))
    assert len(found) >= 12
    for command in found:
        for words in variants(command):
            if words == ["--version"]:
                continue
            options = build().parse_args(words, Options())
            assert options.command == (words[0] if words else None)


def test_both_languages_name_the_same_commands_and_every_one_of_them() -> None:
    english, chinese = (sorted({shape(command) for command in commands(name)}) for name in READMES)
    assert english == chinese
    assert {command.split()[1] for command in english if " " in command} >= set(COMMANDS)


@pytest.mark.parametrize("name", READMES)
def test_every_option_that_is_named_exists(name: str) -> None:
    helps = build().format_help()
    for command in COMMANDS:
        branch = next(
            action.choices[command]
            for action in build()._actions
            if isinstance(action.choices, dict) and command in action.choices
        )
        helps += branch.format_help()
        helps += "".join(
            each.format_help()
            for action in branch._actions
            if isinstance(action.choices, dict)
            for each in action.choices.values()
        )
    text = re.sub(r"```.*?```", "", read(name), flags=re.DOTALL)
    for option in set(re.findall(r"(--[a-z][\w-]+)", text)):
        assert option in helps, option


@pytest.mark.parametrize("name", [*READMES, *OTHERS])
def test_links_and_files_that_are_named_exist(name: str) -> None:
    folder = (ROOT / name).parent
    for link in LINK.findall(read(name)):
        assert "://" in link or link.startswith("docs/pictures/") or (folder / link).exists(), link
    for path in PATH.findall(read(name)):
        assert list(ROOT.glob(path)), path


def test_the_pictures_are_those_of_both_readmes() -> None:
    pictures = [set(re.findall(r"docs/pictures/\w+\.svg", read(name))) for name in READMES]
    assert pictures[0] == pictures[1] == {"docs/pictures/inbox.svg", "docs/pictures/call.svg"}


@pytest.mark.parametrize("name", READMES)
def test_the_settings_that_are_shown_are_in_order(name: str, tmp_path: Path) -> None:
    from data.settings_file import load_settings

    shown = re.search(r"```toml\n(.*?)```", read(name), re.DOTALL)
    assert shown is not None
    file = tmp_path / "settings.toml"
    file.write_text(shown[1], encoding="utf-8")
    assert load_settings(file).shop.platform == "tmall"


def test_the_sample_files_that_are_named_are_there() -> None:
    assert len(list((FOLDER / "files").iterdir())) == 3
