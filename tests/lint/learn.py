"""Learn the weights of the promise linter from the labelled texts: `python -m tests.lint.learn`.

A linear support vector machine over the words of a text, side by side and apart, each first weighed by how much more
often it stands in unlawful texts than in harmless ones (Wang and Manning 2012); trained by dual coordinate descent
(Hsieh and others 2008). `held_out.jsonl` is never read here. With `--check`, each set is judged by weights learnt
from all the others: so the bounds are set, and so it shows what to expect of texts by somebody else.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.lint import ANYBODY, KINDS
from data.lint import standard as rules
from data.lint.check import Reading
from data.lint.normal import plain, respelt
from data.lint.weigh import (
    WEIGHTS,
    from_lines,
    is_brief,
    is_chinese,
    kind_of,
    pairs_apart,
    sentences,
    side_by_side,
    standard,
    weigh,
)
from tests.lint.measure import PRACTICE, SEEN, read, share
from tests.lint.shipped import lines

LEAST_BESIDE, LEAST_APART = 2, 3
"""In how many texts a run of words or a pair must stand to be looked at."""
APART_COUNTS = 0.5
"""How much a pair counts beside a run."""
SMOOTHED = 1.0
FIRST, KEPT = 120_000, 40_000
"""Runs and pairs that are trained with first, and those that are kept and trained again."""
KIND_RUNS = 10_000
COST = 0.4
MARGIN = 0.1
"""How far below the bound a shipped text must stay."""
ROUNDS = 14
FLAGGED = 0.03
"""The share of harmless texts, by writers not learnt from, that the bound lets through."""
DOUBT = 0.3
"""How far below the bound a rule's word is still believed."""

Feature = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its kinds; none when it is harmless."""

    text: str
    kinds: tuple[str, ...]
    features: Mapping[Feature, int]
    """In how many of its sentences each stands."""


def example(text: str, kinds: Iterable[str]) -> Example:
    """A text with what is weighed in it."""
    found: Counter[Feature] = Counter()
    for sentence in sentences(respelt(plain(text)).text):
        found.update(sorted(side_by_side(sentence.words)))
        found.update(sorted(pairs_apart(sentence.words)))
    return Example(text, tuple(sorted(kinds)), found)


def sets() -> dict[str, list[Example]]:
    """The labelled texts by set, without the one that is kept apart."""
    return {path.stem: [example(each.text, each.kinds) for each in read(path)] for path in (SEEN, *PRACTICE)}


def ratios(examples: Sequence[Example]) -> dict[Feature, float]:
    """How much more often something stands in unlawful texts than in harmless ones, as a logarithm."""
    unlawful: Counter[Feature] = Counter()
    harmless: Counter[Feature] = Counter()
    for each in examples:
        (unlawful if each.kinds else harmless).update(each.features.keys())
    for pairs in (False, True):
        least = LEAST_APART if pairs else LEAST_BESIDE
        for feature in [each for each in {**unlawful, **harmless} if isinstance(each, tuple) == pairs]:
            if unlawful[feature] + harmless[feature] < least:
                del unlawful[feature], harmless[feature]
    found: dict[Feature, float] = {}
    for pairs in (False, True):
        known = [feature for feature in {**unlawful, **harmless} if isinstance(feature, tuple) == pairs]
        most = sum(unlawful[feature] + SMOOTHED for feature in known)
        rest = sum(harmless[feature] + SMOOTHED for feature in known)
        factor = APART_COUNTS if pairs else 1.0
        for feature in known:
            ratio = (unlawful[feature] + SMOOTHED) / most / ((harmless[feature] + SMOOTHED) / rest)
            found[feature] = factor * math.log(ratio)
    by_use = sorted(found, key=lambda each: -abs(found[each]) * math.sqrt(unlawful[each] + harmless[each]))
    return {each: found[each] for each in by_use[:FIRST]}


def trained(examples: Sequence[Example], scale: dict[Feature, float]) -> tuple[dict[Feature, float], float]:
    """The weight of each feature and of nothing at all: squared hinge loss, one example after the other."""
    number = {feature: at for at, feature in enumerate(scale)}
    half = 1 / (2 * COST)
    rows: list[tuple[list[int], list[float], float, float]] = []
    for each in examples:
        held = [feature for feature in each.features if feature in number]
        length = math.sqrt(sum(each.features[feature] * scale[feature] ** 2 for feature in held)) or 1.0
        values = [each.features[feature] * scale[feature] / length for feature in held]
        slowness = 1 + half + sum(value**2 for value in values)
        rows.append(([number[feature] for feature in held], values, 1.0 if each.kinds else -1.0, slowness))
    weights, start = [0.0] * len(scale), 0.0
    alphas = [0.0] * len(rows)
    order = list(range(len(rows)))
    dice = random.Random(7)
    for _round in range(ROUNDS):
        dice.shuffle(order)
        for at in order:
            places, values, sign, slowness = rows[at]
            told = start + sum([weights[place] * value for place, value in zip(places, values, strict=True)])
            alpha = alphas[at]
            slope = sign * told - 1 + alpha * half
            if alpha == 0 and slope >= 0:
                continue
            alphas[at] = max(alpha - slope / slowness, 0.0)
            step = (alphas[at] - alpha) * sign
            if step:
                start += step
                for place, value in zip(places, values, strict=True):
                    weights[place] += step * value
    return {feature: weights[at] for feature, at in number.items()}, start


def by_kind(examples: Sequence[Example]) -> dict[str, tuple[int, ...]]:
    """How much one or two words speak for each kind among the unlawful texts, in parts of a logarithm."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for each in examples:
        runs = [run for run in each.features if isinstance(run, str) and run.count(" ") < 2]
        for kind in each.kinds:
            counts[kind].update(runs)
    total = Counter[str]()
    for count in counts.values():
        total.update(count)
    known = [run for run, times in total.items() if times >= LEAST_BESIDE]
    sums = {kind: sum(count[run] for run in known) + 0.3 * len(known) for kind, count in counts.items()}
    points = {}
    for run in known:
        logs = [math.log((counts[kind][run] + 0.3) / sums[kind]) for kind in KINDS]
        middle = sum(logs) / len(logs)
        points[run] = tuple(max(-127, min(127, round(25 * (each - middle)))) for each in logs)
    by_use = sorted(known, key=lambda run: -(max(points[run]) - min(points[run])) * math.log(1 + total[run]))
    return {run: points[run] for run in by_use[:KIND_RUNS]}


