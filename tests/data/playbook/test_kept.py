"""A playbook that was read and proved is kept: the same as from its files, and never believed where it may not be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.errors import PlaybookError
from data.playbook import kept
from data.playbook.kept import load_kept
from data.playbook.load import load, shipped
from tests.data.playbook.calls import SMALL


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def kept_file(folder: Path) -> Path:
    (found,) = folder.glob("*.json")
    return found


def unread(*_args: object) -> object:
    raise AssertionError("read from its files again")


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_what_is_kept_is_what_its_files_say(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_kept(path, tmp_path / "kept")
    monkeypatch.setattr(kept, "load", unread)
    second = load_kept(path, tmp_path / "kept")
    assert first == second == load(path)


def test_a_changed_character_makes_it_anew(mine: Path, tmp_path: Path) -> None:
    load_kept(mine, tmp_path / "kept")
    mine.write_text(SMALL.replace("Goodbye.", "Farewell.", 1), encoding="utf-8")
    assert load_kept(mine, tmp_path / "kept") == load(mine)


def test_a_changed_part_makes_it_anew(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    part = tmp_path / "parts" / "who.toml"
    part.write_text('[entries]\na = "n"\n[[node]]\nid = "n"\nsay = ["Hm."]\n', encoding="utf-8")
    mine = tmp_path / "mine.toml"
    text = SMALL.replace('id = "small"', 'include = ["who"]\nid = "small"', 1)
    mine.write_text(text.replace('"nothing", to = "bye"', '"nothing", to = "who"'), encoding="utf-8")
    assert load_kept(mine, tmp_path / "kept").node("who.n").say == ("Hm.",)
    part.write_text(part.read_text("utf-8").replace("Hm.", "Well."), encoding="utf-8")
    assert load_kept(mine, tmp_path / "kept").node("who.n").say == ("Well.",)


def test_what_was_only_read_is_not_taken_for_proved(mine: Path, tmp_path: Path) -> None:
    mine.write_text(SMALL.replace('"nothing", to = "bye"', '"nothing", to = "by"'), encoding="utf-8")
    load_kept(mine, tmp_path / "kept")
    for _each in range(2):
        with pytest.raises(PlaybookError, match="“by”"):
            load_kept(mine, tmp_path / "kept", prove=True)


def test_what_was_proved_is_not_proved_again(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_kept(mine, tmp_path / "kept", prove=True)
    monkeypatch.setattr("data.playbook.check.proved", unread)
    assert load_kept(mine, tmp_path / "kept", prove=True) == load(mine)


def test_another_version_of_the_program_reads_anew(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_kept(mine, tmp_path / "kept")
    monkeypatch.setattr(kept, "_this_program", lambda: "another")
    monkeypatch.setattr(kept, "load", unread)
    with pytest.raises(AssertionError, match="read from its files again"):
        load_kept(mine, tmp_path / "kept")


@pytest.mark.parametrize("others", ["file", "folder"])
def test_what_others_could_have_written_is_not_believed(mine: Path, tmp_path: Path, others: str) -> None:
    folder = tmp_path / "kept"
    load_kept(mine, folder)
    place = kept_file(folder)
    held = json.loads(place.read_text("utf-8"))
    held["playbook"]["head"][1] = "Forged"
    place.write_text(json.dumps(held), encoding="utf-8")
    assert load_kept(mine, folder).title == "Forged"
    (place if others == "file" else folder).chmod(0o777)
    assert load_kept(mine, folder).title == "Small"


def test_a_link_in_its_place_is_not_followed(mine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    load_kept(mine, folder)
    place = kept_file(folder)
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text(place.read_text("utf-8").replace("Small", "Forged"), encoding="utf-8")
    place.unlink()
    place.symlink_to(elsewhere)
    assert load_kept(mine, folder).title == "Small"


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"made_by": 1}', "\udcff", '{"playbook": {}}'])
def test_what_is_damaged_is_made_anew(mine: Path, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "kept"
    load_kept(mine, folder)
    kept_file(folder).write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert load_kept(mine, folder) == load(mine)


def test_without_a_place_to_write_it_is_simply_read(mine: Path, tmp_path: Path) -> None:
    assert load_kept(mine, tmp_path / "no" / "such" / "folder") == load(mine)
    assert load_kept(mine, None) == load(mine)
