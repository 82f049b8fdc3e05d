"""Naming a paper: its file is hashed where it lies and never copied into the database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from data.errors import Refused
from data.language import _

MOST_BYTES = 200_000_000
_PORTION = 1 << 20


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was named: its name without the folder, its hash, its size in bytes."""

    name: str
    sha256: str
    bytes: int


def paper_at(told: str) -> Paper:
    """The paper at a path, `~` being one's own folder. Raises Refused where there is no such file, or it is too big."""
    path = Path(told.strip()).expanduser()
    try:
        size = path.stat().st_size
        if not path.is_file() or size > MOST_BYTES:
            raise Refused(_("No paper"), _("That is no file, or too big a one."), _("Name a file of up to 200 MB."))
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while portion := file.read(_PORTION):
                digest.update(portion)
    except OSError as error:
        raise Refused(_("No paper"), _("There is no such file."), _("Type its path.")) from error
    return Paper(path.name, digest.hexdigest(), size)
