"""Random calls over a playbook, with what must hold at every step of every one of them.

The rules are told here once more, from what the run says alone; nothing is taken from the proof that they check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from data.outcomes import LINES, STANDINGS, LineResult, Standing
from data.playbook import run as runs
from data.playbook.asked import FACTS, MOVING, PARTS_OF_DAY, PRESETS, Kind, Value
from data.playbook.facts import REMEDIES, SETTLED, CallFacts
from data.playbook.format import IDENTITY, KEYS, VARIABLES, Node, Playbook
from data.playbook.lines import VARIABLE
from data.playbook.state import Run
from data.times import EXACT
from data.vocabulary import Cause, Platform

CHOOSES, OBJECTS, GOES_BACK, REWORDS = 0.80, 0.95, 0.975, 0.997
"""What an agent does next: a choice, an objection, a step back, other words, the end."""
OBJECTIONS_MOST = 12
"""A buyer brings up no more than that; the rest of the call is choices alone."""
EVERYTHING = dict.fromkeys(VARIABLES, "×")
"""A value for every variable."""


class Broken(AssertionError):
    """A rule that was not held, with the way that leads there."""


@dataclass
class Figures:
    """What some random calls came to."""

    calls: int = 0
    steps: int = 0
    longest: int = 0
    questions: int = 0
    refusals: int = 0
    nodes: set[str] = field(default_factory=set)
    endings: Counter[str] = field(default_factory=Counter)

    def add(self, other: Figures) -> None:
        """Take in what others came to."""
        self.calls += other.calls
        self.steps += other.steps
        self.longest = max(self.longest, other.longest)
        self.questions += other.questions
        self.refusals += other.refusals
        self.nodes |= other.nodes
        self.endings += other.endings


def facts(random: Random, playbook: Playbook) -> CallFacts:
    """A case of any kind; most of what can be known is known of about half of them."""
    known: dict[str, Value] = {}
    for name, fact in FACTS.items():
        if name in ("preset", "entry") or random.random() < 0.5:
            continue
        if fact.kind is Kind.FLAG:
            known[name] = random.random() < 0.5
        elif fact.kind is Kind.WORD:
            known[name] = random.choice(sorted(fact.words))
        else:
            known[name] = random.choice((0, 1, 2, 3, 7, 15, 30, 200))
    raised = random.sample([each.id for each in playbook.objections], k=min(2, len(playbook.objections)))
    mostly_new = random.random() < 0.7
    return CallFacts(
        platform=random.choice(list(Platform)).value,
        cause=random.choice([None, *(cause.value for cause in Cause)]),
        can_revise=random.choice((None, True, True, False)),
        can_append=random.choice((None, True, True, False)),
        # Who wants none of it has said no as often as that takes.
        refusals_before=2 if known.get("buyer.refused") else 0 if mostly_new else random.randrange(4),
        objections_before={each: random.randrange(4) for each in raised} if not mostly_new else {},
        review_asked_before=0 if mostly_new else random.randrange(3),
        remedy_state="none" if mostly_new else random.choice(REMEDIES),
        attempt=1 if mostly_new else random.randrange(1, 5),
        promised_before=not mostly_new and random.random() < 0.5,
        reopened=not mostly_new and random.random() < 0.3,
        agent_named=random.random() < 0.9,
        preset=random.choice(PRESETS),
        known=known,
    )


def call(playbook: Playbook, seed: str, bound: int) -> Figures:
    """One random call from its first line to its end, every rule held at every step. Raises Broken."""
    random = Random(seed)
    run = runs.start(playbook, facts(random, playbook), random.choice(sorted(playbook.entries)))
    found = Figures(calls=1)
    visited: list[Node] = []
    while True:
        visited = _visited(playbook, run, visited)
        found.nodes.add(run.place)
        found.longest = max(found.longest, len(run.path))
        try:
            hold(playbook, run, visited, bound)
            over = runs.ending(playbook, run)
            if over is not None:
                found.questions, found.refusals = run.review_asked, run.refusals
                found.endings[over.line] += 1
                return found
            run = _next(playbook, run, random)
        except AssertionError as broken:
            way = " ".join(f"{step.node}:{step.act}" for step in run.path)
            raise Broken(f"{playbook.id} {seed!r}: {broken} [{way}] at {run.place}") from broken
        found.steps += 1


def _visited(playbook: Playbook, run: Run, before: list[Node]) -> list[Node]:
    """The places of the call so far; a step back takes its last one away."""
    return [*before[: len(run.path)], playbook.node(run.place)]


def _next(playbook: Playbook, run: Run, random: Random) -> Run:
    options, raised = runs.options(playbook, run), runs.objections(playbook, run)
    draw = random.random()
    if CHOOSES <= draw < OBJECTS and raised and sum(run.raised.values()) < OBJECTIONS_MOST:
        return runs.raise_objection(playbook, run, random.choice(raised).id, _learnt(random))
    if OBJECTS <= draw < GOES_BACK and run.path:
        before = runs.back(playbook, run)
        assert len(before.path) == len(run.path) - 1, "a step back goes elsewhere"
        return before
    if GOES_BACK <= draw < REWORDS:
        run = runs.reword(playbook, run)
    elif draw >= REWORDS:
        return runs.end(playbook, run, _learnt(random))
    option = random.choices(options, [_weight(playbook, each) for each in options])[0]
    exact = "tomorrow 19:30" if option.time == EXACT else ""
    return runs.choose(playbook, run, option.key, exact, _learnt(random))


def _weight(playbook: Playbook, option: runs.Option) -> int:
    """Most calls go on for a while: what ends one at once, and what leads nearer to its end, is rarer."""
    target = playbook.by_id.get(option.to)
    if target is None:
        return 6
    return 1 if target.ending is not None else 3 if target.stage == playbook.stages[-1].id else 12


def _learnt(random: Random) -> Mapping[str, Value] | None:
    """What an agent may have found out meanwhile."""
    if random.random() < 0.8:
        return None
    told: dict[str, Value] = {
        "cause": random.choice(list(Cause)).value,
        "clock.minutes": random.randrange(20),
        "clock.part": random.choice(PARTS_OF_DAY),
    }
    return {name: value for name, value in told.items() if name in MOVING}


# What must hold


def hold(playbook: Playbook, run: Run, visited: list[Node], bound: int) -> None:
    """Raise AssertionError for the first rule that a step does not hold."""
    for rule in (_is_bounded, _can_be_left, _can_go_on):
        rule(playbook, run, bound)
    for variables in ({}, EVERYTHING):
        _says_whole_lines(playbook, run, variables)
    _asks_decently(playbook, run, visited)


def _is_bounded(_playbook: Playbook, run: Run, bound: int) -> None:
    assert len(run.path) <= bound, f"more than {bound} steps"


def _can_be_left(playbook: Playbook, run: Run, _bound: int) -> None:
    ended = runs.end(playbook, run)
    over = runs.ending(playbook, ended)
    assert over is not None, "cannot be left"
    assert LineResult(over.line) in LINES
    assert over.standings, "an end that stands nowhere"
    assert all(Standing(each) in STANDINGS for each in over.standings)
    if runs.ending(playbook, run) is None:
        assert runs.line(playbook, ended, EVERYTHING).say, "left without a word"


def _can_go_on(playbook: Playbook, run: Run, _bound: int) -> None:
    if runs.ending(playbook, run) is not None:
        return
    keys = [option.key for option in runs.options(playbook, run)]
    assert keys, "no choice is open"
    assert len(set(keys)) == len(keys), "two choices on one key"
    assert set(keys) <= set(KEYS), "a key that no choice may have"


def _says_whole_lines(playbook: Playbook, run: Run, variables: Mapping[str, str]) -> None:
    node = playbook.node(run.place)
    said = runs.line(playbook, run, variables)
    assert not VARIABLE.search(said.say), f"a variable was left in “{said.say}”"
    assert said.say.count("⟨") == said.say.count("⟩"), "an open mark"
    if variables:
        assert not said.missing, f"nothing fills {said.missing}"
        assert "⟨" not in said.say
    elif said.missing:
        unsaid = [name for name in said.missing if f"⟨{name}⟩" in said.say]
        assert not unsaid, f"no words in place of {unsaid}"
        tells = any(VARIABLES[name] for name in said.missing)
        assert not (tells and IDENTITY not in run.marks and not run.ended), "tells of the order before identity"
    assert said.say or run.ended or node.ending is not None, "says nothing"
    assert not (node.about_order and IDENTITY not in run.marks), "tells of the order before identity"


def _asks_decently(playbook: Playbook, run: Run, visited: list[Node]) -> None:
    """F63: the question about the review comes after all else, at most once, and never after a no."""
    node, case = playbook.node(run.place), run.facts
    if run.again or run.ended or not (node.asks_review or node.reminds):
        return
    assert IDENTITY in run.marks, "speaks of the review before identity"
    assert case.refusals_before + run.refusals == 0, "speaks of the review after a no"
    assert not case.known.get("buyer.refused"), "speaks of the review to somebody who wants none of it"
    if not node.asks_review:
        return
    assert case.review_asked_before + run.review_asked <= 1, "asks a second time"
    assert case.can_revise is True or case.can_append is True, "asks for what the platform does not allow"
    assert run.remedy in SETTLED, "asks before the remedy is settled"
    assert run.apologies >= 1, "asks before an apology"
    heard = "listened" in run.marks or any(each.stage == "listen" for each in visited)
    assert heard, "asks before listening"


def calls(playbook: Playbook, seed: int, count: int, bound: int) -> Figures:
    """So many random calls. Raises Broken."""
    found = Figures()
    for number in range(count):
        found.add(call(playbook, f"{seed}/{number}", bound))
    return found


def seeds(count: int, size: int) -> Iterator[tuple[int, int]]:
    """Portions of so many calls: their seed and how many they are."""
    for number, first in enumerate(range(0, count, size)):
        yield number, min(size, count - first)
