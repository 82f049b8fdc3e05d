"""`amends rehearse`: practise a call on a made-up buyer; the shop's database is not even opened for writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.language import _
from tui.options import Options

if TYPE_CHECKING:
    from data.rehearsal.scratch import Scratch
    from data.rows import AgentRow
    from screens.workplace import Workplace
    from tui.parser import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("rehearse", _("practise a call on a made-up buyer; nothing of it is kept"), run)
    parser.add_argument("--seed", type=int, default=0, metavar=_("NUMBER"), help=_("what is left to chance (0)"))
    parser.add_argument("--buyer", default="", metavar=_("NAME"), help=_("call this buyer at once"))
    parser.add_argument("--playbook", metavar=_("FILE"), help=_("instead of the one in use"))
    parser.add_argument("--list", action="store_true", help=_("print the buyers and open nothing"))


def run(options: Options) -> int:
    """Open the rehearsal, or print who can be called."""
    from data.rehearsal.buyers import cast

    playbook = _named(options.playbook)
    if playbook is None:
        from tui.practice import spoken

        playbook = spoken(options.settings(), options.locations().playbooks_read)
    known = cast(playbook.language)
    if options.list:
        for buyer in known.buyers:
            print(f"{buyer.id}\t{buyer.title}")
        return 0
    if options.buyer:
        known.buyer(options.buyer)
    from tui.at_terminal import need_a_terminal

    need_a_terminal()
    from data.rehearsal.scratch import rehearsal_shop
    from screens.rehearsal import RehearsalScreen
    from tui.practice import practice_of

    settings, clock = options.settings(), options.clock()
    ground = rehearsal_shop(known.buyers[0], agent_of(options), playbook, settings, clock)

    def opening(place: Workplace) -> RehearsalScreen:
        practice = practice_of(settings, clock, place.copy, playbook)
        return RehearsalScreen(place, practice, seed=options.seed, buyer=options.buyer)

    return open_on(ground, opening, options)


def open_on(ground: Scratch, opening: Any, options: Options) -> int:
    """Open a screen in a shop to throw away, and throw it away afterwards; give the exit status."""
    from data.errors import AmendsError
    from tui.app import AmendsApp
    from tui.practice import place_in

    settings = ground.settings
    width: Any = settings.general.ambiguous_width
    accent: Any = settings.general.accent
    app = AmendsApp(opening, lambda _seam, copy: place_in(ground, copy), lambda: ground.casework, width, accent)
    try:
        app.run()
    finally:
        ground.close()
    if app.unexpected is not None:
        if isinstance(app.unexpected, AmendsError):
            raise app.unexpected
        from tui.say import say_unexpected

        say_unexpected(app.unexpected, options.locations().log)
        return 1
    return int(app.return_code or 0)


def agent_of(options: Options) -> AgentRow:
    """Who is at the keyboard, as the shop's database knows them; somebody new where there is none yet."""
    from data.rows import AgentRow
    from data.store.store import Store

    login = options.login()
    path = options.locations().database
    nobody = AgentRow(1, login, None, "agent", None)
    if not path.exists():
        return nobody
    from data.reads.people import agent_of_login

    store = Store(path)
    try:
        store.prepare(options.clock().now(), read_only=True)
        with store.read() as connection:
            found = agent_of_login(connection, login)
    finally:
        store.close()
    return found if found is not None and found.name and found.title else nobody


def _named(file: str | None) -> Any:
    if file is None:
        return None
    from data.playbook.check import proved
    from data.playbook.load import load

    return proved(load(Path(file)))
