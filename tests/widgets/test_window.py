"""A window of rows behaves like the whole list, whatever it holds of it."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.window import BLOCK, HELD, Side, Window


@dataclass(frozen=True)
class Some:
    """A piece of a list of numbers."""

    rows: list[int]
    more_before: bool
    more_after: bool


class Source:
    """A sorted list of numbers that is read by key, as the database is."""

    def __init__(self, length: int) -> None:
        self.all = list(range(0, length * 10, 10))

    def first(self, limit: int = BLOCK) -> Some:
        return Some(self.all[:limit], False, len(self.all) > limit)

    def last(self, limit: int) -> Some:
        start = max(0, len(self.all) - limit)
        return Some(self.all[start:], start > 0, False)

    def beside(self, key: int, side: Side) -> Some:
        if side is Side.AFTER:
            start = sum(each <= key for each in self.all)
            end = start + BLOCK
        else:
            end = sum(each < key for each in self.all)
            start = max(0, end - BLOCK)
        return Some(self.all[start:end], start > 0, end < len(self.all))


class Hand:
    """Moves in a window, fetching what is missing, as the widget does."""

    def __init__(self, source: Source, height: int) -> None:
        self.source = source
        self.window: Window[int] = Window(lambda row: row, height)
        self.window.fill(source.first(max(BLOCK, height)))

    def fetch(self, side: Side) -> None:
        edge = self.window.rows[-1 if side is Side.AFTER else 0]
        self.window.extend(side, self.source.beside(edge, side))

    def move(self, by: int) -> None:
        while (side := self.window.missing(rows=by)) is not None:
            self.fetch(side)
        self.window.move(by)

    def flip(self, pages: int) -> None:
        while (side := self.window.missing(pages=pages)) is not None:
            self.fetch(side)
        self.window.flip(pages)

    def ahead(self, direction: int) -> None:
        if (side := self.window.lacks(direction)) is not None:
            self.fetch(side)


class Model:
    """The same with the whole list in hand: two numbers."""

    def __init__(self, rows: list[int], height: int) -> None:
        self.rows, self.height = rows, height
        self.top = self.cursor = 0

    def move(self, by: int) -> None:
        if self.rows:
            self.cursor = max(0, min(len(self.rows) - 1, self.cursor + by))
            if self.cursor >= self.top + self.height:
                self.top = self.cursor
            elif self.cursor < self.top:
                self.top = max(0, self.cursor - self.height + 1)

    def flip(self, pages: int) -> None:
        if self.rows:
            top = self.top + pages * self.height
            if top >= len(self.rows):
                self.cursor = len(self.rows) - 1
            else:
                self.top = self.cursor = max(0, top)

    def page(self) -> list[int]:
        return self.rows[self.top : self.top + self.height]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from([1, 1, 1, -1, -1])),
        st.tuples(st.just("flip"), st.sampled_from([1, 1, -1])),
        st.tuples(st.just("ahead"), st.sampled_from([1, -1])),
    ),
    max_size=120,
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900), st.integers(1, 70), STEPS)
def test_any_steps_show_the_page_that_the_whole_list_would_show(
    length: int, height: int, steps: list[tuple[str, int]]
) -> None:
    hand = Hand(Source(length), height)
    model = Model(hand.source.all, height)
    for verb, by in steps:
        getattr(hand, verb)(by)
        if verb != "ahead":
            getattr(model, verb)(by)
        assert hand.window.page() == model.page()
        assert hand.window.current == (model.rows[model.cursor] if model.rows else None)
        assert len(hand.window.rows) <= max(HELD, 3 * height) + 2 * BLOCK


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 300),
    st.integers(1, 40),
    st.lists(
        st.tuples(st.sampled_from(["move", "flip", "drop", "put", "resize", "again"]), st.integers(-3, 60)), max_size=60
    ),
)
def test_the_cursor_is_always_on_a_row_of_the_page(length: int, height: int, steps: list[tuple[str, int]]) -> None:
    hand = Hand(Source(length), height)
    window = hand.window
    for verb, number in steps:
        if verb in ("move", "flip"):
            getattr(hand, verb)(1 if number % 2 else -1)
        elif verb == "drop" and window.rows:
            at = number % len(window.rows)
            hand.source.all.remove(window.rows[at])
            window.drop(at)
        elif verb == "put" and window.rows:
            at = number % len(window.rows)
            window.put(at, window.rows[at])
        elif verb == "resize":
            window.resize(number)
        elif verb == "again":
            window.fill(hand.source.first(), keep=window.current)
        if window.rows:
            assert window.current in window.page()
            assert window.rows == sorted(window.rows)
        else:
            assert window.current is None


def test_the_cursor_stays_on_its_row_when_the_list_is_read_again() -> None:
    hand = Hand(Source(100), 20)
    for _step in range(7):
        hand.move(1)
    hand.source.all.insert(0, -5)
    hand.window.fill(hand.source.first(), keep=70)
    assert hand.window.current == 70


def test_a_row_that_is_gone_leaves_the_cursor_on_its_line() -> None:
    hand = Hand(Source(100), 20)
    for _step in range(7):
        hand.move(1)
    hand.source.all.remove(70)
    hand.window.fill(hand.source.first(), keep=70)
    assert hand.window.current == 80
