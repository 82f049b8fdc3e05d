"""Frames are held back while further keys wait or the terminal is behind, and painted in the end."""

from __future__ import annotations

from collections.abc import Callable

from tui.painting import GLIMPSE, Painting


class Line:
    """A terminal that may be behind."""

    def __init__(self) -> None:
        self.behind = False
        self.then: Callable[[], None] | None = None

    def when_caught_up(self, then: Callable[[], None]) -> None:
        self.then = then


class Desk:
    """A painting with its clock, its terminal, and what was painted anew."""

    def __init__(self) -> None:
        self.now = 10.0
        self.line = Line()
        self.repaints = 0
        self.painting = Painting(self._repaint, lambda: self.now)

    def _repaint(self) -> None:
        self.repaints += 1

    def paints(self) -> bool:
        return self.painting.may_paint(self.line)


def test_a_single_key_is_painted_at_once() -> None:
    desk = Desk()
    desk.painting.keys_wait(False)
    assert desk.paints()
    assert desk.repaints == 0


def test_of_a_lump_only_the_last_key_is_painted() -> None:
    desk = Desk()
    assert desk.paints()
    for _ in range(5):
        desk.painting.keys_wait(True)
        assert not desk.paints()
    desk.painting.keys_wait(False)
    assert desk.repaints == 1
    assert desk.paints()
    desk.painting.catch_up()
    assert desk.repaints == 1


def test_who_holds_a_key_sees_it_move() -> None:
    desk = Desk()
    assert desk.paints()
    painted = 0
    for _ in range(100):
        desk.now += 0.01
        desk.painting.keys_wait(True)
        painted += desk.paints()
    assert 1 / GLIMPSE - 1 <= painted <= 1 / GLIMPSE


def test_a_terminal_that_is_behind_gets_one_frame_when_it_has_caught_up() -> None:
    desk = Desk()
    desk.line.behind = True
    assert not desk.paints()
    assert not desk.paints()
    desk.line.behind = False
    assert desk.line.then is not None
    desk.line.then()
    assert desk.repaints == 1
    assert desk.paints()


def test_a_driver_that_knows_nothing_of_this_is_always_painted() -> None:
    assert Painting(lambda: None).may_paint(object())
