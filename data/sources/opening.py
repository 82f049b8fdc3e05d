"""Opening a file to import: text in some encoding, or a workbook. What it is, its first bytes say, never its name."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from data.sources.text import ARCHIVE, TextFile, open_text
from data.sources.workbook import Workbook, open_workbook

SourceFile: TypeAlias = TextFile | Workbook


def open_source(path: Path) -> SourceFile:
    """The file, open at its start. Raises SourceError for what cannot be imported, in words."""
    try:
        with path.open("rb") as file:
            head = file.read(len(ARCHIVE))
    except OSError:
        # Whatever is wrong with it is told in words there.
        head = b""
    return open_workbook(path) if head == ARCHIVE else open_text(path)
