"""The terminal is asked now and then, and what it has not answered for is on its way."""

from __future__ import annotations

from tui.terminal.pace import AHEAD, LARGE, PATIENCE, QUESTION, Pace


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


def asking(clock: Clock) -> Pace:
    pace = Pace(clock)
    pace.begin()
    return pace


def test_small_output_asks_nothing_until_it_adds_up() -> None:
    pace = asking(Clock())
    questions = [pace.wrote(LARGE // 4) for _ in range(8)]
    assert questions == ["", "", "", QUESTION] * 2


def test_a_terminal_is_behind_until_it_has_answered_for_enough() -> None:
    pace = asking(Clock())
    while not pace.behind:
        assert pace.wrote(2 * LARGE) == QUESTION
    pace.answered()
    assert not pace.behind


def test_a_terminal_that_answers_slowly_but_surely_is_waited_for() -> None:
    clock = Clock()
    pace = asking(clock)
    pace.wrote(AHEAD)
    pace.wrote(AHEAD)
    pace.wrote(AHEAD)
    for _ in range(2):
        clock.now += PATIENCE
        assert pace.behind
        pace.answered()
    assert not pace.behind


def test_a_terminal_that_never_answers_is_soon_asked_no_more() -> None:
    clock = Clock()
    pace = asking(clock)
    pace.wrote(2 * AHEAD)
    assert pace.behind
    clock.now += PATIENCE + 0.1
    assert not pace.behind
    assert pace.wrote(2 * AHEAD) == ""
    assert not pace.behind


def test_nobody_is_asked_before_the_start_and_after_the_end() -> None:
    pace = Pace(Clock())
    assert pace.wrote(2 * AHEAD) == ""
    pace.begin()
    pace.wrote(LARGE)
    pace.settle(0)
    assert pace.wrote(2 * AHEAD) == ""


def test_an_answer_to_nothing_changes_nothing() -> None:
    pace = asking(Clock())
    pace.answered()
    assert not pace.behind
    assert pace.wrote(LARGE) == QUESTION
