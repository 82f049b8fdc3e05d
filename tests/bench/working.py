"""One agent works: buyer details, the steps of a call, and what memory a worked case leaves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

from data.errors import Refused
from data.protocols import Disposition, Move
from data.rows import Filter, View
from tests.at_work import zh
from tests.bench.figures import Unmeasurable, figure, median, percentile
from tests.bench.floor import Floor, opened
from tests.bench.ground import Ground
from tests.bench.probe import Answer, press, rest, start
from tests.bench.process import resident_megabytes
from tests.terminal import Terminal

OPENINGS: Final = 15
STEPS: Final = 12
"""Keys 1 after which every standard call has come to its outcome; most come to it earlier."""
CASES: Final = 20
"""So many that of their steps, more than a hundred, the slowest single one does not decide."""
LATER: Final = 15
"""Cases after which the memory is looked at again."""
CALLS: Final = 40
PATIENT: Final = 0.1
LOADING: Final = 10.0
"""Seconds after which a key that shows nothing has done nothing."""


@dataclass(slots=True)
class Worked:
    """Steps of calls under the clock in the window, and the memory after each case that is done."""

    steps: list[Answer] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def details(ground: Ground) -> list[Answer]:
    """Open the buyer's details of one case after the other, from a rested list."""
    found = []
    words = ground.first_words
    with ground.opened() as terminal:
        start(terminal, words)
        for _ in range(OPENINGS):
            inbox = terminal.screen().splitlines()[0]
            found.append(press(terminal, "enter", quiet=PATIENT))
            if terminal.screen().splitlines()[0] == inbox:
                raise Unmeasurable(f"Enter did not open the details:\n{terminal.screen()}")
            press(terminal, "backspace", quiet=PATIENT)
            press(terminal, "down", quiet=PATIENT)
            rest(terminal, 0.4)
    return found


def worked(ground: Ground) -> Worked:
    """Some standard cases from the inbox to the outcome, by keys."""
    found = Worked()
    words = ground.first_words
    with ground.opened() as terminal:
        start(terminal, words)
        for _ in range(CASES):
            _work_a_case(terminal, found)
            found.megabytes.append(resident_megabytes(terminal.pid))
    return found


def _work_a_case(terminal: Terminal, found: Worked) -> None:
    for key in ("f2", "f3"):
        before = terminal.screen()
        press(terminal, key, quiet=PATIENT)
        rest(terminal, 0.4)
        # The first one may meet a casework that is still loading, and waits for it.
        until = time.monotonic() + LOADING
        while terminal.screen() == before:
            if time.monotonic() > until:
                raise Unmeasurable(f"{key} did nothing:\n{before}")
            rest(terminal, 0.4)
    for _ in range(STEPS):
        step = press(terminal, "1")
        rest(terminal, 0.15)
        if zh("What came of it?") in terminal.screen() or not step.bytes:
            break
        found.steps.append(step)
    press(terminal, "enter", quiet=PATIENT)
    rest(terminal, 0.4)
    for _ in range(4):
        if "F2" in terminal.screen().splitlines()[-1]:
            return
        press(terminal, "backspace", quiet=PATIENT)
        rest(terminal, 0.4)
    raise Unmeasurable(f"the case did not end in the inbox:\n{terminal.screen()}")


def committed(ground: Ground) -> list[float]:
    """Milliseconds of every step of a call, in this process, until it is on disk."""
    found: list[float] = []
    with opened(ground.working, ground.now) as floor:
        held = 0
        for row in floor.page(View.CALLABLE, Filter(), limit=400).rows:
            held += _call(floor, row.case_id, found)
            if held == CALLS:
                return found
    raise Unmeasurable(f"only {held} of {CALLS} calls could be held")


def _call(floor: Floor, case_id: int, found: list[float]) -> bool:
    try:
        floor.casework.claim(case_id)
        call = floor.casework.start_call(case_id)
    except Refused:
        # Someone else's case, or a buyer whom the rules protect: as in real life, the next one.
        return False
    for _ in range(STEPS):
        begun = time.perf_counter()
        try:
            floor.casework.advance_call(call.call_id, Move("choose", "1"))
        except Refused:
            break
        found.append((time.perf_counter() - begun) * 1000)
    floor.casework.record_outcome(call.contact_id, Disposition("no_answer", "unreachable_retry"))
    return True


@figure("details", "open buyer details, median", 60, "ms")
def _details(ground: Ground) -> float:
    return median(one.milliseconds for one in ground.once(details))


@figure("details.worst", "open buyer details, the worst", None, "ms")
def _details_worst(ground: Ground) -> float:
    return max(one.milliseconds for one in ground.once(details))


@figure("step.committed.p99", "next step of a call committed, p99", 20, "ms")
def _step_p99(ground: Ground) -> float:
    return percentile(ground.once(committed), 0.99)


@figure("step.committed.median", "next step of a call committed, median", None, "ms")
def _step_median(ground: Ground) -> float:
    return median(ground.once(committed))


@figure("step.shown.median", "next step of a call, to the last byte, median", None, "ms")
def _shown_median(ground: Ground) -> float:
    return median(one.milliseconds for one in ground.once(worked).steps)


@figure("step.shown.p99", "next step of a call, committed and shown to the last byte, p99", 20, "ms")
def _shown_p99(ground: Ground) -> float:
    return percentile([one.milliseconds for one in ground.once(worked).steps], 0.99)


@figure("step.bytes", "next step of a call: bytes, median", None, "B")
def _step_bytes(ground: Ground) -> float:
    return median(one.bytes for one in ground.once(worked).steps)


@figure("memory.worked", "resident memory after a worked case", 90, "MB")
def _memory(ground: Ground) -> float:
    return ground.once(worked).megabytes[0]


@figure("memory.later", f"resident memory after {LATER} cases", None, "MB")
def _memory_later(ground: Ground) -> float:
    return ground.once(worked).megabytes[LATER - 1]
