"""Workbooks for tests: ordinary ones, and parts put together by hand where no program would write them so."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

DOUYIN_HEADING = (
    *("用户昵称", "评价日期", "订单ID", "商品ID", "商品名称", "商品规格", "商品评价得分", "评价等级", "评价内容"),
    *("追评内容", "追评时间", "商家是否回复", "回复内容", "门店ID", "门店名称"),
)


def douyin_row(number: int = 1, **values: object) -> dict[str, object]:
    """One review of a Douyin export; what a test does not name gets a plain value."""
    row: dict[str, object] = {
        "用户昵称": "s**5",
        "评价日期": "2026/11/07 15:44",
        "订单ID": f"91670508343852446{number:02}",
        "商品ID": "698775929702",
        "商品名称": "智能手机 128G 黑",
        "商品规格": "默认",
        "商品评价得分": 1,
        "评价等级": "差评",
        "评价内容": "听筒有杂音",
        "追评内容": "",
        "追评时间": "",
        "商家是否回复": "未回复",
        "回复内容": "",
        "门店ID": "1001",
        "门店名称": "回暖抖音店",
    }
    return row | values


def book(path: Path, rows: Iterable[Sequence[Any]], *, inline: bool = False, **options: Any) -> Path:
    """A workbook with one sheet; numbers stay numbers, texts are shared or stand in their cells."""
    with xlsxwriter.Workbook(path, {"constant_memory": inline, **options}) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)
    return path


def douyin_file(path: Path, rows: Iterable[Mapping[str, object]], *, inline: bool = True) -> Path:
    """A Douyin export."""
    listed = [[row.get(name, "") for name in DOUYIN_HEADING] for row in rows]
    return book(path, [DOUYIN_HEADING, *listed], inline=inline)


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_RELATION = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'


def by_hand(path: Path, sheet: str | bytes, *, sheet_name: str = "xl/worksheets/sheet1.xml", **parts: str) -> Path:
    """A workbook whose sheet is this text; `parts` may hold `texts`, `styles`, `workbook`, `head` for its parts."""
    head = parts.get("head", '<?xml version="1.0"?>')
    workbook = parts.get(
        "workbook", f'<workbook xmlns:r="{_RELATIONS}"><sheets><sheet name="s" r:id="a"/></sheets></workbook>'
    )
    related = [("a", "worksheet", "worksheets/sheet1.xml"), ("b", "sharedStrings", "sharedStrings.xml"),
               ("c", "styles", "/xl/styles.xml")]  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels", _PACKAGE.format(_RELATION.format("x", _RELATIONS, "officeDocument", "xl/workbook.xml"))
        )
        archive.writestr("xl/workbook.xml", workbook)
        relations = "".join(_RELATION.format(number, _RELATIONS, kind, target) for number, kind, target in related)
        archive.writestr("xl/_rels/workbook.xml.rels", _PACKAGE.format(relations))
        for name in ("texts", "styles"):
            if name in parts:
                archive.writestr({"texts": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}[name], parts[name])
        archive.writestr(sheet_name, sheet if isinstance(sheet, bytes) else head + sheet)
    return path


def sheet_of(rows: str) -> str:
    """A sheet around its rows."""
    return f'<worksheet><dimension ref="A1:A1"/><sheetData>{rows}</sheetData></worksheet>'
