"""The width of ambiguous characters, asked or told."""

from __future__ import annotations

from typing import Literal

import pytest

from tui.terminal.probe import QUESTION, WidthProbe, may_ask


@pytest.mark.parametrize(("column", "width"), [(3, 1), (4, 2), (5, 2)])
def test_the_column_of_the_cursor_tells_the_width(column: int, width: int) -> None:
    probe = WidthProbe()
    assert probe.question() == QUESTION
    probe.answer(1, column)
    assert probe.settle() == width


@pytest.mark.parametrize(("setting", "width"), [("1", 1), ("2", 2)])
def test_a_width_that_is_set_is_not_asked_for(setting: Literal["1", "2"], width: int) -> None:
    probe = WidthProbe(setting)
    assert probe.question() == ""
    probe.answer(1, 5)
    assert probe.settle() == probe.width == width


def test_an_answer_that_comes_too_late_or_from_elsewhere_changes_nothing() -> None:
    probe = WidthProbe()
    probe.answer(1, 5)
    probe.question()
    probe.answer(7, 5)
    assert probe.settle(0) == 1
    probe.answer(1, 5)
    assert probe.width == 1


def test_the_question_is_short_and_leaves_nothing_behind() -> None:
    assert len(QUESTION.encode()) <= 24
    assert QUESTION.endswith("\r\x1b[K")


def test_nobody_is_asked_where_nobody_answers() -> None:
    assert may_ask({"TERM": "xterm"}, is_terminal=True)
    assert not may_ask({"TERM": "xterm"}, is_terminal=False)
    assert not may_ask({"TERM": "dumb"}, is_terminal=True)
    assert not may_ask({}, is_terminal=True)
