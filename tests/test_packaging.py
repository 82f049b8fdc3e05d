"""The wheel carries the four floors and all they need, and the four names are nobody else's."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("tui", "screens", "widgets", "data")


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    (wheel,) = target.glob("*.whl")
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("name", FLOORS)
def test_a_floor_is_a_package_that_belongs_to_amends_alone(name: str) -> None:
    assert (ROOT / name / "__init__.py").is_file()
    assert set(packages_distributions().get(name, [])) <= {"amends"}


def test_the_script_is_amends() -> None:
    scripts = distribution("amends").entry_points.select(group="console_scripts")
    assert {(each.name, each.value) for each in scripts} == {("amends", "tui.main:main")}


def test_the_wheel_holds_the_floors_and_nothing_else(wheel_names: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel_names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(FLOORS)


def test_the_wheel_holds_every_file_of_the_floors(wheel_names: set[str]) -> None:
    made_by_running = {"__pycache__"}
    files = {
        path.relative_to(ROOT).as_posix()
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*")
        if path.is_file() and not made_by_running & set(path.parts)
    }
    assert files - wheel_names == set()


def test_the_wheel_holds_the_catalogues_and_the_licence(wheel_names: set[str]) -> None:
    assert "data/locales/zh_CN/LC_MESSAGES/amends.mo" in wheel_names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel_names)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_every_package_by_hash_and_name_no_place(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    pins = [line for line in lines if line and line[0].isalnum()]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)
    assert sum(line.strip().startswith("--hash=sha256:") for line in lines) >= len(pins)
