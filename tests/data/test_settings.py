"""Settings: what the file says is what holds, and every mistake in it is named where it stands."""

from __future__ import annotations

import ast
import inspect
import stat
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import settings as settings_module
from data.errors import SettingsError
from data.language import choose_language
from data.settings import Settings, contradictions
from data.settings_file import line_of, load_settings, save
from data.settings_kinds import (
    Choice,
    Command,
    DayWindows,
    Flag,
    Folder,
    KeyMap,
    MonthDay,
    NamedQueries,
    Text,
    WallTime,
    Whole,
    Windows,
    ZoneName,
)
from data.staff import DAYS, Staff, Worker


@pytest.fixture(autouse=True)
def _english() -> None:
    choose_language("en")


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def trouble(path: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    return str(caught.value)


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    if isinstance(kind, Whole):
        return st.integers(kind.low, kind.high)
    if isinstance(kind, Flag):
        return st.booleans()
    if isinstance(kind, Choice):
        return st.sampled_from(kind.words)
    if isinstance(kind, Text):
        return st.text(max_size=kind.longest).filter(str.isprintable)
    if isinstance(kind, ZoneName):
        return st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"])
    if isinstance(kind, Folder):
        return st.sampled_from(["", "~/playbooks", str(Path(Path.cwd().anchor) / "playbooks 剧本")])
    if isinstance(kind, WallTime):
        return st.integers(0, 1440)
    if isinstance(kind, Windows):
        return st.sets(st.integers(0, 1440), max_size=6).map(spans)
    if isinstance(kind, DayWindows):
        days = st.tuples(*(st.none() | values_of(Windows()) for _name in kind.names))
        return days.map(lambda each: tuple((n, s) for n, s in zip(kind.names, each, strict=True) if s is not None))
    if isinstance(kind, MonthDay):
        return st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day))
    if isinstance(kind, NamedQueries):
        names = st.text(min_size=1, max_size=24).filter(lambda name: bool(name.strip()) and name.isprintable())
        return st.dictionaries(names, st.sampled_from(["grade:bad due:<2h", "评级:差 开线", "! owner:谁"]), max_size=2)
    if isinstance(kind, Staff):
        words = {"shift": values_of(Windows()), "days": some(DAYS), "platforms": some(("taobao", "jd"))}
        words |= {"causes": some(("Q", "L2")), "languages": some(("zh", "en"))}
        workers = st.builds(Worker, st.from_regex(r"[a-z0-9._\-]{1,9}", fullmatch=True), **words)
        return st.lists(workers, max_size=2, unique_by=lambda worker: worker.login).map(tuple)
    if isinstance(kind, Command):
        spoken = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=9).filter(str.isprintable)
        program = spoken.filter(lambda word: bool(word.strip()))
        return st.just(()) | st.tuples(program, st.lists(spoken, max_size=3)).map(lambda told: (told[0], *told[1]))
    assert isinstance(kind, KeyMap)
    acts = st.from_regex(r"[a-z_]{1,8}(\.[a-z_]{1,8})?", fullmatch=True)
    return st.dictionaries(acts, st.sampled_from(["f2", "f2,space", "enter"]), max_size=3)


def some(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(words)).map(lambda chosen: tuple(word for word in words if word in chosen))


def spans(minutes: set[int]) -> tuple[tuple[int, int], ...]:
    ordered = sorted(minutes)
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


def trees(shape: type[Any]) -> st.SearchStrategy[Any]:
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for each in fields(shape):
        section: Any = each.default_factory
        inside = is_dataclass(section)
        parts[each.name] = trees(section) if inside else values_of(each.metadata["kind"])
    return st.builds(shape, **parts)


def agreeing(tree: Settings) -> Settings:
    """The tree with the defaults in those sections whose keys contradict each other."""
    wrong = {dotted.partition(".")[0] for dotted, _rule in contradictions(tree)}
    return replace(tree, **{name: getattr(Settings(), name) for name in wrong})


ANY_SETTINGS = trees(Settings).map(agreeing)
few = settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


@few
@given(ANY_SETTINGS)
def test_what_was_saved_is_what_is_loaded(tmp_path_factory: pytest.TempPathFactory, tree: Settings) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    save(tree, path)
    assert load_settings(path) == tree


