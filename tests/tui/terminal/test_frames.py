"""The frame gate: fewer bytes, the same screen."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.frames import SYNC_END, SYNC_START, FrameGate

ROWS, COLUMNS = 6, 24
TEXT = st.text("ab 质量▌", max_size=8)
PIECE = st.tuples(st.integers(1, ROWS), st.sampled_from([1, 1, 1, 9, 10]), st.sampled_from(["", "\x1b[1m"]), TEXT)
CURSOR = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS))


def frame(pieces: list[tuple[int, int, str, str]], cursor: tuple[int, int]) -> str:
    lines = [
        f"\x1b[{row};{column}H{style}{text}\x1b[0m" + ("\n" if row < ROWS else "")
        for row, column, style, text in sorted(pieces)
    ]
    return "".join(lines) + f"\x1b[{cursor[0]};{cursor[1]}H"


FRAMES = st.lists(st.builds(frame, st.lists(PIECE, min_size=1, max_size=5), CURSOR), min_size=1, max_size=4)
OTHERS = st.sampled_from(
    ["\x07", "\x1b]52;c;YQ==\x07", "\x1b[2J", "\x1b[?25l", "\x1b[3;3Hx\x1b[2K", "plain", SYNC_START]
)


def shown(writes: list[str]) -> tuple[list[list[tuple[str, bool]]], tuple[int, int]]:
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(screen)
    for write in ("\x1b[?7l", *writes):
        stream.feed(write)
    cells = [
        [(screen.buffer[row][column].data, screen.buffer[row][column].bold) for column in range(COLUMNS)]
        for row in range(ROWS)
    ]
    return cells, (screen.cursor.y, min(screen.cursor.x, COLUMNS - 1))


@given(st.data())
@settings(max_examples=200)
def test_the_screen_is_the_same_with_and_without_the_gate(data: st.DataObject) -> None:
    pool = data.draw(FRAMES)
    writes = data.draw(st.lists(st.one_of(st.sampled_from(pool), st.sampled_from(pool), OTHERS), max_size=14))
    gate = FrameGate()
    assert shown([gate.passed(write) for write in writes]) == shown(writes)


def test_a_frame_like_the_last_one_is_not_written_again_whatever_marks_surround_it() -> None:
    gate = FrameGate()
    same = frame([(1, 1, "", "收件箱"), (2, 1, "", "质量")], (2, 1))
    first = "".join(map(gate.passed, (SYNC_START, same, SYNC_END)))
    assert first.startswith(SYNC_START)
    assert first.endswith(SYNC_END)
    assert [gate.passed(write) for write in (SYNC_START, same, SYNC_END, same)] == [""] * 4
    gate.forget()
    assert gate.passed(same)


def test_only_rows_that_changed_go_out() -> None:
    gate = FrameGate()
    gate.passed(frame([(1, 1, "", "head"), (2, 1, "", "one"), (3, 1, "", "two")], (2, 1)))
    passed = gate.passed(frame([(1, 1, "", "head"), (2, 1, "", "ONE"), (3, 1, "", "two")], (2, 1)))
    assert "ONE" in passed
    assert "head" not in passed
    assert "two" not in passed
    assert passed.endswith("\x1b[2;1H")


def test_a_row_that_something_else_touched_goes_out_again() -> None:
    gate = FrameGate()
    whole = frame([(2, 1, "", "a whole row")], (1, 1))
    gate.passed(whole)
    gate.passed(frame([(2, 3, "", "x")], (1, 1)))
    assert "a whole row" in gate.passed(whole)


def test_a_moved_cursor_is_written_even_when_no_row_is() -> None:
    gate = FrameGate()
    gate.passed(frame([(1, 1, "", "note")], (1, 5)))
    assert gate.passed(frame([(1, 1, "", "note")], (1, 6))) == "\x1b[1;6H"


def test_what_acts_each_time_is_never_held_back() -> None:
    gate = FrameGate()
    for write in ("\x07", "\x1b]52;c;YQ==\x07", "\x1b[?25l"):
        assert [gate.passed(write), gate.passed(write)] == [write, write]


def test_unknown_output_ends_the_knowledge_of_the_screen_and_a_bell_does_not() -> None:
    gate = FrameGate()
    same = frame([(1, 1, "", "row")], (1, 1))
    gate.passed(same)
    gate.passed("\x07")
    gate.passed("\x1b]52;c;YQ==\x07")
    assert gate.passed(same) == ""
    gate.passed("\x1b[2J")
    assert "row" in gate.passed(same)
