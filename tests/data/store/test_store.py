"""The store: reads beside writes, writes one after another, claims that nobody wins twice."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pytest

from data.errors import StoreError
from data.store import waiting
from data.store.open import connect
from data.store.store import Store
from data.store.waiting import begin_immediate
from tests.data.world import NOW, World


def _names(store: Store) -> list[str]:
    with store.read() as connection:
        return [row[0] for row in connection.execute("SELECT login FROM agent ORDER BY id")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    World(tmp_path / "shop.db").connection.close()
    return Store(tmp_path / "shop.db")


_ADD = "INSERT INTO agent (login, created_at) VALUES (?, 1)"


def test_a_new_store_is_made_and_brought_up_to_date(tmp_path: Path) -> None:
    store = Store(tmp_path / "new.db")
    assert store.prepare(NOW, create=True) == ["m0001_first"]
    assert store.prepare(NOW) == []
    assert _names(store) == []


def test_what_a_block_wrote_is_kept_when_it_ends_well(store: Store) -> None:
    with store.write() as connection:
        connection.execute(_ADD, ("ming",))
    assert _names(store) == ["lili", "ming"]


def test_what_a_block_wrote_is_gone_when_it_fails(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as connection:
        connection.execute(_ADD, (f"ming{connection.execute(_ADD, ('hua',)).rowcount // 0}",))
    assert _names(store) == ["lili"]
    with store.write(durable=False) as connection:
        connection.execute(_ADD, ("hua",))
    assert _names(store) == ["lili", "hua"]


def test_a_fault_of_our_own_is_not_dressed_up_as_trouble_with_the_disk(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.write() as connection:
        connection.execute(_ADD, ("lili",))
    with pytest.raises(sqlite3.OperationalError), store.read() as connection:
        connection.execute("SELECT nothing FROM nowhere")


def test_a_read_sees_one_state_while_others_write(store: Store) -> None:
    with store.read() as connection:
        count = "SELECT count(*) FROM agent"
        assert connection.execute(count).fetchone() == (1,)
        with store.write() as writer:
            writer.execute(_ADD, ("ming",))
        assert connection.execute(count).fetchone() == (1,)
    assert len(_names(store)) == 2


def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError), store.read() as connection:
        connection.execute(_ADD, ("ming",))


def test_a_write_inside_a_write_is_a_mistake_that_is_told(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write(), store.write():
        pass
    assert _names(store) == ["lili"]


def test_reads_inside_reads_and_many_threads_get_connections_of_their_own(store: Store) -> None:
    seen: list[int] = []

    def look() -> None:
        for _ in range(20):
            with store.read() as outer, store.read() as inner:
                seen.append(outer.execute("SELECT 1").fetchone()[0] + inner.execute("SELECT 1").fetchone()[0])

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [2] * 160


def test_a_database_that_others_hold_is_told_after_some_patience(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = connect(store.path)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(waiting, "PATIENCE_MILLISECONDS", 100)
    with pytest.raises(StoreError, match=r"shop\.db"), store.write():
        pass
    holder.execute("ROLLBACK")
    with store.write() as connection:
        connection.execute(_ADD, ("ming",))


def test_a_full_disk_is_told_and_loses_only_the_last_change(store: Store) -> None:
    with store.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError) as caught, store.write() as connection:
        connection.executemany(_ADD, ((f"agent {number}" * 50,) for number in range(2_000)))
    assert caught.value.remedy
    assert _names(store) == ["lili"]
    store.close()
    with store.write() as connection:
        connection.execute(_ADD, ("ming",))


def test_a_damaged_page_is_told_when_it_is_met(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    for _ in range(200):
        world.case()
    world.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = world.connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'review'").fetchone()[0]
    world.connection.close()
    with (tmp_path / "shop.db").open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreError), Store(tmp_path / "shop.db").read() as connection:
        connection.execute("SELECT text FROM review").fetchall()


def test_an_up_to_date_database_opens_for_reading_alone(store: Store, tmp_path: Path) -> None:
    assert store.prepare(NOW, read_only=True) == []
    connect(tmp_path / "empty.db", create=True).close()
    with pytest.raises(StoreError):
        Store(tmp_path / "empty.db").prepare(NOW, read_only=True)


def _claim(path: Path, agent_id: int, won: list[int]) -> None:
    store = Store(path)
    for _ in range(12):
        with store.write(durable=False) as connection:
            row = connection.execute(
                "SELECT id FROM review_case WHERE open = 1 AND owner_id IS NULL ORDER BY due_at, id LIMIT 1"
            ).fetchone()
            if row is None:
                break
            connection.execute(
                "UPDATE review_case SET owner_id = ?, lease_until = ? WHERE id = ?", (agent_id, NOW, row[0])
            )
            won.append(row[0])


def test_threads_with_stores_of_their_own_never_claim_a_case_twice(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    for _ in range(40):
        world.case()
    agents = [world.agent(f"agent {number}") for number in range(4)]
    won: list[int] = []
    threads = [threading.Thread(target=_claim, args=(world.path, agent, won)) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(1, 41))


def _claim_in_process(path: Path, agent_id: int, told: SimpleQueue[list[int]]) -> None:
    won: list[int] = []
    _claim(path, agent_id, won)
    told.put(won)


def test_processes_never_claim_a_case_twice(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    for _ in range(20):
        world.case()
    agents = [world.agent(f"agent {number}") for number in range(2)]
    context = multiprocessing.get_context("spawn")
    told = context.SimpleQueue()
    processes = [context.Process(target=_claim_in_process, args=(world.path, agent, told)) for agent in agents]
    for process in processes:
        process.start()
    won = sorted(case for _ in processes for case in told.get())
    for process in processes:
        process.join()
    assert won == list(range(1, 21))


def test_waiting_for_the_lock_ends_when_it_is_free(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    world.connection.execute("BEGIN IMMEDIATE")
    other = connect(world.path)
    begun = threading.Event()

    def wait() -> None:
        begin_immediate(other)
        other.execute("ROLLBACK")
        begun.set()

    thread = threading.Thread(target=wait)
    thread.start()
    assert not begun.wait(0.15)
    world.connection.execute("ROLLBACK")
    thread.join()
    assert begun.is_set()
