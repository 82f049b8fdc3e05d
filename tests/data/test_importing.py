from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.clock import zone
from data.clocks.hours import hours_of
from data.clocks.targets import first_contact_due
from data.errors import SourceError
from data.settings import Contact, Deadlines, Settings, Shop
from tests.data.imports import Desk, counts
from tests.data.sources.files import order_file, order_row, pdd_file, pdd_row, taobao_file, taobao_row
from tests.data.world import DAY, HOUR, NOW

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "reviews"
FILES = ("taobao-traderates.json", "ExportOrderList.csv", "pdd-reviews.csv")

needs_real_files = pytest.mark.skipif(
    not all((REAL / "day1" / name).exists() for name in FILES), reason="the real files are not on this machine"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "shop.db")


@needs_real_files
def test_the_real_files_arrive_row_for_row(desk: Desk) -> None:
    day1 = REAL / "day1"
    taobao, orders, pdd = desk.take(*(day1 / name for name in FILES))
    assert [taobao.source, orders.source, pdd.source] == ["taobao", "taobao-orders", "pdd"]
    assert [counts(one) for one in (taobao, orders, pdd)] == [(400, 400, 0, 0, 0)] * 2 + [(200, 200, 0, 0, 0)]
    page = json.loads((day1 / FILES[0]).read_text("utf-8"))
    given_rows = page["traderates_get_response"]["trade_rates"]["trade_rate"]
    kept = {row[0]: row[1:] for row in desk.all(
        "SELECT r.external_id, p.external_id, r.grade, r.text, d.title, s.name FROM review r "
        "JOIN purchase p ON p.id = r.purchase_id JOIN product d ON d.id = r.product_id "
        "JOIN shop s ON s.id = r.shop_id WHERE s.platform = 'taobao'"
    )}  # fmt: skip
    assert kept == {
        row["oid"]: (row["tid"], row["result"], row["content"], row["item_title"], row["rated_nick"])
        for row in given_rows
    }
    with (day1 / FILES[2]).open(encoding="utf-8-sig", newline="") as file:
        listed = {row["评论ID"]: row for row in csv.DictReader(file)}
    found = desk.all(
        "SELECT r.external_id, r.order_external_id, r.rating, r.text, r.created_at, coalesce(r.appended_text, '') "
        "FROM review r JOIN shop s ON s.id = r.shop_id WHERE s.platform = 'pdd'"
    )
    assert {row[0]: row[1:] for row in found} == {
        key: (row["订单编号"], int(row["评分"]), row["评论内容"], int(row["评论时间"]) * 1000, row["追评内容"])
        for key, row in listed.items()
    }


@needs_real_files
def test_the_real_files_give_the_grades_and_cases_that_are_in_them(desk: Desk) -> None:
    desk.take(*(REAL / "day1" / name for name in FILES))
    assert dict(desk.all("SELECT grade, count(*) FROM review GROUP BY grade")) == {
        "bad": 231 + 133,
        "neutral": 116 + 46,
        "good": 53 + 21,
    }
    assert dict(desk.all("SELECT grade, count(*) FROM review_case WHERE state = 'new' GROUP BY grade")) == {
        "bad": 364,
        "neutral": 162,
    }
    with (REAL / "day1" / FILES[1]).open(encoding="gb18030", newline="") as file:
        phones = {row["收货人姓名"]: row["联系手机"].strip("'") for row in csv.DictReader(file)}
    kept = desk.all(
        "SELECT n.value, p.value FROM personal n JOIN personal p ON p.purchase_id = n.purchase_id "
        "WHERE n.kind = 'name' AND p.kind = 'phone'"
    )
    assert len(kept) == 400
    assert set(phones.items()) <= set(kept)
    desk.content()


@needs_real_files
def test_the_real_files_again_change_nothing_and_two_days_later_what_changed_is_found(desk: Desk) -> None:
    desk.take(*(REAL / "day1" / name for name in FILES))
    before = desk.content()
    again = desk.take(*(REAL / "day1" / name for name in FILES), now=NOW + HOUR)
    assert [counts(one) for one in again] == [(400, 0, 0, 400, 0)] * 2 + [(200, 0, 0, 200, 0)]
    assert desk.content() == before
    later = desk.take(*(REAL / "day3" / name for name in FILES), now=NOW + 2 * DAY)
    assert [counts(one) for one in later] == [(381, 0, 62, 319, 0), (381, 0, 0, 381, 0), (189, 0, 55, 134, 0)]
    desk.content()


@needs_real_files
def test_whichever_of_the_real_files_comes_first_the_shop_looks_the_same(tmp_path: Path) -> None:
    paths = [REAL / "day1" / name for name in FILES]
    forth, back = Desk(tmp_path / "forth.db"), Desk(tmp_path / "back.db")
    forth.take(*paths)
    back.take(*reversed(paths))
    assert forth.content() == back.content()


