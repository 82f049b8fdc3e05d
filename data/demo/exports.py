"""The demo's reviews and orders in the shapes in which platforms give them away, as they stood at one import.

Writing real files and importing them is the point: the demo goes through the same door as a shop's own exports.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from data.clock import DAY, HOUR, SECOND, to_local
from data.demo.content import Content, Told, digits
from data.demo.moments import moment
from data.vocabulary import Platform

_ORDER_HEADING = (
    "订单编号",
    "买家会员名",
    "买家实际支付金额",
    "收货人姓名",
    "收货地址",
    "联系手机",
    "分机号",
    "隐私号过期时间",
    "订单付款时间",
    "宝贝标题",
    "商品属性",
    "店铺名称",
    "发货时间",
    "应发货时间",
    "确认收货时间",
    "物流公司",
    "物流单号",
    "订单状态",
)
_PDD_HEADING = (
    "评论ID",
    "用户ID",
    "商品ID",
    "订单ID",
    "商家ID",
    "评分",
    "描述得分",
    "物流得分",
    "服务得分",
    "评论内容",
    "商品名称",
    "规格",
    "用户昵称",
    "订单编号",
    "回复内容",
    "图片链接",
    "追评内容",
    "追评时间",
    "评论时间",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A review as the platform shows it at one moment."""

    told: Told
    written_at: int
    grade: str
    stars: int
    text: str
    appended: str = ""
    appended_at: int = 0
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """The times of an order, UTC milliseconds."""

    paid_at: int
    sent_at: int
    expected_at: int
    signed_at: int


def export(content: Content, by: int, now: int, zone: tzinfo, folder: Path) -> list[Path]:
    """Write the files of an import at the time `by` and return their paths in the order of importing.

    `now` is the moment at which the demo is made.
    """
    standing = list(_standing(content, by, now, zone))
    taobao = [each for each in standing if _platform(content, each.told) != Platform.PDD]
    pdd = [each for each in standing if _platform(content, each.told) == Platform.PDD]
    written = []
    for name, data in (
        ("ExportOrderList.csv", orders_csv(content, taobao, now, zone).encode("gb18030")),
        ("taobao-traderates.json", rates_json(content, taobao, zone).encode()),
        ("pdd-reviews.csv", pdd_csv(content, pdd).encode("utf-8-sig")),
    ):
        path = folder / name
        path.write_bytes(data)
        written.append(path)
    return written


def order_id(told: Told, platform: Platform) -> str:
    """The order's number in the shape of its platform."""
    if platform is Platform.PDD:
        day = int(digits(told.id, 2)) % 28 + 1
        return f"2611{day:02}-{digits(told.id + 'order', 15)}"
    return digits(told.id + "order", 19)


def review_id(told: Told, platform: Platform) -> str:
    """The review's number, which on Taobao is the child order's."""
    return digits(told.id + "review", 12 if platform is Platform.PDD else 19)


def phone(told: Told) -> str:
    """The buyer's number: one that no network gives to a telephone."""
    return "1400000" + digits(told.buyer + "phone", 4)


def rates_json(content: Content, standing: Sequence[Standing], zone: tzinfo) -> str:
    """A page of the Taobao interface."""
    rates = []
    for each in standing:
        told, product = each.told, content.products[each.told.product]
        platform = _platform(content, told)
        rate: dict[str, object] = {
            "tid": order_id(told, platform),
            "oid": review_id(told, platform),
            "role": "buyer",
            "nick": told.nick,
            "ouid": "AAF" + digits(told.buyer + "buyer", 20),
            "result": each.grade,
            "created": _wall(each.written_at, zone),
            "rated_nick": content.shops[told.shop].name,
            "item_title": product.title,
            "item_price": product.price,
            "content": each.text,
            "num_iid": product.number,
            "valid_score": True,
        }
        if each.appended:
            rate |= {"append_content": each.appended, "append_time": _wall(each.appended_at, zone)}
        if each.reply:
            rate["reply"] = each.reply
        rates.append(rate)
    page = {"traderates_get_response": {"total_results": len(rates), "trade_rates": {"trade_rate": rates}}}
    return json.dumps(page, ensure_ascii=False, indent=1)


