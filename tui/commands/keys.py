"""`amends keys`: every act with its id, its keys and what it does, and which keys of one's own do not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.language import _
from tui.options import Options

if TYPE_CHECKING:
    from screens.every_act import Known
    from tui.parser import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("keys", _("print every act with its id, its keys and its meaning"), run)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(options: Options) -> int:
    """Print the acts with the keys that the settings give them; 1 when some of those do not hold."""
    from screens.every_act import every_act, troubles
    from tui.say import print_json

    settings = options.settings()
    letters = settings.general.letters
    known = sorted(every_act(settings.keys, letters=letters), key=lambda each: each.act.id)
    wrong = troubles(settings.keys, letters=letters)
    if options.json:
        acts = [
            {
                "id": each.act.id,
                "keys": each.now.all_keys(),
                "default": each.act.all_keys(),
                "label": _(each.act.label),
                "meaning": _(each.act.help),
            }
            for each in known
        ]
        print_json({"keys": acts, "troubles": [{"id": each.act, "what": each.what} for each in wrong]})
    else:
        _print(known)
        for trouble in wrong:
            print(f"{_('WRONG')}  {trouble.act}: {trouble.what}")
    return 1 if wrong else 0


def _print(known: list[Known]) -> None:
    from data.outside import for_screen
    from widgets.acts import key_name
    from widgets.cells import pad, width

    rows = [(each.act.id, " ".join(map(key_name, each.now.all_keys())), each.act) for each in known]
    ids, keys = max(width(id) for id, _keys, _act in rows), max(width(named) for _id, named, _act in rows)
    for id, named, act in rows:
        print(for_screen(f"{pad(id, ids)}  {pad(named, keys)}  {_(act.label)}: {_(act.help)}"))
