"""A call that the buyer began: it is answered, and counts as no attempt of ours."""

from __future__ import annotations

import json

import pytest

from data.casework.call_facts import entry_of
from data.errors import Refused
from data.playbook.facts import CallFacts
from data.protocols import Disposition
from data.vocabulary import Channel
from tests.data.casework.desk import HOUR, MINUTE, Desk


def test_a_call_of_the_buyer_is_no_attempt_and_leaves_the_next_one_free(desk: Desk) -> None:
    case_id = desk.case()
    before = desk.row(case_id)
    call = desk.casework.start_call(case_id, incoming=True)
    after = desk.row(case_id)
    assert after["state"] == "working"
    for name in ("attempts", "calls", "contact_from"):
        assert after[name] == before[name]
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "undecided"))
    assert desk.row(case_id)["attempts"] == before["attempts"]
    desk.now += 5 * MINUTE
    desk.casework.start_contact(case_id, Channel.PHONE)
    assert desk.row(case_id)["attempts"] == 1
    assert desk.faults() == []


def test_the_telephone_is_answered_when_we_may_not_call(desk: Desk) -> None:
    case_id = desk.case()
    desk.now += 13 * HOUR
    with pytest.raises(Refused, match="May not be contacted"):
        desk.casework.start_call(case_id)
    call = desk.casework.start_call(case_id, incoming=True)
    assert desk.value("SELECT incoming FROM contact WHERE id = ?", call.contact_id) == 1


def test_a_call_of_the_buyer_starts_at_its_own_entry_where_the_playbook_has_one(desk: Desk) -> None:
    with_it = {"first_contact": "dial", "incoming_call": "answer"}
    assert entry_of(CallFacts(), with_it, incoming=True) == "incoming_call"
    assert entry_of(CallFacts(), with_it) == "first_contact"
    assert entry_of(CallFacts(), {"first_contact": "dial"}, incoming=True) == "first_contact"
    case_id = desk.case()
    call = desk.casework.start_call(case_id, incoming=True)
    assert json.loads(call.run)["entry"] == "first_contact"


def test_an_own_call_that_led_to_nothing_takes_nothing_off_the_count(desk: Desk) -> None:
    case_id = desk.case()
    call = desk.casework.start_call(case_id, incoming=True)
    desk.casework.record_outcome(call.contact_id, Disposition("number_expired", "write_instead"))
    assert (desk.row(case_id)["attempts"], desk.row(case_id)["calls"]) == (0, 0)
