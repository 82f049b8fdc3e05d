"""A call from dialling to its outcome, and what the case, the buyer and the log then say."""

from __future__ import annotations

import json

import pytest

from data.casework.entrance import SqlCasework
from data.clock import Clock
from data.errors import PlaybookError, Refused
from data.outcomes import LineResult, Standing
from data.playbook.format import Playbook
from data.playbook.load import from_text
from data.protocols import Disposition, Move
from data.rows import OpenCall
from data.several import Task, Verb
from data.vocabulary import Channel, DraftKind, Result
from tests.data.casework.desk import DAY, HOUR, MINUTE, SMALL_PLAYBOOK, Desk


def choose(desk: Desk, call: OpenCall, *keys: str) -> OpenCall:
    for key in keys:
        desk.now += 20_000
        call = desk.casework.advance_call(call.call_id, Move("choose", key))
    return call


def place(call: OpenCall) -> str:
    return str(json.loads(call.run)["place"])


def evening(desk: Desk) -> int:
    return desk.now + 10 * HOUR - (desk.now % HOUR)


def test_the_standard_call_ends_in_a_promise_that_an_import_must_prove(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1", "1")
    assert place(call) == "promised"
    tonight = evening(desk)
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "promised", tonight, "腰口开线"))
    row = desk.row(case_id)
    assert (row["state"], row["promised_at"], row["settled"], row["review_questions"]) == (
        "waiting_buyer",
        tonight,
        1,
        1,
    )
    assert row["result"] is None
    assert desk.value("SELECT state FROM remedy WHERE case_id = ?", case_id) == "accepted"
    assert desk.value("SELECT note FROM contact WHERE id = ?", call.contact_id) == "腰口开线"
    set_now = "SELECT group_concat(kind) FROM (SELECT kind FROM follow_up WHERE state = 'open' ORDER BY due_at, id)"
    assert desk.value(set_now) == "evening_text,check_promise,deliver_remedy,reminder,last_try,public_reply"
    assert desk.faults() == []


def test_every_step_is_on_disk_with_its_time_before_the_next_line_shows(desk: Desk) -> None:
    call = choose(desk, desk.casework.start_call(desk.case()), "1", "1")
    steps = desk.world.connection.execute(
        "SELECT node, choice, at FROM call_step WHERE call_id = ? ORDER BY seq", (call.call_id,)
    ).fetchall()
    assert [(node, choice) for node, choice, _at in steps] == [("dial", None), ("dial", "1"), ("sorry", "1")]
    assert [at for _node, _choice, at in steps] == sorted(at for _node, _choice, at in steps)
    assert desk.value("SELECT run FROM call WHERE id = ?", call.call_id) == call.run


