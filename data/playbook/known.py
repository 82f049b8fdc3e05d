"""What is known of a call in a state of the proof, and how guards, nodes and choices change it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from data.playbook.asked import FACTS, MOVING, Kind, Value
from data.playbook.facts import REMEDIES, SETTLED
from data.playbook.format import IDENTITY, LISTENED, RETURN, Choice, Node, Playbook
from data.playbook.guards import PLATFORM_FLAGS, Guard, Test

MOST_COUNTED = 9
ALLOWING = frozenset(f"platform.{flag}" for flag in PLATFORM_FLAGS)
"""Any of these says that the platform lets the buyer change the review or add to it."""

CHANGING = frozenset({"apologies", "remedy", "refusals", "review_asked"})
"""What the acts of a call change, beside its marks."""

RULED = (
    frozenset({f"marks.{IDENTITY}", f"marks.{LISTENED}"}) | ALLOWING,
    frozenset({"apologies", "remedy"}),
    frozenset({"refusals", "review_asked"}),
)
"""What the rules of decency ask, in the groups that are followed together where not everything is."""

ALWAYS_KNOWN = frozenset({"preset", "entry"})
"""The words that every call has one of."""


class Known(NamedTuple):
    """What is known of a call in a state. A None is a fact that nothing has asked yet.

    Counts stop where nothing can tell the difference any more. `refusals` and `asked` count all calls once
    they are known; until then no call has added to them.
    """

    facts: tuple[tuple[str, Value], ...] = ()
    marks: frozenset[str] = frozenset()
    apologies: int = 0
    remedy: str | None = None
    refusals: int | None = None
    asked: int | None = None


class Knowledge:
    """What one playbook can ask, and what follows from asking it.

    One that `forgets` keeps, of the facts that the case has, only what the platform allows and what the node at hand
    asks itself. What was learnt elsewhere may then be either way again: more is explored than can happen, in far
    fewer states. One that `follows` only some names forgets everything else in the same way, also what acts change.
    """

    def __init__(self, playbook: Playbook, *, forgets: bool = False, follows: frozenset[str] | None = None) -> None:
        self.caps = _caps(playbook)
        self.domains = _domains(playbook)
        for name in ("refusals", "review_asked"):
            self.domains[name] = tuple(range(self.caps[name] + 1))
        marks = _marks(playbook)
        self.same_remedy = _same_remedies(playbook)
        self.domains["remedy"] = tuple(sorted({self.same_remedy[word] for word in REMEDIES}))
        self.still_asked = _alive(playbook)
        self.forgets = forgets or follows is not None
        changing = CHANGING | {f"marks.{mark}" for mark in marks}
        self.follows = changing | ALLOWING if follows is None else follows
        self.marks = frozenset(mark for mark in marks if f"marks.{mark}" in self.follows)
        self.loose = changing - self.follows
        if self.loose:
            self.domains["apologies"] = tuple(range(self.caps["apologies"] + 1))
            self.domains["remedy"] = tuple(sorted(set(self.same_remedy.values())))
            self.domains |= {name: (False, True) for name in self.loose if name.startswith("marks.")}
        if self.forgets:
            for node in playbook.nodes:
                here = self.follows | {test.name for test in (*node.when.tests, *asked_at(node))}
                self.still_asked[node.id] = self.still_asked.get(node.id, here) & here | (self.loose & here)

    def arrived(self, node: Node, known: Known) -> Known:
        """What is known at a node once its effects are counted."""
        known = self._tight(known)
        if node.asks_review and "review_asked" in self.follows:
            known = known._replace(asked=self.more(known.asked, "review_asked"))
        if node.apology and "apologies" in self.follows:
            known = known._replace(apologies=min(known.apologies + 1, self.caps["apologies"]))
        return self._marked(known, node.marks, node.remedy)

    def after(self, choice: Choice, known: Known) -> Known:
        """What is known once a choice was taken."""
        known = self._tight(known)
        return self._marked(self.refused(known) if choice.refusal else known, choice.marks, choice.remedy)

    def refused(self, known: Known) -> Known:
        """What is known once the buyer said no to the review question."""
        if "refusals" not in self.follows:
            return known
        return known._replace(refusals=self.more(known.refusals, "refusals"))

    def _marked(self, known: Known, marks: tuple[str, ...], remedy: str) -> Known:
        if marks and not self.marks.isdisjoint(marks):
            known = known._replace(marks=known.marks | (self.marks & set(marks)))
        if remedy and "remedy" in self.follows:
            known = known._replace(remedy=self.same_remedy[remedy])
        return known

    def _tight(self, known: Known) -> Known:
        """What is known without what is not followed and may have changed."""
        if not self.loose or all(name not in self.loose for name, _value in known.facts):
            return known
        return known._replace(facts=tuple(fact for fact in known.facts if fact[0] not in self.loose))

    def more(self, count: int | None, name: str) -> int | None:
        """One more of what is counted; what was never asked stays unknown only while that may matter."""
        if count is None:
            return self.caps[name] if self.caps[name] == 1 else None
        return min(count + 1, self.caps[name])

    def alive_part(self, node_id: str, known: Known) -> Known:
        """What is known without the facts that nothing can ask any more."""
        alive = self.still_asked.get(node_id)
        if alive is None or not known.facts:
            return known
        return known._replace(facts=tuple(fact for fact in known.facts if fact[0] in alive))

    def turning_aside(self, known: Known) -> Known:
        """What an answer to an objection is entered with; one that forgets asks anew what it needs."""
        if not self.forgets or not known.facts:
            return known
        return known._replace(facts=tuple(fact for fact in known.facts if fact[0] in self.follows))

    def coming_back(self, waited: Known, known: Known) -> Known:
        """What is known at the node that waited, after an answer came back with what it knows."""
        if not self.forgets or waited.facts == known.facts:
            return known
        kept = {**dict(known.facts), **dict(waited.facts)}
        return self._tight(known._replace(facts=tuple(sorted(kept.items(), key=lambda fact: fact[0]))))

    def split(self, known: Known, tests: tuple[Test, ...]) -> tuple[Known, ...]:
        """The states in which all that the tests ask is known."""
        if not tests:
            return (known,)
        names = dict.fromkeys(test.name for test in tests if self._is_open(known, test.name))
        states: tuple[Known, ...] = (known,)
        for name in names:
            states = tuple(self._learnt(state, name, answer) for state in states for answer in self.domains[name])
        return states

    def _is_open(self, known: Known, name: str) -> bool:
        if name in self.follows:
            if name == "remedy":
                return known.remedy is None
            if name == "refusals":
                return known.refusals is None
            if name == "review_asked":
                return known.asked is None
            if name not in ALLOWING:
                return False
        return name in self.domains and all(name != fact for fact, _value in known.facts)

    def _learnt(self, known: Known, name: str, answer: Value) -> Known:
        if name in self.follows:
            if name == "remedy":
                return known._replace(remedy=str(answer))
            if name == "refusals":
                return known._replace(refusals=int(answer or 0))
            if name == "review_asked":
                return known._replace(asked=int(answer or 0))
        return known._replace(facts=tuple(sorted((*known.facts, (name, answer)), key=lambda fact: fact[0])))

    def value(self, known: Known, name: str) -> Value:
        """What is known of a name; None where nothing is."""
        if name in self.follows:
            if name == "remedy":
                return known.remedy
            if name == "refusals":
                return known.refusals
            if name == "review_asked":
                return known.asked
            if name == "apologies":
                return known.apologies
            if name.startswith("marks."):
                return name[6:] in known.marks
        return next((value for fact, value in known.facts if fact == name), None)

    def verdict(self, guard: Guard, known: Known) -> bool | None:
        """Whether the guard holds; None where it may go either way."""
        verdict: bool | None = True
        for test in guard.tests:
            kind = test.name.partition(".")[0]
            if kind in ("raised", "counters") or test.name in MOVING:
                verdict = None
            elif not test.holds(self.value(known, test.name)):
                return False
        return verdict


def cases_asked(playbook: Playbook) -> dict[str, int]:
    """How many cases the guards at each node, or of each objection, tell apart."""
    domains = Knowledge(playbook, follows=frozenset()).domains
    found = {}
    asked = [(node.id, (*node.when.tests, *asked_at(node))) for node in playbook.nodes]
    asked += [(objection.id, objection.when.tests) for objection in playbook.objections]
    for name, tests in asked:
        names = {test.name for test in tests}
        found[name] = prod(len(domains[each]) for each in names if each in domains)
    return found


def asked_at(node: Node) -> Iterator[Test]:
    """Every test of a node's choices."""
    for choice in node.choices:
        yield from choice.when.tests


