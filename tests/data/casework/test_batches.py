"""Taking an import back: what it brought goes, what it changed is as it was, what somebody has touched stays."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework import batch_orders, batch_reviews, batches, bulk
from data.casework.batches import Undoing, undo_batch
from data.casework.chain import verify
from data.casework.portions import Hands
from data.casework.undo import redo, undo
from data.clock import zone
from data.errors import Refused
from data.reads import SqlReads
from data.reads.batches import batches as list_batches
from data.rows import Filter, View
from tests.data.imports import Desk, counts
from tests.data.sources.files import order_file, order_row, taobao_file, taobao_row
from tests.data.world import DAY, HOUR, NOW

LATER = NOW + 2 * DAY
KIND_OF_TABLES = ("purchase", "personal", "review", "review_case", "revision")


class Shop(Desk):
    """A database to import into and to take imports back from, with an agent."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "shop.db")
        self.folder = folder
        self.agent = self.write("INSERT INTO agent (login, name, created_at) VALUES ('lili', '莉莉', 0)")
        self.made = 0

    def hands(self, now: int = LATER) -> Hands:
        return Hands(self.store, self.agent, now, self.settings, zone("Asia/Shanghai"))

    def reviews(self, *rows: dict[str, Any], now: int = NOW) -> int:
        self.made += 1
        (report,) = self.take(taobao_file(self.folder / f"{self.made}.json", rows), now=now, agent_id=self.agent)
        assert report.batch is not None
        return report.batch

    def orders(self, *rows: dict[str, Any], now: int = NOW) -> int:
        self.made += 1
        (report,) = self.take(order_file(self.folder / f"{self.made}.csv", rows), now=now, agent_id=self.agent)
        assert report.batch is not None
        return report.batch

    def undo(self, batch: int, *, trial: bool = False, now: int = LATER) -> Undoing:
        return undo_batch(self.hands(now), batch, trial=trial)

    def there(self) -> dict[str, list[Any]]:
        """What the shop looks like to its people: what was taken back is not there."""
        with self.store.read() as connection:
            assert list(verify(connection)) == []
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        columns = {
            "review": "external_id, order_external_id, purchase_id IS NULL, grade, rating, raw_rating, text, "
            "appended_text, appended_at, reply_text, pictures FROM review r WHERE withdrawn_at IS NULL",
            "case": "r.external_id, c.grade, c.state, c.result, c.open, c.closed_at, c.due_at, c.contact_from, "
            "c.follow_up_at, c.promised_at, c.owner_id, c.last_event_id FROM review_case c "
            "JOIN review r ON r.id = c.review_id WHERE c.withdrawn_at IS NULL",
            "revision": "review_id, kind, text_before, text_after FROM revision WHERE undone_at IS NULL",
            "follow_up": "case_id, kind, state, due_at, settled_at FROM follow_up",
            "promise": "case_id, kind, state, due_at, settled_at FROM promise",
            "purchase": "external_id, status, amount_minor, carrier, tracking, tracking_reversed FROM purchase",
            "personal": "kind, value, extension FROM personal",
        }
        return {name: sorted(self.all(f"SELECT {what}"), key=repr) for name, what in columns.items()}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_what_an_import_brought_goes_and_the_log_grows(shop: Shop) -> None:
    before = shop.there()
    batch = shop.reviews(taobao_row(1), taobao_row(2, result="neutral"), taobao_row(3, result="good"))
    events = shop.all("SELECT * FROM event")
    work = shop.undo(batch)
    assert (work.reviews, work.cases, work.restored, work.left) == (3, 2, 0, [])
    assert shop.there() == before
    assert shop.all("SELECT * FROM event WHERE id <= ?", len(events)) == events
    undone = shop.all(
        "SELECT e.kind, e.agent_id, e.subject_id, e.code, u.kind, e.from_state, e.to_state, e.act_id FROM event e "
        "JOIN event u ON u.id = e.undoes WHERE e.id > ? ORDER BY e.id",
        len(events),
    )
    act = len(events) + 1
    assert undone == [
        ("undone", shop.agent, batch, "imported", "imported", None, None, None),
        *[("undone", shop.agent, batch, "case_opened", "case_opened", "new", "closed", act)] * 2,
    ]
    assert shop.all("SELECT undone_at FROM import_batch WHERE id = ?", batch) == [(LATER,)]


