"""What a simulation counts while it runs: what was done, what was refused and why, and mistakes of the program."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from data.errors import AmendsError

T = TypeVar("T")
P = ParamSpec("P")
_DIGITS = re.compile(r"“.*”|\d+(?::\d\d)?")


@dataclass
class Figures:
    """Counts of one simulation."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    reviews: int = 0

    def tried(self, verb: str, act: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        """The verb's answer, counted; None when the program refuses, counted by its reason."""
        begun = time.perf_counter()
        try:
            answer = act(*given, **named)
        except AmendsError as refusal:
            self.refused[f"{verb}: {_DIGITS.sub('#', refusal.what)}"] += 1
            return None
        finally:
            self.seconds[verb] += time.perf_counter() - begun
        self.done[verb] += 1
        return answer

    def lines(self) -> list[str]:
        """The counts as lines of text."""
        found = [f"{self.reviews:>9,}  reviews imported"]
        for verb, count in self.done.most_common():
            spent = f" in {self.seconds[verb]:,.1f} s" if verb in self.seconds else ""
            found.append(f"{count:>9,}  {verb}{spent}")
        found += [f"{count:>9,}  refused, {why}" for why, count in self.refused.most_common()]
        return found
