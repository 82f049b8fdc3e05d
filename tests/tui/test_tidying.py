"""Memory is tidied between keys, and what was loaded is left out of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.kept import held_back, kept_for_good
from tui.tidying import QUIET, Tidying


class Desk:
    """A desk with a clock that is turned by hand: when keys came, and when it was tidied."""

    def __init__(self) -> None:
        self.now = 100.0
        self.tidied: list[float] = []
        self._due: list[tuple[float, Callable[[], None]]] = []
        self.tidying = Tidying(self._later, lambda: self.tidied.append(self.now), lambda: self.now)

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        self._due.append((self.now + seconds, call))

    def wait(self, seconds: float) -> None:
        end = self.now + seconds
        while self._due and min(self._due, key=lambda each: each[0])[0] <= end:
            due = min(self._due, key=lambda each: each[0])
            self._due.remove(due)
            self.now = due[0]
            due[1]()
        self.now = end


def test_nothing_is_tidied_where_nobody_pressed_a_key() -> None:
    desk = Desk()
    desk.wait(60)
    assert desk.tidied == []


GAPS = st.integers(1, 24).map(lambda sixteenths: sixteenths / 16).filter(lambda gap: gap != QUIET)
"""Parts of a second that a float says exactly."""


@given(st.lists(GAPS, max_size=30))
def test_each_run_of_keys_is_followed_by_one_tidying_and_none_comes_within_it(gaps: list[float]) -> None:
    desk = Desk()
    last_of_runs = []
    for gap in (*gaps, 10 * QUIET):
        desk.tidying.pressed()
        if gap > QUIET:
            last_of_runs.append(desk.now)
        desk.wait(gap)
    assert desk.tidied == [last + QUIET for last in last_of_runs]


@pytest.fixture
def usual_collector() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    gc.enable()


@pytest.mark.usefixtures("usual_collector")
def test_what_was_loaded_is_not_walked_over_again() -> None:
    with held_back():
        assert not gc.isenabled()
        with kept_for_good():
            assert gc.isenabled()
            loaded = [[] for _ in range(10)]  # type: list[list[int]]
        assert not any(each is loaded for each in gc.get_objects())
        assert gc.isenabled()


def test_a_program_that_ends_before_all_is_loaded_leaves_the_collector_at_work() -> None:
    with held_back():
        pass
    assert gc.isenabled()
