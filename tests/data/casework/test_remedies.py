"""What we owe is delivered whatever the buyer decided, and asked after only where that is wanted."""

from __future__ import annotations

import pytest

from data.errors import Refused
from data.protocols import Disposition
from tests.data.casework.desk import DAY, Desk
from tests.data.casework.test_calls import choose, evening


def test_a_delivered_remedy_is_asked_after_a_day_later(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1", "2", "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "remedy_owed"))
    assert desk.row(case_id)["state"] == "waiting_us"
    desk.casework.remedy_delivered(case_id)
    row = desk.row(case_id)
    assert (row["state"], row["follow_up_at"]) == ("scheduled", desk.now + DAY)
    assert desk.value("SELECT kind FROM follow_up WHERE state = 'open'") == "satisfaction"
    with pytest.raises(Refused):
        desk.casework.remedy_delivered(case_id)
    assert desk.faults() == []


def test_after_a_firm_no_delivery_closes_the_case_and_nobody_asks(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1", "2", "1", "2", "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "refused_firm"))
    assert desk.row(case_id)["state"] == "waiting_us"
    desk.casework.remedy_delivered(case_id)
    row = desk.row(case_id)
    assert (row["state"], row["result"]) == ("closed", "declined")
    assert desk.value("SELECT count(*) FROM follow_up WHERE state = 'open'") == 0


def test_a_promise_of_the_buyer_is_still_awaited_after_delivery(desk: Desk) -> None:
    case_id = desk.case()
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1", "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "promised", evening(desk)))
    desk.casework.remedy_delivered(case_id)
    row = desk.row(case_id)
    assert row["state"] == "waiting_buyer"
    assert row["promised_at"] == evening(desk)
    assert desk.value("SELECT count(*) FROM remedy WHERE state = 'delivered'") == 1
