"""What a record lacks is said where the buyer was reached, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from data.call_record import Gap, Record, Why, gap_words, lacks, why_words
from data.outcomes import LINES, LineResult, standings_for

FULL = Record(
    "right_party", "promised", at=1, cause="Q1", note="waist", apologies=2, agreed=True, named=True, device="phone"
)


def test_a_full_record_lacks_nothing() -> None:
    assert lacks(FULL) == ()


def test_each_thing_that_is_not_there_is_named() -> None:
    for gap, change in {
        Gap.TIME: {"at": None},
        Gap.REMEDY: {"named": False},
        Gap.CAUSE: {"cause": None},
        Gap.NOTE: {"note": "  "},
        Gap.APOLOGY: {"apologies": 0},
        Gap.DEVICE: {"device": None},
    }.items():
        assert lacks(replace(FULL, **change)) == (gap,)  # type: ignore[arg-type]


def test_what_followed_no_script_owes_no_counted_apology() -> None:
    assert lacks(replace(FULL, apologies=None)) == ()


def test_who_broke_off_owes_no_cause() -> None:
    assert lacks(Record("right_party", "callback", at=1, note="later", apologies=0)) == ()


@given(st.sampled_from(sorted(LineResult)), st.data())
def test_nothing_is_missing_where_the_buyer_was_not_reached(line: LineResult, data: st.DataObject) -> None:
    standing = data.draw(st.sampled_from(standings_for(line)))
    found = lacks(Record(line, standing, apologies=0))
    assert not found or LINES[line].reached
    assert len(set(found)) == len(found)


def test_every_gap_and_every_reason_has_its_words() -> None:
    assert len({gap_words(gap) for gap in Gap}) == len(Gap)
    assert len({why_words(why) for why in Why}) == len(Why)
