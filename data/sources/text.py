"""What a file's bytes are: text in which encoding, or nothing that can be imported. Decided by content alone."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from data.errors import SourceError
from data.language import _

_BLOCK = 1 << 18

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

ARCHIVE = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name that a workbook with a password has inside."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that is text, opened at its start."""

    path: Path
    encoding: str
    size: int
    stream: io.TextIOWrapper
    binary: BinaryIO

    def bytes_read(self) -> int:
        """How far reading has come, in bytes, for a bar of progress."""
        return self.binary.tell()

    def rewind(self) -> None:
        """Go back to the start."""
        self.stream.seek(0)

    def close(self) -> None:
        """Close the file."""
        self.stream.close()


def open_text(path: Path) -> TextFile:
    """Open a file as text: by its byte order mark, else as UTF-8 when all of it is, else as GB18030.

    Lines keep their ends. Raises SourceError for what is missing, empty, binary, an old workbook, or neither encoding.
    """
    try:
        if path.is_dir():
            raise _refused(path, _("It is a folder."), _("Name the files in it."))
        binary = path.open("rb")
    except OSError as error:
        why = _("There is no such file.") if isinstance(error, FileNotFoundError) else f"{error.strerror or error}."
        raise _refused(path, why, _("Check the name and your right to read it.")) from error
    try:
        encoding = _encoding(path, binary)
        size = binary.seek(0, io.SEEK_END)
        binary.seek(0)
    except OSError as error:
        binary.close()
        raise _refused(
            path, f"{error.strerror or error}.", _("Copy the file to this machine and try again.")
        ) from error
    except SourceError:
        binary.close()
        raise
    return TextFile(path, encoding, size, io.TextIOWrapper(binary, encoding, newline=""), binary)


def _encoding(path: Path, binary: BinaryIO) -> str:
    head = binary.read(_BLOCK)
    if not head.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise _refused(path, _("It is empty."), _("Export it again; perhaps the download was cut off."))
    if head.startswith(_COMPOUND):
        raise _old_workbook(path, binary)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            fault = _first_fault(binary, encoding)
            if fault is not None:
                raise _damaged(path, encoding.removesuffix("-sig").upper(), fault)
            return encoding
    if b"\x00" in head:
        raise _refused(path, _("It is binary, not text."), _("Export reviews as CSV or JSON."))
    fault = _first_fault(binary, "utf-8")
    if fault is None:
        return "utf-8"
    if _mostly_utf8(head):
        raise _damaged(path, "UTF-8", fault)
    if _first_fault(binary, "gb18030") is None:
        return "gb18030"
    raise _refused(
        path,
        _("It is neither UTF-8 nor GB18030 text."),
        _("Export it again, or save it as UTF-8 in a text editor."),
    )


def _old_workbook(path: Path, binary: BinaryIO) -> SourceError:
    size = binary.seek(0, io.SEEK_END)
    for start in (0, max(0, size - _BLOCK)):
        binary.seek(start)
        if _ENCRYPTED in binary.read(_BLOCK):
            return _refused(path, _("It is a workbook with a password."), _("Save it without a password."))
    return _refused(
        path, _("It is a workbook in the old form (XLS)."), _("Open it and save it as XLSX or CSV (UTF-8).")
    )


def _first_fault(binary: BinaryIO, encoding: str) -> int | None:
    """The byte at which the file is not in that encoding (a NUL is in none), or None."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    binary.seek(0)
    done = 0
    while True:
        block = binary.read(_BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return max(0, done + error.start)
        if "\x00" in text:
            return done + max(0, block.find(b"\x00"))
        if not block:
            return None
        done += len(block)


def _mostly_utf8(head: bytes) -> bool:
    """Whether these bytes were meant as UTF-8: text in GB18030 is almost never valid UTF-8 beyond ASCII."""
    text = head.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    return sum(not sign.isascii() for sign in text) - faults > 10 * faults


def _damaged(path: Path, encoding: str, fault: int) -> SourceError:
    return _refused(
        path,
        _("It is {encoding} text, but damaged at byte {number}.").format(encoding=encoding, number=fault + 1),
        _("Export or download it again."),
    )


def _refused(path: Path, why: str, remedy: str) -> SourceError:
    return SourceError(_("This file cannot be imported"), _("{file}: {why}").format(file=path.name, why=why), remedy)
