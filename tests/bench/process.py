"""What a process and its children use, as Linux tells it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.bench.figures import Unmeasurable


def resident_megabytes(pid: int) -> float:
    """Resident memory of the process and its children, in MB of 1024 kB."""
    total = 0
    for one in _tree(pid):
        if match := re.search(r"VmRSS:\s+(\d+)", _read(one / "status")):
            total += int(match[1])
    if not total:
        raise Unmeasurable("this system does not tell how much memory a process has (no /proc)")
    return total / 1024


def cpu_milliseconds(pid: int) -> float:
    """Time on a CPU so far of all threads of the process and its children, to the nanosecond."""
    nanoseconds = 0
    for one in _tree(pid):
        for thread in (one / "task").iterdir():
            spent = _read(thread / "schedstat").split()
            if not spent:
                raise Unmeasurable("this system does not tell the time that a thread spent on a CPU")
            nanoseconds += int(spent[0])
    return nanoseconds / 1e6


def _tree(pid: int) -> list[Path]:
    found = [Path("/proc", str(pid))]
    for process in found:
        if (process / "task").is_dir():
            for thread in (process / "task").iterdir():
                found += [Path("/proc", child) for child in _read(thread / "children").split()]
    return [process for process in found if process.is_dir()]


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        # A thread or a process that has just ended has nothing to say.
        return ""
