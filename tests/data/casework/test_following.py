"""What follows a contact, day by day: the rules of docs/follow-up.md on a desk."""

from __future__ import annotations

import sqlite3

import pytest

from data.clock import to_local, zone
from data.errors import Refused
from data.protocols import Disposition, Move
from data.vocabulary import Channel, Result
from tests.data.casework.desk import DAY, HOUR, MINUTE, MORNING, Desk
from tests.data.casework.test_calls import choose

SHANGHAI = zone("Asia/Shanghai")


def planned(desk: Desk, case_id: int = 1) -> list[tuple[str, str]]:
    """What is to follow, with its wall clock."""
    rows = desk.world.connection.execute(
        "SELECT kind, due_at FROM follow_up WHERE case_id = ? AND state = 'open' ORDER BY due_at, id", (case_id,)
    )
    return [(kind, f"{to_local(due_at, SHANGHAI):%m-%d %H:%M}") for kind, due_at in rows]


def kinds(desk: Desk, case_id: int = 1) -> list[str]:
    return [kind for kind, _at in planned(desk, case_id)]


def called(desk: Desk, case_id: int, line: str, standing: str, at: int | None = None) -> None:
    contact_id = desk.casework.start_contact(case_id, Channel.PHONE)
    desk.casework.record_outcome(contact_id, Disposition(line, standing, at))


def wrote(desk: Desk, case_id: int, line: str, standing: str, at: int | None = None) -> None:
    contact_id = desk.casework.start_contact(case_id, Channel.CHAT)
    desk.casework.record_outcome(contact_id, Disposition(line, standing, at))


def day(desk: Desk, days: int, hour: int) -> int:
    """An hour of a day, counted from the day on which the desk opened."""
    return MORNING - (MORNING + 8 * HOUR) % DAY + days * DAY + hour * HOUR


def test_a_promise_is_followed_by_a_text_a_reminder_a_last_try_and_then_it_stops(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "promised", day(desk, 0, 20))
    first = to_local(desk.now, SHANGHAI)
    days = [f"{to_local(desk.now + number * DAY, SHANGHAI):%m-%d}" for number in range(6)]
    assert first.hour < 18
    assert planned(desk) == [
        ("evening_text", f"{days[0]} 18:00"),
        ("check_promise", f"{days[0]} 21:00"),
        ("reminder", f"{days[1]} 18:00"),
        ("last_try", f"{days[3]} 18:00"),
        ("public_reply", f"{days[4]} 18:00"),
    ]


def test_steps_that_nobody_made_lapse_and_the_finish_stays(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "promised", day(desk, 0, 20))
    desk.now = day(desk, 0, 20)
    desk.casework.catch_up()
    assert kinds(desk) == ["check_promise", "reminder", "last_try", "public_reply"]
    desk.now = day(desk, 2, 9)
    desk.casework.catch_up()
    assert kinds(desk) == ["last_try", "public_reply"]
    assert desk.row(case_id)["due_at"] == desk.row(case_id)["follow_up_at"]
    desk.now = day(desk, 5, 9)
    desk.casework.catch_up()
    assert kinds(desk) == ["public_reply"]
    assert desk.events(case_id).count("follow_up_dropped") == 3


def test_a_text_that_was_sent_leaves_the_rest_of_the_cadence_and_adds_nothing(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "promised", day(desk, 0, 20))
    desk.now = day(desk, 0, 18)
    wrote(desk, case_id, "sent", "waiting_answer")
    assert desk.value("SELECT step FROM contact ORDER BY id DESC") == "evening_text"
    assert kinds(desk) == ["check_promise", "reminder", "last_try", "public_reply"]


def test_after_the_last_try_nobody_presses_further(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "promised", day(desk, 0, 20))
    desk.now = day(desk, 3, 18)
    desk.casework.catch_up()
    called(desk, case_id, "no_answer", "unreachable_retry")
    assert desk.value("SELECT step FROM contact ORDER BY id DESC") == "last_try"
    assert kinds(desk) == ["public_reply"]


def test_an_answer_of_the_buyer_ends_the_cadence(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "promised", day(desk, 0, 20))
    desk.now = day(desk, 1, 18)
    wrote(desk, case_id, "replied", "undecided")
    assert kinds(desk) == ["public_reply"], "the reminder was the step, and there is no second one"
    assert desk.value("SELECT state FROM promise") == "withdrawn"


def test_somebody_who_cannot_be_reached_is_tried_rung_by_rung(desk: Desk) -> None:
    case_id = desk.case()
    rungs = []
    for _try in range(3):
        called(desk, case_id, "no_answer", "unreachable_retry")
        rungs.append(desk.value("SELECT kind || rung FROM follow_up WHERE state = 'open'"))
        desk.now = int(str(desk.row(case_id)["due_at"]))
    wrote(desk, case_id, "sent", "waiting_answer")
    rungs.append(desk.value("SELECT kind || rung FROM follow_up WHERE state = 'open'"))
    assert rungs == ["retry1", "retry2", "message3", "public_reply4"]


def test_what_waits_for_its_effect_is_asked_about_when_it_should_have_shown(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "waiting_effect", day(desk, 6, 15))
    assert [kind for kind, _at in planned(desk)] == ["effect"]
    assert desk.row(case_id)["due_at"] == day(desk, 6, 15)


