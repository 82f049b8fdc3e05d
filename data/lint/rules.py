"""The rules of the promise linter as they are held once their files are read; all frozen, all compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from data.lint.finding import ANYBODY
from data.lint.terms import Index

BARRED = "!"
"""Before the name of a class: the longer words in which a word of it does not count."""

UNNAMED = "weight"
"""In place of a detector: the rule by which a text is told that no other rule names, but that weighs like its kind."""


class Scope(Enum):
    """How near to one another the parts of a pattern must stand."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    NEAR = "near"
    """Within a sentence and the two after it."""

    @property
    def breaks(self) -> int:
        """How many ends of sentences may lie between two parts."""
        return 2 if self is Scope.NEAR else 0


class Reach(Enum):
    """What a zone covers, seen from the word that opens it."""

    CLAUSE = "clause"
    """From the word to the end of its clause."""

    SENTENCE = "sentence"
    """From the word to the end of its sentence."""

    WHOLE = "whole"
    """Its sentence and the one before, up to a word that closes it."""

    AROUND = "around"
    """Its sentence, the one before and the one after, up to a word that closes it."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text in which what is said is excused, opened by some words and closed by others."""

    name: str
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    reach: Reach


@dataclass(frozen=True, slots=True)
class Pattern:
    """Classes of words one after the other; before each but the first, how many characters may lie between."""

    classes: tuple[str, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A wording in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not be said, to whom, where, why, and what to say instead."""

    id: str
    kind: str
    patterns: tuple[Pattern, ...]
    detector: str
    scope: Scope
    excused_by: frozenset[str]
    audiences: frozenset[str]
    platforms: frozenset[str]
    """Only there; empty for everywhere."""

    except_on: frozenset[str]
    strict_on: frozenset[str]
    """Platforms on which only `strict_excused_by` excuses."""

    strict_excused_by: frozenset[str]
    reason: Said
    instead: Said
    source: str

    sure: bool = False
    """It counts whatever the text weighs as a whole: numbers that anybody can see, and a shop's own rules."""

    needs_reader: bool = False
    """Not when it is unknown who reads the text: what is a slip in public is ordinary to the buyer alone."""

    def holds(self, audience: str, platform: str | None) -> bool:
        """Whether it is a rule for this reader on this platform; an unknown platform is taken for a strict one."""
        meant = not self.needs_reader if audience == ANYBODY else audience in self.audiences
        if not meant or (platform is not None and platform in self.except_on):
            return False
        return not self.platforms or platform is None or platform in self.platforms

    def is_sure(self, platform: str | None) -> bool:
        """Whether it counts whatever the text weighs; so it does where it was made strict."""
        return self.sure or platform in self.strict_on

    def excuses(self, platform: str | None) -> frozenset[str]:
        """The zones that excuse on this platform."""
        return self.strict_excused_by if platform in self.strict_on else self.excused_by


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that the linter goes by."""

    index: Index
    words: frozenset[str]
    zones: Mapping[str, Zone]
    rules: tuple[Rule, ...]
    unnamed: Mapping[str, Rule]
    """By kind, what is told of a text that no other rule names."""
    by_id: Mapping[str, Rule] = field(default_factory=dict)
