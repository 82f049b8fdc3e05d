"""What a run was told on the command line and by the environment, and what follows from it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from data.errors import AmendsError
from data.language import _
from data.locations import Locations, locate

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from data.clock import Clock
    from data.settings import Settings

AGENT_VARIABLE = "AMENDS_AGENT"
GLOBAL_FLAGS = ("--database", "--config", "--agent")
"""Flags that every command takes, before its name or after it; each has one value."""


class Options:
    """The global flags as attributes, and beside them whatever arguments the command has of its own."""

    database: str | None = None
    config: str | None = None
    agent: str | None = None
    command: str | None = None

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self.environ = environ
        self._settings: Settings | None = None

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """An argument of the command, as its module declared it."""

    def locations(self) -> Locations:
        """The files of this run."""
        return locate(self.database, self.config, self.environ)

    def settings(self) -> Settings:
        """The settings, read once. Raises SettingsError."""
        if self._settings is None:
            from data.settings_file import load_settings

            config = self.locations().config
            self._settings = load_settings(config)
            self._take_up_own(config.parent)
        return self._settings

    def _take_up_own(self, folder: Path) -> None:
        """What the shop knows better about platforms and holidays, in files beside its settings; most have none."""
        if (folder / "platforms.toml").is_file():
            from data import platform_rules

            platform_rules.use(platform_rules.rules_of(folder / platform_rules.OWN_FILE))
        if (folder / "calendar.toml").is_file():
            from data import calendar

            calendar.use(calendar.calendar_of(folder / calendar.OWN_FILE))

    def forget_settings(self) -> None:
        """Read the settings anew the next time, since another file was named."""
        self._settings = None

    def zone(self) -> ZoneInfo:
        """The shop's zone. Raises SettingsError."""
        from data.clock import zone

        return zone(self.settings().shop.zone)

    def clock(self) -> Clock:
        """The clock of this run, to be handed down. Make it once: AMENDS_NOW runs on from here."""
        from data.clock import from_environment

        return from_environment(self.zone(), self.environ)

    def make_own_folder(self) -> None:
        """Make the user's own data folder; a database that was named elsewhere must have its folder already."""
        from data.locations import DATABASE_VARIABLE

        if not self.database and not self.environ.get(DATABASE_VARIABLE):
            from data.store.open import make_folder

            make_folder(self.locations().database)

    def login(self) -> str:
        """Who is at the keyboard: by flag, else by AMENDS_AGENT, else the login name."""
        told = (self.agent or self.environ.get(AGENT_VARIABLE, "")).strip()
        if told:
            return told
        import getpass

        try:
            return getpass.getuser()
        except (KeyError, OSError, ImportError) as error:
            raise AmendsError(
                _("Nobody is at the keyboard"),
                _("This machine does not say who is logged in."),
                _("Say it with --agent NAME or with {variable}.").format(variable=AGENT_VARIABLE),
            ) from error


def leading_flags(arguments: Sequence[str], options: Options) -> bool:
    """Take the global flags before the command; true when nothing follows them.

    Opening the workstation is the daily start, so it does without a parser; anything else, mistakes too, is left
    to the parser.
    """
    rest = list(arguments)
    while rest:
        flag, equals, value = rest[0].partition("=")
        if flag not in GLOBAL_FLAGS or not (equals or len(rest) > 1):
            return False
        setattr(options, flag.removeprefix("--"), value if equals else rest[1])
        del rest[: 1 if equals else 2]
    return True
