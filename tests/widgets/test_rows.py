"""The list on a screen: two rows are repainted when the cursor moves, a page when it flips."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from data.rows import Key
from widgets.cells import width
from widgets.columns import Column
from widgets.rows import Ask, Rows


@dataclass(frozen=True)
class Item:
    """A row of the list under test."""

    key: Key
    text: str


@dataclass(frozen=True)
class Some:
    """A piece of it."""

    rows: list[Item]
    more_before: bool
    more_after: bool


class Catalogue:
    """Items read by key; `asked` keeps what was asked for."""

    def __init__(self, length: int) -> None:
        self.items = [Item(Key(number // 3, number), f"第 {number} 条,太短了,穿了几天") for number in range(length)]
        self.asked: list[Ask] = []

    def fetch(self, ask: Ask) -> Some:
        self.asked.append(ask)
        places = [(item.key.at, item.key.id) for item in self.items]
        start, end = 0, ask.limit
        if ask.last:
            start, end = max(0, len(places) - ask.limit), len(places)
        elif ask.after is not None:
            start = sum(place <= (ask.after.at, ask.after.id) for place in places)
            end = start + ask.limit
        elif ask.before is not None:
            end = sum(place < (ask.before.at, ask.before.id) for place in places)
            start = max(0, end - ask.limit)
        return Some(self.items[start:end], start > 0, end < len(self.items))


class Listing(Rows[Item]):
    """Keeps which regions it asked to be repainted; the whole of it is None."""

    painted: list[Region | None]

    def refresh(self, *regions: Region, **how: Any) -> Any:
        if hasattr(self, "painted"):
            self.painted.extend(regions or [None])
        return super().refresh(*regions, **how)


def columns() -> list[Column[Item]]:
    return [
        Column("n", lambda item: (str(item.key.id), None), 6, 6, to_the_right=True),
        Column("name", lambda item: (f"t**{item.key.id}", None), 8, 8, weight=True),
        Column("text", lambda item: (item.text, None), 8, 60, share=1),
    ]


@asynccontextmanager
async def shown(catalogue: Catalogue, size: tuple[int, int] = (60, 11)) -> AsyncIterator[tuple[Listing, Pilot[None]]]:
    """The list alone on a screen; messages to the application are kept in `app.heard`."""
    listing = Listing(columns, key=lambda item: item.key, name=lambda item: item.key.id)

    class Alone(App[None]):
        heard: list[Any]

        def compose(self) -> ComposeResult:
            self.heard = []
            yield listing

        def on_mount(self) -> None:
            listing.stand(catalogue.fetch)

        def on_rows_moved(self, message: Rows.Moved) -> None:
            self.heard.append(message)

        def on_rows_opened(self, message: Rows.Opened) -> None:
            self.heard.append(message.row)

    async with Alone(ansi_color=True).run_test(size=size) as pilot:
        await pilot.pause()
        listing.painted = []
        yield listing, pilot


async def test_moving_one_row_repaints_a_part_of_two_rows() -> None:
    async with shown(Catalogue(500)) as (listing, pilot):
        await pilot.press("down")
        assert listing.painted == [Region(0, 1, 18, 1), Region(0, 2, 18, 1)]


async def test_leaving_the_page_flips_to_the_next_one_and_back() -> None:
    async with shown(Catalogue(500)) as (listing, pilot):
        await pilot.press(*["down"] * 9)
        listing.painted.clear()
        await pilot.press("down")
        assert listing.painted == [None]
        assert [item.key.id for item in listing.shown] == list(range(10, 20))
        await pilot.press("up")
        assert [item.key.id for item in listing.shown] == list(range(10))
        assert listing.current is not None
        assert listing.current.key.id == 9


async def test_end_and_home_reach_the_ends_of_a_long_list_in_one_read() -> None:
    catalogue = Catalogue(5000)
    async with shown(catalogue) as (listing, pilot):
        catalogue.asked.clear()
        await pilot.press("end")
        assert listing.current == catalogue.items[-1]
        assert listing.shown == catalogue.items[-10:]
        await pilot.press("home")
        assert listing.current == catalogue.items[0]
        assert len([ask for ask in catalogue.asked if ask.last or ask == Ask(limit=ask.limit)]) == 2


async def test_paging_through_a_list_shows_every_row_once() -> None:
    catalogue = Catalogue(321)
    async with shown(catalogue) as (listing, pilot):
        seen: list[int] = []
        while True:
            seen.extend(item.key.id for item in listing.shown)
            before = listing.shown
            await pilot.press("pagedown")
            if listing.shown == before:
                break
        assert seen == list(range(321))


async def test_the_next_rows_are_read_before_they_are_needed() -> None:
    catalogue = Catalogue(5000)
    async with shown(catalogue) as (_listing, pilot):
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.app.workers.wait_for_complete()
        asked = len(catalogue.asked)
        await pilot.press("pagedown")
        assert all(ask.after is not None for ask in catalogue.asked[1:])
        assert len(catalogue.asked) - asked <= 1


async def test_every_line_has_exactly_the_width_of_the_list() -> None:
    catalogue = Catalogue(30)
    catalogue.items[3] = Item(catalogue.items[3].key, "\x1b[2J 清屏 \u202e👩\u200d👩\u200d👧 " * 9)
    async with shown(catalogue, (37, 12)) as (listing, _pilot):
        for y in range(12):
            strip = listing.render_line(y)
            assert sum(width(segment.text) for segment in strip) == 37
            assert "\x1b" not in strip.text


async def test_the_terminals_cursor_is_left_on_the_row() -> None:
    async with shown(Catalogue(50)) as (_listing, pilot):
        await pilot.press("down", "down")
        assert pilot.app.cursor_position == (0, 3)


async def test_reading_again_keeps_the_cursor_on_its_row() -> None:
    catalogue = Catalogue(300)
    async with shown(catalogue) as (listing, pilot):
        await pilot.press("pagedown", "pagedown", "down", "down")
        was = listing.current
        del catalogue.items[2:5]
        assert await listing.load(catalogue.fetch, keep=True)
        assert listing.current == was


async def test_a_row_that_is_gone_leaves_the_cursor_on_the_line_where_it_stood() -> None:
    catalogue = Catalogue(300)
    async with shown(catalogue) as (listing, pilot):
        await pilot.press("pagedown", "down", "down")
        was = listing.current
        assert was is not None
        at = catalogue.items.index(was)
        del catalogue.items[at]
        assert await listing.load(catalogue.fetch, keep=True)
        assert listing.current == catalogue.items[at]


async def test_an_empty_list_takes_every_key_and_shows_its_word() -> None:
    async with shown(Catalogue(0)) as (listing, pilot):
        listing.nothing = ((("nothing here", None),),)
        await pilot.press("down", "up", "pagedown", "pageup", "home", "end", "enter")
        assert listing.current is None
        assert "nothing here" in listing.text()


async def test_enter_opens_the_row_and_moving_tells_of_it() -> None:
    async with shown(Catalogue(30)) as (listing, pilot):
        await pilot.press("down", "enter")
        await pilot.pause()
        heard = getattr(pilot.app, "heard")  # noqa: B009
        assert any(isinstance(message, Rows.Moved) for message in heard)
        assert heard[-1] == listing.current


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (200, 60)])
async def test_a_list_of_any_size_fills_its_page(size: tuple[int, int]) -> None:
    catalogue = Catalogue(400)
    async with shown(catalogue, size) as (listing, pilot):
        await pilot.app.workers.wait_for_complete()
        assert listing.shown == catalogue.items[: size[1] - 1]