def test_what_was_taken_back_is_shown_nowhere(shop: Shop) -> None:
    batch = shop.reviews(taobao_row(1, content="裂了口子", ouid="u1"), taobao_row(2, ouid="u1", content="还行"))
    stays = shop.reviews(taobao_row(3, ouid="u1", content="开线了"))
    (kept,) = (row[0] for row in shop.all("SELECT c.id FROM review_case c ORDER BY c.id DESC LIMIT 1"))
    shop.undo(batch)
    reads = SqlReads(shop.store, zone=zone("Asia/Shanghai"))
    me: dict[str, int] = {"agent_id": shop.agent, "now": LATER}
    for narrowed in (
        Filter(),
        Filter(state="closed"),
        Filter(search="了"),
        Filter(search="裂了"),
        Filter(query="state:closed"),
        Filter(query="platform:taobao 了"),
        Filter(platform="taobao", search="了"),
    ):
        rows = reads.page(View.ALL, narrowed, agent_id=shop.agent, now=LATER, limit=20).rows
        assert {row.case_id for row in rows} <= {kept}, narrowed
        assert reads.count(View.ALL, narrowed, **me) == len(rows)
    assert reads.counts(**me).closed_today == 0
    page = reads.case(kept, now=LATER)
    assert page.grades == {"bad": 1}
    assert page.earlier_reviews == ()
    assert reads.row(1) is None
    with pytest.raises(Refused):
        reads.case(1, now=LATER)
    with shop.store.read() as connection:
        assert [row.batch for row in list_batches(connection, 10) if row.undone_at is None] == [stays]
        assert not connection.execute("SELECT 1 FROM review WHERE withdrawn_at IS NOT NULL AND text <> ''").fetchall()


def test_the_same_file_again_brings_everything_back(shop: Shop) -> None:
    rows = [taobao_row(n, result=("bad", "good", "neutral")[n % 3]) for n in range(6)]
    batch = shop.reviews(*rows)
    content = shop.content("event", "review_case")
    shop.undo(batch)
    (again,) = shop.take(shop.folder / "1.json", now=LATER)
    assert counts(again) == (6, 6, 0, 0, 0)
    assert [row[:5] for row in shop.there()["case"]] == [
        (row["oid"], row["result"], "new", None, 1) for row in rows if row["result"] != "good"
    ]
    with shop.store.read() as connection:
        from tests.data.imports import content as content_of

        back = content_of(connection, "event", "review_case")
    assert {row for row in back["review"] if "withdrawn" not in row[1]} == set(content["review"])
    assert shop.undo(batch).done == 0
    assert shop.undo(again.batch or 0).reviews == 6


CHANGES = st.fixed_dictionaries(
    {
        "result": st.sampled_from(["good", "neutral", "bad"]),
        "content": st.sampled_from(["用着头痒", "换过了，好用"]),
        "append_content": st.sampled_from(["", "追一句"]),
        "reply": st.sampled_from(["", "抱歉"]),
        "append_time": st.sampled_from(["", "2026-11-17 10:26:00"]),
    }
)


@settings(max_examples=11, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CHANGES, CHANGES, CHANGES), min_size=1, max_size=4))
def test_every_import_taken_back_leaves_the_shop_as_it_was_before_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[dict[str, str], ...]]
) -> None:
    shop = Shop(tmp_path_factory.mktemp("shop"))
    looks = [shop.there()]
    made = []
    for day in range(3):
        made.append(shop.reviews(*(taobao_row(n, **row[day]) for n, row in enumerate(rows)), now=NOW + day * DAY))
        looks.append(shop.there())
    for day in (2, 1, 0):
        trial = shop.undo(made[day], trial=True)
        work = shop.undo(made[day], now=NOW + (5 - day) * DAY)
        assert work.left == trial.left == []
        assert (work.reviews, work.cases, work.restored) == (trial.reviews, trial.cases, trial.restored)
        assert shop.there() == looks[day]
    shop.store.close()


