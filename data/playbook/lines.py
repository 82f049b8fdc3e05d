"""What the call screen shows of a run: the line to say with its variables, the hints, and the stage line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.playbook.format import Playbook
from data.playbook.state import Run, values

VARIABLE = re.compile(r"\{(\w+)\}")


class StageState(StrEnum):
    """How far the call is with a stage."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class StageMark:
    """One word of the stage line."""

    title: str
    state: StageState


@dataclass(frozen=True, slots=True)
class Line:
    """What the agent is to say now, and what to mind.

    `missing` names the variables that the case does not give; in `say` they stand between ⟨ and ⟩, with the
    playbook's fallback words where it has some. `variant` of `variants` (from 0) is being shown.
    """

    node: str
    purpose: str
    say: str
    listen: str
    avoid: str
    record: str
    missing: tuple[str, ...]
    variant: int
    variants: int


def line(playbook: Playbook, run: Run, variables: Mapping[str, str]) -> Line:
    """The line of the node where the run stands, or the farewell of a call that was ended by hand."""
    said = variants_of(playbook, run)
    node = playbook.node(run.place)
    index = _variant(run, len(said))
    text, missing = _filled(said[index] if said else "", variables, playbook.variables)
    hints = ("", "", "") if run.ended else (node.listen, node.avoid, node.record)
    return Line(node.id, node.purpose, text, *hints, missing, index, len(said))


def variants_of(playbook: Playbook, run: Run) -> tuple[str, ...]:
    """Every way to say what is to be said now."""
    value_of = values(run)
    if run.ended:
        return next((leave.say for leave in playbook.leaves if leave.when.holds(value_of)), ())
    node = playbook.node(run.place)
    if run.again and node.again:
        return node.again
    return next((group.say for group in node.words() if group.when.holds(value_of)), ())


def stages(playbook: Playbook, run: Run) -> tuple[StageMark, ...]:
    """The stage line: where the call was, is, and has not been. An objection keeps the stage that it came from."""
    current = playbook.node(run.place).stage or playbook.node(run.main_place).stage
    order = [stage.id for stage in playbook.stages]
    been = {playbook.node(step.node).stage for step in run.path}
    marks = []
    for index, stage in enumerate(playbook.stages):
        state = StageState.AHEAD
        if stage.id == current:
            state = StageState.CURRENT
        elif stage.id in been and (current not in order or index < order.index(current)):
            state = StageState.DONE
        marks.append(StageMark(stage.title, state))
    return tuple(marks)


def _variant(run: Run, count: int) -> int:
    """Which variant to say: another one on each call and on each visit, and the next one on request."""
    if not count:
        return 0
    visits = sum(step.node == run.place for step in run.path)
    return (max(run.facts.attempt - 1, 0) + visits + run.variant) % count


def _filled(text: str, variables: Mapping[str, str], fallbacks: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    missing: list[str] = []

    def word(found: re.Match[str]) -> str:
        name = found[1]
        value = variables.get(name)
        if value:
            return value
        if name not in missing:
            missing.append(name)
        return f"⟨{fallbacks.get(name) or name}⟩"

    return VARIABLE.sub(word, text), tuple(missing)
