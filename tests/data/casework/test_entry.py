"""What is typed in by hand: a review, a telephone number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.casework import entry
from data.errors import Refused
from data.protocols import NewPhone, NewReview
from data.rows import Done
from data.settings import Settings
from data.vocabulary import Grade
from tests.data.imports import Desk, counts
from tests.data.sources.files import order_file, order_row, taobao_file, taobao_row
from tests.data.world import HOUR, NOW

ORDER = "4604347058083367301"


class Hand(Desk):
    """A shop, and an agent who types."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.shop = self.write("INSERT INTO shop (platform, name, created_at) VALUES ('taobao', '回暖旗舰店', 0)")
        self.agent = self.write("INSERT INTO agent (login, created_at) VALUES ('lili', 0)")

    def review(self, **values: Any) -> Done:
        review = NewReview(
            **{"shop_id": self.shop, "grade": Grade.NEUTRAL, "text": "有点薄", "product": "卫裤", **values}
        )
        with self.store.write() as connection:
            return entry.add_review(connection, review, now=NOW, settings=Settings(), agent_id=self.agent)

    def phone(self, number: str, extension: str | None = None, expires_at: int | None = None) -> Done:
        with self.store.write() as connection:
            phone = NewPhone(number, extension, expires_at)
            return entry.add_phone(connection, 1, phone, now=NOW, agent_id=self.agent)


@pytest.fixture
def hand(tmp_path: Path) -> Hand:
    return Hand(tmp_path / "shop.db")


def test_a_typed_review_opens_a_case_and_stands_in_the_log(hand: Hand) -> None:
    done = hand.review(order_id=f"'{ORDER}\t", nick="莉莉")
    assert hand.all("SELECT external_id, order_external_id, grade, rating, text FROM review") == [
        (f"manual:{ORDER}", ORDER, "neutral", 3, "有点薄")
    ]
    assert hand.all("SELECT state, grade, opened_at FROM review_case") == [("new", "neutral", NOW)]
    assert hand.all("SELECT kind, agent_id FROM event") == [("case_opened", hand.agent), ("imported", hand.agent)]
    assert hand.all("SELECT source, read, new FROM import_batch") == [("manual", 1, 1)]
    assert done.event_id == 2
    hand.content()


def test_a_typed_review_without_an_order_has_a_key_of_its_own_and_a_good_one_opens_no_case(hand: Hand) -> None:
    hand.review(grade=Grade.GOOD)
    hand.review(grade=Grade.GOOD)
    assert hand.all("SELECT count(DISTINCT external_id), min(external_id LIKE 'manual:%') FROM review") == [(2, 1)]
    assert hand.all("SELECT count(*) FROM review_case") == [(0,)]


@pytest.mark.parametrize(
    "values", [{"text": "  "}, {"text": "长" * 30_000}, {"order_id": "4.6E+18"}, {"order_id": "1 2"}, {"shop_id": 9}]
)
def test_a_typed_review_that_cannot_be_kept_is_refused_with_a_sentence(hand: Hand, values: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        hand.review(**values)
    assert refused.value.what
    assert hand.all("SELECT (SELECT count(*) FROM review), (SELECT count(*) FROM event)") == [(0, 0)]


def test_a_second_review_of_the_same_order_is_refused(hand: Hand) -> None:
    hand.review(order_id=ORDER)
    with pytest.raises(Refused, match=ORDER):
        hand.review(order_id=ORDER)


def test_the_platforms_own_review_takes_over_the_typed_one_with_its_case(hand: Hand, tmp_path: Path) -> None:
    hand.review(order_id=ORDER)
    hand.write("UPDATE review_case SET state = 'waiting_buyer'")
    path = taobao_file(tmp_path / "t", [taobao_row(1, result="neutral", content="有点薄，凑合")])
    assert [counts(report)[1:4] for report in hand.take(path, path)] == [(0, 1, 0), (0, 0, 1)]
    assert hand.all("SELECT external_id, text FROM review") == [("6551659781106698201", "有点薄，凑合")]
    assert hand.all("SELECT state, grade FROM review_case") == [("waiting_buyer", "neutral")]
    assert hand.all("SELECT count(*) FROM revision") == [(0,)]
    hand.content()


def test_a_typed_review_that_has_become_good_is_evidence_like_any_other(hand: Hand, tmp_path: Path) -> None:
    hand.review(order_id=ORDER)
    hand.take(taobao_file(tmp_path / "t", [taobao_row(1, result="good")]))
    assert hand.all("SELECT state, result FROM review_case") == [("closed", "verified")]


def test_a_typed_review_joins_its_order(hand: Hand, tmp_path: Path) -> None:
    hand.take(order_file(tmp_path / "o", [order_row(1)]))
    hand.review(order_id=ORDER)
    assert hand.all("SELECT purchase_id, buyer_id FROM review") == [(1, 1)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("13800001234",), ("13800001234", None, 0, None)),
        (("１３８ 0000 1234", "12"), ("13800001234", "12", 1, None)),
        (("18877771111-123",), ("18877771111", "123", 1, None)),
        (("13800001234", None, NOW + HOUR), ("13800001234", None, 1, NOW + HOUR)),
        (("0571-88888888",), ("057188888888", None, 0, None)),
    ],
)
def test_a_typed_number_is_kept_with_extension_kind_and_expiry(
    hand: Hand, typed: tuple[Any, ...], kept: tuple[Any, ...]
) -> None:
    hand.review(order_id=ORDER)
    done = hand.phone(*typed)
    assert hand.all("SELECT value, extension, virtual, expires_at FROM personal") == [kept]
    assert hand.all("SELECT kind, case_id, subject_id, code FROM event WHERE id = ?", done.event_id) == [
        ("personal_added", 1, 1, "phone")
    ]
    hand.content()


@pytest.mark.parametrize(
    "typed",
    [
        ("138****1234",),
        ("no",),
        ("",),
        ("1.38E+10",),
        ("13800001234", "x"),
        ("13800001234", "123456789"),
        ("13800001234", None, NOW),
    ],
)
def test_a_number_that_nobody_can_dial_is_refused(hand: Hand, typed: tuple[Any, ...]) -> None:
    hand.review(order_id=ORDER)
    with pytest.raises(Refused):
        hand.phone(*typed)
    assert hand.all("SELECT count(*) FROM personal") == [(0,)]


def test_a_known_number_gets_its_new_expiry_and_is_not_kept_twice(hand: Hand) -> None:
    hand.review(order_id=ORDER)
    hand.phone("13800001234", "12", NOW + HOUR)
    with pytest.raises(Refused, match="kept already"):
        hand.phone("13800001234", "12", NOW + HOUR)
    hand.phone("13800001234", "12", NOW + 2 * HOUR)
    assert hand.all("SELECT expires_at FROM personal") == [(NOW + 2 * HOUR,)]


def test_looking_whether_a_review_is_known_reads_no_more_than_two_indexes(hand: Hand) -> None:
    with hand.store.read() as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN {entry._KNOWN}", {"shop_id": 1, "id": "x", "order_id": "y"}
        ).fetchall()
    reads = [row[3] for row in plan if row[3].startswith(("SEARCH", "SCAN"))]
    assert len(reads) == 2
    assert all("external_id=?" in read for read in reads)
