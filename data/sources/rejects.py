"""The reject file: rows that could not be read, beside the file they came from, with line and reason in words."""

from __future__ import annotations

import csv
import filecmp
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from data.errors import SourceError
from data.language import _
from data.outside import for_spreadsheet
from data.sources.rows import RefusedRow

_MOST_NUMBERS = 1_000


class Rejects:
    """Collects the refused rows of one file and lays them beside it; makes nothing as long as there are none."""

    def __init__(self, of: Path, folder: Path | None, heading: Sequence[str] = ()) -> None:
        self._of = of
        self._folder = folder if folder is not None else of.absolute().parent
        self._heading = heading
        self._stream: TextIO | None = None
        self._made: Path | None = None

    def add(self, row: RefusedRow) -> None:
        """Keep one row; a folder that is not there yet is made. Raises SourceError when it cannot be written."""
        try:
            if self._stream is None:
                self._stream = self._begin()
            cells = [for_spreadsheet(cell) for cell in row.cells]
            csv.writer(self._stream).writerow([row.line, for_spreadsheet(row.reason), *cells])
        except OSError as error:
            raise self._cannot(error) from error

    def finish(self) -> Path | None:
        """Put the file in place and name it; None without refused rows.

        A file that is already there is never overwritten: the same content is left as it is, other content makes a
        file with the next number. Raises SourceError.
        """
        if self._stream is None or self._made is None:
            return None
        try:
            self._stream.close()
            return self._placed(self._made)
        except OSError as error:
            raise self._cannot(error) from error
        finally:
            self.drop()

    def drop(self) -> None:
        """Forget what was collected."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        if self._made is not None:
            self._made.unlink(missing_ok=True)
            self._made = None

    def _begin(self) -> TextIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{self._of.name[:60]}.", suffix=".part", dir=self._folder)
        self._made = Path(name)
        stream = os.fdopen(handle, "w", encoding="utf-8-sig", newline="", errors="replace")
        csv.writer(stream).writerow([_("line"), _("reason"), *map(for_spreadsheet, self._heading)])
        return stream

    def _placed(self, made: Path) -> Path:
        for number in range(1, _MOST_NUMBERS):
            suffix = ".rejects.csv" if number == 1 else f".rejects-{number}.csv"
            path = self._folder / f"{self._of.name}{suffix}"
            try:
                # A hard link fails where a file is, and a rename would not.
                os.link(made, path)
            except FileExistsError:
                if path.is_file() and filecmp.cmp(made, path, shallow=False):
                    return path
                continue
            except OSError:
                # No hard links here (FAT, some shares): claim the name, then rename over the claim.
                try:
                    path.open("x").close()
                except FileExistsError:
                    if path.is_file() and filecmp.cmp(made, path, shallow=False):
                        return path
                    continue
                os.replace(made, path)
            return path
        raise FileExistsError(str(self._folder / f"{self._of.name}.rejects.csv"))

    def _cannot(self, error: OSError) -> SourceError:
        return SourceError(
            _("The reject file cannot be written"),
            _("{folder}: {why}.").format(folder=self._folder, why=error.strerror or error),
            _("Make the folder writable, or name another with --rejects."),
        )
