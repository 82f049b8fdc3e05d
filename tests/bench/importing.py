"""A Pinduoduo file into a fresh database by the real command: cases, events and search included."""

from __future__ import annotations

import csv
import random
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.bench.figures import Unmeasurable, figure, median
from tests.bench.ground import Ground
from tests.terminal import ROOT, program

ROWS: Final = 100_000
RUNS: Final = 2
HEADER: Final = (
    "评论ID,用户ID,商品ID,订单ID,商家ID,评分,描述得分,物流得分,服务得分,评论内容,商品名称,订单编号,回复内容,"
    "图片链接,追评内容,评论时间"
)
PIECES: Final = (
    "收到就是坏的", "用了两天就裂口", "客服半天不回", "颜色和图片差太多", "快递放门口也不说一声", "尺码偏小两个码",
    "水果烂了三个", "充电充不进去", "味道很重", "包装压扁了", "价格第二天就降了", "还可以吧", "说好的赠品没有",
    "质量一般", "下次不买了", "东西不错", "等了九天才到", "老人用着不方便", "退货还要自己出运费", "比超市贵",
)  # fmt: skip


def seconds(ground: Ground) -> list[float]:
    """Seconds of the whole command, from its start to its end."""
    ground.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
        file = Path(folder, "pdd.csv")
        write_file(file, ROWS)
        return [_import(ground, file, Path(folder, f"{run}.db")) for run in range(RUNS)]


def write_file(file: Path, rows: int) -> None:
    """A file in the platform's shape; every second review is neutral or bad, lengths are those of real ones."""
    chance = random.Random(20261121)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        out.write(HEADER + "\r\n")
        writer = csv.writer(out)
        for number in range(rows):
            length = min(360, max(4, int(chance.lognormvariate(3.4, 0.75))))
            text = ""
            while len(text) < length:
                text += chance.choice(PIECES) + chance.choice((",", "。", "!", " "))
            stars = chance.choice((1, 2, 3, 4, 5, 5))
            sold = f"2611{1 + number % 18:02}-{310000000000000 + number * 7919}"
            product = number % 900
            writer.writerow([
                600000000000 + number, 9000000000 + number // 2, 800000000000 + product, "", 88001, stars, stars, 3, 3,
                text[:length], f"商品 {product} 号", sold, "", "", "", 1793000000 + number * 17,
            ])  # fmt: skip


def _import(ground: Ground, file: Path, database: Path) -> float:
    begun = time.perf_counter()
    done = subprocess.run(
        [*program(), "--database", str(database), "import", "--json", str(file)],
        env=ground.environment(database), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    taken = time.perf_counter() - begun
    if done.returncode != 0 or f'"new": {ROWS}' not in done.stdout:
        raise Unmeasurable(f"the import did not take every row: {done.stdout[-500:]} {done.stderr[-500:]}")
    return taken


@figure("import.speed", f"import of {ROWS:,} reviews with cases, events and search", 8_000, "reviews/s")
def _speed(ground: Ground) -> float:
    return ROWS / median(ground.once(seconds))
