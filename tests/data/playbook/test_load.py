from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import PlaybookError
from data.playbook.load import from_text, load, shipped, standard
from data.playbook.show import tree
from tests.data.playbook.calls import SMALL, all_shipped, small

LINES = SMALL.splitlines()


def error_of(text: str) -> PlaybookError | None:
    try:
        from_text(text, "mine.toml")
    except PlaybookError as error:
        return error
    return None


def line_of(passage: str) -> int:
    return next(number for number, text in enumerate(LINES, 1) if passage in text)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('id = "sorry"', 'id = "sorry"\nlisen = "x"', line_of('id = "sorry"') + 1, "Did you mean “listen”"),
        ("apology = true", 'apology = "yes"', line_of("apology = true"), "true or false"),
        ('say = ["Hello, {name}?"]', "say = [1]", line_of("Hello"), "list of texts"),
        ('key = 3, label = "nothing"', 'key = 9, label = "nothing"', line_of("nothing"), "from 1 to 8"),
        ('key = 3, label = "nothing"', "key = 3", line_of("nothing"), "“label” is missing"),
        ('"nothing", to = "bye"', '"nothing"', line_of("nothing"), "exactly one"),
        ('"nothing", to = "bye"', '"nothing", to = "bye", raises = "O1"', line_of("nothing"), "exactly one"),
        ('"go on", to = "sorry", times = 2', '"go on", to = "sorry", times = 99', line_of("times = 2"), "from 1 to 9"),
        ('time = "today 20:00"', 'time = "some day"', line_of("today 20:00"), "not a time"),
        ("refusals = { max = 0 }", "refusals = { most = 0 }", 0, "not known here"),
        ("refusals = { max = 0 }", "refuse = { max = 0 }", 0, "cannot ask “refuse”"),
        ("can_ask = true", "can_fly = true", 0, "platform.can_fly"),
        ('remedy = "accepted"', 'remedy = "maybe"', 0, "cannot be “maybe”"),
        ('standing = ["undecided"], hint', 'standing = ["gone"], hint', 0, "not a standing"),
        (
            'ending = { line = "right_party", standing = ["undecided"], hint',
            'ending = { line = "left", hint',
            0,
            "“left”",
        ),
        ('id = "O1"', 'id = "X1"', line_of('id = "O1"'), "O1 to O99"),
        ("version = 3", 'version = "3"', line_of("version"), "whole number"),
        ("version = 3", "version = 0", line_of("version"), "whole number"),
        ('id = "small"\n', "", 0, "“id” is missing"),
        ('id = "bye"', 'id = "return"', line_of('id = "bye"'), "not a name"),
        ('otherwise = "bye"\n', "", 0, "otherwise"),
    ],
)
def test_a_wrong_key_is_named_with_file_line_and_a_way_to_mend(old: str, new: str, line: int, said: str) -> None:
    assert SMALL.count(old) == 1
    with pytest.raises(PlaybookError) as caught:
        from_text(SMALL.replace(old, new), "mine.toml")
    assert said in str(caught.value)
    assert "mine.toml" in caught.value.what
    assert caught.value.remedy
    if line:
        assert f"line {line}" in caught.value.what


HOSTILE = {
    "empty": b"",
    "binary": bytes(range(256)) * 4,
    "another encoding": 'title = "标准"'.encode("gb18030"),
    "utf-16": 'title = "x"'.encode("utf-16"),
    "too large": b"# " + b"x" * 2_100_000,
    "one long line": b'title = "' + b"x" * 500_000 + b'"',
    "deep brackets": b"a = " + b"[" * 1000,
    "deep tables": b"a = " + b"{a=" * 1000,
    "many dots": b".".join([b"a"] * 1500) + b" = 1",
    "quoted dots": b".".join([b'"a"'] * 900) + b" = 1",
    "dotted headers": b"\n".join(b"[" + b".".join([b"a"] * 1500) + b"]" for _each in range(300)),
    "huge number": b"version = " + b"9" * 3000,
    "huge float": b"version = 1e999",
    "escape sequence": b'title = "\x1b[2J"',
    "written escape": rb'title = "\u001b]0;x\u0007"',
    "bidi": 'title = "a‮b"'.encode(),
    "zero width": 'title = "a​b"'.encode(),
    "carriage returns": b"a = 1\rb = 2\r",
    "open string": b'title = """' + rb'""\"' * 200_000,
    "open quotes": b'"\n' * 100_000,
    "tables as text": b'node = "x"\nstage = 3',
    "array of arrays": b"node = [[1], [2]]",
    "only a list": b"[[node]]\n" * 50_000,
    "include outside": b'include = ["../../etc/passwd"]',
    "include itself": b'include = ["mine.toml"]\nid = "x"',
    "include missing": b'include = ["nothing.toml"]',
    "include odd": b"include = 7",
    "date": b"version = 2026-01-01",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_one_clear_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(PlaybookError) as caught:
        load(path)
    assert "mine.toml" in str(caught.value) or "nothing.toml" in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SMALL)), st.integers(0, 30), st.text(max_size=12))