def three_files(folder: Path) -> list[Path]:
    return [
        taobao_file(folder / "t.json", [taobao_row(n, result=("bad", "neutral", "good")[n % 3]) for n in range(9)]),
        order_file(folder / "o.csv", [order_row(n) for n in range(9)]),
        pdd_file(folder / "p.csv", [pdd_row(n, 描述得分=n % 5 + 1) for n in range(9)]),
    ]


def test_a_bad_or_neutral_review_opens_a_case_and_a_good_one_is_stored(desk: Desk, tmp_path: Path) -> None:
    desk.take(*three_files(tmp_path), agent_id=None)
    due = first_contact_due(NOW, hours_of(Deadlines(), Contact(), zone("Asia/Shanghai")), Deadlines())
    cases = desk.all("SELECT grade, state, open, due_at, contact_from, opened_at, owner_id, cause FROM review_case")
    assert set(cases) == {(grade, "new", 1, due, NOW, NOW, None, None) for grade in ("bad", "neutral")}
    assert len(cases) == 6 + 6
    kinds = Counter(kind for (kind,) in desk.all("SELECT kind FROM event"))
    assert kinds == {"case_opened": 12, "imported": 3}
    assert desk.all("SELECT count(*) FROM review") == [(18,)]


def test_orders_may_come_before_or_after_their_reviews(tmp_path: Path) -> None:
    reviews, orders, pdd = three_files(tmp_path)
    first, second = Desk(tmp_path / "1.db"), Desk(tmp_path / "2.db")
    first.take(reviews, orders, pdd)
    second.take(orders, pdd, reviews)
    assert first.content() == second.content()
    assert first.all("SELECT count(*) FROM review WHERE purchase_id IS NOT NULL") == [(9,)]
    assert first.all("SELECT name FROM shop WHERE platform = 'taobao'") == [("回暖旗舰店",)]


def test_orders_join_even_if_the_settings_call_the_shop_something_else(tmp_path: Path) -> None:
    called = Settings(shop=Shop(name="我的小店", platform="taobao"))
    reviews, orders, _pdd = three_files(tmp_path)
    for number, order in enumerate(([reviews, orders], [orders, reviews])):
        desk = Desk(tmp_path / f"{number}.db", called)
        desk.write("INSERT INTO shop (platform, name, created_at) VALUES ('taobao', '我的小店', ?)", NOW)
        desk.take(*order)
        assert desk.all("SELECT count(*) FROM review WHERE purchase_id IS NOT NULL") == [(9,)]
        assert desk.all(
            "SELECT DISTINCT s.name FROM purchase p JOIN shop s ON s.id = p.shop_id"
        ) == [("回暖旗舰店",)]  # fmt: skip


def test_a_file_that_names_no_shop_goes_to_the_told_one_else_to_the_settings_shop(tmp_path: Path) -> None:
    orders = order_file(tmp_path / "o.csv", [order_row()])
    told, called, neither = (Desk(tmp_path / f"{name}.db", Settings(shop=Shop(name="设置店"))) for name in "abc")
    neither.settings = Settings()
    told.take(orders, shop="说好的店")
    called.take(orders)
    neither.take(orders)
    assert told.all("SELECT name FROM shop") == [("说好的店",)]
    assert called.all("SELECT name FROM shop") == [("设置店",)]
    assert neither.all("SELECT name FROM shop") == [("Taobao",)]


