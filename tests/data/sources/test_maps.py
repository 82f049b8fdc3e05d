from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data.clock import zone
from data.errors import ContentError, SourceError
from data.settings import Grades
from data.sources.column_map import FIELDS, SHIPPED, load_map, load_maps, plain
from data.sources.detect import recognise
from data.sources.reading import read
from data.sources.rejects import Rejects
from data.sources.rows import ImportedOrder, ImportedReview, RefusedRow
from data.sources.text import open_text
from data.vocabulary import Grade
from tests.data.sources.files import (
    ORDER_HEADING,
    PDD_HEADING,
    order_file,
    order_row,
    pdd_file,
    pdd_row,
    table,
    taobao_file,
    taobao_row,
)

SHANGHAI = zone("Asia/Shanghai")


def rows_of(path: Path, folder: Path | None = None) -> tuple[str, list[ImportedReview | ImportedOrder | RefusedRow]]:
    file = open_text(path)
    try:
        found = recognise(file, load_maps(folder))
        return found.column_map.source, list(read(found, Grades(), SHANGHAI))
    finally:
        file.close()


def reason(path: Path) -> str:
    _source, (row,) = rows_of(path)
    assert isinstance(row, RefusedRow)
    return row.reason


def test_a_file_is_recognised_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    assert rows_of(pdd_file(tmp_path / "ExportOrderList.xlsx", [pdd_row()]))[0] == "pdd"
    assert rows_of(order_file(tmp_path / "pdd-reviews.json", [order_row()]))[0] == "taobao-orders"
    assert rows_of(taobao_file(tmp_path / "noname", [taobao_row()]))[0] == "taobao"


def test_a_heading_may_stand_below_a_title_in_other_words_and_between_tabs(tmp_path: Path) -> None:
    text = table(PDD_HEADING, [pdd_row()]).replace("评论ID", " 评价编号:").replace("评论内容", "评价内容")
    path = tmp_path / "file"
    path.write_text("2026-11 评价导出\n" + text.replace(",", "\t"), encoding="utf-16")
    source, (row,) = rows_of(path)
    assert source == "pdd"
    assert isinstance(row, ImportedReview)
    assert (row.line, row.external_id, row.text) == (3, "425843771601", "袖口开线了")


def test_a_review_is_read_with_its_order_shop_and_buyer(tmp_path: Path) -> None:
    _source, (row,) = rows_of(pdd_file(tmp_path / "f", [pdd_row(7, 追评内容="没人理", 回复内容="抱歉", 描述得分=3)]))
    assert isinstance(row, ImportedReview)
    assert (row.external_id, row.order_external_id) == ("425843771607", "261117-332688327847807")
    assert (row.shop_external_id, row.buyer_uid) == ("88001", "9389560007")
    assert (row.rating, row.grade, row.raw_rating, row.raw_scale) == (3, Grade.NEUTRAL, "3", "1-5")
    assert (row.appended_text, row.reply_text, row.created_at) == ("没人理", "抱歉", 1_793_900_460_000)


def test_the_split_of_stars_is_a_setting_and_three_grades_are_not_stars(tmp_path: Path) -> None:
    harsh = Grades(bad_max=3, neutral_max=4)
    file = open_text(pdd_file(tmp_path / "p", [pdd_row(stars, 描述得分=stars) for stars in (1, 3, 4, 5)]))
    rows = list(read(recognise(file, load_maps()), harsh, SHANGHAI))
    assert [row.grade for row in rows if isinstance(row, ImportedReview)] == ["bad", "bad", "neutral", "good"]
    pages = [taobao_row(number, result=result) for number, result in enumerate(("好评", "neutral", "bad"))]
    file = open_text(taobao_file(tmp_path / "t", pages))
    rows = list(read(recognise(file, load_maps()), harsh, SHANGHAI))
    assert [row.grade for row in rows if isinstance(row, ImportedReview)] == ["good", "neutral", "bad"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"评论ID": "4.25844E+11"}, "评论ID is 4.25844E"),
        ({"评论ID": ""}, "评论ID is empty"),
        ({"订单编号": "2.6E+18"}, "订单编号 is 2.6E"),
        ({"评论时间": "soon"}, "评论时间"),
        ({"评论时间": ""}, "评论时间 is empty"),
        ({"描述得分": "0"}, "no rating"),
        ({"评论内容": "长" * 30_000}, "no review is that long"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_names_its_column(
    tmp_path: Path, values: dict[str, object], says: str
) -> None:
    assert says in reason(pdd_file(tmp_path / "f", [pdd_row(1, **values)]))


def test_a_row_with_more_cells_than_the_heading_is_refused(tmp_path: Path) -> None:
    path = pdd_file(tmp_path / "f", [])
    path.write_text(path.read_text("utf-8-sig") + "1,2," * 20 + "\n", encoding="utf-8")
    assert "cells where the heading has 16" in reason(path)


def test_reviews_that_the_shop_gave_are_refused(tmp_path: Path) -> None:
    assert "role" in reason(taobao_file(tmp_path / "f", [taobao_row(1, role="seller")]))


def test_an_order_is_read_with_money_time_and_a_clean_number(tmp_path: Path) -> None:
    _source, (row,) = rows_of(order_file(tmp_path / "f", [order_row(1, 买家实际支付金额="1,099.00")]))
    assert isinstance(row, ImportedOrder)
    assert (row.external_id, row.tracking) == ("4604347058083367301", "1268009432201")
    assert (row.amount_minor, row.currency, row.paid_at) == (109_900, "CNY", 1_794_090_720_000)
    assert row.phone is not None
    assert (row.phone.number, row.phone.virtual) == ("14001516701", False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no source that is known"),
        ('{"reviews": [{"commentId": "1"}]}', "no source that is known"),
        ('{"comments": [{"commentId": "1"}]}', "column is missing: score"),
        ('{"result": 28, "error_msg": "token expired", "data": {"rootComment": []}}', "result 28 · token expired"),
        ("[" * 10, "begins like JSON"),
        ('{"error_response": {"code": 27, "msg": "Invalid session"}}', "Invalid session"),
        ('{"traderates_get_response": {"trade_rates": {"trade_rate": [{"oid": "1"}]}}}', "column is missing: result"),
        (",".join(name for name in PDD_HEADING if name != "评论ID") + "\n", "column is missing: 评论ID"),
        (",".join(name for name in ORDER_HEADING if name != "订单编号") + "\n", "column is missing: 订单编号"),
    ],
)
def test_a_file_that_is_not_recognised_is_refused_with_what_is_missing(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=says):
        rows_of(path)


