"""The XML of a workbook, read block by block, by handlers that hold no more than they need.

A document type is refused, and with it every entity that a file could define; so is a name or an attribute that never
ends. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NoReturn
from xml.parsers import expat

_BLOCK = 1 << 16
_LONGEST_TOKEN = 1 << 22
"""The parser keeps a tag until it is whole; no honest one has four million bytes."""

Attributes = dict[str, str]


class BrokenXml(ValueError):
    """The text is not XML from here on, or not of a kind that is read."""


UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)
"""What a damaged, encrypted or strange archive raises while it is read."""

FAULTS = (BrokenXml, *UNREADABLE)
"""All that can be wrong with a part of an archive."""


def walk(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[int]:
    """Give the stream's elements and texts to the handlers; yields the bytes that are done after each block.

    Raises BrokenXml, and whatever the stream or a handler raises.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_document_type
    done = 0
    while True:
        block = stream.read(_BLOCK)
        try:
            parser.Parse(block, not block)
        except expat.ExpatError as error:
            raise BrokenXml(str(error)) from error
        done += len(block)
        if done - parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise BrokenXml("endless")
        yield done
        if not block:
            return


def _no_document_type(*_declaration: object) -> NoReturn:
    raise BrokenXml("document type")


def local(name: str) -> str:
    """The name without the prefix of its namespace; some programs write <x:row>."""
    return name.rpartition(":")[2]
