"""The ledger of remedies: what is offered, decided, owed and delivered, each step in the log and whatever the buyer
does with the review."""

from __future__ import annotations

import pytest

from data.casework.entrance import SqlCasework
from data.errors import Refused
from data.protocols import Disposition, Offer
from data.vocabulary import Cause, Result
from tests.data.casework.desk import DAY, HOUR, Desk
from tests.data.casework.test_calls import choose


def case_with_order(desk: Desk, amount: int = 15_900, **values: object) -> int:
    case_id = desk.case(cause="Q1", **values)
    review, buyer = desk.world.connection.execute(
        "SELECT review_id, buyer_id FROM review_case WHERE id = ?", (case_id,)
    ).fetchone()
    order = desk.world.purchase(buyer, amount_minor=amount, currency="CNY")
    desk.world.change("review", review, purchase_id=order)
    return case_id


def lead_of(desk: Desk) -> SqlCasework:
    return desk.casework_of(desk.world.agent("boss", role="lead", name="王", title="主管"))


def on_the_hour(at: int) -> int:
    """What is said to a buyer as due: the full hour before (the shop's zone has whole hours)."""
    return at - at % HOUR


def remedy(desk: Desk, number: int = 1) -> dict[str, object]:
    cursor = desk.world.connection.execute("SELECT * FROM remedy WHERE id = ?", (number,))
    return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


def test_an_offer_is_worded_measured_and_costed_by_the_catalogue(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("refund_part", 20))
    row = remedy(desk)
    assert (row["state"], row["kind"], row["detail"]) == ("offered", "refund_part", "东西您留着,退您31元")
    assert (row["unit"], row["quantity"], row["amount_minor"], row["cost_minor"]) == ("percent", 20, 3_100, 3_100)


def test_what_was_accepted_is_owed_has_an_owner_a_due_date_and_a_task_before_it(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("refund_part"))
    desk.casework.accept_remedy(1)
    row = remedy(desk)
    due_at = on_the_hour(desk.now + DAY)
    assert (row["state"], row["owner_id"], row["due_at"]) == ("accepted", desk.world.agent_id, due_at)
    task = "SELECT due_at FROM follow_up WHERE kind = 'deliver_remedy' AND state = 'open'"
    assert desk.value(task) == due_at - 2 * HOUR
    assert desk.row(case_id)["settled"] == 1


def test_above_the_limit_a_lead_is_asked_and_nothing_is_promised_before(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("refund_part", 35))
    assert remedy(desk)["state"] == "asked"
    with pytest.raises(Refused, match="Above your limit"):
        desk.casework.accept_remedy(1)
    with pytest.raises(Refused, match="lead"):
        desk.casework.approve_remedy(1, "可以")
    lead = lead_of(desk)
    lead.approve_remedy(1, "老顾客,确实有瑕疵")
    row = remedy(desk)
    assert (row["state"], row["decided_at"], row["due_at"]) == ("approved", desk.now, on_the_hour(desk.now + DAY))
    assert desk.value("SELECT count(*) FROM follow_up WHERE kind = 'deliver_remedy' AND state = 'open'") == 1
    assert desk.value("SELECT text FROM event_text ORDER BY event_id DESC LIMIT 1") == "老顾客,确实有瑕疵"


def test_a_lead_may_not_decide_above_their_own_limit(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("refund_part", 50))
    lead = lead_of(desk)
    with pytest.raises(Refused, match="admin"):
        lead.approve_remedy(1)


def test_a_leads_no_has_a_reason_and_the_case_goes_back_to_the_agent(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("refund_whole"))
    desk.casework.escalate(case_id)
    lead = lead_of(desk)
    with pytest.raises(Refused, match="reason"):
        lead.refuse_approval(1, "")
    lead.refuse_approval(1, "换一件更合适")
    row = desk.row(case_id)
    assert remedy(desk)["state"] == "refused"
    assert (row["state"], row["owner_id"]) == ("working", desk.world.agent_id)


@pytest.mark.parametrize(
    "words", ["退20元,改好评以后给", "买家改评后退款30", "先删差评再补发", "refund 20 after the review is changed"]
)
def test_words_that_tie_a_remedy_to_the_review_are_not_kept(desk: Desk, words: str) -> None:
    case_id = case_with_order(desk)
    with pytest.raises(Refused, match="never depends"):
        desk.casework.propose_remedy(case_id, Offer("voucher", None, words))
    with pytest.raises(Refused, match="never depends"):
        desk.casework.propose_remedy(case_id, Offer(words=words))
    desk.casework.propose_remedy(case_id, Offer("refund_part", 35))
    with pytest.raises(Refused, match="never depends"):
        lead_of(desk).approve_remedy(1, words)
    assert desk.world.count("remedy") == 1
    assert desk.value("SELECT count(*) FROM event_text") == 0


def test_own_words_that_say_it_is_independent_are_kept(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("voucher", None, "10元券,评价改不改都给"))
    assert remedy(desk)["detail"] == "10元券,评价改不改都给"


