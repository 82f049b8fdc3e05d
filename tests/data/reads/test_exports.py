"""Exports: every case, contact and event as a record with the fields that other programs rely on."""

from __future__ import annotations

from data.casework.chain import NewEvent, append_events
from data.clock import iso
from data.reads import exports
from data.vocabulary import EventKind
from tests.data.world import HOUR, NOW, World


def test_a_case_is_exported_with_the_platforms_own_ids_and_iso_times(world: World) -> None:
    buyer = world.buyer()
    product = world.product()
    order = world.purchase(buyer, external_id="4604347058083367316")
    review = world.review(
        buyer, external_id="65516", purchase_id=order, product_id=product, text="太短\x1b", created_at=NOW
    )
    world.case(review, cause="Q1", owner_id=1, attempts=2, promised_at=NOW + HOUR, state="waiting_buyer")
    (record,) = exports.cases(world.connection)
    assert {
        "platform": "taobao",
        "shop": "回暖旗舰店",
        "review_id": "65516",
        "order_id": "4604347058083367316",
        "product": "加绒卫裤 黑 XL",
        "rating": 1,
        "grade": "bad",
        "text": "太短\x1b",
        "created_at": "2026-11-18T19:06:40+08:00",
        "state": "waiting_buyer",
        "result": None,
        "cause": "Q1",
        "owner": "莉莉",
        "contacts": 2,
        "promised_at": "2026-11-18T20:06:40+08:00",
    }.items() <= record.items()


def test_open_and_closed_cases_are_exported_in_the_order_they_were_opened(world: World) -> None:
    cases = [world.case(), world.case(state="closed", result="verified"), world.case()]
    assert [record["case_id"] for record in exports.cases(world.connection)] == cases


def test_an_order_that_was_never_imported_still_has_its_number(world: World) -> None:
    world.case(world.review(order_external_id="261117-1"))
    assert [record["order_id"] for record in exports.cases(world.connection)] == ["261117-1"]


def test_every_contact_is_exported_with_its_outcome(world: World) -> None:
    case = world.case()
    world.contact(case, note="腰口")
    world.contact(case, ended_at=None, line=None, standing=None)
    first, second = exports.outcomes(world.connection)
    assert (first["line"], first["standing"], first["agent"], first["note"]) == (
        "no_answer",
        "unreachable_retry",
        "莉莉",
        "腰口",
    )
    assert (second["line"], second["ended_at"]) == (None, None)


def test_events_are_exported_with_their_hashes_and_without_the_texts(world: World) -> None:
    append_events(world.connection, [NewEvent(NOW, EventKind.NOTED, agent_id=1, case_id=world.case(), text="秘密")])
    (record,) = exports.events(world.connection)
    assert (record["kind"], record["agent"], record["at"]) == ("noted", "lili", "2026-11-18T19:06:40+08:00")
    assert record["hash"]
    assert "秘密" not in repr(record)


def test_the_columns_of_each_export_are_those_of_its_records(world: World) -> None:
    case = world.case()
    world.contact(case)
    append_events(world.connection, [NewEvent(NOW, EventKind.CASE_OPENED, case_id=case)])
    for name, read in exports.EXPORTS.items():
        assert tuple(next(read(world.connection, iso))) == exports.FIELDS[name]
