"""Settings as they are changed on a screen: worded, typed, checked, and saved without losing anybody's lines."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest

from data import settings as settings_module
from data.errors import SettingsError
from data.settings import Settings
from data.settings_book import Book
from data.settings_file import load_settings
from data.settings_kinds import Choice, Flag
from data.settings_tree import every_setting, value_of, with_values
from data.settings_typing import shown, typed
from data.settings_words import SECTIONS, SETTINGS

EVERY = {each.dotted: each for each in every_setting()}


def book_of(tmp_path: Path, text: str) -> tuple[Book, Path]:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return Book.of_file(path), path


def docstrings() -> dict[str, str]:
    """What the settings say of themselves, by class and by class and field."""
    found = {}
    for shape in ast.parse(inspect.getsource(settings_module)).body:
        if not isinstance(shape, ast.ClassDef):
            continue
        found[shape.name] = ast.get_docstring(shape) or ""
        for name, said in zip(shape.body, shape.body[1:], strict=False):
            if isinstance(name, ast.AnnAssign) and isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant):
                found[f"{shape.name}.{ast.unparse(name.target)}"] = str(said.value.value)
    return {name: " ".join(said.split()) for name, said in found.items()}


def test_every_setting_is_called_something_and_means_what_its_docstring_says() -> None:
    said = docstrings()
    classes = {name: type(getattr(Settings(), name)).__name__ for name in SECTIONS}
    assert set(SETTINGS) == set(EVERY)
    for dotted, (label, meaning) in SETTINGS.items():
        section, _, name = dotted.partition(".")
        assert label
        assert meaning == said[f"{classes[section]}.{name}"], dotted
    for section, (label, meaning) in SECTIONS.items():
        assert label
        assert meaning == (said.get(classes[section]) or said[f"Settings.{section}"]), section


def test_every_section_of_the_settings_is_shown() -> None:
    assert set(SECTIONS) == set(vars(Settings()))


@pytest.mark.parametrize("dotted", [each for each, one in EVERY.items() if not isinstance(one.kind, Flag | Choice)])
def test_what_is_shown_for_typing_means_the_same_when_it_is_typed(dotted: str) -> None:
    setting = EVERY[dotted]
    assert typed(setting.kind, shown(setting.kind, setting.default)) == setting.default


@pytest.mark.parametrize(
    ("dotted", "text", "value"),
    [
        ("contact.attempts_per_day", " ３ ", 3),
        ("contact.hard_from", "9：30", 570),
        ("contact.soft", "09：00－12：00、14:00 至 20:30", ((540, 720), (840, 1230))),
        ("contact.soft", "", ()),
        ("shop.name", "暖屋 ", "暖屋"),
        ("shop.zone", "Asia/Tokyo", "Asia/Tokyo"),
    ],
)
def test_what_an_input_method_types_is_understood(dotted: str, text: str, value: Any) -> None:
    assert typed(EVERY[dotted].kind, text) == value


@pytest.mark.parametrize(
    ("dotted", "text"),
    [
        ("contact.attempts_per_day", "many"),
        ("contact.attempts_per_day", "99"),
        ("contact.attempts_per_day", "-1"),
        ("contact.hard_from", "25:00"),
        ("contact.soft", "09:00"),
        ("contact.soft", "12:00-09:00"),
        ("shop.zone", "Asia/Shanghay"),
        ("playbooks.en", "here"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(dotted: str, text: str) -> None:
    with pytest.raises(SettingsError) as refused:
        typed(EVERY[dotted].kind, text)
    assert refused.value.what.endswith((".", "?"))
    assert "quotes" not in refused.value.what


def test_one_setting_is_changed_and_the_others_stay() -> None:
    changed = with_values(Settings(), {"contact.gap_minutes": 60, "keys.inbox.claim": "f2", "views.急": "grade:bad"})
    assert value_of(changed, "contact.gap_minutes") == 60
    assert (changed.keys, changed.views) == ({"inbox.claim": "f2"}, {"急": "grade:bad"})
    back = with_values(changed, {"contact.gap_minutes": 120, "keys.inbox.claim": "", "views.急": ""})
    assert back == Settings()


def test_a_change_that_is_taken_back_is_no_change(tmp_path: Path) -> None:
    book, _path = book_of(tmp_path, "[contact]\ngap_minutes = 60\n")
    book.change("contact.gap_minutes", 90)
    assert book.told() == [("Minutes between attempts", "60", "90")]
    book.change("contact.gap_minutes", 60)
    assert book.changes == {}


def test_each_entry_says_its_value_its_default_and_where_it_comes_from(tmp_path: Path) -> None:
    book, _path = book_of(tmp_path, '[shop]\nplatform = "tmall"\n\n[contact]\n# mine\ngap_minutes = 60\n')
    entries = {each.dotted: each for section in ("shop", "contact") for each in book.entries(section)}
    gap = entries["contact.gap_minutes"]
    assert (gap.value, gap.default, gap.source, gap.own, gap.changed) == ("60", "120", "file, line 6", True, False)
    assert entries["shop.platform"].value == "Tmall"
    assert entries["contact.hard_from"].source == "default"


def test_what_does_not_go_together_is_said_where_it_stands(tmp_path: Path) -> None:
    book, _path = book_of(tmp_path, "")
    book.change("contact.hard_from", 22 * 60)
    assert [each.dotted for each in book.entries("contact") if each.trouble] == ["contact.hard_until"]


def test_saving_keeps_what_others_wrote_meanwhile(tmp_path: Path) -> None:
    book, path = book_of(tmp_path, "[contact]\ngap_minutes = 60\n")
    book.change("contact.calls_per_case", 2)
    path.write_text('[contact]\ngap_minutes = 75\n\n[shop]\nname = "暖屋"\n', encoding="utf-8")
    saved, kept = book.saved_to(path)
    now = load_settings(path)
    assert (now.contact.gap_minutes, now.contact.calls_per_case, now.shop.name) == (75, 2, "暖屋")
    assert saved.saved == now
    assert (saved.changes, kept) == ({}, None)


def test_comments_that_the_file_cannot_keep_are_kept_beside_it_and_that_is_said(tmp_path: Path) -> None:
    book, path = book_of(tmp_path, "# mine\n[contact]\ngap_minutes = 60\n")
    book.change("contact.gap_minutes", 90)
    _saved, kept = book.saved_to(path)
    assert kept is not None
    assert "# mine" in kept.read_text(encoding="utf-8")


def test_nothing_is_written_before_it_is_saved(tmp_path: Path) -> None:
    book, path = book_of(tmp_path, "")
    book.change("contact.gap_minutes", 90)
    assert path.read_text(encoding="utf-8") == ""
