"""Taking back, and doing again: one act at a time, however many cases it was about."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import Refused
from data.protocols import Disposition
from data.several import Task, Verb
from data.vocabulary import Cause, Channel, Result, TaskKind
from tests.data.casework.desk import DAY, HOUR, LATER, Desk


def test_redo_does_again_what_undo_took_back_act_by_act(desk: Desk) -> None:
    case_id = desk.case()
    rows = [desk.row(case_id)]
    desk.casework.claim(case_id)
    rows.append(desk.row(case_id))
    desk.casework.snooze(case_id, desk.now + DAY)
    rows.append(desk.row(case_id))
    desk.casework.close(case_id, Result.NONE)
    rows.append(desk.row(case_id))
    for row in rows[-2::-1]:
        desk.casework.undo()
        assert same(desk.row(case_id), row)
    for row in rows[1:]:
        desk.casework.redo()
        assert same(desk.row(case_id), row)
    for row in rows[-2::-1]:
        desk.casework.undo()
        assert same(desk.row(case_id), row)
    assert desk.faults() == []


def same(row: dict[str, object], other: dict[str, object]) -> bool:
    """Whether a case stands the same, whatever the log says."""
    return {**row, **LATER} == {**other, **LATER}


def test_redo_says_when_there_is_nothing_to_do_again(desk: Desk) -> None:
    with pytest.raises(Refused, match="undone nothing"):
        desk.casework.redo()
    desk.casework.claim(desk.case())
    with pytest.raises(Refused):
        desk.casework.redo()


def test_a_new_act_clears_what_could_be_done_again(desk: Desk) -> None:
    case_id, other = desk.case(), desk.case()
    desk.casework.claim(case_id)
    desk.casework.undo()
    desk.casework.set_cause(other, Cause.SIZE)
    with pytest.raises(Refused):
        desk.casework.redo()
    assert desk.row(case_id)["owner_id"] is None


def test_redo_is_refused_once_somebody_has_acted_since(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.claim(case_id)
    desk.casework.undo()
    ming = desk.world.agent("ming")
    desk.casework_of(ming).claim(case_id)
    with pytest.raises(Refused, match="acted on this case"):
        desk.casework.redo()
    assert desk.row(case_id)["owner_id"] == ming


def test_what_somebody_did_and_took_back_does_not_stand_in_the_way(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.set_cause(case_id, Cause.SIZE)
    ming = desk.casework_of(desk.world.agent("ming"))
    ming.claim(case_id)
    ming.undo()
    desk.casework.undo()
    ming.claim(case_id)
    ming.undo()
    desk.casework.redo()
    assert desk.row(case_id)["cause"] == Cause.SIZE


def test_an_act_on_several_is_taken_back_where_nobody_acted_since_and_the_rest_is_said(desk: Desk) -> None:
    cases = [desk.case() for _case in range(5)]
    desk.casework.several(Task(Verb.CAUSE, cause=Cause.SIZE), cases)
    ming = desk.casework_of(desk.world.agent("ming"))
    ming.add_note(cases[0], "看过了")
    ming.add_note(cases[3], "看过了")
    said = desk.casework.undo().said
    assert said == "Undone: cause, 3 cases (2 left: somebody has acted since)"
    assert [desk.row(case_id)["cause"] for case_id in cases] == ["X2", None, None, "X2", None]
    assert desk.casework.redo().said == "Done again: cause, 3 cases"
    assert {desk.row(case_id)["cause"] for case_id in cases} == {"X2"}


def test_undo_puts_back_only_what_the_act_changed(desk: Desk) -> None:
    review = desk.world.review()
    buyer = desk.value("SELECT buyer_id FROM review WHERE id = ?", review)
    case_id = desk.world.case(review, contact_from=desk.now)
    other = desk.world.case(desk.world.review(int(str(buyer))), contact_from=desk.now)
    desk.casework.claim(case_id)
    desk.casework_of(desk.world.agent("ming")).set_do_not_contact(other)
    desk.casework.undo()
    assert desk.row(case_id)["contact_from"] is None


def test_a_case_of_a_buyer_who_asked_for_silence_is_not_opened_again_by_redo(desk: Desk) -> None:
    review = desk.world.review()
    buyer = int(str(desk.value("SELECT buyer_id FROM review WHERE id = ?", review)))
    case_id = desk.world.case(review, state="closed")
    other = desk.world.case(desk.world.review(buyer))
    desk.casework.reopen(case_id)
    desk.casework.undo()
    desk.casework_of(desk.world.agent("ming")).set_do_not_contact(other)
    with pytest.raises(Refused):
        desk.casework.redo()
    assert desk.row(case_id)["state"] == "closed"


def test_what_undo_brings_back_leads_nobody_to_a_buyer_who_asked_for_silence_meanwhile(desk: Desk) -> None:
    review = desk.world.review()
    buyer = int(str(desk.value("SELECT buyer_id FROM review WHERE id = ?", review)))
    case_id, other = desk.world.case(review), desk.world.case(desk.world.review(buyer))
    contact = desk.casework.start_contact(case_id, Channel.CHAT)
    desk.casework.record_outcome(contact, Disposition("sent", "waiting_answer"))
    desk.casework.snooze(case_id, desk.now + 9 * DAY)
    asked_at = desk.now
    desk.casework_of(desk.world.agent("ming")).set_do_not_contact(other)
    desk.now += HOUR
    desk.casework.undo()
    assert desk.value("SELECT count(*) FROM follow_up WHERE case_id = ? AND state = 'open'", case_id) == 0
    assert desk.row(case_id)["due_at"] == asked_at


def test_a_case_handed_over_is_the_colleagues_with_the_note_on_it(desk: Desk) -> None:
    case_id = desk.case()
    ming = desk.world.agent("ming", name="阿明")
    desk.casework.claim(case_id)
    said = desk.casework.hand_over(case_id, ming, "买家要 20 点后再打").said
    row = desk.row(case_id)
    assert said == "Handed over to 阿明"
    assert (row["owner_id"], row["lease_until"]) == (ming, desk.now + desk.settings.claims.lease_hours * HOUR)
    assert desk.value("SELECT text FROM note") == "买家要 20 点后再打"
    assert desk.value("SELECT subject_id FROM event WHERE kind = 'handed_over'") == ming
    with pytest.raises(Refused):
        desk.casework.claim(case_id)
    desk.casework.undo()
    assert desk.row(case_id)["owner_id"] == desk.world.agent_id
    assert desk.value("SELECT count(*) FROM note") == 1


@pytest.mark.parametrize("several", [False, True])
def test_what_has_to_be_done_for_a_case_goes_with_it_and_comes_back(desk: Desk, several: bool) -> None:
    case_id = desk.case()
    me, ming, third = desk.world.agent_id, desk.world.agent("ming"), desk.world.agent("third")
    for number, owner in enumerate((me, None, third, me), 1):
        state = "delivered" if number == 4 else "offered"
        desk.world.insert(
            "remedy", case_id=case_id, agent_id=me, owner_id=owner, kind="agreed", state=state, offered_at=desk.now
        )
    desk.casework.create_task(case_id, TaskKind.BATCH_CHECK)

    def owners() -> tuple[list[object], object]:
        rows = desk.world.connection.execute("SELECT owner_id FROM remedy ORDER BY id").fetchall()
        return [row[0] for row in rows], desk.value("SELECT owner_id FROM task")

    before = owners()
    if several:
        desk.casework.several(Task(Verb.HAND_OVER, to=ming), [case_id])
    else:
        desk.casework.hand_over(case_id, ming)
    after = owners()
    assert after == ([ming, ming, third, me], ming)
    desk.casework.undo()
    assert owners() == before
    desk.casework.redo()
    assert owners() == after
    assert desk.faults() == []


def test_what_has_to_be_done_for_a_case_goes_to_the_lead_who_takes_it_over(desk: Desk) -> None:
    case_id, ming = desk.case(), desk.world.agent("ming")
    desk.casework_of(ming).claim(case_id)
    desk.world.insert(
        "remedy", case_id=case_id, agent_id=ming, owner_id=ming, kind="agreed", state="offered", offered_at=desk.now
    )
    desk.world.change("agent", desk.world.agent_id, role="lead")
    desk.casework.take_over(case_id)
    assert desk.value("SELECT owner_id FROM remedy") == desk.world.agent_id
    desk.casework.undo()
    assert desk.value("SELECT owner_id FROM remedy") == ming
    assert desk.faults() == []


def test_a_case_that_waits_stays_the_colleagues_beyond_its_time(desk: Desk) -> None:
    case_id = desk.case()
    desk.casework.snooze(case_id, desk.now + 3 * DAY)
    desk.casework.hand_over(case_id, desk.world.agent("ming"))
    lease = desk.settings.claims.lease_hours * HOUR
    assert desk.row(case_id)["lease_until"] == desk.now + 3 * DAY + lease


def test_only_a_lead_hands_over_what_a_colleague_has(desk: Desk) -> None:
    ming, qiang = desk.world.agent("ming", name="阿明"), desk.world.agent("qiang")
    case_id = desk.case(owner_id=ming)
    with pytest.raises(Refused, match="阿明"):
        desk.casework.hand_over(case_id, qiang)
    lead = desk.casework_of(desk.world.agent("boss", role="lead", name="王姐"))
    with pytest.raises(Refused, match="阿明"):
        lead.hand_over(case_id, ming)
    lead.hand_over(case_id, qiang)
    assert desk.row(case_id)["owner_id"] == qiang


@pytest.mark.parametrize("to", [0, 999])
def test_a_case_goes_to_somebody_who_works_here_and_not_to_oneself(desk: Desk, to: int) -> None:
    case_id = desk.case()
    with pytest.raises(Refused):
        desk.casework.hand_over(case_id, to)
    with pytest.raises(Refused):
        desk.casework.hand_over(case_id, desk.world.agent_id)
    with pytest.raises(Refused):
        desk.casework.hand_over(desk.case(state="closed"), desk.world.agent("ming"))


STEPS = st.lists(
    st.sampled_from(["claim", "cause", "snooze", "close", "reopen", "all", "other", "undo", "redo"]), max_size=14
)


@given(STEPS)
@settings(max_examples=18, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_and_redo_walk_over_the_same_states_like_an_editor(desk: Desk, steps: list[str]) -> None:
    """Against a model that keeps whole states in two stacks."""
    cases = [desk.case(), desk.case(), desk.case()]
    agent = desk.casework_of(desk.world.agent(f"agent{desk.world.count('agent')}"))

    def states() -> list[dict[str, object]]:
        return [{**desk.row(case_id), **LATER} for case_id in cases]

    past: list[list[dict[str, object]]] = []
    future: list[list[dict[str, object]]] = []
    for step in steps:
        before = states()
        try:
            match step:
                case "undo":
                    agent.undo()
                case "redo":
                    agent.redo()
                case "claim":
                    agent.claim(cases[0])
                case "cause":
                    agent.set_cause(cases[0], Cause.SIZE)
                case "snooze":
                    agent.snooze(cases[1], desk.now + HOUR)
                case "close":
                    agent.close(cases[0], Result.NONE)
                case "reopen":
                    agent.reopen(cases[0])
                case "all":
                    agent.several(Task(Verb.CAUSE, cause=Cause.DEFECT), cases)
                case "other":
                    agent.several(Task(Verb.SNOOZE, until=desk.now + DAY), cases)
        except Refused:
            assert states() == before
            assert step not in ("undo", "redo") or not (past if step == "undo" else future)
            continue
        if step == "undo":
            assert states() == past.pop()
            future.append(before)
        elif step == "redo":
            assert states() == future.pop()
            past.append(before)
        else:
            past.append(before)
            future.clear()
    assert desk.faults() == []