def test_a_first_refusal_returns_to_the_question_and_a_second_is_final(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1", "2")
    assert place(call) == "understood"
    call = choose(desk, call, "1")
    assert place(call) == "ask"
    assert desk.value("SELECT refused_at FROM buyer") is None
    call = choose(desk, call, "2")
    assert place(call) == "farewell"
    assert desk.row(case_id)["refusals"] == 2
    assert desk.value("SELECT refused_at FROM buyer") == desk.now


def test_backspace_corrects_a_refusal_that_was_a_slip_and_both_events_stay(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1", "2", "1", "2")
    call = desk.casework.advance_call(call.call_id, Move("back"))
    assert place(call) == "ask"
    assert desk.row(case_id)["refusals"] == 1
    assert desk.value("SELECT refused_at FROM buyer") is None
    assert desk.events(case_id).count("refused") == 2
    assert desk.events(case_id).count("refusal_corrected") == 1


def test_a_refusal_closes_the_case_but_the_remedy_is_still_owed(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1", "2", "1", "2", "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "refused_firm"))
    row = desk.row(case_id)
    assert (row["state"], row["promised_at"]) == ("waiting_us", None)
    assert desk.value("SELECT kind FROM follow_up WHERE case_id = ? AND state = 'open'", case_id) == "deliver_remedy"


def test_nothing_owed_and_a_firm_no_close_the_case(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "2", "2", "1", "2", "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "refused_firm"))
    row = desk.row(case_id)
    assert (row["state"], row["result"], row["contact_from"]) == ("closed", "declined", None)


def test_no_more_contact_holds_at_once_for_every_case_of_the_buyer(desk: Desk) -> None:
    case_id = desk.case()
    buyer = desk.row(case_id)["buyer_id"]
    other = desk.world.case(desk.world.review(int(str(buyer))), contact_from=desk.now)
    call = choose(desk, desk.casework.start_call(case_id), "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "do_not_contact"))
    assert desk.row(other)["contact_from"] is None
    desk.now += DAY
    with pytest.raises(Refused):
        desk.casework.start_call(other)
    with pytest.raises(Refused):
        desk.casework.start_contact(other, Channel.CHAT)


def test_no_answer_comes_back_at_another_hour_that_is_allowed(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "3")
    desk.casework.record_outcome(call.contact_id, Disposition("no_answer", "unreachable_retry"))
    row = desk.row(case_id)
    assert row["state"] == "scheduled"
    assert int(str(row["follow_up_at"])) >= desk.now + 2 * HOUR
    with pytest.raises(Refused):
        desk.casework.start_call(case_id)
    desk.now = int(str(row["follow_up_at"]))
    assert desk.casework.start_call(case_id).attempt == 2


def test_after_a_call_that_was_pushed_away_the_next_try_is_in_writing(desk: Desk) -> None:
    case_id = desk.case()
    call = desk.casework.start_call(case_id)
    desk.casework.record_outcome(call.contact_id, Disposition("declined", "unreachable_retry"))
    assert desk.value("SELECT channel FROM follow_up WHERE case_id = ? AND state = 'open'", case_id) == "chat"


def test_a_call_cannot_be_left_for_another_contact_without_an_outcome(desk: Desk) -> None:
    desk.casework.start_call(desk.case())
    with pytest.raises(Refused):
        desk.casework.start_call(desk.case())


def test_an_outcome_is_recorded_once(desk: Desk) -> None:
    call = choose(desk, desk.casework.start_call(desk.case()), "3")
    desk.casework.record_outcome(call.contact_id, Disposition("no_answer", "unreachable_retry"))
    with pytest.raises(Refused):
        desk.casework.record_outcome(call.contact_id, Disposition("no_answer", "unreachable_retry"))


@pytest.mark.parametrize("at", [None, -HOUR, 91 * DAY])
def test_a_promise_needs_an_exact_time_to_come(desk: Desk, at: int | None) -> None:
    call = choose(desk, desk.casework.start_call(desk.case()), "1", "1", "1", "1")
    with pytest.raises(Refused):
        desk.casework.record_outcome(
            call.contact_id, Disposition("right_party", "promised", None if at is None else desk.now + at)
        )


def test_nobody_is_called_back_at_night(desk: Desk) -> None:
    call = choose(desk, desk.casework.start_call(desk.case()), "1")
    night = desk.now + 13 * HOUR
    with pytest.raises(Refused):
        desk.casework.record_outcome(call.contact_id, Disposition("right_party", "callback", night))


def test_an_expired_number_is_not_an_attempt_and_is_not_dialled_again(desk: Desk) -> None:
    case_id = desk.case()
    call = desk.casework.start_call(case_id)
    desk.casework.record_outcome(call.contact_id, Disposition("number_expired", "write_instead"))
    assert (desk.row(case_id)["attempts"], desk.row(case_id)["calls"]) == (0, 0)
    desk.now += 3 * HOUR + 30 * MINUTE
    with pytest.raises(Refused):
        desk.casework.start_call(case_id)
    assert desk.casework.start_contact(case_id, Channel.CHAT)


def test_the_agent_says_a_name_and_never_a_login(desk: Desk) -> None:
    nameless = desk.casework_of(desk.world.agent("wang01"))
    case_id = desk.case()
    with pytest.raises(Refused):
        nameless.start_call(case_id)
    assert desk.row(case_id)["attempts"] == 0


def test_a_call_goes_on_with_the_text_it_was_started_with(desk: Desk) -> None:
    call = choose(desk, desk.casework.start_call(desk.case()), "1")
    desk.playbook = from_text(SMALL_PLAYBOOK.replace("We are sorry", "Sorry"), "small.toml")
    assert place(choose(desk, call, "1")) == "offer"
    assert "We are sorry" in str(desk.value("SELECT toml FROM playbook_text"))


def test_the_note_of_a_call_survives_until_its_outcome(desk: Desk) -> None:
    call = desk.casework.start_call(desk.case())
    desk.casework.keep_draft(DraftKind.CALL_NOTE, call.contact_id, "穿了三天")
    assert choose(desk, call, "1").note == "穿了三天"
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "undecided", note="穿了三天"))
    assert desk.value("SELECT count(*) FROM draft") == 0


def test_a_promise_without_evidence_comes_back_a_day_later(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "2", "1")
    tonight = evening(desk)
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "promised", tonight))
    desk.now = tonight + HOUR
    assert desk.casework.catch_up() == 0
    desk.now = tonight + DAY
    assert desk.casework.catch_up() == 1
    assert desk.row(case_id)["state"] == "working"
    assert desk.value("SELECT state FROM promise") == "missed"
    assert (
        desk.value("SELECT group_concat(kind) FROM follow_up WHERE state = 'open'") == "reminder,last_try,public_reply"
    )


