"""`amends check` looks at the shop's notes on its products, and says where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.settings_file import load_settings
from tui.commands.check import _products
from tui.options import Options


def looked_at(folder: Path, notes: str, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    monkeypatch.setenv("AMENDS_CONFIG", str(folder / "settings.toml"))
    (folder / "products.toml").write_text(notes, encoding="utf-8")
    config = folder / "settings.toml"
    config.write_text(f'[products]\nnotes = "{(folder / "products.toml").as_posix()}"\n', encoding="utf-8")
    assert load_settings(config).products.file == folder / "products.toml"
    options = Options.__new__(Options)
    monkeypatch.setattr(Options, "settings", lambda _self: load_settings(config))
    return [verdict.sound for verdict in _products(options)]


def test_notes_in_order_are_counted_and_a_mistake_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = '[[product]]\nmatch = ["x"]\ntips = ["y"]\n'
    assert looked_at(tmp_path, good, monkeypatch) == [True]
    assert looked_at(tmp_path, good + "rumour = 1\n", monkeypatch) == [False]
