"""The auditor finds what it is there to find: each rule broken once, on a copy of a simulated desk's record."""

from __future__ import annotations

import ast
import pickle
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.made_once import made_once
from tests.simulate.auditor.report import audit
from tests.simulate.forging import Forger, at
from tests.simulate.run import Simulated, Terms, simulate

AUDITOR = Path(__file__).parent / "auditor"
SMALL = Terms(agents=4, days=2, cases=20, seed=5, start=date(2026, 11, 2), pace=12)

_BREACH = "SELECT max(id) FROM event WHERE kind = 'clock_broken' AND code = 'first_contact'"

FORGERIES: dict[str, tuple[str, Callable[[Forger], object]]] = {}
"""What was done, by its name: the rule that finds it, and the deed."""


def forgery(rule: str) -> Callable[[Callable[[Forger], object]], Callable[[Forger], object]]:
    def known(deed: Callable[[Forger], object]) -> Callable[[Forger], object]:
        FORGERIES[deed.__name__] = rule, deed
        return deed

    return known


@forgery("hours")
def a_chat_at_22(desk: Forger) -> None:
    desk.contact(desk.case(), at(0, 22))


@forgery("hours")
def a_chat_in_the_buyers_night(desk: Forger) -> None:
    case_id = desk.case()
    desk.event("preference_set", at(0, 8), case_id=case_id, subject_id=desk.buyer(case_id), text="- - - Europe/Berlin")
    desk.contact(case_id, at(0, 10))


@forgery("record")
def a_call_of_ours_that_its_row_gives_to_the_buyer(desk: Forger) -> None:
    desk.contact(desk.case(), at(0, 10), "phone", "right_party", incoming=True, told=False)


@forgery("record")
def a_chat_that_the_buyer_is_said_to_have_begun(desk: Forger) -> None:
    desk.contact(desk.case(), at(0, 10), incoming=True)


@forgery("window")
def a_call_in_the_noon_rest(desk: Forger) -> None:
    desk.contact(desk.case(), at(0, 12, 30), "phone", "right_party")


@forgery("window")
def a_text_message_in_the_morning(desk: Forger) -> None:
    desk.contact(desk.case(), at(0, 10), "sms")


@forgery("window")
def a_call_outside_the_hours_that_the_buyer_named(desk: Forger) -> None:
    case_id = desk.case()
    buyer = desk.buyer(case_id)
    desk.event("preference_set", at(0, 8), case_id=case_id, subject_id=buyer, text="phone 1080-1200 - -")
    desk.contact(case_id, at(0, 15), "phone", "right_party")


@forgery("gap")
def two_chats_within_an_hour(desk: Forger) -> None:
    case_id = desk.case()
    desk.contact(case_id, at(0, 10))
    desk.contact(case_id, at(0, 11))


@forgery("daily_cap")
def three_chats_on_a_day(desk: Forger) -> None:
    case_id = desk.case()
    for hour in (9, 12, 15):
        desk.contact(case_id, at(0, hour))


@forgery("week_cap")
def seven_chats_in_a_week(desk: Forger) -> None:
    case_id = desk.case()
    for day in range(7):
        desk.contact(case_id, at(day, 10 + day % 3))


@forgery("case_cap")
def nine_chats_on_a_case(desk: Forger) -> None:
    case_id = desk.case()
    for number in range(9):
        desk.contact(case_id, at(2 * number, 10))


@forgery("calls")
def four_calls_on_a_case(desk: Forger) -> None:
    case_id = desk.case()
    for number in range(4):
        desk.contact(case_id, at(3 * number, 10), "phone", "right_party")


@forgery("other_hour")
def a_call_at_the_hour_at_which_nobody_answered(desk: Forger) -> None:
    case_id = desk.case()
    desk.contact(case_id, at(0, 10), "phone", "no_answer")
    desk.contact(case_id, at(1, 10, 59), "phone", "no_answer")


@forgery("writing_first")
def a_call_after_one_that_was_declined(desk: Forger) -> None:
    case_id = desk.case()
    desk.contact(case_id, at(0, 10), "phone", "declined")
    desk.contact(case_id, at(0, 15), "phone", "no_answer")


@forgery("abused")
def a_chat_after_abuse(desk: Forger) -> None:
    case_id = desk.case()
    desk.contact(case_id, at(0, 10), "phone", "abusive")
    desk.contact(case_id, at(0, 15))


