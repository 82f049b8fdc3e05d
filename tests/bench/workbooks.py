"""A Douyin workbook into a fresh database by the real command: what it takes in time and in memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import xlsxwriter

from tests.bench.asking import COUNTED
from tests.bench.figures import Unmeasurable, figure
from tests.bench.ground import Ground
from tests.bench.importing import PIECES
from tests.terminal import ROOT

ROWS: Final = 100_000
HEADING: Final = (
    "用户昵称", "评价日期", "订单ID", "商品ID", "商品名称", "商品规格", "商品评价得分", "评价等级", "评价内容",
    "追评内容", "追评时间", "商家是否回复", "回复内容", "门店ID", "门店名称",
)  # fmt: skip


def taken_in(ground: Ground) -> tuple[float, float]:
    """Seconds and megabytes of the whole command."""
    ground.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
        file, database = Path(folder, "douyin.xlsx"), Path(folder, "shop.db")
        # In a process of its own: a child counts what its parent has once held as its own.
        write = f"from pathlib import Path; from tests.bench.workbooks import *; write_file(Path({str(file)!r}), ROWS)"
        subprocess.run([sys.executable, "-c", write], cwd=ROOT, check=True)
        done = subprocess.run(
            [sys.executable, "-c", COUNTED, "--database", str(database), "import", str(file)],
            env=ground.environment(database), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise Unmeasurable(f"the import did not end well: {done.stderr[-500:]}")
    status, seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    if status != 0:
        raise Unmeasurable(f"the import did not end well: {done.stderr[-500:]}")
    return seconds, megabytes


def write_file(file: Path, rows: int) -> None:
    """A workbook in the platform's shape whose texts are shared, which takes the most memory to read."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        for number in range(1, rows + 1):
            stars = number % 5 + 1
            grade = "差评" if stars < 3 else "中评" if stars == 3 else "好评"
            said = "，".join(PIECES[(number * step) % len(PIECES)] for step in range(1, 2 + number % 7))
            texts = (
                f"s**{number % 10}", f"2026/11/{number % 18 + 1:02} 10:{number % 60:02}", str(10**18 + number),
                str(698775929000 + number % 977), "智能手机 128G 黑", "默认",
            )  # fmt: skip
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text)
            sheet.write_number(number, 6, stars)
            for column, text in enumerate((grade, f"{said}{number}", "", "", "未回复", "", "1001", "回暖抖音店"), 7):
                sheet.write_string(number, column, text)


@figure("import.xlsx.memory", f"memory while a workbook of {ROWS:,} reviews is imported", 300, "MB")
def _memory(ground: Ground) -> float:
    return ground.once(taken_in)[1]


@figure("import.xlsx.seconds", f"a workbook of {ROWS:,} reviews imported", None, "s")
def _seconds(ground: Ground) -> float:
    return ground.once(taken_in)[0]
