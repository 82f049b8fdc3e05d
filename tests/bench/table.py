"""Figures as lines of a table."""

from __future__ import annotations

import platform

from tests.bench.figures import Result
from tests.bench.ground import COLUMNS, LINES


def heading(reviews: int) -> str:
    """What all figures have in common, and the columns."""
    machine = f"Python {platform.python_version()}, {platform.system()}"
    return (
        f"{reviews:,} reviews, {COLUMNS}×{LINES}, {machine}\n"
        f"{'name':<22}{'figure':>12} {'bound':>12}  {'':<10}{'':<9} what"
    )


def line(result: Result) -> str:
    """One figure beside its bound."""
    figure = result.figure
    value = "–" if result.value is None else _number(result.value)
    bound = "" if result.bound is None else _number(result.bound)
    said = f"{figure.name:<22}{value:>12} {bound:>12}  {figure.unit:<10}{result.verdict:<9} {figure.says}"
    why = result.trouble.splitlines()[:1]
    return ": ".join([said, *why])


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"
