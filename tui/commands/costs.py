"""`amends costs`: what remedies cost, by cause, product, agent, delay or case."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import AmendsError
from data.language import _
from tui.options import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.remedies.rows import CostRow, CostsBy
    from tui.parser import Commands

_FIELDS = ("key", "name", "remedies", "currency", "amount_minor", "cost_minor", "cost", "cost_unknown")


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("costs", _("say what remedies cost, by cause and more"), run)
    parser.add_argument("--by", choices=("cause", "product", "agent", "delay", "case"), default="cause",
                        help=_("what to add up by (cause)"))  # fmt: skip
    parser.add_argument("--since", metavar=_("DAY"), help=_("the first day, as in 2026-11-01; else 30 days ago"))
    parser.add_argument("--until", metavar=_("DAY"), help=_("the last day; else today"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON object a line"))
    parser.add_argument("--xlsx", metavar=_("FILE"), help=_("write a workbook"))


def run(options: Options) -> int:
    """Print or write the table; raises StoreError and AmendsError for a day that is none."""
    from data.clock import DAY, day_bounds
    from data.remedies import costs
    from data.remedies.rows import CostsBy
    from data.store.store import Store
    from tui.open import reads_of

    by, zone, now = CostsBy(options.by), options.zone(), options.clock().now()
    since = _day(options.since, zone)[0] if options.since else day_bounds(now - 30 * DAY, zone)[0]
    until = _day(options.until, zone)[1] if options.until else day_bounds(now, zone)[1]
    store = Store(options.locations().database)
    try:
        store.prepare(now, read_only=True)
        rows = reads_of(store, options).remedy_costs(by, since=since, until=until, limit=100_000)
    finally:
        store.close()
    if options.xlsx:
        _workbook(Path(options.xlsx), by, rows)
        print(_("Written to {path}.").format(path=options.xlsx), file=sys.stderr)
    elif options.json:
        for record in costs.records(by, rows):
            print(json.dumps(record, ensure_ascii=False))
    else:
        _print(by, rows)
    return 0


def _day(text: str, zone: object) -> tuple[int, int]:
    from datetime import date, tzinfo

    from data.clock import at_minute

    assert isinstance(zone, tzinfo)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise AmendsError(_("Not a day"), text, _("Write it as 2026-11-01.")) from error
    return at_minute(day, 0, zone), at_minute(day, 1440, zone)


def _workbook(path: Path, by: CostsBy, rows: Sequence[CostRow]) -> None:
    from data.remedies.costs import records
    from data.spreadsheet import write_xlsx

    try:
        with path.open("wb") as out:
            write_xlsx(records(by, rows), _FIELDS, out)
    except OSError as error:
        raise AmendsError(_("The workbook cannot be written"), f"{path} ({error.strerror}).", "") from error


def _print(by: CostsBy, rows: Sequence[CostRow]) -> None:
    from rich.cells import cell_len

    from data.outside import for_screen
    from data.remedies.costs import LABELS, row_name, told, total

    lines = [(_(LABELS[by]), _("Remedies"), _("Worth"), _("Cost"))]
    lines += [(for_screen(row_name(by, row)), *told(row)) for row in rows]
    lines += [(_("All"), *told(row)) for row in total(rows)]
    wide = [max(cell_len(each[at]) for each in lines) for at in range(4)]
    for name, *figures in lines:
        cells = [name + " " * (wide[0] - cell_len(name))]
        cells += [" " * (wide[at] - cell_len(each)) + each for at, each in enumerate(figures, 1)]
        print("  ".join(cells).rstrip())
    if any(row.unknown for row in rows):
        print(_("+ the cost of some is not known."))
