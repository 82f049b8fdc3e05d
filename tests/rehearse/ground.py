"""Rehearsals without a screen: a buyer, an agent who presses what is given, and what came of it."""

from __future__ import annotations

from data.playbook import run as runs
from data.playbook.facts import CallFacts
from data.playbook.state import Run
from data.rehearsal.acting import Scene
from data.rehearsal.buyers import cast
from tests.playbooks import standard

FACTS = CallFacts(platform="taobao", can_revise=True, can_append=True)


def scene(buyer: str, seed: int = 0, language: str = "zh_CN") -> Scene:
    """A rehearsal of the shipped playbook."""
    everyone = cast(language)
    return Scene(standard(language), everyone, everyone.buyer(buyer), seed)


def well_heard(played: Scene, most: int = 80) -> Run:
    """The run of an agent who always takes the buyer for what they are."""
    run = runs.start(played.playbook, FACTS)
    for _step in range(most):
        heard = played.heard(run)
        if heard is None:
            return run
        run = step(played, run, fitting(heard.keys))
    return run


def fitting(keys: frozenset[str]) -> str:
    """One of the acts that fit: a key before an objection."""
    return min(keys, key=lambda key: (key.startswith("O"), key))


def step(played: Scene, run: Run, act: str) -> Run:
    """One act on a run."""
    if act.startswith("O"):
        return runs.raise_objection(played.playbook, run, act)
    if act == "0":
        return runs.end(played.playbook, run)
    exact = next((each.time == "exact" for each in runs.options(played.playbook, run) if str(each.key) == act), False)
    return runs.choose(played.playbook, run, int(act), "tomorrow 19:30" if exact else "")
