"""A playbook as it stands in memory: frozen, complete, and knowing the line of its file for every part.

`data.playbook.load` makes it, `data.playbook.check` proves it, `data.playbook.run` walks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from data.errors import PlaybookError
from data.language import _
from data.playbook.guards import ALWAYS, Guard

KEYS = range(1, 9)
"""The keys that choices may use; 9 opens the objections and 0 ends the call."""

RETURN = "return"
"""Where a choice goes that leads back out of an objection or a sub-graph."""

IDENTITY = "identity"
"""The mark that says: this is the buyer. Nothing of the order is said before it is set."""

LISTENED = "listened"
"""The mark that says: the buyer has told what went wrong. The review is not spoken of before it is set."""

VARIABLES: Mapping[str, bool] = {
    "shop": False,
    "agent": False,
    "role": False,
    "name": False,
    "salutation": False,
    "product": True,
    "variant": True,
    "order_tail": True,
    "cause_fact": True,
    "remedy": True,
    "option_a": True,
    "option_b": True,
    "option_c": True,
    "value": True,
    "carrier": True,
    "tracking": True,
    "measure": True,
    "ref": True,
    "due": False,
    "slot": False,
    "channel": False,
    "official_chat": False,
}
"""Every variable that a line may use, and whether it tells something of the order."""


class Words(NamedTuple):
    """Lines to say where a guard holds; the variants say the same in other words."""

    say: tuple[str, ...]
    when: Guard = ALWAYS


@dataclass(frozen=True, slots=True)
class EndingRule:
    """What a call that ends here most likely came to: codes of `data.outcomes`, and what comes next in words."""

    line: str
    also: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    hint: str = ""


class Choice(NamedTuple):
    """What the buyer did: one key, and where it leads.

    Exactly one of `to` (a node, or `return`), `sub` (a sub-graph, with `then`) and `raises` (an objection) is
    set. `times` is how often it may be taken in one call; 0 is no bound.
    """

    key: int
    label: str
    goes: str = ""
    to: str = ""
    sub: str = ""
    then: str = ""
    raises: str = ""
    when: Guard = ALWAYS
    marks: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    remedy: str = ""
    refusal: bool = False
    time: str = ""
    times: int = 0
    line: int = 0


class Node(NamedTuple):
    """A place in the call: what to say, listen for, avoid and write down, and what may happen.

    `home` is empty in the main graph, else the id of the objection or sub-graph that the node belongs to.
    Where `when` does not hold, the call goes to `otherwise` instead. `again` is said when an objection returns
    here. `asks_review` asks about the review, `reminds` speaks of a promise about it, `apology` apologises.
    A node with an `ending` is where a call stops.
    """

    id: str
    stage: str = ""
    purpose: str = ""
    say: tuple[str, ...] = ()
    lines: tuple[Words, ...] = ()
    again: tuple[str, ...] = ()
    listen: str = ""
    avoid: str = ""
    record: str = ""
    choices: tuple[Choice, ...] = ()
    when: Guard = ALWAYS
    otherwise: str = ""
    asks_review: bool = False
    reminds: bool = False
    apology: bool = False
    about_order: bool = False
    marks: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    remedy: str = ""
    ending: EndingRule | None = None
    home: str = ""
    file: str = ""
    line: int = 0

    def words(self) -> tuple[Words, ...]:
        """Every group of lines, the default one last."""
        return (*self.lines, Words(self.say)) if self.say else self.lines


@dataclass(frozen=True, slots=True)
class Objection:
    """What a buyer may throw in at any time. `rungs` are the nodes that answer it the first, second … time.

    A `refusal` counts as a no to the review question, over all calls; its rung follows that count.
    """

    number: int
    id: str
    label: str
    short: str = ""
    search: tuple[str, ...] = ()
    when: Guard = ALWAYS
    refusal: bool = False
    rungs: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Sub:
    """A sub-graph: entered by a choice, left by `return` to the node that the choice named."""

    id: str
    title: str = ""
    entry: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Leave:
    """What key 0 comes to: the first whose guard holds gives the farewell and the likely outcome."""

    say: tuple[str, ...]
    ending: EndingRule
    when: Guard = ALWAYS
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the call, in the order of the stage line."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call should keep to: apologies from–to, minutes of listening from–to, characters of a line."""

    apologies: tuple[int, int] = (1, 3)
    listen_minutes: tuple[int, int] = (3, 5)
    line_length: int = 100


@dataclass(frozen=True)
class Playbook:
    """One playbook. `text` is all that was read, to be kept with a call; `hash` is its SHA-256."""

    id: str
    title: str
    version: int
    language: str
    entries: Mapping[str, str]
    stages: tuple[Stage, ...]
    nodes: tuple[Node, ...]
    objections: tuple[Objection, ...] = ()
    subs: tuple[Sub, ...] = ()
    leaves: tuple[Leave, ...] = ()
    limits: Limits = field(default_factory=Limits)
    variables: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    hash: str = ""
    source: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Nodes by id; where two share one, the first."""
        return {node.id: node for node in reversed(self.nodes)}

    @cached_property
    def objection_by_id(self) -> Mapping[str, Objection]:
        """Objections by id; where two share one, the first."""
        return {objection.id: objection for objection in reversed(self.objections)}

    @cached_property
    def sub_by_id(self) -> Mapping[str, Sub]:
        """Sub-graphs by id; where two share one, the first."""
        return {sub.id: sub for sub in reversed(self.subs)}

    def node(self, node_id: str) -> Node:
        """The node of that id. Raises PlaybookError when there is none."""
        found = self.by_id.get(node_id)
        if found is None:
            raise PlaybookError(
                _("The playbook leads nowhere"),
                _("{file} has no node “{node}”.").format(file=self.source or self.id, node=node_id),
                _("Run “amends playbook lint” on it, and mend what it names."),
            )
        return found