def test_any_damage_gives_a_playbook_or_one_error(at: int, cut: int, put: str) -> None:
    error = error_of(SMALL[:at] + put + SMALL[at + cut :])
    assert error is None or str(error).isprintable()


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(PlaybookError, match=path.name):
            load(path)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="everything is readable here")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SMALL, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(PlaybookError, match="cannot be read"):
        load(path)


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load(path).nodes == load(path).nodes
    assert load(path).id == "small"


def test_a_kept_text_gives_the_same_playbook_with_the_same_hash() -> None:
    for playbook in all_shipped():
        again = from_text(playbook.text, playbook.source)
        assert again == playbook
        assert from_text(playbook.text).hash == playbook.hash


SHARED = """
[[sub]]
id = "thanks"
entry = "thank"

[[sub.node]]
id = "thank"
say = ["Thank you."]
choices = [{ key = 1, label = "on", to = "return" }]
"""


def test_a_shared_part_is_included_and_kept_with_the_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    using = SMALL.replace('"nothing", to = "bye"', '"nothing", sub = "thanks", then = "bye"')
    path.write_text(f'include = ["shared.toml"]\n{using}', encoding="utf-8")
    (tmp_path / "shared.toml").write_text(SHARED, encoding="utf-8")
    playbook = load(path)
    thank = playbook.by_id["thank"]
    assert (thank.home, Path(thank.file).name, thank.line) == ("thanks", "shared.toml", 6)
    kept = from_text(playbook.text)
    assert (kept.hash, kept.by_id["thank"].say) == (playbook.hash, ("Thank you.",))
    (tmp_path / "shared.toml").write_text(SHARED.replace("Thank you.", "Thanks."), encoding="utf-8")
    assert load(path).hash != playbook.hash


def test_a_shared_part_may_hold_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(f'include = ["shared.toml"]\n{SMALL}', encoding="utf-8")
    (tmp_path / "shared.toml").write_text('[entries]\nfirst_contact = "x"\n', encoding="utf-8")
    with pytest.raises(PlaybookError, match=r"shared\.toml"):
        load(tmp_path / "mine.toml")


def test_the_standard_playbook_is_found_by_language_and_in_a_shop_s_own_folder(tmp_path: Path) -> None:
    assert [standard(language).language for language in ("zh_CN", "en")] == ["zh_CN", "en"]
    assert {path.name for path in shipped()} == {"standard.zh.toml", "standard.en.toml"}
    (tmp_path / "standard.zh.toml").write_text(SMALL, encoding="utf-8")
    assert standard("zh_CN", tmp_path).id == "small"


def test_choices_written_as_tables_know_their_lines() -> None:
    text = SMALL.replace(
        'choices = [{ key = 1, label = "end", to = "over" }]\n\n[[node]]',
        '\n[[node.choices]]\nkey = 1\nlabel = "end"\nto = "over"\n\n[[node]]',
    )
    choice = from_text(text).by_id["bye"].choices[0]
    assert text.splitlines()[choice.line - 1] == "[[node.choices]]"


def test_the_tree_shows_every_node_once() -> None:
    for playbook in (*all_shipped(), small()):
        shown = tree(playbook)
        for node in playbook.nodes:
            stage = next((each.title for each in playbook.stages if each.id == node.stage), "")
            title = f"{node.id} [{stage}] " if stage else f"{node.id} "
            first_words = (node.say[0] if node.say else node.purpose)[:10]
            assert shown.count(f"{title}{first_words}") == 1
