"""Clocks that break are written to the log once, with the moment at which they did, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework import breaches
from data.clock import zone
from data.clocks.course import broken, clocks_of
from data.clocks.events import OF_A_CASE, ClockEvent
from data.clocks.hours import hours_of
from data.errors import Refused
from data.outcomes import LineResult, Standing
from data.protocols import Disposition, NewReview
from data.vocabulary import Channel, Grade, Result
from tests.data.casework.desk import DAY, HOUR, MINUTE, Desk


def opened(desk: Desk) -> int:
    """A case that an agent opened by typing a review in, whose buyer has a number."""
    order = f"46043470580833{desk.world.count('review'):05}"
    desk.casework.add_review(NewReview(desk.world.shop_id, Grade.BAD, "太短了", "卫裤", order, "t**8"))
    (case_id,) = desk.world.connection.execute("SELECT max(id) FROM review_case").fetchone()
    buyer = desk.value("SELECT buyer_id FROM review_case WHERE id = ?", case_id)
    desk.world.insert("personal", buyer_id=buyer, kind="phone", value="14001516737", added_at=desk.now)
    return int(case_id)


def recorded(desk: Desk, case_id: int) -> list[tuple[Any, ...]]:
    """What the log says broke: clock, the event that started it, when."""
    return sorted(
        desk.world.connection.execute(
            "SELECT code, subject_id, number FROM event WHERE kind = 'clock_broken' AND case_id = ?", (case_id,)
        )
    )


def computed(desk: Desk, case_id: int) -> list[tuple[Any, ...]]:
    """What follows from the rest of the log."""
    events = [ClockEvent(*row) for row in desk.world.connection.execute(OF_A_CASE, {"case_id": case_id})]
    hours = hours_of(desk.settings.clock, desk.settings.contact, zone("Asia/Shanghai"))
    found = broken(clocks_of(events, desk.now, hours, desk.settings.clock))
    return sorted((str(each.name), each.began_by, each.at) for each in found)


def test_a_breach_is_recorded_once_by_nobody_with_its_moment(desk: Desk) -> None:
    case_id, due = opened(desk), desk.now + HOUR
    desk.casework.catch_up()
    desk.now = due
    desk.casework.catch_up()
    assert recorded(desk, case_id) == []
    desk.now = due + 1
    desk.casework.catch_up()
    desk.casework_of(desk.world.agent("ming")).catch_up()
    desk.now += DAY
    desk.casework.catch_up()
    assert [(code, at) for code, _by, at in recorded(desk, case_id)] == [("first_contact", due)]
    assert desk.value("SELECT agent_id FROM event WHERE kind = 'clock_broken'") is None
    assert desk.faults() == []


def test_what_broke_while_the_desk_was_off_is_recorded_though_the_case_is_closed_since(desk: Desk) -> None:
    case_id, due = opened(desk), desk.now + HOUR
    desk.now += 3 * HOUR
    desk.casework.close(case_id, Result.NONE)
    desk.casework.catch_up()
    assert [at for _code, _by, at in recorded(desk, case_id)] == [due]
    assert desk.row(case_id)["clock_at"] is None


def test_a_case_that_was_contacted_in_time_and_closed_breaks_nothing(desk: Desk) -> None:
    case_id = opened(desk)
    desk.now += 30 * MINUTE
    contact_id = desk.casework.start_contact(case_id, Channel.CHAT)
    desk.casework.record_outcome(contact_id, Disposition(LineResult.REPLIED, Standing.KEPT_SATISFIED))
    desk.now += 30 * DAY
    desk.casework.catch_up()
    assert recorded(desk, case_id) == []


def test_a_breach_does_not_stand_in_the_way_of_undo(desk: Desk) -> None:
    other, case_id = opened(desk), opened(desk)
    desk.casework.close(case_id, Result.NONE)
    desk.now += 2 * HOUR
    desk.casework.catch_up()
    assert len(recorded(desk, other)) == 1
    desk.casework.undo()
    desk.casework.catch_up()
    assert desk.row(case_id)["state"] == "new"
    # A closing that is taken back never was.
    assert len(recorded(desk, case_id)) == 1


def test_a_snooze_puts_no_breach_off(desk: Desk) -> None:
    case_id = opened(desk)
    desk.casework.snooze(case_id, desk.now + 3 * DAY)
    desk.now += 2 * HOUR
    desk.casework.catch_up()
    assert len(recorded(desk, case_id)) == 1


def test_many_breaches_are_written_in_rounds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaches, "AT_ONCE", 2)
    cases = [opened(desk) for _case in range(5)]
    desk.now += 2 * HOUR
    for written in (2, 4, 5, 5):
        desk.casework.catch_up()
        assert sum(len(recorded(desk, case_id)) for case_id in cases) == written


def test_looking_for_what_is_due_reads_an_index_alone(desk: Desk) -> None:
    plan = desk.world.connection.execute("EXPLAIN QUERY PLAN " + breaches.DUE, (desk.now, 10)).fetchall()
    assert [row[3] for row in plan] == ["SEARCH review_case USING COVERING INDEX case_clock (clock_at<?)"]
    for statement in breaches.STATEMENTS:
        desk.world.connection.execute("EXPLAIN " + statement, (1,) * statement.count("?"))


VERBS = (
    *("call", "chat", "snooze", "escalate", "take_over", "close", "reopen", "undo", "redo", "delivered", "catch_up"),
)
OUTCOMES = (
    Standing.PROMISED,
    Standing.CALLBACK,
    Standing.UNDECIDED,
    Standing.REMEDY_OWED,
    Standing.KEPT_SATISFIED,
    Standing.ESCALATED,
)
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(1, 40 * 60), st.sampled_from(OUTCOMES), st.integers(1, 60)),
    min_size=2,
    max_size=9,
)


@given(STEPS)
@settings(max_examples=13, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_recorded_is_what_the_log_says_whatever_is_done_and_whenever_it_is_looked_at(
    desk: Desk, steps: list[tuple[str, int, Standing, int]]
) -> None:
    lead = desk.casework_of(desk.world.agent(f"lead{desk.world.count('agent')}", role="lead", name="王", title="主管"))
    case_id = opened(desk)
    for verb, minutes, standing, hours in steps:
        try:
            match verb:
                case "call" | "chat":
                    contact_id = lead.start_contact(case_id, Channel.CHAT, "客户要求")
                    at = desk.now + hours * HOUR
                    line = LineResult.REPLIED if verb == "chat" else LineResult.SENT
                    where = standing if verb == "chat" else Standing.WAITING_ANSWER
                    try:
                        lead.record_outcome(contact_id, Disposition(line, where, at))
                    except Refused:
                        lead.record_outcome(contact_id, Disposition(LineResult.REPLIED, Standing.IN_TALK))
                case "snooze":
                    lead.snooze(case_id, desk.now + hours * HOUR)
                case "close":
                    lead.close(case_id, Result.NONE)
                case "delivered":
                    lead.remedy_delivered(case_id)
                case "catch_up":
                    lead.catch_up()
                    assert recorded(desk, case_id) == computed(desk, case_id)
                case _:
                    getattr(lead, verb)(*(() if verb in ("undo", "redo") else (case_id,)))
        except Refused:
            pass
        desk.now += minutes * MINUTE
    lead.catch_up()
    assert recorded(desk, case_id) == computed(desk, case_id)
    assert desk.faults() == []
