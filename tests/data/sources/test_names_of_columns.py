"""The names that exports of all these platforms give their columns: each map knows them, or has a reason not to."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.clock import zone
from data.settings import Grades
from data.sources.column_map import ColumnMap, load_maps, plain
from data.sources.detect import recognise
from data.sources.opening import open_source
from data.sources.reading import read
from data.sources.rows import ImportedReview
from tests.data.sources.files import table

NAMES = {
    "order_id": "订单号 订单编号 订单ID 主订单编号 子订单编号 交易编号",
    "review_id": "评价ID 评价编号 评论ID",
    "text": "评价内容 评论内容 初评内容 初次评价",
    "appended_text": "追评 追评内容 追加评价 追加评论",
    "created_at": "评价时间 评价日期 评论时间 创建时间",
    "appended_at": "追评时间",
    "rating": "评价星级 星级 评分 用户评价分",
    "rank": "评价等级 评价类型 评价结果 情感分类",
    "buyer_nick": "买家昵称 用户昵称 会员名 买家会员名",
    "product": "商品名称 宝贝标题 商品标题",
    "product_id": "商品ID 宝贝ID",
    "variant": "规格 商品规格 SKU",
    "reply": "商家回复 卖家回复 评价解释 回复内容",
}
NOT_HERE = {
    ("taobao", "子订单编号"): "it is the key of the review",
    ("taobao", "评价ID"): "the child order is the key",
    ("taobao", "评价编号"): "the child order is the key",
    ("taobao", "评论ID"): "the child order is the key",
    ("pdd", "订单ID"): "a number within the platform",
    **{("douyin", name): "order and product are the key" for name in NAMES["review_id"].split()},
    **{(source, name): "grades, no stars" for source in ("taobao", "jd") for name in NAMES["rating"].split()},
}
BASE = {
    "taobao": {"review_id": "oid", "rating": "result", "text": "content", "created_at": "created"},
    "pdd": {"review_id": "reviewId", "rating": "descScore", "text": "comment", "created_at": "createTime"},
    "douyin": {"order_id": "order_id", "product_id": "product_id", "rating": "商品评价得分", "text": "content",
               "created_at": "createTime"},
    "jd": {"review_id": "commentId", "product_id": "skuid", "rating": "score", "text": "content",
           "created_at": "creationTime"},
    "kuaishou": {"review_id": "commentId", "product_id": "itemId", "rating": "creditScore", "text": "content",
                 "created_at": "createTime"},
}  # fmt: skip
VALUES = {
    "review_id": "1234567", "order_id": "7654321", "product_id": "42", "rating": "1", "text": "裂了",
    "created_at": "2026-11-16 10:26:00", "appended_text": "又裂了", "appended_at": "2026-11-17 10:26:00",
    "rank": "差评", "buyer_nick": "莉莉", "product": "毛衣", "variant": "M", "reply": "抱歉",
}  # fmt: skip
MAPS = {one.source: one for one in load_maps()}


def review(path: Path, source: str, columns: dict[str, str]) -> ImportedReview:
    values = {name: VALUES[field] for field, name in columns.items()}
    if source == "taobao" and columns.get("rating") == "result":
        values["result"] = "bad"
    # Every table is known by something that stays, whatever its columns are called.
    mark = {"pdd": "商家ID", "jd": "open_id_buyer", "douyin": "商家是否回复", "kuaishou": "", "taobao": ""}[source]
    values |= {mark: ""} if mark else {}
    path.write_text(table(values, [values]), encoding="utf-8")
    file = open_source(path)
    found = recognise(file, list(MAPS.values()))
    assert found.column_map.source == source
    (row,) = read(found, Grades(), zone("Asia/Shanghai"))
    file.close()
    assert isinstance(row, ImportedReview), row
    return row


def known(one: ColumnMap, field: str, name: str) -> bool:
    fields = {"rank": ("rank", "rating")}.get(field, (field,))
    return any(plain(name) in map(plain, one.columns.get(each, ())) for each in fields)


@pytest.mark.parametrize("source", sorted(BASE))
def test_each_map_knows_every_name_or_has_a_reason_not_to(source: str) -> None:
    for field, names in NAMES.items():
        for name in names.split():
            assert known(MAPS[source], field, name) is ((source, name) not in NOT_HERE), (field, name)


@pytest.mark.parametrize("source", sorted(BASE))
def test_whatever_a_column_is_called_the_row_says_the_same(tmp_path: Path, source: str) -> None:
    for field, names in NAMES.items():
        for name in names.split():
            if (source, name) in NOT_HERE:
                continue
            columns = {**BASE[source], field: name}
            if field == "rank":
                del columns["rating"]
            if source in ("jd", "kuaishou") and field == "review_id":
                columns["product_id"] = "商品编号" if source == "jd" else "itemId"
            if source == "kuaishou" and field in ("review_id", "rating", "rank"):
                columns["product_id"], columns["review_id"] = "itemId", "commentId"
            if source == "douyin":
                columns = {"order_id": "order_id", "product_id": "product_id", **columns}
            row = review(tmp_path / "f.csv", source, columns)
            said = {
                "order_id": row.order_external_id, "review_id": row.external_id, "text": row.text,
                "appended_text": row.appended_text, "reply": row.reply_text, "buyer_nick": row.nick,
                "product": row.product, "product_id": row.product_external_id, "variant": row.variant,
            }  # fmt: skip
            if field in said:
                assert said[field] == VALUES[field], name
            assert (row.grade, row.created_at) == ("bad", 1_794_795_960_000), name
            assert row.appended_at == (1_794_882_360_000 if field == "appended_at" else None)


def test_the_plan_of_the_exceptions_names_only_what_is_there() -> None:
    assert {source for source, _name in NOT_HERE} <= set(BASE)


@pytest.mark.parametrize(
    ("value", "grade", "scale"),
    [
        ("1", "bad", "1-5"),
        ("3", "neutral", "1-5"),
        ("5星", "good", "1-5"),
        ("差评", "bad", "1-3"),
        ("2.0", "bad", "1-5"),
    ],
)
def test_a_bare_number_means_what_its_column_says_and_a_word_what_it_says(
    tmp_path: Path, value: str, grade: str, scale: str
) -> None:
    VALUES_OF = {"商品评价得分": value, "order_id": "1", "product_id": "2", "content": "x", "createTime": "2026-11-16"}
    path = tmp_path / "f.csv"
    path.write_text(table(VALUES_OF, [VALUES_OF]), encoding="utf-8")
    (row,) = read(recognise(open_source(path), load_maps()), Grades(), zone("Asia/Shanghai"))
    assert isinstance(row, ImportedReview)
    assert (row.grade, row.raw_rating, row.raw_scale) == (grade, value, scale)


@pytest.mark.parametrize(
    ("value", "grade"), [("3", "good"), ("2", "neutral"), ("1", "bad"), ("1星", "bad"), ("差评", "bad")]
)
def test_ranks_are_grades_unless_they_say_that_they_are_stars(tmp_path: Path, value: str, grade: str) -> None:
    values = {"rank": value, "shop_order_id": "1", "product_id": "2", "content": "x", "comment_time": "1794795960"}
    path = tmp_path / "f.csv"
    path.write_text(table(values, [values]), encoding="utf-8")
    (row,) = read(recognise(open_source(path), load_maps()), Grades(), zone("Asia/Shanghai"))
    assert isinstance(row, ImportedReview)
    assert row.grade == grade


def test_stars_are_no_grades_of_a_platform_that_has_only_grades(tmp_path: Path) -> None:
    values = {"commentId": "1", "skuid": "2", "score": "3星", "content": "x", "creationTime": "2026-11-16"}
    path = tmp_path / "f.csv"
    path.write_text(table(values, [values]), encoding="utf-8")
    (row,) = read(recognise(open_source(path), load_maps()), Grades(), zone("Asia/Shanghai"))
    assert not isinstance(row, ImportedReview)
