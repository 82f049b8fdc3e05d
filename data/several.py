"""One act on several cases: which act, what it would come to, and why some cases are left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from data.vocabulary import Cause

AT_MOST = 5_000
"""So many cases may be marked at once: more than anybody looks over, and few enough to be taken back in a second."""

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many cases are through, and of how many."""


class Verb(StrEnum):
    """What can be done with several cases at once: each can be undone, and none of it reaches a buyer."""

    CLAIM = "claim"
    RELEASE = "release"
    SNOOZE = "snooze"
    CAUSE = "set_cause"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Task:
    """An act with what it needs: `until` when the cases come back (UTC milliseconds), the `cause` (None clears it),
    the agent `to` whom they go and a `note` for them."""

    verb: Verb
    until: int | None = None
    cause: Cause | None = None
    to: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cases that the act passes over, for one reason in words."""

    why: str
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act would come to now: how many cases it changes, and which it leaves out, the most first."""

    ready: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def passed_over(self) -> int:
        """How many cases are left out."""
        return sum(each.count for each in self.left_out)
