"""Where things lie: the one file that knows a directory outside the program."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATABASE_VARIABLE = "AMENDS_DATABASE"
CONFIG_VARIABLE = "AMENDS_CONFIG"


@dataclass(frozen=True, slots=True)
class Locations:
    """The files of one run. None of them needs to exist; nothing is created by naming it."""

    config: Path
    """The settings, one TOML file."""

    database: Path
    """The shop's database, SQLite."""

    @property
    def demo_database(self) -> Path:
        """The demo shop's database: beside the real one, never the real one."""
        beside = self.database.with_name("demo.db")
        return beside if beside != self.database else self.database.with_name("demo-shop.db")

    @property
    def maps(self) -> Path | None:
        """The shop's own column maps, in a folder beside the settings; None when there is none."""
        beside = self.config.with_name("maps")
        return beside if beside.is_dir() else None

    @property
    def log(self) -> Path:
        """Where the traceback of an unexpected error is kept, beside the database."""
        return self.database.with_name("amends.log")

    @property
    def playbooks_read(self) -> Path:
        """Where playbooks are kept as they were read and proved, beside the database; may be deleted at any time."""
        return self.database.with_name("playbooks.read")


def locate(
    database: str | os.PathLike[str] | None = None,
    config: str | os.PathLike[str] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Locations:
    """The files to use: by flag, else by AMENDS_DATABASE and AMENDS_CONFIG, else in the system's folders."""
    chosen_database = database or environ.get(DATABASE_VARIABLE)
    chosen_config = config or environ.get(CONFIG_VARIABLE)
    return Locations(
        config=_whole(chosen_config) if chosen_config else _system_config(),
        database=_whole(chosen_database) if chosen_database else _system_database(),
    )


def _whole(path: str | os.PathLike[str]) -> Path:
    return Path(os.path.abspath(os.path.expanduser(path)))


def _system_config() -> Path:
    # Only a run that names no path of its own pays for the look-up.
    from platformdirs import user_config_path

    return user_config_path("amends", appauthor=False) / "settings.toml"


def _system_database() -> Path:
    from platformdirs import user_data_path

    return user_data_path("amends", appauthor=False) / "amends.db"


def from_home(path: str | os.PathLike[str]) -> str:
    """The path as it is shown: with ~ in place of the agent's own folder, which is shorter, and nobody else's business
    on a shared screen."""
    whole = Path(path)
    try:
        return str(Path("~", whole.relative_to(Path.home())))
    except (ValueError, RuntimeError):
        return str(whole)
