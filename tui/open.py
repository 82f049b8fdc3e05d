"""Opening the workstation: the database, who sits down, the first rows, and only then what costs time to load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.casework.arrival import agent_id_for
from data.errors import AmendsError
from data.language import _, choose_language
from data.reads import SqlReads
from data.store.store import Store
from tui.kept import held_back, kept_for_good
from tui.options import Options

if TYPE_CHECKING:
    from textual.screen import Screen

    from data.clock import Clock
    from data.importing import FileReport
    from data.playbook.format import Playbook
    from data.protocols import Casework
    from data.rows import Filter, View
    from data.settings import Settings
    from screens.workplace import Workplace
    from tui.app import CaseworkSeam


def open_workstation(options: Options, database: Path | None = None, clock: Clock | None = None) -> int:
    """Open the workstation on the database of this run, or on the one that is named; give the exit status.

    A clock is given where the workstation opens anew in the same run: AMENDS_NOW runs on.
    """
    settings, clock = options.settings(), clock or options.clock()
    if database is None:
        options.make_own_folder()
    store = Store(database or options.locations().database)
    towards: list[str] = []
    with held_back():
        store.prepare(clock.now(), create=True)
        agent_id = agent_id_for(store, options.login(), clock.now())
        reads = reads_of(store, options)
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
    if towards == ["again"]:
        options.forget_settings()
        choose_language(options.settings().general.language)
        return open_workstation(options, database, clock)
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
    from tui.without_openssl import load_without_openssl

    load_without_openssl()
    from screens.workplace import Workplace
    from tui.app import AmendsApp
    from tui.doors import doors

    kept_in = options.locations().playbooks_read
    playbook = _playbook_of(settings, kept_in)

    def furnish(seam: CaseworkSeam, copy: Callable[[str], bool]) -> Workplace:
        return Workplace(
            reads=reads,
            casework=seam,
            clock=clock,
            settings=settings,
            agent_id=agent_id,
            copy=copy,
            answer=_answer(settings, options),
            doors=doors(
                lambda: _leave_for(towards, "demo", app),
                lambda: _leave_for(towards, "again", app),
                kept_in,
            ),
            take_in=_take_in(store, settings, clock, agent_id, options),
            write_list=_write_list(store, reads, clock, agent_id),
            save_shop=_save_shop(options),
            config=options.locations().config,
        )

    def load() -> Casework:
        """The one function that imports casework, and with it SQLModel."""
        with kept_for_good():
            from data.casework.entrance import SqlCasework

            casework = SqlCasework(store, clock, settings, agent_id, playbook, _second_of(settings, kept_in))
            casework.catch_up()
            casework.make_ready()
            _load_ahead(settings)
        return casework

    def opening(place: Workplace) -> Screen[Any]:
        if empty:
            from screens.first_run import FirstRunScreen

            return FirstRunScreen(place)
        from screens.inbox import InboxScreen

        return InboxScreen(place)

    width: Any = settings.general.ambiguous_width
    accent: Any = settings.general.accent
    app = AmendsApp(opening, furnish, load, width, accent, remark=_remark(settings))
    return app


def _load_ahead(settings: Settings) -> None:
    """Load what the first ? or : needs, so that it opens at once, and what the first call reads on its way."""
    import screens.help
    import screens.palette  # noqa: F401
    from data.language import in_every_language
    from data.pinyin import readings
    from data.remedies.catalogue import catalogue
    from data.spoken_times import plain

    if not (settings.remedies.own_file or settings.lint.file):
        # A shop's own files are judged, and their mistakes told, where they are first asked for.
        catalogue(None, None)
    in_every_language("")
    readings("")
    plain("")


def _remark(settings: Settings) -> Callable[[], str] | None:
    """What is wrong with keys of one's own; only those who have some pay for looking at every screen."""
    if not settings.keys:
        return None

    def remark() -> str:
        from screens.every_act import troubles

        wrong = troubles(settings.keys, letters=settings.general.letters)
        if not wrong:
            return ""
        if len(wrong) == 1:
            return f"{wrong[0].act}: {wrong[0].what}"
        told = _("{count} of your keys do not hold; amends check says why: {acts}")
        return told.format(count=len(wrong), acts=", ".join(each.act for each in wrong))

    return remark


def _leave_for(towards: list[str], where: str, app: Any) -> None:
    """End this application and note what is to follow: one database and one set of settings an application."""
    towards.append(where)
    app.exit()


def _answer(settings: Settings, options: Options) -> Callable[[Any, int], tuple[str, str]]:
    zone = options.zone()

    def answer(page: Any, now: int) -> tuple[str, str]:
        from data.answers import advise
        from widgets.case_facts import answered_with_sign

        advice = advise(page.facts, now, zone, settings.contact)
        return answered_with_sign(advice), advice.advice

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


def _write_list(
    store: Store, reads: SqlReads, clock: Clock, agent_id: int
) -> Callable[[View, Filter, Path, Callable[[int, int], None]], int]:
    """Writing a list of the inbox to a file, as it stands at this moment."""

    def write_list(view: View, narrowed: Filter, path: Path, progress: Callable[[int, int], None]) -> int:
        from data.exporting import export_to_path, form_of

        chosen = reads.every(view, narrowed, agent_id=agent_id, now=clock.now())
        return export_to_path(store, "cases", form_of(path), path, chosen=chosen, progress=progress)

    return write_list


def _save_shop(options: Options) -> Callable[[str, str], None]:
    """Writing the shop that the agent has just named to the settings file, as it is by now."""

    def save_shop(name: str, platform: str) -> None:
        from data.settings_file import load_settings, save
        from data.settings_tree import with_values

        config = options.locations().config
        save(with_values(load_settings(config), {"shop.name": name, "shop.platform": platform}), config)

    return save_shop


def _playbook_of(settings: Settings, kept_in: Path | None = None) -> Callable[[str], Playbook]:
    """Gives the playbook in use for a shop's language, read when the first call needs it; an own one is proved first.

    What was read and proved is kept in a folder, if one is named, as long as its files stay the same. The shipped ones
    are proved by the tests. Raises PlaybookError.
    """
    kept: dict[str, Playbook] = {}

    def playbook(spoken: str) -> Playbook:
        if spoken not in kept:
            from data.playbook.kept import load_kept
            from data.playbook.load import standard_path
            from data.shop_language import script_code

            code = script_code(spoken)
            folder = settings.playbooks.folder(code)
            kept[spoken] = load_kept(standard_path(code, folder), kept_in, prove=folder is not None)
        return kept[spoken]

    return playbook


def _second_of(settings: Settings, kept_in: Path | None = None) -> Callable[[str], Playbook | None] | None:
    """Gives the playbook that is tried beside the one in use, proved before it is spoken and then kept in a folder, if
    one is named; None in a language in which there is none."""
    told = settings.playbooks.second
    if not told:
        return None
    folder = Path(told).expanduser()
    kept: dict[str, Playbook | None] = {}

    def second(spoken: str) -> Playbook | None:
        if spoken not in kept:
            from data.playbook.authoring import in_folder
            from data.playbook.kept import load_kept

            file = in_folder(folder, spoken)
            kept[spoken] = load_kept(file, kept_in, prove=True) if file.is_file() else None
        return kept[spoken]

    return second
