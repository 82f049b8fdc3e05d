"""A playbook of one's own: copied from one there is, and which of two a case follows while they are compared."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from data.errors import PlaybookError
from data.language import _
from data.playbook.load import load
from data.playbook.sources import SHIPPED

NAMES = {"zh": "standard.zh.toml", "en": "standard.en.toml"}
"""The file of each language in a folder of playbooks."""

_ID = re.compile(r'^id = "[^"]*"', re.MULTILINE)
_SHARES = 100


def copied(name: str, folder: Path, shipped: Path = SHIPPED) -> Path:
    """Copy a playbook into a folder under an id of its own, and give the new file; parts stay with the program.

    `name` is `zh` or `en` for a shipped one, or a file. The folder is made; nothing there is written over.
    Raises PlaybookError.
    """
    source = shipped / NAMES[name] if name in NAMES else Path(name)
    playbook = load(source)
    target = folder / NAMES["en" if playbook.language.startswith("en") else "zh"]
    own = re.sub(r"[^\w-]+", "-", folder.resolve().name) or "own"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = _ID.sub(f'id = "{own}.{target.stem.partition(".")[2]}"', source.read_text("utf-8"), count=1)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise PlaybookError(
            _("There is a playbook already"),
            _("{path} is there, and is not written over.").format(path=target),
            _("Copy into another folder."),
        ) from error
    except OSError as error:
        raise PlaybookError(
            _("The playbook cannot be copied"),
            _("{path}: {detail}.").format(path=target, detail=error.strerror or error),
            _("Name a folder that you may write to."),
        ) from error
    return target


def in_folder(path: Path, language: str) -> Path:
    """The playbook file that is meant: the file itself, or of a folder the one that speaks the language."""
    if path.is_dir():
        return path / NAMES["en" if language.startswith("en") else "zh"]
    return path


def follows_second(case_id: int, share: int) -> bool:
    """Whether a case is among the `share` of 100 that follow the second playbook.

    It goes by the case's number alone, so every call of a case follows the same one, and a larger share keeps the
    cases of a smaller one.
    """
    drawn = int.from_bytes(hashlib.sha256(str(case_id).encode()).digest()[:8], "big") % _SHARES
    return drawn < share
