"""What is known about a case when a call starts: the only facts, beside the run's own, that a guard may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from data.playbook.asked import PRESETS, Value, fits

REMEDIES = ("none", "offered", "accepted", "declined")
"""How the remedy of a case can stand when a call starts."""

SETTLED = frozenset({"accepted", "declined", "explained"})
"""A remedy that was accepted or declined, or an explanation that the buyer took as enough."""

FAMILIES = {
    "Q": "goods",
    "X": "expectation",
    "V": "service",
    "L": "logistics",
    "U": "unstated",
    "M": "malicious",
}
"""The family of a cause code, by its letter; a guard may name a code or a family."""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """The case as it stood when the call started. Nothing in it names a person.

    `can_revise` and `can_append` say what the platform lets the buyer still do; None is unknown and means no.
    `refusals_before` and `objections_before` count earlier calls; `attempt` is 1 on the first one.
    `known` holds further facts by their names in `data.playbook.asked`; what is not in it is not known.
    Raises ValueError for a remedy state that is not in `REMEDIES`, for negative counts, and for a fact or preset
    that is not in the list.
    """

    platform: str = "other"
    cause: str | None = None
    can_revise: bool | None = None
    can_append: bool | None = None
    refusals_before: int = 0
    objections_before: Mapping[str, int] = field(default_factory=dict)
    review_asked_before: int = 0
    remedy_state: str = "none"
    attempt: int = 1
    promised_before: bool = False
    reopened: bool = False
    agent_named: bool = True
    preset: str = "full"
    known: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.remedy_state not in REMEDIES:
            raise ValueError(f"remedy_state is {self.remedy_state!r}, not one of {', '.join(REMEDIES)}")
        counts = (self.refusals_before, self.review_asked_before, self.attempt, *self.objections_before.values())
        if any(count < 0 for count in counts):
            raise ValueError("a count of what happened before is negative")
        if self.preset not in PRESETS:
            raise ValueError(f"preset is {self.preset!r}, not one of {', '.join(PRESETS)}")
        for name, value in self.known.items():
            if not fits(name, value):
                raise ValueError(f"{name} cannot be {value!r}")

    def as_dict(self) -> dict[str, object]:
        """Plain values, for the call's row."""
        plain: dict[str, object] = {each.name: getattr(self, each.name) for each in fields(self)}
        plain["objections_before"] = dict(self.objections_before)
        plain["known"] = dict(self.known)
        return plain


def cause_matches(wanted: frozenset[str], cause: str | None) -> bool:
    """Whether the cause is one of the codes, or belongs to one of the families."""
    if not cause:
        return False
    return cause in wanted or FAMILIES.get(cause[0], "") in wanted
