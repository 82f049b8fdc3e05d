"""One yes of the buyer is one remedy: what was picked before it, beside it or after it, and never a second one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import Refused
from data.protocols import Disposition, Move, Offer
from tests.data.casework.desk import DAY, Desk
from tests.data.casework.test_calls import choose
from tests.data.casework.test_ledger import case_with_order, lead_of, on_the_hour, remedy

OWED = "SELECT count(*) FROM remedy WHERE state IN ('accepted', 'approved')"


def test_the_outcome_accepts_what_was_picked_and_makes_no_second_one(desk: Desk) -> None:
    case_id = case_with_order(desk)
    call = choose(desk, desk.casework.start_call(case_id), "1")
    desk.casework.propose_remedy(case_id, Offer("exchange"))
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "remedy_owed"))
    row = remedy(desk)
    assert (desk.world.count("remedy"), row["kind"], row["state"]) == (1, "exchange", "accepted")
    assert row["due_at"] == on_the_hour(desk.now + 2 * DAY)
    assert desk.row(case_id)["state"] == "waiting_us"
    assert desk.faults() == []


def test_a_yes_to_what_was_offered_before_the_call_means_that(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("exchange"))
    desk.now += 60_000
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1")
    assert (desk.world.count("remedy"), remedy(desk)["state"]) == (1, "accepted")
    desk.casework.advance_call(call.call_id, Move("back"))
    desk.casework.advance_call(call.call_id, Move("back"))
    assert remedy(desk)["state"] == "offered", "it stands as it did before the call"


def test_a_yes_above_the_limit_asks_a_lead_and_nothing_is_owed_before(desk: Desk) -> None:
    case_id = case_with_order(desk)
    lead = lead_of(desk)
    lead.propose_remedy(case_id, Offer("refund_part", 35))
    desk.now += 60_000
    call = choose(desk, desk.casework.start_call(case_id), "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "remedy_owed"))
    assert (desk.world.count("remedy"), remedy(desk)["state"]) == (1, "asked")
    assert desk.row(case_id)["state"] == "escalated"
    lead.approve_remedy(1)
    assert desk.value(OWED) == 1


def test_what_is_named_above_the_limit_after_the_yes_waits_for_a_lead_alone(desk: Desk) -> None:
    case_id = case_with_order(desk)
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1")
    desk.casework.propose_remedy(case_id, Offer("refund_whole"))
    assert (desk.world.count("remedy"), remedy(desk)["state"]) == (1, "asked")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "remedy_owed"))
    lead_of(desk).approve_remedy(1)
    assert desk.value(OWED) == 1


def test_of_two_that_were_picked_the_newest_is_meant(desk: Desk) -> None:
    case_id = case_with_order(desk)
    call = desk.casework.start_call(case_id)
    desk.casework.propose_remedy(case_id, Offer("exchange"))
    desk.casework.propose_remedy(case_id, Offer("voucher"))
    call = choose(desk, call, "1", "1", "1")
    states = [remedy(desk, remedy_id)["state"] for remedy_id in (1, 2)]
    assert states == ["offered", "accepted"]
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "remedy_owed"))
    assert desk.value(OWED) == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["exchange", "voucher", "refund_part", "refund_whole", "on"]), max_size=7))
def test_one_yes_is_never_two_remedies(tmp_path_factory: object, deeds: list[str]) -> None:
    desk = Desk(tmp_path_factory.mktemp("yes") / "amends.db")  # type: ignore[attr-defined]
    case_id = case_with_order(desk)
    call, steps = desk.casework.start_call(case_id), 0
    for deed in deeds:
        desk.now += 1_000
        try:
            if deed != "on":
                desk.casework.propose_remedy(case_id, Offer(deed))
            elif steps < 3:
                call, steps = choose(desk, call, "1"), steps + 1
        except Refused:
            pass
        assert desk.value(OWED) in (0, 1)
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "remedy_owed"))
    assert desk.value(OWED) in (0, 1)
    assert desk.faults() == []
