"""What remedies cost, as it is worded: a table by one thing, for the screen, the command and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.language import N_, _
from data.money import decimals, format_money
from data.reads.exports import Record
from data.remedies.rows import CostRow, CostsBy
from data.wording import cause_label

LABELS = {
    CostsBy.CAUSE: N_("Cause"),
    CostsBy.PRODUCT: N_("Product"),
    CostsBy.AGENT: N_("Agent"),
    CostsBy.DELAY: N_("Time until agreed"),
    CostsBy.CASE: N_("Case"),
}
"""What the costs are added up by; message ids."""

_DELAYS = (N_("within a day"), N_("1 to 3 days"), N_("3 to 7 days"), N_("more than 7 days"))


def row_name(by: CostsBy, row: CostRow) -> str:
    """What a row of the table is about."""
    match by:
        case CostsBy.CAUSE:
            return cause_label(row.key) if row.key else _("cause not set")
        case CostsBy.DELAY:
            return _(_DELAYS[int(row.key)])
        case CostsBy.CASE:
            number = _("Case {n}").format(n=row.key)
            return f"{number} · {row.name}" if row.name else number
    return row.name or _("not known")


def told(row: CostRow) -> tuple[str, str, str]:
    """How many, what buyers got in money, and what it cost; a + where that is not known of some, ? of any."""
    cost = format_money(row.cost_minor, row.currency) + ("+" if row.unknown else "")
    return (
        str(row.count),
        format_money(row.amount_minor, row.currency),
        "?" if row.unknown == row.count else cost,
    )


def total(rows: Sequence[CostRow]) -> list[CostRow]:
    """The sums by currency."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        counted = sums.setdefault(row.currency, [0, 0, 0, 0])
        for at, value in enumerate((row.count, row.amount_minor, row.cost_minor, row.unknown)):
            counted[at] += value
    return [CostRow("", "", currency, *counted) for currency, counted in sorted(sums.items())]


def records(by: CostsBy, rows: Sequence[CostRow]) -> Iterator[Record]:
    """The rows for programs and spreadsheets: sums in minor units, and as a figure in the currency."""
    for row in rows:
        yield {
            "key": row.key,
            "name": row_name(by, row),
            "remedies": row.count,
            "currency": row.currency,
            "amount_minor": row.amount_minor,
            "cost_minor": row.cost_minor,
            "cost": f"{row.cost_minor / 10 ** decimals(row.currency):.{decimals(row.currency)}f}",
            "cost_unknown": row.unknown,
        }