def _domains(playbook: Playbook) -> dict[str, tuple[Value, ...]]:
    """For each fact that a guard may ask when it is unknown: the answers that guards can tell apart."""
    domains: dict[str, tuple[Value, ...]] = {}
    words: dict[str, set[str]] = defaultdict(set)
    thresholds: dict[str, set[int]] = {"attempt": {1}}
    for guard in _guards(playbook):
        for test in guard.tests:
            if test.name in MOVING:
                continue
            fact = FACTS.get(test.name)
            if test.name == "platform.name" or (fact is not None and fact.kind is Kind.WORD):
                words[test.name] |= test.among
            elif test.name == "attempt" or (fact is not None and fact.kind is Kind.COUNT):
                told_apart = thresholds.setdefault(test.name, {0})
                told_apart |= {bound + 1 for bound in (test.low, test.high) if bound is not None}
                told_apart |= {bound for bound in (test.low, test.high) if bound is not None}
                domains[test.name] = ()
            elif test.is_ is not None and not test.name.startswith("marks."):
                domains[test.name] = (False, True)
    for name, mentioned in words.items():
        fact = FACTS.get(name)
        every = fact is not None and name in ALWAYS_KNOWN
        domains[name] = tuple(sorted(fact.words)) if fact is not None and every else (None, *sorted(mentioned))
    for name, told_apart in thresholds.items():
        if name in domains:
            domains[name] = tuple(sorted(told_apart))
    return domains


