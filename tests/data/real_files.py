"""The platforms' files as this machine has them, read by the shortest way: for comparing with what an import made.

Nothing here is shared with the importers. Where the files are missing, the tests that need them are skipped.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import pytest

REAL = Path(__file__).resolve().parents[3] / "shared" / "reviews"
NAMES = {
    "taobao": "taobao-traderates.json",
    "taobao-orders": "ExportOrderList.csv",
    "pdd": "pdd-reviews.csv",
    "douyin": "douyin-reviews.xlsx",
    "jd": "jd-comments.json",
    "kuaishou": "kuaishou-comments.json",
    "judgeme": "judgeme.csv",
}
REVIEWS = tuple(name for name in NAMES if name != "taobao-orders")
needed = pytest.mark.skipif(
    not all((REAL / day / name).exists() for day in ("day1", "day3") for name in NAMES.values()),
    reason="the platforms' real files are not on this machine",
)

_CHINA = timezone(timedelta(hours=8))
_CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WORDS = {"good": ("good", 5), "neutral": ("neutral", 3), "bad": ("bad", 1)}
_BY_STARS = {1: "bad", 2: "bad", 3: "neutral", 4: "good", 5: "good"}


@dataclass(frozen=True)
class Fact:
    """What a review of a file says, as a person would read it off. Times are UTC milliseconds."""

    grade: str
    rating: int
    text: str
    created_at: int
    order: str | None = None
    appended: str | None = None
    appended_at: int | None = None
    reply: str | None = None
    nick: str = ""
    product_id: str | None = None
    shop: str | None = None

    @property
    def said(self) -> tuple[object, ...]:
        """What a buyer or the shop can change; spaces are nobody's act."""
        words = ("".join(part.split()) if part else None for part in (self.text, self.appended, self.reply))
        return (self.rating, self.appended_at, *words)


def path(day: str, source: str) -> Path:
    """The file of a source on a day."""
    return REAL / day / NAMES[source]


def facts(day: str, source: str) -> dict[str, Fact]:
    """Every review of a file by its key."""
    return _READERS[source](path(day, source))


def order_numbers(day: str) -> list[str]:
    """The orders of a day, in the order of the file."""
    with path(day, "taobao-orders").open(encoding="gb18030", newline="") as file:
        return [re.sub(r"\D", "", row["订单编号"]) for row in csv.DictReader(file)]


def _china(text: str, form: str) -> int:
    return int(datetime.strptime(text, form).replace(tzinfo=_CHINA).timestamp()) * 1000


def _taobao(file: Path) -> dict[str, Fact]:
    page = json.loads(file.read_text("utf-8"))
    return {
        row["oid"]: Fact(
            *_WORDS[row["result"]],
            row["content"],
            _china(row["created"], "%Y-%m-%d %H:%M:%S"),
            row["tid"],
            row.get("append_content"),
            None,
            row.get("reply"),
            row["nick"],
            str(row["num_iid"]),
            row["rated_nick"],
        )
        for row in page["traderates_get_response"]["trade_rates"]["trade_rate"]
    }


def _pdd(file: Path) -> dict[str, Fact]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return {
            row["评论ID"]: Fact(
                _BY_STARS[int(row["描述得分"])],
                int(row["描述得分"]),
                row["评论内容"],
                int(row["评论时间"]) * 1000,
                row["订单编号"],
                row["追评内容"] or None,
                None,
                row["回复内容"] or None,
                "",
                row["商品ID"],
                row["商家ID"],
            )
            for row in csv.DictReader(stream)
        }


def _douyin(file: Path) -> dict[str, Fact]:
    with zipfile.ZipFile(file) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    heading, *rows = [
        ["".join(part.text or "" for part in cell.iter() if part.tag in (f"{_CELL}t", f"{_CELL}v"))
         for cell in row.iter(f"{_CELL}c")]
        for row in sheet.iter(f"{_CELL}row")
    ]  # fmt: skip
    found = {}
    for values in rows:
        row = dict(zip(heading, values, strict=True))
        grade = {"好评": "good", "中评": "neutral", "差评": "bad"}[row["评价等级"]]
        appended_at = _china(row["追评时间"], "%Y/%m/%d %H:%M") if row["追评时间"] else None
        found[f"{row['订单ID']}:{row['商品ID']}"] = Fact(
            grade,
            int(row["商品评价得分"]),
            row["评价内容"],
            _china(row["评价日期"], "%Y/%m/%d %H:%M"),
            row["订单ID"],
            row["追评内容"] or None,
            appended_at,
            row["回复内容"] or None,
            row["用户昵称"],
            row["商品ID"],
            row["门店名称"],
        )
    assert len(found) == len(rows)
    return found


def _jd(file: Path) -> dict[str, Fact]:
    return {
        row["commentId"]: Fact(
            *_WORDS[{3: "good", 2: "neutral", 1: "bad"}[row["score"]]],
            row["content"],
            _china(row["creationTime"], "%Y-%m-%d %H:%M:%S"),
            row["orderId"],
            None,
            None,
            "\n".join(reply["content"] for reply in row["replies"]) or None,
            row["nickName"],
            row["skuid"],
        )
        for row in json.loads(file.read_text("utf-8"))["comments"]
    }


def _kuaishou(file: Path) -> dict[str, Fact]:
    return {
        str(row["commentId"]): Fact(
            _BY_STARS[row["creditScore"]],
            row["creditScore"],
            row["content"],
            row["createTime"],
            str(row["orderId"]),
            None,
            row.get("attachedTime") or None,
            "\n".join(reply["content"] for reply in row["sellerReply"]) or None,
            "",
            str(row["itemId"]),
        )
        for row in json.loads(file.read_text("utf-8"))["data"]["rootComment"]
    }


def _judgeme(file: Path) -> dict[str, Fact]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = {}
    for row in rows:
        at = _china(row["review_date"], "%d/%m/%Y")
        key = hashlib.sha256(f"{row['reviewer_email']}\x1f{row['product_id']}\x1f{at}".encode()).hexdigest()[:32]
        rating = int(row["rating"])
        found[key] = Fact(
            _BY_STARS[rating],
            rating,
            row["body"],
            at,
            None,
            None,
            None,
            row["reply"] or None,
            row["reviewer_name"],
            row["product_id"],
        )
    assert len(found) == len(rows)
    return found


_READERS: dict[str, Callable[[Path], dict[str, Fact]]] = {
    "taobao": _taobao,
    "pdd": _pdd,
    "douyin": _douyin,
    "jd": _jd,
    "kuaishou": _kuaishou,
    "judgeme": _judgeme,
}
