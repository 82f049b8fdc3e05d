"""What a text as a whole weighs: how much its words, side by side and apart, are those of unlawful or of decent texts.

The weights were learnt from labelled texts (`make lint-learn`) and are a file, `weights.tsv`. Rules name what is
wrong in words that somebody foresaw; weights know texts of the same meaning that nobody did.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights.tsv"

STEM = 6
"""Letters of an English word that count; its ending does not."""

SIDE_BY_SIDE = 3
"""Words that are weighed together when they stand side by side."""

APART = 16
"""Two words of one sentence are weighed together up to so far from one another."""

WHOLE, PORTION = 160, 80
"""Characters up to which a text is weighed as one, and those of the portions of a longer one; a sentence is never
parted."""

BRIEF = 12
"""Words up to which a text says too little by itself to doubt a rule."""

SURE = 0.3
"""So far above the bound a text surely is unlawful: of harmless ones one in five hundred weighs as much."""

FEWEST = 5
"""Words, a Chinese character being one, below which a text is too short to read like anything."""

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+(?:[.,][0-9]+)*|\S")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FOREIGN = re.compile("[a-z]+", re.IGNORECASE)
_ENDS = frozenset("。!?;.")
_NUMBER = "0"
_PARTS = 1000
"""Weights are kept as whole thousandths."""

_MIDDLE, _BITS = 1 << 15, 16
"""Two numbers are kept in one, for there are many: how much something speaks for unlawful, and how much it counts."""
_MOST_POINTS = 127
"""For or against a kind, at most so many points."""

Spoken = tuple[int, int]
"""How much words speak for unlawful, and how much they count at all; both in thousandths."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text: its words, a Chinese character being one, and where it stands."""

    words: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt."""

    beside: Mapping[str, int]
    """By up to three words side by side, with blanks between; packed."""

    apart: Mapping[str, Mapping[str, int]]
    """By a word, and by a later one of the same sentence; packed."""

    start: int
    """What an empty text weighs, in thousandths."""

    unlawful: tuple[float, float]
    """From which weight on a text is unlawful by itself: a Chinese one, and another."""

    doubt: float
    """So far below that a text may be for the word of a rule to be believed."""

    kinds: tuple[str, ...]
    by_kind: Mapping[str, bytes]
    """By one or two words side by side, how much each kind of finding is spoken for, from 0 to 254."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a text weighs, what that makes of it, and the sentence that weighs most."""

    weight: float
    unlawful: bool
    doubtful: bool
    """Unlawful, or near to it."""

    surely: bool
    """Unlawful, and far from the bound."""

    span: tuple[int, int]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a normalised text."""
    found: list[Sentence] = []
    held: list[str] = []
    start = end = 0
    for each in _WORD.finditer(text):
        word = each[0]
        first = word[0]
        if "0" <= first <= "9":
            word = _NUMBER
        elif "a" <= first <= "z":
            word = word[:STEM]
        if not held:
            start = each.start()
        held.append(word)
        end = each.end()
        if word in _ENDS:
            found.append(Sentence(tuple(held), start, end))
            held = []
    if held:
        found.append(Sentence(tuple(held), start, end))
    return found


def side_by_side(words: Sequence[str], most: int = SIDE_BY_SIDE) -> set[str]:
    """Every run of up to so many words of a sentence, with blanks between."""
    runs = set(words)
    for length in range(2, most + 1):
        runs.update(map(" ".join, zip(*(words[at:] for at in range(length)), strict=False)))
    return runs


def pairs_apart(words: Sequence[str]) -> set[tuple[str, str]]:
    """Every two words of a sentence between which another one stands."""
    return {(word, later) for at, word in enumerate(words) for later in words[at + 2 : at + APART]}


@lru_cache(maxsize=1)
def standard() -> Weights:
    """The weights that come with the program."""
    with WEIGHTS.open(encoding="utf-8") as lines:
        return from_lines(lines)


def from_lines(lines: Iterable[str]) -> Weights:
    """Weights as `weights.tsv` holds them: one to a line, after the word that says what it is."""
    beside: dict[str, int] = {}
    apart: dict[str, dict[str, int]] = {}
    by_kind: dict[str, bytes] = {}
    told: dict[str, list[str]] = {}
    for line in lines:
        what, *held = line.rstrip("\n").split("\t")
        if what == "beside":
            run, points, counts = held
            beside[run] = _packed(int(points), int(counts))
        elif what == "apart":
            first, later, points, counts = held
            apart.setdefault(first, {})[later] = _packed(int(points), int(counts))
        elif what == "kind":
            run, *each = held
            by_kind[run] = bytes([int(points) + _MOST_POINTS for points in each])
        else:
            told[what] = held
    chinese, other = told["unlawful"]
    return Weights(
        beside=beside,
        apart=apart,
        start=int(told["start"][0]),
        unlawful=(float(chinese), float(other)),
        doubt=float(told["doubt"][0]),
        kinds=tuple(told["kinds"]),
        by_kind=by_kind,
    )


def _packed(points: int, counts: int) -> int:
    return (points + _MIDDLE) << _BITS | counts


def weigh(text: str, weights: Weights) -> Weighed:
    """Weigh a normalised text: the heaviest of its portions, each of as many sentences as fit, so that a long text
    does not hide what stands in it. Pure."""
    held = sentences(text)
    if sum(word.isalpha() for each in held for word in each.words) < FEWEST:
        return Weighed(0.0, False, True, False, (0, 0))
    spoken = [_spoken(each.words, weights) for each in held]
    weight = max(_weight(points, counts) for points, counts in _portions(held, spoken)) + weights.start / _PARTS
    bound = weights.unlawful[not is_chinese(text)]
    heaviest = held[max(range(len(held)), key=lambda at: spoken[at][0])]
    doubtful = weight > bound - weights.doubt or is_brief(held)
    return Weighed(weight, weight > bound, doubtful, weight > bound + SURE, (heaviest.start, heaviest.end))


def is_brief(held: Sequence[Sentence]) -> bool:
    """Whether a text has so few words that the word of a rule counts for more than how it reads."""
    return sum(len(each.words) for each in held) <= BRIEF


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese, be it with some foreign words; an English one may name Chinese goods."""
    characters = len(_CHINESE.findall(text))
    return characters > 0 and 3 * characters >= len(_FOREIGN.findall(text))


