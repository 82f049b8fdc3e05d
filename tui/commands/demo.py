"""`amends demo`: the workstation on a made-up shop, beside the real data and never in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from data.errors import Refused
from data.language import _
from tui.options import Options

if TYPE_CHECKING:
    from tui.parser import Commands

AGENT = "lili"
"""The agent of the demo shop whose work it opens on, unless --agent names a colleague."""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("demo", _("open the workstation on a made-up shop"), run)
    parser.add_argument("--fresh", action="store_true", help=_("make the demo shop anew first"))
    parser.add_argument(
        "--fill",
        action="store_true",
        help=_("fill the empty database of this run instead, to practise, and open nothing"),
    )


def run(options: Options) -> int:
    """Open the demo, or fill a database with it."""
    if options.fill:
        return _fill(options)
    from tui.at_terminal import need_a_terminal

    need_a_terminal()
    return open_demo(options, fresh=options.fresh)


def open_demo(options: Options, *, fresh: bool = False) -> int:
    """Open the workstation on the demo shop and give the exit status; the shop is made when there is none.

    What is done in the demo stays until it is made anew. Raises StoreError when it cannot be made.
    """
    from tui.open import open_workstation

    path = options.locations().demo_database
    if fresh or not path.exists():
        from data.demo.build import make_demo

        if sys.stderr.isatty():
            print(_("Making the demo shop…"), file=sys.stderr)
        make_demo(path, options.clock().now())
    options.agent = options.agent or AGENT
    return open_workstation(options, path)


def _fill(options: Options) -> int:
    """Put the demo's cases into the database of this run, unless somebody works there already."""
    from data.demo.build import build_demo
    from data.store.store import Store
    from tui.open import reads_of

    path = options.locations().database
    store = Store(path)
    try:
        store.prepare(options.clock().now(), create=True)
        if reads_of(store, options).has_reviews():
            raise Refused(
                _("Not empty"),
                _("{path} has reviews already; the demo is not mixed with them.").format(path=path),
                _("Name a new file with --database, or open the demo with “amends demo”."),
            )
        build_demo(store, options.clock().now())
    finally:
        store.close()
    print(_("The demo shop is in {path}.").format(path=path))
    return 0
