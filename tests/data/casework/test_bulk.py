"""Bulk casework: many rows at once give what they give one by one, and what a changed review means for its case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework import bulk
from data.casework.chain import NewEvent, append_events
from data.settings import Grades, Settings
from data.vocabulary import EventKind
from tests.data.imports import Desk, counts
from tests.data.sources.files import order_file, order_row, pdd_file, pdd_row, taobao_file, taobao_row
from tests.data.world import DAY, HOUR, NOW

_REVIEWS = st.lists(
    st.fixed_dictionaries(
        {
            "n": st.integers(0, 6),
            "o": st.integers(0, 4),
            "result": st.sampled_from(["good", "neutral", "bad"]),
            "content": st.sampled_from(["太短了", "裂了", "还好"]),
            "nick": st.sampled_from(["s**5", "莉莉", "小王", ""]),
            "append_content": st.sampled_from(["", "追加"]),
            "reply": st.sampled_from(["", "抱歉"]),
        }
    ),
    max_size=7,
    unique_by=lambda row: row["n"],
)
_ORDERS = st.lists(
    st.fixed_dictionaries(
        {
            "o": st.integers(0, 4),
            "买家会员名": st.sampled_from(["s**5", "莉莉", "小王"]),
            "联系手机": st.sampled_from(["13800001234", "18877771111-123", ""]),
            "订单状态": st.sampled_from(["交易成功", "交易关闭"]),
        }
    ),
    max_size=5,
    unique_by=lambda row: row["o"],
)
_STEPS = st.lists(st.one_of(st.tuples(st.just("r"), _REVIEWS), st.tuples(st.just("o"), _ORDERS)), max_size=4)


def write(path: Path, kind: str, rows: list[dict[str, Any]]) -> Path:
    if kind == "o":
        made = [order_row(row["o"], **{key: row[key] for key in row if key != "o"}) for row in rows]
        return order_file(path, made)
    named = [{key: row[key] for key in row if key not in "no"} for row in rows]
    made = [
        taobao_row(row["n"], tid=f"46043470580833673{row['o']:02}", num_iid=row["o"] % 2, **more)
        for row, more in zip(rows, named, strict=True)
    ]
    return taobao_file(path, made)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_many_rows_at_once_give_what_they_give_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[dict[str, Any]]]]
) -> None:
    folder = tmp_path_factory.mktemp("bulk")
    together, single = Desk(folder / "together.db"), Desk(folder / "single.db")
    for at, (kind, rows) in enumerate(steps):
        (whole,) = together.take(write(folder / f"{at}", kind, rows), now=NOW + at * HOUR)
        parts = [
            single.take(write(folder / f"{at}-{number}", kind, [row]), now=NOW + at * HOUR)[0]
            for number, row in enumerate(rows)
        ]
        assert counts(whole) == tuple(map(sum, zip(*map(counts, parts), strict=True))) if parts else (0,) * 5
    assert together.content() == single.content()
    together.store.close()
    single.store.close()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_REVIEWS, _ORDERS)
def test_whichever_file_comes_first_the_shop_looks_the_same(
    tmp_path_factory: pytest.TempPathFactory, reviews: list[dict[str, Any]], orders: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    # An order has one buyer, whose nick is told or masked.
    for row, nick in ((row, nick) for rows, nick in ((reviews, "nick"), (orders, "买家会员名")) for row in rows):
        row[nick] = row[nick] if "*" in row[nick] or not row[nick] else ("莉莉", "小王")[row["o"] % 2]
    files = [write(folder / "r", "r", reviews), write(folder / "o", "o", orders)]
    forth, back = Desk(folder / "forth.db"), Desk(folder / "back.db")
    forth.take(*files)
    back.take(*reversed(files))
    if reviews:
        assert forth.content("event") == back.content("event")
    forth.store.close()
    back.store.close()


def test_however_a_file_is_portioned_the_shop_looks_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [pdd_row(1, 评论ID=10**11 + n, 用户ID=n // 3, 订单编号=f"o-{n}", 描述得分=n % 5 + 1) for n in range(500)]
    path = pdd_file(tmp_path / "p.csv", rows)
    contents = []
    for fewest, most in ((1, 1), (7, 7), (2_000, 2_000)):
        monkeypatch.setattr(bulk, "_FEWEST", fewest)
        monkeypatch.setattr(bulk, "_MOST", most)
        desk = Desk(tmp_path / f"{most}.db")
        desk.take(path)
        contents.append(desk.content())
    assert contents[0] == contents[1] == contents[2]


def test_an_import_becomes_short_breathed_as_soon_as_somebody_else_writes(tmp_path: Path) -> None:
    desk, other = Desk(tmp_path / "shop.db"), Desk(tmp_path / "shop.db")
    pace = bulk.Pace()

    def look() -> bool | None:
        with desk.store.write() as connection:
            pace.look_around(connection, NOW)
            connection.execute("INSERT INTO agent (login, created_at) SELECT 'a' || count(*), 0 FROM agent")
        return pace.alone

    assert [look(), look(), look()] == [True, True, True]
    other.write("INSERT INTO agent (login, created_at) VALUES ('x', 0)")
    assert look() is False
    pace.took(100, bulk.SHARED_SECONDS * 2)
    assert pace.size <= 50


def test_an_act_of_the_last_hour_counts_as_somebody_at_work_and_an_import_does_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "shop.db")
    desk.take(taobao_file(tmp_path / "t", [taobao_row()]))
    agent = desk.write("INSERT INTO agent (login, created_at) VALUES ('lili', 0)")

    def alone(now: int, *acts: EventKind) -> bool | None:
        pace = bulk.Pace()
        with desk.store.write() as connection:
            append_events(connection, [NewEvent(at=NOW, kind=kind, agent_id=agent) for kind in acts])
            pace.look_around(connection, now)
        return pace.alone

    assert alone(NOW, EventKind.IMPORTED) is True
    assert alone(NOW, EventKind.CLAIMED) is False
    assert alone(NOW + 2 * HOUR) is True


LATER = NOW + 2 * DAY


class Shop(Desk):
    """One bad review with its case, which a test brings into a state before the next import."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "shop.db")
        self.folder = folder
        self.take(taobao_file(folder / "1.json", [taobao_row(result="neutral")]))
        self.agent = self.write("INSERT INTO agent (login, created_at) VALUES ('lili', 0)")

    def state(self, state: str, **more: Any) -> None:
        closed = state == "closed"
        values = {"state": state, "open": int(not closed), "closed_at": NOW if closed else None, **more}
        sets = ", ".join(f"{name} = ?" for name in values)
        self.write(f"UPDATE review_case SET {sets}", *values.values())

    def promise(self, kind: str = "revise", by_whom: str = "buyer") -> None:
        self.write(
            "INSERT INTO promise (case_id, by_whom, kind, state, made_at, due_at) VALUES (1, ?, ?, 'open', ?, ?)",
            *(by_whom, kind, NOW, NOW + HOUR),
        )
        if by_whom == "buyer":
            self.write("UPDATE review_case SET promised_at = ?", NOW + HOUR)

    def follow_up(self, kind: str) -> None:
        self.write(
            "INSERT INTO follow_up (case_id, kind, state, due_at, set_at) VALUES (1, ?, 'open', ?, ?)",
            *(kind, NOW + HOUR, NOW),
        )
        self.write("UPDATE review_case SET follow_up_at = ?", NOW + HOUR)

    def again(self, **values: Any) -> tuple[Any, ...]:
        """Import the review as it is two days later; the case's columns after it."""
        row = taobao_row(**{"result": "neutral", **values})
        (report,) = self.take(taobao_file(self.folder / "2.json", [row]), now=LATER)
        assert counts(report) == (1, 0, 1, 0, 0)
        self.content()
        columns = "state, result, grade, open, closed_at, contact_from, follow_up_at, promised_at"
        (found,) = self.all(f"SELECT {columns} FROM review_case")
        return tuple(found)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.mark.parametrize("state", ["new", "working", "waiting_buyer", "scheduled", "escalated", "appealed"])
