"""Opening the workstation: the database, who sits down, the first rows, and only then what costs time to load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.casework.arrival import agent_id_for
from data.errors import AmendsError
from data.language import language
from data.reads import SqlReads
from data.store.store import Store
from tui.options import Options

if TYPE_CHECKING:
    from textual.screen import Screen

    from data.clock import Clock
    from data.importing import FileReport
    from data.playbook.format import Playbook
    from data.protocols import Casework
    from data.settings import Settings
    from screens.workplace import Workplace
    from tui.app import CaseworkSeam


def open_workstation(options: Options, database: Path | None = None) -> int:
    """Open the workstation on the database of this run, or on the one that is named; give the exit status."""
    settings, clock = options.settings(), options.clock()
    if database is None:
        options.make_own_folder()
    store = Store(database or options.locations().database)
    store.prepare(clock.now(), create=True)
    agent_id = agent_id_for(store, options.login(), clock.now())
    reads = reads_of(store, options)
    towards: list[str] = []
    app = _app(store, reads, settings, clock, agent_id, options, towards, empty=not reads.has_reviews())
    try:
        app.run()
    finally:
        store.close()
    if app.unexpected is not None:
        if isinstance(app.unexpected, AmendsError):
            raise app.unexpected
        from tui.say import say_unexpected

        say_unexpected(app.unexpected, options.locations().log)
        return 1
    if towards:
        from tui.commands.demo import open_demo

        return open_demo(options)
    return int(app.return_code or 0)


def reads_of(store: Store, options: Options) -> SqlReads:
    """The reads of a store with the shop's hours."""
    settings = options.settings()
    return SqlReads(
        store,
        zone=options.zone(),
        hard_from=settings.contact.hard_from,
        hard_until=settings.contact.hard_until,
        due_soon=settings.clock.due_soon_minutes,
    )


def _app(
    store: Store,
    reads: SqlReads,
    settings: Settings,
    clock: Clock,
    agent_id: int,
    options: Options,
    towards: list[str],
    *,
    empty: bool,
) -> Any:
    from screens.workplace import Workplace
    from tui.app import AmendsApp
    from tui.doors import doors

    playbook = _playbook_of(settings)

    def furnish(seam: CaseworkSeam, copy: Callable[[str], bool]) -> Workplace:
        return Workplace(
            reads=reads,
            casework=seam,
            clock=clock,
            settings=settings,
            agent_id=agent_id,
            copy=copy,
            answer=_answer(settings, options),
            doors=doors(lambda: _leave_for_demo(towards, app)),
            take_in=_take_in(store, settings, clock, agent_id, options),
            save_shop=_save_shop(settings, options),
        )

    def load() -> Casework:
        """The one function that imports casework, and with it SQLModel."""
        from data.casework.entrance import SqlCasework

        casework = SqlCasework(store, clock, settings, agent_id, playbook)
        casework.catch_up()
        return casework

    def opening(place: Workplace) -> Screen[Any]:
        if empty:
            from screens.first_run import FirstRunScreen

            return FirstRunScreen(place)
        from screens.inbox import InboxScreen

        return InboxScreen(place)

    width: Any = settings.general.ambiguous_width
    app = AmendsApp(opening, furnish, load, width)
    return app


def _leave_for_demo(towards: list[str], app: Any) -> None:
    """End this application and note that the demo is to follow: one database an application."""
    towards.append("demo")
    app.exit()


def _answer(settings: Settings, options: Options) -> Callable[[Any, int], tuple[str, str]]:
    zone = options.zone()

    def answer(page: Any, now: int) -> tuple[str, str]:
        from data.answers import advise

        advice = advise(page.facts, now, zone, settings.contact)
        return advice.answer, advice.advice

    return answer


def _take_in(
    store: Store, settings: Settings, clock: Clock, agent_id: int, options: Options
) -> Callable[[Path, Callable[[int, int], None]], FileReport]:
    """Importing one file from a screen, by the shop's own column maps where it has some."""

    def take_in(path: Path, progress: Callable[[int, int], None]) -> FileReport:
        from data.importing import import_files

        (report,) = import_files(
            [path],
            store=store,
            settings=settings,
            now=clock.now(),
            agent_id=agent_id,
            maps_folder=options.locations().maps,
            progress=lambda _file, done, of: progress(done, of),
        )
        return report

    return take_in


def _save_shop(settings: Settings, options: Options) -> Callable[[str, str], None]:
    """Writing the shop that the agent has just named to the settings file."""

    def save_shop(name: str, platform: str) -> None:
        from dataclasses import replace

        from data.settings_file import save

        save(replace(settings, shop=replace(settings.shop, name=name, platform=platform)), options.locations().config)

    return save_shop


def _playbook_of(settings: Settings) -> Callable[[], Playbook]:
    """Gives the playbook in use, read when the first call needs it."""
    kept: list[Playbook] = []

    def playbook() -> Playbook:
        if not kept:
            from data.playbook.load import standard

            code = "zh_CN" if language() != "en" else "en"
            kept.append(standard(code, settings.playbooks.folder(code)))
        return kept[0]

    return playbook
