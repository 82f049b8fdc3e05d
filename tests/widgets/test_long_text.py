"""A text that does not fit is read to its end by turning, and no line of it is passed over."""

from __future__ import annotations

from typing import Self

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Region, Size

from widgets.lines import line
from widgets.long_text import LongText


class Sized(LongText):
    """A long text in a room of so many lines, without a terminal."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self._room = Size(60, height)

    @property
    def size(self) -> Size:
        return self._room

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        return self


def read(text: LongText) -> list[str]:
    """The lines in sight, without the one that says how many follow."""
    return [each for each in text.text().splitlines() if not each.startswith(" …")]


@given(count=st.integers(min_value=1, max_value=90), height=st.integers(min_value=3, max_value=40))
@settings(max_examples=60)
def test_turning_passes_over_nothing_and_ends_where_the_text_ends(count: int, height: int) -> None:
    text = Sized(height)
    every = [f"line {number}" for number in range(count)]
    text.show(line(each) for each in every)
    seen: list[str] = []
    for _screen in range(count):
        seen += [each for each in read(text) if each not in seen]
        text.turn(1)
    assert seen == every
    assert read(text) == every[-height:]
    for _screen in range(count):
        text.turn(-1)
    assert read(text)[0] == every[0]


def test_the_same_text_stays_where_it_was_turned_to_and_another_begins_at_its_top() -> None:
    text = Sized(5)
    lines = [line(f"line {number}") for number in range(20)]
    text.show(lines)
    text.turn(1)
    before = text.text()
    text.show(lines)
    assert text.text() == before
    assert "more lines: Down" in before
    text.show(lines, from_the_top=True)
    assert text.text().startswith("line 0\n")


async def test_it_fits_from_the_first_paint_on_and_when_the_window_changes() -> None:
    class OneText(App[None]):
        def compose(self) -> ComposeResult:
            self.shown = LongText()
            self.shown.show([line(f"line {number}") for number in range(20)])
            yield self.shown

    app = OneText()
    async with app.run_test(size=(60, 6)) as pilot:
        await pilot.pause()
        assert app.shown.text().splitlines()[-1] == " … 15 more lines: Down"
        await pilot.resize_terminal(60, 30)
        await pilot.pause()
        assert app.shown.text().splitlines()[-1] == "line 19"