def test_a_review_that_became_good_closes_its_case_as_verified(shop: Shop, state: str) -> None:
    shop.state(state)
    shop.promise()
    shop.promise("answer")
    shop.follow_up("check_promise")
    assert shop.again(result="good") == ("closed", "verified", "good", 0, LATER, None, None, None)
    assert shop.all("SELECT kind, state FROM promise ORDER BY id") == [("revise", "kept"), ("answer", "withdrawn")]
    assert shop.all("SELECT state FROM follow_up") == [("dropped",)]
    assert shop.all("SELECT kind, from_state, to_state FROM event WHERE id > 2 AND kind <> 'imported'") == [
        ("revision_observed", state, "closed"),
        ("promise_kept", None, None),
    ]


def test_what_we_still_owe_keeps_the_case_open_with_the_result_noted(shop: Shop) -> None:
    shop.state("waiting_us")
    shop.promise("remedy", "us")
    assert shop.again(result="good")[:4] == ("waiting_us", "verified", "good", 1)


def test_a_satisfaction_check_that_is_due_keeps_the_case_open(shop: Shop) -> None:
    shop.state("scheduled")
    shop.follow_up("satisfaction")
    assert shop.again(result="good") == ("scheduled", "verified", "good", 1, None, NOW, NOW + HOUR, None)


