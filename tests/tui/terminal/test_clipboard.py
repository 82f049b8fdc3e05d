"""Copies worded for the terminal."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.clipboard import LONGEST_COPY, Route, copy_sequence, osc52, route

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def copied(sequence: str) -> str:
    """What a terminal makes of one copy."""
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    return b64decode(sequence[7:-1], validate=True).decode()


@given(TEXTS)
@settings(max_examples=40)
def test_any_text_comes_back_from_the_plain_the_tmux_and_the_screen_form(text: str) -> None:
    assert copied(osc52(text)) == text
    tmux = osc52(text, tmux=True)
    assert tmux.startswith("\x1bPtmux;")
    assert copied(tmux.removeprefix("\x1bPtmux;").removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")) == text
    pieces = osc52(text, screen=True).split("\x1b\\")
    assert pieces.pop() == ""
    assert all(piece.startswith("\x1bP") and len(piece) < 256 for piece in pieces)
    assert copied("".join(piece.removeprefix("\x1bP") for piece in pieces)) == text


@given(TEXTS)
@settings(max_examples=30)
def test_no_text_can_act_on_the_terminal(text: str) -> None:
    assert osc52(text).count("\x1b") == 1
    assert osc52(text).isascii()


def test_a_text_that_terminals_would_cut_is_refused() -> None:
    assert osc52("a" * LONGEST_COPY)
    with pytest.raises(ValueError, match="too many to copy"):
        osc52("质" * LONGEST_COPY)


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({"TERM": "xterm-256color"}, Route.PLAIN),
        ({"TERM": "tmux-256color", "TMUX": "/run/tmux,1,0"}, Route.TMUX),
        ({"TERM": "screen-256color", "TMUX": "/run/tmux,1,0"}, Route.TMUX),
        ({"TERM": "tmux-256color"}, Route.TMUX),
        ({"TERM": "screen", "STY": "7.pts"}, Route.SCREEN),
        ({"TERM": "screen-256color"}, Route.SCREEN),
        ({"TERM": "linux"}, Route.NONE),
        ({"TERM": "dumb"}, Route.NONE),
        ({}, Route.NONE),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, Route.NONE),
    ],
)
def test_the_environment_says_which_way_a_copy_goes(environ: dict[str, str], way: Route) -> None:
    assert route(environ) is way


def test_inside_tmux_a_copy_goes_both_ways_and_without_a_way_nothing_is_written() -> None:
    inside = copy_sequence("t1", {"TERM": "tmux", "TMUX": "x"})
    assert inside == osc52("t1") + osc52("t1", tmux=True)
    assert copy_sequence("t1", {"TERM": "screen"}) == osc52("t1") + osc52("t1", screen=True)
    assert copy_sequence("t1", {"TERM": "xterm"}) == osc52("t1")
    assert copy_sequence("t1", {"TERM": "linux"}) == ""
