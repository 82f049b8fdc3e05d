"""Whether the platform still takes a reply: as its row says, and nothing where it is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.platform_rules import REPLY, allowances, shipped, use
from data.replies.chance import Answered, Closed, chance, written_alike
from data.vocabulary import Platform, ReplyPhase
from tests.data.world import DAY, NOW

TAOBAO = Answered("taobao", "bad", NOW - DAY)


def test_taobao_takes_one_reply_to_the_review_and_one_to_what_is_appended() -> None:
    assert chance(TAOBAO, NOW).open
    assert chance(replace(TAOBAO, sent=["review"]), NOW).why is Closed.USED
    both = chance(replace(TAOBAO, sent=["review"], appended=True), NOW)
    assert (both.open, both.phase, both.left) == (True, ReplyPhase.APPEND, 1)
    assert chance(replace(TAOBAO, sent=["review", "append"], appended=True), NOW).why is Closed.USED


def test_a_window_whose_days_are_not_known_has_no_end() -> None:
    found = chance(TAOBAO, NOW)
    assert (found.ends_at, found.longest) == (None, 500)


def test_on_tmall_the_window_closes_after_thirty_days_and_an_append_opens_its_own() -> None:
    tmall = Answered("tmall", "bad", NOW - 31 * DAY)
    assert chance(tmall, NOW).why is Closed.OVER
    assert chance(replace(tmall, appended=True), NOW).phase is ReplyPhase.APPEND
    assert chance(replace(tmall, reviewed_at=NOW - DAY), NOW).ends_at == NOW + 29 * DAY


def test_a_reply_that_somebody_posted_elsewhere_uses_the_chance_up() -> None:
    assert chance(Answered("pdd", "bad", NOW, stands=True), NOW).why is Closed.USED
    assert chance(Answered("pdd", "bad", NOW, stands=True, sent=["review"]), NOW).left == 0
    assert chance(replace(TAOBAO, stands=True, sent=["review"], appended=True), NOW).open


def test_where_it_is_not_known_whether_a_reply_is_taken_none_is() -> None:
    assert chance(Answered("jd", "bad", NOW), NOW).why is Closed.UNKNOWN


def test_what_is_gone_is_not_answered() -> None:
    assert chance(replace(TAOBAO, removed=True), NOW).why is Closed.REMOVED


def test_where_it_is_not_known_how_often_only_the_first_is_taken() -> None:
    rows = dict(allowances())
    rows["taobao", REPLY] = replace(rows["taobao", REPLY], times=None, per_phase=None)
    use(rows)
    try:
        assert chance(TAOBAO, NOW).open
        assert chance(TAOBAO, NOW).left is None
        assert chance(replace(TAOBAO, sent=["review"]), NOW).why is Closed.PERHAPS_USED
    finally:
        use(shipped())


@pytest.mark.parametrize("platform", list(Platform))
def test_every_platform_has_an_answer(platform: Platform) -> None:
    found = chance(Answered(platform, "bad", NOW, NOW), NOW)
    assert found.open or found.said


def test_what_a_platform_shows_is_compared_without_line_breaks_and_width() -> None:
    assert written_alike("谢谢您,已经换新。", "谢谢您，\n已经换新。 ")
    assert not written_alike("谢谢您,已经换新。", "谢谢您。")