@few
@given(ANY_SETTINGS, ANY_SETTINGS)
def test_a_second_save_forgets_nothing_of_the_second(
    tmp_path_factory: pytest.TempPathFactory, first: Settings, second: Settings
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    save(first, path)
    save(second, path)
    assert load_settings(path) == second


def test_without_a_file_every_default_holds_and_none_is_written(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "nowhere" / "settings.toml") == Settings()
    assert list(tmp_path.iterdir()) == []


def test_the_defaults_contradict_nothing() -> None:
    assert list(contradictions(Settings())) == []


def test_a_key_that_is_not_written_has_its_default(tmp_path: Path) -> None:
    found = load_settings(written(tmp_path, "[contact]\nattempts_per_day = 1\nhard_until = 20:30:00\n"))
    assert found.contact == replace(Settings().contact, attempts_per_day=1, hard_until=20 * 60 + 30)


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_right_key(tmp_path: Path) -> None:
    path = written(tmp_path, '[shop]\nname = "x"\n\n[contact]\n# mine\nattempts_a_day = 3\n')
    said = trouble(path)
    assert f"{path}, line 6" in said
    assert "contact.attempts_a_day" in said
    assert "contact.attempts_per_day" in said


def test_a_right_key_in_the_wrong_section_is_led_home(tmp_path: Path) -> None:
    assert "claims.lease_hours" in trouble(written(tmp_path, "lease_hours = 3\n"))


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("[contact]\nattempts_per_day = '2'\n", "contact.attempts_per_day", 2),
        ("[contact]\nattempts_per_day = true\n", "contact.attempts_per_day", 2),
        ("[contact]\nattempts_per_day = 0\n", "contact.attempts_per_day", 2),
        ("[contact]\nhard_from = '8 Uhr'\n", "contact.hard_from", 2),
        ("[contact]\nhard_from = '24:30'\n", "contact.hard_from", 2),
        ("[contact]\nsoft = [['12:00', '09:00']]\n", "contact.soft", 2),
        ("[contact]\nsoft = [['09:00']]\n", "contact.soft", 2),
        ("[contact]\nsoft = [['09:00', '12:00'], ['11:00', '13:00']]\n", "contact.soft", 2),
        ("general.language = 'de'\n", "general.language", 1),
        ("[general]\nletters = 'off'\n", "general.letters", 2),
        ("[shop]\nzone = 'Asia/Shanghay'\n", "shop.zone", 2),
        ('[shop]\nname = "a\\u001b[31m"\n', "shop.name", 2),
        ("shop = 'mine'\n", "shop", 1),
        ("[playbooks]\nen = 'playbooks'\n", "playbooks.en", 2),
        ("[keys]\n'inbox.claim' = 3\n", "keys", 1),
        ("[contact]\nhard_from = '21:00'\nhard_until = '08:00'\n", "contact.hard_until", 3),
        ("[grades]\nbad_max = 3\n", "grades.neutral_max", 1),
    ],
)
def test_a_wrong_value_is_refused_with_its_line_and_key(tmp_path: Path, text: str, key: str, line: int) -> None:
    path = written(tmp_path, text)
    said = trouble(path)
    assert f"{path}, line {line}" in said
    assert key in said


def test_a_file_that_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "[shop]\nname = 旗舰店\n")
    assert f"{path}, line 2" in trouble(path)


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes('[shop]\nname = "旗舰店"\n'.encode("gb18030"))
    assert f"{path}, line 2" in trouble(path)


def test_a_mark_that_windows_editors_put_in_front_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes('[shop]\r\nname = "旗舰店"\r\n'.encode("utf-8-sig"))
    assert load_settings(path).shop.name == "旗舰店"


def test_a_folder_in_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    assert str(tmp_path) in trouble(tmp_path)


def test_keys_may_be_written_as_tables_or_with_dots_and_as_lists(tmp_path: Path) -> None:
    found = load_settings(written(tmp_path, '[keys]\n"inbox.claim" = "space"\ninbox.next = ["f2", "n"]\n'))
    assert found.keys == {"inbox.claim": "space", "inbox.next": "f2,n"}


