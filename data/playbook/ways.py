"""Whole ways through a playbook, from an entry to an ending: the likeliest and the longest.

They are walked by the same run as a call, so that guards hold on them. Key 9 and key 0 are left out: an objection that
a choice opens is walked, one that the buyer throws in is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from data.playbook import run as runs
from data.playbook.facts import CallFacts
from data.playbook.format import Playbook
from data.playbook.state import Run

MOST_WALKED = 20_000
"""So many places are looked at in search of a way; what is longer or less likely than those is not found."""

MOST_STEPS = 300
"""A way with more steps is not followed further: no call is like that."""

USUAL = CallFacts(can_revise=True, can_append=True)
"""A case of which nothing special is known, on a platform that lets the buyer change the review."""

_EXPECTED = 4.0
"""How much more often the first choice is taken than all others."""

Figures = Mapping[tuple[str, str], int]
"""How often a choice was taken: by node and key."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of a way: at which node which key was pressed, and what it says."""

    node: str
    key: int
    label: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to an ending: its steps, the node where it ends, and how likely it is (0 to 1)."""

    steps: tuple[Taken, ...]
    end: str
    likelihood: float


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest way; `all_seen` says whether every place that it might have taken was looked at."""

    way: Way | None
    all_seen: bool


def likeliest(
    playbook: Playbook, entry: str, facts: CallFacts = USUAL, figures: Figures | None = None, most: int = 5
) -> tuple[Way, ...]:
    """The ways that calls most often take, likeliest first.

    Where figures know a node, each choice counts as often as it was taken, and once more. Elsewhere the first choice
    counts for four calls in five, and each further one half as often as the one before: a playbook writes first what
    it expects. Raises PlaybookError for an entry that there is not.
    """
    found: list[Way] = []
    number = count()
    heap: list[tuple[float, int, Run, tuple[Taken, ...]]] = []
    heappush(heap, (-1.0, next(number), runs.start(playbook, facts, entry), ()))
    for _each in range(MOST_WALKED):
        if not heap or len(found) >= most:
            break
        likelihood, _number, run, steps = heappop(heap)
        if runs.ending(playbook, run) is not None:
            found.append(Way(steps, run.place, -likelihood))
            continue
        for option, share in _shared(runs.options(playbook, run), run.place, figures or {}):
            after = runs.choose(playbook, run, option.key)
            step = Taken(run.place, option.key, option.label)
            heappush(heap, (likelihood * share, next(number), after, (*steps, step)))
    return tuple(found)


_Known = Mapping[tuple[object, ...], tuple[int, Taken | None, Run]]
"""For each standing the steps that are still to go, the next of them, and the run after it."""


def _shared(options: tuple[runs.Option, ...], node: str, figures: Figures) -> Iterator[tuple[runs.Option, float]]:
    taken = [figures.get((node, str(option.key)), 0) for option in options]
    known = any(taken)
    weights = [times + 1.0 if known else _EXPECTED ** -min(place, 1) / 2**place for place, times in enumerate(taken)]
    total = sum(weights)
    for option, weight in zip(options, weights, strict=True):
        yield option, weight / total


def longest(playbook: Playbook, entry: str, facts: CallFacts = USUAL) -> Longest:
    """The way with the most steps, without objections. Raises PlaybookError for an entry that there is not."""
    first = runs.start(playbook, facts, entry)
    known: dict[tuple[object, ...], tuple[int, Taken | None, Run]] = {}
    open_here: set[tuple[object, ...]] = set()
    pending = [first]
    all_seen = True
    while pending:
        run = pending[-1]
        key = _standing(run)
        if key in known:
            pending.pop()
            continue
        following = [(option, runs.choose(playbook, run, option.key)) for option in _plain(playbook, run)]
        missing = [after for _option, after in following if _standing(after) not in known]
        room = len(known) + len(pending) < MOST_WALKED and len(run.path) < MOST_STEPS
        if missing and key not in open_here and room:
            open_here.add(key)
            circling = [after for after in missing if _standing(after) in open_here]
            all_seen = all_seen and not circling
            pending += [after for after in missing if _standing(after) not in open_here]
            continue
        all_seen = all_seen and not missing
        pending.pop()
        known[key] = _furthest(run, following, known)
        open_here.discard(key)
    return Longest(_way(first, known, runs.ending(playbook, first) is not None), all_seen)


def _plain(playbook: Playbook, run: Run) -> list[runs.Option]:
    if runs.ending(playbook, run) is not None:
        return []
    return [option for option in runs.options(playbook, run) if not option.raises]


def _furthest(
    run: Run,
    following: list[tuple[runs.Option, Run]],
    known: _Known,
) -> tuple[int, Taken | None, Run]:
    best: tuple[int, Taken | None, Run] = (0, None, run)
    for option, after in following:
        found = known.get(_standing(after))
        if found is not None and found[0] + 1 > best[0]:
            best = (found[0] + 1, Taken(run.place, option.key, option.label), after)
    return best


def _way(first: Run, known: _Known, ended: bool) -> Way | None:
    steps: list[Taken] = []
    run = first
    while (found := known.get(_standing(run))) is not None and found[1] is not None:
        steps.append(found[1])
        run = found[2]
    return Way(tuple(steps), run.place, 0.0) if steps or ended else None


def _standing(run: Run) -> tuple[object, ...]:
    """Everything of a run that decides what may follow."""
    counted = (run.counters, run.raised, run.taken)
    return (
        run.place,
        run.returns,
        run.marks,
        run.remedy,
        (run.refusals, run.review_asked, run.apologies),
        tuple(tuple(sorted(each.items())) for each in counted),
    )
