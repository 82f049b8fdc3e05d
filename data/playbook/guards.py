"""Declarative conditions: `when = { remedy = ["accepted"], platform = { can_revise = true } }`.

A guard is a set of tests that must all hold. Each test asks one named value; there are no expressions, so a
guard can neither hang nor read anything. Where the value comes from is the asker's business: the run looks it
up, the proof assumes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.playbook.asked import Value
from data.playbook.facts import SETTLED, cause_matches

FLAGS = ("promised_before", "reopened", "agent_named")
RANGES = ("refusals", "review_asked", "attempt", "apologies")
PLATFORM_FLAGS = ("can_revise", "can_append", "can_ask")
"""What the platform still lets the buyer do; `can_ask` is either of the two."""

REMEDY_WORDS = ("none", "offered", "accepted", "declined", "explained", "settled")


@dataclass(frozen=True, slots=True)
class Test:
    """One question: `name` is dotted (`platform.can_revise`, `marks.identity`, `raised.O3`).

    `is_` asks a flag, `among` a word, `low` and `high` a count (both included, None is open).
    """

    name: str
    is_: bool | None = None
    among: frozenset[str] = frozenset()
    low: int | None = None
    high: int | None = None

    def holds(self, value: Value) -> bool:
        """Whether the value passes."""
        if self.is_ is not None:
            return bool(value) is self.is_
        if self.name == "cause":
            return cause_matches(self.among, None if value is None else str(value))
        if self.among:
            return value in self.among
        count = int(value or 0)
        return (self.low is None or count >= self.low) and (self.high is None or count <= self.high)


@dataclass(frozen=True, slots=True)
class Guard:
    """Tests that must all hold; without tests it always does."""

    tests: tuple[Test, ...] = ()

    def holds(self, value_of: Callable[[str], Value]) -> bool:
        """Whether every test passes for the values that `value_of` gives."""
        return all(test.holds(value_of(test.name)) for test in self.tests)

    def __bool__(self) -> bool:
        return bool(self.tests)


ALWAYS = Guard()


def remedy_words(words: frozenset[str]) -> frozenset[str]:
    """The remedy states that the words stand for: `settled` is short for all that are."""
    return (words - {"settled"}) | SETTLED if "settled" in words else words
