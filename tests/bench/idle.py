"""Nobody presses anything: ten seconds in the list, ten with a text field focused."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from tests.bench.figures import figure
from tests.bench.ground import Ground
from tests.bench.probe import press, rest, start
from tests.bench.process import cpu_milliseconds
from tests.terminal import Terminal

SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Idle:
    """Bytes written and milliseconds of CPU used in ten seconds without a key."""

    bytes: int
    cpu: float


def in_the_list(ground: Ground) -> Idle:
    """The inbox as it stands after the start."""
    words = ground.first_words
    with ground.opened() as terminal:
        start(terminal, words)
        return _watch(terminal)


def in_a_field(ground: Ground) -> Idle:
    """The search field of the inbox, with something typed."""
    words = ground.first_words
    with ground.opened() as terminal:
        start(terminal, words)
        press(terminal, "f5")
        terminal.type("裂")
        found = _watch(terminal)
        press(terminal, "enter")
        press(terminal, "esc")
        return found


def _watch(terminal: Terminal) -> Idle:
    rest(terminal, 2)
    before, used = len(terminal.raw), cpu_milliseconds(terminal.pid)
    end = time.perf_counter() + SECONDS
    while (left := end - time.perf_counter()) > 0:
        terminal.read(left)
    return Idle(len(terminal.raw) - before, cpu_milliseconds(terminal.pid) - used)


@figure("idle.list.bytes", "idle 10 s in the list", 200, "B")
def _list_bytes(ground: Ground) -> float:
    return ground.once(in_the_list).bytes


@figure("idle.list.cpu", "idle 10 s in the list: CPU", 25, "ms")
def _list_cpu(ground: Ground) -> float:
    return ground.once(in_the_list).cpu


@figure("idle.field.bytes", "idle 10 s in a text field", 0, "B")
def _field_bytes(ground: Ground) -> float:
    return ground.once(in_a_field).bytes


@figure("idle.field.cpu", "idle 10 s in a text field: CPU", 25, "ms")
def _field_cpu(ground: Ground) -> float:
    return ground.once(in_a_field).cpu