def kind_of(text: str, weights: Weights) -> str:
    """The kind of finding that a normalised text is most like, if it is unlawful at all."""
    sums = [0] * len(weights.kinds)
    for run in set().union(*(side_by_side(each.words, 2) for each in sentences(text))):
        points = weights.by_kind.get(run)
        if points is not None:
            sums = [before + more for before, more in zip(sums, points, strict=True)]
    return weights.kinds[sums.index(max(sums))]


def _spoken(words: Sequence[str], weights: Weights) -> Spoken:
    """What the words of a sentence speak for and how much they count, each run and pair once."""
    beside = weights.beside
    found = [beside[run] for run in side_by_side(words) if run in beside]
    pairs: dict[tuple[str, str], int] = {}
    for at, word in enumerate(words):
        later = weights.apart.get(word)
        if later is not None:
            for other in words[at + 2 : at + APART]:
                if other in later:
                    pairs[word, other] = later[other]
    found += pairs.values()
    mask = (1 << _BITS) - 1
    return sum([packed >> _BITS for packed in found]) - _MIDDLE * len(found), sum([packed & mask for packed in found])


def _portions(held: Sequence[Sentence], spoken: Sequence[Spoken]) -> Iterator[Spoken]:
    """What is spoken for, and how much that counts, in each run of sentences that is as long as a portion may be."""
    most = PORTION if held[-1].end - held[0].start > WHOLE else WHOLE
    points = counts = first = 0
    for last, each in enumerate(held):
        if first < last and each.end - held[first].start > most:
            yield points, counts
        while first < last and each.end - held[first].start > most:
            points, counts = points - spoken[first][0], counts - spoken[first][1]
            first += 1
        points, counts = points + spoken[last][0], counts + spoken[last][1]
    yield points, counts


def _weight(points: int, counts: int) -> float:
    return points / math.sqrt(counts * _PARTS) if counts else 0.0
