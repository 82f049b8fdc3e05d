"""Random calls over every shipped playbook hold every rule; `make rehearse-many` makes a hundred thousand."""

from __future__ import annotations

import pytest

from tests.data.playbook.calls import all_shipped, broken
from tests.rehearse.random_calls import Broken, calls, seeds

COUNT = 500
PARTS = 2
BOUND = 1_000
"""Steps that no random call comes near; the proof has the true bound, and `make rehearse-many` goes by it."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("index", range(len(all_shipped())), ids=[playbook.id for playbook in all_shipped()])
def test_random_calls_hold_every_rule_at_every_step(index: int, part: int) -> None:
    found = calls(all_shipped()[index], part, COUNT, BOUND)
    assert found.calls == COUNT
    assert found.questions
    assert found.refusals
    assert len(found.endings) > 5


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (', refusals = { max = 0 }, review_asked', ", review_asked", "after a no"),
        (", review_asked = { max = 0 } }", " }", "second time"),
        ("when = { platform = { can_ask = true }, ", "when = { ", "platform does not allow"),
        ('apology = true\n', "", "before an apology"),
        (', remedy = "accepted" }', " }", "before the remedy is settled"),
        ('to = "sorry", marks = ["identity"] }', 'to = "sorry" }', "before identity"),
        ('name = "the buyer"\n', "", "no words in place"),
    ],
)  # fmt: skip
def test_a_playbook_that_breaks_a_rule_is_found_by_chance(old: str, new: str, reason: str) -> None:
    with pytest.raises(Broken, match=reason):
        calls(broken(old, new), 1, 3_000, 10_000)


def test_portions_are_as_many_calls_as_were_asked_for() -> None:
    portions = list(seeds(1_250, 500))
    assert sum(count for _seed, count in portions) == 1_250
    assert len({seed for seed, _count in portions}) == len(portions)
