"""A call under way: where it stands and how it came there, as a small frozen value that a row can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from data.errors import PlaybookError
from data.language import _
from data.playbook.asked import MOVING, Value, fits
from data.playbook.facts import CallFacts

END = "0"
"""The act of a step that ended the call by hand."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act: at which node, which (a choice's key, an objection's id, or 0), and which variant was said.

    `exact` is the time that was typed for a choice that asks for one. `learnt` is what was known from then on of
    the facts that change while a call lasts; None is: what was known before.
    """

    node: str
    act: str
    variant: int = 0
    exact: str = ""
    learnt: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Where `return` leads: back to a node that waited (`fresh` false), or on to a next one."""

    node: str
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A call under way. Everything but the last line follows from facts, entry and path.

    `refusals`, `review_asked`, `apologies` and `raised` count this call only; earlier calls are in `facts`.
    `time` is the agreed time as it was picked (`data.times.resolve` reads it), empty while there is none; `picked_at`
    is the moment (UTC ms) from which it counts, which whoever keeps the run sets: nothing here reads a clock.
    `learnt` is what the last step was told of the facts that move; it takes the place of those at the start.
    """

    playbook: str
    version: int
    hash: str
    entry: str
    facts: CallFacts
    place: str
    returns: tuple[Frame, ...] = ()
    again: bool = False
    ended: bool = False
    marks: tuple[str, ...] = ()
    counters: Mapping[str, int] = field(default_factory=dict)
    raised: Mapping[str, int] = field(default_factory=dict)
    taken: Mapping[str, int] = field(default_factory=dict)
    remedy: str = "none"
    refusals: int = 0
    review_asked: int = 0
    apologies: int = 0
    time: str = ""
    picked_at: int | None = None
    path: tuple[Step, ...] = ()
    variant: int = 0
    learnt: Mapping[str, Value] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        plain["facts"] = self.facts.as_dict()
        plain["path"] = [_kept(step) for step in self.path]
        plain["learnt"] = dict(self.learnt)
        plain["returns"] = [asdict(frame) for frame in self.returns]
        plain["marks"] = list(self.marks)
        for name in ("counters", "raised", "taken"):
            plain[name] = dict(plain[name])
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Run:
        """The run of plain values. Raises PlaybookError when they are no run."""
        try:
            held = dict(plain)
            held["facts"] = CallFacts(**held["facts"])
            held["path"] = tuple(Step(*step) for step in held["path"])
            held["returns"] = tuple(Frame(**frame) for frame in held["returns"])
            held["marks"] = tuple(held["marks"])
            check_learnt(held.get("learnt", {}))
            for name in ("counters", "raised", "taken"):
                held[name] = {str(key): int(count) for key, count in held[name].items()}
            return cls(**held)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PlaybookError(
                _("The call cannot be taken up again"),
                _("What was kept of it is damaged ({reason}).").format(reason=str(error)[:80]),
                _("Record its outcome, and start a new call."),
            ) from error

    @property
    def all_refusals(self) -> int:
        """How often the buyer said no to the review question, over all calls."""
        return self.facts.refusals_before + self.refusals

    @property
    def main_place(self) -> str:
        """The node that waits below every objection and sub-graph, else the place itself."""
        return self.returns[0].node if self.returns else self.place


def _kept(step: Step) -> list[object]:
    plain: list[object] = [step.node, step.act, step.variant, step.exact]
    return plain if step.learnt is None else [*plain, dict(step.learnt)]


def check_learnt(learnt: Mapping[str, Value]) -> None:
    """Raise ValueError for what no call can learn on its way: a fact that does not move, or a value it cannot have."""
    for name, value in learnt.items():
        good = isinstance(value, str | None) if name == "cause" else name in MOVING and fits(name, value)
        if not good:
            raise ValueError(f"a call cannot learn that {name} is {value!r}")


def times_raised(run: Run, objection_id: str) -> int:
    """How often an objection was raised, on this call and before."""
    return run.facts.objections_before.get(objection_id, 0) + run.raised.get(objection_id, 0)


def values(run: Run) -> Callable[[str], Value]:
    """What a guard's names stand for in this run. Unknown about the platform counts as no."""
    facts = run.facts
    plain: dict[str, Value] = {
        **facts.known,
        "preset": facts.preset,
        "entry": run.entry,
        "platform.can_revise": facts.can_revise is True,
        "platform.can_append": facts.can_append is True,
        "platform.can_ask": facts.can_revise is True or facts.can_append is True,
        "platform.name": facts.platform,
        "cause": facts.cause,
        "remedy": run.remedy,
        "refusals": run.all_refusals,
        "review_asked": facts.review_asked_before + run.review_asked,
        "attempt": facts.attempt,
        "apologies": run.apologies,
        "promised_before": facts.promised_before,
        "reopened": facts.reopened,
        "agent_named": facts.agent_named,
        **run.learnt,
    }

    def value_of(name: str) -> Value:
        if name in plain:
            return plain[name]
        kind, _dot, key = name.partition(".")
        if kind == "marks":
            return key in run.marks
        if kind == "raised":
            return times_raised(run, key)
        return run.counters.get(key, 0) if kind == "counters" else None

    return value_of
