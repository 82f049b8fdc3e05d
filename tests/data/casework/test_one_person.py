"""A no is a person's: it holds in every shop of the owner, under whatever row the person is known there."""

from __future__ import annotations

import json

import pytest

from data.casework.hushing import hush
from data.errors import Refused
from data.outcomes import LineResult, Standing
from data.protocols import Disposition, Move, NewPhone
from data.reads import case as cases
from data.reads.same_person import BY_KEY, BY_NICK, BY_PHONE, WHO, no_of, rows_of
from data.vocabulary import Channel
from tests.data.casework.desk import DAY, NOW, Desk

NUMBER = "13912345678"


def case_of(desk: Desk, platform: str, key: str, *, number: str = "", nick: str = "", virtual: int = 0) -> int:
    """A case in a shop of its own, whose buyer is known there by `key`."""
    world = desk.world
    buyer = world.buyer(platform=platform, key=key, nick=nick or key.partition(":")[2])
    shop = world.insert("shop", platform=platform, name=f"{platform} {key} {number}", created_at=NOW)
    if number:
        world.insert("personal", buyer_id=buyer, kind="phone", value=number, virtual=virtual, added_at=NOW)
    review = world.review(buyer, shop_id=shop)
    return world.case(
        review, buyer_id=buyer, shop_id=shop, platform=platform, contact_from=desk.now, opened_at=desk.now
    )


def buyer_of(desk: Desk, case_id: int) -> int:
    return int(str(desk.row(case_id)["buyer_id"]))


def pairs_of_one_person(desk: Desk) -> list[tuple[int, int]]:
    return [
        (case_of(desk, "taobao", "nick:lily", number=NUMBER), case_of(desk, "pdd", "order:1", number=NUMBER)),
        (case_of(desk, "taobao", "uid:77"), case_of(desk, "tmall", "uid:77")),
        (case_of(desk, "taobao", "nick:阿明爱吃梨"), case_of(desk, "tmall", "nick:阿明爱吃梨")),
        (case_of(desk, "taobao", "uid:88", nick="小北"), case_of(desk, "tmall", "nick:小北")),
        (case_of(desk, "tmall", "nick:Sunny"), case_of(desk, "taobao", "uid:99", nick="Sunny")),
    ]


def test_who_is_not_to_be_contacted_in_one_shop_is_not_in_any(desk: Desk) -> None:
    for here, there in pairs_of_one_person(desk):
        desk.casework.set_do_not_contact(here)
        assert desk.row(there)["contact_from"] is None
        facts = cases.contact_facts(desk.world.connection, there, desk.now)
        assert facts is not None
        assert facts.do_not_contact_at == desk.now
        for channel in (Channel.PHONE, Channel.CHAT):
            with pytest.raises(Refused):
                desk.casework.start_contact(there, channel)


def test_a_firm_no_to_one_shop_forbids_the_call_of_another(desk: Desk) -> None:
    here = case_of(desk, "taobao", "nick:lily", number=NUMBER)
    there = case_of(desk, "pdd", "order:1", number=NUMBER)
    contact = desk.casework.start_contact(here, Channel.PHONE)
    desk.casework.record_outcome(contact, Disposition(LineResult.RIGHT_PARTY, Standing.REFUSED_FIRM))
    desk.now += DAY
    with pytest.raises(Refused):
        desk.casework.start_call(there)


def test_a_no_said_to_one_shop_is_remembered_when_another_calls(desk: Desk) -> None:
    here = case_of(desk, "taobao", "nick:lily", number=NUMBER)
    there = case_of(desk, "pdd", "order:1", number=NUMBER)
    call = desk.casework.start_call(here)
    for key in ("1", "1", "1", "2", "1"):
        call = desk.casework.advance_call(call.call_id, Move("choose", key))
    desk.casework.advance_call(call.call_id, Move("end"))
    desk.casework.record_outcome(call.contact_id, Disposition("right_party", "undecided"))
    desk.now += DAY
    facts = json.loads(desk.casework.start_call(there).run)["facts"]
    assert (facts["refusals_before"], facts["objections_before"]) == (1, {"O1": 1})


