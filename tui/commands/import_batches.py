"""`amends import --batches` and `amends import --undo NUMBER`: which files were imported, and taking one back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from data.language import _, ngettext
from tui.options import Options

if TYPE_CHECKING:
    from data.casework.batches import Undoing
    from data.store.store import Store

_LISTED = 500
_LONGEST_NAME = 40


def list_batches(options: Options) -> int:
    """Print the imports, the newest first. Raises StoreError."""
    from data.clock import iso, to_local, zone
    from data.reads.batches import batches
    from tui.say import print_json
    from widgets.cells import cut, pad, right

    here = zone(options.settings().shop.zone)
    with _opened(options, write=False) as store, store.read() as connection:
        rows = batches(connection, _LISTED)
    if options.json:
        times = ("started_at", "finished_at", "undone_at")
        facts = [asdict(row) for row in rows]
        for each in facts:
            each.update({name: iso(each[name], here) for name in times if each[name] is not None})
        print_json({"batches": facts})
        return 0
    heads = [_("no."), _("read"), _("new"), _("changed"), _("same"), _("refused")]
    print("  ".join([*(right(head, 8) for head in heads), pad(_("when"), 16), pad(_("source"), 14), _("file")]))
    for row in rows:
        counts = (row.batch, row.read, row.new, row.changed, row.same, row.refused)
        state = _("(taken back)") if row.undone_at else _("(cut off)") if row.finished_at is None else ""
        cells = [right(str(count), 8) for count in counts]
        when = f"{to_local(row.started_at, here):%Y-%m-%d %H:%M}"
        print("  ".join([*cells, when, pad(row.source, 14), f"{cut(row.file, _LONGEST_NAME)} {state}".rstrip()]))
    return 0


def undo(options: Options) -> int:
    """Take an import back and report; 1 when some of its rows stay. Raises StoreError, and Refused."""
    from data.casework.arrival import agent_id_for
    from data.casework.batches import undo_batch
    from data.casework.portions import Hands
    from data.clock import zone
    from tui.say import print_json

    settings, now = options.settings(), options.clock().now()
    with _opened(options, write=not options.dry_run) as store:
        agent_id = 0 if options.dry_run else agent_id_for(store, options.login(), now)
        hands = Hands(store, agent_id, now, settings, zone(settings.shop.zone))
        work = undo_batch(hands, options.undo, trial=options.dry_run)
    if options.json:
        print_json(work.as_json())
    else:
        _print(work)
    return 1 if work.left else 0


@contextmanager
def _opened(options: Options, *, write: bool) -> Iterator[Store]:
    from data.store.store import Store

    store = Store(options.locations().database)
    try:
        store.prepare(options.clock().now(), read_only=not write)
        yield store
    finally:
        store.close()


def _print(work: Undoing) -> None:
    from data.outside import for_screen

    print(_("Import {number}, {file}:").format(number=work.batch_id, file=for_screen(work.file)))
    for count, told in (
        (work.reviews, ngettext("{count} review is gone", "{count} reviews are gone", work.reviews)),
        (work.cases, ngettext("{count} case is gone", "{count} cases are gone", work.cases)),
        (work.restored, ngettext("{count} review is as before", "{count} reviews are as before", work.restored)),
        (work.orders, ngettext("{count} order is gone", "{count} orders are gone", work.orders)),
        (
            work.orders_restored,
            ngettext("{count} order is as before", "{count} orders are as before", work.orders_restored),
        ),
    ):
        if count:
            print("  " + told.format(count=count))
    if not work.done:
        print("  " + _("nothing to take back"))
    for left in work.left:
        kind = _("order") if left.what == "order" else _("review")
        case = " " + _("(case {id})").format(id=left.case_id) if left.case_id else ""
        stays = _("{what} {id}{case} stays: {why}").format(what=kind, id=left.id, case=case, why=left.why)
        print("  " + for_screen(stays), file=sys.stderr)
    if work.trial:
        print(_("This was a dry run: nothing was written."))