def test_a_save_keeps_what_the_user_wrote_and_changes_only_what_changed(tmp_path: Path) -> None:
    path = written(tmp_path, "[contact]\nhard_until = 21:00:00\ngap_minutes = 120\nattempts_per_day = 1\n")
    now = load_settings(path)
    save(replace(now, contact=replace(now.contact, attempts_per_day=2)), path)
    text = path.read_text(encoding="utf-8")
    assert "hard_until = 21:00:00" in text
    assert "gap_minutes = 120" in text
    assert "attempts_per_day = 2" in text
    assert "hard_from" not in text


def test_a_save_that_changes_nothing_touches_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "# my own words\n[contact]\ngap_minutes = 60\n")
    before = path.read_bytes()
    save(load_settings(path), path)
    assert path.read_bytes() == before


def test_comments_that_a_save_would_lose_stay_beside_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "[contact]\ngap_minutes = 60  # the owner asked for it\n")
    now = load_settings(path)
    save(replace(now, shop=replace(now.shop, name="暖屋")), path)
    assert "the owner asked for it" in (tmp_path / "settings.toml.old").read_text(encoding="utf-8")
    assert load_settings(path).shop.name == "暖屋"


def test_a_broken_file_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, "[contakt]\n")
    with pytest.raises(SettingsError):
        save(Settings(), path)
    assert path.read_text(encoding="utf-8") == "[contakt]\n"


def test_what_could_not_be_loaded_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    with pytest.raises(SettingsError):
        save(replace(Settings(), grades=replace(Settings().grades, bad_max=3)), path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes and links need a right of their own")
def test_the_saved_file_is_private_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "kept elsewhere.toml"
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    save(replace(Settings(), shop=replace(Settings().shop, name="暖屋")), link)
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["kept elsewhere.toml", "settings.toml"]


def test_a_folder_of_playbooks_is_found_by_language(tmp_path: Path) -> None:
    path = written(tmp_path, '[playbooks]\nzh_CN = "~/mine"\n')
    found = load_settings(path).playbooks
    assert found.folder("zh_CN") == Path("~/mine").expanduser()
    assert found.folder("en") is None


def test_lines_are_found_through_quotes_dots_and_tables() -> None:
    source = "a.b = 1\n\n[ c ]\n\"d\" = 2 # x\n'e.f' = 3\n"
    assert [line_of(source, key) for key in ("a.b", "c", "c.d", "c.e.f", "c.unwritten", "z")] == [1, 3, 4, 5, 3, None]


def test_every_setting_says_what_it_means() -> None:
    tree = ast.parse(inspect.getsource(settings_module))
    for shape in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        assert ast.get_docstring(shape), shape.name
        for name, follower in zip(shape.body, [*shape.body[1:], None], strict=True):
            if isinstance(name, ast.AnnAssign):
                said = isinstance(follower, ast.Expr) and isinstance(follower.value, ast.Constant)
                assert said, f"{shape.name}.{ast.unparse(name.target)} has no docstring"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[views]\n"急件" = "grade:badd"\n', "Did you mean bad?"),
        ('[views]\n"急件" = ""\n', "急件 must be a query"),
        ('[views]\n"急件" = 3\n', "急件 must be a query"),
        (f'[views]\n{"x" * 25} = "开线"\n', "at most 24"),
        ('views = "grade:bad"\n', "table of names"),
    ],
)
def test_a_view_of_the_shop_that_is_no_query_is_told_by_its_name(tmp_path: Path, text: str, said: str) -> None:
    told = trouble(written(tmp_path, text))
    assert "settings.toml, line 1: views" in told
    assert said in told


def test_the_shops_views_are_read_and_kept_as_they_are_written(tmp_path: Path) -> None:
    path = written(tmp_path, '[views]\n"急件" = "评级:差 期限:<2小时"\n')
    settings = load_settings(path)
    assert settings.views == {"急件": "评级:差 期限:<2小时"}
    save(replace(settings, views={**settings.views, "质量": "cause:quality"}), path)
    assert load_settings(path).views == {"急件": "评级:差 期限:<2小时", "质量": "cause:quality"}
    assert "评级:差" in path.read_text("utf-8")
