"""A look at a database: what is sound, what is not, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from data.store.health import examine
from data.store.open import connect
from tests.data.world import World


def test_a_sound_database_is_told_to_be_sound(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    world.case()
    world.index()
    for thorough in (False, True):
        findings = examine(world.path, thorough=thorough)
        assert len(findings) == 4
        assert all(finding.sound and not finding.remedy for finding in findings)


def test_what_is_not_indexed_yet_is_told_but_no_fault(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    for _ in range(3):
        world.case()
    index = examine(world.path)[-1]
    assert index.sound
    assert "3" in index.what


def test_rows_that_refer_to_nothing_are_found(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    world.case()
    world.connection.execute("PRAGMA foreign_keys = OFF")
    world.connection.execute("DELETE FROM review")
    (fault,) = [finding for finding in examine(world.path) if not finding.sound]
    assert "review_case" in fault.what
    assert fault.remedy


def test_a_damaged_file_is_a_finding_and_not_a_crash(tmp_path: Path) -> None:
    world = World(tmp_path / "shop.db")
    for _ in range(300):
        world.case()
    world.connection.close()
    size = world.path.stat().st_size
    with world.path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * (size // 4))
    assert [finding for finding in examine(world.path) if not finding.sound]


def test_no_database_a_letter_and_an_empty_file_are_findings(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_bytes(b"not a database at all" * 300)
    connect(tmp_path / "empty.db", create=True).close()
    for name in ("gone.db", "letter.db", "empty.db"):
        (finding,) = examine(tmp_path / name)
        assert not finding.sound
        assert finding.remedy
