"""What all tests share: a coroutine runs in an event loop of its own, no property is timed, one demo shop is made."""

from __future__ import annotations

import asyncio
import inspect
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from data.language import choose_language
from tests.made_once import made_once

# How long an example takes says how busy the machine is, nothing about the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

choose_language("en")  # for what tests word while they are collected


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a coroutine test to its end; leave all others alone."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    asyncio.run(pyfuncitem.obj(**arguments))
    return True


@pytest.fixture(autouse=True)
def english() -> None:
    """Every test begins in English, whatever the one before it chose and whatever this machine speaks."""
    choose_language("en")


@pytest.fixture(scope="session")
def demo_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop's database as `amends demo --fill` leaves it on the morning of `tests.at_work`: to be copied."""
    from tests.at_work import run  # reads a playbook and a catalogue, which few tests need

    def fill(home: Path) -> None:
        assert str(home / "amends.db") in run(home, "demo", "--fill")

    return made_once(tmp_path_factory, "demo-shop", fill) / "amends.db"


@pytest.fixture
def demo_home(demo_shop: Path, tmp_path: Path) -> Path:
    """An agent's own folder with a copy of the demo shop."""
    shutil.copyfile(demo_shop, tmp_path / "amends.db")
    return tmp_path