def test_a_case_that_waited_for_the_buyer_waits_for_us_when_only_we_owe(shop: Shop) -> None:
    shop.state("waiting_buyer")
    shop.promise()
    shop.write(
        "INSERT INTO remedy (case_id, agent_id, kind, state, offered_at, due_at) "
        "VALUES (1, ?, 'resend', 'accepted', ?, ?)",
        *(shop.agent, NOW, NOW + HOUR),
    )
    assert shop.again(result="good")[:4] == ("waiting_us", "verified", "good", 1)


def test_a_contact_under_way_is_not_cut_off_by_good_news(shop: Shop) -> None:
    shop.state("working")
    shop.write(
        "INSERT INTO contact (case_id, buyer_id, agent_id, channel, started_at) VALUES (1, 1, ?, 'phone', ?)",
        *(shop.agent, NOW),
    )
    assert shop.again(result="good")[:4] == ("working", "verified", "good", 1)


@pytest.mark.parametrize("result", ["kept", "declined", "unreachable"])
def test_a_closed_case_whose_review_became_good_is_verified_after_all(shop: Shop, result: str) -> None:
    shop.state("closed", result=result, contact_from=None)
    assert shop.again(result="good")[:5] == ("closed", "verified", "good", 0, NOW)


@pytest.mark.parametrize("state", ["new", "waiting_buyer", "waiting_us", "scheduled", "escalated", "closed"])
def test_a_review_that_got_worse_brings_its_case_back_to_us(shop: Shop, state: str) -> None:
    shop.state(state, **({"result": "kept"} if state == "closed" else {}))
    shop.promise()
    assert shop.again(result="bad")[:5] == ("working", None, "bad", 1, None)
    assert shop.all("SELECT state FROM promise") == [("withdrawn",)]
    assert shop.all("SELECT due_at > ? FROM review_case", LATER) == [(1,)]


def test_a_worse_review_of_a_buyer_who_wants_no_contact_allows_none(shop: Shop) -> None:
    shop.write("UPDATE buyer SET do_not_contact_at = ?", NOW)
    shop.state("closed", result="do_not_contact", contact_from=None)
    assert shop.again(result="bad")[5] is None


def test_what_the_buyer_added_ends_the_waiting_and_keeps_that_promise(shop: Shop) -> None:
    shop.state("waiting_buyer")
    shop.promise("append")
    assert shop.again(append_content="客服处理了") == ("working", None, "neutral", 1, None, NOW, None, None)
    assert shop.all("SELECT state FROM promise") == [("kept",)]
    assert shop.all("SELECT kind, text_before, text_after FROM revision") == [("appended", None, "客服处理了")]


def test_our_own_reply_changes_nothing_about_the_case(shop: Shop) -> None:
    shop.state("waiting_buyer")
    shop.promise()
    assert shop.again(reply="抱歉")[:2] == ("waiting_buyer", None)
    assert shop.all("SELECT kind, text_after FROM revision") == [("replied", "抱歉")]


def test_the_old_words_are_kept_and_the_new_ones_are_found(shop: Shop) -> None:
    from data.search import Scope, find, register

    shop.again(content="改好了,谢谢", result="good")
    assert shop.all("SELECT kind, text_before, text_after, grade_before, grade_after FROM revision") == [
        ("revised", "用着头痒", "改好了,谢谢", "neutral", "good")
    ]
    with shop.store.read() as connection:
        register(connection)
        assert find(connection, "改好", Scope("1 = 1", {}), limit=5) == [1]


