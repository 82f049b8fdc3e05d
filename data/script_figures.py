"""What a playbook does in use: how often each place and objection is reached, how it is left, and what came of the
case; and whether of two versions one does better.

Figures are counted from the steps that calls keep. Shares come with Wilson's interval, differences of shares with
Newcombe's (R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in
Medicine 17, 1998, method 10), both at 95 %. Few calls give wide intervals, and then nothing is claimed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import sqrt
from statistics import median

from data.language import N_, _
from data.outcomes import LINES, LineResult, Standing
from data.playbook.format import Playbook
from data.vocabulary import Result, StepKind

Z = 1.959964
"""The quantile of the normal distribution for 95 %."""

FEW = 30
"""Below so many calls on either side nothing is said about a difference; the usual bound for shares."""

NARROW = 0.10
"""Where the whole interval of a difference is inside this, it is called none to speak of."""

_MOVES = frozenset((StepKind.CHOSE, StepKind.OBJECTION, StepKind.BACK, StepKind.ENDED))
_BACK = "back"


@dataclass(frozen=True, slots=True)
class StepFigure:
    """One kept step: what kind, at which place, with which key or objection, when (UTC ms)."""

    kind: str
    node: str
    choice: str | None
    at: int


@dataclass(frozen=True, slots=True)
class CallFigure:
    """One call that has its outcome: which text it followed, its steps, where it stood at the end, what came of it."""

    call_id: int
    playbook: str
    version: int
    hash: str
    steps: tuple[StepFigure, ...]
    last: str
    line: str
    standing: str
    state: str
    result: str | None


@dataclass(slots=True)
class PlaceFigures:
    """A place of a playbook, or an objection (its ways out are then the places it was raised at)."""

    id: str
    times: int = 0
    calls: int = 0
    left_by: Counter[str] = field(default_factory=Counter)
    ended: int = 0
    spans: list[int] = field(default_factory=list)
    came_of: Counter[str] = field(default_factory=Counter)

    @property
    def median_ms(self) -> int | None:
        """The middle of the times that calls stood here, without what they were parked; None when none left."""
        return int(median(self.spans)) if self.spans else None


@dataclass(slots=True)
class ScriptFigures:
    """One text of a playbook: all calls that followed it, its places and its objections."""

    playbook: str
    version: int
    hash: str
    calls: int = 0
    places: dict[str, PlaceFigures] = field(default_factory=dict)
    objections: dict[str, PlaceFigures] = field(default_factory=dict)
    outcomes: list[CallFigure] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How one names it: the playbook, its version and the beginning of its hash."""
        return f"{self.playbook}@{self.version}#{self.hash[:8]}"


def figures(calls: Iterable[CallFigure], raises: Mapping[str, Mapping[tuple[str, str], str]]) -> list[ScriptFigures]:
    """What every text did, in the order in which they were first spoken.

    `raises` names, by hash, the objection that a key at a place raises (see `raising`).
    """
    found: dict[str, ScriptFigures] = {}
    for call in calls:
        script = found.setdefault(call.hash, ScriptFigures(call.playbook, call.version, call.hash))
        script.calls += 1
        _count(script, call, raises.get(call.hash, {}))
        # What it came to is compared later; its steps are counted by now, and would fill the memory.
        script.outcomes.append(replace(call, steps=()))
    return list(found.values())


def raising(playbook: Playbook) -> dict[tuple[str, str], str]:
    """For a place and a key of it: the objection that the key raises."""
    return {
        (node.id, str(choice.key)): choice.raises for node in playbook.nodes for choice in node.choices if choice.raises
    }


def _count(script: ScriptFigures, call: CallFigure, raises: Mapping[tuple[str, str], str]) -> None:
    came_of = call.result or call.state
    seen: set[str] = set()
    objected: set[str] = set()
    arrived, parked, parked_at = (call.steps[0].at if call.steps else 0), 0, None
    for step in call.steps:
        if step.kind == StepKind.PAUSED:
            parked_at = step.at
        elif step.kind == StepKind.RESUMED and parked_at is not None:
            parked, parked_at = parked + step.at - parked_at, None
        if step.kind not in _MOVES:
            continue
        place = _reached(script.places, step.node, seen, came_of)
        act = _BACK if step.kind == StepKind.BACK else step.choice or "0"
        place.left_by[act] += 1
        place.spans.append(max(0, step.at - arrived - parked))
        objection = act if step.kind == StepKind.OBJECTION else raises.get((step.node, act), "")
        if objection and step.kind != StepKind.BACK:
            _reached(script.objections, objection, objected, came_of).left_by[step.node] += 1
        arrived, parked = step.at, 0
    moves = [step.kind for step in call.steps if step.kind in _MOVES]
    # Who ended the call by hand did so at a place that is counted by now.
    by_hand = bool(moves) and moves[-1] == StepKind.ENDED and call.last in script.places
    last = script.places[call.last] if by_hand else _reached(script.places, call.last, seen, came_of)
    last.ended += 1