def test_shops_that_are_only_numbers_stay_apart_and_the_first_may_be_given_a_name(desk: Desk, tmp_path: Path) -> None:
    first = pdd_file(tmp_path / "1.csv", [pdd_row(1)])
    second = pdd_file(tmp_path / "2.csv", [pdd_row(1, 商家ID="88002")])
    desk.take(first, second, first, shop="果园")
    assert desk.all("SELECT name, external_id FROM shop ORDER BY id") == [("果园", "88001"), ("果园 88002", "88002")]
    assert desk.all("SELECT count(*) FROM review") == [(2,)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_makes_no_difference(tmp_path: Path, encoding: str) -> None:
    plain, other = Desk(tmp_path / "plain.db"), Desk(tmp_path / "other.db")
    rows = [pdd_row(1, 评论内容="裂了😀，𠮷")]
    plain.take(pdd_file(tmp_path / "plain.csv", rows))
    other.take(pdd_file(tmp_path / "other.csv", rows, encoding))
    assert plain.content() == other.content()


def test_refused_rows_go_beside_the_file_with_line_and_reason_and_the_rest_is_imported(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [
        pdd_row(1),
        pdd_row(2, 评论ID="4.2E+11", 评论内容="=cmd|' /C calc'!A0\n"),
        pdd_row(3),
        pdd_row(4, 评论时间="?"),
    ]
    (report,) = desk.take(pdd_file(tmp_path / "p.csv", rows))
    assert counts(report) == (4, 2, 0, 0, 2)
    assert report.rejects == str(tmp_path / "p.csv.rejects.csv")
    with Path(report.rejects).open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.reader(file))
    assert [row[0] for row in listed] == ["line", "3", "6"]
    assert "4.2E+11" in listed[1][1]
    assert not any(cell.startswith(("=c", "+", "@")) for row in listed for cell in row)
    assert [line for line, _reason in report.refusals] == [3, 6]
    (again,) = desk.take(tmp_path / "p.csv")
    assert (counts(again), again.rejects) == ((4, 0, 0, 2, 2), report.rejects)
    assert len(list(tmp_path.glob("*.rejects*"))) == 1


def test_rejects_go_into_the_folder_that_is_named_and_made_if_need_be(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere" / "deep"
    (report,) = desk.take(pdd_file(tmp_path / "p.csv", [pdd_row(1, 评论ID="")]), rejects_folder=folder)
    assert report.rejects == str(folder / "p.csv.rejects.csv")
    assert not list(tmp_path.glob("*.rejects*"))


def test_a_reject_file_that_cannot_be_written_does_not_stop_the_rest(desk: Desk, tmp_path: Path) -> None:
    rows = [pdd_row(1, 评论ID=""), pdd_row(2), pdd_row(3, 评论ID="")]
    (tmp_path / "nowhere").write_text("a file where a folder is to be")
    (report,) = desk.take(pdd_file(tmp_path / "p.csv", rows), rejects_folder=tmp_path / "nowhere")
    assert (counts(report), report.rejects) == ((3, 1, 0, 0, 2), None)
    assert report.error is not None
    assert "nowhere" in report.error


def test_the_same_id_twice_is_the_same_or_refused_and_never_taken_in_turns(desk: Desk, tmp_path: Path) -> None:
    rows = [pdd_row(1), pdd_row(1), pdd_row(1, 评论内容="另一句")]
    path = pdd_file(tmp_path / "p.csv", rows)
    assert counts(desk.take(path)[0]) == (3, 1, 0, 1, 1)
    assert counts(desk.take(path)[0]) == (3, 0, 0, 2, 1)


def test_one_file_that_cannot_be_read_does_not_stop_the_next(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    bad, good = desk.take(tmp_path / "empty.csv", pdd_file(tmp_path / "p.csv", [pdd_row()]))
    assert (bad.source, counts(bad)) == (None, (0, 0, 0, 0, 0))
    assert bad.error is not None
    assert "empty" in bad.error
    assert "\n" not in bad.error
    assert counts(good) == (1, 1, 0, 0, 0)


def test_an_unknown_source_is_refused_by_name(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="taobao-orders"):
        desk.take(tmp_path / "p.csv", source="nowhere")


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path: Path) -> None:
    rows = [pdd_row(n) for n in range(5)]
    files = [
        *three_files(tmp_path),
        pdd_file(tmp_path / "p2.csv", [*rows, pdd_row(77, 评论ID=""), pdd_row(1, 评论内容="改口")]),
        pdd_file(tmp_path / "p3.csv", [pdd_row(2, 追评内容="追加一句"), pdd_row(3, 商家ID="88002")]),
        order_file(tmp_path / "o2.csv", [order_row(1, 订单状态="交易关闭"), order_row(50)]),
    ]
    desk = Desk(tmp_path / "shop.db")
    trial = [(one.source, counts(one)) for one in desk.take(*files, dry_run=True)]
    assert not list(tmp_path.glob("*.rejects*"))
    assert desk.all("SELECT (SELECT count(*) FROM shop), (SELECT count(*) FROM event)") == [(0, 0)]
    assert [(one.source, counts(one)) for one in desk.take(*files)] == trial
    before = desk.content()
    assert [(one.source, counts(one)) for one in desk.take(*files, dry_run=True)] == [
        (one.source, counts(one)) for one in desk.take(*files)
    ]
    assert desk.content("revision", "event")["review"] == before["review"]


def test_hostile_cells_are_kept_as_plain_text(desk: Desk, tmp_path: Path) -> None:
    text = "\x1b]0;pwned\x07[red]太短[/] \u202e\u200b=1+1\u0000\ud800"
    (report,) = desk.take(taobao_file(tmp_path / "t.json", [taobao_row(1, content="x", nick="\x1b[2Jnick")]))
    page = json.loads((tmp_path / "t.json").read_text("utf-8"))
    page["traderates_get_response"]["trade_rates"]["trade_rate"] = [taobao_row(2, content=text, nick="\x1b[2Jnick")]
    (tmp_path / "t2.json").write_text(json.dumps(page), encoding="ascii")
    (report,) = desk.take(tmp_path / "t2.json")
    assert counts(report) == (1, 1, 0, 0, 0)
    ((kept, nick),) = desk.all(
        "SELECT r.text, b.nick FROM review r JOIN buyer b ON b.id = r.buyer_id WHERE r.external_id LIKE '%02'"
    )
    assert kept == "\x1b]0;pwned\x07[red]太短[/] \u202e\u200b=1+1\ufffd\ufffd"
    assert nick == "[2Jnick"


def test_a_long_file_tells_how_far_it_is(desk: Desk, tmp_path: Path) -> None:
    path = pdd_file(tmp_path / "p.csv", [pdd_row(1, 评论ID=10**11 + n, 订单编号=f"o-{n}") for n in range(3_000)])
    told: list[tuple[str, int, int]] = []
    desk.take(path, progress=lambda file, done, of: told.append((file, done, of)))
    assert len(told) > 3
    assert {(file, of) for file, _done, of in told} == {(str(path), path.stat().st_size)}
    assert [done for _file, done, _of in told] == sorted(done for _file, done, _of in told)
    assert told[-1][1] == told[-1][2]
    assert desk.all("SELECT indexed_through, (SELECT max(id) FROM review) FROM search_progress") == [(3_000, 3_000)]


_MUTATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "评论ID": st.sampled_from(["1001", "1002", "1003", '="1004"', "2.6E+18", "", "\x1b1"]),
            "描述得分": st.sampled_from(["1", "2", "3", "4", "5", "0", "五星", "好"]),
            "评论内容": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
            "追评内容": st.sampled_from(["", "", "追评"]),
            "回复内容": st.sampled_from(["", "", "抱歉"]),
            "评论时间": st.sampled_from(["1793900460", "2026-11-16 10:26:00", "?", ""]),
            "用户ID": st.sampled_from(["7", "8", ""]),
            "订单编号": st.sampled_from(["261117-1", "", "1E20"]),
        }
    ),
    max_size=8,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_MUTATIONS, min_size=1, max_size=3))
