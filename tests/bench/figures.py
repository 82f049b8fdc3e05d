"""The table of figures. A group is one module that registers its figures here; each figure is a small function."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.bench.ground import Ground

Measure = Callable[["Ground"], float]

FIGURES: Final[dict[str, Figure]] = {}
"""Every figure by name, in the order in which they are measured and printed."""


class Unmeasurable(Exception):
    """The figure could not be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. Without a bound it is there to be compared."""

    name: str
    says: str
    bound: float | None
    unit: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Result:
    """A figure that was taken, or why it was not."""

    figure: Figure
    value: float | None
    bound: float | None
    trouble: str = ""

    @property
    def verdict(self) -> str:
        """ok, over (a speed: below), or what else is to be said."""
        if self.value is None:
            return "not measured"
        if self.bound is None:
            return ""
        good = self.value >= self.bound if self._is_speed else self.value <= self.bound
        return "ok" if good else "over"

    @property
    def _is_speed(self) -> bool:
        return self.figure.unit.endswith("/s")


def figure(name: str, says: str, bound: float | None, unit: str) -> Callable[[Measure], Measure]:
    """Register a figure: `bound` is the most it may be, or the least for a speed (unit `…/s`)."""

    def register(measure: Measure) -> Measure:
        if name in FIGURES:
            raise ValueError(f"two figures are called {name}")
        FIGURES[name] = Figure(name, says, bound, unit, measure)
        return measure

    return register


def take(one: Figure, ground: Ground) -> Result:
    """Measure one figure. Only `Unmeasurable` is a result; anything else is a mistake in the bench."""
    try:
        value = one.measure(ground)
    except Unmeasurable as trouble:
        return Result(one, None, one.bound, str(trouble))
    return Result(one, value, one.bound)


def median(values: Iterable[float]) -> float:
    """The middle one."""
    found = list(values)
    if not found:
        raise Unmeasurable("there was nothing to take the median of")
    return statistics.median(found)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all values do not exceed."""
    if not values:
        raise Unmeasurable("there was nothing to take a percentile of")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
