"""Judge one text by the rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from data.language import language
from data.lint.detect import DETECTORS
from data.lint.finding import ANYBODY, AUDIENCES, Finding
from data.lint.load import standard
from data.lint.normal import Normal, plain, respelt
from data.lint.rules import BARRED, Pattern, Reach, Rule, Rules, Scope
from data.lint.weigh import Weighed, kind_of, weigh
from data.lint.weigh import standard as learnt

MOST_OF_ONE_RULE = 8
"""A rule that a text breaks more often is not told more often."""

LONGEST_SENTENCE = 240
"""Characters after which a sentence without an end counts as ended, so that no text is slow to judge."""

MOST_INSIDE = 4
"""How many words that lie in the word at hand are passed over in search of one before it."""

_SENTENCE_ENDS = "。!?\n;"
_CLAUSE_ENDS = ",:、"

Span = tuple[int, int]


def lint(
    text: str,
    *,
    audience: str = "buyer",
    platform: str | None = None,
    rules: Rules | None = None,
    wary: bool = False,
    named: bool = False,
    surely: bool = False,
) -> tuple[Finding, ...]:
    """What a text must not say, in the order in which it says it; empty when it may go out.

    `audience` is one of AUDIENCES or ANYBODY, `platform` the code of a platform or None when it is not known,
    `rules` the shipped ones unless told. What a rule names counts when the text as a whole may be unlawful; a text
    that is counts without a rule that names it. `wary` believes the rules whatever the text weighs. For files, which
    are refused as a whole, `named` believes nothing but the rules, and `surely` a weight only far above the bound.
    Pure: the same text is always judged alike. Raises ValueError for another audience.
    """
    if audience not in (*AUDIENCES, ANYBODY):
        raise ValueError(audience)
    if not text.strip():
        return ()
    read = Reading(text, rules or standard())
    found: list[Finding] = []
    for rule in read.rules.rules:
        if (wary or named or read.weighed.doubtful or rule.is_sure(platform)) and rule.holds(audience, platform):
            spans = read.matches(rule, platform)
            found += (_finding(rule, read.original, span) for span in spans)
    if not named and (read.weighed.surely if surely else read.weighed.unlawful):
        unnamed = read.rules.unnamed.get(kind_of(read.text, learnt()))
        known = {each.kind for each in found}
        if unnamed is not None and unnamed.kind not in known and unnamed.holds(audience, platform):
            found.append(_finding(unnamed, read.original, read.weighed.span))
    found.sort(key=lambda each: (each.start, -each.end))
    return tuple(_once_a_kind(found))


def _finding(rule: Rule, original: Normal, span: Span) -> Finding:
    chinese = language() != "en"
    reason = rule.reason.zh if chinese else rule.reason.en
    instead = rule.instead.zh if chinese else rule.instead.en
    return Finding(rule.id, rule.kind, *original.span(*span), reason, instead, rule.source)


def _once_a_kind(found: list[Finding]) -> Iterator[Finding]:
    """What is left when of overlapping findings of one kind only the first, else the longest, is told."""
    until: dict[str, int] = {}
    for each in found:
        if each.start >= until.get(each.kind, 0):
            until[each.kind] = each.end
            yield each


class Reading:
    """One text with everything that was found in it so far: words by class, zones, ends of clauses and sentences."""

    def __init__(self, text: str, rules: Rules) -> None:
        self.rules = rules
        self.bare = plain(text)
        self.normal = respelt(self.bare)
        self.text = self.normal.text
        self.original = self.normal
        self._words: dict[str, list[Span]] = {}
        self._zones: dict[str, list[Span]] = {}
        self._unexcused: dict[tuple[str, frozenset[str]], list[Span]] = {}

    @cached_property
    def weighed(self) -> Weighed:
        """What the text weighs as a whole."""
        return weigh(self.text, learnt())

    @cached_property
    def sentences(self) -> list[int]:
        """Where sentences begin, the first at 0."""
        return list(self._beginnings(_SENTENCE_ENDS))

    @cached_property
    def clauses(self) -> list[int]:
        """Where clauses begin, the first at 0."""
        return list(self._beginnings(_SENTENCE_ENDS + _CLAUSE_ENDS))

    def _beginnings(self, ends: str) -> Iterator[int]:
        yield 0
        last = 0
        text = self.text
        for index, character in enumerate(text):
            following = text[index + 1 : index + 2]
            ended = character in ends or (character == "." and following in ("", " ", "\n", "."))
            if not ended and character == " " and _CLAUSE_ENDS[0] in ends:
                ended = "\u4e00" <= text[index - 1 : index] <= "\u9fff" and "\u4e00" <= following <= "\u9fff"
            if ended or index - last >= LONGEST_SENTENCE:
                last = index + 1
                yield last

    def matches(self, rule: Rule, platform: str | None) -> list[Span]:
        """Where a rule is broken, in the normalised text."""
        excuses = rule.excuses(platform)
        if rule.detector:
            return self._detected(rule, excuses)
        found: list[Span] = []
        for pattern in rule.patterns:
            found += self._pattern(pattern, rule.scope, excuses)
            if len(found) >= MOST_OF_ONE_RULE:
                break
        return found[:MOST_OF_ONE_RULE]

    def _detected(self, rule: Rule, excuses: frozenset[str]) -> list[Span]:
        """Numbers and the like, which the plain text has as they were written; excuses are looked up near them."""
        found: list[Span] = []
        for start, end in DETECTORS[rule.detector](self.bare.text):
            first, last = self.bare.span(start, end)
            at = bisect_right(self.normal.starts, first) - 1
            until = bisect_right(self.normal.starts, last - 1)
            span = (max(at, 0), max(until, at + 1, 1))
            if not any(self._covered(span[0], zone) for zone in excuses):
                found.append(span)
        return found[:MOST_OF_ONE_RULE]

    @cached_property
    def _found(self) -> dict[str, list[Span]]:
        return self.rules.index.spans(self.text)

    def words(self, name: str) -> list[Span]:
        """Where words of a class stand, without those that are part of a longer word which means something else."""
        known = self._words.get(name)
        if known is None:
            known = self._found.get(name, [])
            barred = self._found.get(BARRED + name)
            if known and barred:
                known = _apart(known, barred)
            self._words[name] = known
        return known

    def _outside(self, name: str, excuses: frozenset[str]) -> list[Span]:
        """Where words of a class stand outside the zones that excuse."""
        asked = (name, excuses)
        known = self._unexcused.get(asked)
        if known is None:
            words = self.words(name)
            known = [span for span in words if not any(self._covered(span[0], zone) for zone in excuses)]
            self._unexcused[asked] = known
        return known

    def _pattern(self, pattern: Pattern, scope: Scope, excuses: frozenset[str]) -> list[Span]:
        """Chains of words: each link is reached from the nearest end of a chain before it."""
        chains = self._outside(pattern.classes[0], excuses)
        for name, gap in zip(pattern.classes[1:], pattern.gaps, strict=True):
            if not chains:
                return []
            chains = self._linked(chains, self._outside(name, excuses), gap, scope)
        return chains

    def _linked(self, chains: list[Span], words: list[Span], gap: int, scope: Scope) -> list[Span]:
        """Words may overlap (改了再给 and 给他退), but not lie one in the other."""
        chains = sorted(chains, key=lambda span: span[1])
        found: list[Span] = []
        index = 0
        for start, end in words:
            while index < len(chains) and chains[index][1] < end:
                index += 1
            nearest = index - 1
            while nearest >= 0 and chains[nearest][0] >= start and index - nearest < MOST_INSIDE:
                nearest -= 1
            if nearest < 0 or chains[nearest][0] >= start:
                continue
            before, until = chains[nearest]
            if start - until <= gap and self._together(min(until, start), start, scope):
                found.append((before, end))
        return found

    def _together(self, end: int, start: int, scope: Scope) -> bool:
        starts = self.clauses if scope is Scope.CLAUSE else self.sentences
        return bisect_right(starts, start) - bisect_right(starts, end - 1) <= scope.breaks

    def _covered(self, at: int, zone: str) -> bool:
        spans = self._zones.get(zone)
        if spans is None:
            spans = self._zones[zone] = self._opened(zone)
        index = bisect_right(spans, (at, len(self.text) + 1)) - 1
        return index >= 0 and spans[index][1] > at

    def _opened(self, name: str) -> list[Span]:
        """The stretches that a zone covers, in order and apart."""
        zone = self.rules.zones[name]
        closes = sorted(span[0] for each in zone.closes for span in self.words(each))
        opened = sorted(span for each in zone.opens for span in self.words(each))
        merged: list[Span] = []
        for start, end in opened:
            low, high = self._stretch(start, end, zone.reach)
            index = bisect_right(closes, end - 1)
            if index < len(closes):
                high = min(high, closes[index])
            if merged and low <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], high))
            elif high > low:
                merged.append((low, high))
        return merged

    def _stretch(self, start: int, end: int, reach: Reach) -> Span:
        starts = self.clauses if reach is Reach.CLAUSE else self.sentences
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, end - 1)
        until = starts[last] if last < len(starts) else len(self.text)
        if reach in (Reach.CLAUSE, Reach.SENTENCE):
            # A word that begins with the opening word itself (“绝不复发”) is meant with it, so it is not excused.
            return start + 1, until
        if reach is Reach.AROUND and last < len(starts):
            until = starts[last + 1] if last + 1 < len(starts) else len(self.text)
        return starts[max(first - 1, 0)], until


def _apart(spans: list[Span], barred: list[Span]) -> list[Span]:
    """The spans that overlap no barred one; both in order."""
    kept: list[Span] = []
    index = 0
    for start, end in spans:
        while index < len(barred) and barred[index][1] <= start:
            index += 1
        if index == len(barred) or barred[index][0] >= end:
            kept.append((start, end))
    return kept
