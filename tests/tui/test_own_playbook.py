"""A shop's own call script is proved before the first word of it is spoken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import PlaybookError
from data.locations import locate
from data.playbook.sources import SHIPPED
from data.settings import Playbooks, Settings
from data.settings_file import load_settings
from tui.main import main
from tui.open import _playbook_of


def _settings(folder: Path, text: str) -> Settings:
    for name in ("standard.zh.toml", "standard.en.toml"):
        (folder / name).write_text(text, encoding="utf-8")
    return replace(Settings(), playbooks=Playbooks(zh_CN=str(folder), en=str(folder)))


def _shipped() -> str:
    return (SHIPPED / "standard.zh.toml").read_text("utf-8")


def test_a_script_that_leads_nowhere_is_refused_with_file_line_and_node(tmp_path: Path) -> None:
    text = _shipped().replace('to = "introduce"', 'to = "nowhere_at_all"', 1)
    with pytest.raises(PlaybookError, match=r"standard\.(zh|en)\.toml.*nowhere_at_all"):
        _playbook_of(_settings(tmp_path, text))("zh")


def test_a_sound_copy_of_the_shipped_script_is_spoken(tmp_path: Path) -> None:
    assert _playbook_of(_settings(tmp_path, _shipped()))("zh").nodes


def test_shops_at_home_and_abroad_get_the_script_of_their_language() -> None:
    playbook = _playbook_of(Settings())
    assert [playbook(language).id for language in ("zh", "en", "zh")] == ["standard.zh", "standard.en", "standard.zh"]


def test_a_script_that_was_put_to_use_is_neither_read_nor_proved_again_for_the_first_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "standard.zh.toml").write_text(_shipped(), encoding="utf-8")
    flags = ["--database", str(tmp_path / "shop.db"), "--config", str(tmp_path / "settings.toml")]
    assert main([*flags, "playbook", "use", str(folder)]) == 0
    monkeypatch.setattr("data.playbook.kept.load", lambda _path: pytest.fail("read again"))
    kept_in = locate(str(tmp_path / "shop.db"), None, {}).playbooks_read
    assert _playbook_of(load_settings(tmp_path / "settings.toml"), kept_in)("zh").nodes