def test_a_case_is_not_led_away_from_under_the_agents_own_call(desk: Desk) -> None:
    case_id, other = desk.case(), desk.case()
    desk.casework.start_call(case_id)
    with pytest.raises(Refused, match="no outcome yet"):
        desk.casework.snooze(case_id, desk.now + DAY)
    with pytest.raises(Refused, match="no outcome yet"):
        desk.casework.escalate(case_id)
    with pytest.raises(Refused, match="no outcome yet"):
        desk.casework.close(case_id, Result.NONE)
    desk.casework.several(Task(Verb.SNOOZE, until=desk.now + DAY), [case_id, other])
    assert (desk.row(case_id)["state"], desk.row(other)["state"]) == ("working", "scheduled")


def test_a_late_outcome_ends_the_contact_and_leaves_the_case_where_a_colleague_led_it(desk: Desk) -> None:
    case_id = desk.case()
    call = desk.casework.start_call(case_id)
    desk.now += 2 * DAY
    colleague = desk.casework_of(desk.world.agent("ming"))
    colleague.snooze(case_id, desk.now + DAY)
    before = desk.row(case_id)
    assert desk.casework.advance_call(call.call_id, Move("end")).call_id == call.call_id
    said = desk.casework.record_outcome(
        call.contact_id, Disposition(LineResult.RIGHT_PARTY, Standing.REFUSED_FIRM, note="晚到")
    ).said
    row = desk.row(case_id)
    assert "stays" in said
    assert {name: row[name] for name in ("state", "due_at", "owner_id")} == {
        name: before[name] for name in ("state", "due_at", "owner_id")
    }
    assert row["refusals"] == 2
    assert desk.value("SELECT count(*) FROM contact WHERE ended_at IS NULL") == 0
    assert desk.faults() == []


def test_nobody_takes_a_step_in_a_colleagues_call(desk: Desk) -> None:
    call = desk.casework.start_call(desk.case())
    desk.now += 2 * DAY
    with pytest.raises(Refused, match="not yours"):
        desk.casework_of(desk.world.agent("ming")).advance_call(call.call_id, Move("end"))


