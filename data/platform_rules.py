"""What a platform still lets the buyer do with a review: revise it, append to it. Unknown stays unknown.

The rows are `platform_rules.toml`, each with source, date and confidence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.clock import DAY

REVISE = "revise"
APPEND = "append"

_FILE = Path(__file__).with_name("platform_rules.toml")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One thing that a platform allows or not, for so many days from an event; `days` 0 is without end."""

    allowed: bool
    days: int
    since: str
    source: str
    as_of: str
    confidence: str


@cache
def allowances() -> Mapping[tuple[str, str], Allowance]:
    """Every known allowance by platform and act."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        (platform, act): Allowance(
            allowed=row["allowed"],
            days=row.get("days", 0),
            since=row.get("from", "review"),
            source=row["source"],
            as_of=row["as_of"],
            confidence=row["confidence"],
        )
        for platform, acts in rows.items()
        for act, row in acts.items()
    }


def ends_at(platform: str, act: str, reviewed_at: int, traded_at: int | None) -> int | None:
    """Until when the buyer may do it (UTC ms), where the platform allows it and the day is known; else None."""
    row = allowances().get((platform, act))
    begins = reviewed_at if row is not None and row.since == "review" else traded_at
    if row is None or not row.allowed or begins is None or not row.days:
        return None
    return begins + row.days * DAY


def may(platform: str, act: str, reviewed_at: int, traded_at: int | None, now: int) -> bool | None:
    """Whether the buyer may still do it; None where it is not known, which callers take as no."""
    row = allowances().get((platform, act))
    if row is None:
        return None
    if not row.allowed:
        return False
    end = ends_at(platform, act, reviewed_at, traded_at)
    return None if end is None else now < end
