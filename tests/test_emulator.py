"""The terminal that the other tests look through: what it shows and what it answers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.emulator import Emulator
from tests.terminal import ProgramEnded, Terminal, clean_environment
from tests.tmux import NEEDS_TMUX, TmuxTerminal

ECHO = """
import sys, tty
tty.setraw(0)
print("\\x1b[?1049h\\x1b[H回暖 ready\\r", flush=True)
while (key := sys.stdin.buffer.raw.read(64)) != b"q":
    print(key.hex(), end="\\r\\n", flush=True)
"""


def test_wide_characters_take_two_cells_and_lose_both_when_one_is_overwritten() -> None:
    emulator = Emulator(10, 3)
    emulator.feed("回暖x\x1b[1;2Hy".encode())
    assert emulator.lines()[0] == " y暖x"
    emulator.feed("\x1b[2;10H差".encode())
    assert emulator.lines()[2] == "差"


def test_a_sequence_may_come_in_pieces() -> None:
    emulator = Emulator(10, 3)
    whole = "\x1b[2;3H评价\x1b[>1u\x1b]0;title\x07!".encode()
    for place in range(len(whole)):
        emulator.feed(whole[place : place + 1])
    assert emulator.lines() == ["", "  评价!", ""]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("\x1b[c", "\x1b[?62;22c"),
        ("\x1b[5n", "\x1b[0n"),
        ("\x1b[?2026$p", "\x1b[?2026;2$y"),
        ("\x1b[?9999$p", "\x1b[?9999;0$y"),
        ("\x1b]11;?\x1b\\", "\x1b]11;rgb:1818/1818/1818\x1b\\"),
    ],
)
def test_it_answers_what_a_common_terminal_answers(question: str, answer: str) -> None:
    assert Emulator(10, 3).feed(question.encode()) == answer.encode()


@pytest.mark.parametrize(("ambiguous", "column"), [(1, 3), (2, 5)])
def test_the_cursor_report_tells_how_wide_ambiguous_characters_are(ambiguous: int, column: int) -> None:
    assert Emulator(10, 3, ambiguous=ambiguous).feed("▌…\x1b[6n".encode()) == f"\x1b[1;{column}R".encode()


def test_what_is_copied_can_be_read() -> None:
    emulator = Emulator(10, 3)
    emulator.feed(b"\x1b]52;c;NDYwNA==\x07")
    assert emulator.clipboard == "4604"


def test_a_program_is_shown_its_keys_and_its_end_is_noticed(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-c", ECHO], environment=clean_environment(tmp_path)) as terminal:
        terminal.wait_for("回暖 ready")
        terminal.send("f2")
        terminal.wait_for("1b4f51")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        with pytest.raises(ProgramEnded):
            terminal.wait_for("never")


@NEEDS_TMUX
def test_the_same_under_tmux(tmp_path: Path) -> None:
    with TmuxTerminal([sys.executable, "-c", ECHO], environment=clean_environment(tmp_path)) as terminal:
        terminal.wait_for("回暖 ready")
        terminal.send("down")
        terminal.wait_for("1b5b42")
        assert "回暖 ready" in terminal.pane()
        terminal.send("q")
        assert terminal.wait_exit() == 0
