"""One case's page: all that is known of it, the buyer's data masked, and the facts that the contact rules weigh."""

from __future__ import annotations

import pytest

from data.errors import Refused
from data.reads import SqlReads
from tests.data.world import DAY, HOUR, MINUTE, NOW, World


def test_a_case_that_does_not_exist_is_refused_by_number(reads: SqlReads) -> None:
    with pytest.raises(Refused, match="4711"):
        reads.case(4711, now=NOW)


def test_a_bare_case_has_empty_lists_and_no_order(world: World, reads: SqlReads) -> None:
    page = reads.case(world.case(), now=NOW)
    assert page.order is None
    assert (page.personal, page.revisions, page.contacts, page.promises) == ((), (), (), ())
    assert (page.remedies, page.notes, page.earlier_orders, page.earlier_reviews) == ((), (), (), ())
    assert page.grades == {"bad": 1}
    assert page.facts.phone is None
    assert (page.follow_up_at, page.follow_up_kind, page.settled) == (None, None, False)


def test_the_page_tells_review_order_shop_and_case(world: World, reads: SqlReads) -> None:
    buyer = world.buyer()
    product = world.product()
    order = world.purchase(
        buyer, product_id=product, variant="黑 XL", amount_minor=8_900, paid_at=NOW - 9 * DAY, tracking="1268009432221"
    )
    review = world.review(
        buyer,
        purchase_id=order,
        product_id=product,
        order_external_id="x1",
        text="第一行\n第二行",
        appended_text="还是\x1b[5m差",
        appended_at=NOW,
        reply_text="抱歉",
        rating=1,
    )
    case = world.case(review, state="waiting_us", settled=1, review_questions=1, calls=2, refusals=1, promised_at=NOW)
    world.insert("follow_up", case_id=case, kind="satisfaction", state="open", due_at=NOW + DAY, set_at=NOW)
    world.insert("follow_up", case_id=case, kind="retry", state="done", due_at=NOW, set_at=NOW)
    page = reads.case(case, now=NOW)
    assert page.row == reads.row(case)
    assert (page.text, page.appended_text, page.reply_text) == ("第一行 第二行", "还是[5m差", "抱歉")
    assert (page.shop, page.zone, page.rating, page.order_external_id) == ("回暖旗舰店", "Asia/Shanghai", 1, "x1")
    assert page.order is not None
    assert (page.order.product, page.order.amount_minor, page.order.tracking) == (
        "加绒卫裤 黑 XL",
        8_900,
        "1268009432221",
    )
    assert (page.calls, page.refusals, page.review_questions, page.settled) == (2, 1, 1, True)
    assert (page.follow_up_kind, page.promised_at) == ("satisfaction", NOW)


def test_personal_data_is_masked_and_that_of_this_order_comes_first(world: World, reads: SqlReads) -> None:
    buyer = world.buyer()
    order = world.purchase(buyer)
    case = world.case(world.review(buyer, purchase_id=order))
    common = {"buyer_id": buyer, "added_at": NOW}
    world.insert(
        "personal", **common, purchase_id=order, kind="phone", value="13812342211", extension="1234", virtual=1
    )
    world.insert("personal", **common, kind="phone", value="13900001111")
    world.insert("personal", **common, purchase_id=order, kind="address", value="广东省佛山市季华路1号")
    world.insert("personal", buyer_id=world.buyer(), added_at=NOW, kind="phone", value="13999998888")
    page = reads.case(case, now=NOW)
    assert [datum.masked for datum in page.personal] == ["广东省 佛山市****", "138****2211", "139****1111"]
    phone = page.personal[1]
    assert (phone.virtual, phone.extension) == (True, True)
    assert "13812342211" not in repr(page)


