"""The command line: the global flags, one branch for each command, and help in the reader's language."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from data.language import N_, _, ngettext
from tui.options import Options

COMMANDS = {
    "demo": "tui.commands.demo",
    "import": "tui.commands.import_",
    "export": "tui.commands.export",
    "playbook": "tui.commands.playbook",
    "rehearse": "tui.commands.rehearse",
    "costs": "tui.commands.costs",
    "lint-text": "tui.commands.lint_text",
    "backup": "tui.commands.backup",
    "keys": "tui.commands.keys",
    "check": "tui.commands.check",
    "where": "tui.commands.where",
}
"""Every command and its module, in the order of the help."""

_ARGPARSE_WORDS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)
"""What argparse itself says to people; listed here so that the catalogue has it."""


class Parser(argparse.ArgumentParser):
    """Says a wrong usage in one line and where the help is."""

    def error(self, message: str) -> NoReturn:
        """End with status 2 and one line about the mistake."""
        help_command = f"{self.prog} --help"
        hint = _("See: {command}").format(command=help_command)
        self.exit(2, f"amends: {message}. {hint}\n")


class Commands:
    """Where each command's module adds itself."""

    def __init__(self, branches: argparse._SubParsersAction[Parser]) -> None:
        self._branches = branches

    def add(self, name: str, summary: str, run: Callable[[Options], int]) -> Parser:
        """A command with the global flags; its own arguments are added to the parser that this gives."""
        parser = self._branches.add_parser(name, help=summary, description=summary)
        _add_global_flags(parser, default=argparse.SUPPRESS)
        parser.set_defaults(run=run)
        return parser


class _Version(argparse.Action):
    """Looks the version up only when somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_arguments: Any) -> NoReturn:
        print(f"amends {version()}")
        parser.exit(0)


def version() -> str:
    """The version that is installed."""
    from importlib.metadata import version as installed

    return installed("amends")


def build() -> Parser:
    """The parser with every command. Choose the language first: the words are fixed here."""
    # argparse looks its words up in a catalogue of its own that no platform ships; give it ours.
    vars(argparse).update(_=_, ngettext=ngettext)
    parser = Parser(
        prog="amends",
        description=_("Amends: a workstation for answering neutral and bad reviews."),
        epilog=_("Without a command the workstation opens."),
    )
    _add_global_flags(parser, default=None)
    shown = _("print the version and exit")
    parser.add_argument("--version", nargs=0, action=_Version, help=shown)
    branches = parser.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=Parser)
    commands = Commands(branches)
    for module in COMMANDS.values():
        import_module(module).add(commands)
    return parser


def parse(arguments: list[str], options: Options) -> Options:
    """Read the command line into `options`. Leaves by SystemExit: 2 for wrong usage, 0 after help."""
    return build().parse_args(arguments, options)


def print_help() -> None:
    """The whole help, on standard output."""
    build().print_help(sys.stdout)


def _add_global_flags(parser: Parser, default: str | None) -> None:
    path, name = _("PATH"), _("NAME")
    parser.add_argument("--database", metavar=path, default=default, help=_("the database (AMENDS_DATABASE)"))
    parser.add_argument("--config", metavar=path, default=default, help=_("the settings file (AMENDS_CONFIG)"))
    parser.add_argument("--agent", metavar=name, default=default, help=_("who is at the keyboard (AMENDS_AGENT)"))
