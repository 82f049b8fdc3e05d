"""The ledger of remedies as screens see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.rows import Key, RemedyRow

MEMORY_DAYS = 180
"""So far back a buyer's earlier remedies are counted."""


class RemedyView(StrEnum):
    """The lists of remedies in the order of their digits."""

    OVERDUE = "overdue"
    TODAY = "today"
    ASKED = "asked"
    OWED = "owed"
    ALL = "all"


class CostsBy(StrEnum):
    """What the costs of remedies are added up by; `delay` is the time from the review until it was agreed."""

    CAUSE = "cause"
    PRODUCT = "product"
    AGENT = "agent"
    DELAY = "delay"
    CASE = "case"


DELAYS = (1, 3, 7)
"""Days at which one bucket of delay ends and the next begins."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a buyer was given in one currency within `MEMORY_DAYS`: how often, and what it was worth in money."""

    currency: str
    count: int
    worth_minor: int


@dataclass(frozen=True, slots=True)
class RemedyLine:
    """A line of the ledger: the remedy, and the case that it is for."""

    key: Key
    remedy: RemedyRow
    case_id: int
    platform: str
    cause: str | None
    nick: str
    product: str
    review: str
    owner_id: int | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class RemedyLines:
    """Some lines of the ledger, and whether there are more on either side."""

    rows: tuple[RemedyLine, ...]
    more_before: bool
    more_after: bool


@dataclass(frozen=True, slots=True)
class CostRow:
    """What was agreed to in one group and currency: how many remedies, what buyers get in money, what it costs the
    shop, and of how many that is not known. `key` is a code or a number, `name` a name where it has one."""

    key: str
    name: str
    currency: str
    count: int
    amount_minor: int
    cost_minor: int
    unknown: int
