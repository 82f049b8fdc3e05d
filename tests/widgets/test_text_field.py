"""A text field keeps still and loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from widgets.text_field import DRAFT_AFTER, TextField


class Alone(App[None]):
    """A field between two other places."""

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self.heard: list[tuple[str, str]] = []
        self.field = TextField(hint="note")

    def compose(self) -> ComposeResult:
        yield self.field

    def on_text_field_drafted(self, message: TextField.Drafted) -> None:
        self.heard.append(("drafted", message.text))

    def on_text_field_kept(self, message: TextField.Kept) -> None:
        self.heard.append(("kept", message.text))

    def on_text_field_left(self, message: TextField.Left) -> None:
        self.heard.append(("left", message.text))


@asynccontextmanager
async def typing() -> AsyncIterator[tuple[Alone, Pilot[Any]]]:
    app = Alone()
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        yield app, pilot


async def test_enter_keeps_the_text_after_drafting_it() -> None:
    async with typing() as (app, pilot):
        await pilot.press("1", "0", "enter")
        assert app.heard == [("drafted", "10"), ("kept", "10")]


async def test_tab_leaves_with_the_text() -> None:
    async with typing() as (app, pilot):
        await pilot.press("3", "tab")
        assert app.heard == [("drafted", "3"), ("left", "3")]


async def test_a_draft_follows_the_last_key_by_itself() -> None:
    async with typing() as (app, pilot):
        await pilot.press("a", "b")
        assert app.heard == []
        await pilot.pause(DRAFT_AFTER + 0.1)
        assert app.heard == [("drafted", "ab")]
        assert DRAFT_AFTER < 0.3


async def test_leaving_the_focus_drafts_what_was_typed() -> None:
    async with typing() as (app, pilot):
        await pilot.press("x")
        app.screen.set_focus(None)
        await pilot.pause()
        assert app.heard == [("drafted", "x")]


async def test_nothing_is_drafted_that_was_not_typed() -> None:
    async with typing() as (app, pilot):
        app.field.take("kept before")
        await pilot.pause(DRAFT_AFTER + 0.1)
        await pilot.press("enter")
        assert app.heard == [("kept", "kept before")]


async def test_backspace_in_an_empty_field_does_nothing() -> None:
    async with typing() as (app, pilot):
        await pilot.press("backspace")
        assert app.focused is app.field
        assert app.heard == []


async def test_the_terminals_cursor_stands_right_behind_the_text() -> None:
    async with typing() as (app, pilot):
        app.field.value = "太短1"
        app.field.cursor_position = 3
        await pilot.pause()
        assert app.cursor_position == (5, 0)


async def test_the_cursor_does_not_blink() -> None:
    async with typing() as (app, _pilot):
        assert not app.field.cursor_blink