def test_nothing_out_of_the_range_or_of_an_unknown_order_is_offered(desk: Desk) -> None:
    case_id = case_with_order(desk)
    with pytest.raises(Refused, match="from 5 to 50"):
        desk.casework.propose_remedy(case_id, Offer("refund_part", 60))
    with pytest.raises(Refused):
        desk.casework.propose_remedy(desk.case(), Offer("refund_part", 10))
    with pytest.raises(Refused):
        desk.casework.propose_remedy(case_id, Offer("no_such_entry"))
    assert desk.world.count("remedy") == 0


def test_a_remedy_goes_out_arrives_and_is_told_each_step_in_the_log(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("exchange"))
    desk.casework.accept_remedy(1)
    with pytest.raises(Refused, match="parcel"):
        desk.casework.issue_remedy(1, "改评再发")
    desk.casework.issue_remedy(1, "SF1390 2277 1045")
    assert remedy(desk)["tracking"] == "SF139022771045"
    desk.casework.remedy_told(1)
    assert remedy(desk)["state"] == "issued", "told that it is on its way"
    desk.casework.deliver_remedy(1)
    desk.casework.remedy_told(1)
    assert remedy(desk)["state"] == "told"
    assert [kind for kind in desk.events(case_id) if kind.startswith("remedy")] == [
        "remedy_proposed", "remedy_accepted", "remedy_issued", "remedy_told", "remedy_delivered", "remedy_told",
    ]  # fmt: skip
    assert desk.faults() == []


def test_when_one_of_two_is_delivered_the_other_keeps_its_task(desk: Desk) -> None:
    case_id = case_with_order(desk)
    for number, entry in enumerate(("exchange", "voucher"), 1):
        desk.casework.propose_remedy(case_id, Offer(entry))
        desk.casework.accept_remedy(number)
    tasks = "SELECT count(*) FROM follow_up WHERE kind = 'deliver_remedy' AND state = 'open'"
    assert desk.value(tasks) == 1
    desk.casework.deliver_remedy(2)
    assert desk.value(tasks) == 1
    desk.casework.deliver_remedy(1)
    assert desk.value(tasks) == 0
    assert desk.value("SELECT count(*) FROM follow_up WHERE kind = 'satisfaction' AND state = 'open'") == 1


def test_what_can_be_taken_back_is_and_what_the_buyer_said_is_not(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("exchange"))
    desk.casework.undo()
    assert remedy(desk)["state"] == "withdrawn"
    desk.casework.redo()
    assert remedy(desk)["state"] == "offered"
    desk.casework.decline_remedy(1)
    desk.casework.undo()
    assert (remedy(desk)["state"], desk.row(case_id)["settled"]) == ("offered", 0)
    desk.casework.accept_remedy(1)
    with pytest.raises(Refused):
        desk.casework.undo()
    desk.casework.issue_remedy(1)
    desk.casework.undo()
    assert remedy(desk)["state"] == "accepted"
    assert desk.faults() == []


def test_what_was_agreed_before_anybody_said_what_is_said_afterwards(desk: Desk) -> None:
    case_id = case_with_order(desk)
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "remedy_owed"))
    assert remedy(desk)["kind"] == "agreed"
    desk.casework.propose_remedy(case_id, Offer("exchange"))
    row = remedy(desk)
    assert (desk.world.count("remedy"), row["kind"], row["state"]) == (1, "exchange", "accepted")
    assert row["due_at"] == on_the_hour(desk.now + 2 * DAY)


def test_what_was_picked_in_a_call_is_what_the_buyer_accepts(desk: Desk) -> None:
    case_id = case_with_order(desk)
    call = choose(desk, desk.casework.start_call(case_id), "1", "1")
    desk.casework.propose_remedy(case_id, Offer("resend_first"))
    choose(desk, call, "1")
    row = remedy(desk)
    assert (desk.world.count("remedy"), row["kind"], row["state"]) == (1, "resend_first", "accepted")
    assert row["due_at"] == on_the_hour(desk.now + DAY)


def test_in_a_call_nothing_above_the_limit_is_promised_before_a_lead_said_yes(desk: Desk) -> None:
    case_id = case_with_order(desk)
    call = choose(desk, desk.casework.start_call(case_id), "1")
    desk.casework.propose_remedy(case_id, Offer("refund_whole"))
    call = choose(desk, call, "1")
    with pytest.raises(Refused, match="lead has not decided"):
        choose(desk, call, "1")


def test_a_closed_case_opens_again_for_what_a_lead_approves(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("refund_whole"))
    desk.casework.close(case_id, Result.KEPT)
    lead_of(desk).approve_remedy(1)
    row = desk.row(case_id)
    assert (row["state"], row["open"]) == ("working", 1)
    assert desk.value("SELECT count(*) FROM follow_up WHERE kind = 'deliver_remedy' AND state = 'open'") == 1


def test_only_a_lead_says_that_the_buyer_does_without(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.set_cause(case_id, Cause.DEFECT)
    desk.casework.propose_remedy(case_id, Offer("voucher"))
    desk.casework.accept_remedy(1)
    with pytest.raises(Refused, match="lead"):
        desk.casework.waive_remedy(1, "买家说不用")
    lead = lead_of(desk)
    lead.waive_remedy(1, "买家说不用")
    assert remedy(desk)["state"] == "declined"
    assert desk.value("SELECT count(*) FROM follow_up WHERE kind = 'deliver_remedy' AND state = 'open'") == 0
