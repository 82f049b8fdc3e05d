"""The input filter: whatever the line does to the bytes, the keys come out as they were typed."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.terminal.daily import CHARACTERS, FULL_WIDTH, SEQUENCES, Line, delivered
from tui.terminal.keys import ESC, ESC_DELAY, HOLD, KeyFilter, Kind, Token

PLAIN = (*CHARACTERS.values(), *FULL_WIDTH.values())
DAILY = (*SEQUENCES.values(), *PLAIN)
PIECES = st.lists(st.integers(1, 7), min_size=1, max_size=40)


def key(text: str) -> Token:
    return Token(Kind.KEY, text)


def text(typed: str) -> Token:
    return Token(Kind.TEXT, typed)


def cut(data: bytes, places: tuple[int, ...]) -> list[bytes]:
    return [data[start:end] for start, end in pairwise((0, *places, len(data)))]


def in_lengths(data: bytes, lengths: list[int]) -> list[bytes]:
    reads, position = [], 0
    for length in [*lengths, len(data)]:
        reads.append(data[position : position + length])
        position += length
    return [read for read in reads if read]


@pytest.mark.parametrize("first", DAILY)
def test_every_pair_of_daily_keys_survives_every_split_of_its_bytes(first: str) -> None:
    for second in DAILY:
        head, data = first.encode(), (first + second).encode()
        for count in range(len(data)):
            for places in combinations(range(1, len(data)), count):
                apart = any(len(head) <= place for place in places)
                together = first in PLAIN and second in PLAIN and not apart
                wanted = [text(first + second)] if together else [key(first), key(second)]
                assert delivered(cut(data, places)) == wanted, (first, second, places)


@given(st.lists(st.sampled_from(list(SEQUENCES.values())), min_size=1, max_size=12), PIECES, st.floats(0, 0.09))
@settings(max_examples=60)
def test_a_run_of_keys_survives_any_pieces_and_pauses_below_the_esc_delay(
    keys: list[str], lengths: list[int], pause: float
) -> None:
    assert delivered(in_lengths("".join(keys).encode(), lengths), pause) == [key(each) for each in keys]


@given(
    st.lists(st.tuples(st.sampled_from(list(SEQUENCES.values())), st.integers(0, 4)), min_size=1, max_size=12),
    st.floats(0.11, 0.9),
)
@settings(max_examples=60)
def test_on_a_line_slower_than_the_esc_delay_a_key_cut_in_two_still_leaks_no_letter(
    keys: list[tuple[str, int]], pause: float
) -> None:
    halves = "".join(sent[:place] + "|" + sent[place:] for sent, place in keys)
    tokens = delivered([half.encode() for half in halves.split("|") if half], pause)
    extra = [token for token in tokens if token != key(ESC)]
    assert extra == [key(sent) for sent, _ in keys if sent != ESC]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=2, max_size=30))
@settings(max_examples=40)
def test_two_or_more_characters_in_one_read_are_text_exactly_as_typed(typed: str) -> None:
    assert delivered([typed.encode()]) == [text(typed)]


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
@settings(max_examples=30)
def test_one_chinese_character_is_text_and_enter_after_it_is_enter(character: str) -> None:
    data = f"{character}\r".encode()
    for count in range(len(data)):
        for places in combinations(range(1, len(data)), count):
            assert delivered(cut(data, places)) == [text(character), key("\r")]


@given(st.lists(st.binary(max_size=20), max_size=12), st.floats(0, 2))
@settings(max_examples=120)
def test_no_bytes_at_all_upset_the_filter_or_are_kept_for_ever(reads: list[bytes], pause: float) -> None:
    line = Line()
    for read in reads:
        line.read(read)
        line.pause(pause)
    line.pause(10)
    assert line.filter.wait(line.now) is None
    assert all(token.text for token in line.tokens)
    assert line.filter.feed("1", line.now) == [key("1")]


def test_esc_waits_no_longer_than_its_delay_and_a_begun_sequence_longer() -> None:
    filter_ = KeyFilter()
    assert filter_.wait(5.0) is None
    assert filter_.feed(ESC, 5.0) == []
    assert filter_.wait(5.0) == pytest.approx(ESC_DELAY)
    assert ESC_DELAY <= 0.12
    assert filter_.tick(5.0 + ESC_DELAY) == [key(ESC)]
    assert filter_.feed("\x1b[1", 9.0) == []
    assert filter_.wait(9.0) == pytest.approx(HOLD)
    assert filter_.tick(9.0 + ESC_DELAY) == []
    assert filter_.feed("5~", 9.9) == [key("\x1b[15~")]


def test_a_sequence_that_never_ends_is_dropped_without_a_letter() -> None:
    for begun in ("\x1b[", "\x1b[1;", "\x1bO", "\x1b]11;rgb:00", "\x1bP>|term", "\x1b[M  ", "\x1b[["):
        assert delivered([begun.encode()]) == []
        assert delivered([begun.encode()], HOLD + 0.1) == []


def test_what_interrupts_a_sequence_still_counts() -> None:
    for begun, after in product(("\x1b[", "\x1b[1;5", "\x1bO", "\x1b]0;a", "\x1b[M!", "\x1b[["), ("\x1b[A", "\x1bOQ")):
        assert delivered([(begun + after).encode()]) == [key(after)]
    assert delivered([b"\x1b[1\r"]) == [key("\r")]


def test_an_arrow_whose_esc_was_already_given_is_still_no_letter() -> None:
    assert delivered([b"\x1b", b"[A"], 0.3) == [key(ESC), key("\x1b[A")]
    assert delivered([b"\x1b", b"OQ"], 0.3) == [key(ESC), key("\x1bOQ")]
    assert delivered([b"\x1b", b"OK"], 0.3) == [key(ESC), text("OK")]


def test_a_held_key_comes_as_often_as_it_was_sent() -> None:
    assert delivered([b"\x1b[B" * 7]) == [key("\x1b[B")] * 7
    assert delivered([b"\x7f\x7f\x7f"]) == [key("\x7f")] * 3


def test_one_character_among_other_keys_is_a_key_and_two_are_text_around_them() -> None:
    assert delivered([b"\x1b[B1\r"]) == [key("\x1b[B"), key("1"), key("\r")]
    assert delivered([b"ab\r1"]) == [text("ab"), key("\r"), text("1")]
    assert delivered([b"\x1b1"]) == [key(ESC), key("1")]
    assert delivered([b"\x1b12"]) == [key(ESC), text("12")]
    assert delivered(["？1".encode()]) == [text("？1")]


def test_a_paste_is_one_text_wherever_it_is_split() -> None:
    data = "\x1b[200~第一行\r\nab\x1b[A\x1b[3\x07\x00\t2\r\x1b[201~\r".encode()
    for place in range(1, len(data)):
        assert delivered(cut(data, (place,))) == [text("第一行\nab[A[3\t2\n"), key("\r")]
    assert delivered([data[place : place + 1] for place in range(len(data))])[-1] == key("\r")


def test_a_paste_that_is_never_ended_arrives_after_a_silence_and_lets_go_of_the_keys() -> None:
    line = Line()
    line.read("\x1b[200~没有结束".encode())
    line.pause(10)
    line.read(b"\r")
    assert line.tokens == [text("没有结束"), key("\r")]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("\x1b[27u", [key("\x1b[27u")]),
        ("\x1b[27;129u", [key("\x1b[27;129u")]),
        ("\x1b[13;1:1u", [key("\x1b[13;1u")]),
        ("\x1b[13;1:3u", []),
        ("\x1b[1;1:3A", []),
        ("\x1b[1;129A", [key("\x1b[1;129A")]),
        ("\x1b[97:65;2;65u", [key("A")]),
        ("\x1b[0;;20320:22909u", [text("你好")]),
        ("\x1b[0;;20320u", [text("你")]),
        ("\x1b[0;;65311u", [key("？")]),
        ("\x1b[57400u", [key("1")]),
        ("\x1b[57410;129u", [key("/")]),
        ("\x1b[1114112u", []),
        ("\x1b[55296;;55296u", []),
        ("\x1b[27;5;9~", [key("\x1b[9;5u")]),
        ("\x1b[32~", []),
        ("\x1b[49A", []),
    ],
)
def test_enhanced_keyboards_mean_the_same_keys(sent: str, meant: list[Token]) -> None:
    assert delivered([sent.encode()]) == meant


@pytest.mark.parametrize(
    "report",
    [
        "\x1b[1;3R",
        "\x1b[?2026;2$y",
        "\x1b[?62;22c",
        "\x1b[I",
        "\x1b[O",
        "\x1b[<0;3;4M",
        "\x1b[48;24;80;0;0t",
        "\x1b[0n",
    ],
)
def test_the_terminal_speaking_for_itself_is_never_a_key_wherever_it_is_split(report: str) -> None:
    data = report.encode()
    for place in range(1, len(data)):
        assert delivered(cut(data, (place,))) == [Token(Kind.REPORT, report)]
    assert delivered([b"1" + data]) == [key("1"), Token(Kind.REPORT, report)]


def test_answers_that_nobody_asked_for_vanish_but_esc_and_a_letter_stay() -> None:
    for answer in ("\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b]52;c;5L2g\x07", "\x1bP>|xterm(1)\x1b\\", "\x1b[M !!"):
        assert delivered([answer.encode()]) == []
    assert delivered([b"\x1b]"]) == [key(ESC), key("]")]
    assert delivered([b"\x1bP"]) == [key(ESC), key("P")]
    assert delivered([b"\x1b", b"P"]) == [key(ESC), key("P")]
    assert delivered([b"\x1bPq"]) == [key(ESC), text("Pq")]