def test_a_call_goes_on_after_a_restart_while_todays_playbook_cannot_be_read(desk: Desk) -> None:
    call = choose(desk, desk.casework.start_call(desk.case()), "1")

    def broken(_language: str) -> Playbook:
        raise PlaybookError("broken", "broken")

    again = SqlCasework(desk.store, Clock(lambda: desk.now), desk.settings, desk.world.agent_id, broken)
    assert place(again.advance_call(call.call_id, Move("choose", "1"))) == "offer"
    assert again.playbook_of(call.call_id).text == SMALL_PLAYBOOK


def test_another_talk_does_not_put_off_a_remedy_that_is_owed(desk: Desk) -> None:
    case_id = desk.case()
    first = desk.casework.start_call(case_id)
    desk.casework.record_outcome(first.contact_id, Disposition("right_party", "remedy_owed"))
    owed_by = desk.value("SELECT due_at FROM remedy")
    desk.now += 4 * HOUR + HOUR // 2
    again = desk.casework.start_contact(case_id, Channel.CHAT)
    desk.casework.record_outcome(again, Disposition("replied", "in_talk"))
    due = desk.value("SELECT due_at FROM follow_up WHERE kind = 'deliver_remedy' AND state = 'open'")
    assert due == int(str(owed_by)) - 2 * HOUR, "it comes up before its time"
    assert desk.row(case_id)["due_at"] == desk.now, "the talk goes on"


@pytest.mark.parametrize("note", ["说好了改完好评就返20元", "20 back once the review is changed"])
def test_a_tie_typed_as_a_note_never_stops_the_call_and_is_said_when_the_outcome_is_recorded(
    desk: Desk, note: str
) -> None:
    case_id = desk.case()
    call = desk.casework.start_call(case_id)
    desk.casework.keep_draft(DraftKind.CALL_NOTE, call.contact_id, note)
    call = choose(desk, call, "1", "1", "1", "1")
    before, tonight = desk.row(case_id), evening(desk)
    with pytest.raises(Refused, match="never depends") as told:
        desk.casework.record_outcome(call.contact_id, Disposition("right_party", "promised", tonight, note))
    assert told.value.what
    assert told.value.remedy
    assert desk.row(case_id) == before
    assert desk.value("SELECT count(*) FROM contact WHERE ended_at IS NULL AND note = ''") == 1
    assert desk.value("SELECT text FROM draft WHERE subject_id = ?", call.contact_id) == note
    decent = "裂口是我们的错,补偿照给;评价改不改由买家"
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "promised", tonight, decent))
    assert desk.value("SELECT note FROM contact WHERE id = ?", call.contact_id) == decent
    assert desk.value("SELECT count(*) FROM draft") == 0
    assert desk.faults() == []


def test_the_note_of_an_outcome_may_tell_what_a_buyer_demanded(desk: Desk) -> None:
    call = choose(desk, desk.casework.start_call(desk.case()), "1")
    desk.casework.record_outcome(
        call.contact_id, Disposition("right_party", "undecided", note="买家要求返现50才肯改评,没答应")
    )
    assert desk.value("SELECT note FROM contact") == "买家要求返现50才肯改评,没答应"


def test_nothing_is_judged_before_an_outcome_with_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def judge(words: str, **_asked: object) -> tuple[()]:
        judged.append(words)
        return ()

    monkeypatch.setattr("data.lint.lint", judge)
    first = choose(desk, desk.casework.start_call(desk.case()), "1")
    desk.casework.keep_draft(DraftKind.CALL_NOTE, first.contact_id, "腰口开线")
    desk.casework.record_outcome(first.contact_id, Disposition("right_party", "undecided"))
    assert judged == []
    second = choose(desk, desk.casework.start_call(desk.case()), "1")
    desk.casework.record_outcome(second.contact_id, Disposition("right_party", "undecided", note="腰口开线"))
    assert set(judged) == {"腰口开线"}
