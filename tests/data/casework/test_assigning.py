"""Cases that come in go to somebody, by rule: many at once as one by one, and by hand as by import."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.assignment import begins
from data.casework import batches, bulk, entry
from data.casework.portions import Hands
from data.clock import at_minute, local_day, zone
from data.protocols import NewReview
from data.settings import Assignment, Settings
from data.staff import Worker
from data.vocabulary import Grade
from tests.data.imports import Desk
from tests.data.sources.files import pdd_file, pdd_row
from tests.data.world import DAY, HOUR, NOW

ZONE = zone("Asia/Shanghai")
LOGINS = ("lili", "ming", "hong")
WORKERS = st.builds(
    Worker,
    st.sampled_from([*LOGINS, "never-came"]),
    shift=st.sampled_from([(), ((540, 1080),), ((1080, 1320),), ((0, 360), (1320, 1440))]),
    days=st.sampled_from([(), ("mon", "tue", "wed"), ("sat", "sun")]),
    platforms=st.sampled_from([(), ("pdd",), ("taobao",)]),
    languages=st.sampled_from([(), ("zh",), ("en",)]),
)
STAFF = st.lists(WORKERS, min_size=1, max_size=4, unique_by=lambda worker: worker.login).map(tuple)
ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=12)
"""Reviews: whose, and how many stars."""


class Shop(Desk):
    """A shop whose staff has worked here before."""

    def __init__(self, path: Path, rule: str, staff: tuple[Worker, ...]) -> None:
        super().__init__(path, replace(Settings(), assignment=Assignment(rule, staff)))
        for login in LOGINS:
            self.write("INSERT INTO agent (login, created_at) VALUES (?, 0)", login)

    def given(self) -> list[Any]:
        return self.all(
            "SELECT r.external_id, a.login, c.lease_until, e.code, e.number, e.agent_id FROM review_case c "
            "JOIN review r ON r.id = c.review_id LEFT JOIN agent a ON a.id = c.owner_id "
            "LEFT JOIN event e ON e.case_id = c.id AND e.kind = 'assigned' ORDER BY c.id"
        )


def rows(told: list[tuple[int, int]], first: int = 0) -> list[dict[str, Any]]:
    return [
        pdd_row(first + at, 评论ID=10**11 + first + at, 用户ID=buyer, 订单编号=f"o-{first + at}", 描述得分=stars)
        for at, (buyer, stars) in enumerate(told)
    ]


@settings(max_examples=11, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS, STAFF, st.sampled_from(["none", "buyer", "load"]), st.integers(0, 13))
def test_many_cases_at_once_go_where_they_go_one_by_one(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[int, int]],
    second: list[tuple[int, int]],
    staff: tuple[Worker, ...],
    rule: str,
    hours: int,
) -> None:
    folder = tmp_path_factory.mktemp("assigning")
    together, single = Shop(folder / "together.db", rule, staff), Shop(folder / "single.db", rule, staff)
    for at, told in ((NOW, rows(first)), (NOW + hours * HOUR, rows(second, 50))):
        together.take(pdd_file(folder / f"{at}.csv", told), now=at)
        for number, row in enumerate(told):
            single.take(pdd_file(folder / f"{at}-{number}.csv", [row]), now=at)
    assert together.given() == single.given()
    assert together.content() == single.content()
    lease = together.settings.claims.lease_hours * HOUR
    by_login = {worker.login: worker for worker in staff}
    for _review, login, lease_until, reason, starts_at, _by in together.given():
        assert (login is None) == (reason is None)
        if login is not None:
            assert rule != "none"
            assert lease_until == starts_at + lease
            opened = NOW if starts_at < NOW + hours * HOUR else NOW + hours * HOUR
            assert starts_at in (begins(by_login[login], at, ZONE, lease) for at in {opened, NOW, NOW + hours * HOUR})
    together.store.close()
    single.store.close()


def test_however_a_file_is_portioned_the_cases_go_to_the_same_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdd_file(tmp_path / "p.csv", rows([(at // 3, at % 5 + 1) for at in range(300)]))
    found = []
    for fewest, most in ((1, 1), (7, 7), (2_000, 2_000)):
        monkeypatch.setattr(bulk, "_FEWEST", fewest)
        monkeypatch.setattr(bulk, "_MOST", most)
        shop = Shop(tmp_path / f"{most}.db", "load", tuple(Worker(login) for login in LOGINS))
        shop.take(path)
        found.append(shop.given())
        counted = shop.all("SELECT count(*) FROM review_case GROUP BY owner_id")
        assert max(counted)[0] - min(counted)[0] <= 3
    assert found[0] == found[1] == found[2]


def test_a_lease_begins_when_the_shift_does(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop.db", "load", (Worker("ming", ((540, 1080),)),))
    evening = at_minute(local_day(NOW, ZONE), 22 * 60, ZONE)
    shop.take(pdd_file(tmp_path / "p.csv", rows([(1, 1)])), now=evening)
    ((_review, login, lease_until, reason, starts_at, _by),) = shop.given()
    assert (login, reason, starts_at) == ("ming", "load", evening + 11 * HOUR)
    assert lease_until == starts_at + shop.settings.claims.lease_hours * HOUR


def test_nobody_gets_a_case_whose_shift_begins_later_than_a_lease_lasts(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop.db", "load", (Worker("ming", ((540, 1080),), ("sat",)),))
    shop.take(pdd_file(tmp_path / "p.csv", rows([(1, 1)])))
    assert shop.all("SELECT owner_id, (SELECT count(*) FROM event WHERE kind = 'assigned') FROM review_case") == [
        (None, 0)
    ]


def test_the_same_buyer_goes_to_who_had_the_last_case_and_else_to_who_spoke_to_them(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop.db", "buyer", tuple(Worker(login) for login in LOGINS))
    shop.take(pdd_file(tmp_path / "1.csv", rows([(1, 1), (2, 1), (3, 1)])))
    assert [row[1] for row in shop.given()] == [None, None, None]
    shop.write("UPDATE review_case SET owner_id = 3, lease_until = ? WHERE id = 1", NOW + HOUR)
    shop.write(
        "INSERT INTO contact (case_id, buyer_id, agent_id, channel, started_at) "
        "SELECT 2, buyer_id, 2, 'phone', ? FROM review_case WHERE id = 2",
        NOW,
    )
    shop.take(pdd_file(tmp_path / "2.csv", rows([(1, 1), (2, 1), (3, 1), (1, 2)], 50)), now=NOW + HOUR)
    assert [row[1:4:2] for row in shop.given()[3:]] == [
        ("hong", "same_buyer"), ("ming", "same_buyer"), (None, None), ("hong", "same_buyer"),
    ]  # fmt: skip


def test_a_case_that_is_typed_in_goes_by_the_same_rule(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop.db", "load", tuple(Worker(login) for login in LOGINS))
    shop_id = shop.write("INSERT INTO shop (platform, name, created_at) VALUES ('taobao', '回暖旗舰店', 0)")
    for number in range(4):
        with shop.store.write() as connection:
            review = NewReview(shop_id, Grade.BAD, "裂了", "卫裤", order_id=f"90000{number}")
            entry.add_review(connection, review, now=NOW, settings=shop.settings, agent_id=1)
    assert [(row[1], row[3], row[5]) for row in shop.given()] == [
        ("lili", "load", 1), ("ming", "load", 1), ("hong", "load", 1), ("lili", "load", 1),
    ]  # fmt: skip
    shop.content()


def test_an_import_that_was_assigned_is_taken_back_like_any_other(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop.db", "load", (Worker("lili"),))
    shop.take(pdd_file(tmp_path / "1.csv", rows([(1, 1), (2, 1)])))
    work = batches.undo_batch(Hands(shop.store, 1, NOW + DAY, shop.settings, ZONE), 1)
    assert (work.reviews, work.cases, work.left) == (2, 2, [])
    assert shop.all("SELECT DISTINCT owner_id, state FROM review_case") == [(None, "closed")]
    undone = shop.all("SELECT o.kind FROM event e JOIN event o ON o.id = e.undoes WHERE e.case_id IS NOT NULL")
    assert undone == [("case_opened",), ("case_opened",)]
