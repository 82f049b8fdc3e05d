"""A small shop in memory: reads and casework for screens under test, without a database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from data.clock import HOUR, MINUTE
from data.errors import Refused
from data.rows import (
    AgentRow,
    CasePage,
    CaseRow,
    ContactFacts,
    Counts,
    Done,
    Filter,
    Key,
    OrderFacts,
    Page,
    SavedView,
    ShopRow,
    View,
)

NOW = 1_795_142_520_000
"""Friday 2026-11-20, 10:42 in Shanghai."""

ME, COLLEAGUE = 1, 2

TEXTS = (
    "太短了,穿了几天腰里裂了口,这布料凉快倒是真",
    "东西不错,下次还来",
    "安装师傅态度差还乱收费,打客服电话也没人接,等了三天才有人回,再也不会来这家店买东西了",
    "尺码偏小两个码",
    "一般般吧,没有想象的好",
)
HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07清屏\x9b31m",
    "[bold]markup[/bold] [@click=app.quit]x[/]",
    "a\u0301\u0302\u0303\u0304" * 60,
    "👨‍👩‍👧‍👦👍🏽🇨🇳❤️" * 30,
    "\u202eevil\u2066 rtl \u200b\u200d\ufeff",
    "长" * 400,
    "line\nbreak\r\ttab\u2028sep",
    "①②③“引号”…—·" * 20,
)


def case_row(number: int, **changes: Any) -> CaseRow:
    """A case that looks like one; the higher its number, the later it is due."""
    due_at = NOW - 70 * MINUTE + number * 38 * MINUTE
    row = CaseRow(
        case_id=number + 1,
        review_id=number + 1,
        key=Key(due_at, number + 1),
        platform=("taobao", "tmall", "pdd", "jd", "douyin", "kuaishou")[number % 6],
        grade=("bad", "bad", "neutral")[number % 3],
        state="new",
        result=None,
        cause=("Q1", None, "V1", "X2", "L1")[number % 5],
        nick=f"t**{number % 10}",
        level=("新", None, "金")[number % 3],
        product=("加绒卫裤", "赣南脐橙", "电热水器", "纯棉T恤")[number % 4],
        variant=("黑 XL", "5斤", None)[number % 3],
        text=TEXTS[number % len(TEXTS)],
        owner_id=None,
        owner=None,
        due_at=due_at,
        reviewed_at=NOW - 12 * HOUR,
        contact_from=None,
        attempts=0,
    )
    return replace(row, **changes)


def case_page(row: CaseRow, **changes: Any) -> CasePage:
    """All that is known about a case, most of it nothing."""
    order = OrderFacts(
        row.case_id, f"4604347058083367{row.case_id:03d}", row.product, row.variant, 8900, "CNY",
        NOW - 300 * HOUR, NOW - 280 * HOUR, None, NOW - 190 * HOUR, "中通", "126800943222", "signed",
    )  # fmt: skip
    facts = ContactFacts(row.case_id, row.case_id, True, row.state, None, None, (), 0, 0, None, None, None, None)
    page = CasePage(
        row=row, shop="旗舰店", shop_id=1, zone="Asia/Shanghai", review_external_id=f"R{row.case_id}", rating=1,
        raw_rating="bad", text=row.text, appended_text=None, appended_at=None, reply_text=None, removed_at=None,
        order=order, order_external_id=order.external_id, personal=(), revisions=(), contacts=(), promises=(),
        remedies=(), notes=(), earlier_orders=(), earlier_reviews=(), grades={"bad": 1}, facts=facts,
        follow_up_at=None, follow_up_kind=None, promised_at=None, lease_until=None, settled=False,
        review_questions=0, calls=0, refusals=0,
    )  # fmt: skip
    return replace(page, **changes)


class Shop:
    """Reads and casework over a list of cases; `asked` keeps what was read, `done` what was written."""

    def __init__(self, rows: Sequence[CaseRow]) -> None:
        self.rows = {row.case_id: row for row in rows}
        self.asked: list[tuple[Any, ...]] = []
        self.done: list[tuple[Any, ...]] = []
        self.refusing: dict[str, Refused] = {}
        self.drafts: dict[tuple[str, int], str] = {}

    # Reads

    def _those(self, view: View, narrowed: Filter, agent_id: int, now: int) -> list[CaseRow]:
        views: dict[View, Callable[[CaseRow], bool]] = {
            View.ALL: lambda row: row.state != "scheduled",
            View.MINE: lambda row: row.owner_id == agent_id,
            View.DUE_SOON: lambda row: row.due_at < now + HOUR,
            View.FOLLOW_UPS: lambda row: row.state == "scheduled",
            View.CALLABLE: lambda row: True,
            View.TO_VERIFY: lambda row: row.state == "waiting_buyer",
        }
        kept = [
            row
            for row in self.rows.values()
            if views[view](row)
            and narrowed.platform in (None, row.platform)
            and narrowed.cause in (None, row.cause)
            and narrowed.state in (None, row.state)
            and (narrowed.owner_id is None or (row.owner_id or 0) == narrowed.owner_id)
            and narrowed.search in row.text + row.product + row.nick
        ]
        return sorted(kept, key=lambda row: (row.key.at, row.key.id))

    def page(
        self, view: View, narrowed: Filter, *, agent_id: int, now: int,
        after: Key | None = None, before: Key | None = None, last: bool = False, limit: int = 50,
    ) -> Page:  # fmt: skip
        self.asked.append(("page", view, narrowed, after, before, last))
        rows = self._those(view, narrowed, agent_id, now)
        keys = [(row.key.at, row.key.id) for row in rows]
        start, end = 0, limit
        if last:
            start, end = max(0, len(rows) - limit), len(rows)
        elif after is not None:
            start = sum(key <= (after.at, after.id) for key in keys)
            end = start + limit
        elif before is not None:
            end = sum(key < (before.at, before.id) for key in keys)
            start = max(0, end - limit)
        return Page(tuple(rows[start:end]), start > 0, end < len(rows))

    def count(self, view: View, narrowed: Filter, *, agent_id: int, now: int) -> int:
        return min(1000, len(self._those(view, narrowed, agent_id, now)))

    def counts(self, *, agent_id: int, now: int) -> Counts:
        return Counts({view: self.count(view, Filter(), agent_id=agent_id, now=now) for view in View}, 12)

    def row(self, case_id: int) -> CaseRow | None:
        return self.rows.get(case_id)

    def case(self, case_id: int, *, now: int) -> CasePage:
        self.asked.append(("case", case_id))
        return case_page(self.rows[case_id])

    def log(self, narrowed: Any, **where: Any) -> Any:
        raise NotImplementedError

    def agenda(self, view: Any, **where: Any) -> Any:
        raise NotImplementedError

    def fallen_due(self, *, agent_id: int, since: int, now: int, limit: int = 10) -> Sequence[Any]:
        return ()

    def agent(self, agent_id: int) -> AgentRow:
        return self.agents()[agent_id - 1]

    def agents(self) -> Sequence[AgentRow]:
        return (
            AgentRow(ME, "lili", "莉莉", "agent", "售后客服"),
            AgentRow(COLLEAGUE, "aming", "阿明", "agent", None),
        )

    def shops(self) -> Sequence[ShopRow]:
        return (ShopRow(1, "taobao", "旗舰店", "Asia/Shanghai"),)

    def open_call(self, agent_id: int) -> None:
        return None

    def nick(self, case_id: int) -> str:
        return self.case(case_id, now=NOW).row.nick

    def unfinished_contact(self, agent_id: int) -> None:
        return None

    def draft(self, agent_id: int, kind: str, subject_id: int) -> str:
        return self.drafts.get((kind, subject_id), "")

    def saved_views(self, agent_id: int) -> Sequence[SavedView]:
        return ()

    def has_reviews(self) -> bool:
        return bool(self.rows)

    # Casework

    def _do(self, verb: str, case_id: int, said: str, **changes: Any) -> Done:
        if verb in self.refusing:
            raise self.refusing[verb]
        self.done.append((verb, case_id, *changes.values()))
        self.rows[case_id] = replace(self.rows[case_id], **changes)
        return Done(len(self.done), said, True)

    def claim(self, case_id: int) -> Done:
        owner = self.rows[case_id].owner
        if owner:
            raise Refused("Taken", f"{owner} has this case.")
        return self._do("claim", case_id, f"claimed {case_id}", owner_id=ME, owner="莉莉")

    def may_work(self, case_id: int) -> None:
        row = self.rows[case_id]
        if row.owner_id not in (None, ME):
            raise Refused("Taken", f"{row.owner} has this case.")

    def release(self, case_id: int) -> Done:
        return self._do("release", case_id, f"released {case_id}", owner_id=None, owner=None)

    def claim_next(self, passing_over: Collection[int] = ()) -> int:
        row = next(row for row in self.rows.values() if row.owner_id is None and row.case_id not in passing_over)
        self.claim(row.case_id)
        return row.case_id

    def snooze(self, case_id: int, until: int) -> Done:
        row = self.rows[case_id]
        return self._do("snooze", case_id, "snoozed", state="scheduled", due_at=until, key=Key(until, row.key.id))

    def undo(self, progress: Any = None) -> Done:
        verb, case_id = self.done[-1][:2]
        if verb == "claim":
            return self._do("undo", case_id, "undone", owner_id=None, owner=None)
        return self._do("undo", case_id, "undone")

    def keep_draft(self, kind: str, subject_id: int, text: str) -> None:
        self.drafts[kind, subject_id] = text

    def __getattr__(self, verb: str) -> Any:
        raise AttributeError(verb)
