"""What follows an outcome, asked without a database."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from data.clock import parse_iso
from data.follow_up import Situation, plan
from data.outcomes import Standing
from data.rows import ContactFacts, PersonalDatum
from data.settings import Settings
from data.vocabulary import FollowUpKind, State

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = parse_iso("2026-11-24T18:30", SHANGHAI)
FACTS = ContactFacts(
    1, 1, True, State.WORKING, None, None, (), 0, 0,
    PersonalDatum(1, "phone", "140****0001", False, False, None), None, None, None,
    platform="taobao",
)  # fmt: skip
AFTER = Situation(FACTS, NOW, SHANGHAI, Settings(), Standing.WRITE_INSTEAD)


@pytest.mark.parametrize(
    "standing", [Standing.WRITE_INSTEAD, Standing.UNREACHABLE_RETRY, Standing.WAITING_ANSWER], ids=str
)
def test_after_a_last_try_only_the_public_reply_is_left_until_the_buyer_is_reached(standing: Standing) -> None:
    stopped = plan(replace(AFTER, standing=standing, stopped=True))
    assert [step.kind for step in stopped] == [FollowUpKind.PUBLIC_REPLY]
    assert FollowUpKind.PUBLIC_REPLY not in [step.kind for step in plan(replace(AFTER, standing=standing))]
