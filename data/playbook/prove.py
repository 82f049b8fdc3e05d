"""The proof: every state that a call can be in, over all facts that guards can tell apart, explored once.

A state is a node with what is known of the facts. A fact is unknown until a guard asks it; then the state
splits into one for each answer. What guards ask that is not followed here (own counters, how often an objection
was raised) may go either way. So more is explored than can happen: what is shown never to happen never does.

An objection may be raised at every node. What can come of it follows from what is known alone, so that it is explored
once for each knowledge: with which knowledge one may come back is summed up along the ways that lead there, and whoever
waits goes on with that (summaries of procedures, after Sharir and Pnueli, 1981).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from data.playbook.facts import SETTLED
from data.playbook.format import IDENTITY, LISTENED, RETURN, VARIABLES, Choice, Node, Objection, Playbook
from data.playbook.guards import Guard, Test
from data.playbook.known import ALLOWING, RULED, Knowledge, Known, asked_at
from data.playbook.lines import VARIABLE

MOST_STATES = 300_000
MOST_EXACT = 30_000
"""So many states are explored with everything remembered that was asked; beyond that the proof forgets."""

_REFUSALS = Test("refusals", low=0)
_ASKED = Test("review_asked", low=0)
_REMEDY = Test("remedy", among=SETTLED)


State = tuple[str, int]
"""A node, and the number of what is known there (`_Explorer.knowns`)."""


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
    exact: bool = True
    cut_short: bool = False

    @property
    def sound(self) -> bool:
        """Whether no rule is broken; of what was never seen nothing is said."""
        faults = (self.broken, self.dead_ends, self.no_ending, self.stray_returns, self.last_rung_returns)
        return self.complete and not any(faults)


@dataclass(slots=True, eq=False)
class Aside:
    """What the call turned aside for, entered with one knowledge: with what one may come back (numbers of
    knowledge as bits), and who waits, each with the node to go on at (empty: where it
    stands). `above` come back alike."""

    exits: int = 0
    waiting: list[tuple[State, str]] = field(default_factory=list)
    above: list[Aside] = field(default_factory=list)


def prove(playbook: Playbook) -> Proof:
    """Explore the playbook from every entry. Its targets must exist (`data.playbook.check` looks first).

    First each group of rules is proved by itself (`RULED`), with all else either way: what is sound so is sound, in few
    states. Only where that finds fault everything is followed together, which tells what can really happen; and
    where that would take minutes, the facts are forgotten from node to node. That may find fault with what never
    happens (`Proof.exact`), and still misses nothing.
    """
    proof = _each_alone(playbook)
    whole = _explored(playbook, Knowledge(playbook), MOST_EXACT, unless_seen=proof.sound)
    if whole.complete and not (proof.sound and whole.cut_short):
        return whole
    if proof.sound:
        if not whole.cut_short:
            proof.exact = False
        return proof
    forgetful = _explored(playbook, Knowledge(playbook, forgets=True), MOST_STATES)
    forgetful.exact = False
    return forgetful


def _each_alone(playbook: Playbook) -> Proof:
    """What is left of faults when each group of rules has been followed alone: a fault would be in every one."""
    proofs = [_explored(playbook, Knowledge(playbook, follows=group), MOST_STATES) for group in RULED]
    first, *others = proofs
    first.states = sum(each.states for each in proofs)
    first.complete = all(each.complete for each in proofs)
    for each in others:
        first.broken |= each.broken
        first.seen_nodes &= each.seen_nodes
        first.seen_choices &= each.seen_choices
        first.stray_returns &= each.stray_returns
        first.last_rung_returns &= each.last_rung_returns
        for faults, theirs in ((first.dead_ends, each.dead_ends), (first.no_ending, each.no_ending)):
            for node_id in faults.keys() - theirs.keys():
                del faults[node_id]
    return first


def _explored(playbook: Playbook, knowledge: Knowledge, most: int, *, unless_seen: bool = False) -> Proof:
    """Explore until all is known, or, if told so, until every node and choice has been seen."""
    explorer = _Explorer(playbook, knowledge, most)
    if unless_seen:
        explorer.to_see = {node.id: 1 + len(node.choices) for node in playbook.nodes}
        explorer.unseen = sum(explorer.to_see.values())
    for entry, first in playbook.entries.items():
        asked = "entry" in explorer.knowledge.domains
        known = explorer.number(Known((("entry", entry),) if asked else ()))
        explorer.enter(first, known, None, "", None)
    explorer.work()
    return explorer.proof


class _Explorer:
    def __init__(self, playbook: Playbook, knowledge: Knowledge, most: int) -> None:
        self.playbook = playbook
        self.proof = Proof()
        self.knowledge = knowledge
        self.most = most
        self.to_see: dict[str, int] | None = None
        self.unseen = 0
        self.later: deque[State] = deque()
        self.knowns: list[Known] = []
        self.numbers: dict[Known, int] = {}
        self.tests_at = {node.id: tuple(asked_at(node)) for node in playbook.nodes}
        self.tells = {node.id: uses_order(node) for node in playbook.nodes}
        self.queue: deque[State] = deque()
        self.coming: deque[tuple[State, str, int]] = deque()
        self.came_from: dict[State, tuple[State | None, str]] = {}
        self.surely_before: dict[State, list[State]] = defaultdict(list)
        self.finishing: list[State] = []
        self.returning: list[State] = []
        self.exits: dict[State, int] = {}
        self.leads_out: dict[State, list[State | Aside]] = defaultdict(list)
        self.asides: dict[tuple[str, int], Aside] = {}
        self.last_answers: set[State] = set()
        self.arrivals: dict[State, tuple[tuple[State, bool], ...]] = {}
        self.stands: dict[State, tuple[State, ...]] = {}
        self.back: dict[tuple[int, int], int] = {}
        self.turned: dict[int, int] = {}
        self.homes = {node.id: bool(node.home) for node in playbook.nodes}

    def number(self, known: Known) -> int:
        """The number by which a knowledge goes."""
        found = self.numbers.get(known)
        if found is None:
            found = self.numbers[known] = len(self.knowns)
            self.knowns.append(known)
        return found

    # ---- moving

    def work(self) -> None:
        while self.queue or self.coming or self.later:
            if len(self.came_from) > self.most:
                self.proof.complete = False
                return
            if not self.queue and self.coming:
                self._come_back(*self.coming.popleft())
                continue
            hurried = bool(self.queue)
            state = (self.queue or self.later).popleft()
            if self.to_see is not None:
                # Who only wants to see everything is sooner done where something has not been seen.
                if hurried and not self.to_see.get(state[0]):
                    self.later.append(state)
                    continue
                if not self.unseen:
                    self.proof.cut_short = True
                    return
            self._leave(state)
        self.proof.states = len(self.came_from)
        self._find_no_ending()
        self._find_last_answers()

    def enter(
        self, node_id: str, known: int, source: State | None, act: str, way_out: State | Aside | None, sure: bool = True
    ) -> tuple[State, ...]:
        """Arrive at a node; what comes back from there comes back from `way_out` too. The states it may be in."""
        key = (node_id, known)
        arrivals = self.arrivals.get(key)
        if arrivals is None:
            arrivals = self.arrivals[key] = tuple(self._arrive(node_id, self.knowns[known], source, act))
        for state, surely in arrivals:
            self._stand(state, source, act, way_out, sure and surely)
        return tuple(state for state, _surely in arrivals)

    def _arrive(self, node_id: str, known: Known, source: State | None, act: str) -> Iterator[tuple[State, bool]]:
        """Where one comes to: the node's guard, its rules, its effects."""
        pending = [(self.playbook.by_id[node_id], known, 0)]
        while pending:
            node, held, hops = pending.pop()
            for split in self.knowledge.split(held, node.when.tests):
                verdict = self.knowledge.verdict(node.when, split)
                if verdict is not True and hops <= len(self.playbook.nodes):
                    pending.append((self.playbook.by_id[node.otherwise], split, hops + 1))
                if verdict is not False:
                    self._check_arrival(node, split, source, act)
                    after = self.number(self.knowledge.arrived(node, split))
                    for state in self._standing((node.id, after)):
                        yield state, verdict is True

    def _standing(self, at: State) -> tuple[State, ...]:
        """The states at a node in which all that its choices ask is known, and nothing that nobody asks any more."""
        found = self.stands.get(at)
        if found is None:
            held = self.knowledge.alive_part(at[0], self.knowns[at[1]])
            splits = self.knowledge.split(held, self.tests_at[at[0]])
            found = self.stands[at] = tuple((at[0], self.number(split)) for split in splits)
        return found

    def _stand(self, state: State, source: State | None, act: str, way_out: State | Aside | None, sure: bool) -> None:
        if sure and source is not None:
            self.surely_before[state].append(source)
        if state not in self.came_from:
            self.came_from[state] = (source, act)
            self.queue.append(state)
        if way_out is not None and self.homes[state[0]]:
            self.leads_out[state].append(way_out)
            if known := self.exits.get(state):
                self._let_out(way_out, known)

    def _let_out(self, through: State | Aside, known: int) -> None:
        """What may be known where one comes back (as bits) leads on to whoever waits."""
        pending: list[tuple[State | Aside, int]] = [(through, known)]
        while pending:
            through, known = pending.pop()
            if isinstance(through, Aside):
                new = known & ~through.exits
                through.exits |= new
                self.coming += [(state, then, each) for each in _bits(new) for state, then in through.waiting]
                pending += [(above, new) for above in through.above if new]
                continue
            held = self.exits.get(through, 0)
            if known & ~held:
                self.exits[through] = held | known
                pending += [(above, known & ~held) for above in self.leads_out.get(through, ())]

    def _leave(self, state: State) -> None:
        node = self.playbook.by_id[state[0]]
        self._see(node)
        self._check_telling(node, state)
        if node.ending is not None:
            self.finishing.append(state)
            return
        if not self._take_choices(node, state):
            self.proof.dead_ends.setdefault(node.id, self.way(state))
        self._raise_any(state)

    def _see(self, node: Node, index: int | None = None) -> None:
        seen = (node.id in self.proof.seen_nodes) if index is None else (node.id, index) in self.proof.seen_choices
        if seen:
            return
        if self.to_see is not None:
            self.to_see[node.id] -= 1
            self.unseen -= 1
        if index is None:
            self.proof.seen_nodes.add(node.id)
        else:
            self.proof.seen_choices.add((node.id, index))

    def _take_choices(self, node: Node, state: State) -> bool:
        """Follow every choice that may be open; whether one surely is."""
        settled_keys: set[int] = set()
        doubtful: set[int] = set()
        safe = False
        known = self.knowns[state[1]]
        for index, choice in enumerate(node.choices):
            verdict = self.knowledge.verdict(choice.when, known)
            if choice.key in settled_keys or verdict is False:
                continue
            self._see(node, index)
            if verdict is True and not choice.times and not choice.raises:
                settled_keys.add(choice.key)
                safe = True
            else:
                doubtful.add(choice.key)
            self._take(choice, state, known, choice.key not in doubtful)
        return safe

    def _take(self, choice: Choice, state: State, known: Known, sure: bool) -> None:
        after, act = self.number(self.knowledge.after(choice, known)), str(choice.key)
        if choice.raises:
            known_aside = self.number(self.knowledge.turning_aside(self.knowns[after]))
            self._wait(self._aside(choice.raises, known_aside, state), state, "")
        elif choice.sub:
            entry = self.playbook.sub_by_id[choice.sub].entry
            inner = self.asides.get((entry, after))
            new = inner is None
            if inner is None:
                inner = self.asides[entry, after] = Aside()
            self._wait(inner, state, choice.then)
            self.enter(entry, after, state, act, inner if new else None, sure)
        elif choice.to == RETURN:
            self._exit(state, after, sure)
        else:
            self.enter(choice.to, after, state, act, state, sure)

    def _raise_any(self, state: State) -> None:
        """Any objection may be raised here. What can come of it follows from what is known, so that all states which
        know the same wait together."""
        known = self.turned.get(state[1])
        if known is None:
            known = self.turned[state[1]] = self.number(self.knowledge.turning_aside(self.knowns[state[1]]))
        self._wait(self._aside("", known, state), state, "")

    def _aside(self, objection_id: str, known: int, state: State) -> Aside:
        """The answers to an objection (to any, without one), entered once with each knowledge."""
        found = self.asides.get((objection_id, known))
        if found is not None:
            return found
        aside = self.asides[objection_id, known] = Aside()
        for objection in self.playbook.objections:
            if not objection_id:
                inner = self._aside(objection.id, known, state)
                inner.above.append(aside)
                aside.exits |= inner.exits
            elif objection.id == objection_id:
                for rung, held, last in self._rungs(objection, self.knowns[known]):
                    entered = self.enter(rung, self.number(held), state, objection.id, aside, sure=False)
                    if last:
                        self.last_answers.update(entered)
        return aside

    def _rungs(self, objection: Objection, known: Known) -> Iterator[tuple[str, Known, bool]]:
        """The answers that may be given to an objection, and whether each is the last."""
        last = len(objection.rungs) - 1
        for held in self.knowledge.split(known, (*objection.when.tests, *((_REFUSALS,) if objection.refusal else ()))):
            if self.knowledge.verdict(objection.when, held) is False:
                continue
            if objection.refusal:
                rung = min(int(self.knowledge.value(held, "refusals") or 0), last)
                yield objection.rungs[rung], self.knowledge.refused(held), rung == last
            else:
                yield from ((rung, held, index == last) for index, rung in enumerate(objection.rungs))

    def _wait(self, aside: Aside, state: State, then: str) -> None:
        aside.waiting.append((state, then))
        self.coming += [(state, then, each) for each in _bits(aside.exits)]

    def _come_back(self, state: State, then: str, known: int) -> None:
        if then:
            self.enter(then, known, state, "…", state, sure=False)
            return
        pair = (state[1], known)
        after = self.back.get(pair)
        if after is None:
            after = self.number(self.knowledge.coming_back(self.knowns[state[1]], self.knowns[known]))
            self.back[pair] = after
        if after != state[1]:
            for each in self._standing((state[0], after)):
                self._stand(each, state, "…", state, sure=False)

    def _exit(self, state: State, known: int, sure: bool) -> None:
        if not self.playbook.by_id[state[0]].home:
            self.proof.stray_returns.add(state[0])
            return
        if sure:
            self.finishing.append(state)
        self.returning.append(state)
        self._let_out(state, 1 << known)

    # ---- rules

    def _check_arrival(self, node: Node, known: Known, source: State | None, act: str) -> None:
        if not (node.asks_review or node.reminds):
            return
        asks = (_REFUSALS, _ASKED, _REMEDY) if node.asks_review else (_REFUSALS,)
        for split in self.knowledge.split(known, tuple(test for test in asks if test.name in self.knowledge.follows)):
            for rule in self._broken_rules(node, split):
                if (node.id, rule) not in self.proof.broken:
                    way = f"{self.way(source)} {act} → {node.id}" if source else node.id
                    self.proof.broken[node.id, rule] = way

    def _broken_rules(self, node: Node, known: Known) -> Iterator[str]:
        """Of the rules whose names are followed; the others are proved elsewhere."""
        follows = self.knowledge.follows
        if f"marks.{IDENTITY}" in follows and IDENTITY not in known.marks:
            yield "asks before identity"
        if known.refusals:
            yield "asks after a refusal"
        if not node.asks_review:
            return
        if f"marks.{LISTENED}" in follows and LISTENED not in known.marks:
            yield "asks before listening"
        if "apologies" in follows and not known.apologies:
            yield "asks before an apology"
        if "remedy" in follows and known.remedy not in SETTLED:
            yield "asks before the remedy is settled"
        if known.asked:
            yield "asks twice"
        if follows >= ALLOWING and not any(value and name in ALLOWING for name, value in known.facts):
            yield "asks for what cannot be"

    def _check_telling(self, node: Node, state: State) -> None:
        if not self.tells[node.id] or f"marks.{IDENTITY}" not in self.knowledge.follows:
            return
        if IDENTITY not in self.knowns[state[1]].marks:
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
            if state not in good and state[0] not in self.proof.dead_ends:
                self.proof.no_ending.setdefault(state[0], self.way(state))

    def _find_last_answers(self) -> None:
        """Nodes that return from an objection's last answer, which should not."""
        ahead: dict[State, list[State]] = defaultdict(list)
        for state, ways_out in self.leads_out.items():
            for way_out in ways_out:
                if not isinstance(way_out, Aside):
                    ahead[way_out].append(state)
        pending = list(self.last_answers)
        seen = set(pending)
        while pending:
            new = [state for state in ahead.get(pending.pop(), ()) if state not in seen]
            seen.update(new)
            pending += new
        self.proof.last_rung_returns = {state[0] for state in self.returning if state in seen}

    def way(self, state: State | None) -> str:
        """How the state was first reached: `dial 1 introduce 1 apologise`."""
        parts: list[str] = []
        while state is not None and len(parts) < 60:
            source, act = self.came_from[state]
            parts.append(state[0])
            if act:
                parts.append(act)
            state = source
        return " ".join(reversed(parts))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def uses_order(node: Node) -> bool:
    """Whether a line of the node tells something of the order without asking for identity itself."""
    if node.about_order:
        return True
    groups = [*node.words()]
    texts = [text for group in groups if not _asks_identity(group.when) for text in group.say]
    return any(VARIABLES.get(name, False) for text in (*texts, *node.again) for name in VARIABLE.findall(text))


def _asks_identity(guard: Guard) -> bool:
    return any(test.name == f"marks.{IDENTITY}" and test.is_ for test in guard.tests)
