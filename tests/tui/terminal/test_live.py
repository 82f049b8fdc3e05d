"""The driver on a real pseudo-terminal, with a small application behind it."""

from __future__ import annotations

import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of POSIX", allow_module_level=True)

from tests.tui.terminal.pseudo import Listening, PseudoTerminal, until
from tui.terminal.posix import GONE_STATUS


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    program = Listening(tmp_path / "log")
    yield program
    program.terminal.close()


def test_keys_in_lumps_and_pieces_arrive_as_themselves(listening: Listening) -> None:
    assert listening.heard("\x1b\r", last="key enter") == ["key escape", "key enter"]
    assert listening.heard("\x1b", last="key escape") == ["key escape"]
    assert listening.heard("\x1b[B\x1b[B\x1b\x1bOQ", last="command next") == [
        "key down",
        "key down",
        "key escape",
        "key f2",
        "command next",
    ]


def test_a_key_cut_in_the_middle_waits_for_its_rest(listening: Listening) -> None:
    listening.terminal.type("\x1b[1")
    until(lambda: listening.terminal.unread() == 0, "the first half read")
    assert listening.heard("9~\t", last="key tab") == ["key f8", "key tab"]


def test_full_width_keys_are_commands_in_a_list_and_characters_in_a_note(listening: Listening) -> None:
    assert listening.heard("？", last="command help") == ["key question_mark", "command help"]
    assert listening.heard("、", last="command search") == ["key slash", "command search"]
    assert listening.heard("１", last="command choice 1") == ["key 1", "command choice 1"]
    assert listening.heard("\u3000", last="command claim") == ["key space", "command claim"]
    listening.heard("\x1b[15~", last="in note")
    listening.heard("？", last="key question_mark")
    listening.heard("１", last="key 1")
    listening.heard("\u3000", last="key space")
    listening.heard("腰口开线,穿3天", last="text '腰口开线,穿3天'")
    said = listening.heard("\r", last="note '？１ 腰口开线,穿3天'")
    assert not [line for line in said if line.startswith("command")]


def test_what_an_input_method_commits_is_never_a_command(listening: Listening) -> None:
    for commit in ("12", "？？", "你", "1好", "  "):
        assert listening.heard(commit, last=f"text {commit!r}") == [f"text {commit!r}"]
    said = listening.heard("\x1b[200~1\r2\r\x1b[201~\x1b[19~", last="key f8")
    assert said == ["text '1\\n2\\n'", "key f8"]


def test_the_start_asks_for_no_mouse_no_focus_reports_and_writes_one_frame(listening: Listening) -> None:
    written = listening.terminal.written
    for mode in (b"?1000h", b"?1002h", b"?1003h", b"?1006h", b"?1004h"):
        assert mode not in written
    assert written.count(b"choices choices choices") > 0
    assert written.count(b"\x1b[1H") == 1


def test_an_ordinary_end_gives_the_terminal_back(listening: Listening) -> None:
    listening.heard("\x1b[20~", last="ended 0")
    assert listening.terminal.process.wait(20) == 0
    assert_given_back(listening.terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_gives_the_terminal_back(listening: Listening, number: signal.Signals) -> None:
    listening.terminal.process.send_signal(number)
    assert listening.terminal.process.wait(20) == 128 + number
    assert "unmounted" in listening.said()
    assert_given_back(listening.terminal)


def assert_given_back(terminal: PseudoTerminal) -> None:
    """The modes are as before, and screen, cursor and keyboard are as a shell wants them."""
    assert termios.tcgetattr(terminal.slave) == terminal.modes_before
    until(lambda: b"\x1b[?1049l" in terminal.written and b"\x1b[?25h" in terminal.written, "the screen given back")
    assert terminal.written.rindex(b"\x1b[<u") > terminal.written.rindex(b"\x1b[>1u")
    assert terminal.written.rindex(b"\x1b[?2004l") > terminal.written.rindex(b"\x1b[?2004h")


def test_a_program_whose_terminal_vanishes_ends_in_good_order(listening: Listening) -> None:
    listening.terminal.hang_up()
    assert listening.terminal.process.wait(20) == GONE_STATUS
    assert listening.said()[-2:] == ["unmounted", f"ended {GONE_STATUS}"]


def test_a_program_ends_with_its_terminal_even_when_no_signal_tells_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    terminal = PseudoTerminal("sh", "-c", f"trap '' HUP; exec {sys.executable} -m tests.tui.terminal.listener {log} 1")
    try:
        until(lambda: log.exists() and "ready" in log.read_text("utf-8"), "ready")
        terminal.hang_up()
        assert terminal.process.wait(20) == GONE_STATUS
    finally:
        terminal.close()


def test_a_program_started_without_an_input_ends_instead_of_spinning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.tui.terminal.listener", str(tmp_path / "log")]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, cwd=root, timeout=60, check=False)
    assert done.returncode == GONE_STATUS


@pytest.mark.parametrize(("column", "width"), [(3, 1), (5, 2)])
def test_the_terminal_tells_the_ambiguous_width_before_the_first_screen(
    tmp_path: Path, column: int, width: int
) -> None:
    program = Listening(tmp_path / "log", column=column)
    try:
        assert program.said()[0] == f"width {width}"
    finally:
        program.terminal.close()


def test_a_terminal_that_does_not_answer_is_not_waited_for_and_its_late_answer_is_no_key(tmp_path: Path) -> None:
    program = Listening(tmp_path / "log", column=None)
    try:
        assert program.said()[0] == "width 1"
        assert program.heard("\x1b[1;5R\t", last="key tab") == ["key tab"]
    finally:
        program.terminal.close()


def test_a_width_that_is_set_is_not_asked_for(tmp_path: Path) -> None:
    program = Listening(tmp_path / "log", width="2")
    try:
        assert program.said()[0] == "width 2"
        assert b"\x1b[6n" not in program.terminal.written
    finally:
        program.terminal.close()


def test_ctrl_l_and_a_resize_let_a_spoiled_screen_be_drawn_again(listening: Listening) -> None:
    before = len(listening.terminal.written)
    listening.terminal.resize(25, 80)
    until(lambda: b"choices" in listening.terminal.written[before:], "the screen after a resize")
    before = len(listening.terminal.written)
    listening.heard("\x0c", last="command redraw")
    until(lambda: b"choices" in listening.terminal.written[before:], "the screen after Ctrl+L")


def test_after_stepping_aside_for_another_program_the_screen_stands_again_and_keys_come(listening: Listening) -> None:
    listening.heard("\x1b[18~", last="back")
    written = listening.terminal.written.partition(b"elsewhere")[2]
    until(lambda: b"choices" in listening.terminal.written.partition(b"elsewhere")[2], "the screen again")
    assert b"\x1b[6n" not in written
    assert listening.heard("\x1b\r", last="key enter") == ["key escape", "key enter"]
    listening.heard("\x1b[20~", last="ended 0")
