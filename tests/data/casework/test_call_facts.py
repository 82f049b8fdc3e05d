"""What guards are told about a call's buyer, order and history, and what an agent learns on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from data.casework.call_facts import entry_of
from data.playbook import run as runs
from data.playbook.facts import CallFacts
from data.playbook.state import Run
from data.protocols import Disposition, Move
from data.rows import OpenCall
from tests.data.casework.desk import DAY, HOUR, MINUTE, Desk


def facts_of(call: OpenCall) -> dict[str, Any]:
    facts = json.loads(call.run)["facts"]
    assert isinstance(facts, dict)
    return facts


def known(call: OpenCall) -> dict[str, Any]:
    found = facts_of(call)["known"]
    assert isinstance(found, dict)
    return found


def another_case_of(desk: Desk, case_id: int, **values: object) -> int:
    """A second case of the same buyer, about another review."""
    buyer = desk.row(case_id)["buyer_id"]
    assert isinstance(buyer, int)
    review = desk.world.review(buyer)
    return desk.world.case(review, contact_from=desk.now, opened_at=desk.now, buyer_id=buyer, **values)


def refused_once(desk: Desk) -> int:
    """A case whose buyer said no to the review question once; the call is over."""
    case_id = desk.case()
    call = desk.casework.start_call(case_id)
    for key in ("1", "1", "1", "2", "1"):
        call = desk.casework.advance_call(call.call_id, Move("choose", key))
    desk.casework.advance_call(call.call_id, Move("end"))
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "undecided"))
    desk.now += DAY
    return case_id


def test_a_no_and_an_objection_of_another_case_are_remembered_for_the_buyer(desk: Desk) -> None:
    call = desk.casework.start_call(another_case_of(desk, refused_once(desk)))
    assert facts_of(call)["refusals_before"] == 1
    assert facts_of(call)["objections_before"] == {"O1": 1}
    assert known(call)["buyer.cases"] == 1


def test_a_second_no_about_another_review_is_final(desk: Desk) -> None:
    other = another_case_of(desk, refused_once(desk))
    call = desk.casework.start_call(other)
    for key in ("1", "1", "1"):
        call = desk.casework.advance_call(call.call_id, Move("choose", key))
    call = desk.casework.advance_call(call.call_id, Move("objection", "O1"))
    assert json.loads(call.run)["place"] == "farewell"
    assert desk.value("SELECT refused_at FROM buyer WHERE id = ?", desk.row(other)["buyer_id"]) == desk.now


def test_an_objection_that_was_stepped_back_from_was_never_raised(desk: Desk) -> None:
    case_id = desk.case()
    call = desk.casework.start_call(case_id)
    call = desk.casework.advance_call(call.call_id, Move("objection", "O1"))
    call = desk.casework.advance_call(call.call_id, Move("back"))
    desk.casework.advance_call(call.call_id, Move("end"))
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "undecided"))
    desk.now += DAY
    assert facts_of(desk.casework.start_call(case_id))["objections_before"] == {}


def test_what_was_found_out_and_how_long_it_lasts_is_kept_with_the_step(desk: Desk) -> None:
    case_id = desk.case()
    call = desk.casework.start_call(case_id)
    desk.world.change("review_case", case_id, cause="L1")
    desk.now += 7 * MINUTE
    call = desk.casework.advance_call(call.call_id, Move("choose", "1"))
    desk.now += 2 * HOUR
    call = desk.casework.advance_call(call.call_id, Move("choose", "1"))
    run = Run.from_dict(json.loads(call.run))
    told = [step.learnt for step in run.path]
    assert told[0] == {"cause": "L1", "clock.minutes": 7, "clock.part": "morning"}
    assert run.learnt == {"cause": "L1", "clock.minutes": 127, "clock.part": "noon"}
    assert runs.back(desk.playbook, run).learnt == told[0]


def test_the_order_and_what_went_before_can_be_asked(desk: Desk) -> None:
    case_id = desk.case()
    review = desk.row(case_id)["review_id"]
    purchase = desk.value("SELECT purchase_id FROM review WHERE id = ?", review)
    if not isinstance(purchase, int):
        buyer = desk.row(case_id)["buyer_id"]
        assert isinstance(buyer, int)
        purchase = desk.world.purchase(buyer)
        assert isinstance(review, int)
        desk.world.change("review", review, purchase_id=purchase)
    desk.world.change(
        "purchase", purchase, expected_at=desk.now - 5 * DAY, signed_at=desk.now - 3 * DAY, carrier="SF", tracking="1"
    )
    call = desk.casework.start_call(case_id)
    told = known(call)
    assert {name: told[name] for name in ("order.known", "order.late", "order.tracked", "order.days")} == {
        "order.known": True,
        "order.late": True,
        "order.tracked": True,
        "order.days": 3,
    }
    assert (told["history.talks"], told["remedy.overdue"], told["remedy.delivered"]) == (0, False, False)
    desk.casework.advance_call(call.call_id, Move("choose", "3"))
    desk.casework.record_outcome(call.contact_id, Disposition("no_answer", "unreachable_retry"))
    desk.now += 2 * DAY + 5 * HOUR
    told = known(desk.casework.start_call(case_id))
    assert (told["history.last"], told["history.days"], told["history.talks"]) == ("no_answer", 2, 0)


@pytest.mark.parametrize(
    ("promised", "delivered", "entry"),
    [
        (False, False, "first_contact"),
        (True, False, "promised_followup"),
        (False, True, "remedy_check"),
        (True, True, "remedy_check"),
    ],
)
def test_a_call_starts_at_the_entry_that_fits_the_case(promised: bool, delivered: bool, entry: str) -> None:
    case = CallFacts(promised_before=promised, known={"remedy.delivered": delivered})
    entries = dict.fromkeys(("first_contact", "promised_followup", "remedy_check"), "dial")
    assert entry_of(case, entries) == entry
    assert entry_of(case, {"first_contact": "dial"}) == "first_contact"
