"""A call walked through the real playbook by random choices, a step at a time as an agent would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

from data.casework.entrance import SqlCasework
from data.clock import SECOND
from data.playbook import run as runs
from data.playbook.state import Run
from data.protocols import Move
from data.rows import OpenCall
from data.times import EXACT
from tests.simulate.figures import Figures

LONGEST = 30
"""After so many steps the agent ends the call by key 0."""


class HungUp(Exception):
    """The session died in the middle of the call; the call stays open in the database."""


def step(casework: SqlCasework, call: OpenCall, random: Random, steps: int) -> Move | None:
    """What the agent does next in a call; None once it has ended."""
    playbook = casework.playbook_of(call.call_id)
    run = Run.from_dict(json.loads(call.run))
    if runs.ending(playbook, run) is not None:
        return None
    if steps > LONGEST or random.random() < 0.02:
        return Move("end")
    wild = random.random()
    if wild < 0.04 and run.path:
        return Move("back")
    if wild < 0.06:
        return Move("variant")
    raised = runs.objections(playbook, run)
    if wild < 0.16 and raised:
        return Move("objection", random.choice(raised).id)
    options = runs.options(playbook, run)
    if not options:
        return Move("end")
    # The first choice is mostly the one that leads on.
    chosen = options[0] if random.random() < 0.7 else random.choice(options)
    return Move("choose", f"{chosen.key} tomorrow 19:30" if chosen.time == EXACT else str(chosen.key))


def walk(casework: SqlCasework, call: OpenCall, random: Random, figures: Figures, crashes: float) -> Iterator[int]:
    """Walk on from where the call stands, yielding how long each step takes in milliseconds.

    Raises HungUp when the session dies on the way.
    """
    for steps in range(2 * LONGEST):
        move = step(casework, call, random, steps)
        if move is None:
            return
        yield random.randrange(5, 60) * SECOND
        if random.random() < crashes:
            raise HungUp
        after = figures.tried("advance_call", casework.advance_call, call.call_id, move)
        if after is None:
            return
        call = after


def proposed(casework: SqlCasework, call: OpenCall) -> runs.Ending | None:
    """What the call most likely came to, as the outcome form would fill it in."""
    return runs.ending(casework.playbook_of(call.call_id), Run.from_dict(json.loads(call.run)))