@forgery("refused")
def a_chat_after_a_firm_refusal(desk: Forger) -> None:
    case_id = desk.case()
    desk.contact(case_id, at(0, 10), "phone", "right_party", "refused_firm")
    desk.contact(case_id, at(0, 15))


@forgery("refused")
def a_call_after_a_firm_refusal_though_a_remedy_is_owed(desk: Forger) -> None:
    case_id = desk.case()
    desk.remedy(case_id, at(0, 9))
    desk.contact(case_id, at(0, 10), "phone", "right_party", "refused_firm")
    desk.contact(case_id, at(0, 15), "phone", "right_party")


@forgery("do_not_contact")
def a_chat_with_who_wants_no_contact(desk: Forger) -> None:
    case_id = desk.case()
    desk.event("do_not_contact_set", at(0, 9), case_id=case_id, subject_id=desk.buyer(case_id))
    desk.contact(case_id, at(0, 10))


@forgery("closed")
def a_chat_on_a_closed_case(desk: Forger) -> None:
    case_id = desk.case()
    desk.move(case_id, "closed", at(0, 9), "closed")
    desk.contact(case_id, at(0, 10))


@forgery("with_lead")
def a_chat_on_a_case_that_is_with_a_lead(desk: Forger) -> None:
    case_id = desk.case()
    desk.move(case_id, "escalated", at(0, 9), "escalated")
    desk.contact(case_id, at(0, 10))


@forgery("no_number")
def a_call_to_a_number_of_somebody_else(desk: Forger) -> None:
    contact = desk.contact(desk.case(), at(0, 10), "phone", "right_party")
    desk.do("UPDATE contact SET personal_id = 1 WHERE id = ?", contact)


@forgery("number_expired")
def a_call_to_a_number_that_has_expired(desk: Forger) -> None:
    desk.contact(desk.case(expires_at=at(0, 10)), at(0, 10), "phone", "right_party")


@forgery("number_kind")
def a_text_message_to_a_number_with_an_extension(desk: Forger) -> None:
    desk.contact(desk.case(extension="12"), at(0, 19), "sms")


@forgery("quiet_day")
def a_chat_on_the_third_day_after_a_promise(desk: Forger) -> None:
    case_id = desk.case()
    desk.promise(case_id, at(0, 10), at(5, 20))
    desk.contact(case_id, at(2, 10))


@forgery("prefers_writing")
def a_call_to_who_prefers_writing(desk: Forger) -> None:
    case_id = desk.case()
    desk.event("preference_set", at(0, 9), case_id=case_id, subject_id=desk.buyer(case_id), text="chat - - -")
    desk.contact(case_id, at(0, 10), "phone", "right_party")


@forgery("rule_overridden")
def a_rule_passed_by_an_agent(desk: Forger) -> None:
    case_id = desk.case()
    desk.event("rule_overridden", at(0, 13), case_id=case_id, agent_id=desk.agent, code="phone", text="客人要求")
    desk.contact(case_id, at(0, 13), "phone", "right_party")


@forgery("rule_overridden")
def a_rule_passed_without_a_reason(desk: Forger) -> None:
    case_id = desk.case()
    desk.event("rule_overridden", at(0, 13), case_id=case_id, agent_id=desk.lead, code="phone")
    desk.contact(case_id, at(0, 13), "phone", "right_party", agent=desk.lead)


@forgery("record")
def a_contact_that_the_log_does_not_tell_of(desk: Forger) -> None:
    case_id = desk.case()
    desk.insert(
        "contact", case_id=case_id, buyer_id=desk.buyer(case_id), agent_id=desk.lead, channel="chat",
        started_at=at(0, 10), ended_at=at(0, 11), line="sent", standing="waiting_answer",
    )  # fmt: skip


@forgery("record")
def a_result_that_was_changed(desk: Forger) -> None:
    contact = desk.contact(desk.case(), at(0, 10))
    desk.do("UPDATE contact SET line = 'no_reply' WHERE id = ?", contact)


@forgery("promise")
def a_promise_that_nobody_looks_after(desk: Forger) -> None:
    case_id = desk.case()
    desk.promise(case_id, at(0, 10), at(1, 20))
    desk.do("DELETE FROM follow_up WHERE case_id = ?", case_id)
    desk.do("UPDATE review_case SET follow_up_at = NULL WHERE id = ?", case_id)


