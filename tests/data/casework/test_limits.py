"""Limits by role hold in own words too: an agent promises there what names no money, and asks a lead for the rest."""

from __future__ import annotations

import pytest

from data.errors import Refused
from data.protocols import Disposition, Offer
from tests.data.casework.desk import Desk
from tests.data.casework.test_calls import choose
from tests.data.casework.test_ledger import case_with_order, lead_of, remedy

MONEY = ["退您500元", "全额退款", "赔二十块", "打五折", "免单", "refund of 50 USD", "a free one"]
PLAIN = ["手写道歉卡", "帮忙跟进安装", "回电说明", "a handwritten card"]


@pytest.mark.parametrize("words", MONEY)
def test_an_agent_asks_a_lead_for_money_in_own_words_and_nothing_is_promised_before(desk: Desk, words: str) -> None:
    case_id = case_with_order(desk)
    said = desk.casework.propose_remedy(case_id, Offer(words=words)).said
    assert "for a lead to promise" in said
    assert words in said
    assert (remedy(desk)["state"], remedy(desk)["detail"]) == ("asked", words)
    with pytest.raises(Refused, match="Above your limit"):
        desk.casework.accept_remedy(1)
    assert desk.row(case_id)["settled"] == 0
    lead_of(desk).approve_remedy(1)
    assert remedy(desk)["state"] == "approved"
    assert desk.faults() == []


@pytest.mark.parametrize("words", PLAIN)
def test_an_agent_promises_what_names_no_money(desk: Desk, words: str) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer(words=words))
    assert remedy(desk)["state"] == "offered"
    desk.casework.accept_remedy(1)
    assert remedy(desk)["state"] == "accepted"


@pytest.mark.parametrize("words", MONEY)
def test_a_lead_decides_it_alone(desk: Desk, words: str) -> None:
    case_id = case_with_order(desk)
    lead = lead_of(desk)
    lead.propose_remedy(case_id, Offer(words=words))
    assert remedy(desk)["state"] == "offered"
    with pytest.raises(Refused, match="Above your limit"):
        desk.casework.accept_remedy(1)
    lead.accept_remedy(1)
    assert remedy(desk)["state"] == "accepted"


def test_own_words_for_an_entry_of_the_catalogue_promise_no_more_than_own_words_alone(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("voucher", None, "给您退500元"))
    assert remedy(desk)["state"] == "asked"
    lead_of(desk).propose_remedy(case_id, Offer("voucher", None, "给您退500元"))
    assert remedy(desk, 2)["state"] == "offered"
    with pytest.raises(Refused, match="Above your limit"):
        desk.casework.accept_remedy(2)


def test_the_catalogues_own_wording_of_an_amount_stays_within_its_limit(desk: Desk) -> None:
    case_id = case_with_order(desk)
    desk.casework.propose_remedy(case_id, Offer("refund_part", 20))
    assert "元" in str(remedy(desk)["detail"])
    desk.casework.accept_remedy(1)
    assert remedy(desk)["state"] == "accepted"


def test_in_a_call_a_yes_to_money_in_own_words_waits_for_a_lead(desk: Desk) -> None:
    case_id = case_with_order(desk)
    call = choose(desk, desk.casework.start_call(case_id), "1", "1")
    desk.casework.propose_remedy(case_id, Offer(words="退您30元"))
    with pytest.raises(Refused, match="lead has not decided"):
        choose(desk, call, "1")


def test_what_was_agreed_without_a_name_is_no_longer_owed_once_it_is_said_to_be_money(desk: Desk) -> None:
    case_id = case_with_order(desk)
    call = choose(desk, desk.casework.start_call(case_id), "1", "1", "1")
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "remedy_owed"))
    desk.casework.propose_remedy(case_id, Offer(words="全额退款"))
    assert (desk.world.count("remedy"), remedy(desk)["state"]) == (1, "asked")
    assert desk.row(case_id)["settled"] == 0