def _guards(playbook: Playbook) -> Iterator[Guard]:
    for node in playbook.nodes:
        yield node.when
        for choice in node.choices:
            yield choice.when
    for objection in playbook.objections:
        yield objection.when


def _caps(playbook: Playbook) -> dict[str, int]:
    """Up to where each count matters to a guard, to a rule or to the choice of a rung."""
    caps = {"refusals": 1, "review_asked": 1, "apologies": 1}
    for guard in _guards(playbook):
        for test in guard.tests:
            if test.name in caps:
                caps[test.name] = max(caps[test.name], test.low or 0, -1 if test.high is None else test.high + 1)
    for objection in playbook.objections:
        if objection.refusal:
            caps["refusals"] = max(caps["refusals"], len(objection.rungs) - 1)
    return {name: min(cap, MOST_COUNTED) for name, cap in caps.items()}


def _same_remedies(playbook: Playbook) -> dict[str, str]:
    """For each remedy state the first one that no guard and no rule can tell from it."""
    asked = [test.among for guard in _guards(playbook) for test in guard.tests if test.name == "remedy"]
    first: dict[tuple[bool, ...], str] = {}
    words = (*REMEDIES, "explained")
    return {word: first.setdefault(tuple(word in each for each in (*asked, SETTLED)), word) for word in words}


def _alive(playbook: Playbook) -> dict[str, frozenset[str]]:
    """For each node of the main graph: the facts that may still be asked from there on.

    Where an answer to an objection returns to is not known here, so nothing is said of its nodes.
    """
    alive = {node.id: {test.name for test in (*node.when.tests, *asked_at(node))} for node in playbook.nodes}
    for node in playbook.nodes:
        if node.asks_review:
            alive[node.id] |= ALLOWING
    changed = True
    while changed:
        changed = False
        for node in reversed(playbook.nodes):
            held = alive[node.id]
            before = len(held)
            for target in _targets(playbook, node):
                held |= alive[target]
            changed = changed or len(held) > before
    anywhere = {test.name for objection in playbook.objections for test in objection.when.tests}
    for objection in playbook.objections:
        for rung in objection.rungs:
            anywhere |= alive[rung]
    return {
        node.id: frozenset(alive[node.id] if node.ending else alive[node.id] | anywhere)
        for node in playbook.nodes
        if not node.home
    }


def _targets(playbook: Playbook, node: Node) -> Iterator[str]:
    if node.otherwise:
        yield node.otherwise
    for choice in node.choices:
        if choice.sub:
            yield from (playbook.sub_by_id[choice.sub].entry, choice.then)
        elif choice.raises:
            yield from playbook.objection_by_id[choice.raises].rungs
        elif choice.to != RETURN:
            yield choice.to


def _marks(playbook: Playbook) -> frozenset[str]:
    """The marks that decide anything."""
    asked = {test.name[6:] for guard in _guards(playbook) for test in guard.tests if test.name.startswith("marks.")}
    return frozenset(asked | {IDENTITY, LISTENED})
