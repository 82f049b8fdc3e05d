"""Keys and text as Textual's events."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events, messages
from textual.message import Message

from tests.tui.terminal.daily import CHARACTERS, FULL_WIDTH, SEQUENCES
from tui.terminal.border import BorderParser


def heard(*reads: str) -> list[Message]:
    """What these reads come to, each followed by a long silence."""
    now = [0.0]
    parser = BorderParser(clock=lambda: now[0])
    found: list[Message] = []
    for read in reads:
        found += parser.feed(read)
        now[0] += 20
        found += parser.tick()
    assert parser.wait() is None
    return found


def keys(*reads: str) -> list[str]:
    """The same, when it is all keys."""
    found = heard(*reads)
    assert all(isinstance(event, events.Key) for event in found)
    return [event.key for event in found if isinstance(event, events.Key)]


@pytest.mark.parametrize(("name", "sent"), [*SEQUENCES.items(), *CHARACTERS.items(), *FULL_WIDTH.items()])
def test_every_daily_key_has_the_name_that_bindings_know(name: str, sent: str) -> None:
    assert keys(sent) == [name]


def test_a_full_width_key_is_a_command_by_its_name_and_keeps_the_character_for_a_note() -> None:
    for sent in ("？", "：", "、", "１", "ｊ"):
        (event,) = heard(sent)
        assert isinstance(event, events.Key)
        assert event.character == sent
        assert event.is_printable
    (space,) = heard("\u3000")
    assert isinstance(space, events.Key)
    assert (space.key, space.character, space.is_printable) == ("space", " ", True)


def test_esc_and_enter_in_one_read_are_two_keys_and_no_alt_key() -> None:
    assert keys("\x1b\r") == ["escape", "enter"]
    assert keys("\x1b\x1b[A") == ["escape", "up"]
    assert keys("\x1b" + "1") == ["escape", "1"]
    assert keys("\x1b\x7f") == ["escape", "backspace"]


def test_text_arrives_as_a_paste_that_only_a_text_field_takes() -> None:
    for sent in ("你", "你好", "12", "？？", "\x1b[200~one\r\ntwo\x1b[201~"):
        (event,) = heard(sent)
        assert isinstance(event, events.Paste)
    (paste,) = heard("\x1b[200~one\r\ntwo\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert paste.text == "one\ntwo"


def test_reports_of_the_cursor_go_to_whoever_asked_and_never_to_the_application() -> None:
    places: list[tuple[int, int]] = []
    parser = BorderParser(lambda row, column: places.append((row, column)))
    assert parser.feed("\x1b[1;3R") == []
    assert places == [(1, 3)]
    assert heard("\x1b[1;3R") == []


def test_the_answer_about_synchronised_output_reaches_the_application_and_focus_reports_do_not() -> None:
    (event,) = heard("\x1b[?2026;2$y")
    assert isinstance(event, messages.TerminalSupportsSynchronizedOutput)
    assert heard("\x1b[I", "\x1b[O", "\x1b[?2048;2$y", "\x1b[<0;1;1M", "\x1b[?62;22c") == []


@pytest.mark.parametrize(
    "sent", ["\x1b[32~", "\x1b[33~", "\x1b[34~", "\x1b[9Z", "\x1b[2^", "\x1bO5A", "\x1bO ", "\x1b[{"]
)
def test_a_key_that_nobody_knows_is_nothing_and_the_next_one_is_itself(sent: str) -> None:
    assert keys(sent, "\x1b[A", "1") == ["up", "1"]
    assert keys(sent + "\x1b[A") == ["up"]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("\x1b[27u", "escape"),
        ("\x1b[27;129u", "escape"),
        ("\x1b[13;1:1u", "enter"),
        ("\x1b[57414u", "enter"),
        ("\x1b[57400u", "1"),
        ("\x1b[57417u", "left"),
        ("\x1b[1;129B", "down"),
        ("\x1b[20;129~", "f9"),
        ("\x1b[13~", "f3"),
        ("\x1b[112;5u", "ctrl+p"),
        ("\x1b[Z", "shift+tab"),
        ("\x1bOM", "enter"),
        ("\x1bOq", "1"),
        ("\x1b[[B", "f2"),
    ],
)
def test_other_keyboards_and_protocols_give_the_same_names(sent: str, name: str) -> None:
    assert keys(sent) == [name]


CONTROL_SEQUENCES = st.builds(
    lambda numbers, final: f"\x1b[{numbers}{final}", st.text("0123456789;:?<", max_size=9), st.sampled_from("uAR~yMt$")
)


@given(st.lists(st.one_of(CONTROL_SEQUENCES, st.text(max_size=8)), max_size=10))
@settings(max_examples=120)
def test_whatever_the_terminal_sends_the_parser_stands_and_the_next_key_is_itself(reads: list[str]) -> None:
    *_, last = heard(*reads, "\r")
    assert isinstance(last, events.Key)
    assert last.key == "enter"
