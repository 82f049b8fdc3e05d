"""A workbook (XLSX): an archive of XML parts, of which only the sheet's texts and the rows under way are held.

Read with what the language itself brings: the reading libraries either hold whole sheets, and one cell far down and
right makes them ask for more memory than there is, or take five times as long; neither bounds a single cell.
"""

from __future__ import annotations

import posixpath
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from data.errors import SourceError
from data.language import _
from data.sources.markup import FAULTS, UNREADABLE, Attributes, local, walk
from data.sources.rows import RefusedRow
from data.sources.sheet import Book, rows_of, unescaped
from data.sources.tabular import TableRow

MOST_SHEETS = 20
_MOST_PARTS = 10_000
_LARGEST_PART = 1 << 23
"""Of the parts that say how the workbook is made."""

_LARGEST_SHEET = 1 << 32
_MOST_OF_TEXTS = 200 << 20
"""How much memory the texts may take that cells share."""

_DENSEST = 250
_ALWAYS_FINE = 64 << 20
"""What unpacks to more than this, and to so many times its size, is made to fill memory: no export is like that."""

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_BESIDE_DATES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_OF_DATES = re.compile(r"[ymdhs]", re.IGNORECASE)


@dataclass(slots=True)
class Workbook:
    """A workbook that is open: its sheets in their order."""

    path: Path
    size: int
    _archive: zipfile.ZipFile
    _parts: dict[str, zipfile.ZipInfo]
    sheets: tuple[str, ...] = ()
    """The names of the parts that hold the sheets."""

    _texts_part: str | None = None
    _styles_part: str | None = None
    _from_1904: bool = False
    _book: Book | None = None
    _done: int = field(default=0)

    def bytes_read(self) -> int:
        """How far reading has come, in bytes of the file, for a bar of progress."""
        return self._done

    def rewind(self) -> None:
        """Begin anew; every call of `rows` does."""
        self._done = 0

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    def rows(self, sheet: int) -> Iterator[TableRow | RefusedRow]:
        """The rows of a sheet; where it breaks off, a refused one. Raises SourceError for what cannot be opened."""
        info = self._parts[self.sheets[sheet]]
        self._bound(info, _LARGEST_SHEET)
        book = self._shared()
        with self._open(info) as stream:
            for done, rows in rows_of(stream, book):
                self._done = self.size * done // max(1, info.file_size)
                yield from rows
        self._done = self.size

    def _shared(self) -> Book:
        """What cells refer to, read when a sheet is first read."""
        if self._book is None:
            texts = self._texts() if self._texts_part else []
            self._book = Book(texts, self._dates() if self._styles_part else (), self._from_1904)
        return self._book

    def _texts(self) -> list[str]:
        texts: list[str] = []
        parts: list[str] = []
        state = {"listening": False, "phonetic": False, "size": 0}

        def start(name: str, _attributes: Attributes) -> None:
            name = local(name)
            if name == "t":
                state["listening"] = not state["phonetic"]
            elif name == "rPh":
                state["phonetic"] = True

        def end(name: str) -> None:
            name = local(name)
            if name == "t":
                state["listening"] = False
            elif name == "rPh":
                state["phonetic"] = False
            elif name == "si":
                text = unescaped("".join(parts))
                parts.clear()
                texts.append(text)
                state["size"] += sys.getsizeof(text) + 8
                self._not_too_much(state["size"])

        def said(text: str) -> None:
            if state["listening"]:
                parts.append(text)
                if len(parts) % 1_000 == 0:
                    self._not_too_much(state["size"] + sum(map(len, parts)) * 4)

        self._read(self._texts_part or "", start, end, said, _LARGEST_SHEET)
        return texts

    def _not_too_much(self, size: int) -> None:
        if size > _MOST_OF_TEXTS:
            raise refused(
                self.path, _("Its texts are more than fit into memory."), _("Export fewer rows at a time, or as CSV.")
            )

    def _dates(self) -> list[bool]:
        formats: dict[str, bool] = {str(number): True for number in _BUILT_IN_DATES}
        styles: list[bool] = []
        inside = [False]

        def start(name: str, attributes: Attributes) -> None:
            name = local(name)
            if name == "numFmt":
                formats[attributes.get("numFmtId", "")] = is_date(attributes.get("formatCode", ""))
            elif name == "cellXfs":
                inside[0] = True
            elif name == "xf" and inside[0]:
                styles.append(formats.get(attributes.get("numFmtId", ""), False))

        def end(name: str) -> None:
            if local(name) == "cellXfs":
                inside[0] = False

        self._read(self._styles_part or "", start, end)
        return styles

    def _find_parts(self) -> None:
        """Find the sheets, the texts and the styles: by what the workbook says, not by how parts are usually called."""
        related = self._related("_rels/.rels", "")
        main = next((path for kind, path in related.values() if kind == "officeDocument"), "xl/workbook.xml")
        if main not in self._parts:
            raise refused(
                self.path, _("It is an archive, but no workbook."), _("Unpack it and import the files that are in it.")
            )
        if not main.endswith(".xml"):
            raise refused(self.path, _("It is a binary workbook (XLSB)."), _("Save it as XLSX or CSV."))
        folder, name = posixpath.split(main)
        related = self._related(f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
        wanted: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            name = local(name)
            if name == "workbookPr":
                self._from_1904 = attributes.get("date1904") in ("1", "true")
            elif name == "sheet":
                number = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
                wanted.append(number)

        self._read(main, start)
        found = [related[number] for number in wanted if number in related]
        sheets = [path for kind, path in found if kind == "worksheet" and path in self._parts]
        self.sheets = tuple(sheets[:MOST_SHEETS])
        for kind, path in related.values():
            if path in self._parts and kind == "sharedStrings":
                self._texts_part = path
            elif path in self._parts and kind == "styles":
                self._styles_part = path
        if not self.sheets:
            raise refused(self.path, _("The workbook has no sheet."), _("Export it again."))

    def _related(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """The parts that a part names: by their number there, with kind and path."""
        related: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: Attributes) -> None:
            if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = attributes.get("Target", "").replace("\\", "/")
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
                related[attributes.get("Id", "")] = (kind, path)

        if part.lower() in self._parts:
            self._read(part.lower(), start)
        return related

    def _read(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        most: int = _LARGEST_PART,
    ) -> None:
        info = self._parts[part]
        self._bound(info, most)
        with self._open(info) as stream:
            try:
                for _done in walk(stream, start, end, text):
                    pass
            except FAULTS as error:
                raise damaged(self.path) from error

    def _open(self, info: zipfile.ZipInfo) -> IO[bytes]:
        try:
            return self._archive.open(info)
        except UNREADABLE as error:
            raise damaged(self.path) from error

    def _bound(self, info: zipfile.ZipInfo, most: int) -> None:
        """Refuse what would unpack without end. The archive's word on a size holds: no more is unpacked than that."""
        dense = info.file_size > _DENSEST * max(1, info.compress_size)
        if info.file_size > most or (info.file_size > _ALWAYS_FINE and dense):
            raise refused(
                self.path,
                _("It would unpack to {count} MB, as no export does.").format(count=info.file_size >> 20),
                _("Export it again, or as CSV."),
            )


def open_workbook(path: Path) -> Workbook:
    """Open an archive as a workbook. Raises SourceError for one that is damaged, hostile, or something else."""
    try:
        archive = zipfile.ZipFile(path)
    except (*UNREADABLE, ValueError) as error:
        raise damaged(path) from error
    try:
        infos = archive.infolist()
        if len(infos) > _MOST_PARTS or any(info.flag_bits & 1 for info in infos):
            raise damaged(path)
        parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        book = Workbook(path, path.stat().st_size, archive, parts)
        book._find_parts()
    except (SourceError, OSError):
        archive.close()
        raise
    return book


def is_date(code: str) -> bool:
    """Whether a number format shows a date or a time of day: it has year, month, day or hour outside quotes."""
    return bool(_OF_DATES.search(_BESIDE_DATES.sub("", code.split(";", 1)[0])))


def damaged(path: Path) -> SourceError:
    """What is said of an archive that cannot be read."""
    return refused(
        path,
        _("It is a damaged or protected workbook or archive."),
        _("Download it again; save it without a password."),
    )


def refused(path: Path, why: str, remedy: str) -> SourceError:
    """A file that is not imported, with the reason and what to do."""
    return SourceError(_("This file cannot be imported"), _("{file}: {why}").format(file=path.name, why=why), remedy)
