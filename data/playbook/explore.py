"""Every state that a call can be in, over all facts that guards can tell apart, explored once.

A state is a node with what is known of the facts. A fact is unknown until a guard asks it; then the state
splits into one for each answer. What guards ask that is not followed here (own counters, how often an objection
was raised) may go either way. So more is explored than can happen: what is shown never to happen never does.

An objection may be raised at every node. What can come of it follows from what is known alone, so that it is explored
once for each knowledge: with which knowledge one may come back is summed up along the ways that lead there, and whoever
waits goes on with that (summaries of procedures, after Sharir and Pnueli, 1981).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator

from data.playbook.asides import Aside, State, WaysBack
from data.playbook.decency import REFUSALS, TELLS_TOO_EARLY, broken_on_arrival, uses_order
from data.playbook.format import IDENTITY, RETURN, Choice, Node, Objection, Playbook
from data.playbook.known import Knowledge, Known, asked_at
from data.playbook.proof import Proof


def explored(playbook: Playbook, knowledge: Knowledge, most: int, *, unless_seen: bool = False) -> Proof:
    """What exploring finds until all is known, or, if told so, until every node and choice has been seen.

    After `most` states it stops, and the proof is not complete.
    """
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


class _Effect:
    """What one act or one node does to what is known, by numbers: many act alike, and each knowledge is met often."""

    __slots__ = ("_explorer", "_found", "_of")

    def __init__(self, of: Callable[[Known], Known], explorer: _Explorer) -> None:
        self._of, self._explorer = of, explorer
        self._found: dict[int, int] = {}

    def __call__(self, known: int) -> int:
        after = self._found.get(known)
        if after is None:
            after = self._explorer.number(self._of(self._explorer.knowns[known]))
            self._found[known] = after
        return after


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
        self.effects: dict[tuple[object, ...], _Effect] = {}
        self.arriving = {node.id: self._arriving(node) for node in playbook.nodes}
        self.acting = {node.id: [self._acting(choice) for choice in node.choices] for node in playbook.nodes}
        self.turned_aside = _Effect(knowledge.turning_aside, self)
        self.tests_at = {
            node.id: tuple({test.name: test for test in asked_at(node)}.values()) for node in playbook.nodes
        }
        told = f"marks.{IDENTITY}" in knowledge.follows
        self.tells = {node.id for node in playbook.nodes if told and uses_order(node)}
        self.queue: deque[State] = deque()
        self.back = WaysBack()
        self.came_from: dict[State, tuple[State | None, str]] = {}
        self.surely_before: dict[State, list[State]] = defaultdict(list)
        self.finishing: list[State] = []
        self.returning: list[State] = []
        self.asides: dict[tuple[str, int], Aside] = {}
        self.last_answers: set[State] = set()
        self.arrivals: dict[State, tuple[tuple[State, bool], ...]] = {}
        self.stands: dict[State, tuple[State, ...]] = {}
        self.known_back: dict[tuple[int, int], int] = {}
        self.homes = {node.id: bool(node.home) for node in playbook.nodes}

    def number(self, known: Known) -> int:
        """The number by which a knowledge goes."""
        found = self.numbers.get(known)
        if found is None:
            found = self.numbers[known] = len(self.knowns)
            self.knowns.append(known)
        return found

    def _arriving(self, node: Node) -> _Effect:
        does = ("node", node.asks_review, node.apology, node.marks, node.remedy)
        return self.effects.setdefault(does, _Effect(lambda known: self.knowledge.arrived(node, known), self))

    def _acting(self, choice: Choice) -> _Effect:
        does = ("choice", choice.refusal, choice.marks, choice.remedy)
        return self.effects.setdefault(does, _Effect(lambda known: self.knowledge.after(choice, known), self))

    # ---- moving

    def work(self) -> None:
        coming = self.back.coming
        while self.queue or coming or self.later:
            if len(self.came_from) > self.most:
                self.proof.complete = False
                return
            if not self.queue and coming:
                self._come_back(*coming.popleft())
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
        # Nodes that return from an objection's last answer, which should not.
        after_last = self.back.further_in(self.last_answers)
        self.proof.last_rung_returns = {state[0] for state in self.returning if state in after_last}

    def enter(
        self, node_id: str, known: int, source: State | None, act: str, way_out: State | Aside | None, sure: bool = True
    ) -> tuple[tuple[State, bool], ...]:
        """Arrive at a node; what comes back from there comes back from `way_out` too. The states it may be in, and
        which of them it surely is."""
        key = (node_id, known)
        arrivals = self.arrivals.get(key)
        if arrivals is None:
            arrivals = self.arrivals[key] = tuple(self._arrive(node_id, self.knowns[known], source, act))
        for state, surely in arrivals:
            self._stand(state, source, act, way_out, sure and surely)
        return arrivals

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
                    self._note_broken(node, split, source, act)
                    after = self.arriving[node.id](self.number(split))
                    for state in self._standing((node.id, after)):
                        yield state, verdict is True

    def _note_broken(self, node: Node, known: Known, source: State | None, act: str) -> None:
        for rule in broken_on_arrival(self.knowledge, node, known):
            if (node.id, rule) not in self.proof.broken:
                way = f"{self.way(source)} {act} → {node.id}" if source else node.id
                self.proof.broken[node.id, rule] = way

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
            self.back.lead_out(state, way_out)

    def _leave(self, state: State) -> None:
        node = self.playbook.by_id[state[0]]
        self._see(node)
        if node.id in self.tells and IDENTITY not in self.knowns[state[1]].marks:
            key = (node.id, TELLS_TOO_EARLY)
            if key not in self.proof.broken:
                self.proof.broken[key] = self.way(state)
        if node.ending is not None:
            self.finishing.append(state)
            return
        if not self._take_choices(node, state):
            self.proof.dead_ends.setdefault(node.id, self.way(state))
        # Any objection may be raised here: all states which know the same wait for the answers together.
        self.back.wait(self._aside("", self.turned_aside(state[1]), state), state, "")

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
        acting = self.acting[node.id]
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
            self._take(choice, state, acting[index](state[1]), choice.key not in doubtful)
        return safe

    def _take(self, choice: Choice, state: State, after: int, sure: bool) -> None:
        act = str(choice.key)
        if choice.raises:
            self.back.wait(self._aside(choice.raises, self.turned_aside(after), state), state, "")
        elif choice.sub:
            entry = self.playbook.sub_by_id[choice.sub].entry
            inner = self.asides.get((entry, after))
            new = inner is None
            if inner is None:
                inner = self.asides[entry, after] = Aside()
            self.back.wait(inner, state, choice.then)
            self.enter(entry, after, state, act, inner if new else None, sure)
        elif choice.to == RETURN:
            self._exit(state, after, sure)
        else:
            self.enter(choice.to, after, state, act, state, sure)

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
                        self.last_answers.update(each for each, _surely in entered)
        return aside

    def _rungs(self, objection: Objection, known: Known) -> Iterator[tuple[str, Known, bool]]:
        """The answers that may be given to an objection, and whether each is the last."""
        last = len(objection.rungs) - 1
        for held in self.knowledge.split(known, (*objection.when.tests, *((REFUSALS,) if objection.refusal else ()))):
            if self.knowledge.verdict(objection.when, held) is False:
                continue
            if objection.refusal:
                rung = min(int(self.knowledge.value(held, "refusals") or 0), last)
                yield objection.rungs[rung], self.knowledge.refused(held), rung == last
            else:
                yield from ((rung, held, index == last) for index, rung in enumerate(objection.rungs))

    def _come_back(self, state: State, then: str, known: int) -> None:
        if then:
            self.enter(then, known, state, "…", state, sure=False)
            return
        pair = (state[1], known)
        after = self.known_back.get(pair)
        if after is None:
            after = self.number(self.knowledge.coming_back(self.knowns[state[1]], self.knowns[known]))
            self.known_back[pair] = after
        if after != state[1]:
            aside = self.homes[state[0]]
            for each in self._standing((state[0], after)):
                # Most come back to where others stood before them.
                if aside or each not in self.came_from:
                    self._stand(each, state, "…", state, sure=False)

    def _exit(self, state: State, known: int, sure: bool) -> None:
        if not self.homes[state[0]]:
            self.proof.stray_returns.add(state[0])
            return
        if sure:
            self.finishing.append(state)
        self.returning.append(state)
        self.back.let_out(state, 1 << known)

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
