"""A world and the reads on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.reads import SqlReads
from data.store.store import Store
from tests.data.world import World

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "shop.db")
    yield made
    made.connection.close()


@pytest.fixture
def reads(world: World) -> Iterator[SqlReads]:
    store = Store(world.path)
    yield SqlReads(store, zone=SHANGHAI)
    store.close()
