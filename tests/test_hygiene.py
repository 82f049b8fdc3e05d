"""What no file may do: load the engine before the first rows, read the clock, or name this machine."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("tui", "screens", "widgets", "data")
ENGINE = ("sqlmodel", "sqlalchemy", "pydantic")
MAY_LOAD_THE_ENGINE = ("data.models", "data.casework", "data.demo", "data.rehearsal.scratch")
"""These rooms write by SQLModel (the demo and a rehearsal by casework, as agents do); nobody imports them before the
first rows."""

_IMPORT_EACH = """
import importlib, json, sys
names, forbidden = json.loads(sys.argv[1])
for name in names:
    importlib.import_module(name)
    loaded = [each for each in forbidden if each in sys.modules]
    if loaded:
        sys.exit(f"{name} loads {loaded}")
"""


def modules(floor: str) -> Iterator[str]:
    for path in sorted((ROOT / floor).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if not name.startswith(MAY_LOAD_THE_ENGINE):
            yield name


def loads(names: list[str], forbidden: tuple[str, ...]) -> str:
    """What is wrong with importing the modules one after another in a fresh interpreter; empty when nothing is."""
    command = [sys.executable, "-c", _IMPORT_EACH, json.dumps([names, forbidden])]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stderr


def test_the_data_floor_stands_without_engine_and_terminal() -> None:
    assert loads(list(modules("data")), (*ENGINE, "textual", "rich")) == ""


@pytest.mark.parametrize("floor", ["widgets", "screens"])
def test_what_is_on_screen_stands_without_the_engine(floor: str) -> None:
    assert loads(list(modules(floor)), ENGINE) == ""


def test_the_entry_point_loads_only_what_every_start_needs() -> None:
    dear = (*ENGINE, "textual", "rich", "argparse", "tomllib", "platformdirs", "sqlite3", "importlib.metadata")
    assert loads(["tui.main"], dear) == ""


def test_every_command_is_declared_without_what_it_needs_to_run() -> None:
    names = ["tui.parser", *(name for name in modules("tui") if name.startswith("tui.commands"))]
    assert loads(names, (*ENGINE, "textual", "rich", "sqlite3")) == ""


_WALL_CLOCK = re.compile(r"^(time\.time(_ns)?|(datetime\.)*(datetime|date)\.(now|utcnow|today))$")
_NAMED = {"time", "time_ns", "now", "utcnow", "today"}
"""What every one of them ends in: few places are worth writing out whole."""


def test_only_the_clock_reads_the_time() -> None:
    readers = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for floor in FLOORS
        for path in sorted((ROOT / floor).rglob("*.py"))
        if path != ROOT / "data" / "clock.py"
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Attribute) and node.attr in _NAMED and _WALL_CLOCK.match(ast.unparse(node))
    ]
    assert readers == []


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a checkout: which files belong to the project is known to git alone")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    # Short roots such as /src are words that a file may well hold.
    here = [re.escape(str(ROOT))] if len(ROOT.parts) > 2 else []
    machine = re.compile("|".join([re.escape(f"{Path.home()}/"), *here]))
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in machine.finditer(text)]
    assert found == []
