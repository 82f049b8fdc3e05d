"""Walking a playbook: pure functions from one run to the next. Nothing here reads a clock or writes a row.

A call starts at an entry, moves by choices (keys 1 to 8), may at any time turn aside for an objection and come
back, may step back, and ends at a node with an ending or by key 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from data.errors import PlaybookError, Refused
from data.language import _
from data.playbook.asked import Value
from data.playbook.facts import CallFacts
from data.playbook.format import RETURN, Choice, EndingRule, Node, Objection, Playbook
from data.playbook.lines import Line, StageMark, StageState, line, stages, variants_of
from data.playbook.state import END, Frame, Run, Step, check_learnt, times_raised, values
from data.times import EXACT

__all__ = [
    "CallFacts",
    "Ending",
    "Line",
    "ObjectionOption",
    "Option",
    "Run",
    "StageMark",
    "StageState",
    "Step",
    "back",
    "choose",
    "end",
    "ending",
    "line",
    "objections",
    "options",
    "raise_objection",
    "reword",
    "stages",
    "start",
]


_UNDECIDED = EndingRule("right_party", standing=("undecided",))


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that can be taken now.

    `time` is the pick it makes (`exact` asks the agent to type one), `raises` the objection it opens.
    """

    key: int
    label: str
    goes: str
    to: str
    raises: str = ""
    time: str = ""
    refusal: bool = False


@dataclass(frozen=True, slots=True)
class ObjectionOption:
    """An objection that can be raised now, and how often it was, on this call and before."""

    number: int
    id: str
    label: str
    short: str
    search: tuple[str, ...]
    raised: int
    before: int


@dataclass(frozen=True, slots=True)
class Ending:
    """What the call most likely came to, for the outcome form: codes of `data.outcomes`, likeliest first."""

    line: str
    other_lines: tuple[str, ...]
    standings: tuple[str, ...]
    hint: str
    time: str
    remedy: str


def start(playbook: Playbook, facts: CallFacts, entry: str = "first_contact") -> Run:
    """A call at the first node of an entry. Raises PlaybookError for an entry that there is not."""
    first = playbook.entries.get(entry)
    if first is None:
        raise PlaybookError(
            _("The playbook cannot start there"),
            _("{file} has no entry “{entry}”.").format(file=playbook.source or playbook.id, entry=entry),
            _("Use one of: {known}.").format(known=", ".join(playbook.entries)),
        )
    run = Run(
        playbook=playbook.id,
        version=playbook.version,
        hash=playbook.hash,
        entry=entry,
        facts=facts,
        place=first,
        remedy=facts.remedy_state,
    )
    return _enter(playbook, run, first)


def options(playbook: Playbook, run: Run) -> tuple[Option, ...]:
    """The choices that can be taken now, by key. Of several on one key the first whose guard holds."""
    return tuple(
        Option(choice.key, choice.label, choice.goes, choice.to, choice.raises, choice.time, choice.refusal)
        for _index, choice in _open_choices(playbook, run)
    )


def choose(playbook: Playbook, run: Run, key: int, exact: str = "", learnt: Mapping[str, Value] | None = None) -> Run:
    """The run after the choice on that key; `exact` is the time that was typed, for a choice that asks for one.

    `learnt` is what is known by now of the facts that move. What is open was decided, and shown, by what was known
    before: a key never changes its meaning under a finger. What follows goes by what is known now.

    Raises Refused when no such choice is open.
    """
    found = next(((index, choice) for index, choice in _open_choices(playbook, run) if choice.key == key), None)
    if found is None:
        raise Refused(
            _("Not a choice here"),
            _("There is no choice {key} at this point of the call.").format(key=key),
            _("Press one of the numbers shown, 9 for an objection, or 0 to end the call."),
        )
    index, choice = found
    typed = exact if choice.time == EXACT else ""
    run = _stepped(run, Step(run.place, str(key), run.variant, typed, learnt))
    if choice.times:
        run = replace(run, taken=_more(run.taken, _taken_name(run.path[-1].node, index)))
    run = _effects(run, choice.marks, choice.counts, choice.remedy)
    if choice.refusal:
        run = replace(run, refusals=run.refusals + 1)
    if choice.time:
        run = replace(run, time=typed or choice.time)
    if choice.raises:
        return _turn_aside(playbook, run, playbook.objection_by_id[choice.raises])
    if choice.sub:
        run = replace(run, returns=(*run.returns, Frame(choice.then, fresh=True)))
        return _enter(playbook, run, playbook.sub_by_id[choice.sub].entry)
    if choice.to == RETURN:
        return _return(playbook, run)
    return _enter(playbook, run, choice.to)


