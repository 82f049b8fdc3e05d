"""One entry of the catalogue of remedies: what it is, how much of it, who may decide, what it costs, how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.language import language
from data.money import decimals, format_money
from data.vocabulary import RemedyKind, RemedyUnit, Role

NEEDS = ("tag", "unwashed", "whole", "pictures")
"""What the buyer may be asked to see to when something is sent back."""

FREIGHT = ("shop", "buyer")
"""Who may pay for the way back."""

ANY = "any"
"""Stands for every cause but those that nobody has to make good."""


class Way(StrEnum):
    """What an entry is good for: it puts right what went wrong, it is settled at once, or it is for the trouble."""

    RIGHT = "right"
    QUICK = "quick"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Said:
    """A wording in both languages."""

    zh: str
    en: str

    def in_language(self, name: str) -> str:
        """The wording for a shop's language, or that of the screens."""
        return self.zh if name.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class CostRule:
    """What a remedy costs the shop: parts of what the buyer gets and of the order in percent, for each point or piece
    and once in minor units of the catalogue's currency."""

    of_amount: int = 0
    of_order: int = 0
    each: int = 0
    fixed: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A remedy of the catalogue. `least`, `most` and `usual` count what `unit` says; `limits` are up to where a role
    decides alone."""

    id: str
    kind: RemedyKind
    name: Said
    say: Said
    do: Said
    way: Way
    causes: frozenset[str]
    also: frozenset[str]
    unit: RemedyUnit
    least: int
    most: int
    usual: int
    limits: Mapping[Role, int]
    needs: tuple[str, ...]
    freight_by: str | None
    due_hours: int
    cost: CostRule
    currency: str

    def limit(self, role: Role) -> int:
        """Up to where the role decides alone, in the entry's unit; one that is not named decides like the one below,
        and an admin about everything."""
        if role is Role.ADMIN:
            return self.most
        found = self.limits.get(role)
        if found is None and role is Role.LEAD:
            return self.most
        return self.most if found is None else min(found, self.most)

    @property
    def of_the_order(self) -> bool:
        """Whether it can only be worked out from what the buyer paid."""
        return self.unit is RemedyUnit.PERCENT

    def amount(self, quantity: int, order_minor: int | None) -> int | None:
        """What the buyer gets in money, in minor units; None for what is no money. Rounded down, and never more
        than the order cost where money goes back."""
        if self.unit is RemedyUnit.MONEY:
            back = self.kind is not RemedyKind.VOUCHER and order_minor is not None
            return min(quantity, order_minor) if back and order_minor is not None else quantity
        if self.unit is not RemedyUnit.PERCENT or order_minor is None:
            return None
        exact = order_minor * quantity // 100
        return exact if quantity == 100 or exact < _ROUND_FROM else exact - exact % _ROUND_TO

    def costs(self, quantity: int, order_minor: int | None, currency: str) -> int | None:
        """What it costs the shop, in minor units; None where that is not known: another currency, or no order."""
        rule, amount = self.cost, self.amount(quantity, order_minor) or 0
        if (rule.fixed or rule.each) and currency != self.currency:
            return None
        if rule.of_order and order_minor is None:
            return None
        counted = rule.each * quantity if self.unit in (RemedyUnit.POINTS, RemedyUnit.PIECE) else 0
        return amount * rule.of_amount // 100 + (order_minor or 0) * rule.of_order // 100 + counted + rule.fixed

    def worded(self, wording: Said, quantity: int, amount: int | None, currency: str, spoken: str) -> str:
        """A wording with its quantity filled in, in a language."""
        money = "" if amount is None else spoken_money(amount, currency, spoken)
        return wording.in_language(spoken).replace("{amount}", money).replace("{n}", str(quantity))

    @property
    def shown(self) -> str:
        """Its name in the language of the screens."""
        return self.name.in_language("en" if language() == "en" else "zh")


def spoken_money(minor: int, currency: str, spoken: str) -> str:
    """An amount as one says it: 31元, not ¥31.00."""
    told = format_money(minor, currency)
    whole = "." + "0" * decimals(currency)
    told = told.removesuffix(whole)
    return f"{told.lstrip('¥')}元" if currency == "CNY" and spoken.startswith("zh") else told


_ROUND_FROM, _ROUND_TO = 1_000, 100
"""From ten of a currency on, a part of an order is rounded down to whole ones: nobody offers 26.73."""
