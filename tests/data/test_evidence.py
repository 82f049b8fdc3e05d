"""Whose doing a changed review is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.clock import DAY
from data.evidence import changed_at, credited

TIMES = st.integers(0, 100 * DAY)
CONTACTS = st.lists(TIMES, max_size=6).map(lambda times: [(number + 1, at) for number, at in enumerate(times)])


@given(CONTACTS, TIMES, st.integers(1, 60), st.randoms())
def test_the_newest_contact_before_the_change_and_inside_the_window_gets_the_credit(
    contacts: list[tuple[int, int]], changed: int, days: int, chance: object
) -> None:
    found = credited(contacts, changed, days)
    inside = {number: at for number, at in contacts if at < changed <= at + days * DAY}
    assert (found is None) == (not inside)
    if found is not None:
        assert inside[found] == max(inside.values())
    chance.shuffle(contacts)  # type: ignore[attr-defined]
    assert credited(contacts, changed, days) == found


@given(st.none() | TIMES, TIMES)
def test_a_change_is_never_later_than_the_import_that_shows_it(written_at: int | None, seen_at: int) -> None:
    assert changed_at(written_at, seen_at) <= seen_at
    assert changed_at(None, seen_at) == seen_at
