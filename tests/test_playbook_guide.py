"""The guide to writing a script is followed to the letter: its files are written, its commands are run."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.language import choose_language
from data.playbook.check import check
from data.playbook.load import load
from data.settings_file import load_settings
from tests.at_work import environment
from tests.data.world import World
from tests.terminal import ROOT
from tui.main import main
from tui.options import Options
from tui.parser import build

GUIDES = {"zh": "docs/playbooks.zh-CN.md", "en": "docs/playbooks.md"}
BLOCK = re.compile(r"^(<!-- not followed: [^\n]*-->\n)?```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[tuple[bool, str, str]]:
    """Every block of a guide: whether it is followed, what it is written in, and what it says."""
    text = (ROOT / GUIDES[language]).read_text("utf-8")
    return [(not skipped, kind, body) for skipped, kind, body in BLOCK.findall(text)]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The reader's own folder, and what their machine says of itself."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    yield tmp_path
    choose_language("en")


def run(home: Path, command: str) -> None:
    """A command of the guide: ours as the program takes its words, others in a shell; it has to end well."""
    words = shlex.split(command)
    if words[0] == "amends":
        assert main([re.sub(r"^~(?=/)", str(home), word) for word in words[1:]]) == 0, command
    else:
        subprocess.run(command, shell=True, env=environment(home), cwd=ROOT, check=True)


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.long)])
def test_the_guide_is_followed_word_by_word(language: str, home: Path) -> None:
    World(home / "amends.db").connection.close()
    file = home / "playbooks" / f"standard.{language}.toml"
    for followed, kind, body in blocks(language):
        if kind == "toml":
            file.parent.mkdir(exist_ok=True)
            file.write_text((file.read_text("utf-8") + "\n" if file.exists() else "") + body, encoding="utf-8")
            load(file)
        elif followed:
            for command in body.strip().splitlines():
                run(home, command)
    playbook = load(file)
    assert check(playbook).findings == ()
    assert playbook.objection_by_id["O90"].rungs == ("invoice", "invoice_again")
    told = load_settings(home / "settings.toml").playbooks
    assert (told.second, told.share) == (str(file.parent), 30)
    assert str(file.parent) in (told.zh_CN, told.en)
    assert (home / "playbooks-whole" / f"standard.{language}.toml").exists()


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.long)])
def test_what_opens_a_screen_is_a_command_that_the_program_takes(language: str) -> None:
    for followed, kind, body in blocks(language):
        if kind == "sh" and not followed:
            for command in body.strip().splitlines():
                options = build().parse_args(shlex.split(command)[1:], Options())
                assert options.command in ("playbook", "rehearse")


def test_both_languages_teach_the_same_steps() -> None:
    def shape(language: str) -> list[tuple[bool, str, int]]:
        return [(followed, kind, body.count("\n")) for followed, kind, body in blocks(language)]

    assert shape("zh") == shape("en")
