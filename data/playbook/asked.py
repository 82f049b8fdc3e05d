"""What a guard may ask beside the run's own counts: a closed list of facts, each with its type.

The list is closed so that a playbook can be proved over every answer, and it holds nothing that names a person.
The grade of a review is left out on purpose: how the shop makes good must not follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.outcomes import LineResult
from data.vocabulary import Channel

Value = str | int | bool | None
"""What a fact can be. None is: not known."""

MOST_COUNT = 999
"""Counts stop here; no playbook tells more apart."""

PRESETS = ("brief", "full")
"""How much a playbook says: the shop's choice, asked by guards as `preset`."""

ENTRIES = ("first_contact", "promised_followup", "remedy_check", "incoming_call")
"""Why one is speaking with the buyer: the entries that a playbook may have, asked by guards as `entry`."""

PARTS_OF_DAY = ("morning", "noon", "afternoon", "evening")
"""Until 12, until 14, until 18 o'clock of the shop's zone, and after."""


class Kind(StrEnum):
    """The type of a fact, and so how a guard asks it: true or false, a list of words, or a min and a max."""

    FLAG = "flag"
    WORD = "word"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a guard may ask.

    `words` are the answers of a WORD. A fact that `moves` may change while the call lasts: what it was is kept
    with each step, and the proof takes it to be anything at any time.
    """

    kind: Kind
    words: frozenset[str] = frozenset()
    moves: bool = False


_FLAG, _COUNT = Fact(Kind.FLAG), Fact(Kind.COUNT)

GROUPS: Mapping[str, Mapping[str, Fact]] = {
    "buyer": {
        "new": _FLAG,
        "orders": _COUNT,
        "cases": _COUNT,
        "refused": _FLAG,
        "prefers": Fact(Kind.WORD, frozenset(Channel)),
    },
    "order": {"known": _FLAG, "signed": _FLAG, "late": _FLAG, "tracked": _FLAG, "days": _COUNT},
    "remedy": {"overdue": _FLAG, "delivered": _FLAG},
    "history": {
        "last": Fact(Kind.WORD, frozenset(LineResult)),
        "days": _COUNT,
        "talks": _COUNT,
        "broken": _FLAG,
    },
    "clock": {
        "minutes": Fact(Kind.COUNT, moves=True),
        "part": Fact(Kind.WORD, frozenset(PARTS_OF_DAY), moves=True),
        "weekend": _FLAG,
        "window_days": _COUNT,
    },
}
"""The facts by the table of a guard that asks them: `when = { order = { late = true } }`.

buyer: `new` has no earlier order here, `orders` and `cases` count the others, `refused` said a final no about any
review, `prefers` is the channel asked for. order: `days` since it was signed for, else paid. remedy: `overdue` is
accepted and not delivered in time. history: `last` is what happened on the line the last time, `days` since then,
`talks` how often the buyer was reached, `broken` that a promise of ours was missed. clock: `minutes` of this call,
`window_days` that are left to the buyer for changing the review or adding to it.
"""

FACTS: Mapping[str, Fact] = {
    **{f"{group}.{name}": fact for group, facts in GROUPS.items() for name, fact in facts.items()},
    "preset": Fact(Kind.WORD, frozenset(PRESETS)),
    "entry": Fact(Kind.WORD, frozenset(ENTRIES)),
}
"""Every fact of the list by its full name."""

MOVING = frozenset({"cause", *(name for name, fact in FACTS.items() if fact.moves)})
"""What may change while a call lasts; agents find out the cause on the call."""


def fits(name: str, value: Value) -> bool:
    """Whether a value is one that the fact of that name can have; not known always fits."""
    fact = FACTS.get(name)
    if fact is None:
        return False
    if value is None:
        return True
    if fact.kind is Kind.FLAG:
        return isinstance(value, bool)
    if fact.kind is Kind.WORD:
        return value in fact.words
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_COUNT
