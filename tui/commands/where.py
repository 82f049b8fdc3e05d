"""`amends where`: which files this run uses, and who it takes the agent to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import SettingsError
from data.language import _, language
from tui.options import Options

if TYPE_CHECKING:
    from tui.parser import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("where", _("say where everything lies"), run)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(options: Options) -> int:
    """Print the files, whether they exist or not; 1 when the settings cannot be read."""
    from data.shop_language import own_script
    from tui.parser import version
    from tui.say import print_json, say_error

    locations = options.locations()
    wrong: SettingsError | None = None
    folder = None
    try:
        settings = options.settings()
        folder = settings.playbooks.folder(own_script(settings.shop))
    except SettingsError as error:
        wrong = error
    files = {
        "config": (_("Settings"), locations.config),
        "database": (_("Database"), locations.database),
        "demo_database": (_("Demo database"), locations.demo_database),
        "log": (_("Error log"), locations.log),
    }
    if options.json:
        facts: dict[str, object] = {name: str(path) for name, (_label, path) in files.items()}
        facts |= {
            "exists": {name: path.exists() for name, (_label, path) in files.items()},
            "playbooks": str(folder) if folder else None,
            "language": language(),
            "agent": options.login(),
            "version": version(),
        }
        print_json(facts)
    else:
        for label, path in files.values():
            print(f"{label}: {path}" if path.exists() else f"{label}: {path}  ({_('not there yet')})")
        print(f"{_('Playbooks')}: {folder or _('the shipped ones')}")
        print(f"{_('Language')}: {language()}")
        print(f"{_('Login')}: {options.login()}")
        print(f"{_('Version')}: {version()}")
    if wrong is not None:
        say_error(wrong)
        return 1
    return 0