def objections(playbook: Playbook, run: Run) -> tuple[ObjectionOption, ...]:
    """The objections that can be raised now, by number."""
    value_of = values(run)
    return tuple(
        ObjectionOption(
            objection.number,
            objection.id,
            objection.label,
            objection.short or objection.label,
            objection.search,
            run.raised.get(objection.id, 0),
            run.facts.objections_before.get(objection.id, 0),
        )
        for objection in sorted(playbook.objections, key=lambda each: each.number)
        if _can_raise(playbook, run, objection, value_of)
    )


def raise_objection(playbook: Playbook, run: Run, objection_id: str, learnt: Mapping[str, Value] | None = None) -> Run:
    """The run at the answer to an objection; how it is answered depends on how often it was raised.

    `learnt` is what is known by now of the facts that move.

    Raises Refused when it cannot be raised now.
    """
    objection = playbook.objection_by_id.get(objection_id)
    if objection is None or not _can_raise(playbook, run, objection, values(run)):
        raise Refused(
            _("Not an objection here"),
            _("“{objection}” cannot be raised at this point of the call.").format(objection=objection_id[:20]),
            _("Press 9 to see those that can."),
        )
    step = Step(run.place, objection_id, run.variant, learnt=learnt)
    return _turn_aside(playbook, _stepped(run, step), objection)


def end(playbook: Playbook, run: Run, learnt: Mapping[str, Value] | None = None) -> Run:
    """The run ended here by hand (key 0); `line` then gives the farewell and `ending` the likely outcome.

    `learnt` is what is known by now of the facts that move.
    """
    if ending(playbook, run) is not None:
        return run
    return replace(_stepped(run, Step(run.place, END, run.variant, learnt=learnt)), ended=True)


def ending(playbook: Playbook, run: Run) -> Ending | None:
    """What the call came to if it has ended, else None."""
    if run.ended:
        value_of = values(run)
        rule = next((leave.ending for leave in playbook.leaves if leave.when.holds(value_of)), _UNDECIDED)
    else:
        at_end = playbook.node(run.place).ending
        if at_end is None:
            return None
        rule = at_end
    return Ending(rule.line, rule.also, rule.standing, rule.hint, run.time, run.remedy)


def back(playbook: Playbook, run: Run) -> Run:
    """The run before its last act, with every counter as it was; at the start it stays there.

    Raises PlaybookError when the playbook is not the one that the run was made with.
    """
    if run.hash != playbook.hash:
        raise PlaybookError(
            _("The playbook has changed"),
            _("This call was started with another text of “{playbook}”.").format(playbook=run.playbook),
            _("Open it with the text that was kept with the call."),
        )
    if not run.path:
        return run
    *earlier, undone = run.path
    again = start(playbook, run.facts, run.entry)
    for step in earlier:
        again = _repeated(playbook, replace(again, variant=step.variant), step)
    return replace(again, variant=undone.variant)


def reword(playbook: Playbook, run: Run) -> Run:
    """The run with the same said in other words; unchanged where there is only one way to say it."""
    count = len(variants_of(playbook, run))
    return replace(run, variant=(run.variant + 1) % count) if count > 1 else run


