"""Small files in the shapes of the platforms' exports, for tests; every word in them is made up."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PDD_HEADING = (
    *("评论ID", "用户ID", "商品ID", "订单ID", "商家ID", "评分", "描述得分", "物流得分", "服务得分", "评论内容"),
    *("商品名称", "订单编号", "回复内容", "图片链接", "追评内容", "评论时间"),
)
ORDER_HEADING = (
    *("订单编号", "买家会员名", "买家实际支付金额", "收货人姓名", "收货地址", "联系手机", "订单付款时间", "宝贝标题"),
    *("物流公司", "物流单号", "订单状态"),
)


def pdd_row(number: int = 1, **values: object) -> dict[str, object]:
    """One Pinduoduo review; what a test does not name gets a plain value."""
    row: dict[str, object] = {
        "评论ID": f"4258437716{number:02}",
        "用户ID": f"93895600{number:02}",
        "商品ID": "942430341991",
        "订单ID": "",
        "商家ID": "88001",
        "评分": 1,
        "描述得分": 1,
        "物流得分": 3,
        "服务得分": 1,
        "评论内容": "袖口开线了",
        "商品名称": "毛衣 M",
        "订单编号": f"261117-3326883278478{number:02}",
        "回复内容": "",
        "图片链接": "",
        "追评内容": "",
        "评论时间": 1793900460,
    }
    return row | values


def table(heading: Iterable[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as the text of a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(heading))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def pdd_file(path: Path, rows: Iterable[Mapping[str, object]], encoding: str = "utf-8-sig") -> Path:
    """A Pinduoduo file."""
    path.write_bytes(table(PDD_HEADING, rows).encode(encoding))
    return path


def order_row(number: int = 1, **values: object) -> dict[str, object]:
    """One line of a Taobao order export."""
    row: dict[str, object] = {
        "订单编号": f'="46043470580833673{number:02}"',
        "买家会员名": "s**5",
        "买家实际支付金额": "59.90",
        "收货人姓名": "朱小勇",
        "收货地址": "四川省 成都市 和平路5号",
        "联系手机": f"'140015167{number:02}",
        "订单付款时间": "2026-11-08 06:32:00",
        "宝贝标题": "洗发水 500ml",
        "物流公司": "圆通速递",
        "物流单号": f"12680094322{number:02}\t",
        "订单状态": "交易成功",
    }
    return row | values


def order_file(path: Path, rows: Iterable[Mapping[str, object]], encoding: str = "gb18030") -> Path:
    """A Taobao order export."""
    path.write_bytes(table(ORDER_HEADING, rows).encode(encoding))
    return path


def taobao_row(number: int = 1, **values: object) -> dict[str, Any]:
    """One review of a Taobao API page."""
    row: dict[str, Any] = {
        "tid": f"46043470580833673{number:02}",
        "oid": f"65516597811066982{number:02}",
        "role": "buyer",
        "nick": "s**5",
        "result": "bad",
        "created": "2026-11-16 10:26:00",
        "rated_nick": "回暖旗舰店",
        "item_title": "洗发水 500ml",
        "item_price": "59.90",
        "content": "用着头痒",
        "num_iid": 873228903208,
        "valid_score": True,
    }
    return row | values


def taobao_page(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The page around reviews."""
    listed = list(rows)
    return {"traderates_get_response": {"total_results": len(listed), "trade_rates": {"trade_rate": listed}}}


def taobao_file(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """A Taobao API page in a file."""
    path.write_text(json.dumps(taobao_page(rows), ensure_ascii=False, indent=1), encoding="utf-8")
    return path