def test_the_number_to_call_is_the_newest_that_has_not_expired(world: World, reads: SqlReads) -> None:
    case = world.case()
    common = {"buyer_id": reads.case(case, now=NOW).facts.buyer_id, "added_at": NOW, "kind": "phone"}
    lasting = world.insert("personal", **common, value="13812342211")
    expired = world.insert("personal", **common, value="13812342212", expires_at=NOW - 1)
    phone = reads.case(case, now=NOW).facts.phone
    assert phone is not None
    assert phone.id == lasting
    world.change("personal", lasting, expires_at=NOW - 1)
    phone = reads.case(case, now=NOW).facts.phone
    assert phone is not None
    assert phone.id == expired


def test_the_rules_are_told_every_attempt_of_thirty_days_on_any_case_of_the_buyer(
    world: World, reads: SqlReads
) -> None:
    buyer = world.buyer(do_not_contact_at=None, preferred_channel="chat", preferred_from=600, preferred_until=700)
    case = world.case(world.review(buyer), calls=1)
    other = world.case(world.review(buyer))
    world.contact(case, started_at=NOW - 31 * DAY)
    world.contact(other, started_at=NOW - HOUR)
    world.contact(case, started_at=NOW - 2 * HOUR)
    world.contact(case, started_at=NOW - 3 * HOUR, line="number_expired", standing="write_instead")
    world.contact(case, started_at=NOW - MINUTE, ended_at=None, line=None, standing=None)
    world.contact(world.case(), started_at=NOW - HOUR)
    world.insert("follow_up", case_id=case, kind="callback", state="open", due_at=NOW + HOUR, set_at=NOW)
    page = reads.case(case, now=NOW)
    assert page.facts.attempts_at == (NOW - 2 * HOUR, NOW - HOUR, NOW - MINUTE)
    assert (page.facts.preferred_channel, page.facts.preferred_from, page.facts.calls) == ("chat", 600, 1)
    assert page.facts.appointment_at == NOW + HOUR
    assert [contact.case_id for contact in page.contacts] == [case, other, case, case, case]


def test_lists_are_newest_first_and_end_after_some(world: World, reads: SqlReads) -> None:
    buyer = world.buyer()
    mine = world.purchase(buyer, paid_at=NOW)
    review = world.review(buyer, purchase_id=mine, created_at=NOW)
    case = world.case(review)
    orders = [world.purchase(buyer, paid_at=NOW - number * DAY) for number in range(1, 25)]
    for number in range(1, 25):
        world.review(buyer, created_at=NOW - number * DAY, grade="good", rating=5, text=f"第{number}条")
    for number in range(3):
        world.insert("note", case_id=case, agent_id=world.agent_id, at=NOW + number, text=f"n\n{number}")
        world.insert(
            "promise", case_id=case, by_whom="buyer", kind="revise", state="open", made_at=NOW + number, due_at=NOW
        )
        world.insert("remedy", case_id=case, agent_id=1, kind="refund_part", state="offered", offered_at=NOW + number)
        world.insert("revision", review_id=review, kind="revised", seen_at=NOW + number, text_after="好\x00了")
    page = reads.case(case, now=NOW)
    assert [order.id for order in page.earlier_orders] == orders[:20]
    assert [review.text for review in page.earlier_reviews] == [f"第{number}条" for number in range(1, 21)]
    assert page.grades == {"bad": 1, "good": 24}
    assert [note.text for note in page.notes] == ["n 2", "n 1", "n 0"]
    assert [promise.made_at for promise in page.promises] == [NOW + 2, NOW + 1, NOW]
    assert [remedy.offered_at for remedy in page.remedies] == [NOW + 2, NOW + 1, NOW]
    assert [revision.text_after for revision in page.revisions] == ["好了"] * 3


def test_an_earlier_review_names_its_case_if_it_has_one(world: World, reads: SqlReads) -> None:
    buyer = world.buyer()
    earlier = world.case(world.review(buyer))
    page = reads.case(world.case(world.review(buyer)), now=NOW)
    assert [review.case_id for review in page.earlier_reviews] == [earlier]


def test_the_whole_nick_is_there_for_the_clipboard(world: World, reads: SqlReads) -> None:
    case = world.case(world.review(world.buyer(nick="爱吃橙子的猫\x1b")))
    assert reads.nick(case) == "爱吃橙子的猫"
    assert reads.nick(999) == ""