def orders_csv(content: Content, standing: Sequence[Standing], now: int, zone: tzinfo) -> str:
    """The order list as sellers export it, ids guarded as ="…"."""
    rows = []
    for each in standing:
        told, product = each.told, content.products[each.told.product]
        trip = journey(told, each.written_at)
        extension, expires = _virtual(told, each.written_at, now, zone)
        rows.append(
            (
                f'="{order_id(told, Platform.TAOBAO)}"',
                told.nick,
                product.price,
                _pick(content.orders["names"], told.buyer + "name"),
                f"{_pick(content.orders['places'], told.buyer + 'place')} "
                + content.orders["street"].format(number=int(digits(told.buyer, 2))),
                "'" + phone(told),
                extension,
                _wall(expires, zone) if expires else "",
                _wall(trip.paid_at, zone),
                product.title,
                told.variant,
                content.shops[told.shop].name,
                _wall(trip.sent_at, zone),
                _wall(trip.expected_at, zone),
                _wall(trip.signed_at, zone),
                _pick(content.orders["carriers"], told.id),
                digits(told.id + "parcel", 13) + "\t",
                "交易成功",
            )
        )
    return _csv(_ORDER_HEADING, rows)


def pdd_csv(content: Content, standing: Sequence[Standing]) -> str:
    """The review list of Pinduoduo's tools, times in Unix seconds."""
    rows = []
    for each in standing:
        told, product = each.told, content.products[each.told.product]
        rows.append(
            (
                review_id(told, Platform.PDD),
                digits(told.buyer + "buyer", 10),
                product.number,
                "",
                content.shops[told.shop].number,
                each.stars,
                each.stars,
                5,
                min(5, each.stars + 1),
                each.text,
                product.title,
                told.variant,
                told.nick,
                order_id(told, Platform.PDD),
                each.reply,
                "",
                each.appended,
                each.appended_at // SECOND if each.appended else "",
                each.written_at // SECOND,
            )
        )
    return _csv(_PDD_HEADING, rows)


def journey(told: Told, written_at: int) -> Journey:
    """When the order of a review was paid, sent, expected and signed for; signed some days before the review."""
    signed_at = written_at - (76 + int(digits(told.id, 2)) % 61) * HOUR
    expected_at = signed_at - told.late_days * DAY if told.late_days else signed_at + DAY
    sent_at = min(expected_at, signed_at) - 2 * DAY
    return Journey(sent_at - 20 * HOUR, sent_at, expected_at, signed_at)


def _virtual(told: Told, written_at: int, now: int, zone: tzinfo) -> tuple[str, int]:
    """The extension of a privacy number and when the number dies; every second order has a plain one."""
    if told.number:
        return told.number["extension"], moment(told.number["expires"], now, zone)
    if int(digits(told.buyer + "virtual", 2)) % 2:
        return "", 0
    return digits(told.buyer + "extension", 4), written_at + 30 * DAY


def _standing(content: Content, by: int, now: int, zone: tzinfo) -> Iterator[Standing]:
    """Every review that had been seen by then, as it was then; the oldest first."""
    for told in content.reviews:
        if moment(content.imports[told.seen], now, zone) > by:
            continue
        grade, stars, text, appended, appended_at, reply = told.grade, told.stars, told.text, "", 0, ""
        for change in told.changes:
            if moment(content.imports[change.seen], now, zone) > by:
                continue
            if change.kind == "appended":
                appended, appended_at = change.text, moment(change.at, now, zone)
            elif change.kind == "replied":
                reply = change.text
            else:
                grade, stars, text = change.grade, change.stars or stars, change.text
        yield Standing(told, moment(told.written, now, zone), grade, stars, text, appended, appended_at, reply)


def _platform(content: Content, told: Told) -> Platform:
    return Platform(content.shops[told.shop].platform)


def _pick(among: Sequence[str], told: str) -> str:
    return among[int(digits(told, 6)) % len(among)]


def _wall(at: int, zone: tzinfo) -> str:
    return f"{to_local(at, zone):%Y-%m-%d %H:%M:%S}"


def _csv(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue()