def _reached(places: dict[str, PlaceFigures], name: str, seen: set[str], came_of: str) -> PlaceFigures:
    place = places.setdefault(name, PlaceFigures(name))
    place.times += 1
    if name not in seen:
        seen.add(name)
        place.calls += 1
        place.came_of[came_of] += 1
    return place


# ---- two versions


class Measure(StrEnum):
    """What is compared: a share of the calls that reached the buyer. None of them counts a changed review as owed."""

    SETTLED = "settled"
    PROMISED = "promised"
    REFUSED = "refused"
    CUT_SHORT = "cut_short"
    VERIFIED = "verified"
    SATISFIED = "satisfied"


_WORDS = {
    Measure.SETTLED: N_("a remedy or an answer was agreed"),
    Measure.PROMISED: N_("the buyer named a time"),
    Measure.REFUSED: N_("the buyer said no, or wants no more contact"),
    Measure.CUT_SHORT: N_("the buyer hung up or was abusive"),
    Measure.VERIFIED: N_("the review was seen to have changed"),
    Measure.SATISFIED: N_("satisfied, and the review stands"),
}


def measure_label(measure: Measure) -> str:
    """A measure in the reader's language."""
    return _(_WORDS[measure])


_CUT_SHORT = frozenset((LineResult.HUNG_UP, LineResult.ABUSIVE))
_SETTLED = frozenset((Standing.PROMISED, Standing.REMEDY_OWED, Standing.KEPT_SATISFIED))
_REFUSED = frozenset((Standing.REFUSED_FIRM, Standing.DO_NOT_CONTACT))


def _counts(measure: Measure, call: CallFigure) -> bool:
    if measure is Measure.SETTLED:
        return call.standing in _SETTLED
    if measure is Measure.PROMISED:
        return call.standing == Standing.PROMISED
    if measure is Measure.REFUSED:
        return call.standing in _REFUSED
    if measure is Measure.CUT_SHORT:
        return call.line in _CUT_SHORT
    return call.result == (Result.VERIFIED if measure is Measure.VERIFIED else Result.KEPT)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's interval."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """The share itself; 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies; everywhere when there is nothing to go by."""
        n, p = self.of, self.share
        if not n:
            return 0.0, 1.0
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        reach = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)


class Verdict(StrEnum):
    """What two shares allow to say."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of two texts: the second against the first."""

    measure: Measure
    first: Share
    second: Share

    @property
    def difference(self) -> float:
        """How much larger the second share is."""
        return self.second.share - self.first.share

    @property
    def interval(self) -> tuple[float, float]:
        """Newcombe's interval of the difference."""
        p1, p2 = self.second.share, self.first.share
        (l1, u1), (l2, u2) = self.second.interval, self.first.interval
        low = p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
        high = p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
        return max(-1.0, low), min(1.0, high)

    @property
    def verdict(self) -> Verdict:
        """Whether it is more, less, the same for all purposes, or too few to say."""
        low, high = self.interval
        if min(self.first.of, self.second.of) < FEW:
            return Verdict.TOO_FEW
        if low > 0:
            return Verdict.MORE
        if high < 0:
            return Verdict.LESS
        return Verdict.SAME if low > -NARROW and high < NARROW else Verdict.TOO_FEW


def compare(first: ScriptFigures, second: ScriptFigures) -> tuple[Compared, ...]:
    """Every measure of two texts, over the calls that reached the buyer."""
    return tuple(Compared(each, _share(each, first), _share(each, second)) for each in Measure)


def _share(measure: Measure, script: ScriptFigures) -> Share:
    among = [call for call in script.outcomes if LINES[LineResult(call.line)].reached or call.line in _CUT_SHORT]
    return Share(sum(_counts(measure, call) for call in among), len(among))