def test_a_number_that_the_platform_lends_and_a_masked_nick_tell_nobody_apart(desk: Desk) -> None:
    first = case_of(desk, "taobao", "order:1", number=NUMBER, virtual=1, nick="t**8")
    second = case_of(desk, "tmall", "order:2", number=NUMBER, virtual=1, nick="t**8")
    same_nick_elsewhere = case_of(desk, "pdd", "nick:lily"), case_of(desk, "jd", "nick:lily")
    for one, other in ((first, second), same_nick_elsewhere):
        desk.casework.set_do_not_contact(one)
        assert no_of(desk.world.connection, buyer_of(desk, other)) == (None, None)
        assert desk.row(other)["contact_from"] is not None


def test_a_person_is_followed_from_row_to_row(desk: Desk) -> None:
    first = case_of(desk, "taobao", "nick:lily")
    between = case_of(desk, "tmall", "nick:lily", number=NUMBER)
    last = case_of(desk, "jd", "order:1", number=NUMBER)
    assert set(rows_of(desk.world.connection, buyer_of(desk, first))) == {
        buyer_of(desk, each) for each in (first, between, last)
    }


def test_a_lead_lifts_it_wherever_it_was_written_down(desk: Desk) -> None:
    here, there = pairs_of_one_person(desk)[0]
    desk.casework.set_do_not_contact(here)
    lead = desk.casework_of(desk.world.agent("boss", role="lead", name="王姐", title="主管"))
    lead.lift_do_not_contact(there, "买家来电要求处理")
    for case_id in (here, there):
        assert no_of(desk.world.connection, buyer_of(desk, case_id)).do_not_contact_at is None
        assert desk.row(case_id)["contact_from"] == desk.now


def test_a_lead_takes_back_a_refusal_wherever_it_was_written_down(desk: Desk) -> None:
    here, there = pairs_of_one_person(desk)[0]
    desk.world.change("buyer", buyer_of(desk, here), refused_at=desk.now)
    lead = desk.casework_of(desk.world.agent("boss", role="lead", name="王姐", title="主管"))
    lead.correct_refusal(there, "客服按错了键,录音可证")
    assert no_of(desk.world.connection, buyer_of(desk, here)).refused_at is None


def test_a_number_typed_in_later_finds_the_no(desk: Desk) -> None:
    here, there = case_of(desk, "taobao", "nick:lily", number=NUMBER), case_of(desk, "pdd", "order:1")
    desk.casework.set_do_not_contact(here)
    assert desk.row(there)["contact_from"] is not None
    desk.casework.add_phone(there, NewPhone(NUMBER))
    assert desk.row(there)["contact_from"] is None


def test_of_many_buyers_only_those_of_the_person_are_hushed(desk: Desk) -> None:
    pairs, stranger = pairs_of_one_person(desk)[:3], case_of(desk, "jd", "order:9", number="13700000009")
    for here, _there in pairs:
        desk.world.change("buyer", buyer_of(desk, here), do_not_contact_at=desk.now)
    hush(desk.world.connection, {buyer_of(desk, each) for pair in pairs for each in pair} | {buyer_of(desk, stranger)})
    assert [desk.row(there)["contact_from"] for _here, there in pairs] == [None] * 3
    assert desk.row(stranger)["contact_from"] is not None


def test_a_placeholder_number_of_a_thousand_orders_does_not_hold_up_a_call(desk: Desk) -> None:
    case_id = case_of(desk, "taobao", "nick:lily", number=NUMBER)
    for each in range(400):
        buyer = desk.world.buyer(platform="pdd", key=f"order:{each}", nick="")
        desk.world.insert("personal", buyer_id=buyer, kind="phone", value=NUMBER, added_at=NOW)
    assert len(rows_of(desk.world.connection, buyer_of(desk, case_id))) == 200


def test_the_rows_of_a_person_are_found_by_index(desk: Desk) -> None:
    connection = desk.world.connection
    told = {"buyer_id": 1, "most": 9, "key": "uid:1", "nick_key": "nick:a", "nick": "a"}
    for statement in (BY_PHONE, BY_KEY, BY_NICK, WHO):
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", told)]
        assert not [step for step in plan if step.startswith("SCAN")], plan