def test_whatever_the_rows_say_the_counts_add_up_a_dry_run_agrees_and_the_file_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[dict[str, Any]]]
) -> None:
    folder = tmp_path_factory.mktemp("mutated")
    desk = Desk(folder / "shop.db")
    for number, rows in enumerate(files):
        path = pdd_file(folder / f"{number}.csv", [pdd_row(1, **row) for row in rows])
        (trial,) = desk.take(path, dry_run=True)
        (report,) = desk.take(path)
        assert counts(trial) == counts(report)
        assert report.read == len(rows)
        before = desk.content()
        (again,) = desk.take(path)
        assert (again.new, again.changed, again.refused) == (0, 0, report.refused)
        assert desk.content() == before
    desk.store.close()


@pytest.mark.skipif(os.name == "nt", reason="signals of that kind do not exist there")
def test_an_import_that_is_killed_is_whole_in_itself_and_the_same_file_brings_the_rest(tmp_path: Path) -> None:
    rows = [pdd_row(1, 评论ID=10**11 + n, 用户ID=n, 订单编号=f"o-{n}", 描述得分=n % 5 + 1) for n in range(4_000)]
    path = pdd_file(tmp_path / "p.csv", rows)
    whole = Desk(tmp_path / "whole.db")
    whole.take(path)
    killed = Desk(tmp_path / "killed.db")
    # Short transactions, so that it is cut between two of them.
    command = (
        "import sys; from pathlib import Path; from data.casework import bulk; bulk.ALONE_SECONDS = 0.002\n"
        "from data.importing import import_files; from data.settings import Settings\n"
        "from data.store.store import Store; store = Store(Path(sys.argv[1]))\n"
        f"import_files([Path(sys.argv[2])], store=store, settings=Settings(), now={NOW})"
    )
    process = subprocess.Popen([sys.executable, "-c", command, str(tmp_path / "killed.db"), str(path)], cwd=ROOT)
    give_up = time.monotonic() + 60
    while killed.all("SELECT count(*) FROM review")[0][0] < 200 and time.monotonic() < give_up:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = killed.all("SELECT count(*) FROM review")[0][0]
    assert 200 <= kept <= 4_000
    killed.content()
    (report,) = killed.take(path)
    assert counts(report) == (4_000, 4_000 - kept, 0, kept, 0)
    assert killed.content() == whole.content()
    assert killed.all("SELECT count(*) FROM import_batch WHERE finished_at IS NULL")[0][0] <= 1