def test_a_verified_case_and_its_promises_are_open_again(shop: Shop) -> None:
    shop.reviews(taobao_row(1))
    (case,) = (row[0] for row in shop.all("SELECT id FROM review_case"))
    shop.write("INSERT INTO promise (case_id, by_whom, kind, state, made_at, due_at) "
               "VALUES (?, 'buyer', 'revise', 'open', ?, ?)", case, NOW, NOW + DAY)  # fmt: skip
    shop.write("INSERT INTO follow_up (case_id, kind, state, due_at, set_at) "
               "VALUES (?, 'check_promise', 'open', ?, ?)", case, NOW + DAY, NOW)  # fmt: skip
    shop.write(
        "UPDATE review_case SET state = 'waiting_buyer', promised_at = ?, follow_up_at = ?", NOW + DAY, NOW + DAY
    )
    before = shop.there()
    batch = shop.reviews(taobao_row(1, result="good", content="换了新的，好用"), now=NOW + DAY)
    assert shop.all("SELECT state, result, promised_at FROM review_case") == [("closed", "verified", None)]
    assert shop.all("SELECT state FROM promise") == [("kept",)]
    work = shop.undo(batch)
    assert (work.restored, work.reviews, work.left) == (1, 0, [])
    assert shop.there() == before


def test_a_case_that_a_change_for_the_worse_opened_goes_and_may_open_again(shop: Shop) -> None:
    shop.reviews(taobao_row(1, result="good"))
    before = shop.there()
    batch = shop.reviews(taobao_row(1, result="bad", content="坏了"), now=NOW + DAY)
    assert len(shop.there()["case"]) == 1
    work = shop.undo(batch)
    assert (work.restored, work.cases) == (1, 1)
    assert shop.there() == before
    shop.reviews(taobao_row(1, result="bad", content="坏了"), now=LATER)
    assert [row[:4] for row in shop.there()["case"]] == [("655165978110669820" + "1", "bad", "new", None)]


ACTS = {
    "claimed": "claimed",
    "contact_started": "in contact",
    "noted": "worked on",
    "revealed": "worked on",
    "promise_missed": "run out",
}


def act(shop: Shop, case_id: int, kind: str, at: int = NOW + HOUR) -> None:
    from data.casework.chain import NewEvent, append_events
    from data.vocabulary import EventKind

    with shop.store.write() as connection:
        (number,) = append_events(
            connection, [NewEvent(at=at, kind=EventKind(kind), agent_id=shop.agent, case_id=case_id)]
        )
        connection.execute("UPDATE review_case SET last_event_id = ? WHERE id = ?", (number, case_id))


@pytest.mark.parametrize(("kind", "says"), ACTS.items())
def test_where_somebody_has_acted_since_the_row_stays_and_the_report_says_why(shop: Shop, kind: str, says: str) -> None:
    batch = shop.reviews(taobao_row(1), taobao_row(2))
    act(shop, 1, kind)
    before = shop.there()
    trial = shop.undo(batch, trial=True)
    assert shop.there() == before
    work = shop.undo(batch)
    assert work.left == trial.left
    ((left,), gone) = (work.left, work.reviews)
    assert (left.what, left.id, left.case_id, gone) == ("review", taobao_row(1)["oid"], 1, 1)
    assert says in left.why
    assert kind == "promise_missed" or "莉莉" in left.why
    assert [row[0] for row in shop.there()["case"]] == [taobao_row(1)["oid"]]
    assert shop.undo(batch).left == work.left


def test_a_changed_review_whose_case_somebody_has_acted_on_since_stays_as_it_is(shop: Shop) -> None:
    shop.reviews(taobao_row(1))
    batch = shop.reviews(taobao_row(1, content="更差了", append_content="真的"), now=NOW + HOUR)
    act(shop, 1, "contact_started")
    before = shop.there()
    work = shop.undo(batch)
    assert (work.done, work.left[0].id) == (0, taobao_row(1)["oid"])
    assert shop.there() == before
    assert shop.all("SELECT count(*) FROM event WHERE kind = 'undone'") == [(0,)]


def test_an_import_is_not_taken_back_from_under_a_later_one(shop: Shop) -> None:
    first = shop.reviews(taobao_row(1), taobao_row(2))
    second = shop.reviews(taobao_row(1, content="改口"), now=NOW + DAY)
    third = shop.reviews(taobao_row(1, content="又改口"), now=LATER)
    assert [(one.id, one.why) for one in shop.undo(first).left] == [
        (taobao_row(1)["oid"], "a later import has changed it")
    ]
    assert [one.why for one in shop.undo(second).left] == ["a later import has changed it"]
    for batch in (third, second, first):
        assert shop.undo(batch).left == []
    assert shop.there()["review"] == []


