"""The frame gate: fewer bytes, the same screen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulator import Emulator
from tui.terminal.frames import HIDE_CURSOR, SHOW_CURSOR, SYNC_END, SYNC_START, FrameGate
from widgets.cells import head, width

ROWS, COLUMNS = 6, 40
CELLS = 13
"""Cells that one piece takes at most: three stand side by side, as parts of a screen do."""
TEXT = st.text("ab    质量▌…é👍\u0301\ufe0f", max_size=6).map(lambda text: text.lstrip("\u0301\ufe0f"))
STYLE = st.sampled_from(["", "", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[1;33m", "\x1b[4m", "\x1b[7m"])
RUNS = st.lists(st.tuples(STYLE, TEXT), max_size=3)
PIECE = st.tuples(st.integers(1, ROWS), st.sampled_from([1, 1, 1, 14, 27]), st.booleans(), RUNS)
CURSOR = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS))


def piece(row: int, column: int, whole: bool, runs: list[tuple[str, str]]) -> tuple[int, int, str]:
    """A piece of exactly its cells; a whole one begins at the left edge and ends at the right one."""
    column = 1 if whole else column
    room = COLUMNS if whole else CELLS
    content = ""
    for style, text in runs:
        text = head(text, room)
        room -= width(text)
        content += f"{style}{text}\x1b[0m" if style else text
    return row, column, content + " " * room


def frame(pieces: list[tuple[int, int, str]], cursor: tuple[int, int]) -> str:
    lines = [f"\x1b[{row};{column}H{text}" + ("\n" if row < ROWS else "") for row, column, text in sorted(pieces)]
    return "".join(lines) + f"\x1b[{cursor[0]};{cursor[1]}H"


PIECES = st.lists(st.builds(lambda drawn: piece(*drawn), PIECE), min_size=1, max_size=5)
FRAMES = st.lists(st.builds(frame, PIECES, CURSOR), min_size=1, max_size=4)
OTHERS = st.sampled_from(
    ["\x07", "\x1b]52;c;YQ==\x07", "\x1b[2J", HIDE_CURSOR, SHOW_CURSOR, "\x1b[3;3Hx\x1b[2K", "\x1b[5n", SYNC_START]
)


def shown(writes: list[str]) -> tuple[list[list[tuple[str, ...]]], tuple[int, int], bool]:
    """What a terminal shows after these writes; the weight and colour of a blank are not to be seen."""
    terminal = Emulator(COLUMNS, ROWS)
    for write in writes:
        terminal.feed(write.encode())
    cells = [
        [
            (cell.data, str(cell.underscore), str(cell.reverse))
            + (() if cell.data == " " else (cell.fg, str(cell.bold), str(cell.blink)))
            for cell in row
        ]
        for row in terminal.rows()
    ]
    return cells, terminal.cursor, terminal.display.cursor.hidden


@given(st.data())
@settings(max_examples=48)
def test_the_screen_is_the_same_with_and_without_the_gate(data: st.DataObject) -> None:
    pool = data.draw(FRAMES)
    writes = data.draw(st.lists(st.one_of(st.sampled_from(pool), st.sampled_from(pool), OTHERS), max_size=14))
    gate = FrameGate()
    gate.width = data.draw(st.sampled_from([0, COLUMNS]))
    assert shown([gate.passed(write) for write in writes]) == shown(writes)


def test_a_frame_like_the_last_one_is_not_written_again_whatever_marks_surround_it() -> None:
    gate = FrameGate()
    same = frame([(1, 1, "收件箱"), (2, 1, "质量")], (2, 1))
    first = "".join(map(gate.passed, (SYNC_START, same, SYNC_END)))
    assert first.startswith(SYNC_START)
    assert first.endswith(SYNC_END)
    assert [gate.passed(write) for write in (SYNC_START, same, SYNC_END, same)] == [""] * 4
    gate.forget()
    assert gate.passed(same)


def test_only_cells_that_changed_go_out() -> None:
    gate = FrameGate()
    gate.passed(frame([(1, 1, "head"), (2, 1, "淘宝  one  质量"), (3, 1, "two")], (2, 1)))
    passed = gate.passed(frame([(1, 1, "head"), (2, 1, "淘宝  ONE  质量"), (3, 1, "two")], (2, 1)))
    assert passed == "\x1b[2;7HONE\x1b[2;1H"


def test_blanks_up_to_the_right_edge_are_cleared_at_once() -> None:
    gate = FrameGate()
    gate.width = COLUMNS
    gate.passed(frame([(2, 1, "a long review".ljust(COLUMNS))], (2, 1)))
    assert gate.passed(frame([(2, 1, "a".ljust(COLUMNS))], (2, 1))) == "\x1b[2;2H\x1b[K\x1b[2;1H"


def test_a_row_with_characters_that_terminals_draw_differently_goes_out_whole() -> None:
    gate = FrameGate()
    gate.passed(frame([(2, 1, "👍🏽 good  one")], (2, 1)))
    assert "👍🏽 good  ONE" in gate.passed(frame([(2, 1, "👍🏽 good  ONE")], (2, 1)))
    assert "plain" in gate.passed(frame([(2, 1, "plain good  ONE")], (2, 1)))


def test_what_something_else_wrote_over_a_row_is_known() -> None:
    gate = FrameGate()
    whole = frame([(2, 1, "a whole row")], (1, 1))
    gate.passed(whole)
    gate.passed(frame([(2, 3, "X")], (1, 1)))
    assert gate.passed(whole) == "\x1b[2;3Hw\x1b[1;1H"


def test_a_cursor_that_is_shown_does_not_travel_with_a_long_frame() -> None:
    gate = FrameGate()
    gate.passed(SHOW_CURSOR)
    long = gate.passed(frame([(row, 1, str(row) * 200) for row in range(1, ROWS + 1)], (2, 1)))
    assert long.startswith(HIDE_CURSOR)
    assert long.endswith(SHOW_CURSOR)
    assert HIDE_CURSOR not in gate.passed(frame([(1, 1, "short")], (2, 1)))
    gate.passed(HIDE_CURSOR)
    assert SHOW_CURSOR not in gate.passed(frame([(row, 1, str(row + 1) * 200) for row in range(1, 7)], (2, 1)))


def test_a_moved_cursor_is_written_even_when_no_row_is() -> None:
    gate = FrameGate()
    gate.passed(frame([(1, 1, "note")], (1, 5)))
    assert gate.passed(frame([(1, 1, "note")], (1, 6))) == "\x1b[1;6H"


def test_what_acts_each_time_is_never_held_back() -> None:
    gate = FrameGate()
    for write in ("\x07", "\x1b]52;c;YQ==\x07", "\x1b[?25l"):
        assert [gate.passed(write), gate.passed(write)] == [write, write]


def test_unknown_output_ends_the_knowledge_of_the_screen_and_a_bell_does_not() -> None:
    gate = FrameGate()
    same = frame([(1, 1, "row")], (1, 1))
    gate.passed(same)
    gate.passed("\x07")
    gate.passed("\x1b]52;c;YQ==\x07")
    assert gate.passed(same) == ""
    gate.passed("\x1b[2J")
    assert "row" in gate.passed(same)
