"""Acts on a case apart from contacts, and taking them back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from data.casework.arrows import allows
from data.errors import Refused, StoreError
from data.several import Task, Verb
from data.vocabulary import Cause, DraftKind, Result, State
from tests.data.casework.desk import DAY, HOUR, LATER, Desk


def test_a_snoozed_case_comes_back_at_its_time_and_undo_brings_it_back_now(desk: Desk) -> None:
    case_id = desk.case()
    before = desk.row(case_id)
    desk.casework.snooze(case_id, desk.now + DAY)
    row = desk.row(case_id)
    assert (row["state"], row["due_at"], row["follow_up_at"]) == ("scheduled", desk.now + DAY, desk.now + DAY)
    desk.casework.undo()
    assert {**desk.row(case_id), **LATER} == {**before, **LATER}
    assert desk.value("SELECT count(*) FROM follow_up WHERE state = 'open'") == 0
    assert desk.events(case_id) == ["snoozed", "undone"]


def test_undo_goes_back_act_by_act(desk: Desk) -> None:
    case_id = desk.case()
    before = desk.row(case_id)
    desk.casework.claim(case_id)
    desk.casework.set_cause(case_id, Cause.SIZE)
    desk.casework.close(case_id, Result.NONE)
    for _act in range(3):
        desk.casework.undo()
    assert {**desk.row(case_id), **LATER} == {**before, **LATER}
    with pytest.raises(Refused):
        desk.casework.undo()
    assert desk.faults() == []


def test_undo_is_refused_once_somebody_has_acted_since(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.set_cause(case_id, Cause.SIZE)
    desk.casework_of(desk.world.agent("ming")).add_note(case_id, "看过了")
    with pytest.raises(Refused):
        desk.casework.undo()
    assert desk.row(case_id)["cause"] == Cause.SIZE


def test_an_attempt_to_contact_is_never_taken_back(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.start_call(case_id)
    with pytest.raises(Refused):
        desk.casework.undo()
    assert desk.row(case_id)["attempts"] == 1


def test_no_hand_closes_a_case_as_verified(desk: Desk) -> None:
    case_id = desk.case()
    with pytest.raises(Refused):
        desk.casework.close(case_id, Result.VERIFIED)


def test_only_a_lead_takes_over_and_lifts_do_not_contact(desk: Desk) -> None:
    case_id = desk.case()
    lead = desk.casework_of(desk.world.agent("boss", role="lead", name="王姐", title="主管"))
    desk.casework.escalate(case_id)
    with pytest.raises(Refused):
        desk.casework.take_over(case_id)
    lead.take_over(case_id)
    lead.set_do_not_contact(case_id)
    with pytest.raises(Refused):
        desk.casework.lift_do_not_contact(case_id, "买家来电要求处理")
    with pytest.raises(Refused):
        lead.lift_do_not_contact(case_id, " ")
    lead.lift_do_not_contact(case_id, "买家来电要求处理")
    assert desk.value("SELECT do_not_contact_at FROM buyer") is None


def test_only_a_lead_takes_back_a_refusal_and_only_with_a_reason(desk: Desk) -> None:
    case_id = desk.case(refusals=2)
    desk.world.connection.execute("UPDATE buyer SET refused_at = ?", (desk.now,))
    lead = desk.casework_of(desk.world.agent("boss", role="lead", name="王姐", title="主管"))
    with pytest.raises(Refused):
        desk.casework.correct_refusal(case_id, "按错了键")
    with pytest.raises(Refused):
        lead.correct_refusal(case_id, "")
    lead.correct_refusal(case_id, "客服按错了键,录音可证")
    assert desk.row(case_id)["refusals"] == 0
    assert desk.value("SELECT refused_at FROM buyer") is None
    assert desk.events(case_id) == ["refusal_corrected"]
    assert desk.faults() == []


def test_personal_data_is_shown_for_a_reason_and_the_showing_is_in_the_log(desk: Desk) -> None:
    case_id = desk.case()
    number = int(str(desk.value("SELECT id FROM personal")))
    with pytest.raises(Refused):
        desk.casework.reveal(case_id, number, "")
    assert desk.casework.reveal(case_id, number, "买家要求回电") == "14001516737"
    assert desk.events(case_id) == ["revealed"]
    assert desk.value("SELECT text FROM event_text") == "买家要求回电"


def test_personal_data_of_another_buyer_is_not_shown(desk: Desk) -> None:
    desk.case()
    other = desk.case()
    with pytest.raises(Refused):
        desk.casework.reveal(other, int(str(desk.value("SELECT min(id) FROM personal"))), "好奇")


VERBS = st.lists(
    st.sampled_from(
        ["claim", "release", "snooze", "escalate", "take_over", "close", "reopen", "undo", "add_note", "cause"]
    ),
    max_size=12,
)


@given(VERBS)
@settings(max_examples=11, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_tried_every_change_of_state_is_an_arrow_and_the_log_verifies(desk: Desk, verbs: list[str]) -> None:
    lead = desk.casework_of(desk.world.agent(f"lead{desk.world.count('agent')}", role="lead", name="王", title="主管"))
    case_id = desk.case()
    for verb in verbs:
        was = State(str(desk.row(case_id)["state"]))
        try:
            match verb:
                case "snooze":
                    lead.snooze(case_id, desk.now + HOUR)
                case "close":
                    lead.close(case_id, Result.NONE)
                case "undo":
                    lead.undo()
                case "add_note":
                    lead.add_note(case_id, "先看看")
                case "cause":
                    lead.set_cause(case_id, Cause.SIZE)
                case _:
                    getattr(lead, verb)(case_id)
        except Refused:
            assert State(str(desk.row(case_id)["state"])) is was
        is_now = State(str(desk.row(case_id)["state"]))
        if is_now is not was and verb != "undo":
            assert allows(verb, was, is_now)
    assert desk.faults() == []


def test_a_full_disk_in_the_middle_of_a_verb_is_said_as_such_and_leaves_nothing_behind(desk: Desk) -> None:
    case_id = desk.case()
    with desk.store.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    def many_notes() -> None:
        for _note in range(100):
            desk.casework.add_note(case_id, "字" * 4000)

    with pytest.raises(StoreError, match="room"):
        many_notes()
    assert desk.value("SELECT count(*) FROM note") == desk.events(case_id).count("noted")


@pytest.mark.parametrize("way", ["note", "hand over", "several"])
def test_a_note_that_ties_money_to_the_review_is_not_kept_and_stays_to_be_reworded(desk: Desk, way: str) -> None:
    case_id, ming = desk.case(), desk.world.agent("ming")
    tied, plain = "谈好了，改好评就返20元", "买家说不退钱就不改，已说明补偿照常"
    desk.casework.keep_draft(DraftKind.CASE_NOTE, case_id, tied)

    def keep(words: str) -> None:
        match way:
            case "note":
                desk.casework.add_note(case_id, words)
            case "hand over":
                desk.casework.hand_over(case_id, ming, words)
            case "several":
                desk.casework.several(Task(Verb.HAND_OVER, to=ming, note=words), [case_id])

    with pytest.raises(Refused) as refused:
        keep(tied)
    assert refused.value.remedy
    assert desk.value("SELECT count(*) FROM note") == 0
    assert desk.value("SELECT text FROM draft") == tied
    keep(plain)
    assert desk.value("SELECT text FROM note") == plain


def test_what_was_typed_never_stands_in_the_words_of_an_unexpected_error(desk: Desk) -> None:
    case_id = desk.case()
    desk.world.connection.execute("CREATE TRIGGER no_notes BEFORE INSERT ON note BEGIN SELECT RAISE(ABORT, 'no'); END")
    desk.world.connection.commit()
    with pytest.raises(DBAPIError) as found:
        desk.casework.add_note(case_id, "138 0013 8000")
    assert "8000" not in str(found.value)