def learnt(examples: Sequence[Example], unlawful: Sequence[float] = (0.0, 0.0)) -> Iterator[str]:
    """Weights as the file holds them, line by line."""
    scale = ratios(examples)
    first, _start = trained(examples, scale)
    kept = sorted(first, key=lambda each: -abs(first[each] * scale[each]))[:KEPT]
    scale = {feature: scale[feature] for feature in kept}
    weights, start = trained(examples, scale)
    yield _line("unlawful", *unlawful)
    yield _line("doubt", DOUBT)
    yield _line("start", round(1000 * start))
    yield _line("kinds", *KINDS)
    # A pair after its runs and in order, so that a change of the file can be read.
    for feature in sorted(weights, key=lambda each: (isinstance(each, tuple), each)):
        numbers = round(1000 * weights[feature] * scale[feature]), round(1000 * scale[feature] ** 2)
        yield _line("apart", *feature, *numbers) if isinstance(feature, tuple) else _line("beside", feature, *numbers)
    for run, points in sorted(by_kind(examples).items()):
        yield _line("kind", run, *points)


def _line(*held: object) -> str:
    return "\t".join(map(str, held)) + "\n"


Judged = tuple[float, Example, bool]
"""What a text weighs, the text, and whether a rule names anything in it."""


def decently(examples: Sequence[Example], shipped: Sequence[Example], bounds: tuple[float, float]) -> list[str]:
    """Weights learnt from the labelled texts, and by which every shipped text is decent: those that are not, or nearly
    not, are learnt along, until none is left."""
    hard: list[Example] = []
    while True:
        found = [*learnt([*examples, *hard], bounds)]
        weights = from_lines(found)
        near = [
            each
            for each in shipped
            if weigh(respelt(plain(each.text)).text, weights).weight > bounds[not is_chinese(each.text)] - MARGIN
        ]
        print(f"{len(near)} shipped texts to learn along", flush=True)
        if not near or len(hard) > len(examples):
            return found
        hard += near


def checked(held: dict[str, list[Example]], names: Sequence[str]) -> tuple[float, float]:
    """Judge each named set by weights learnt from all the others, tell what comes of it, and give the bounds."""
    told: dict[str, list[Judged]] = {}
    for name in names:
        others = [each for other, examples in held.items() if other != name for each in examples]
        weights = from_lines(learnt(others))
        told[name] = []
        right = 0
        for each in held[name]:
            text = respelt(plain(each.text)).text
            told[name].append((weigh(text, weights).weight, each, _ruled(each.text)))
            right += kind_of(text, weights) in each.kinds
        print(f"{name}: kind right {share(right, sum(bool(each.kinds) for each in held[name]))}", flush=True)
    everything = [each for judged in told.values() for each in judged]
    bounds = _bound(everything, chinese=True), _bound(everything, chinese=False)
    for name, judged in {**told, "all": everything}.items():
        bad = [_flagged(each, bounds) for each in judged if each[1].kinds]
        good = [_flagged(each, bounds) for each in judged if not each[1].kinds]
        print(f"{name:12} found {share(sum(bad), len(bad))} flagged {share(sum(good), len(good))}")
    return bounds


def _bound(judged: Sequence[Judged], *, chinese: bool) -> float:
    """The weight below which all but a small share of the harmless texts of a language stay."""
    weights = sorted(
        (
            weight + DOUBT * ruled
            for weight, each, ruled in judged
            if not each.kinds and is_chinese(each.text) == chinese
        ),
        reverse=True,
    )
    return round(weights[int(FLAGGED * len(weights))], 3)


def _flagged(judged: Judged, bounds: tuple[float, float]) -> bool:
    weight, each, ruled = judged
    if ruled and is_brief(sentences(respelt(plain(each.text)).text)):
        return True
    return weight + DOUBT * ruled > bounds[not is_chinese(each.text)]


def _ruled(text: str) -> bool:
    """Whether a rule names anything in a text, whatever it weighs."""
    reading = Reading(text, rules())
    return any(rule.holds(ANYBODY, None) and reading.matches(rule, None) for rule in reading.rules.rules)


def main() -> int:
    """Learn, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.lint.learn", description=__doc__)
    parser.add_argument("--check", nargs="*", metavar="SET", help="judge these sets, or all, by weights of the others")
    parser.add_argument(
        "--unlawful", type=float, nargs=2, metavar=("CHINESE", "OTHER"), help="the bounds that --check named"
    )
    told = parser.parse_args()
    held = sets()
    bounds = tuple(told.unlawful) if told.unlawful else standard().unlawful
    if told.check is not None:
        bounds = checked(held, told.check or [*held])
        print("bounds", *bounds)
    shipped = [example(line, ()) for line in lines()]
    found = decently([each for examples in held.values() for each in examples], shipped, bounds)
    WEIGHTS.write_text("".join(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
