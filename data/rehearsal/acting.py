"""What a made-up buyer does and says at each step of a rehearsed call, told from the path alone.

The same buyer, seed and path give the same words, so a step back is heard as it was, and a rehearsal can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from data.playbook import run as runs
from data.playbook.format import IDENTITY, Choice, Node, Playbook
from data.playbook.state import END, Run, Step
from data.rehearsal.buyers import Buyer, Cast
from data.rehearsal.meaning import Meaning, meaning

_CALMER = 15
_ANGRIER = 15
_BOILING = 90
"""From this temper on a buyer wants no more of it."""
_UPSET = 60
"""Up to this temper a question about the review is not felt as pressing."""
_MANY = 3
"""So many apologies are more than the buyer wants to hear."""
_PLAIN = frozenset(
    (Meaning.ACCEPTS, Meaning.DECLINES, Meaning.UPSET, Meaning.LEAD, Meaning.STOP, Meaning.ABUSIVE, Meaning.HANGS_UP)
)
"""What is said in the same way wherever it is said; any choice with that meaning fits."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the buyer does now: the words, what they mean, and the key or the objection that fits.

    `keys` holds every act of a run that fits: keys of choices as digits, ids of objections, `0` to end.
    """

    words: str
    meaning: Meaning
    keys: frozenset[str]
    label: str
    """How the playbook writes what fits."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a rehearsal: where, what the buyer did, what the agent took it for, and how angry that left them."""

    node: str
    heard: Heard
    act: str
    temper: int

    @property
    def fits(self) -> bool:
        """Whether the agent took it for what it was."""
        return self.act in self.heard.keys


