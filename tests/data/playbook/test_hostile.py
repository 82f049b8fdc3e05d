"""A playbook made to be too much: refused with a sentence, before it costs time or memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import PlaybookError
from data.playbook.asked import FACTS, Kind
from data.playbook.check import check
from data.playbook.load import from_text, load
from tests.data.playbook.calls import SMALL, broken

EVERY_FACT = ", ".join(
    [f"{name} = true" for name, fact in FACTS.items() if fact.kind is Kind.FLAG and "." not in name]
    + [
        f"{group} = {{ {', '.join(flags)} }}"
        for group in ("buyer", "order", "remedy", "history", "clock")
        if (
            flags := [
                f"{name.partition('.')[2]} = true"
                for name, fact in FACTS.items()
                if name.startswith(f"{group}.") and fact.kind is Kind.FLAG
            ]
            + [
                f"{name.partition('.')[2]} = {{ min = 3, max = 40 }}"
                for name, fact in FACTS.items()
                if name.startswith(f"{group}.") and fact.kind is Kind.COUNT and not fact.moves
            ]
        )
    ]
)


def test_a_guard_that_asks_everything_at_once_is_refused_before_it_is_explored() -> None:
    playbook = broken(
        '"nothing", to = "bye"', f'"nothing", to = "bye", when = {{ {EVERY_FACT}, promised_before = true }}'
    )
    report = check(playbook)
    assert [(each.kind, each.node) for each in report.findings] == [("too large", "sorry")]
    assert report.states == 0


def test_a_count_with_hundreds_of_bounds_is_refused_where_two_of_them_meet() -> None:
    choices = "".join(
        f'  {{ key = 3, label = "{low}", to = "bye", when = {{ order = {{ days = {{ min = {low}, max = {low} }} }}, '
        f"buyer = {{ orders = {{ min = {low}, max = {low} }} }} }} }},\n"
        for low in range(1, 400)
    )
    text = SMALL.replace('  { key = 3, label = "nothing"', choices + '  { key = 3, label = "nothing"')
    assert ("too large", "sorry") in {(each.kind, each.node) for each in check(from_text(text)).findings}


def test_parts_that_include_one_another_many_times_over_are_read_once(tmp_path: Path) -> None:
    """The laughs of XML: each part includes all the others."""
    (tmp_path / "parts").mkdir()
    names = [f"p{number}" for number in range(40)]
    for name in names:
        others = ", ".join(f'"{each}"' for each in names if each > name)
        text = f"include = [{others}]\n[entries]\na = 'n'\n[[node]]\nid = 'n'\nsay = ['x']\n"
        (tmp_path / "parts" / f"{name}.toml").write_text(text, encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(SMALL.replace('id = "small"', 'include = ["p0"]\nid = "small"', 1), encoding="utf-8")
    with pytest.raises(PlaybookError, match=r"too many|includes itself"):
        load(path)


def test_what_is_included_counts_towards_the_size(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    names = [f"p{number}" for number in range(8)]
    for name in names:
        (tmp_path / "parts" / f"{name}.toml").write_text("# x\n" * 100_000, encoding="utf-8")
    path = tmp_path / "mine.toml"
    listed = ", ".join(f'"{name}"' for name in names)
    path.write_text(SMALL.replace('id = "small"', f'include = [{listed}]\nid = "small"', 1), encoding="utf-8")
    with pytest.raises(PlaybookError, match="too large"):
        load(path)


def test_ten_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"# nothing but this\n" * 550_000)
    with pytest.raises(PlaybookError, match="larger than 2 MB"):
        load(path)


def test_a_ring_of_nodes_is_named_as_a_ring() -> None:
    ring = "".join(
        f'\n[[node]]\nid = "r{number}"\nsay = ["Hm."]\n'
        f'choices = [{{ key = 1, label = "on", to = "r{(number + 1) % 900}" }}]\n'
        for number in range(900)
    )
    text = SMALL.replace('"nothing", to = "bye"', '"nothing", to = "r0"') + ring
    found = check(from_text(text)).findings
    assert "endless loop" in {each.kind for each in found}
    assert max(len(str(each)) for each in found) < 2_000


def test_guards_that_send_one_round_and_round_are_found() -> None:
    text = SMALL.replace('otherwise = "bye"', 'otherwise = "turn"') + (
        '\n[[node]]\nid = "turn"\nsay = ["Hm."]\nwhen = { reopened = true }\notherwise = "ask"\n'
        'choices = [{ key = 1, label = "on", to = "bye" }]\n'
    )
    assert "endless loop" in {each.kind for each in check(from_text(text)).findings}