@forgery("missed")
def a_promise_that_passed_unnoticed(desk: Forger) -> None:
    case_id = desk.case()
    promise = desk.promise(case_id, at(0, 10), at(1, 20))
    desk.do("UPDATE promise SET due_at = ? WHERE id = ?", at(-30, 20), promise)


@forgery("missed")
def a_promise_that_was_missed_and_not_written_down(desk: Forger) -> None:
    desk.promise(desk.case(), at(0, 10), at(1, 20), "missed")


@forgery("kept")
def a_promise_called_kept_without_an_event(desk: Forger) -> None:
    desk.promise(desk.case(), at(0, 10), at(1, 20), "kept")


@forgery("remedy")
def a_remedy_that_nobody_has_to_deliver(desk: Forger) -> None:
    case_id = desk.case()
    desk.remedy(case_id, at(0, 10))
    desk.do("UPDATE follow_up SET state = 'dropped', settled_at = ? WHERE case_id = ?", at(0, 11), case_id)
    desk.do("UPDATE review_case SET follow_up_at = NULL WHERE id = ?", case_id)


@forgery("remedy")
def a_remedy_called_delivered_without_an_event(desk: Forger) -> None:
    remedy = desk.remedy(desk.case(), at(0, 10))
    desk.do("UPDATE remedy SET state = 'delivered', delivered_at = ? WHERE id = ?", at(0, 11), remedy)


@forgery("task")
def a_call_planned_for_the_night(desk: Forger) -> None:
    desk.follow_up(desk.case(), "retry", at(1, 23), at(0, 10))


@forgery("task")
def a_reminder_planned_for_who_wants_no_contact(desk: Forger) -> None:
    case_id = desk.case()
    desk.event("do_not_contact_set", at(0, 9), case_id=case_id, subject_id=desk.buyer(case_id))
    desk.do("UPDATE buyer SET do_not_contact_at = ? WHERE id = ?", at(0, 9), desk.buyer(case_id))
    desk.follow_up(case_id, "reminder", at(1, 18), at(0, 10))


@forgery("task")
def a_reminder_set_while_a_lead_has_the_case(desk: Forger) -> None:
    case_id = desk.case()
    desk.move(case_id, "escalated", at(0, 9), "escalated")
    desk.follow_up(case_id, "reminder", at(1, 18), at(0, 10))


@forgery("last_try")
def a_retry_after_the_last_try(desk: Forger) -> None:
    case_id = desk.case()
    contact = desk.contact(case_id, at(0, 10))
    desk.event("follow_up_done", at(0, 10, 2), case_id=case_id, contact_id=contact, code="last_try/chat")
    desk.follow_up(case_id, "retry", at(1, 10), at(0, 11))


@forgery("lost")
def a_case_that_waits_for_nothing(desk: Forger) -> None:
    desk.move(desk.case(), "outcome_recorded", at(0, 10), "scheduled")


@forgery("lost")
def a_case_that_nobody_opened(desk: Forger) -> None:
    case_id = desk.case()
    desk.event("case_opened", at(0, 10), case_id=case_id, to_state="new")


@forgery("states")
def a_state_that_was_changed_by_hand(desk: Forger) -> None:
    desk.do("UPDATE review_case SET state = 'working' WHERE id = ?", desk.case())


@forgery("verified")
def a_case_verified_by_somebodys_word(desk: Forger) -> None:
    case_id = desk.case()
    desk.move(case_id, "closed", at(0, 10), "closed")
    desk.do("UPDATE review_case SET result = 'verified' WHERE id = ?", case_id)


@forgery("follow_up")
def a_task_that_the_case_does_not_know(desk: Forger) -> None:
    case_id = desk.case()
    desk.follow_up(case_id, "public_reply", at(1, 10), at(0, 10))
    desk.do("UPDATE review_case SET follow_up_at = NULL WHERE id = ?", case_id)


@forgery("chain")
def an_event_that_was_changed(desk: Forger) -> None:
    desk.do("UPDATE event SET at = at + 1 WHERE id = 20")


@forgery("chain")
def an_event_that_was_taken_out(desk: Forger) -> None:
    desk.do("DELETE FROM event_text WHERE event_id >= 0")
    desk.do("DELETE FROM event WHERE id = (SELECT max(id) - 3 FROM event)")