@dataclass(frozen=True, slots=True)
class _Mood:
    temper: int
    patience: int
    brought: tuple[str, ...] = ()
    misheard: bool = False
    apologies: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """A rehearsal: a playbook, a buyer, and the seed that decides what is left to chance."""

    playbook: Playbook
    cast: Cast
    buyer: Buyer
    seed: int

    def heard(self, run: Run) -> Heard | None:
        """What the buyer does where a run stands; None once the call is over."""
        if runs.ending(self.playbook, run) is not None:
            return None
        return self._acts(self._mood(run), run)

    def turns(self, run: Run) -> tuple[Turn, ...]:
        """Every step of a run with what the buyer had done."""
        return tuple(turn for turn, _mood in self._played(run))

    def _mood(self, run: Run) -> _Mood:
        mood = self._begins(run)
        for _turn, after in self._played(run):
            mood = after
        return mood

    def _begins(self, run: Run) -> _Mood:
        return _Mood(self.buyer.temper, self.buyer.patience, apologies=run.apologies if not run.path else 0)

    def _played(self, run: Run) -> Iterator[tuple[Turn, _Mood]]:
        before, mood = runs.start(self.playbook, run.facts, run.entry), self._begins(run)
        for step in run.path:
            heard = self._acts(mood, before)
            after = _repeated(self.playbook, before, step)
            mood = self._felt(mood, heard, step, before, after)
            yield Turn(before.place, heard, step.act, mood.temper), mood
            before = after

    # What the buyer does

    def _acts(self, mood: _Mood, run: Run) -> Heard:
        random = Random(f"{self.seed}/{self.buyer.id}/{len(run.path)}")
        node, options = self.playbook.node(run.place), runs.options(self.playbook, run)
        brought = self._brings(mood, run, node, random)
        if brought:
            return self._objecting(brought, mood, options, random)
        if not options:
            return Heard(self._said((), mood, random), Meaning.OTHER, frozenset({END}), "")
        choices = [(option, _choice_of(node, option)) for option in options]
        meanings = [meaning(self.playbook, node, choice) for _option, choice in choices]
        known = IDENTITY in run.marks
        weights = [self._weight(mood, node, each, known=known) for each in meanings]
        at = random.choices(range(len(options)), weights)[0] if any(weights) else 0
        option, means = options[at], meanings[at]
        if means in (Meaning.OBJECTS, Meaning.REFUSES) and option.raises:
            return replace(self._objecting(option.raises, mood, options, random), meaning=means)
        lines, exactly = self._lines(option, means)
        fits = {str(option.key)}
        if not exactly:
            fits |= {str(each.key) for each in options if each.to and each.to == option.to}
        if means in _PLAIN:
            fits |= {str(each.key) for each, found in zip(options, meanings, strict=True) if found is means}
        words = self._said(lines, mood, random) or f"（{option.label}）"
        return Heard(words, means, frozenset(fits), option.label)

    def _brings(self, mood: _Mood, run: Run, node: Node, random: Random) -> str:
        """The objection that the buyer brings up here, out of their own or because they have no time left."""
        if node.home or IDENTITY not in run.marks:
            return ""
        open_now = {each.id for each in runs.objections(self.playbook, run)}
        for brings in self.buyer.brings:
            if brings.objection not in open_now or mood.brought.count(brings.objection) >= brings.times:
                continue
            if brings.stage in ("", node.stage) and random.random() * 100 < brings.chance:
                return brings.objection
        return ""

    def _objecting(self, objection_id: str, mood: _Mood, options: Sequence[runs.Option], random: Random) -> Heard:
        objection = self.playbook.objection_by_id[objection_id]
        own, common = self.buyer.words.objections, self.cast.words.objections
        lines = own.get(objection_id) or common.get(objection_id) or objection.search or (objection.label,)
        fits = {objection_id} | {str(each.key) for each in options if each.raises == objection_id}
        means = Meaning.REFUSES if objection.refusal else Meaning.OBJECTS
        return Heard(self._said(lines, mood, random), means, frozenset(fits), objection.label)

    def _weight(self, mood: _Mood, node: Node, means: Meaning, *, known: bool) -> int:
        """How much a buyer of this temper is given to what a choice means; it is the buyer who picks up."""
        if node.asks_review or node.reminds:
            likely = {"yes": Meaning.GOES_ON, "no": Meaning.REFUSES, "think": Meaning.OBJECTS}[self.buyer.answers]
            return 90 if means is likely else 5 if means in (Meaning.OBJECTS, Meaning.OTHER) else 0
        boiling, gone = mood.temper >= _BOILING, mood.patience <= 0
        weights = {
            Meaning.GOES_ON: 70,
            Meaning.ACCEPTS: 90 if self.buyer.settles == "accepts" else 3,
            Meaning.DECLINES: 90 if self.buyer.settles == "declines" else 3,
            Meaning.AGREES: 20,
            Meaning.REFUSES: 60 if self.buyer.answers == "no" else 0,
            Meaning.OBJECTS: 2,
            Meaning.UPSET: max(0, mood.temper - 30) * 2,
            Meaning.LEAD: 10 if mood.temper > _UPSET else 0,
            Meaning.STOP: 200 if boiling else 0,
            Meaning.ABUSIVE: 100 if boiling else 10 if mood.temper > _UPSET else 0,
            Meaning.HANGS_UP: 900 if gone else 0,
            Meaning.SOMEBODY_ELSE: 0,
            Meaning.NOT_THERE: 0,
            Meaning.OTHER: 8 if known else 0,
        }
        return weights[means]

    # What the buyer says

    def _lines(self, option: runs.Option, means: Meaning) -> tuple[tuple[str, ...], bool]:
        """How a buyer puts it, and whether that names this one key alone."""
        own, common = self.buyer.words, self.cast.words
        if means is Meaning.AGREES and option.time in common.times:
            return common.times[option.time], True
        target = self.playbook.by_id.get(option.to)
        bye = common.means.get("goodbye", ()) if target is not None and target.ending is not None else ()
        plainly = own.means.get(means) or common.means.get(means) or ()
        first, then = (plainly, common.to.get(option.to)) if means in _PLAIN else (common.to.get(option.to), plainly)
        return own.to.get(option.to) or first or then or bye, False

    def _said(self, lines: tuple[str, ...], mood: _Mood, random: Random) -> str:
        words = random.choice(lines) if lines else ""
        before = self.buyer.words.misheard or self.cast.words.misheard
        return f"{random.choice(before)}{_gap(self.cast)}{words}" if mood.misheard and before and words else words

    # What the buyer feels

    def _felt(self, mood: _Mood, heard: Heard, step: Step, before: Run, after: Run) -> _Mood:
        wins, loses = self.buyer.wins, self.buyer.loses
        node = self.playbook.node(after.place)
        misheard = step.act not in heard.keys
        apologised = after.apologies > before.apologies
        temper = mood.temper - 2
        if apologised and mood.apologies < _MANY:
            temper -= _CALMER if "apology" in wins else _CALMER // 3
        elif apologised and "apologies" in loses:
            temper += _ANGRIER
        if node.stage == "listen" or "listened" in node.marks:
            temper -= _CALMER if "listening" in wins else _CALMER // 3
        if node.remedy == "offered" or (node.stage == "remedy" and not node.home):
            temper -= _CALMER if "remedy" in wins else _CALMER // 3
        if misheard:
            temper += _ANGRIER if "misheard" in loses else _ANGRIER // 3
        if after.review_asked > before.review_asked and mood.temper > _UPSET and "pressing" in loses:
            temper += 2 * _ANGRIER
        raised = step.act if step.act.startswith("O") else heard_objection(heard)
        return _Mood(
            max(0, min(100, temper)),
            mood.patience - 1 - 2 * misheard,
            (*mood.brought, raised) if raised else mood.brought,
            misheard,
            mood.apologies + apologised,
        )


def heard_objection(heard: Heard) -> str:
    """The objection that the buyer brought up, or an empty string."""
    return next((each for each in heard.keys if each.startswith("O")), "")


def _choice_of(node: Node, option: runs.Option) -> Choice:
    """The choice of the node that an open option stands for; several may be on one key, for different cases."""
    said = (option.key, option.label, option.to, option.raises)
    return next(each for each in node.choices if (each.key, each.label, each.to, each.raises) == said)


def _repeated(playbook: Playbook, run: Run, step: Step) -> Run:
    run = replace(run, variant=step.variant)
    if step.act == END:
        return runs.end(playbook, run, step.learnt)
    if step.act.isdigit():
        return runs.choose(playbook, run, int(step.act), step.exact, step.learnt)
    return runs.raise_objection(playbook, run, step.act, step.learnt)


def _gap(cast: Cast) -> str:
    return " " if cast.language == "en" else ""
