"""The proof: every state that a call can be in, over all facts that guards can tell apart, explored once.

A state is a node with what is known of the facts. A fact is unknown until a guard asks it; then the state
splits into one for each answer. What guards ask that is not followed here (own counters, how often an objection
was raised) may go either way. So more is explored than can happen: what is shown never to happen never does.

An objection may be raised at every node. It is explored as a procedure: once for each state it is entered
with, remembering in which states it returns (the functional approach of Sharir and Pnueli, 1981).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from data.playbook.facts import SETTLED
from data.playbook.format import IDENTITY, RETURN, VARIABLES, Choice, Node, Objection, Playbook
from data.playbook.guards import Guard, Test
from data.playbook.known import ALLOWING, Knowledge, Known, asked_at
from data.playbook.lines import VARIABLE

MOST_STATES = 2_000_000
MOST_EXACT = 100_000
"""So many states are explored with everything remembered that was asked; beyond that the proof forgets."""

_REFUSALS = Test("refusals", low=0)
_ASKED = Test("review_asked", low=0)
_REMEDY = Test("remedy", among=SETTLED)


class Context(NamedTuple):
    """The procedure that a state belongs to: the main graph (entry empty), or an answer entered in a state."""

    entry: str = ""
    known: Known = Known()
    last: bool = False


class State(NamedTuple):
    """A node in a context with what is known."""

    context: Context
    node: str
    known: Known


MAIN = Context()


@dataclass(slots=True)
class Proof:
    """What the exploration saw. A broken rule is kept once for each node, with a way to get there."""

    states: int = 0
    seen_nodes: set[str] = field(default_factory=set)
    seen_choices: set[tuple[str, int]] = field(default_factory=set)
    dead_ends: dict[str, str] = field(default_factory=dict)
    no_ending: dict[str, str] = field(default_factory=dict)
    broken: dict[tuple[str, str], str] = field(default_factory=dict)
    stray_returns: set[str] = field(default_factory=set)
    last_rung_returns: set[str] = field(default_factory=set)
    complete: bool = True


@dataclass(slots=True)
class Aside:
    """The states from which any objection may be raised with the same knowledge, and what is known on the way back."""

    states: list[State] = field(default_factory=list)
    exits: set[Known] = field(default_factory=set)


def prove(playbook: Playbook) -> Proof:
    """Explore the playbook from every entry. Its targets must exist (`data.playbook.check` looks first).

    Where guards can tell so many cases apart that exploring each would take minutes, the proof forgets from node to
    node what it learnt (`Knowledge`): it may then find fault with what never happens, and still misses nothing.
    """
    proof = _explored(playbook, Knowledge(playbook), MOST_EXACT)
    return proof if proof.complete else _explored(playbook, Knowledge(playbook, forgets=True), MOST_STATES)


def _explored(playbook: Playbook, knowledge: Knowledge, most: int) -> Proof:
    explorer = _Explorer(playbook, knowledge, most)
    for entry, first in playbook.entries.items():
        asked = "entry" in explorer.knowledge.domains
        explorer.enter(MAIN, first, Known((("entry", entry),) if asked else ()), None, "")
    explorer.work()
    return explorer.proof


class _Explorer:
    def __init__(self, playbook: Playbook, knowledge: Knowledge, most: int) -> None:
        self.playbook = playbook
        self.proof = Proof()
        self.knowledge = knowledge
        self.most = most
        self.tests_at = {node.id: tuple(asked_at(node)) for node in playbook.nodes}
        self.tells = {node.id: uses_order(node) for node in playbook.nodes}
        self.answers: dict[tuple[str, Known], tuple[Context, ...]] = {}
        self.queue: deque[State] = deque()
        self.came_from: dict[State, tuple[State | None, str]] = {}
        self.surely_before: dict[State, list[State]] = defaultdict(list)
        self.finishing: list[State] = []
        self.exits: dict[Context, set[Known]] = defaultdict(set)
        self.asides: dict[Known, Aside] = {}
        self.asides_of: dict[Context, list[Aside]] = defaultdict(list)
        self.waiting: dict[Context, list[tuple[State, str]]] = defaultdict(list)

    # ---- moving

    def work(self) -> None:
        while self.queue:
            if len(self.came_from) > self.most:
                self.proof.complete = False
                return
            state = self.queue.popleft()
            self._leave(state)
        self.proof.states = len(self.came_from)
        self._find_no_ending()

    def enter(
        self, context: Context, node_id: str, known: Known, source: State | None, act: str, sure: bool = True
    ) -> None:
        """Arrive at a node: its guard, its rules, its effects."""
        pending = [(self.playbook.by_id[node_id], known, 0)]
        while pending:
            node, held, hops = pending.pop()
            for split in self.knowledge.split(held, node.when.tests):
                verdict = self.knowledge.verdict(node.when, split)
                if verdict is not True and hops <= len(self.playbook.nodes):
                    pending.append((self.playbook.by_id[node.otherwise], split, hops + 1))
                if verdict is not False:
                    home = context if node.home else MAIN
                    self._check_arrival(home, node, split, source, act)
                    self._stand(
                        home, node.id, self.knowledge.arrived(node, split), source, act, sure and verdict is True
                    )

    def _stand(self, context: Context, node_id: str, known: Known, source: State | None, act: str, sure: bool) -> None:
        for split in self.knowledge.split(self.knowledge.alive_part(node_id, known), self.tests_at[node_id]):
            state = State(context, node_id, split)
            if source is not None and sure:
                self.surely_before[state].append(source)
            if state not in self.came_from:
                self.came_from[state] = (source, act)
                self.queue.append(state)

    def _leave(self, state: State) -> None:
        node = self.playbook.by_id[state.node]
        self.proof.seen_nodes.add(node.id)
        self._check_telling(node, state)
        if node.ending is not None:
            self.finishing.append(state)
            return
        if not self._take_choices(node, state):
            self.proof.dead_ends.setdefault(node.id, self.way(state))
        self._raise_any(state)

    def _take_choices(self, node: Node, state: State) -> bool:
        """Follow every choice that may be open; whether one surely is."""
        settled_keys: set[int] = set()
        doubtful: set[int] = set()
        safe = False
        for index, choice in enumerate(node.choices):
            verdict = self.knowledge.verdict(choice.when, state.known)
            if choice.key in settled_keys or verdict is False:
                continue
            self.proof.seen_choices.add((node.id, index))
            if verdict is True and not choice.times and not choice.raises:
                settled_keys.add(choice.key)
                safe = True
            else:
                doubtful.add(choice.key)
            self._take(choice, state, choice.key not in doubtful)
        return safe

    def _take(self, choice: Choice, state: State, sure: bool) -> None:
        known, act = self.knowledge.after(choice, state.known), str(choice.key)
        if choice.raises:
            self._raise(self.playbook.objection_by_id[choice.raises], known, state, act)
        elif choice.sub:
            inner = Context(self.playbook.sub_by_id[choice.sub].entry, known)
            self._call(inner, state, act, choice.then, sure)
        elif choice.to == RETURN:
            self._exit(state, known, sure)
        else:
            self.enter(state.context, choice.to, known, state, act, sure)

    def _raise(self, objection: Objection, known: Known, state: State, act: str) -> None:
        for inner in self._answers(objection, self.knowledge.turning_aside(known)):
            self._call(inner, state, act, "", False)

    def _raise_any(self, state: State) -> None:
        """Any objection may be raised here. What can come of it follows from what is known, so that all states which
        know the same wait together, and each way back is walked once for all answers that end in it."""
        known = self.knowledge.turning_aside(state.known)
        aside = self.asides.get(known)
        if aside is None:
            aside = self.asides[known] = Aside()
            for objection in self.playbook.objections:
                for inner in self._answers(objection, known):
                    self.asides_of[inner].append(aside)
                    aside.exits |= self.exits[inner]
                    if inner not in self.waiting:
                        self.waiting[inner] = []
                        self.enter(inner, inner.entry, inner.known, state, objection.id, sure=False)
        aside.states.append(state)
        for exit_known in tuple(aside.exits):
            self._come_back(state, "", exit_known)

    def _answers(self, objection: Objection, known: Known) -> tuple[Context, ...]:
        """The answers that may be given to an objection raised in a state."""
        found = self.answers.get((objection.id, known))
        if found is None:
            found = self.answers[objection.id, known] = tuple(self._rungs(objection, known))
        return found

    def _rungs(self, objection: Objection, known: Known) -> Iterator[Context]:
        last = len(objection.rungs) - 1
        for held in self.knowledge.split(known, (*objection.when.tests, *((_REFUSALS,) if objection.refusal else ()))):
            if self.knowledge.verdict(objection.when, held) is False:
                continue
            if objection.refusal:
                rung = min(held.refusals or 0, last)
                raised = held._replace(refusals=self.knowledge.more(held.refusals, "refusals"))
                yield Context(objection.rungs[rung], raised, rung == last)
            else:
                yield from (Context(rung, held, index == last) for index, rung in enumerate(objection.rungs))

    def _call(self, inner: Context, state: State, act: str, then: str, sure: bool) -> None:
        """Run a procedure from a state; where it returns, go on at `then`, or stand where it was called."""
        new = inner not in self.waiting
        self.waiting[inner].append((state, then))
        for known in tuple(self.exits[inner]):
            self._come_back(state, then, known)
        if new or sure:
            self.enter(inner, inner.entry, inner.known, state, act, sure)

    def _exit(self, state: State, known: Known, sure: bool) -> None:
        context = state.context
        if context == MAIN:
            self.proof.stray_returns.add(state.node)
            return
        if sure:
            self.finishing.append(state)
        if context.last:
            self.proof.last_rung_returns.add(state.node)
        if known not in self.exits[context]:
            self.exits[context].add(known)
            for waiting, then in tuple(self.waiting[context]):
                self._come_back(waiting, then, known)
            for aside in self.asides_of.get(context, ()):
                if known not in aside.exits:
                    aside.exits.add(known)
                    for state_waiting in tuple(aside.states):
                        self._come_back(state_waiting, "", known)

    def _come_back(self, state: State, then: str, known: Known) -> None:
        if then:
            self.enter(state.context, then, known, state, "…", sure=False)
            return
        known = self.knowledge.coming_back(state.known, known)
        if known != state.known:
            self._stand(state.context, state.node, known, state, "…", sure=False)

    # ---- rules

    def _check_arrival(self, context: Context, node: Node, known: Known, source: State | None, act: str) -> None:
        if not (node.asks_review or node.reminds):
            return
        asks = (_REFUSALS, _ASKED, _REMEDY) if node.asks_review else (_REFUSALS,)
        for split in self.knowledge.split(known, asks):
            for rule in _broken_rules(node, split):
                if (node.id, rule) not in self.proof.broken:
                    way = f"{self.way(source)} {act} → {node.id}" if source else node.id
                    self.proof.broken[node.id, rule] = way

    def _check_telling(self, node: Node, state: State) -> None:
        if self.tells[node.id] and IDENTITY not in state.known.marks:
            key = (node.id, "order before identity")
            if key not in self.proof.broken:
                self.proof.broken[key] = self.way(state)

    def _find_no_ending(self) -> None:
        good = set(self.finishing)
        pending = list(good)
        while pending:
            for before in self.surely_before.get(pending.pop(), ()):
                if before not in good:
                    good.add(before)
                    pending.append(before)
        for state in self.came_from:
            if state not in good and state.node not in self.proof.dead_ends:
                self.proof.no_ending.setdefault(state.node, self.way(state))

    def way(self, state: State | None) -> str:
        """How the state was first reached: `dial 1 introduce 1 apologise`."""
        parts: list[str] = []
        while state is not None and len(parts) < 60:
            source, act = self.came_from[state]
            parts.append(state.node)
            if act:
                parts.append(act)
            state = source
        return " ".join(reversed(parts))


def _broken_rules(node: Node, known: Known) -> Iterator[str]:
    if IDENTITY not in known.marks:
        yield "asks before identity"
    if known.refusals:
        yield "asks after a refusal"
    if node.asks_review:
        if not known.apologies:
            yield "asks before an apology"
        if known.remedy not in SETTLED:
            yield "asks before the remedy is settled"
        if known.asked:
            yield "asks twice"
        if not any(value and name in ALLOWING for name, value in known.facts):
            yield "asks for what cannot be"


def uses_order(node: Node) -> bool:
    """Whether a line of the node tells something of the order without asking for identity itself."""
    if node.about_order:
        return True
    groups = [*node.words()]
    texts = [text for group in groups if not _asks_identity(group.when) for text in group.say]
    return any(VARIABLES.get(name, False) for text in (*texts, *node.again) for name in VARIABLE.findall(text))


def _asks_identity(guard: Guard) -> bool:
    return any(test.name == f"marks.{IDENTITY}" and test.is_ for test in guard.tests)