@forgery("chain")
def a_text_that_was_changed(desk: Forger) -> None:
    case_id = desk.case()
    desk.event("noted", at(0, 10), case_id=case_id, text="A note")
    desk.do("UPDATE event_text SET text = 'Another' WHERE event_id = (SELECT max(id) FROM event)")


@forgery("clock")
def a_breach_that_was_not_written_down(desk: Forger) -> None:
    desk.do(f"UPDATE event SET kind = 'noted' WHERE id = ({_BREACH})")


@forgery("clock")
def a_breach_that_was_written_down_twice(desk: Forger) -> None:
    sql = f"SELECT case_id, code, number, subject_id FROM event WHERE id = ({_BREACH})"
    case_id, code, number, subject = desk.connection.execute(sql).fetchone()
    desk.event("clock_broken", at(0, 10), case_id=case_id, code=code, number=number, subject_id=subject)


@forgery("clock")
def a_breach_that_never_was(desk: Forger) -> None:
    case_id = desk.case()
    opened = desk.value("SELECT max(id) FROM event")
    due = at(-1, 13)
    desk.event("clock_broken", at(-1, 14), case_id=case_id, code="first_contact", number=due, subject_id=opened)


@forgery("second_pass")
def a_second_pass_for_the_second_time(desk: Forger) -> None:
    case_id = desk.case()
    for day in (0, 20):
        desk.move(case_id, "closed", at(day, 10), "closed")
        desk.event(
            "reopened", at(day + 14, 10), case_id=case_id, code="second_pass", from_state="closed", to_state="new"
        )
        desk.do("UPDATE review_case SET state = 'new', open = 1, result = NULL, closed_at = NULL WHERE id = ?", case_id)


@pytest.fixture
def done(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Simulated:
    """The small desk at its end, on a copy of its record."""

    def make(folder: Path) -> None:
        told = simulate(folder, SMALL)
        told.path.rename(folder / "record.db")
        (folder / "told.pickle").write_bytes(pickle.dumps(told))

    folder = made_once(tmp_path_factory, "small-desk", make)
    told: Simulated = pickle.loads((folder / "told.pickle").read_bytes())
    return replace(told, path=shutil.copyfile(folder / "record.db", tmp_path / "record.db"))


def test_every_forged_record_is_found_out_by_the_rule_that_it_breaks(tmp_path: Path, done: Simulated) -> None:
    before = {str(finding) for finding in audit(done.path, done.ended_at).findings}
    missed = {}
    for name, (rule, deed) in FORGERIES.items():
        copy = tmp_path / f"{name}.db"
        shutil.copy(done.path, copy)
        desk = Forger(copy)
        deed(desk)
        desk.connection.close()
        found = {one.rule for one in audit(copy, done.ended_at).findings if str(one) not in before}
        copy.unlink()
        if rule not in found or (rule != "chain" and len(found) > 2):
            missed[name] = found
    assert missed == {}
    assert len(FORGERIES) > 40


def test_a_record_that_keeps_every_rule_is_not_found_out(done: Simulated) -> None:
    before = audit(done.path, done.ended_at).findings
    desk = Forger(done.path)
    case_id, talking, ringing = desk.case(), desk.case(), desk.case()
    for hour in (9, 10, 11, 12):
        desk.contact(talking, at(-1, hour + 8), "chat", "replied")
    desk.contact(case_id, at(0, 9), "phone", "no_answer")
    desk.contact(case_id, at(0, 14), "phone", "right_party")
    desk.promise(case_id, at(0, 14, 2), at(3, 20))
    desk.contact(case_id, at(1, 19), "sms")
    desk.contact(case_id, at(3, 19), "sms")
    desk.remedy(case_id, at(3, 20))
    # What the buyer began is no attempt: at night, and as often as they like.
    for hour in (2, 3, 4, 5):
        desk.contact(ringing, at(4, hour), "phone", "right_party", incoming=True)
    desk.connection.close()
    assert audit(done.path, done.ended_at).findings == before


def test_the_auditor_shares_no_code_with_the_program() -> None:
    """Nothing but the standard library and its own modules."""
    for path in AUDITOR.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
                names = [node.module or ""]
            else:
                continue
            for name in names:
                own = name == "tests.simulate.auditor" or name.startswith("tests.simulate.auditor.")
                assert own or name.split(".")[0] in sys.stdlib_module_names, f"{path.name} imports {name}"
            assert "__import__" not in path.read_text(encoding="utf-8")
            assert "importlib" not in names
