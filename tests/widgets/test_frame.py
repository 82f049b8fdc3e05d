"""The frame gives up what matters least when there is no room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from widgets import look
from widgets.acts import Act, key_name
from widgets.frame import foot, header, said_rule, tabs
from widgets.lines import line_width, plain

NAMES = ("待办", "我的", "将超时", "今日回访", "现在可联系", "待核实")
WORDS = st.text("ab 太短é👍", max_size=80)


@given(WORDS, WORDS, st.integers(1, 160))
def test_a_header_fits(name: str, fact: str, cells: int) -> None:
    assert line_width(header(name, ((fact, None),), cells)) <= cells


@given(WORDS, st.integers(1, 160))
def test_a_rule_fills_the_line_whatever_it_says(said: str, cells: int) -> None:
    width = line_width(said_rule(said, look.FACT, cells))
    assert width == cells or (said and cells < 8)


def test_a_foot_without_room_keeps_its_last_key() -> None:
    acts = [Act(f"x.{at}", f"f{at}", "x", f"label {at}", "help") for at in range(2, 9)]
    shown = plain(foot(acts, 40))
    assert shown.startswith(" F2 label 2")
    assert shown.endswith("F8 label 8")
    assert "F7" not in shown


def test_tabs_lose_counts_that_say_no_more_than_many_before_they_lose_names() -> None:
    many = ("128", "7", "999+", "9", "999+", "999+")
    assert plain(tabs(NAMES, many, 0, 100)).count("999+") == 3
    at_80 = plain(tabs(NAMES, many, 0, 80))
    assert all(name in at_80 for name in NAMES)
    at_40 = plain(tabs(NAMES, many, 2, 40))
    assert "将超时" in at_40
    assert "待核实" not in at_40


@given(
    st.lists(st.sampled_from(["", "0", "12", "999+"]), min_size=6, max_size=6), st.integers(0, 5), st.integers(1, 200)
)
def test_tabs_fit(counts: list[str], chosen: int, cells: int) -> None:
    assert line_width(tabs(NAMES, counts, chosen, cells)) <= cells


def test_keys_are_named_as_they_are_printed() -> None:
    names = [key_name(key) for key in ("f9", "question_mark", "escape", "space", "1", "j", "slash")]
    assert names == ["F9", "?", "Esc", "Space", "1", "j", "/"]
