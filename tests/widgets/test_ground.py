"""A widget that draws its own lines shows what the framework would have shown, and draws each line once."""

from __future__ import annotations

import random

from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from widgets import look
from widgets.lines import Line, Lines, line

CELLS, ROWS = 40, 8


class Counted(Lines):
    """Lines that count how often they were drawn."""

    def __init__(self) -> None:
        super().__init__(height="1fr")
        self.drawn: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class Alone(App[None]):
    """One widget fills the window."""

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self.lines = Counted()

    def compose(self) -> ComposeResult:
        yield self.lines


def some_lines(chance: random.Random) -> list[Line]:
    styles = (None, look.LABEL, look.KEY)
    words = ("回暖", "agent", "—", "12:30", " ")
    return [
        line(*((chance.choice(words), chance.choice(styles)) for _part in range(chance.randint(0, 6))))
        for _row in range(chance.randint(0, ROWS + 2))
    ]


def cells(strips: list[Strip]) -> list[list[tuple[str, str, bool]]]:
    """Each character with its colour and weight; the framework names the terminal's own colour, which is none."""
    return [
        [
            (character, "" if style.color is None or style.color.is_default else style.color.name, bool(style.bold))
            for segment in strip
            for style in [segment.style or Style()]
            for character in segment.text
        ]
        for strip in strips
    ]


async def test_it_shows_what_the_framework_would_have_shown() -> None:
    chance = random.Random(7)
    app = Alone()
    async with app.run_test(size=(CELLS, ROWS)) as pilot:
        for _ in range(60):
            app.lines.show(some_lines(chance))
            await pilot.pause()
            x, y = chance.randint(0, CELLS - 1), chance.randint(0, ROWS - 1)
            crop = Region(x, y, chance.randint(1, CELLS - x), chance.randint(1, ROWS - y))
            assert cells(app.lines.render_lines(crop)) == cells(Widget.render_lines(app.lines, crop))


async def test_only_the_line_that_changed_is_drawn_again() -> None:
    app = Alone()
    async with app.run_test(size=(CELLS, ROWS)) as pilot:
        before = [line(f"row {row}") for row in range(ROWS)]
        app.lines.show(before)
        await pilot.pause()
        app.lines.drawn.clear()
        app.lines.show([*before[:3], line("another"), *before[4:]])
        await pilot.pause()
        assert app.lines.drawn == [3]


async def test_another_size_draws_every_line_anew() -> None:
    app = Alone()
    async with app.run_test(size=(CELLS, ROWS)) as pilot:
        app.lines.show([line("x" * 100)])
        await pilot.pause()
        await pilot.resize_terminal(CELLS + 10, ROWS)
        await pilot.pause()
        (first,) = app.lines.render_lines(Region(0, 0, CELLS + 10, 1))
        assert first.cell_length == CELLS + 10