def test_orders_go_with_the_personal_data_that_came_with_them_and_come_back_with_the_file(shop: Shop) -> None:
    shop.reviews(taobao_row(1), taobao_row(2))
    before = shop.there()
    buyers = shop.all("SELECT count(*) FROM buyer")
    batch = shop.orders(order_row(1), order_row(2), order_row(3))
    assert shop.all("SELECT count(*) FROM review WHERE purchase_id IS NOT NULL") == [(2,)]
    after = shop.there()
    work = shop.undo(batch)
    assert (work.orders, work.reviews, work.left) == (3, 0, [])
    assert shop.there() == before
    assert shop.all("SELECT count(*) FROM buyer") == buyers
    shop.take(shop.folder / "2.csv")
    assert shop.there() == after


def test_changed_orders_are_as_they_were_and_later_ones_are_left(shop: Shop) -> None:
    shop.orders(order_row(1), order_row(2))
    before = shop.there()
    second = shop.orders(order_row(1, 订单状态="交易关闭", 物流单号="999"), order_row(2, 联系手机="13800001234"))
    third = shop.orders(order_row(1, 订单状态="退款"))
    assert [one.what for one in shop.undo(second, trial=True).left] == ["order"]
    assert shop.undo(third).orders_restored == 1
    work = shop.undo(second)
    assert (work.orders_restored, work.left) == (2, [])
    assert shop.there() == before


def test_an_order_stays_once_somebody_has_worked_with_it(shop: Shop) -> None:
    shop.reviews(taobao_row(1), taobao_row(2), taobao_row(3))
    act(shop, 2, "noted", NOW - HOUR)
    batch = shop.orders(order_row(1), order_row(2), order_row(3))
    act(shop, 1, "revealed")
    phone = shop.all("SELECT id, buyer_id FROM personal WHERE kind = 'phone' ORDER BY id DESC LIMIT 1")[0]
    shop.write(
        "INSERT INTO contact (case_id, buyer_id, agent_id, channel, personal_id, started_at) "
        "VALUES (3, ?, ?, 'phone', ?, ?)", phone[1], shop.agent, phone[0], NOW + HOUR,
    )  # fmt: skip
    work = shop.undo(batch)
    assert work.orders == 1
    assert [(one.case_id, one.why) for one in work.left] == [
        (1, "莉莉 has worked on it"),
        (None, "its number has been called"),
    ]


def test_a_batch_that_is_not_there_is_refused(shop: Shop) -> None:
    with pytest.raises(Refused, match="7"):
        shop.undo(7)


def test_taking_an_import_back_is_no_act_that_backspace_undoes(shop: Shop) -> None:
    batch = shop.reviews(taobao_row(1))
    shop.undo(batch)
    for again in (undo, redo):
        with pytest.raises(Refused):
            again(shop.hands())


def test_who_takes_an_import_back_does_not_slow_the_next_one_as_an_agent_at_work_would(shop: Shop) -> None:
    shop.undo(shop.reviews(taobao_row(1)))
    pace = bulk.Pace()
    with shop.store.write() as connection:
        pace.look_around(connection, LATER)
    assert pace.alone


def test_many_rows_go_in_small_portions_and_a_cut_is_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MOST", 10)
    shop = Shop(tmp_path)
    batch = shop.reviews(*(taobao_row(n) for n in range(45)))
    told: list[tuple[int, int]] = []

    class Cut(Exception):
        pass

    def cut(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == 2:
            raise Cut

    with pytest.raises(Cut):
        undo_batch(shop.hands(), batch, progress=cut)
    assert told == [(10, 45), (20, 45)]
    assert undo_batch(shop.hands(), batch).reviews == 25
    assert shop.there()["case"] == []
    kinds = Counter(row[0] for row in shop.all("SELECT code FROM event WHERE kind = 'undone'"))
    assert kinds == {"imported": 2, "case_opened": 45}


def test_every_statement_can_be_prepared(shop: Shop) -> None:
    with shop.store.read() as connection:
        for statement in (*batches.STATEMENTS, *batch_reviews.STATEMENTS, *batch_orders.STATEMENTS):
            connection.execute(f"EXPLAIN {statement}", (1,) * statement.count("?"))