def test_a_copied_and_changed_map_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    folder = tmp_path / "maps"
    folder.mkdir()
    shipped = (SHIPPED / "pdd.toml").read_text("utf-8")
    (folder / "pdd.toml").write_text(shipped.replace('"评论内容"', '"顾客说"'), encoding="utf-8")
    path = tmp_path / "f"
    path.write_text(table(PDD_HEADING, [pdd_row()]).replace("评论内容", "顾客说"), encoding="utf-8")
    _source, (row,) = rows_of(path, folder)
    assert isinstance(row, ImportedReview)
    assert row.text == "袖口开线了"
    with pytest.raises(SourceError, match="column is missing"):
        rows_of(path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("format = 1", "format = 2", "key format"),
        ('kind = "reviews"', 'kind = "review"', "key kind: .*reviews"),
        ('platform = "pdd"', 'platform = "pinduoduo"', "key platform"),
        ("review_id = [", "reviewid = [", "key columns.reviewid: .*review_id"),
        ("stars = true", 'stars = "yes"', "key stars"),
        ("5 = 5", "5 = 9", r"key rating.values.5"),
        ('forms = ["unix_s"', 'forms = ["unix"', "key forms"),
        ("Asia/Shanghai", "Asia/Shangai", "key zone"),
        ("[only]", "[only]\n[extra]", "key extra"),
        ("\ntext = [", "\ntexts = [", "key columns.texts: .*text"),
        ("[key]", "[key", "cannot be read"),
    ],
)
def test_a_mistake_in_a_map_names_file_and_key(tmp_path: Path, old: str, new: str, says: str) -> None:
    shipped = (SHIPPED / "pdd.toml").read_text("utf-8")
    assert old in shipped
    path = tmp_path / "pdd.toml"
    path.write_text(shipped.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=says) as wrong:
        load_map(path)
    assert str(path) in wrong.value.what


def test_every_shipped_map_is_in_order_and_no_two_columns_of_one_map_share_a_name() -> None:
    for one in load_maps():
        assert set(one.columns) <= FIELDS[one.kind]
        names = Counter(plain(alias) for aliases in one.columns.values() for alias in aliases)
        # Where Judge.me gives no title, the words of the address say what the product is.
        assert {name for name, times in names.items() if times > 1} <= {"product_handle"}, one.source


def test_a_reject_file_is_made_only_for_rejects_and_never_in_place_of_another(tmp_path: Path) -> None:
    of = tmp_path / "f.csv"
    assert Rejects(of, None).finish() is None
    assert list(tmp_path.iterdir()) == []
    other = tmp_path / "f.csv.rejects.csv"
    other.write_text("somebody's own", encoding="utf-8")
    for _again in range(2):
        rejects = Rejects(of, None, ["评论ID", "评论内容"])
        rejects.add(RefusedRow(3, "no id", ("1234567890123456", "=cmd|x")))
        assert rejects.finish() == tmp_path / "f.csv.rejects-2.csv"
    assert other.read_text("utf-8") == "somebody's own"
    text = (tmp_path / "f.csv.rejects-2.csv").read_text("utf-8-sig")
    assert text.splitlines()[1] == '3,no id,"=""1234567890123456""",\'=cmd|x'
    assert len(list(tmp_path.iterdir())) == 2
