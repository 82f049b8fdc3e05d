"""Which files a run uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.locations import from_home, locate


def test_a_flag_comes_before_the_environment(tmp_path: Path) -> None:
    environ = {"AMENDS_DATABASE": str(tmp_path / "e.db"), "AMENDS_CONFIG": str(tmp_path / "e.toml")}
    by_environment = locate(environ=environ)
    by_flag = locate(database=tmp_path / "f.db", config=str(tmp_path / "f.toml"), environ=environ)
    assert (by_environment.database, by_environment.config) == (tmp_path / "e.db", tmp_path / "e.toml")
    assert (by_flag.database, by_flag.config) == (tmp_path / "f.db", tmp_path / "f.toml")


def test_without_either_the_systems_folders_are_used_and_nothing_is_made() -> None:
    found = locate(environ={})
    assert found.database.is_absolute()
    assert found.config.is_absolute()
    assert (found.database.name, found.config.name) == ("amends.db", "settings.toml")


def test_the_log_and_the_demo_lie_beside_the_database_and_are_never_it(tmp_path: Path) -> None:
    found = locate(database=tmp_path / "amends.db", config=tmp_path / "c.toml")
    assert (found.log, found.demo_database) == (tmp_path / "amends.log", tmp_path / "demo.db")
    assert locate(database=tmp_path / "demo.db").demo_database != tmp_path / "demo.db"


def test_a_relative_path_and_a_home_are_made_whole() -> None:
    found = locate(database="here.db", config="~/there.toml", environ={})
    assert found.database == Path.cwd() / "here.db"
    assert found.config == Path.home() / "there.toml"


def test_a_path_is_shown_from_the_agents_own_folder_and_any_other_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    assert Path(from_home(home / "shop" / "settings.toml")) == Path("~/shop/settings.toml")
    assert from_home(tmp_path / "elsewhere.toml") == str(tmp_path / "elsewhere.toml")
    assert from_home("settings.toml") == "settings.toml"
