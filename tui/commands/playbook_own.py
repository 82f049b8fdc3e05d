"""`amends playbook copy`, `try` and `use`: a call script of one's own, from the first copy to the first call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import PlaybookError, Refused
from data.language import _
from tui.options import Options

if TYPE_CHECKING:
    from screens.rehearsal import Ground
    from screens.workplace import Workplace

ACTS = ("copy", "try", "use")


def add(acts: Any) -> None:
    """Add the acts to those of the playbook command."""
    copy = acts.add_parser("copy", help=_("copy one into a folder, to change it"))
    copy.add_argument("name", metavar=_("NAME"), help=_("zh, en, or a file"))
    copy.add_argument("folder", metavar=_("FOLDER"), help=_("where to; made when it is not there"))
    tried = acts.add_parser("try", help=_("call with it on a copy of a case; the case stays as it is"))
    tried.add_argument("file", metavar=_("FILE"), help=_("a file, or a folder with one for each language"))
    tried.add_argument("--case", type=int, required=True, metavar=_("NUMBER"), help=_("the number of the case"))
    use = acts.add_parser("use", help=_("put it to use, once it is proved"))
    use.add_argument("folder", metavar=_("FOLDER"), help=_("a folder with standard.zh.toml, standard.en.toml, or both"))
    use.add_argument(
        "--share", type=int, metavar=_("NUMBER"), help=_("only for so many of 100 cases, beside the one in use")
    )


def run(options: Options) -> int:
    """Do the act that was named."""
    return {"copy": _copy, "try": _try, "use": _use}[options.act](options)


def _copy(options: Options) -> int:
    from data.playbook.authoring import copied

    print(copied(options.name, Path(options.folder).expanduser()))
    return 0


def _try(options: Options) -> int:
    from data.casework.languages import language_of_case
    from data.playbook.authoring import in_folder
    from data.playbook.check import proved
    from data.playbook.load import load
    from data.rehearsal.scratch import Scratch, copy_of
    from data.store.store import Store
    from screens.rehearsal import Ground
    from screens.trying import TryScreen
    from tui.at_terminal import need_a_terminal
    from tui.commands.rehearse import agent_of, open_on
    from tui.practice import place_in

    settings, clock, agent = options.settings(), options.clock(), agent_of(options)
    store = Store(options.locations().database)
    path = Path(options.file).expanduser()

    def scratch() -> Scratch:
        try:
            with store.read() as connection:
                file = in_folder(path, language_of_case(connection, options.case)) if path.is_dir() else path
            return copy_of(store, options.case, agent, proved(load(file)), settings, clock)
        except LookupError as error:
            what = _("There is no case {id}.").format(id=options.case)
            raise Refused(_("No such case"), what, _("The number of a case stands on its buyer screen.")) from error

    def opening(place: Workplace) -> TryScreen:
        def make() -> Ground:
            made = scratch()
            return Ground(place_in(made, place.copy), made.case_id, made.close)

        return TryScreen(place, str(path), options.case, make)

    store.prepare(clock.now(), read_only=True)
    try:
        ground = scratch()
        try:
            need_a_terminal()
        except BaseException:
            ground.close()
            raise
        return open_on(ground, opening, options)
    finally:
        store.close()


def _use(options: Options) -> int:
    from data.language import LANGUAGES
    from data.playbook.authoring import in_folder
    from data.playbook.kept import load_kept
    from data.settings_file import load_settings, save
    from data.settings_tree import with_values

    folder = Path(options.folder).expanduser().resolve()
    there = [code for code in LANGUAGES if in_folder(folder, code).is_file()] if folder.is_dir() else []
    if not there:
        raise PlaybookError(
            _("No playbook there"),
            _("{folder} has no standard.zh.toml and no standard.en.toml.").format(folder=folder),
            _("Copy one there first: amends playbook copy zh {folder}").format(folder=options.folder),
        )
    kept_in = options.locations().playbooks_read
    for code in there:
        # Kept as it was proved, so that nobody's first call waits for reading and proof.
        load_kept(in_folder(folder, code), kept_in, prove=True)
    if options.share is None:
        told: dict[str, object] = {f"playbooks.{code}": str(folder) for code in there}
    elif 0 <= options.share <= 100:
        told = {"playbooks.second": str(folder), "playbooks.share": options.share}
    else:
        raise Refused(_("No share"), _("A share is 0 to 100."), _("Use --share 30 for 30 of 100 cases."))
    config = options.locations().config
    save(with_values(load_settings(config), told), config)
    for name, value in told.items():
        print(f"{name} = {value}")
    print(_("The next start of the workstation uses it; calls under way keep their words."))
    return 0
