"""Screens on a real database, with real reads and real casework; only the clock stands still unless it is moved."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.screen import Screen

from data.answers import advise
from data.clock import Clock, zone
from data.protocols import Casework
from data.reads import SqlReads
from data.rows import CasePage
from screens.workplace import Workplace
from tests.data.casework.desk import Desk as Data
from tests.playbooks import standard
from tests.screens.desk import Desk, OneScreenApp
from tests.screens.shop import Shop
from tui.doors import doors


def real_place(data: Data, copied: list[str]) -> Workplace:
    """A workplace of the agent of a small real shop."""
    shanghai = zone("Asia/Shanghai")
    reads = SqlReads(data.store, zone=shanghai)
    data.playbook = standard("zh_CN")

    async def casework() -> Casework:
        return data.casework

    def answer(page: CasePage, now: int) -> tuple[str, str]:
        advice = advise(page.facts, now, shanghai, data.settings.contact)
        return advice.answer, advice.advice

    def copy(text: str) -> bool:
        copied.append(text)
        return True

    return Workplace(
        reads, casework, Clock(lambda: data.now), data.settings, data.world.agent_id, copy, answer, doors()
    )


@asynccontextmanager
async def at_work(
    folder: Path,
    opening: Callable[[Workplace, Data], Screen[Any]],
    *,
    size: tuple[int, int] = (100, 30),
    prepare: Callable[[Data], object] | None = None,
    **changes: Any,
) -> AsyncIterator[tuple[Desk, Data]]:
    """Run a screen on a small real shop in a folder."""
    data = Data(folder / "shop.db")
    if prepare is not None:
        prepare(data)
    copied: list[str] = []
    place = replace(real_place(data, copied), **changes)
    async with OneScreenApp(lambda: opening(place, data)).run_test(size=size) as pilot:
        running = Desk(pilot, Shop([]))
        running.copied = copied
        await running.settled()
        yield running, data
    data.store.close()
    data.world.connection.close()