def test_a_good_review_that_turns_bad_opens_a_case(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "shop.db")
    desk.take(taobao_file(tmp_path / "1", [taobao_row(result="good")]))
    desk.take(taobao_file(tmp_path / "2", [taobao_row(result="bad")]), now=LATER)
    assert desk.all("SELECT state, grade, opened_at FROM review_case") == [("new", "bad", LATER)]
    desk.content()


def test_a_new_split_of_stars_is_no_act_of_the_buyer(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "shop.db")
    path = pdd_file(tmp_path / "p", [pdd_row(n, 描述得分=n) for n in range(1, 6)])
    desk.take(path)
    desk.settings = Settings(grades=Grades(bad_max=1, neutral_max=2))
    assert counts(desk.take(path)[0]) == (5, 0, 0, 5, 0)
    assert desk.all("SELECT count(*) FROM revision") == [(0,)]


def test_spaces_and_what_a_file_leaves_out_are_no_change(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "shop.db")
    full = taobao_row(append_content="追加", reply="抱歉", content="用着 头痒\n")
    desk.take(taobao_file(tmp_path / "1", [full]))
    assert counts(desk.take(taobao_file(tmp_path / "2", [taobao_row()]))[0]) == (1, 0, 0, 1, 0)


def test_a_new_number_is_kept_beside_the_old_one_and_an_old_file_brings_nothing_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "shop.db")
    old = order_file(tmp_path / "1", [order_row(1, 联系手机="13800001234")])
    new = order_file(tmp_path / "2", [order_row(1, 联系手机="18877771111-123", 收货地址="")])
    assert [counts(report)[1:4] for report in desk.take(old, new, old, new)] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
        (0, 0, 1),
    ]
    phones = desk.all("SELECT value, extension, virtual, expires_at FROM personal WHERE kind = 'phone' ORDER BY id")
    assert phones == [("13800001234", None, 0, None), ("18877771111", "123", 1, None)]
    assert desk.all("SELECT count(*) FROM personal WHERE kind = 'address'") == [(1,)]


def test_two_masked_nicks_are_two_people_until_their_order_says_who_they_are(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "shop.db")
    desk.take(taobao_file(tmp_path / "r", [taobao_row(1), taobao_row(2)]))
    assert desk.all("SELECT key FROM buyer ORDER BY key") == [
        ("order:4604347058083367301",),
        ("order:4604347058083367302",),
    ]
    desk.write("UPDATE buyer SET do_not_contact_at = ? WHERE id = 1", NOW)
    desk.take(order_file(tmp_path / "o", [order_row(1, 买家会员名="莉莉"), order_row(2, 买家会员名="莉莉")]))
    assert desk.all("SELECT key, nick, do_not_contact_at FROM buyer") == [("nick:莉莉", "莉莉", NOW)]
    assert desk.all("SELECT DISTINCT buyer_id FROM review_case UNION SELECT buyer_id FROM purchase") == [(1,)]
    desk.content()


def test_a_new_case_of_a_buyer_who_was_just_called_waits_for_the_gap(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "shop.db")
    rows = [pdd_row(1, 用户ID="7"), pdd_row(2, 用户ID="8")]
    desk.take(pdd_file(tmp_path / "1", rows))
    agent = desk.write("INSERT INTO agent (login, created_at) VALUES ('lili', 0)")
    desk.write(
        "INSERT INTO contact (case_id, buyer_id, agent_id, channel, started_at) VALUES (1, 1, ?, 'phone', ?)",
        agent,
        NOW,
    )
    desk.write("UPDATE buyer SET do_not_contact_at = ? WHERE id = 2", NOW)
    desk.take(pdd_file(tmp_path / "2", [pdd_row(3, 用户ID="7"), pdd_row(4, 用户ID="8"), pdd_row(5)]), now=NOW + 60_000)
    earliest = desk.all("SELECT contact_from FROM review_case WHERE id > 2 ORDER BY id")
    assert earliest == [(NOW + 2 * HOUR,), (None,), (NOW + 60_000,)]
