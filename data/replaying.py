"""A past call, read step by step: what was said in the words of that day, what the buyer did, and how long it took.

Nothing is walked again. Each step names the words that stood there, and they are looked up in the text that was kept
with the call, so that a call reads the same whatever has become of playbooks and program since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from data.call_trail import Stepped
from data.playbook.format import Node, Playbook
from data.playbook.lines import line
from data.playbook.spoken import filled, words_of
from data.playbook.state import Run
from data.vocabulary import StepKind

_WITH_WORDS = frozenset({StepKind.CHOSE, StepKind.OBJECTION, StepKind.BACK, StepKind.VARIANT, StepKind.ENDED})


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a call that is over.

    `said` are the words that stood there, `kind` and `did` what then happened: the label of the choice or the
    objection, a code of `data.call_trail.MARKS`, or nothing. `took` are the milliseconds since the step before.
    `said` is empty where nothing was said anew, and where the text cannot be read any more.
    """

    at: int
    took: int
    node: str
    stage: str
    said: str
    kind: str
    did: str
    exact: str = ""


Words = Callable[[int], Mapping[str, str]]
"""What the variables of a line stood for at a time (UTC ms)."""


def moments(playbook: Playbook | None, run: Run | None, trail: Sequence[Stepped], words: Words) -> tuple[Moment, ...]:
    """The steps of a call in order, and at its end the line that stood last.

    Without a playbook or a run, because what was kept cannot be read, the steps stand with their codes alone.
    """
    found: list[Moment] = []
    before, stage = trail[0].at if trail else 0, ""
    for at, step in enumerate(trail):
        node = playbook.by_id.get(step.node) if playbook is not None else None
        stage = _stage_title(playbook, node) or stage
        if step.kind == StepKind.ENTERED:
            continue
        after = next((each.node for each in trail[at + 1 :]), run.place if run is not None else "")
        choice, _space, exact = (step.choice or "").partition(" ")
        found.append(
            Moment(
                step.at,
                max(0, step.at - before),
                step.node,
                stage,
                _said(playbook, step, words(before)),
                step.kind,
                _did(playbook, node, step.kind, choice, after),
                exact,
            )
        )
        before = step.at
    if playbook is not None and run is not None:
        last = playbook.by_id.get(run.place)
        if last is not None:
            said = line(playbook, run, words(before)).say
            found.append(Moment(before, 0, run.place, _stage_title(playbook, last) or stage, said, "", ""))
    return tuple(found)


def _stage_title(playbook: Playbook | None, node: Node | None) -> str:
    if playbook is None or node is None:
        return ""
    return next((stage.title for stage in playbook.stages if stage.id == node.stage), "")


def _said(playbook: Playbook | None, step: Stepped, variables: Mapping[str, str]) -> str:
    if playbook is None or step.kind not in _WITH_WORDS:
        return ""
    return filled(words_of(playbook, step.node, step.words or 0, step.variant), variables, playbook.variables)


def _did(playbook: Playbook | None, node: Node | None, kind: str, choice: str, after: str) -> str:
    """The words of what was pressed; of choices that guards put on one key, the one that leads where the call went."""
    if playbook is not None and kind == StepKind.OBJECTION:
        objection = playbook.objection_by_id.get(choice)
        return objection.label if objection is not None else choice
    if kind == StepKind.CHOSE and node is not None:
        on_key = [each for each in node.choices if str(each.key) == choice]
        led = next((each for each in on_key if each.to == after), on_key[0] if on_key else None)
        return led.label if led is not None else choice
    return choice
