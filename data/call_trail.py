"""The steps of a call as they were kept, and what they tell: how long each stage took, and what the agent marked.

Pure: the steps come in, times are UTC milliseconds, spans milliseconds. What a call was parked for is nobody's time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from data.playbook.format import Playbook
from data.playbook.spoken import SENTENCES, sentences, words_of
from data.vocabulary import StepKind

LISTENING = "listen"
"""The stage in which the buyer speaks; every playbook that counts listening calls it so."""

_MOVES = frozenset({StepKind.ENTERED, StepKind.CHOSE, StepKind.OBJECTION, StepKind.BACK, StepKind.ENDED})
_SPOKEN = frozenset({StepKind.CHOSE, StepKind.OBJECTION, StepKind.ENDED})


class Pace(StrEnum):
    """How fast the buyer speaks; the agent speaks likewise."""

    FAST = "fast"
    MEDIUM = "medium"
    SLOW = "slow"


class Temper(StrEnum):
    """How the buyer is, in the agent's ear."""

    CALM = "calm"
    UPSET = "upset"
    ANGRY = "angry"
    ABUSIVE = "abusive"


HURRIED_ON, HURRIED_OFF = "hurried:on", "hurried:off"
"""The buyer has three sentences' time, or has time again."""

MARKS = frozenset({HURRIED_ON, HURRIED_OFF, *(f"pace:{each}" for each in Pace), *(f"temper:{each}" for each in Temper)})
"""Everything that an agent may mark while speaking: a closed vocabulary, so that a step holds no free text."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """One step as it was kept: when, what the agent did, at which node, and which words stood there.

    `choice` is the key, the objection or the mark; `words` the group of the words, None where it was not kept.
    """

    at: int
    kind: str
    node: str
    choice: str | None = None
    variant: int = 0
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Spans:
    """How long a call has taken until now, in milliseconds."""

    in_step: int = 0
    listened: int = 0
    by_stage: dict[str, int] = field(default_factory=dict)
    """By the id of each stage that the call has reached, in the order in which it did."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the agent marked last; None where nothing was."""

    pace: Pace | None = None
    temper: Temper | None = None
    hurried: bool = False


def spans(trail: Sequence[Stepped], stage_of: Callable[[str], str], place: str, now: int) -> Spans:
    """The times of a call that stands at a place. Nodes without a stage belong to the one that the call came from."""
    by_stage: dict[str, int] = {}
    stage, since_move, parked = "", trail[0].at if trail else now, False
    before = since_move
    for step in (*trail[1:], Stepped(now, "", place)):
        stage = stage_of(step.node) or stage
        spent = max(0, step.at - before)
        if step.kind == StepKind.RESUMED:
            since_move += spent
        elif not parked:
            by_stage[stage] = by_stage.get(stage, 0) + spent
        parked = step.kind == StepKind.PAUSED
        before = step.at
        if step.kind in _MOVES:
            since_move = step.at
    return Spans(max(0, now - since_move), by_stage.get(LISTENING, 0), by_stage)


def stages_of(playbook: Playbook) -> Callable[[str], str]:
    """The stage of a node by its id; empty where it has none, or is not there."""

    def stage_of(node_id: str) -> str:
        node = playbook.by_id.get(node_id)
        return node.stage if node is not None else ""

    return stage_of


def marks(trail: Sequence[Stepped]) -> Marks:
    """What the agent has marked; of each kind the last one holds."""
    pace, temper, hurried = None, None, False
    for code in (step.choice or "" for step in trail if step.kind == StepKind.MARKED):
        kind, _colon, value = code.partition(":")
        if kind == "pace":
            pace = Pace(value)
        elif kind == "temper":
            temper = Temper(value)
        elif kind == "hurried":
            hurried = code == HURRIED_ON
    return Marks(pace, temper, hurried)


def sentences_said(trail: Sequence[Stepped], playbook: Playbook) -> int:
    """How many sentences were said since the buyer granted three, up to the line that stands now; at most three."""
    said = 0
    for step in trail:
        if step.kind == StepKind.MARKED and step.choice == HURRIED_ON:
            said = 0
        elif step.kind in _SPOKEN:
            said += len(sentences(words_of(playbook, step.node, step.words or 0, step.variant)))
    return min(said, SENTENCES)
