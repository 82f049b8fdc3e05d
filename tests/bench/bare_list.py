"""The yardstick of a start: a Textual application with a DataTable of 200 rows and nothing else."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable

ROWS = 200
FIRST_WORDS = "第 1 条"


class BareList(App[None]):
    """What any Textual program pays before it does anything of its own."""

    def compose(self) -> ComposeResult:
        """One table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns("时限", "评级", "平台", "买家", "商品", "评价", "原因")
        for number in range(1, ROWS + 1):
            table.add_row("0:18", "差", "淘宝", "t**8", "加绒卫裤 黑 XL", f"第 {number} 条:穿了几天就裂了口", "质量")


if __name__ == "__main__":
    BareList().run()
