"""How a rehearsed call is judged: the order of its stages, listening, apologies, respect for a no, understanding, time.

Sources of the bounds: what the playbook itself sets as limits; and the trade's order of a call, in which the buyer is
heard before anything is offered and everything is settled before the review is mentioned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.clock import MINUTE, SECOND
from data.language import _, ngettext
from data.playbook import run as runs
from data.playbook.format import IDENTITY, Node, Playbook
from data.playbook.state import Run
from data.rehearsal.acting import Scene, Turn
from data.rehearsal.meaning import Meaning

_READ = SECOND // 15
"""How long the buyer's words take to be heard, a character: nobody answers well before that."""
_LONGEST_HEARING = 6 * SECOND
_LONGEST_STEP = 45 * SECOND
_LONGEST_CALL = 10 * MINUTE
_STEPS_AFTER_NO = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is judged: points of how many, and what to do better (empty where nothing is)."""

    title: str
    points: int
    of: int
    better: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a rehearsal came to, of 100 points, and the steps that were taken for something else."""

    marks: tuple[Mark, ...]
    misheard: tuple[Turn, ...]
    turns: int
    lasted: int

    @property
    def points(self) -> int:
        """All points together."""
        return sum(mark.points for mark in self.marks)


def score(scene: Scene, run: Run, times: Sequence[int]) -> Score:
    """Judge a run. `times` are the moments (UTC ms) of its beginning and of each step of its path."""
    turns, way = scene.turns(run), _way(scene.playbook, run)
    marks = (
        _order(way, run),
        _listening(way, turns, times, run),
        _apologies(scene.playbook, run, turns),
        _refusals(way, turns),
        _understanding(turns),
        _time(times),
    )
    lasted = times[-1] - times[0] if times else 0
    return Score(marks, tuple(turn for turn in turns if not turn.fits), len(turns), lasted)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A place that the call passed, and what stood then."""

    node: Node
    known: bool
    remedy: str
    asked: int
    refusals: int
    sorry: int


def _way(playbook: Playbook, run: Run) -> tuple[_Stand, ...]:
    """Every place of the call in order; where the path cannot be repeated step by step, nothing stands."""
    stands = []
    at = run
    while True:
        node = playbook.node(at.place)
        known = IDENTITY in at.marks
        stands.append(_Stand(node, known, at.remedy, at.review_asked, at.refusals, at.apologies))
        if not at.path:
            return tuple(reversed(stands))
        at = runs.back(playbook, at)


def _listens(stand: _Stand) -> bool:
    return stand.node.stage == "listen" or "listened" in stand.node.marks


def _order(way: Sequence[_Stand], run: Run) -> Mark:
    title, most = _("Order of the stages"), 20
    offered = next((at for at, stand in enumerate(way) if stand.remedy not in ("none", way[0].remedy)), None)
    asked = next((at for at, stand in enumerate(way) if stand.asked > way[0].asked), None)
    before_offer = way[:offered] if offered is not None else ()
    before_asking = way[: asked + 1] if asked is not None else ()
    faults = []
    if before_offer and not any(stand.sorry for stand in before_offer):
        faults.append(_("apologise before you offer anything"))
    if before_offer and not any(_listens(stand) for stand in before_offer):
        faults.append(_("let the buyer tell before you offer anything"))
    if before_asking and not any(stand.remedy in ("accepted", "declined", "explained") for stand in before_asking):
        faults.append(_("settle what we owe before you mention the review"))
    if (offered is not None or asked is not None) and not any(stand.known for stand in way):
        faults.append(_("make sure that it is the buyer"))
    points = max(0, most - 10 * len(faults))
    return Mark(title, points, most, _sentence(faults))


def _listening(way: Sequence[_Stand], turns: Sequence[Turn], times: Sequence[int], run: Run) -> Mark:
    title, most = _("Listening"), 20
    heard = [at for at, stand in enumerate(way[:-1]) if _listens(stand)]
    if not heard:
        if _cut_short(run, turns):
            return Mark(title, most, most)
        return Mark(title, 0, most, _sentence([_("ask how it was, and let them finish")]))
    taken = sum(times[at + 1] - times[at] for at in heard if at + 1 < len(times))
    needed = sum(min(_LONGEST_HEARING, len(turns[at].heard.words) * _READ) for at in heard)
    if taken >= needed:
        return Mark(title, most, most)
    better = _("take the time to hear them out before you press on")
    return Mark(title, most // 2, most, _sentence([better]))


def _apologies(playbook: Playbook, run: Run, turns: Sequence[Turn]) -> Mark:
    title, most = _("Apologies"), 15
    _least, highest = playbook.limits.apologies
    said = run.apologies
    # How often the script apologises on a way is the script's matter; that it is reached at all is the agent's.
    if 1 <= said <= highest or _cut_short(run, turns):
        return Mark(title, most, most)
    if said:
        told = ngettext("{n} apology is too many; one that is meant is enough",
                        "{n} apologies are too many; one that is meant is enough", said)  # fmt: skip
        return Mark(title, most // 2, most, _sentence([told.format(n=said)]))
    return Mark(title, 0, most, _sentence([_("say sorry once, and plainly")]))


def _cut_short(run: Run, turns: Sequence[Turn]) -> bool:
    """Whether it was the buyer who had no time for more, and nothing was offered or asked in passing."""
    understood = all(turn.fits for turn in turns)
    return IDENTITY not in run.marks or (understood and run.remedy == run.facts.remedy_state and not run.review_asked)


def _refusals(way: Sequence[_Stand], turns: Sequence[Turn]) -> Mark:
    title, most = _("Respect for a no"), 20
    faults = []
    first = next((at for at, stand in enumerate(way) if stand.refusals > way[0].refusals), None)
    if first is not None:
        after = way[first:]
        if after[-1].asked > after[0].asked:
            faults.append(_("after a no the review is not mentioned again"))
        if len(after) > _STEPS_AFTER_NO:
            faults.append(_("after a no come to a friendly end soon"))
    noes = (Meaning.REFUSES, Meaning.STOP)
    if any(turn.heard.meaning in noes and not turn.fits for turn in turns):
        faults.append(_("the buyer said no, and it was taken for something else"))
    points = max(0, most - 10 * len(faults))
    return Mark(title, points, most, _sentence(faults))


def _understanding(turns: Sequence[Turn]) -> Mark:
    title, most = _("Understood"), 15
    fits = sum(turn.fits for turn in turns)
    points = most * fits // len(turns) if turns else 0
    if fits == len(turns):
        return Mark(title, points, most)
    wrong = len(turns) - fits
    told = ngettext("{n} step was taken for something else; it is below",
                    "{n} steps were taken for something else; they are below", wrong)  # fmt: skip
    return Mark(title, points, most, _sentence([told.format(n=wrong)]))


def _time(times: Sequence[int]) -> Mark:
    title, most = _("Time"), 10
    steps = [after - before for before, after in pairwise(times)]
    if not steps:
        return Mark(title, 0, most)
    faults = []
    if times[-1] - times[0] > _LONGEST_CALL:
        faults.append(_("ten minutes are enough for most calls"))
    if max(steps) > _LONGEST_STEP:
        faults.append(_("do not leave the buyer waiting on the line"))
    return Mark(title, max(0, most - 5 * len(faults)), most, _sentence(faults))


def _sentence(parts: Sequence[str]) -> str:
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]