def _repeated(playbook: Playbook, run: Run, step: Step) -> Run:
    if step.act == END:
        return end(playbook, run, step.learnt)
    if step.act.isdigit():
        return choose(playbook, run, int(step.act), step.exact, step.learnt)
    return raise_objection(playbook, run, step.act, step.learnt)


def _stepped(run: Run, step: Step) -> Run:
    """The run with one more act on its path, and with what it was told of the facts that move."""
    if step.learnt is not None:
        check_learnt(step.learnt)
    learnt = run.learnt if step.learnt is None else step.learnt
    return replace(run, path=(*run.path, step), variant=0, again=False, learnt=learnt)


def _open_choices(playbook: Playbook, run: Run) -> list[tuple[int, Choice]]:
    if run.ended:
        return []
    node, value_of = playbook.node(run.place), values(run)
    found: dict[int, tuple[int, Choice]] = {}
    for index, choice in enumerate(node.choices):
        if choice.key in found or not choice.when.holds(value_of):
            continue
        if choice.times and run.taken.get(_taken_name(node.id, index), 0) >= choice.times:
            continue
        if choice.raises:
            objection = playbook.objection_by_id.get(choice.raises)
            if objection is None or not _can_raise(playbook, run, objection, value_of):
                continue
        found[choice.key] = index, choice
    return [found[key] for key in sorted(found)]


def _can_raise(playbook: Playbook, run: Run, objection: Objection, value_of: Callable[[str], Value]) -> bool:
    if run.ended or playbook.node(run.place).ending is not None or not objection.rungs:
        return False
    fresh = run.raised.get(objection.id, 0) == 0 or _rung(run, objection) < len(objection.rungs)
    return fresh and objection.when.holds(value_of)


def _rung(run: Run, objection: Objection) -> int:
    """How often the objection was raised before this time; a refusal counts every no to the review question."""
    return run.all_refusals if objection.refusal else times_raised(run, objection.id)


def _turn_aside(playbook: Playbook, run: Run, objection: Objection) -> Run:
    rung = min(_rung(run, objection), len(objection.rungs) - 1)
    run = replace(
        run,
        returns=(*run.returns, Frame(run.place)),
        raised=_more(run.raised, objection.id),
        refusals=run.refusals + objection.refusal,
    )
    return _enter(playbook, run, objection.rungs[rung])


def _return(playbook: Playbook, run: Run) -> Run:
    if not run.returns:
        raise PlaybookError(
            _("The playbook leads nowhere"),
            _("“{node}” returns, and nothing waits for it.").format(node=run.place),
            _("Run “amends playbook lint” on it, and mend what it names."),
        )
    *below, top = run.returns
    run = replace(run, returns=tuple(below))
    if top.fresh:
        return _enter(playbook, run, top.node)
    return replace(run, place=top.node, again=True)


def _enter(playbook: Playbook, run: Run, node_id: str) -> Run:
    """The run at a node, or where its guard sends it; entering the main graph forgets what waited."""
    node = playbook.node(node_id)
    for _tried in playbook.nodes:
        if node.when.holds(values(run)):
            break
        node = playbook.node(node.otherwise)
    if not node.home:
        run = replace(run, returns=())
    return _arrived(run, node)


def _arrived(run: Run, node: Node) -> Run:
    run = _effects(run, node.marks, node.counts, node.remedy)
    return replace(
        run,
        place=node.id,
        review_asked=run.review_asked + node.asks_review,
        apologies=run.apologies + node.apology,
    )


def _effects(run: Run, marks: tuple[str, ...], counts: tuple[str, ...], remedy: str) -> Run:
    for counter in counts:
        run = replace(run, counters=_more(run.counters, counter))
    if marks:
        run = replace(run, marks=tuple(sorted({*run.marks, *marks})))
    return replace(run, remedy=remedy) if remedy else run


def _more(counts: Mapping[str, int], name: str) -> dict[str, int]:
    return {**counts, name: counts.get(name, 0) + 1}


def _taken_name(node_id: str, index: int) -> str:
    return f"{node_id}/{index}"