def test_an_appointment_names_its_channel_and_what_the_buyer_has_at_hand(desk: Desk) -> None:
    case_id = desk.case()
    contact_id = desk.casework.start_contact(case_id, Channel.PHONE)
    at = day(desk, 1, 20)
    told = Disposition("right_party", "callback", at, channel="chat", device="computer")
    desk.casework.record_outcome(contact_id, told)
    row = desk.world.connection.execute("SELECT due_at, channel, device FROM follow_up").fetchone()
    assert tuple(row) == (at, "chat", "computer")


def test_a_contact_leaves_what_is_owed_to_be_done(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "remedy_owed")
    desk.now += 5 * HOUR
    desk.casework.start_contact(case_id, Channel.CHAT)
    assert kinds(desk) == ["deliver_remedy"]


def test_not_right_yet_is_worked_again_once_and_then_a_lead_looks_at_it(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "remedy_owed")
    desk.casework.remedy_delivered(case_id)
    desk.now += DAY
    wrote(desk, case_id, "replied", "still_wrong")
    assert (desk.row(case_id)["state"], desk.row(case_id)["due_at"]) == ("working", desk.now)
    assert kinds(desk) == []
    desk.now += 3 * HOUR
    wrote(desk, case_id, "replied", "still_wrong")
    assert desk.row(case_id)["state"] == "escalated"


def test_who_could_not_be_reached_comes_once_more_after_two_weeks(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.close(case_id, Result.UNREACHABLE)
    desk.now += 14 * DAY - MINUTE
    desk.casework.catch_up()
    assert desk.row(case_id)["state"] == "closed"
    desk.now += MINUTE
    desk.casework.catch_up()
    row = desk.row(case_id)
    assert (row["state"], row["owner_id"], row["due_at"]) == ("working", None, desk.now)
    desk.casework.close(case_id, Result.UNREACHABLE)
    desk.now += 30 * DAY
    desk.casework.catch_up()
    assert desk.row(case_id)["state"] == "closed", "never twice"
    assert desk.faults() == []


@pytest.mark.parametrize("change", ["do_not_contact_at = 1", "refused_at = 1"])
def test_who_refused_does_not_come_again(desk: Desk, change: str) -> None:
    case_id = desk.case()
    desk.casework.close(case_id, Result.UNREACHABLE)
    desk.world.connection.execute(f"UPDATE buyer SET {change}")
    desk.now += 20 * DAY
    desk.casework.catch_up()
    assert desk.row(case_id)["state"] == "closed"


def test_what_is_owed_keeps_an_agent_from_closing_and_a_lead_notes_that_the_buyer_does_without(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "remedy_owed")
    with pytest.raises(Refused, match="owed"):
        desk.casework.close(case_id, Result.NONE)
    desk.casework.release(case_id)
    lead = desk.casework_of(desk.world.agent("boss", role="lead", name="王", title="主管"))
    with pytest.raises(Refused, match="owed"):
        lead.close(case_id, Result.NONE)
    lead.waive_remedy(1, "买家自己说不用了")
    assert desk.value("SELECT state FROM remedy") == "declined"
    lead.close(case_id, Result.NONE)


def test_what_evidence_showed_is_not_overwritten_by_hand(desk: Desk) -> None:
    case_id = desk.case(result="verified", state="working")
    desk.casework.close(case_id, Result.DECLINED)
    assert desk.row(case_id)["result"] == "verified"


def test_taking_back_one_refusal_leaves_the_firm_one_of_another_case(desk: Desk) -> None:
    case_id = desk.case(refusals=2)
    other = desk.case(refusals=2)
    desk.world.connection.execute("UPDATE review_case SET buyer_id = (SELECT min(buyer_id) FROM review_case)")
    desk.world.connection.execute("UPDATE buyer SET refused_at = ?", (desk.now,))
    lead = desk.casework_of(desk.world.agent("boss", role="lead", name="王", title="主管"))
    lead.correct_refusal(case_id, "按错了键")
    refused = "SELECT refused_at FROM buyer WHERE id = (SELECT min(buyer_id) FROM review_case)"
    assert desk.value(refused) is not None
    lead.correct_refusal(other, "按错了键")
    assert desk.value(refused) is None


def test_stepping_back_over_a_no_leaves_the_earlier_remedy_as_the_only_one(desk: Desk) -> None:
    case_id = desk.case()
    called(desk, case_id, "right_party", "remedy_owed")
    desk.now += 5 * HOUR
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "2")
    for _step in range(3):
        call = desk.casework.advance_call(call.call_id, Move("back"))
    owed = "SELECT count(*) FROM remedy WHERE state = 'accepted'"
    assert desk.value(owed) == 1


def test_the_reads_that_time_makes_use_their_indexes(desk: Desk) -> None:
    for sql in (
        "SELECT id FROM follow_up WHERE state = 'open' AND until IS NOT NULL AND until <= 1 ORDER BY until, id",
        "SELECT id FROM review_case WHERE open = 0 AND again_at IS NOT NULL AND again_at <= 1 ORDER BY again_at",
    ):
        assert "USING" in str(_plan(desk.world.connection, sql))


def _plan(connection: sqlite3.Connection, sql: str) -> list[object]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
