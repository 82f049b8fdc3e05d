"""What of the catalogue fits a case: two or three choices, composed by rule and explained.

One choice puts right what went wrong, one is settled at once, and one gives the most within what the role may decide.
What a buyer was given before is shown beside them and changes nothing: the fault is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.language import N_
from data.remedies.catalogue import Catalogue
from data.remedies.entry import ANY, Entry, Way
from data.rows import CasePage
from data.vocabulary import Cause, RemedyKind, RemedyUnit, Role

NOTHING_FITS = frozenset({Cause.UNREASONABLE_DEMAND, Cause.COERCION, Cause.COMPETITOR, Cause.THIRD_PARTY_FRAUD})
"""Causes that nobody has to make good: evidence and the platform are the way."""

MOST = 3

WHY = {
    Way.RIGHT: N_("puts it right"),
    Way.QUICK: N_("settled quickly"),
    Way.EXTRA: N_("for the trouble"),
}
"""Why a choice is among them; message ids."""
GENEROUS = N_("the most you may give")


@dataclass(frozen=True, slots=True)
class Asked:
    """For what case and by whom: the cause (None while it is not set), what the buyer paid (minor units, None when
    not known), in which currency, the role that decides, and whether the shop sends the new one first."""

    cause: str | None
    order_minor: int | None
    currency: str
    role: Role
    new_one_first: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """One choice: an entry with its quantity, what the buyer gets in money, what it costs, and why it is here."""

    entry: Entry
    quantity: int
    amount_minor: int | None
    cost_minor: int | None
    currency: str
    why: str
    above_limit: bool = False

    def said(self, spoken: str) -> str:
        """How it is said to the buyer, in a language."""
        return self.entry.worded(self.entry.say, self.quantity, self.amount_minor, self.currency, spoken)

    def to_do(self, spoken: str) -> str:
        """What is to be done, for a colleague."""
        return self.entry.worded(self.entry.do, self.quantity, self.amount_minor, self.currency, spoken)


def fitting(catalogue: Catalogue, asked: Asked) -> tuple[Fit, ...]:
    """Two or three choices for the case, or fewer where the catalogue has no more; always the same for the same
    case. None of them is above the role's limit or, in money that goes back, above what the buyer paid."""
    ranked = [entry for entry in _ranked(catalogue, asked) if _within(entry, asked)]
    chosen: list[Fit] = []
    for way in (Way.RIGHT, Way.QUICK):
        entry = next((each for each in ranked if each.way is way and not _has(chosen, each)), None)
        if entry is not None:
            chosen.append(measured(entry, asked, WHY[way]))
    best = _generous(ranked, chosen, asked)
    if best is not None:
        chosen.append(best)
    for entry in ranked:
        if len(chosen) >= MOST - 1:
            break
        if not _has(chosen, entry):
            chosen.append(measured(entry, asked, WHY[entry.way]))
    return tuple(chosen[:MOST])


def asked_of(page: CasePage, role: str, catalogue: Catalogue, *, new_one_first: bool) -> Asked:
    """What is asked of the catalogue for a case as a screen shows it."""
    order = page.order
    return Asked(
        page.row.cause,
        order.amount_minor if order else None,
        order.currency if order else catalogue.currency,
        Role(role),
        new_one_first,
    )


def everything(catalogue: Catalogue, asked: Asked) -> tuple[Fit, ...]:
    """Every entry that can be reckoned for the case, what fits first; above the limit a lead is asked."""
    fits = list(_ranked(catalogue, asked))
    others = [entry for entry in catalogue.entries.values() if entry not in fits and _reckoned(entry, asked)]
    return tuple(measured(entry, asked, WHY[entry.way]) for entry in [*fits, *others])


def measured(entry: Entry, asked: Asked, why: str = "", quantity: int | None = None) -> Fit:
    """An entry for the case: the quantity that was asked for within its range, or the usual one within the limit.

    Raises ValueError for a quantity out of the range.
    """
    if quantity is None:
        limit = entry.limit(asked.role)
        quantity = max(entry.least, min(entry.usual, limit)) if limit >= entry.least else entry.usual
    elif not entry.least <= quantity <= entry.most:
        raise ValueError(quantity)
    return Fit(
        entry,
        quantity,
        entry.amount(quantity, asked.order_minor),
        entry.costs(quantity, asked.order_minor, asked.currency),
        asked.currency,
        why,
        above_limit=quantity > entry.limit(asked.role),
    )


def _ranked(catalogue: Catalogue, asked: Asked) -> Iterator[Entry]:
    """Those that fit, what fits best first; else in the order of the catalogue."""
    if asked.cause in NOTHING_FITS:
        return
    entries = [entry for entry in catalogue.entries.values() if _reckoned(entry, asked)]
    if asked.new_one_first:
        entries.sort(key=lambda entry: entry.kind is not RemedyKind.RESEND_FIRST)
    else:
        entries.sort(key=lambda entry: entry.kind is RemedyKind.RESEND_FIRST)
    yield from (entry for entry in entries if asked.cause in entry.causes or ANY in entry.causes)
    yield from (
        entry
        for entry in entries
        if not (asked.cause in entry.causes or ANY in entry.causes) and (asked.cause in entry.also or ANY in entry.also)
    )


def _reckoned(entry: Entry, asked: Asked) -> bool:
    """Whether it can be worked out: a part of the order needs what was paid, sums of money the same currency."""
    if entry.of_the_order:
        return asked.order_minor is not None and asked.order_minor > 0
    if entry.unit is RemedyUnit.MONEY:
        if asked.currency != entry.currency:
            return False
        back = entry.kind is not RemedyKind.VOUCHER
        return not back or asked.order_minor is None or asked.order_minor >= entry.least
    return True


def _within(entry: Entry, asked: Asked) -> bool:
    return entry.limit(asked.role) >= entry.least


def _generous(ranked: list[Entry], chosen: list[Fit], asked: Asked) -> Fit | None:
    """What of the rest gives the buyer the most within the limit: its highest quantity, reckoned at what it costs."""
    rest = [
        measured(entry, asked, GENEROUS, max(entry.least, min(entry.most, entry.limit(asked.role))))
        for entry in ranked
        if not _has(chosen, entry) and entry.way is Way.EXTRA
    ]
    best = max(rest, key=lambda fit: fit.cost_minor or 0, default=None)
    return replace(best, why=WHY[Way.EXTRA]) if best is not None and not best.cost_minor else best


def _has(chosen: list[Fit], entry: Entry) -> bool:
    return any(fit.entry.kind is entry.kind for fit in chosen)
